"""Names of recordings: from room and start time, never one that exists."""

from __future__ import annotations

import os
import re
from datetime import datetime
from pathlib import Path

from host.core.reason import Reason

_EVERY = re.compile(r"(\d+(?:\.\d+)?)\s*(s|m|min|h)")
_UNIT_SECONDS = {"s": 1.0, "m": 60.0, "min": 60.0, "h": 3600.0}
SHORTEST = 10.0


def parse_every(value: object) -> float:
    """``30m`` or ``1h`` in seconds, at least 10 s. Raises ValueError."""
    match = _EVERY.fullmatch(str(value).strip())
    if match is None:
        raise ValueError(Reason("not_a_duration", text=str(value)))
    seconds = float(match[1]) * _UNIT_SECONDS[match[2]]
    if seconds < SHORTEST:
        raise ValueError(Reason("duration_short", text=str(value), least=SHORTEST))
    return seconds


class Recordings:
    """The files of one recorder in ``folder``: ``<room>-<date>-<time>.mp4``, or the one at ``path``."""

    def __init__(self, folder: Path, room: str, path: Path | None = None) -> None:
        self._folder = folder
        self.room = room
        self._path = path

    def claim(self, started: datetime) -> Path:
        """A file that is ours alone, empty. Raises OSError."""
        if self._path is not None:
            part = self._path.with_name(self._path.name + ".part")
            part.unlink(missing_ok=True)
            return _create(part)
        stem = f"{self.room}-{started:%Y%m%d-%H%M%S}"
        number = 1
        while True:
            name = f"{stem}.mp4" if number == 1 else f"{stem}-{number}.mp4"
            try:
                return _create(self._folder / name)
            except FileExistsError:
                number += 1

    def complete(self, path: Path) -> None:
        """The file is finished: give it its name, at once and whole."""
        if self._path is not None:
            path.replace(self._path)


def _create(path: Path) -> Path:
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644))
    return path
