"""Waiting for outside work no longer than the clock allows."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from host.core.clock import Clock

T = TypeVar("T")


async def within(clock: Clock, deadline: float, work: Coroutine[Any, Any, T]) -> T:
    """Await ``work`` under `Clock.hold`. When the clock reaches ``deadline`` first, cancel it and raise TimeoutError.

    In virtual time, which a hold stops, the deadline cannot strike: work bounds itself there in its own real time.
    """
    with clock.hold():
        worker = asyncio.ensure_future(work)
        timer = asyncio.ensure_future(clock.sleep_until(deadline))
        try:
            await asyncio.wait((worker, timer), return_when=asyncio.FIRST_COMPLETED)
            if not worker.done():
                raise TimeoutError
            return worker.result()
        finally:
            worker.cancel()
            timer.cancel()
            await asyncio.gather(worker, timer, return_exceptions=True)
