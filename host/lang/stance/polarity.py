"""What a text means by what it says: whether it asserts a claim in it, denies it, asks it, or tells it of another.

The one place where this is decided. A rule of the guard finds words that would be a claim and asks `Reading.stance`
how they stand there; what a kind of claim may then say without a fact is in `host.mind.guard.kinds`.

A condition is no denial: 如果你现在拍就比隔壁便宜 promises it to everybody who buys. Where the marks leave it open, the
claim counts as asserted: adding words around a claim must never excuse it by chance.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import groupby

from host.lang.stance.marks import Mark, Role
from host.lang.stance.scopes import answered, denials, doubted, feared, reported, staked, wished
from host.lang.stance.spans import REST, Part, Parts, Span, has, size

READINGS_KEPT = 512


class Polarity(StrEnum):
    """How a text stands to a claim in it."""

    ASSERTED = "asserted"
    CONDITIONAL = "conditional"
    """Asserted under a condition: 现在拍就比隔壁便宜, ``cheaper if you order now``."""
    SUPPOSED = "supposed"
    """Itself the condition: 如果比隔壁便宜，… ; also what is denied to stake something on it: 不是最低价我赔你."""
    ASKED = "asked"
    REPORTED = "reported"
    """In the mouth of somebody who asks or is not to be believed: 有人问…, 别听人说…. What "everybody says" the host
    says too."""
    UNKNOWN = "unknown"
    """Said not to be known: 说不准…, ``not sure whether …``."""
    WISHED = "wished"
    FEARED = "feared"
    """Said to be no danger: 不用担心…."""
    DENIED = "denied"


@dataclass(frozen=True, slots=True)
class Stance:
    """How a text stands to a claim, and under which condition, in the text's own words."""

    polarity: Polarity
    condition: str = ""


@dataclass(frozen=True, slots=True)
class _Condition:
    """A condition, and where what depends on it stands; empty where it cannot be told from that."""

    start: int
    end: int
    then: tuple[int, int]
    closed: bool
    """Whether words say where it ends (的话, 就, ``then``) and not only a pause, after which anything may stand."""


@dataclass(frozen=True, slots=True)
class _Sentence:
    """What the clauses of a sentence have in common."""

    end: int
    asks: bool
    """Whether all of it is one English question: ``Is it made in Japan, or in Germany?``"""
    rhetorical: bool
    """Whether it is put as a question that wants no answer."""


class Reading:
    """A folded text read into clauses. Immutable; takes time in proportion to the text's length."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._parts = Parts(text)
        self.parts: Sequence[Part] = tuple(self._parts)
        self._sentences: dict[int, _Sentence] = {
            number: _sentence(list(parts)) for number, parts in groupby(self._parts, lambda part: part.clause.sentence)
        }
        conditions = (_condition(part, self._sentences[part.clause.sentence].end) for part in self._parts)
        self._conditions = [condition for condition in conditions if condition is not None]

    def stance(self, start: int, end: int, *, own_denial: bool = False) -> Stance:
        """How the text stands to the claim at ``start:end``.

        ``own_denial``: what is denied within the claim belongs to it (找不到更便宜的), and does not deny it.
        """
        span = self._parts.span(start, end)
        yes = answered(span)
        for polarity, holds in _NOT_HERS:
            if holds(span):
                return Stance(Polarity.ASSERTED if yes else polarity)
        if yes is False:
            return Stance(Polarity.DENIED)
        denied = denials(span, own=own_denial) % 2 == 1
        supposed = next((one for one in self._conditions if self._supposes(one, span)), None)
        if supposed is not None or (denied and staked(span)):
            return Stance(Polarity.SUPPOSED, self._words(supposed))
        if denied:
            return Stance(Polarity.ASSERTED if self._wants_the_contrary(span) else Polarity.DENIED)
        if self._asked(span) and not yes:
            return Stance(Polarity.ASKED)
        depends = next((one for one in self._conditions if one.then[0] <= start < one.then[1]), None)
        return Stance(Polarity.CONDITIONAL, self._words(depends)) if depends else Stance(Polarity.ASSERTED)

    @staticmethod
    def _supposes(condition: _Condition, span: Span) -> bool:
        """Whether a claim is what a condition supposes, and not what is said under one: 如果现在拍比隔壁便宜，谢谢."""
        if not (condition.start <= span.start and span.end <= condition.end):
            return False
        return condition.closed or size(span.text[condition.start : span.start]) <= REST

    def _asked(self, span: Span) -> bool:
        """Whether a claim stands in a question that wants an answer, and does not take it for granted."""
        sentence = self._sentences[span.part.clause.sentence]
        if sentence.rhetorical or span.part.presumes:
            return False
        if any(mark.is_(Role.NOT) and self.text[mark.start].isascii() for mark in span.before):
            return False  # who wouldn't love a free bag?
        return span.part.asks or span.last.asks or sentence.asks

    @staticmethod
    def _wants_the_contrary(span: Span) -> bool:
        """Whether a denial is a question and so wants to hear the contrary: 这不是最便宜的吗, ``isn't it cheaper?``"""
        asks = span.last.clause.ends_with == "?" or span.last.asks
        return asks and not has(span.part.marks, Role.WHETHER)

    def _words(self, condition: _Condition | None) -> str:
        return self.text[condition.start : condition.end].strip() if condition else ""


