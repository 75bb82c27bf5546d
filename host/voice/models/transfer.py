"""Bytes from one source, from where it was broken off.

The standard library's client: which one the SDKs of others bring changes with their versions, and a file needs no more
than proxies from the environment, redirects and ranges (RFC 9110, section 14).
"""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.request import Request, build_opener

from host.core.reason import Reason
from host.voice.models.sources import Source

SILENCE = 30.0
"""Seconds without a byte after which a server is given up."""
_PIECE = 256 * 1024
_FROM_OF = re.compile(r"^bytes (\d+)-\d+/(\d+|\*)$")


class NotSent(Exception):
    """A source that does not give the file, with why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Sending:
    """What a source is about to send."""

    start: int
    """Where in the file it begins: as asked for, or 0."""
    size: int | None
    """Bytes of the whole file, where it says so beforehand."""
    marks_end: bool
    """Whether an end is the file's, and no connection that broke."""
    pieces: Iterator[bytes]
    """Raises `NotSent`."""


@contextmanager
def sending(source: Source, start: int) -> Iterator[Sending]:
    """Open a source at a byte. Raises `NotSent`."""
    with _understood(source):
        if isinstance(source, Path):
            file = source.open("rb")
            size, start = file.seek(0, 2), file.seek(start)
            opened: tuple[IO[bytes] | HTTPResponse, int, int | None, bool] = (file, start, size, True)
        else:
            response = _asked(source, start)
            opened = (response, *_extent(response, start), bool(response.chunked))
    with opened[0] as body:
        yield Sending(*opened[1:], _pieces(source, body))


def _asked(url: str, start: int) -> HTTPResponse:
    headers = {"Accept-Encoding": "identity", "User-Agent": "livehost"}
    if start:
        headers["Range"] = f"bytes={start}-"
    try:
        response: HTTPResponse = build_opener().open(Request(url, headers=headers), timeout=SILENCE)
    except HTTPError as error:
        error.close()
        if error.code == 416 and start:  # a file that ends before is another: asked for whole, it says how long it is
            return _asked(url, 0)
        raise
    return response


def _extent(response: HTTPResponse, asked: int) -> tuple[int, int | None]:
    """Where the body begins, and how long the whole file is. A server need not heed a range: then it sends all."""
    if response.status != 206:
        return 0, response.length
    found = _FROM_OF.match(response.headers.get("Content-Range", ""))
    if found is None or int(found[1]) != asked:
        response.close()
        raise NotSent(Reason("other_range"))
    return asked, None if found[2] == "*" else int(found[2])


def _pieces(source: Source, body: IO[bytes] | HTTPResponse) -> Iterator[bytes]:
    while True:
        with _understood(source):
            piece = body.read(_PIECE)
        if not piece:
            return
        yield piece


@contextmanager
def _understood(source: Source) -> Iterator[None]:
    try:
        yield
    except (OSError, HTTPException, ValueError) as error:
        raise NotSent(why_not(error, source)) from None


def why_not(error: Exception, source: Source) -> Reason:
    """What an error of the network, or of a folder, is for the person."""
    if isinstance(error, HTTPError):
        return Reason("download_status", status=error.code)
    if isinstance(error, URLError) and isinstance(error.reason, Exception):
        return why_not(error.reason, source)
    if isinstance(error, ssl.SSLCertVerificationError):
        return Reason("certificate_refused", why=error.verify_message)
    if isinstance(error, socket.gaierror):
        return Reason("no_network")
    if isinstance(error, TimeoutError):
        return Reason("no_reply_within", seconds=SILENCE)
    if isinstance(error, ConnectionRefusedError):
        return Reason("nobody_listens")
    if isinstance(source, Path):
        gone = isinstance(error, (FileNotFoundError, NotADirectoryError))
        return Reason("source_absent") if gone else Reason("other", text=str(error))
    return Reason("connection_broke", why=str(error) or type(error).__name__)
