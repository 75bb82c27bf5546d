"""Utterances committed to and not settled yet. What is due next is derived from them and from what was heard, so
that taking one back undoes all it brought about."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, replace

from host.core.utterance import Kind, Utterance
from host.show.cursor import Step
from host.show.replies import Reply, Stream

TALK = (Kind.ANSWER, Kind.OPERATOR)
"""What a bridge leads back from."""
FLOOD = (Kind.ANSWER, Kind.GREETING)
"""What may not crowd out the script."""


@dataclass(frozen=True, slots=True)
class Issued:
    """An outstanding utterance, with what is needed to take it back."""

    utterance: Utterance
    epoch: int
    protected: bool = False
    """Only an operator goes before it: the script has waited long enough, or it continues an answer."""
    step: Step | None = None
    stream: Stream | None = None
    number: int = 0
    """Of the sentence in its answer, from 1."""
    reply: Reply | None = None
    template: str = ""
    handover: str = ""
    """The product it leads to."""
    sold_out: str = ""
    """The product it says is sold out."""
    variants_gone: tuple[tuple[str, str], ...] = ()
    """The variants of which it says so: ids of product and variant."""


class Outstanding:
    """In the order they are said; the first is being said, or comes next."""

    def __init__(self, next_id: int) -> None:
        self._next_id = next_id
        self._issued: dict[str, Issued] = {}
        self._talk_heard = False
        self._streak_heard = 0
        self._product_heard: str | None = None

    def __iter__(self) -> Iterator[Issued]:
        return iter(self._issued.values())

    def fork(self) -> Outstanding:
        """A copy to look ahead with."""
        twin = copy(self)
        twin._issued = dict(self._issued)
        return twin

    @property
    def next_id(self) -> int:
        """Number of the utterance that is committed to next."""
        return self._next_id

    def new_id(self) -> str:
        """The id for it."""
        number, self._next_id = self._next_id, self._next_id + 1
        return f"u{number:06d}"

    def add(self, issued: Issued) -> Utterance:
        """Commit to it."""
        self._issued[issued.utterance.id] = issued
        return issued.utterance

    def get(self, utterance: Utterance) -> Issued | None:
        """What was committed with an utterance."""
        return self._issued.get(utterance.id)

    def pop(self, utterance: Utterance) -> Issued | None:
        """Settle it; None where it was settled before."""
        return self._issued.pop(utterance.id, None)

    @property
    def head(self) -> Utterance | None:
        """What is being said, or comes next."""
        return next((issued.utterance for issued in self), None)

    @property
    def last(self) -> Utterance | None:
        """What comes last."""
        return next((issued.utterance for issued in reversed(self._issued.values())), None)

    @property
    def product_now(self) -> str | None:
        """That of what is being said, else of what was said last."""
        head = self.head
        return (head and head.product) or self._product_heard

    @property
    def product_then(self) -> str | None:
        """The one on air when all of it is said."""
        last = self.last
        return (last and last.product) or self._product_heard

    def note_heard(self, issued: Issued, complete: bool) -> None:
        """Its beginning was heard, or all of it."""
        kind, self._product_heard = issued.utterance.kind, issued.utterance.product
        if kind in TALK:
            self._talk_heard = True
        elif kind in (Kind.SCRIPT, Kind.BRIDGE):
            self._talk_heard = False
        if complete and kind is Kind.SCRIPT:
            self._streak_heard = 0
        elif complete and kind in FLOOD and issued.number == 1:
            self._streak_heard += 1

    def bridge_due(self) -> bool:
        """Whether the last thing said before the script goes on is an answer or an operator's line."""
        for issued in reversed(self._issued.values()):
            if issued.utterance.kind in (Kind.SCRIPT, Kind.BRIDGE):
                return False
            if issued.utterance.kind in TALK:
                return True
        return self._talk_heard

    def streak(self) -> int:
        """Answers and greetings in a row since the script last had a sentence."""
        count = 0
        for issued in reversed(self._issued.values()):
            if issued.step is not None:
                return count
            count += int(issued.utterance.kind in FLOOD and issued.number == 1)
        return count + self._streak_heard

    def drop_handovers(self, product: str) -> None:
        """No hand-over to that product comes again if it is taken back."""
        for key, issued in self._issued.items():
            if issued.handover == product:
                self._issued[key] = replace(issued, epoch=-1)
