"""The guard's word on every line of a show before its turn comes, so that a writer hears of it in time."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import datetime
from typing import TypeVar

from host.core.clock import Clock, sleep
from host.core.errors import Finding
from host.core.media import TICK_SECONDS
from host.core.reason import Reason
from host.core.utterance import Kind
from host.lang.normalise import normalise
from host.mind.guard.judge import Guard
from host.show.lint import spoken_texts
from host.show.load import Show

SPELL = 0.005
"""Seconds of work between two rests of a tick."""

Item = TypeVar("Item")


def vetted(show: Show, guard: Guard, wall: datetime) -> Iterator[Finding | None]:
    """For each sentence of each wording: None, or what the guard will refuse at ``wall``. Some 0.7 ms each."""
    for product, text, path, line in spoken_texts(show):
        spoken = normalise(text, product.lang)
        ruling = guard.check(text, spoken, kind=Kind.SCRIPT, lang=product.lang, products=[product], wall=wall)
        refused = Finding(str(path), line, Reason("guard_will_refuse", why=ruling.reason), f"in: {text}")
        yield None if ruling.allowed else refused


async def unhurried(work: Iterable[Item], clock: Clock) -> AsyncIterator[Item]:
    """The items of ``work``, an eighth of the time at most: a room that has just started needs the rest for its first
    sentence and its first pictures."""
    began = clock.now()
    for item in work:
        yield item
        if clock.now() - began >= SPELL:
            await sleep(clock, TICK_SECONDS)
            began = clock.now()
