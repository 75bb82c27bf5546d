"""Time. The clock owns sleeping: nobody else in ``host`` sleeps or reads the time.

Two clocks share one protocol. `MonotonicClock` is the machine's; `VirtualClock` jumps to the next deadline as
soon as every task waits, which makes a rehearsal as fast as the machine and the same every time (after trio's
autojump clock and liquidsoap's "as fast as possible" clock mode).
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
import selectors
import time
from collections.abc import AsyncIterator, Awaitable, Coroutine, Iterator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager, nullcontext
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol, TypeVar

T = TypeVar("T")

_AHEAD: ContextVar[bool] = ContextVar("ahead_of_time", default=False)


class Clock(Protocol):
    """Seconds since the clock was made, the wall time that goes with them, and the only sleep there is."""

    def now(self) -> float:
        """Seconds since the clock was made; never goes back."""
        ...

    def wall(self) -> datetime:
        """The time of day, with its zone: for promotions and rundown windows, never for durations."""
        ...

    async def sleep_until(self, deadline: float) -> None:
        """Return when ``now() >= deadline``; yields to other tasks at least once."""
        ...

    def hold(self) -> AbstractContextManager[None]:
        """Keep virtual time from passing while work runs outside it (a thread, a process, the network)."""
        ...


@contextmanager
def ahead_of_time() -> Iterator[None]:
    """Work that nobody waits for yet: within it no clock is held, so that time passes beside it.

    Whoever comes to wait for it holds the clock himself, and what comes of it may not depend on when it was done.
    """
    token = _AHEAD.set(True)
    try:
        yield
    finally:
        _AHEAD.reset(token)


async def sleep(clock: Clock, seconds: float) -> None:
    """Sleep for a duration. For a rhythm use deadlines (``t0 + n * d``), which do not add up their errors."""
    await clock.sleep_until(clock.now() + seconds)


class MonotonicClock:
    """The machine's monotonic clock. The wall time is read afresh, so an adjusted system clock is followed."""

    def __init__(self) -> None:
        self._origin = time.monotonic()

    def now(self) -> float:
        return time.monotonic() - self._origin

    def wall(self) -> datetime:
        return datetime.now().astimezone()

    async def sleep_until(self, deadline: float) -> None:
        await asyncio.sleep(max(0.0, deadline - self.now()))

    def hold(self) -> AbstractContextManager[None]:
        return nullcontext()


class VirtualClock:
    """A clock that moves only when every task waits, straight to the earliest deadline.

    Run the programme with `run_virtual`: it owns the event loop whose selector tells "every task waits" apart
    from "something is ready". Deadlines that fall together wake in the order they were set.
    """

    def __init__(self, wall: datetime | None = None) -> None:
        self._now = 0.0
        self._origin = wall or datetime(2026, 1, 1, 20, 0, tzinfo=UTC)
        self._holds = 0
        self._order = itertools.count()
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []

    def now(self) -> float:
        return self._now

    def wall(self) -> datetime:
        return self._origin + timedelta(seconds=self._now)

    async def sleep_until(self, deadline: float) -> None:
        if deadline <= self._now:
            await asyncio.sleep(0)
            return
        future = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (deadline, next(self._order), future))
        await future

    @contextmanager
    def hold(self) -> Iterator[None]:
        if _AHEAD.get():
            yield
            return
        self._holds += 1
        try:
            yield
        finally:
            self._holds -= 1

    def jump(self) -> bool:
        """Move to the earliest deadline and wake its sleeper. False where held, or where nobody sleeps."""
        while self._sleepers and self._sleepers[0][2].done():
            heapq.heappop(self._sleepers)
        if self._holds or not self._sleepers:
            return False
        self._now = max(self._now, self._sleepers[0][0])
        return self._wake(self._now)

    def _wake(self, now: float) -> bool:
        """Wake every sleeper whose deadline has come; False where there is none."""
        woken = False
        while self._sleepers and self._sleepers[0][0] <= now:
            _, _, future = heapq.heappop(self._sleepers)
            if not future.done():
                future.set_result(None)
                woken = True
        return woken

    def due_in(self) -> float | None:
        """Real seconds until a deadline falls due although time is held; None where none does."""
        return None


class PacedClock(VirtualClock):
    """A virtual clock that runs with the machine's while it is held.

    For whoever wants to know what a room would do: a deadline for work outside strikes as it would on air, and what
    waits for nothing but time takes none.
    """

    def __init__(self, wall: datetime | None = None) -> None:
        super().__init__(wall)
        self._zero = 0.0
        """Where the machine's clock stood when this one, run back from the beginning of the hold, showed 0."""

    def now(self) -> float:
        if self._holds:
            self._now = max(self._now, time.monotonic() - self._zero)
        return self._now

    @contextmanager
    def hold(self) -> Iterator[None]:
        if not self._holds:
            self._zero = time.monotonic() - self._now
        with super().hold():
            try:
                yield
            finally:
                self.now()

    def jump(self) -> bool:
        """As `VirtualClock.jump`; where held, wake those whose deadlines have passed meanwhile."""
        if not self._holds:
            return super().jump()
        return self._wake(self.now())

    def due_in(self) -> float | None:
        return max(0.0, self._sleepers[0][0] - self.now()) if self._holds and self._sleepers else None


class _JumpingSelector(selectors.DefaultSelector):
    """Asks the clock to jump whenever the loop would otherwise block with nothing ready."""

    def __init__(self, clock: VirtualClock) -> None:
        super().__init__()
        self._clock = clock

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is not None and timeout <= 0:
            return super().select(timeout)
        ready = super().select(0)
        if ready or self._clock.jump():
            return ready
        due = self._clock.due_in()
        return super().select(timeout if due is None or (timeout is not None and timeout < due) else due)


def run_virtual(main: Coroutine[Any, Any, T], clock: VirtualClock) -> T:
    """Run ``main`` to its end in virtual time, on an event loop of its own."""
    with asyncio.Runner(loop_factory=lambda: asyncio.SelectorEventLoop(_JumpingSelector(clock))) as runner:
        return runner.run(main)


@asynccontextmanager
async def deadline(clock: Clock, seconds: float) -> AsyncIterator[None]:
    """Cancel the body after ``seconds`` of the clock and raise `TimeoutError`: `asyncio.timeout` on our time."""
    async with asyncio.timeout(None) as scope:

        async def alarm() -> None:
            await sleep(clock, seconds)
            scope.reschedule(asyncio.get_running_loop().time())

        watch = asyncio.create_task(alarm())
        try:
            yield
        finally:
            if watch.cancel():
                await asyncio.wait((watch,))


async def within(clock: Clock, at: float, outside: Awaitable[T]) -> T:
    """Await work outside virtual time under `Clock.hold`, and cancel it at ``at`` of the clock (`deadline`).

    In virtual time, which a hold stops, the deadline cannot strike: work bounds itself there in its own real time.
    """
    with clock.hold():
        async with deadline(clock, at - clock.now()):
            return await outside
