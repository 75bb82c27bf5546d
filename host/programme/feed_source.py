"""Where a feed comes from: a file, or an address. What is too large is not read to its end."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from host.core.addresses import is_loopback
from host.core.reason import Reason
from host.show.feed_rows import MAX_BYTES
from host.show.readable import NotAFile, beginning


class Unread(Exception):
    """A feed that could not be read, with the `Reason`."""


@dataclass
class FileSource:
    """A file, on this machine or mounted there."""

    path: Path

    async def fetched(self) -> bytes | None:
        """All of it. Raises `Unread`."""
        try:
            data, size = await asyncio.to_thread(beginning, self.path, MAX_BYTES)
        except NotAFile as error:
            raise Unread(Reason("not_a_file", kind=str(error))) from None
        except OSError as error:
            raise Unread(Reason("file_unreadable", why=error.strerror or str(error))) from None
        if size > MAX_BYTES:
            raise Unread(Reason("feed_too_large", most=MAX_BYTES // 1024 // 1024))
        return data


@dataclass
class AddressSource:
    """An http(s) address, asked for again only where it has changed (RFC 9110, 13.1.2)."""

    address: str
    key: str = ""
    lacking: str = ""
    """The environment variable that should hold the key, and does not."""
    tag: str = ""

    async def fetched(self) -> bytes | None:
        """What it says; None where that is what it said before. Raises `Unread`."""
        import httpx2  # only rooms with a feed at an address wait for it

        if self.lacking:
            raise Unread(Reason("feed_no_key", variable=self.lacking))
        headers = {"User-Agent": "livehost", "Accept-Encoding": "identity"}
        headers |= {"Authorization": f"Bearer {self.key}"} if self.key else {}
        headers |= {"If-None-Match": self.tag} if self.tag else {}
        proxied = not is_loopback(urlsplit(self.address).hostname)
        try:
            async with (
                httpx2.AsyncClient(timeout=None, follow_redirects=True, trust_env=proxied) as client,
                client.stream("GET", self.address, headers=headers) as response,
            ):
                if response.status_code == 304:
                    return None
                if response.status_code != 200:
                    raise Unread(Reason("feed_status", status=response.status_code))
                body = bytearray()
                async for chunk in response.aiter_raw():  # as it was sent: nothing unfolds in memory
                    body += chunk
                    if len(body) > MAX_BYTES:
                        raise Unread(Reason("feed_too_large", most=MAX_BYTES // 1024 // 1024))
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:  # whose texts may hold what was sent
            raise Unread(Reason("feed_unreachable", why=type(error).__name__)) from None
        self.tag = response.headers.get("etag", "")
        return bytes(body)

    def forget(self) -> None:
        """What it said was of no use: it is to be said again."""
        self.tag = ""


def is_address(source: str) -> bool:
    """Whether a feed is at an address."""
    return source.lower().startswith(("http://", "https://"))


def shown(source: str) -> str:
    """A feed as people know it, without what may be secret in an address."""
    if not is_address(source):
        return source
    parts = urlsplit(source)
    return f"{parts.hostname or ''}{parts.path}"
