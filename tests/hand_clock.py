"""A clock moved by hand."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime


class HandClock:
    """A clock that stands still until it is moved: deadlines without waiting for them."""

    def __init__(self) -> None:
        self._now = 0.0
        self._sleepers: list[tuple[float, asyncio.Future[None]]] = []

    def now(self) -> float:
        return self._now

    def wall(self) -> datetime:
        return datetime(2026, 11, 22, 20, tzinfo=UTC)

    async def sleep_until(self, deadline: float) -> None:
        if deadline > self._now:
            future = asyncio.get_running_loop().create_future()
            self._sleepers.append((deadline, future))
            await future

    @contextmanager
    def hold(self) -> Iterator[None]:
        yield

    def advance(self, seconds: float) -> None:
        """Move on, waking whoever slept until then."""
        self._now += seconds
        for deadline, future in self._sleepers:
            if deadline <= self._now and not future.done():
                future.set_result(None)
