"""Vetting leaves a room on air most of the time there is."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

from hand_clock import HandClock

from host.core.clock import VirtualClock, run_virtual
from host.core.media import TICK_SECONDS
from host.programme.vetting import unhurried


async def test_work_rests_a_tick_after_every_few_milliseconds() -> None:
    clock, done = HandClock(), []

    def work() -> Iterator[int]:
        for number in range(20):
            clock.advance(0.002)
            yield number

    async def run() -> None:
        done.extend([item async for item in unhurried(work(), clock)])

    async with asyncio.TaskGroup() as group:
        running = group.create_task(run())
        rests = 0
        while not running.done():
            before = clock.now()
            for _ in range(3):
                await asyncio.sleep(0)
            if not running.done():
                assert clock.now() - before <= 0.007, "three lines of 2 ms are the most in one go"
                rests += 1
                clock.advance(TICK_SECONDS)
    assert done == list(range(20))
    assert rests >= 6


def test_nothing_is_waited_for_where_no_time_passes() -> None:
    clock = VirtualClock()

    async def run() -> list[int]:
        return [item async for item in unhurried(range(1000), clock)]

    assert run_virtual(run(), clock) == list(range(1000))
    assert clock.now() == 0
