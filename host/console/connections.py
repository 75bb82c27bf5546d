"""How many connections the server holds at once: counted in one place, over HTTP and WebSockets alike."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass

import structlog

from host.console.limits import address
from host.core.addresses import is_loopback
from host.core.figures import counter, gauge

REPORT_EVERY = 1.0
"""Seconds that the warning about refused connections gathers them: a flood of connections is not one of lines."""

log = structlog.get_logger("livehost.console")


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """``most`` connections in all, ``most_per_address`` from one client (IPv6: from one /64). ``idle_seconds`` is the
    longest a connection may stand without a request being answered on it: that long a request's head may take.
    ``stall_seconds`` is the longest a client may take none of what waits to be sent to it."""

    most: int = 512
    most_per_address: int = 64
    idle_seconds: float = 10.0
    stall_seconds: float = 30.0


@dataclass(frozen=True, slots=True)
class ConnectionsStatus:
    """How the server's connections are doing."""

    refused: int = counter("connections closed at once, because there were too many", name="connections_refused")
    silent: int = counter("connections closed because no request head came in time", name="connections_silent")
    stalled: int = counter("connections cut because the client took nothing", name="connections_stalled")
    open: int = gauge("connections", name="connections")


class Connections:
    """The open connections, and the counts of those that were turned away or fell silent.

    Loopback addresses are bound by the total alone: a reverse proxy on this machine speaks for all of its clients.
    """

    def __init__(self, limits: ConnectionLimits | None = None) -> None:
        self.limits = limits or ConnectionLimits()
        self.most = self.limits.most
        self.refused = 0
        """Connections closed at once, since the start."""
        self.silent = 0
        """Connections closed because no request head came in time, since the start."""
        self.stalled = 0
        """Connections cut because the client took nothing of what was sent, since the start."""
        self.open = 0
        """Connections now."""
        self._per_address: Counter[str] = Counter()
        self._reported = 0
        self._report: asyncio.TimerHandle | None = None

    def status(self) -> ConnectionsStatus:
        """How many there are, and how many were turned away or cut since the start."""
        return ConnectionsStatus(self.refused, self.silent, self.stalled, self.open)

    def fit(self, open_files: int) -> None:
        """Leave half of ``open_files`` descriptors to the rest of the process: files, pipes, viewers' media."""
        self.most = min(self.limits.most, open_files // 2)

    def enter(self, host: str | None) -> bool:
        """Count a connection from ``host`` in. False where there are too many: it is not counted then."""
        key = address(host)
        most = self.most if is_loopback(host) else min(self.most, self.limits.most_per_address)
        if self.open >= self.most or self._per_address[key] >= most:
            self.refused += 1
            self._report_soon()
            return False
        self.open += 1
        self._per_address[key] += 1
        return True

    def leave(self, host: str | None) -> None:
        """Count a connection that `enter` let in out again."""
        key = address(host)
        self.open -= 1
        self._per_address[key] -= 1
        if not self._per_address[key]:
            del self._per_address[key]

    def _report_soon(self) -> None:
        if self._report is None:
            self._report = asyncio.get_running_loop().call_later(REPORT_EVERY, self._warn)

    def _warn(self) -> None:
        self._report = None
        log.warning(
            "connections refused", count=self.refused - self._reported, open=self.open, most=self.most,
            most_per_address=self.limits.most_per_address,
        )  # fmt: skip
        self._reported = self.refused
