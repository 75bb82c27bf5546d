"""Keeps the playout fed: the director chooses, the guard rules, the voice speaks, the playout takes.

One sentence is always prepared while another is heard. What is prepared can still be withdrawn for something more
urgent; the voice's cache makes saying it later cheap.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from host.core.clock import Clock, sleep
from host.core.ports import VoiceError
from host.core.product import Catalogue, Lang, Product
from host.core.reason import Reason
from host.core.utterance import Direction, Kind, Played, Ruling, Saying, Utterance
from host.mind.guard.case import Case
from host.mind.guard.gate import Gate
from host.programme.clauses import Part, parts_of
from host.programme.held import Sentence
from host.programme.pauses import pause
from host.programme.repertoire import openings
from host.programme.speaker import Fault, Speaker, saying_of
from host.show.director import Director
from host.show.variants_gone import names_gone
from host.stage.on_air import Item, Started
from host.stage.playout import Playout

LOOKAHEAD = 3.0
"""Seconds of speech prepared ahead of what is heard; more would make answers wait, less could leave a gap."""
AHEAD = 6
"""Utterances that the voice is told of before their turn."""
VOICE_RETRY = 1.0


@dataclass(frozen=True, slots=True)
class Prepared:
    """What went into an utterance: for the journal and for latency figures. Times are clock seconds."""

    spoken: str
    engine: str
    began: float
    ready: float


Refused = Callable[[Utterance, str, Ruling], None]


class Presenter:
    """The async shell between director and playout."""

    def __init__(
        self,
        *,
        clock: Clock,
        director: Director,
        guard: Gate,
        normalise: Callable[[str, Lang], str],
        speaker: Speaker,
        playout: Playout,
        catalogue: Callable[[], Catalogue],
        on_refused: Refused,
        on_fault: Fault,
    ) -> None:
        self._clock = clock
        self._director = director
        self._guard = guard
        self._normalise = normalise
        self._speaker = speaker
        self._playout = playout
        self._catalogue = catalogue
        self._on_refused = on_refused
        self._on_fault = on_fault
        self._wanted = asyncio.Event()
        self._busy = False
        self.repertoire: Sequence[Saying] = ()
        """What may be asked for later than what comes next, most urgent first."""
        self._openings = itertools.count()
        self.prepared: dict[str, Prepared] = {}
        """By utterance id, from ready until played."""
        self._recheck = False
        self._alterations = 0
        """How often facts changed."""

    def on_tick(self) -> None:
        """Called between ticks: cut and withdraw where the director asks for it, and wake the feeder."""
        cut = self._director.cut()
        if cut is not None:
            self._playout.cut(cut)
        self._speaker.give_up(self._director.urgent)
        queued = self._playout.queued
        if self._recheck or cut == "now" or any(self._director.urgent(item.utterance) for item in queued):
            self.withdraw()
        self._recheck = False
        if not self._busy and self._hungry():
            self._wanted.set()

    def facts_changed(self) -> None:
        """Facts changed: what is prepared is withdrawn and put to the guard again, also what is only on its way."""
        self._recheck = True
        self._alterations += 1

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

    def rule(
        self, text: str, lang: Lang, kind: Kind, products: Sequence[Product], *, free: bool = False
    ) -> tuple[str, Ruling]:
        """The normalised text and the guard's word on it."""
        spoken = self._normalise(text, lang)
        ruling = self._guard.check(
            Case(text, spoken, kind=kind, lang=lang, products=products, wall=self._clock.wall(), free=free)
        )
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
        spoken, ruling = self._judged(utterance)
        if not ruling.allowed:
            self._director.refused(utterance, self._clock.now())
            self._on_refused(utterance, spoken, ruling)
            await sleep(self._clock, 0)
            return True
        evidence = tuple(dict.fromkeys((*utterance.evidence, *ruling.evidence)))
        utterance = replace(utterance, evidence=evidence, derivations=ruling.derivations)
        try:
            await self._present(utterance, spoken, began)
        except VoiceError as error:
            self._on_fault("voice", error, VOICE_RETRY)
            await sleep(self._clock, VOICE_RETRY)
        return True

    def _judged(self, utterance: Utterance) -> tuple[str, Ruling]:
        """As `rule`; a line of a script that offers what is sold out is passed over."""
        products = self._products(utterance)
        offered = products if utterance.kind is Kind.SCRIPT else []
        spoken, ruling = self.rule(utterance.text, utterance.lang, utterance.kind, products, free=utterance.free)
        if gone := next(filter(None, (names_gone(utterance.text, each) for each in offered)), ""):
            ruling = Ruling(False, Reason("names_sold_out", name=gone), "sold_out", gone)
        return spoken, ruling

    async def _present(self, utterance: Utterance, spoken: str, began: float) -> None:
        """Have an utterance spoken, part by part, each into the playout as soon as it is there.

        An utterance of which nothing has come goes back to the director; one that breaks off ends with what there is.
        """
        parts = parts_of(utterance, spoken)
        given, ruled_at = False, self._alterations
        try:
            for number, part in enumerate(parts):
                announced = utterance.kind is Kind.ANSWER and not given
                on_late = partial(self._announce, utterance) if announced else None
                item = await self._speaker.in_time(utterance, part, given=given, on_late=on_late)
                if item is None:
                    break
                item = replace(item, first=number == 0, last=number == len(parts) - 1)
                if not given and (self._director.urgent(utterance) or ruled_at != self._alterations):
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

    async def _announce(self, utterance: Utterance) -> None:
        """Say that an answer comes, if that can be said at once. It is no part of the answer."""
        texts = openings(utterance.lang)
        text = texts[next(self._openings) % len(texts)]
        spoken, ruling = self.rule(text, utterance.lang, utterance.kind, ())
        urgent = self._director.urgent(utterance)
        if not urgent and ruling.allowed and await self._speaker.ready(Saying(spoken, utterance.lang)):
            before = replace(
                utterance, id=f"{utterance.id}-opening", text=text, excuse=True, evidence=(), direction=Direction()
            )
            item = await self._speaker.speak(before, Part(spoken, 0, len(text)))
            if self._playout.enqueue(self._paused(item)):
                now = self._clock.now()
                self.prepared[before.id] = Prepared(spoken, item.speech.engine, now, now)

    def _look_ahead(self) -> None:
        """Tell the voice what comes next if nothing happens. The guard hears of it when its turn comes."""
        coming = [
            saying_of(utterance, part)
            for utterance in self._director.upcoming(AHEAD, self._clock.now(), self._clock.wall())
            for part in parts_of(utterance, self._normalise(utterance.text, utterance.lang))
        ]
        self._speaker.expect(list(dict.fromkeys((*coming, *self.repertoire))))

    def _paused(self, item: Item) -> Item:
        """The item with the pause before it: what it follows is known when it is enqueued, and not before."""
        before = self._playout.before
        return item if before is None else replace(item, pause=pause(before, item))

    def _give_back(self, utterance: Utterance) -> None:
        self._director.played(Played(utterance, 0, 0, True, 0), self._clock.now())

    def sentence(self, utterance: Utterance) -> Sentence:
        """An utterance, as the guard is asked about it."""
        return Sentence(
            utterance.text, utterance.lang, utterance.kind, tuple(self._products(utterance)), utterance.free
        )

    def _products(self, utterance: Utterance) -> list[Product]:
        catalogue = self._catalogue()
        wanted = dict.fromkeys((utterance.product, *utterance.about))
        return [product for product in map(catalogue.get, wanted) if product is not None]
