"""How much strangers may send: token buckets by client address, and capped request bodies."""

from __future__ import annotations

import asyncio
import ipaddress
import json
import math
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from starlette.requests import HTTPConnection

from host.console.replies import Refused
from host.core.clock import Clock
from host.core.rates import TokenBuckets

BODY_DEADLINE = 15.0
"""Seconds a client may take to send its body."""

_CLOSE = {"Connection": "close"}
"""With an answer that comes before the whole body: what is left of it is not worth reading."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A token bucket: ``burst`` at once, then ``per_second``."""

    burst: float
    per_second: float


@dataclass(frozen=True, slots=True)
class Limits:
    """The console's bounds. Requests with the operator's token are exempt from the rates for comments and viewers.

    Sockets are bounded below the connections (`ConnectionLimits`), so that a page is told that the room is full, and
    there is room left to load one.
    """

    comment_bytes: int = 8 * 1024
    command_bytes: int = 8 * 1024
    sdp_bytes: int = 64 * 1024
    facts_bytes: int = 1024 * 1024
    comments: Rate = Rate(10, 0.5)
    viewers: Rate = Rate(30, 1.0)
    failed_logins: Rate = Rate(5, 1 / 12)
    public_sockets: int = 400
    public_sockets_per_address: int = 48
    operator_sockets: int = 50


class Buckets:
    """One token bucket per key, on the room's clock."""

    def __init__(self, rate: Rate, clock: Clock, most: int = 10_000) -> None:
        self._buckets = TokenBuckets(rate.per_second, rate.burst, most)
        self._clock = clock

    def wait(self, key: str) -> float:
        """Seconds until ``key`` has a token; 0.0 where it has one."""
        return self._buckets.wait(key, self._clock.now())

    def take(self, key: str) -> float:
        """Take a token: 0.0. Without one nothing is taken, and the seconds until there is one are returned."""
        return 0.0 if self._buckets.take(key, self._clock.now()) else self.wait(key)


def address(host: str | None) -> str:
    """The key a client is counted under: its address, for IPv6 its /64 (one household holds all of it)."""
    try:
        parsed = ipaddress.ip_address(host or "")
    except ValueError:
        return host or "unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


def client_of(request: HTTPConnection) -> str:
    """The key of a request's client."""
    return address(request.client.host if request.client else None)


def check_rate(buckets: Buckets, key: str, what: str) -> None:
    """Take a token or raise `Refused` 429 with Retry-After."""
    waiting = buckets.take(key)
    if waiting:
        seconds = math.ceil(waiting)
        raise Refused(
            429, f"too many {what} from this address", f"try again in {seconds} s", {"Retry-After": str(seconds)}
        )


async def read_body(request: Request, limit: int) -> bytes:
    """The body, if it has at most ``limit`` bytes. Raises `Refused` 413 before more than that is held, and 408."""
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared[:20]) > limit:
        raise _too_large(limit)
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_DEADLINE):
            async for chunk in request.stream():
                body += chunk
                if len(body) > limit:
                    raise _too_large(limit)
    except TimeoutError:
        raise Refused(408, f"the body did not arrive within {BODY_DEADLINE:g} s", headers=_CLOSE) from None
    return bytes(body)


def _too_large(limit: int) -> Refused:
    return Refused(413, f"the body is larger than {limit} bytes", headers=_CLOSE)


def media_type(request: Request) -> str:
    """The request's Content-Type without parameters, lower case."""
    return request.headers.get("content-type", "").split(";")[0].strip().lower()


async def read_json(request: Request, limit: int, kinds: Collection[str] = ("application/json",)) -> dict[str, Any]:
    """The body as a JSON object. Raises `Refused` 415, 413, 408 or 400.

    The media type is required because it is what keeps a foreign web page's form from posting here: browsers ask
    before they send ``application/json`` to another origin, and nobody answers.
    """
    if media_type(request) not in kinds:
        raise Refused(415, f"expected Content-Type: {' or '.join(kinds)}")
    return json_of(await read_body(request, limit))


def json_of(body: bytes) -> dict[str, Any]:
    """A body as a JSON object. Raises `Refused` 400."""
    try:
        value = json.loads(body.decode())
    except UnicodeDecodeError:
        raise Refused(400, "the body is not UTF-8 text") from None
    except json.JSONDecodeError as error:
        raise Refused(400, f"not valid JSON: {error.msg} (line {error.lineno}, column {error.colno})") from None
    except (ValueError, RecursionError):
        raise Refused(400, "not valid JSON: nested too deeply or a number too long") from None
    if not isinstance(value, dict):
        raise Refused(
            400, f"expected a JSON object, not {type(value).__name__}", 'for example {"user": "…", "text": "…"}'
        )
    return value
