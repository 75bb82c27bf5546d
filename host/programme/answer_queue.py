"""The comments that wait for an answer, with a verdict for each that gives way or waits too long."""

from __future__ import annotations

import asyncio

from host.chat.waiting import Group, WaitingComments
from host.core.clock import Clock
from host.core.comment import Comment, Fate, Intent, Verdict
from host.core.reason import Reason
from host.programme.ledger import CommentLedger


class AnswerQueue:
    """What is put in, and what is taken out by whoever answers, or by the operator."""

    def __init__(self, clock: Clock, waiting: WaitingComments, ledger: CommentLedger) -> None:
        self._clock = clock
        self._waiting = waiting
        self._ledger = ledger
        self._woken = asyncio.Event()

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, comment: Comment, verdict: Verdict) -> None:
        """Have a comment answered when its turn comes. What gives way to it gets its last verdict."""
        for displaced in self._waiting.offer(comment, verdict):
            self._ledger.verdict(Verdict(displaced.id, Intent.CHAT, Fate.DROPPED, Reason("crowded_out")))
        self.wake()

    def take(self) -> Group | None:
        """The comments to answer next, out of the queue; None where none is fresh."""
        return self._waiting.take(self._clock.now())

    def remove(self, comment_id: str) -> bool:
        """The operator sees to a comment. False where it does not wait."""
        return self._waiting.remove(comment_id) is not None

    def expire(self) -> None:
        """Give what has waited too long its last verdict."""
        if self._waiting:
            for comment in self._waiting.expire(self._clock.now()):
                self._ledger.verdict(Verdict(comment.id, Intent.QUESTION, Fate.EXPIRED, Reason("waited_too_long")))

    def wake(self) -> None:
        """Have whoever answers look again: there is something new, or room for one more answer."""
        self._woken.set()

    async def woken(self) -> None:
        """Wait for the next `wake`, or the one that came since the last."""
        await self._woken.wait()
        self._woken.clear()
