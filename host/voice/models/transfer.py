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
from io import BufferedReader
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, build_opener

from host.core.reason import Reason
from host.voice.models.sources import Source

SILENCE = 30.0
"""Seconds without a byte after which a server is given up."""
_PIECE = 256 * 1024
_ERRORS = (OSError, HTTPException, ValueError)
_FROM_OF = re.compile(r"^bytes (\d+)-\d+/(\d+|\*)$")


class NotSent(Exception):
    """A source that does not give the file, with why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(slots=True)
class Sending:
    """What a source is about to send."""

    source: Source
    body: BufferedReader | HTTPResponse
    start: int
    """Where in the file it begins: as asked for, or 0."""
    size: int | None
    """Bytes of the whole file, where it says so beforehand."""
    marks_end: bool
    """Whether what ends without trouble is whole, rather than a connection that was closed."""
    trouble: Reason | None = None
    """What broke it off."""

    def pieces(self, end: int) -> Iterator[bytes]:
        """The bytes from ``start`` to ``end``, as far as they come. What has come is given out before a silence is."""
        left = end - self.start
        while left > 0:
            try:
                piece = self.body.read1(min(left, _PIECE))
            except _ERRORS as error:
                self.trouble = why_not(error, self.source)
                return
            if not piece:
                return
            left -= len(piece)
            yield piece


@contextmanager
def sending(source: Source, start: int) -> Iterator[Sending]:
    """Open a source at a byte. Raises `NotSent`."""
    try:
        sent = _opened(source, start) if isinstance(source, Path) else _answered(source, start)
    except _ERRORS as error:
        raise NotSent(why_not(error, source)) from None
    with sent.body:
        yield sent


def _opened(file: Path, start: int) -> Sending:
    body = file.open("rb")
    return Sending(file, body, size=body.seek(0, 2), start=body.seek(start), marks_end=True)


def _answered(url: str, start: int) -> Sending:
    response = _asked(url, start)
    return Sending(url, response, *_extent(response, start), marks_end=bool(response.chunked))


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


def why_not(error: Exception, source: Source) -> Reason:
    """What an error of the network, or of a folder, is for the person."""
    if isinstance(error, HTTPError):
        return Reason("download_status", status=error.code)
    if isinstance(error, URLError) and isinstance(error.reason, Exception):
        return why_not(error.reason, source)
    if isinstance(error, ssl.SSLCertVerificationError):
        return Reason("certificate_refused", why=getattr(error, "verify_message", str(error)))
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
