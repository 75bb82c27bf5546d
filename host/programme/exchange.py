"""Answers on their way: the comments they reply to, how much of each was heard, and the verdict that follows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from host.core.comment import Comment, Fate, Intent
from host.core.journal_events import HEARD_ENOUGH
from host.core.media import SAMPLE_RATE
from host.core.ports import Passed
from host.core.reason import Reason
from host.core.utterance import Played, Utterance
from host.programme.corrections import CORRECTED, UNHEARD


@dataclass(eq=False)
class Exchange:
    """Comments and what the host says to them, from the moment it is being made until nothing of it is left."""

    comments: tuple[Comment, ...]
    intent: Intent
    product: str | None
    asked_at: float
    certain: bool = True
    streams: set[str] = field(default_factory=set)
    """Ids of replies with the director."""
    given: int = 0
    """Sentences handed to the director."""
    first_draft: float | None = None
    begun: bool = False
    heard: bool = False
    """Whether a sentence of it was heard to its end."""
    answerer: str = ""
    """Who made the answer, and below who was to before."""
    passed: tuple[Passed, ...] = ()
    dropped: bool = False
    """Whether the operator has seen to all of its comments before it began."""
    corrects: bool = False
    """Whether it sets right what was said to a comment that is answered."""
    because: str = ""
    """Why it is said, where that is no answer: a product that a viewer wishes for comes later."""
    trouble: str = ""
    """Why what is said is not simply the answer."""
    unheard: Fate = Fate.EXPIRED
    """Its fate if nothing of it is heard."""
    elsewhere: set[str] = field(default_factory=set)
    """Ids of comments that the operator has seen to meanwhile: their verdict comes from there."""
    _samples: int = 0
    """Heard of the sentences that are over."""
    _enough_at: int | None = None
    """The tick with which enough of it was made."""
    _told: bool = False

    @property
    def ended(self) -> bool:
        """Whether no more of it is to be made."""
        return self.dropped or bool(self.trouble)

    def made_before(self, moment: float) -> bool:
        """Whether an answerer made it before ``moment``, and nothing of it was heard yet."""
        return bool(self.answerer) and not self.begun and not self.ended and self.asked_at <= moment

    @property
    def concerned(self) -> tuple[Comment, ...]:
        """The comments whose fate it decides."""
        return tuple(comment for comment in self.comments if comment.id not in self.elsewhere)

    def note_played(self, event: Played) -> None:
        """A sentence of it is over."""
        if not event.utterance.excuse:
            self._samples += event.heard
            self.heard = self.heard or event.complete

    def heard_enough(self, on_air: int, tick: int, left: int) -> bool:
        """Whether by now `HEARD_ENOUGH` of it has left for the viewers: true once.

        ``on_air`` samples of the sentence being said are in ticks up to ``tick``; those before ``left`` have left.
        """
        if self._enough_at is None and self._samples + on_air >= HEARD_ENOUGH * SAMPLE_RATE:
            self._enough_at = tick
        if self._told or self._enough_at is None or self._enough_at >= left:
            return False
        self._told = True
        return True

    def outcome(self) -> tuple[Fate, str]:
        """The last verdict on its comments, by what was heard."""
        if self.corrects:
            why = self.trouble or Reason("unheard")
            return Fate.ANSWERED, Reason(CORRECTED) if self.heard else Reason(UNHEARD, why=why)
        if not self.heard:
            return self.unheard, self.trouble or Reason("unheard")
        if self.trouble:
            return Fate.REFUSED, self.trouble
        fate = Fate.GREETED if self.intent is Intent.GREETING else Fate.ANSWERED
        return fate, self.because or Reason(fate.value)


class Exchanges:
    """Those under way: being made, or with the director."""

    def __init__(self) -> None:
        self._by_stream: dict[str, Exchange] = {}
        self.making: Exchange | None = None
        """The one for which an answer is being made."""

    def __iter__(self) -> Iterator[Exchange]:
        """Each once, the one longest with the director first."""
        making = (self.making,) if self.making else ()
        return iter(dict.fromkeys((*self._by_stream.values(), *making)))

    def __bool__(self) -> bool:
        return bool(self._by_stream) or self.making is not None

    def of(self, utterance: Utterance) -> Exchange | None:
        """The one that an utterance is a sentence of."""
        return self._by_stream.get(utterance.reply)

    def hand_over(self, stream: str, exchange: Exchange) -> None:
        """A reply of it is with the director."""
        exchange.streams.add(stream)
        self._by_stream[stream] = exchange

    def get(self, stream: str) -> Exchange | None:
        """The one with that reply."""
        return self._by_stream.get(stream)

    def settle(self, stream: str) -> Exchange | None:
        """Nothing of a reply is left to be said."""
        exchange = self._by_stream.pop(stream, None)
        if exchange is not None:
            exchange.streams.discard(stream)
        return exchange

    def take_out(self, comment_id: str, *, begun: bool) -> list[Exchange]:
        """The operator sees to a comment: no answer that has not begun concerns it any more, and where ``begun`` none
        at all. Returns those; one that is ``dropped`` answered nobody else."""
        found = [
            exchange
            for exchange in self
            if (begun or not exchange.begun) and any(comment.id == comment_id for comment in exchange.concerned)
        ]
        for exchange in found:
            exchange.elsewhere.add(comment_id)
            exchange.dropped = not exchange.begun and not exchange.concerned
        return found

    def heard_enough(self, on_air: Utterance | None, heard: int, tick: int, left: int) -> list[Exchange]:
        """Those of which viewers have heard enough by now, each once (`Exchange.heard_enough`)."""
        if not self._by_stream:  # asked every tick, and most of the time nobody has
            return []
        saying = self.of(on_air) if on_air and not on_air.excuse else None
        found = [each for each in self if each.heard_enough(heard if each is saying else 0, tick, left)]
        return [exchange for exchange in found if exchange.concerned]
