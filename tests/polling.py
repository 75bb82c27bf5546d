"""Waiting for what signals nothing: threads, the network, another process."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


async def until(true: Callable[[], bool], seconds: float = 15.0) -> None:
    """Return as soon as ``true()`` holds. Raises `TimeoutError` after ``seconds``."""
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110 - nothing wakes whoever waits for it
            await asyncio.sleep(0.005)
