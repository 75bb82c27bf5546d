"""Both clocks: deadlines in order, holds, and the same order every time."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st

from host.core.clock import MonotonicClock, PacedClock, VirtualClock, ahead_of_time, run_virtual, sleep, within


@given(st.lists(st.floats(0, 1e5, allow_nan=False), min_size=1, max_size=30))
def test_sleepers_wake_in_deadline_order_and_ties_in_the_order_set(delays: list[float]) -> None:
    clock = VirtualClock()
    woken: list[tuple[float, int]] = []

    async def sleeper(index: int, delay: float) -> None:
        await clock.sleep_until(delay)
        assert clock.now() >= delay
        woken.append((delay, index))

    async def main() -> None:
        async with asyncio.TaskGroup() as group:
            for index, delay in enumerate(delays):
                group.create_task(sleeper(index, delay))

    run_virtual(main(), clock)
    positive = [entry for entry in woken if entry[0] > 0]
    assert positive == sorted(positive)
    assert clock.now() == max(delays)


def test_a_day_passes_at_once() -> None:
    clock = VirtualClock(datetime(2026, 11, 22, 20, 0, tzinfo=UTC))

    async def main() -> None:
        for tick in range(1, 25):
            await clock.sleep_until(tick * 3600)

    run_virtual(main(), clock)
    assert clock.wall() == datetime(2026, 11, 23, 20, 0, tzinfo=UTC)


def test_held_time_does_not_pass_work_outside_it_by() -> None:
    """A thread finishes at the virtual instant it began, however long it took."""
    clock = VirtualClock()
    order: list[str] = []
    go = Event()

    async def worker(pool: ThreadPoolExecutor) -> None:
        with clock.hold():
            await asyncio.get_running_loop().run_in_executor(pool, go.wait, 5)
        order.append(f"work at {clock.now()}")

    async def sleeper() -> None:
        asyncio.get_running_loop().call_later(0.01, go.set)
        await sleep(clock, 1.0)
        order.append(f"sleep at {clock.now()}")

    async def main() -> None:
        with ThreadPoolExecutor(1) as pool:
            async with asyncio.TaskGroup() as group:
                group.create_task(worker(pool))
                group.create_task(sleeper())

    run_virtual(main(), clock)
    assert order == ["work at 0.0", "sleep at 1.0"]


def test_a_cancelled_sleeper_leaves_no_deadline_behind() -> None:
    clock = VirtualClock()

    async def main() -> None:
        task = asyncio.create_task(sleep(clock, 1000))
        await sleep(clock, 1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await sleep(clock, 1)

    run_virtual(main(), clock)
    assert clock.now() == 2


async def test_the_monotonic_clock_sleeps_to_its_deadline_and_knows_its_zone() -> None:
    clock = MonotonicClock()
    deadline = clock.now() + 0.01
    await clock.sleep_until(deadline)
    assert clock.now() >= deadline
    assert clock.wall().tzinfo is not None


def test_time_passes_beside_work_that_is_ahead_of_it() -> None:
    clock = VirtualClock()
    go = Event()

    async def worker() -> None:
        with ahead_of_time(), clock.hold():
            assert await asyncio.to_thread(go.wait, 5)

    async def main() -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(worker())
            await sleep(clock, 1.0)
            go.set()

    run_virtual(main(), clock)
    assert clock.now() == 1.0


def test_a_paced_clock_jumps_where_nothing_is_held_and_runs_where_something_is() -> None:
    clock = PacedClock()
    stopwatch = MonotonicClock()
    struck: list[float] = []

    async def alarm() -> None:
        await sleep(clock, 0.05)
        struck.append(clock.now())

    async def main() -> None:
        await sleep(clock, 3600)
        async with asyncio.TaskGroup() as group:
            with clock.hold():
                group.create_task(alarm())
                await asyncio.sleep(0.2)
                held = clock.now()
            await sleep(clock, 3600)
        assert 3600.2 <= held < 3610
        assert clock.now() >= held + 3600

    run_virtual(main(), clock)
    assert 3600.05 <= struck[0] < 3600.2
    assert stopwatch.now() < 10


def test_a_deadline_strikes_on_a_paced_clock_while_work_outside_hangs() -> None:
    clock = PacedClock()

    async def main() -> None:
        with pytest.raises(TimeoutError):
            await within(clock, clock.now() + 0.05, asyncio.Event().wait())

    run_virtual(main(), clock)
    assert 0.05 <= clock.now() < 5


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 100)), max_size=20))
def test_a_paced_clock_never_goes_back(steps: list[tuple[bool, float]]) -> None:
    clock = PacedClock()

    async def main() -> None:
        for held, seconds in steps:
            before = clock.now()
            if held:
                with clock.hold():
                    await asyncio.sleep(0)
                    assert clock.now() >= before
            else:
                await sleep(clock, seconds)
                assert clock.now() >= before + seconds

    run_virtual(main(), clock)
