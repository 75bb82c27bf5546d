"""Waiting no longer than the clock allows."""

from __future__ import annotations

import asyncio

import pytest
from hand_clock import HandClock

from host.core.clock import VirtualClock, deadline, run_virtual, sleep, within


async def test_result_and_error_go_through() -> None:
    async def work(fail: bool) -> int:
        await asyncio.sleep(0)
        if fail:
            raise KeyError("x")
        return 7

    clock = HandClock()
    assert await within(clock, 1, work(False)) == 7
    with pytest.raises(KeyError):
        await within(clock, 1, work(True))


async def test_late_work_is_cancelled_before_the_error_is_raised() -> None:
    clock, began, cleaned = HandClock(), asyncio.Event(), asyncio.Event()

    async def work() -> None:
        try:
            began.set()
            await asyncio.Event().wait()
        finally:
            cleaned.set()

    task = asyncio.ensure_future(within(clock, 1, work()))
    await began.wait()
    clock.advance(1)
    with pytest.raises(TimeoutError):
        await task
    assert cleaned.is_set()
    assert asyncio.all_tasks() == {asyncio.current_task()}


def test_virtual_time_does_not_pass_by_held_work() -> None:
    clock = VirtualClock()

    async def outside() -> str:
        return await asyncio.to_thread(lambda: "done")

    async def main() -> tuple[str, float]:
        async with asyncio.TaskGroup() as group:
            group.create_task(sleep(clock, 100))
            said = await within(clock, 5, outside())
            return said, clock.now()

    assert run_virtual(main(), clock) == ("done", 0.0)


@pytest.mark.parametrize("late", [False, True])
async def test_a_deadline_leaves_no_task_behind(late: bool) -> None:
    clock = HandClock()
    tasks = asyncio.all_tasks()
    try:
        async with deadline(clock, 1):
            if late:
                asyncio.get_running_loop().call_soon(clock.advance, 1)
                await asyncio.Event().wait()
    except TimeoutError:
        assert late
    else:
        assert not late
    assert asyncio.all_tasks() == tasks


async def test_a_deadline_that_passed_still_cancels() -> None:
    with pytest.raises(TimeoutError):
        await within(HandClock(), -1, asyncio.Event().wait())


def test_a_deadline_strikes_in_virtual_time() -> None:
    clock = VirtualClock()

    async def main() -> float:
        with pytest.raises(TimeoutError):
            async with deadline(clock, 5):
                await sleep(clock, 100)
        return clock.now()

    assert run_virtual(main(), clock) == 5.0


async def test_cancelling_from_outside_is_no_timeout() -> None:
    began = asyncio.Event()

    async def work() -> None:
        began.set()
        await asyncio.Event().wait()

    task = asyncio.ensure_future(within(HandClock(), 1, work()))
    await began.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert asyncio.all_tasks() == {asyncio.current_task()}
