"""``vetted.jsonl``: what is vetted, one JSON object a line, appended and never changed. The last line on a wording
counts. A line that cannot be read vets nothing, and hides none of the others."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path

from host.core.errors import Finding
from host.core.findings import refused, warned
from host.core.vetted import How, Vetted

BESIDE_SCRIPTS = "vetted.jsonl"
MAX_BYTES = 32 * 1024 * 1024
"""Some fifty thousand wordings."""


def room_file(data: Path, room: str) -> Path:
    """Where a room keeps what its operators allow."""
    return data / f"{room}.vetted.jsonl"


def read_vetted(path: Path) -> tuple[list[Vetted], list[Finding]]:
    """What a file has, in order, and what of it cannot be read; nothing where there is none."""
    try:
        if path.stat().st_size > MAX_BYTES:
            return [], [warned("file_too_large", path, most=MAX_BYTES // 1024)]
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return [], []
    except (OSError, UnicodeDecodeError) as error:
        return [], [warned("file_unreadable", path, why=getattr(error, "strerror", "") or str(error))]
    vetted: list[Vetted] = []
    findings: list[Finding] = []
    for number, line in enumerate(lines, 1):
        try:
            if line.strip():
                vetted.append(Vetted.from_data(json.loads(line)))
        except (ValueError, RecursionError) as error:
            findings.append(warned("vetted_unreadable", path, number, why=str(error)[:200]))
    return vetted, findings


def append_vetted(path: Path, vetted: Iterable[Vetted]) -> None:
    """Write some more, on the disk when this returns. Raises `LivehostError`."""
    text = "".join(json.dumps(each.as_data(), ensure_ascii=False) + "\n" for each in vetted)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+b") as file:
            if file.tell() and not _ends_a_line(file.name):
                text = "\n" + text  # whoever wrote before was killed
            file.write(text.encode("utf-8", "replace"))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise refused("vetted_unwritable", path, why=error.strerror or str(error)) from None


def fresh(vetted: Iterable[Vetted], known: Iterable[Vetted]) -> list[Vetted]:
    """The proofs that a file does not have yet."""
    latest = {each.wording: (each.basis, each.by) for each in known if each.how is How.PROVEN}
    return [each for each in vetted if not _covers(latest.get(each.wording, ("", "")), each)]


def _covers(known: tuple[str, str], proof: Vetted) -> bool:
    """Whether a proof is known, judged by as much: one that a judge has seen stands for one that none has."""
    basis, by = known
    return basis == proof.basis and proof.by in ("", by)


def _ends_a_line(name: str) -> bool:
    with Path(name).open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"
