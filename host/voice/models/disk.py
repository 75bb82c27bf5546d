"""Writing to disk: what can keep it from being done, in words."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from host.core.errors import LivehostError
from host.core.findings import refused
from host.voice.models.whole import megabytes

_FULL = {errno.ENOSPC, errno.EDQUOT}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


@contextmanager
def writing(folder: Path, size: int) -> Iterator[None]:
    """Have a folder with room for ``size`` bytes more, and write in it. Raises `LivehostError` where there is no right
    to, or no room."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(folder).free < size:
            raise OSError(errno.ENOSPC, "disk full")
        yield
    except OSError as error:
        raise unwritten(error, folder, size) from None


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Be the one process that fetches into a folder, as far as its file system knows of locks (flock(2)). Raises
    `LivehostError` where another does."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise refused("being_fetched", folder=str(folder)) from None
        except OSError:
            pass  # no locks there: what two have mixed up, its hash shows
        yield
    finally:
        os.close(descriptor)


def unwritten(error: OSError, folder: Path, size: int) -> LivehostError:
    """What an error in writing ``size`` bytes to a folder is for the person."""
    if error.errno in _FULL:
        return refused("disk_full", folder=str(folder), need=megabytes(size))
    if error.errno in _FORBIDDEN:
        return refused("no_right_to_write", folder=str(folder))
    return refused("cannot_write", folder=str(folder), why=error.strerror or str(error))
