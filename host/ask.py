"""`livehost ask`: what the host would say to one comment, or whether it would say a line of the operator's, and why.

It is no second way to an answer: a room without sound and picture goes on air, in a time that passes at once but where
an answerer is waited for; the comment comes in as any other, the line as the console sends it, and what is told is what
the room put on record. Limits, routing, deadlines, refusals and guard are the room's own.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from host.chat.inlet import Inlet
from host.config import RoomFile
from host.core import journal_events as kinds
from host.core.clock import PacedClock, run_virtual
from host.core.comment import Comment, Fate
from host.core.control import Command, CommandError, Event
from host.core.media import FPS, SAMPLE_RATE, Speech
from host.core.ports import CommentSource
from host.core.product import Lang
from host.core.reason import data as as_data
from host.core.reason import reason_of
from host.core.utterance import Kind
from host.journal import Journal
from host.programme.desk import RoomDesk
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
    derived: dict[str, str] = field(default_factory=dict)
    """Numbers that no fact states, as they are said, to the sum that they are: ``两个一共 138元: 2×69``."""
    reason: str = ""
    why: dict[str, Any] | None = None
    """``reason`` as data (`host.core.reason.data`)."""
    verdicts: list[dict[str, Any]] = field(default_factory=list)
    """Each verdict the room gave, the last one last: ``fate``, ``intent``, ``reason``, ``why``."""
    refusals: list[dict[str, Any]] = field(default_factory=list)
    """What the guard refused of the answer: ``text``, ``reason``, ``why``."""


@dataclass
class Line:
    """What would become of a line of the operator's."""

    text: str = ""
    """As it is said; empty where it is not."""
    spoken: str = ""
    fate: str = "refused"
    """``said`` or ``refused``."""
    evidence: dict[str, str] = field(default_factory=dict)
    reason: str = ""
    why: dict[str, Any] | None = None


def ask(room: RoomFile, text: str, user: str, wall: datetime, data: Path, cache: Path) -> Asked:
    """Put one comment to the room as it would be on air at ``wall``. Raises `LivehostError` or `InvalidFile`."""
    clock = PacedClock(wall)
    return run_virtual(_ask(room, text, user, clock, data, cache), clock)


def say(room: RoomFile, text: str, wall: datetime, data: Path, cache: Path) -> Line:
    """Have the operator say a line in the room as it would be on air at ``wall``. Raises as `ask` does."""
    clock = PacedClock(wall)
    return run_virtual(_say(room, text, clock, data, cache), clock)


async def _ask(room: RoomFile, text: str, user: str, clock: PacedClock, data: Path, cache: Path) -> Asked:
    asking = _Asking(user, text, clock)

    def over(event: Event) -> bool:
        return event["kind"] == kinds.VERDICT and event["comment"] == ASK and Fate(event["fate"]) is not Fate.QUEUED

    happened, programme = await _run(room, asking, over, clock, data, cache)
    return _told(text, happened, programme)


async def _say(room: RoomFile, text: str, clock: PacedClock, data: Path, cache: Path) -> Line:
    saying = _Saying(text)

    def over(event: Event) -> bool:
        settled = event["kind"] in (kinds.PLAYED, kinds.REFUSAL) and event["utterance_kind"] == Kind.OPERATOR
        return settled or saying.refused is not None

    happened, programme = await _run(room, saying, over, clock, data, cache)
    line = Line()
    if saying.refused is not None:
        line.reason = reason_of(saying.refused)
        line.why = as_data(line.reason)
    for event in happened:
        if event["kind"] == kinds.SPEAKING and event["utterance_kind"] == Kind.OPERATOR:
            line.text, line.spoken, line.fate = event["text"], event["spoken"], "said"
            line.evidence = _carried(event, programme)
    return line


class _Acts(CommentSource, Protocol):
    """What happens to the room once a product is on air."""

    on_air: asyncio.Event

    def meet(self, desk: RoomDesk) -> None:
        """The room, before it goes on air."""
        ...


async def _run(
    room: RoomFile, acts: _Acts, over: Callable[[Event], bool], clock: PacedClock, data: Path, cache: Path
) -> tuple[list[Event], Programme]:
    """Be on air until it is ``over``; what happened, and the programme, closed."""
    context = context_of(room, clock, data, cache)
    parts = open_parts(room, context, renderer=None, outputs=[], sources=[acts], voice=_Mute())
    with tempfile.TemporaryDirectory() as folder:
        journal = Journal.in_folder(Path(folder), room.config.name, clock)
        programme = Programme(room.config, parts, clock=clock, journal=journal, encoder=None, when_full="wait")
        acts.meet(RoomDesk(programme))
        happened: list[Event] = []

        def watch(event: Event) -> None:
            happened.append(event)
            if event["kind"] == kinds.SPEAKING and event["product"]:
                acts.on_air.set()
            if over(event):
                programme.stop()

        programme.watchers.append(watch)
        try:
            await programme.run(until_tick=round(LONGEST * FPS))
        finally:
            await programme.close()
            journal.close()
    return happened, programme


def _told(question: str, happened: list[Event], programme: Programme) -> Asked:
    """What the room put on record of the comment."""
    asked = Asked(question)
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
            asked.evidence |= _carried(event, programme)
            asked.derived |= {each["said"]: each["how"] for each in event.get("derived", ())}
    last = asked.verdicts[-1]
    asked.fate, asked.intent, asked.reason, asked.why = last["fate"], last["intent"], last["reason"], last["why"]
    return asked


def _carried(speaking: Event, programme: Programme) -> dict[str, str]:
    """The facts that a sentence rests on."""
    wall = programme.clock.wall()
    facts = {fact.id: fact for product in programme.catalogue() for fact in product.facts_in_force(wall)}
    known = (facts[key] for key in speaking["evidence"] if key in facts)
    return {fact.id: f"{fact.text} ({fact.source})" for fact in known}


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

    def meet(self, desk: RoomDesk) -> None: ...


class _Saying:
    """An operator with one line, who has it said once a product is on air."""

    name = ASK

    def __init__(self, text: str) -> None:
        self._text = text
        self._desk: RoomDesk | None = None
        self.refused: CommandError | None = None
        self.on_air = asyncio.Event()

    def meet(self, desk: RoomDesk) -> None:
        self._desk = desk

    async def comments(self) -> AsyncIterator[Comment]:
        await self.on_air.wait()
        try:
            if self._desk is not None:
                await self._desk.command(Command(command="say", text=self._text), ASK)
        except CommandError as error:
            self.refused = error
        return
        yield


class _Mute:
    """A voice for a room that nobody hears: each sentence is as much silence as saying it would take."""

    name = "mute"

    async def speak(self, spoken: str, lang: Lang) -> Speech:
        samples = round(max(SHORTEST, len(spoken) * CHARACTER[lang]) * SAMPLE_RATE)
        return Speech(np.zeros(samples, dtype=np.int16), (), (), spoken, lang, self.name)

    async def close(self) -> None: ...

    def status(self) -> dict[str, Any]:
        return {"speaking": {}, "degraded": []}
