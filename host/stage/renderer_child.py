"""One process of a renderer, as it is asked from here: its two lines, its pictures in shared memory, its end."""

from __future__ import annotations

import mmap
import os
import pickle
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

import numpy as np

from host.core.errors import LivehostError
from host.core.media import Picture, Speech
from host.core.ports import Moment
from host.core.scene import Scene
from host.core.utterance import Utterance
from host.stage.renderer_wire import Done, Draw, Drawn, Failed, Opened, Opening, Prepare

DEADLINE = 5.0
"""Real seconds for a picture, or for preparing an utterance; both take milliseconds."""
OPENING_DEADLINE = 120.0
"""Real seconds without a word from a renderer that is being opened."""


class RendererError(Exception):
    """The renderer made no picture: it raised, hangs, died, or is given a rest after that."""


class RendererGoneError(RendererError):
    """Its process is of no more use."""

    def __init__(self, why: object) -> None:
        super().__init__(f"the renderer's process is gone: {why}")


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Prepared:
    """An utterance that the renderer's process knows by its number, or can be told of again."""

    number: int
    utterance: Utterance
    speech: Speech


@dataclass(frozen=True, slots=True)
class Asked:
    """A picture to be."""

    moment: Moment
    slot: int
    picture: Future[Picture]


class Line:
    """One of the two sockets. What goes wrong on it raises `OSError`, and leaves a line of no more use."""

    def __init__(self) -> None:
        self._ours, self.far = socket.socketpair()
        # A process that does not read may not keep the room waiting: the timeout is a struct timeval.
        self._ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, np.array([round(DEADLINE), 0], np.int64).tobytes())
        self._pipe = Connection(os.dup(self._ours.fileno()))

    def send(self, message: Any) -> None:
        """Send a message; for one thread at a time."""
        self._pipe.send_bytes(pickle.dumps(message))

    def poll(self, seconds: float) -> bool:
        """Whether there is something to receive, by then."""
        return self._pipe.poll(seconds)

    def receive(self, seconds: float) -> Any:
        """The next message; for one thread at a time."""
        if not self._pipe.poll(seconds):
            raise TimeoutError(f"no answer within {seconds:g} s")
        try:
            return self._pipe.recv()
        except EOFError:
            raise BrokenPipeError("it ended") from None

    def hang_up(self) -> None:
        """Both ends hear no more; for any thread."""
        with suppress(OSError):
            self._ours.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Let the socket go, when nobody uses it."""
        self._ours.close()
        self._pipe.close()


class Worker:
    """One process, which begins to open the renderer at once; `open` waits for it."""

    def __init__(self, opening: Opening) -> None:
        self.drawing, self._preparing = Line(), Line()
        self._preparing_turn = threading.Lock()
        sheet = _anonymous_file()
        try:
            shape = (opening.slots, *opening.shape)
            size = int(np.prod(shape))
            os.ftruncate(sheet, size)
            slots = np.frombuffer(mmap.mmap(sheet, size, prot=mmap.PROT_READ), np.uint8).reshape(shape)
            self._pictures = [Picture(slot) for slot in slots]
            with self.drawing.far, self._preparing.far:
                handed = (self.drawing.far.fileno(), self._preparing.far.fileno(), sheet)
                self._process = subprocess.Popen(
                    [sys.executable, "-P", "-m", "host.stage.renderer_worker", *map(str, handed)],
                    pass_fds=handed,
                    stdin=subprocess.DEVNULL,
                    stdout=2,  # what a renderer prints is not what the command reports
                    env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
                    start_new_session=True,  # an interrupt at the terminal ends the room's way, not the picture first
                )
        finally:
            os.close(sheet)
        with suppress(OSError):  # if it is gone already, `open` says so
            self.drawing.send(opening)
        self.known: set[int] = set()
        """Numbers of the utterances it has been told of, and not told to forget."""
        self._scene: Scene | None = None
        self.drawn = 0
        """Pictures it has made."""

    @property
    def pid(self) -> int:
        """Its process."""
        return self._process.pid

    def open(self, progress: Callable[[float], None]) -> Opened:
        """Wait until the renderer is open. Raises `LivehostError` as its factory does, and `RendererGoneError`."""
        try:
            while isinstance(reply := self.drawing.receive(OPENING_DEADLINE), float):
                progress(reply)
        except OSError as error:
            raise RendererGoneError(error) from error
        if isinstance(reply, LivehostError):
            raise reply
        assert isinstance(reply, Opened)
        return reply

    def prepare(self, prepared: Prepared) -> None:
        """Have an utterance worked out. For any thread. Raises `RendererError`."""
        with self._preparing_turn:
            try:
                self._preparing.send(Prepare(prepared.number, prepared.utterance, prepared.speech))
                reply: Done | Failed = self._preparing.receive(DEADLINE)
            except OSError as error:
                self._process.kill()  # whoever waits for its answers notices
                raise RendererGoneError(error) from error
        self.known.add(prepared.number)
        if isinstance(reply, Failed):
            raise RendererError(reply.error)

    def ask(self, asked: Asked, forget: tuple[int, ...]) -> None:
        """Ask for a picture. A process that is gone is noticed by whoever waits for the answer."""
        moment = asked.moment
        number = moment.performance.number if isinstance(moment.performance, Prepared) else None
        scene = None if moment.scene is self._scene else moment.scene
        self._scene = moment.scene
        self.known.difference_update(forget)
        with suppress(OSError):
            self.drawing.send(Draw(asked.slot, moment.tick, number, moment.frame, moment.manner, scene, forget))

    def answer(self, seconds: float) -> Drawn | Failed:
        """The answer to the oldest question. Raises `RendererGoneError`."""
        try:
            reply: Drawn | Failed = self.drawing.receive(seconds)
        except OSError as error:
            raise RendererGoneError(error) from error
        self.drawn += isinstance(reply, Drawn)
        return reply

    def picture(self, slot: int) -> Picture:
        """What lies in a slot."""
        return self._pictures[slot]

    def end(self, patience: float = 0.0) -> None:
        """Let the process go, and kill it where it does not go. From where the answers are waited for."""
        self.drawing.hang_up()
        try:
            self._process.wait(patience)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._preparing.hang_up()
        with self._preparing_turn:
            self._preparing.close()
        self.drawing.close()


def _anonymous_file() -> int:
    """A file in memory that no folder names, so that it goes with the last process that has it open."""
    if hasattr(os, "memfd_create"):
        return os.memfd_create("livehost-pictures", os.MFD_CLOEXEC)
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())