_NOT_HERS: Sequence[tuple[Polarity, Callable[[Span], bool]]] = (
    (Polarity.WISHED, wished),
    (Polarity.REPORTED, reported),
    (Polarity.UNKNOWN, doubted),
    (Polarity.FEARED, feared),
)
"""What is none of the host's own statements, whatever else the sentence does; the first that holds counts."""


def _sentence(parts: Sequence[Part]) -> _Sentence:
    opens, ends = parts[0], parts[-1].clause
    goes_on = all(part.text[part.clause.start : part.clause.end].split()[:1] == ["or"] for part in parts[1:])
    rhetorical = any(has(part.marks, Role.RHETORICAL) for part in parts)
    return _Sentence(ends.end, ends.ends_with == "?" and opens.inverted and goes_on, rhetorical)


def _condition(part: Part, last: int) -> _Condition | None:
    """The condition that a clause names, if it does, in a sentence that ends at ``last``."""
    begins = next((mark for mark in part.marks if mark.is_(Role.IF) and not _whether(part, mark)), None)
    if begins is None:
        ending = next((mark for mark in part.marks if mark.is_(Role.IF_ENDS)), None)
        return _Condition(part.clause.start, ending.start, (ending.end, last), True) if ending else None
    later = (mark for mark in part.marks if mark.start >= begins.end)
    ending = next((mark for mark in later if mark.is_(Role.IF_ENDS, Role.THEN)), None)
    if ending is not None:
        return _Condition(begins.end, ending.start, (ending.start, last), True)
    if not _leads(part, begins):  # cheaper if you order now
        return _Condition(begins.end, part.clause.end, (part.clause.start, begins.start), False)
    if part.clause.end < last:
        return _Condition(begins.end, part.clause.end, (part.clause.end, last), False)
    return _Condition(begins.end, begins.end, (begins.end, last), False)


def _whether(part: Part, mark: Mark) -> bool:
    """Whether a mark only says what is asked or not known: ``ask if``, ``not sure if``."""
    return any(
        other.end <= mark.start and other.is_(Role.ASK, Role.SURE, Role.KNOW, Role.DOUBT) for other in part.marks
    )


def _leads(part: Part, mark: Mark) -> bool:
    """Whether next to nothing stands before a mark in its clause: 你如果."""
    light = (other for other in part.marks if other.end <= mark.start and other.is_(Role.LIGHT, Role.TURN, Role.THAT))
    lead = part.text[part.clause.start : mark.start].replace(" ", "")
    return len(lead) - sum(other.end - other.start for other in light) <= REST


@lru_cache(maxsize=READINGS_KEPT)
def read(text: str) -> Reading:
    """The reading of a folded text; those of late are kept, since each rule asks for it again."""
    return Reading(text)
