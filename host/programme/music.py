"""The music bed a room file names: opened, and told what is wrong with it.

It is decoded, looped and levelled before the room is on air, once: what comes of it is kept in the cache.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from host.config import Music, RoomFile
from host.core.errors import Finding, InvalidFile
from host.core.findings import found
from host.core.media import Pcm
from host.core.reason import reason_of
from host.stage.bed import Bed
from host.voice.sound.music import CREST, NoMusic, levelled, looped, read_music

DUCKED = 12.0
"""Decibels that the bed goes down for a voice, at least."""
UNDER_VOICE = -32.5
"""Peak of the bed, in dBTP, below a voice: with one at its own ceiling and room tone the sum stays under -1 dBTP."""
_FORMAT = 1
"""Part of every key: raised when what is made of a file changes."""


def open_bed(room: RoomFile, music: Music, cache: Path) -> Bed:
    """The room's bed. Raises `InvalidFile` for a file that cannot be one."""
    path = _path(room, music)
    try:
        return Bed(_made(path, music.level, cache / "music"), under(music.level))
    except (NoMusic, OSError) as error:
        raise InvalidFile([_finding(room, path, error)]) from None


def wrong_music(room: RoomFile, music: Music) -> Iterator[Finding]:
    """What keeps the room's bed from being one: the file is read to its end."""
    path = _path(room, music)
    try:
        levelled(looped(read_music(path)), music.level)
    except (NoMusic, OSError) as error:
        yield _finding(room, path, error)


def under(level: float) -> float:
    """Decibels by which a bed of ``level`` LUFS goes down for a voice (< 0)."""
    return min(-DUCKED, UNDER_VOICE - (level + CREST))


def _path(room: RoomFile, music: Music) -> Path:
    return (room.folder / music.file).resolve()


def _finding(room: RoomFile, path: Path, error: NoMusic | OSError) -> Finding:
    line = room.line("music", "file")
    if isinstance(error, NoMusic):
        return found("music_unfit", room.path, line, file=str(path), why=reason_of(error))
    return found("music_not_there", room.path, line, file=str(path), why=error.strerror or str(error))


def _made(path: Path, level: float, folder: Path) -> Pcm:
    """The loop of a file, from the cache where it was made before."""
    with path.open("rb") as file:
        identity = f"{_FORMAT} {level} {hashlib.file_digest(file, 'sha256').hexdigest()}"
    kept = folder / f"{hashlib.sha256(identity.encode()).hexdigest()}.npy"
    with contextlib.suppress(OSError, ValueError, EOFError):
        loop = np.load(kept, allow_pickle=False)
        if loop.dtype == np.int16 and loop.ndim == 1:
            return np.asarray(loop)
    loop = levelled(looped(read_music(path)), level)
    with contextlib.suppress(OSError):  # a full disk costs a few seconds next time
        _keep(kept, loop)
    return loop


def _keep(place: Path, loop: Pcm) -> None:
    """Whole or not at all."""
    place.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=place.parent, suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as file:
            np.save(file, loop)
        Path(name).replace(place)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
