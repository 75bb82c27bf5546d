"""SVG to pixels by resvg, on every core.

resvg holds the interpreter while it draws, so drawings are shared out to child processes of this module; what the
children leave undone (a machine without processes to spare, a killed child) is drawn here.
"""

from __future__ import annotations

import os
import pickle
import queue
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

import cv2
import numpy as np
import resvg_py

from host.avatar.planes import Pixels, premultiply
from host.core.errors import Finding, InvalidFile
from host.core.findings import found

MARGIN = 40
"""Clear pixels that a cropped drawing's ``view`` has around the picture; its position is counted without them."""

Drawn = tuple[int, int, Pixels]
"""Left, top and premultiplied YUVA."""

_ROOT = re.compile(r"<svg\b[^>]*>", re.S)
_CHILDREN = 4


@dataclass(frozen=True, slots=True)
class Task:
    """One drawing to rasterise: ``view`` is the box of canvas to draw (x, y, width, height), ``size`` its pixels."""

    file: str
    path: str
    view: tuple[float, float, float, float]
    size: tuple[int, int]
    crop: bool


def rasterise(tasks: Sequence[Task]) -> Iterator[tuple[str, Drawn]]:
    """Every task's pixels, as they come. Raises `InvalidFile` for a drawing that is none."""
    waiting = {task.file: task for task in tasks}
    for file, drawn in _by_children(tasks):
        del waiting[file]
        if isinstance(drawn, list):
            raise InvalidFile(drawn)
        yield file, drawn
    for file, task in waiting.items():
        yield file, draw(task)


def draw(task: Task) -> Drawn:
    """Rasterise one drawing."""
    width, height = task.size
    view = " ".join(f"{value:.6f}" for value in task.view)
    root = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{width}" height="{height}" viewBox="{view}" preserveAspectRatio="none">'
    )
    try:
        text, roots = _ROOT.subn(root, Path(task.path).read_text(encoding="utf-8"), count=1)
        if not roots:
            raise ValueError("there is no <svg> in it")
        png = resvg_py.svg_to_bytes(svg_string=text, skip_system_fonts=True)
    except (OSError, ValueError) as error:
        raise InvalidFile([found("avatar_not_drawn", task.path, why=str(error))]) from None
    bgra = cast(Pixels, cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_UNCHANGED))
    if not task.crop:
        return 0, 0, premultiply(bgra)
    left, top, right, bottom = _ink(bgra)
    return left - MARGIN, top - MARGIN, premultiply(bgra[top:bottom, left:right])


def _ink(bgra: Pixels) -> tuple[int, int, int, int]:
    """The box of what is not transparent, with a clear pixel around it so that its edge interpolates to nothing."""
    rows, columns = np.flatnonzero(bgra[..., 3].any(1)), np.flatnonzero(bgra[..., 3].any(0))
    if not len(rows):
        return 0, 0, 2, 2
    height, width = bgra.shape[:2]
    return (
        max(0, int(columns[0]) - 1),
        max(0, int(rows[0]) - 1),
        min(width, int(columns[-1]) + 2),
        min(height, int(rows[-1]) + 2),
    )


Answer = tuple[str, Drawn | list[Finding]]


def _by_children(tasks: Sequence[Task]) -> Iterator[Answer]:
    """What the children draw, as it comes; ends when all of them have ended, whatever they left."""
    count = min(_CHILDREN, os.cpu_count() or 1, len(tasks))
    if count < 2:
        return
    # dealt out by size, so that the children end at about the same time
    tasks = sorted(tasks, key=lambda task: Path(task.path).stat().st_size, reverse=True)
    answers: queue.SimpleQueue[Answer | None] = queue.SimpleQueue()
    children: list[subprocess.Popen[bytes]] = []
    try:
        for i in range(count):
            command = [sys.executable, "-m", "host.avatar.resvg"]
            child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            children.append(child)
            threading.Thread(target=_converse, args=(child, tasks[i::count], answers), daemon=True).start()
        running = count
        while running:
            answer = answers.get()
            if answer is None:
                running -= 1
            else:
                yield answer
    except OSError:
        return
    finally:
        for child in children:
            child.kill()
            child.wait()


def _converse(child: subprocess.Popen[bytes], tasks: Sequence[Task], answers: queue.SimpleQueue[Answer | None]) -> None:
    """Hand a child its tasks and pass its answers on. Its pipe is our own child's, so unpickling is safe."""
    try:
        with cast(IO[bytes], child.stdin) as to_child:
            pickle.dump(list(tasks), to_child)
        with cast(IO[bytes], child.stdout) as from_child:
            for _ in tasks:
                answers.put(pickle.load(from_child))
    except (OSError, EOFError, pickle.UnpicklingError):
        pass  # the child is gone: what it left is drawn by `rasterise`
    finally:
        answers.put(None)


def _serve() -> None:
    """The child: tasks from stdin, answers to stdout."""
    for task in cast(list[Task], pickle.load(sys.stdin.buffer)):
        try:
            result: Drawn | list[Finding] = draw(task)
        except InvalidFile as error:
            result = error.findings
        pickle.dump((task.file, result), sys.stdout.buffer, protocol=5)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    _serve()
