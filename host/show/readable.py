"""Reading the beginning of a file that may be anything: nobody is waited for."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from host.core.errors import Finding
from host.core.findings import found

MAX_BYTES = 256 * 1024
"""Of one script file: hours of speech."""


class NotAFile(Exception):
    """A folder, pipe, socket or device; its text says which."""


_KINDS = {stat.S_IFDIR: "a folder", stat.S_IFIFO: "a named pipe", stat.S_IFSOCK: "a socket"}


def beginning(path: Path, count: int) -> tuple[bytes, int]:
    """The first ``count`` bytes of a regular file, and its size. Raises `OSError` and `NotAFile`.

    Never waits for anybody: opening a pipe without a writer, or merely touching some devices, would hold up the
    room, so the kind is known before anything is opened, and looked at again in case it was swapped.
    """
    _require_file(path.stat().st_mode)
    with open(path, "rb", buffering=0, opener=_open_without_waiting) as file:
        status = os.fstat(file.fileno())
        _require_file(status.st_mode)
        data = b""
        while len(data) < count and (more := file.read(count - len(data))):
            data += more
    return data, status.st_size


def read_text(path: Path) -> tuple[str, Finding | None]:
    """The text of a script or shop file; an empty one with the finding that tells why it cannot be read."""
    where = str(path)
    try:
        data, size = beginning(path, MAX_BYTES)
        if size > MAX_BYTES:
            return "", found("script_too_large", where, most=MAX_BYTES // 1024)
        return data.decode("utf-8"), None
    except NotAFile as error:
        return "", found("not_a_file", where, kind=str(error))
    except OSError as error:
        return "", found("file_unreadable", where, why=error.strerror or str(error))
    except UnicodeDecodeError:
        return "", found("file_not_utf8", where)


def _require_file(mode: int) -> None:
    if not stat.S_ISREG(mode):
        raise NotAFile(_KINDS.get(stat.S_IFMT(mode), "a device"))


def _open_without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
