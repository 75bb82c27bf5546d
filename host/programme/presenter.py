"""Keeps the playout fed: the director chooses, the guard rules, the voice speaks, the playout takes.

One sentence is always prepared while another is heard. What is prepared can still be withdrawn for something more
urgent; the voice's cache makes saying it later cheap.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from host.core.clock import Clock, sleep
from host.core.media import Speech
from host.core.ports import Foresees, Voice, VoiceError
from host.core.product import Catalogue, Lang, Product
from host.core.utterance import Direction, Kind, Played, Ruling, Utterance
from host.mind.guard.judge import Guard
from host.programme.clauses import Part, parts_of
from host.programme.pauses import pause, takes_breath
from host.programme.repertoire import openings
from host.show.director import Director
from host.stage.on_air import Item, Started
from host.stage.playout import Playout
from host.voice.sound.breath import with_breath

LOOKAHEAD = 3.0
"""Seconds of speech prepared ahead of what is heard; more would make answers wait, less could leave a gap."""
AHEAD = 6
"""Utterances that the voice is told of before their turn."""
PATIENCE = 0.35
"""Seconds: an answer whose voice is not there this long before it is its turn is late."""
MOST_SILENCE = 4.0
"""Seconds that a room waits for a voice before another speaks that takes no time."""
VOICE_RETRY = 1.0


@dataclass(frozen=True, slots=True)
class Prepared:
    """What went into an utterance: for the journal and for latency figures. Times are clock seconds."""

    spoken: str
    engine: str
    began: float
    ready: float


_GESTURED = Direction()
"""Of the parts after the first: the gesture has been made."""

Refused = Callable[[Utterance, str, Ruling], None]
Fault = Callable[[str, BaseException, float], None]


class Prepares(Protocol):
    """What a presenter needs of a renderer."""

    def prepare(self, utterance: Utterance, speech: Speech) -> Any:
        """As `host.core.ports.Renderer.prepare`."""
        ...


class Presenter:
    """The async shell between director and playout."""

    def __init__(
        self,
        *,
        clock: Clock,
        director: Director,
        guard: Guard,
        normalise: Callable[[str, Lang], str],
        voice: Voice,
        renderer: Prepares | None,
        playout: Playout,
        catalogue: Callable[[], Catalogue],
        on_refused: Refused,
        on_fault: Fault,
        breath: bool = False,
    ) -> None:
        self._clock = clock
        self._director = director
        self._guard = guard
        self._normalise = normalise
        self._voice = voice
        self._renderer = renderer
        self._playout = playout
        self._catalogue = catalogue
        self._on_refused = on_refused
        self._on_fault = on_fault
        self._breath = breath
        self._wanted = asyncio.Event()
        self._busy = False
        self.repertoire: Sequence[tuple[str, Lang]] = ()
        """What may be asked for later than what comes next, most urgent first."""
        self._openings = itertools.count()
        self._making: tuple[Utterance, asyncio.Task[Item]] | None = None
        """What is being spoken, of which nothing has been given to the playout."""
        self.prepared: dict[str, Prepared] = {}
        """By utterance id, from ready until played."""
        self.recheck = False
        """Set when facts changed: what is prepared is withdrawn and put to the guard again."""

    def on_tick(self) -> None:
        """Called between ticks: cut and withdraw where the director asks for it, and wake the feeder."""
        cut = self._director.cut()
        if cut is not None:
            self._playout.cut(cut)
        if self._making is not None and self._director.urgent(self._making[0]):
            self._making[1].cancel()
        queued = self._playout.queued
        if self.recheck or cut == "now" or any(self._director.urgent(item.utterance) for item in queued):
            self.withdraw()
        self.recheck = False
        if not self._busy and self._hungry():
            self._wanted.set()

    def withdraw(self) -> None:
        """Take back what is prepared and has not begun. The director has it back at once: it may be asked for the
        next utterance before the playout's own report comes, and must not put something else before it."""
        for item in self._playout.withdraw():
            self._give_back(item.utterance)

    def on_events(self, events: Sequence[Started | Played]) -> None:
        """Tell the director what was heard."""
        for event in events:
            if isinstance(event, Played):
                self.prepared.pop(event.utterance.id, None)
                self._director.played(event, self._clock.now())

    def rule(self, text: str, lang: Lang, kind: Kind, products: Sequence[Product]) -> tuple[str, Ruling]:
        """The normalised text and the guard's word on it."""
        spoken = self._normalise(text, lang)
        ruling = self._guard.check(text, spoken, kind=kind, lang=lang, products=products, wall=self._clock.wall())
        return spoken, ruling

    async def run(self) -> None:
        """Feed until cancelled."""
        self._busy = False
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            self._busy = True
            try:
                while self._hungry() and await self._feed():
                    pass
            finally:
                self._busy = False

    def _hungry(self) -> bool:
        return len(self._playout.queued) < 2 and self._playout.buffered_seconds < LOOKAHEAD

    async def _feed(self) -> bool:
        """Prepare one utterance. False where there is nothing to say now."""
        utterance = self._director.next(self._clock.now(), self._clock.wall())
        if utterance is None:
            return False
        began = self._clock.now()
        spoken, ruling = self.rule(utterance.text, utterance.lang, utterance.kind, self._products(utterance))
        if not ruling.allowed:
            self._director.refused(utterance, self._clock.now())
            self._on_refused(utterance, spoken, ruling)
            await sleep(self._clock, 0)
            return True
        utterance = replace(utterance, evidence=tuple(dict.fromkeys((*utterance.evidence, *ruling.evidence))))
        try:
            await self._present(utterance, spoken, began)
        except VoiceError as error:
            self._on_fault("voice", error, VOICE_RETRY)
            await sleep(self._clock, VOICE_RETRY)
        return True

    async def _present(self, utterance: Utterance, spoken: str, began: float) -> None:
        """Have an utterance spoken, part by part, each into the playout as soon as it is there.

        An utterance of which nothing has come goes back to the director; one that breaks off ends with what there is.
        """
        parts = parts_of(utterance, spoken)
        given = False
        try:
            for number, part in enumerate(parts):
                item = await self._in_time(utterance, part, given)
                if item is None:
                    break
                item = replace(item, first=number == 0, last=number == len(parts) - 1)
                if not given and self._director.urgent(utterance):
                    break
                if not self._playout.enqueue(item if given else self._paused(item)):
                    break
                if not given:
                    self.prepared[utterance.id] = Prepared(spoken, item.speech.engine, began, self._clock.now())
                given = True
        finally:
            if given:
                self._playout.end(utterance)
            else:
                self._give_back(utterance)
        self._look_ahead()

    async def _in_time(self, utterance: Utterance, part: Part, given: bool) -> Item | None:
        """A part of an utterance; None where something more urgent came before its first was there.

        Where an answer is late, something is said before it that is at hand. Where the room would be silent for too
        long, whoever takes no time says the part. Virtual time waits for whoever speaks: no rehearsal is ever late.
        """
        task = asyncio.create_task(self._speak(utterance, part))
        voice = self._voice
        if not isinstance(voice, Foresees):
            return await task
        if not given:
            self._making = utterance, task
        try:
            if utterance.kind is Kind.ANSWER and not given and not await self._within(task, -PATIENCE):
                await self._open(utterance, voice)
            if not await self._within(task, MOST_SILENCE):
                return await self._speak(utterance, part, at_once=True)
            return None if task.cancelled() else task.result()
        finally:
            self._making = None
            task.cancel()

    async def _within(self, task: asyncio.Task[Item], silence: float) -> bool:
        """Whether a part is there before the room has been silent for so long; less than 0: so long before it is."""
        late = asyncio.create_task(sleep(self._clock, max(PATIENCE, self._playout.buffered_seconds + silence)))
        await asyncio.wait({task, late}, return_when=asyncio.FIRST_COMPLETED)
        late.cancel()
        return task.done()

    async def _open(self, utterance: Utterance, voice: Foresees) -> None:
        """Say before an answer that it comes, if that can be said at once. It is no part of the answer."""
        texts = openings(utterance.lang)
        text = texts[next(self._openings) % len(texts)]
        spoken, ruling = self.rule(text, utterance.lang, utterance.kind, ())
        if ruling.allowed and await voice.ready(spoken, utterance.lang):
            before = replace(utterance, id=f"{utterance.id}-opening", text=text, excuse=True, evidence=())
            item = await self._speak(before, Part(spoken, 0, len(text)))
            if self._playout.enqueue(self._paused(item)):
                now = self._clock.now()
                self.prepared[before.id] = Prepared(spoken, item.speech.engine, now, now)

    def _look_ahead(self) -> None:
        """Tell the voice what comes next if nothing happens. The guard hears of it when its turn comes."""
        if isinstance(self._voice, Foresees):
            upcoming = self._director.upcoming(AHEAD, self._clock.now(), self._clock.wall())
            coming = [
                (part.spoken, utterance.lang)
                for utterance in upcoming
                for part in parts_of(utterance, self._normalise(utterance.text, utterance.lang))
            ]
            self._voice.expect(list(dict.fromkeys((*coming, *self.repertoire))))

    async def _speak(self, utterance: Utterance, part: Part, *, at_once: bool = False) -> Item:
        speaks = self._voice.at_once if at_once and isinstance(self._voice, Foresees) else self._voice.speak
        speech = await speaks(part.spoken, utterance.lang)
        before = self._playout.before
        if self._breath and part.first == 0 and before is not None and takes_breath(before, utterance, speech):
            speech = with_breath(speech)
        performance = None
        if self._renderer is not None:
            acted = utterance if part.first == 0 else replace(utterance, direction=_GESTURED)
            try:
                with self._clock.hold():
                    performance = await asyncio.to_thread(self._renderer.prepare, acted, speech)
            except Exception as error:  # noqa: BLE001 - with lips at rest it is still heard
                self._on_fault("renderer", error, 0.0)
        return Item(utterance, speech, performance, span=(part.first, part.last))

    def _paused(self, item: Item) -> Item:
        """The item with the pause before it: what it follows is known when it is enqueued, and not before."""
        before = self._playout.before
        return item if before is None else replace(item, pause=pause(before, item))

    def _give_back(self, utterance: Utterance) -> None:
        self._director.played(Played(utterance, 0, 0, True, 0), self._clock.now())

    def _products(self, utterance: Utterance) -> list[Product]:
        catalogue = self._catalogue()
        wanted = dict.fromkeys((utterance.product, *utterance.about))
        return [product for product in map(catalogue.get, wanted) if product is not None]
