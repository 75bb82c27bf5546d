"""Events from the programme to whoever watches: each watcher has a bounded queue of its own."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass

from host.core.control import Event
from host.core.figures import counter

WATCHER_EVENTS = 500


class _Watcher:
    def __init__(self) -> None:
        self.events: deque[Event] = deque()
        self.lost = 0
        self.ready = asyncio.Event()


@dataclass(frozen=True, slots=True)
class BusStatus:
    """How watchers keep up."""

    lost: int = counter("events that a watcher was too slow for", name="watcher_events_lost")


class EventBus:
    """Publishes without waiting. A watcher that falls behind loses its oldest events and is told how many."""

    def __init__(self) -> None:
        self._watchers: set[_Watcher] = set()
        self._lost = 0

    def status(self) -> BusStatus:
        """What watchers lost since the start."""
        return BusStatus(self._lost)

    def publish(self, event: Event) -> None:
        """Hand an event to every watcher."""
        for watcher in self._watchers:
            watcher.events.append(event)
            if len(watcher.events) > WATCHER_EVENTS:
                watcher.events.popleft()
                watcher.lost += 1
                self._lost += 1
            watcher.ready.set()

    async def watch(self) -> AsyncIterator[Event]:
        """Every event from now on, until the watcher goes."""
        watcher = _Watcher()
        self._watchers.add(watcher)
        try:
            while True:
                await watcher.ready.wait()
                watcher.ready.clear()
                if watcher.lost:
                    lost, watcher.lost = watcher.lost, 0
                    yield {"kind": "lost", "count": lost}
                while watcher.events:
                    yield watcher.events.popleft()
        finally:
            self._watchers.discard(watcher)
