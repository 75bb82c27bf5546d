"""`livehost ask`: what the host would say to one comment, and why.

It is no second way to an answer: a room without sound and picture goes on air, in a time that passes at once but where
an answerer is waited for; the comment comes in as any other, and what is told is what the room put on record. Limits,
routing, deadlines, refusals and guard are the room's own.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from host.chat.inlet import Inlet
from host.config import RoomFile
from host.core import journal_events as kinds
from host.core.clock import PacedClock, run_virtual
from host.core.comment import Comment, Fate
from host.core.control import Event
from host.core.media import FPS, SAMPLE_RATE, Speech
from host.core.product import Lang
from host.journal import Journal
from host.programme.opening import context_of
from host.programme.parts import open_parts
from host.programme.programme import Programme

ASK = "ask"
"""Source and id of the comment."""
SHORTEST = 0.6
CHARACTER: dict[Lang, float] = {"zh": 0.22, "en": 0.065}
"""Seconds that a host takes to say a sentence at least, and a character of it."""
LONGEST = 240.0
"""Seconds of virtual time in which the room is done with a comment: one that waits goes stale before."""


@dataclass
class Asked:
    """The outcome for one comment."""

    question: str
    intent: str = ""
    fate: str = ""
    product: str | None = None
    text: str = ""
    spoken: str = ""
    answerer: str = ""
    """Who made the answer; empty where none of the answerers did."""
    passed: dict[str, str] = field(default_factory=dict)
    """Those who were to answer before, and why they did not."""
    evidence: dict[str, str] = field(default_factory=dict)
    """Fact id to ``text (path:line)``."""
    reason: str = ""
    why: dict[str, Any] | None = None
    """``reason`` as data (`host.core.reason.data`)."""
    verdicts: list[dict[str, Any]] = field(default_factory=list)
    """Each verdict the room gave, the last one last: ``fate``, ``intent``, ``reason``, ``why``."""
    refusals: list[dict[str, Any]] = field(default_factory=list)
    """What the guard refused of the answer: ``text``, ``reason``, ``why``."""


def ask(room: RoomFile, text: str, user: str, wall: datetime, data: Path, cache: Path) -> Asked:
    """Put one comment to the room as it would be on air at ``wall``. Raises `LivehostError` or `InvalidFile`."""
    clock = PacedClock(wall)
    return run_virtual(_ask(room, text, user, clock, data, cache), clock)


async def _ask(room: RoomFile, text: str, user: str, clock: PacedClock, data: Path, cache: Path) -> Asked:
    context = context_of(room, clock, data, cache)
    asking = _Asking(user, text, clock)
    parts = open_parts(room, context, renderer=None, outputs=[], sources=[asking], voice=_Mute())
    with tempfile.TemporaryDirectory() as folder:
        journal = Journal.in_folder(Path(folder), room.config.name, clock)
        programme = Programme(room.config, parts, clock=clock, journal=journal, encoder=None, when_full="wait")
        happened: list[Event] = []

        def watch(event: Event) -> None:
            happened.append(event)
            if event["kind"] == kinds.SPEAKING and event["product"]:
                asking.on_air.set()
            if event["kind"] == kinds.VERDICT and event["comment"] == ASK and event["fate"] != Fate.QUEUED:
                programme.stop()

        programme.watchers.append(watch)
        try:
            await programme.run(until_tick=round(LONGEST * FPS))
        finally:
            await programme.close()
            journal.close()
    return _told(text, happened, programme)


def _told(question: str, happened: list[Event], programme: Programme) -> Asked:
    """What the room put on record of the comment."""
    asked = Asked(question)
    wall = programme.clock.wall()
    facts = {fact.id: fact for product in programme.catalogue() for fact in product.facts_in_force(wall)}
    for event in happened:
        if event["kind"] == kinds.VERDICT and event["comment"] == ASK:
            asked.verdicts.append({name: event[name] for name in ("fate", "intent", "reason", "why")})
            asked.product = event["product"] or asked.product
            asked.answerer = event["answerer"] or asked.answerer
            asked.passed |= {passed["name"]: passed["reason"] for passed in event["passed"]}
        elif event["kind"] == kinds.REFUSAL and ASK in event["in_reply_to"]:
            asked.refusals.append({name: event[name] for name in ("text", "reason", "why")})
        elif event["kind"] == kinds.SPEAKING and ASK in event["in_reply_to"]:
            asked.text = f"{asked.text} {event['text']}".strip()
            asked.spoken = f"{asked.spoken} {event['spoken']}".strip()
            carried = (facts[key] for key in event["evidence"] if key in facts)
            asked.evidence |= {fact.id: f"{fact.text} ({fact.source})" for fact in carried}
    last = asked.verdicts[-1]
    asked.fate, asked.intent, asked.reason, asked.why = last["fate"], last["intent"], last["reason"], last["why"]
    return asked


class _Asking:
    """A source of one comment, which comes once a product is on air."""

    name = ASK

    def __init__(self, user: str, text: str, clock: PacedClock) -> None:
        self._user = user
        self._text = text
        self._inlet = Inlet(clock, name=ASK)
        self.on_air = asyncio.Event()

    async def comments(self) -> AsyncIterator[Comment]:
        await self.on_air.wait()
        yield self._inlet.make(self._user, self._text, ASK)


class _Mute:
    """A voice for a room that nobody hears: each sentence is as much silence as saying it would take."""

    name = "mute"

    async def speak(self, spoken: str, lang: Lang) -> Speech:
        samples = round(max(SHORTEST, len(spoken) * CHARACTER[lang]) * SAMPLE_RATE)
        return Speech(np.zeros(samples, dtype=np.int16), (), (), spoken, lang, self.name)

    async def close(self) -> None: ...

    def status(self) -> dict[str, Any]:
        return {"speaking": {}, "degraded": []}
