"""From the room to many sockets: one reader of the room's events, a bounded mailbox per socket.

A slow reader costs the room a mailbox and nothing else: of states it gets the latest, of events the latest
`MOST_EVENTS` and a count of those it lost.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import structlog

from host.console.replies import trace
from host.console.shapes import PublicState, RoomState, changes, public_state
from host.core.clock import Clock
from host.core.control import Event, RoomControl, State
from host.core.supervise import keep_running

MOST_EVENTS = 256
STATE_EVERY = 0.5
"""Seconds between two looks at the room's state."""

log = structlog.get_logger("livehost.console")


class OperatorMailbox:
    """What waits for one operator's socket: the latest state and a bounded run of events."""

    def __init__(self, state: State) -> None:
        self._state: State | None = state
        self._events: deque[Event] = deque()
        self._lost = 0
        self._filled = asyncio.Event()
        self._filled.set()

    def put_event(self, event: Event) -> None:
        """Add an event; a full mailbox loses its oldest."""
        if len(self._events) >= MOST_EVENTS:
            self._events.popleft()
            self._lost += 1
        self._events.append(event)
        self._filled.set()

    def put_state(self, state: State) -> None:
        """Replace the state that waits."""
        self._state = state
        self._filled.set()

    async def take(self) -> list[Event]:
        """Everything that waits, oldest first, the state last; waits until there is something."""
        await self._filled.wait()
        self._filled.clear()
        messages: list[Event] = [{"kind": "lost", "count": self._lost}] if self._lost else []
        messages += self._events
        if self._state is not None:
            messages.append({"kind": "state", "state": self._state})
        self._events.clear()
        self._lost, self._state = 0, None
        return messages


class PublicMailbox:
    """What waits for one viewer's socket: the whole state at first, then one patch, merged while it waits."""

    def __init__(self, state: PublicState) -> None:
        self._first: dict[str, Any] | None = dict(state)
        self._patch: dict[str, Any] = {}
        self._filled = asyncio.Event()
        self._filled.set()

    def put(self, patch: dict[str, Any]) -> None:
        """Merge a patch into what waits."""
        (self._patch if self._first is None else self._first).update(patch)
        self._filled.set()

    async def take(self) -> list[Event]:
        """What waits, as one message; waits until there is something."""
        await self._filled.wait()
        self._filled.clear()
        if self._first is not None:
            message = {"kind": "state", "state": self._first}
            self._first = None
        else:
            message = {"kind": "patch", "state": self._patch}
            self._patch = {}
        return [message]


class Hub:
    """Fans a room's state and events out to sockets. `run` must be running for anything but the first state."""

    def __init__(self, room: RoomControl, clock: Clock) -> None:
        self._room = room
        self._clock = clock
        self._operators: set[OperatorMailbox] = set()
        self._viewers: set[PublicMailbox] = set()
        self._sent: State = {}
        self._public: PublicState | None = None

    def public(self) -> PublicState:
        """The state viewers get, now."""
        return public_state(cast(RoomState, self._room.state()), frozenset(self._room.images))

    @property
    def operators(self) -> int:
        """Operators' sockets that are open."""
        return len(self._operators)

    @property
    def viewers(self) -> int:
        """Viewers' sockets that are open."""
        return len(self._viewers)

    @contextmanager
    def operator(self) -> Iterator[OperatorMailbox]:
        """A mailbox for an operator's socket, for as long as it is open."""
        mailbox = OperatorMailbox(self._room.state())
        self._operators.add(mailbox)
        try:
            yield mailbox
        finally:
            self._operators.discard(mailbox)

    @contextmanager
    def viewer(self) -> Iterator[PublicMailbox]:
        """A mailbox for a viewer's socket, for as long as it is open."""
        mailbox = PublicMailbox(self.public())
        self._viewers.add(mailbox)
        try:
            yield mailbox
        finally:
            self._viewers.discard(mailbox)

    async def run(self) -> None:
        """Fan out until cancelled. A fault in the room's state or events is logged, and the work taken up again."""
        async with asyncio.TaskGroup() as group:
            group.create_task(keep_running("console events", self._pass_events, self._clock, _report))
            group.create_task(keep_running("console state", self._watch_state, self._clock, _report))

    def refresh(self) -> None:
        """Send the state to every socket where it has changed."""
        if self._operators:
            state = self._room.state()
            steady = _steady(state)
            if steady != self._sent:
                self._sent = steady
                for operator in self._operators:
                    operator.put_state(state)
        if self._viewers:
            public = self.public()
            patch = dict(public) if self._public is None else changes(self._public, public)
            self._public = public
            if patch:
                for viewer in self._viewers:
                    viewer.put(patch)
        else:
            self._public = None

    async def _pass_events(self) -> None:
        async for event in self._room.events():
            for mailbox in self._operators:
                mailbox.put_event(event)

    async def _watch_state(self) -> None:
        deadline = self._clock.now()
        while True:
            self.refresh()
            deadline = max(deadline + STATE_EVERY, self._clock.now())
            await self._clock.sleep_until(deadline)


def _steady(state: State) -> State:
    """The state without what changes by the mere passing of time."""
    now = state.get("now")
    return {**state, "at": 0, "now": {**now, "heard": 0} if now else None}


def _report(name: str, error: BaseException, delay: float) -> None:
    log.error("console task failed", task=name, error=repr(error), retry_in=delay, trace=trace(error))
