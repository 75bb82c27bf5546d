"""Names of recordings: from room and start time, never one that exists."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path


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
