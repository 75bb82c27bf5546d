"""What a voice will be asked for, said before it is: one text at a time, never in the way of one that is asked for."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Generic, TypeVar

T = TypeVar("T")


class Ahead(Generic[T]):
    """Texts in the order they will be asked for. ``say`` says one ahead of time, and may raise anything.

    Whoever is asked for a text at once calls `making`: the same text is waited for, any other gives way and is begun
    again later.
    """

    def __init__(self, say: Callable[[T], Awaitable[None]]) -> None:
        self._say = say
        self._wanted: list[T] = []
        self._now: T | None = None
        self._saying: asyncio.Task[None] | None = None
        self._loop: asyncio.Task[None] | None = None
        self._asked = 0
        self._free = asyncio.Event()
        self._free.set()

    @property
    def left(self) -> int:
        """How many texts are not said yet."""
        return len(self._wanted) + (self._now is not None)

    def expect(self, wanted: Sequence[T]) -> None:
        """These will be asked for, in this order; what was expected before is not any more."""
        self._wanted = [each for each in wanted if each != self._now]
        if self._wanted and self._loop is None:
            self._loop = asyncio.create_task(self._run())

    async def making(self, text: T) -> None:
        """A text is asked for at once: return when nothing else is being said; at best, when it is made."""
        if self._saying is None:
            return
        if self._now != text:
            self._saying.cancel()
        await asyncio.wait({self._saying})

    @contextmanager
    def busy(self) -> Iterator[None]:
        """Something is asked for at once: within it nothing is begun ahead."""
        self._asked += 1
        self._free.clear()
        try:
            yield
        finally:
            self._asked -= 1
            if not self._asked:
                self._free.set()

    async def idle(self) -> None:
        """Return when nothing is left to be said."""
        while self._loop is not None:
            await asyncio.wait({self._loop})

    async def close(self) -> None:
        """End what is under way."""
        self._wanted = []
        tasks = [task for task in (self._saying, self._loop) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self) -> None:
        try:
            while self._wanted:
                await self._free.wait()
                if not self._wanted:
                    break
                await self._next(self._wanted.pop(0))
        finally:
            self._loop = None

    async def _next(self, text: T) -> None:
        self._now = text
        self._saying = asyncio.ensure_future(self._say(text))
        try:
            await asyncio.wait({self._saying})
            if self._saying.cancelled():
                self._wanted.insert(0, text)
            else:
                with suppress(Exception):  # a third party's engine may raise anything; it will be asked again
                    self._saying.result()
        finally:
            self._saying.cancel()
            self._now = self._saying = None
