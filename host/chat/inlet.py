"""The inlet: comments handed in by the page, the HTTP API and the WebSocket bridge."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable

from host.core.clock import Clock
from host.core.comment import MAX_ID, MAX_TEXT, MAX_USER, PAGE, Comment
from host.core.ports import SourceStatus
from host.core.text import bounded


class Inlet:
    """A comment source that others push into. Bounded: when it is full the newest is dropped, counted and told of."""

    def __init__(self, clock: Clock, *, limit: int = 500, name: str = PAGE) -> None:
        self.name = name
        self._clock = clock
        self._queue: asyncio.Queue[Comment] = asyncio.Queue(limit)
        self._dropped = 0
        self._tell: Callable[[Comment], None] = lambda _: None

    def when_full(self, tell: Callable[[Comment], None]) -> None:
        """Have ``tell`` hear at once of each comment that finds the inlet full."""
        self._tell = tell

    def status(self) -> SourceStatus:
        """What it holds, and what it dropped since the start."""
        return SourceStatus(self._dropped, self._queue.qsize())

    def push(self, user: str, text: str, comment_id: str = "", source: str = "", viewer: str = "") -> str:
        """Take a comment in and return its id. Never raises and never blocks.

        One character more than the limit is kept of a long text, so that triage still sees that it was too long.
        """
        comment = self.make(user, text, comment_id, source, viewer)
        self.offer(comment)
        return comment.id

    def make(self, user: str, text: str, comment_id: str = "", source: str = "", viewer: str = "") -> Comment:
        """A comment that arrives now, with an id of its own where it brings none."""
        name = bounded(user, MAX_USER)
        chosen = bounded(comment_id, MAX_ID) or f"c-{secrets.token_hex(8)}"
        kept = (
            text[: MAX_TEXT + 1].encode("utf-8", "replace").decode()
        )  # half a surrogate pair could not be written down
        place = bounded(source, MAX_USER) or self.name
        return Comment(chosen, name, kept, self._clock.now(), place, bounded(viewer, MAX_ID))

    def offer(self, comment: Comment) -> bool:
        """Put a comment in line; False where it was dropped."""
        try:
            self._queue.put_nowait(comment)
        except asyncio.QueueFull:
            self._dropped += 1
            self._tell(comment)
            return False
        return True

    def __len__(self) -> int:
        return self._queue.qsize()

    async def comments(self) -> AsyncIterator[Comment]:
        """Comments in order of arrival, for ever."""
        while True:
            yield await self._queue.get()
