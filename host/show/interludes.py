"""What the host says between two sentences of its scripts: that it is an AI, that it goes to another product or back to
this one, that something is sold out."""

from __future__ import annotations

from copy import copy
from datetime import datetime
from typing import Any

from host.core.utterance import Kind, Utterance
from host.show.announcer import Announcer, Phrase
from host.show.cursor import Step
from host.show.load import Show
from host.show.outstanding import Issued, Outstanding
from host.show.track import Track
from host.show.variants_gone import Gone, newly_gone, still_gone

MOST_NAMED = 3
"""Variants in one word on what sold out: more would be no speech but a list."""
SOLD_OUT_EVERY = 60.0
"""Seconds between two words on it while everything is sold out."""


class Interludes:
    """Knows what is to be said between script sentences, and commits to it. What is taken back before it began is
    still to be said."""

    def __init__(self, track: Track, outstanding: Outstanding, announcer: Announcer) -> None:
        self._track = track
        self._outstanding = outstanding
        self._announcer = announcer
        self._handover = ""
        self._told_sold_out: frozenset[str] = frozenset()
        self._variants_gone: tuple[Gone, ...] = ()
        """Sold out on air, and not said so yet."""
        self._last_word = float("-inf")
        """When it was last said that everything is sold out."""

    def fork(self, track: Track, outstanding: Outstanding) -> Interludes:
        """A copy to look ahead with."""
        twin = copy(self)
        twin._track, twin._outstanding, twin._announcer = track, outstanding, self._announcer.fork()
        return twin

    @property
    def leads_to(self) -> str:
        """The product that is still to be led to; empty for none."""
        return self._handover

    def hand_over(self, product: str) -> None:
        """Lead to a product before its next sentence."""
        self._handover = product

    def tick(self, now: float, wall: datetime) -> None:
        """Keep the time."""
        self._announcer.tick(now, wall)

    def opening(self) -> Utterance | None:
        """The notice with which a show begins; None once it was heard, or while it is on its way."""
        return self._notice(protected=True) if self._announcer.opening else None

    def before(self, step: Step | None, now: float, protected: bool) -> Utterance | None:
        """What goes before a script sentence; where the script has none, what is said in its place."""
        between_lines = step is None or step.place.sentence == 0
        if self._announcer.notice_due(now, between_lines) and (notice := self._notice(protected)):
            return notice
        if self._handover and (handover := self._lead_over(protected)):
            return handover
        if (step is None or self._track.opens(step)) and (told := self._sold_out(protected)):
            return told
        if step is None:
            return self._all_sold_out(now, protected)
        if between_lines and (told := self._gone(step.place.product, protected)):
            return told
        bridge_due = self._outstanding.bridge_due() and not self._track.opens(step)
        return self._bridge(step, protected) if bridge_due else None

    def settle(self, issued: Issued, *, begun: bool, complete: bool, now: float) -> None:
        """One was heard: from its beginning, to its end, or not at all."""
        if issued.utterance.kind is Kind.NOTICE:
            if complete:
                self._announcer.notice_heard(now)
        elif not begun:
            self._hand_over_again(issued)
            self._told_sold_out -= {issued.sold_out}
            self._variants_gone = still_gone((*issued.variants_gone, *self._variants_gone), self._track.show)

    def refuse(self, issued: Issued) -> None:
        """The guard will not have one: another wording, where there is one."""
        self._announcer.refused(issued.template)
        self._hand_over_again(issued)
        self._variants_gone = (*issued.variants_gone, *self._variants_gone)

    def move(self, old: Show) -> None:
        """Go on in the edited scripts of the track."""
        show = self._track.show
        self._announcer.forget_refusals()
        for product in old.scripts.keys() - show.scripts.keys():
            self._outstanding.drop_handovers(product)
        self._told_sold_out &= self._track.sold_out
        self._variants_gone = still_gone((*self._variants_gone, *newly_gone(old, show)), show)
        if self._handover not in show.scripts:
            self._handover = ""

    def _notice(self, protected: bool) -> Utterance | None:
        if any(issued.utterance.kind is Kind.NOTICE for issued in self._outstanding):
            return None
        found = self._announcer.notice(self._outstanding.next_id)
        return self._say(Kind.NOTICE, found, self._current(), protected) if found else None

    def _lead_over(self, protected: bool) -> Utterance | None:
        product = self._track.show.catalogue.get(self._handover)
        self._handover = ""
        if product is None:
            return None
        found = self._announcer.handover(product, self._outstanding.next_id, back=self._track.goes_on)
        if found is None:
            return None
        evidence = (f"{product.id}.link", f"{product.id}.name")
        return self._say(Kind.BRIDGE, found, product.id, protected, evidence, handover=product.id)

    def _sold_out(self, protected: bool) -> Utterance | None:
        """The next product passed over since it sold out of which that was not said yet."""
        untold = [each for each in self._track.passed_over if each not in self._told_sold_out]
        product = self._track.show.catalogue.get(untold[0]) if untold else None
        if product is None:
            return None
        self._told_sold_out |= {product.id}
        found = self._announcer.sold_out(product, self._outstanding.next_id)
        if found is None:
            return self._sold_out(protected)
        evidence = (f"{product.id}.link", f"{product.id}.name", f"{product.id}.stock")
        return self._say(Kind.BRIDGE, found, product.id, protected, evidence, sold_out=product.id)

    def _gone(self, product_id: str, protected: bool) -> Utterance | None:
        """That variants of a product sold out while it is on air; of many only some are named."""
        product = self._track.show.catalogue.get(product_id)
        gone = tuple(each for each in self._variants_gone if each[0] == product_id)
        if product is None or not gone:
            return None
        self._variants_gone = tuple(each for each in self._variants_gone if each not in gone)
        told = [variant for variant in product.variants if (product.id, variant.id) in gone][:MOST_NAMED]
        found = self._announcer.variants_gone(product, [variant.name for variant in told], self._outstanding.next_id)
        if found is None:
            return None
        evidence = tuple(f"{product.id}.variants.{variant.id}.stock" for variant in told)
        return self._say(Kind.BRIDGE, found, product.id, protected, evidence, variants_gone=gone)

    def _all_sold_out(self, now: float, protected: bool) -> Utterance | None:
        """A word now and then where nothing is left to present: a room is never silent for long."""
        sold_out = self._track.sold_out
        nothing_left = bool(sold_out) and sold_out >= self._track.show.scripts.keys()
        if not nothing_left or now < self._last_word + SOLD_OUT_EVERY:
            return None
        found = self._announcer.all_sold_out(self._outstanding.next_id)
        if found is None:
            return None
        self._last_word = now
        return self._say(Kind.BRIDGE, found, self._current(), protected, about=tuple(sorted(sold_out)))

    def _bridge(self, step: Step, protected: bool) -> Utterance | None:
        product = step.place.product
        found = self._announcer.bridge(self._track.show.scripts[product].lang, self._outstanding.next_id)
        return self._say(Kind.BRIDGE, found, product, protected) if found else None

    def _say(
        self,
        kind: Kind,
        found: Phrase,
        product: str | None,
        protected: bool,
        evidence: tuple[str, ...] = (),
        about: tuple[str, ...] = (),
        **promise: Any,
    ) -> Utterance:
        """Commit to it; ``promise`` are the fields of `Issued` for what it brings about."""
        utterance = Utterance(
            self._outstanding.new_id(), kind, found.text, found.lang, product=product, about=about, evidence=evidence
        )
        issued = Issued(utterance, self._track.epoch, protected, template=found.template, **promise)
        return self._outstanding.add(issued)

    def _hand_over_again(self, issued: Issued) -> None:
        if issued.handover and issued.epoch == self._track.epoch:
            self._handover = issued.handover

    def _current(self) -> str | None:
        """The product that will be on air then."""
        return self._outstanding.product_then or self._track.product
