"""Writing to disk: what can keep it from being done, in words."""

from __future__ import annotations

import errno
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


def unwritten(error: OSError, folder: Path, size: int) -> LivehostError:
    """What an error in writing ``size`` bytes to a folder is for the person."""
    if error.errno in _FULL:
        return refused("disk_full", folder=str(folder), need=megabytes(size))
    if error.errno in _FORBIDDEN:
        return refused("no_right_to_write", folder=str(folder))
    return refused("cannot_write", folder=str(folder), why=error.strerror or str(error))
