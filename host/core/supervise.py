"""Supervised tasks: a crash is reported and the work restarted with backoff, never swallowed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from host.core.clock import Clock, sleep

Report = Callable[[str, BaseException, float], None]
"""Called with the task's name, what it raised, and the seconds until it is started again."""

HEALTHY_AFTER = 60.0


async def keep_running(
    name: str,
    work: Callable[[], Awaitable[None]],
    clock: Clock,
    report: Report,
    *,
    first_delay: float = 0.5,
    longest_delay: float = 30.0,
) -> None:
    """Run ``work`` until it returns; after each crash report and wait, twice as long each time up to the longest.

    A run that lasted `HEALTHY_AFTER` seconds starts the delays over. Cancellation goes through.
    """
    delay = first_delay
    while True:
        began = clock.now()
        try:
            await work()
            return
        except asyncio.CancelledError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it was is reported, and the programme goes on
            if clock.now() - began >= HEALTHY_AFTER:
                delay = first_delay
            with suppress(Exception):  # who cannot report must not keep the work from being restarted
                report(name, error, delay)
        await sleep(clock, delay)
        delay = min(longest_delay, delay * 2)
