"""A text as clauses with their marks, and a claim in it with the marks that may reach it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from host.lang.stance.clauses import Clause, clauses_of
from host.lang.stance.marks import Mark, Role, marks

REACH = 60
"""Characters before and after a claim in which a mark may reach it: a clause is seldom longer, and time is bounded."""
REST = 2
"""Characters besides its marks a clause may have and be about nothing but them: the 现在 of 我现在说不准."""
_FILLERS = frozenset({"and", "so", "but", "well", "now", "hey", "ok", "okay", "oh", "then", "or"})
_TRAILING = " 呀啊呢哦哈哇的了~\"'"


@dataclass(frozen=True)
class Part:
    """A clause of a text with its marks."""

    text: str
    clause: Clause
    marks: Sequence[Mark]

    @cached_property
    def asks(self) -> bool:
        """Whether it has the form of a question, not of a request to agree."""
        marks = [mark for mark in self.marks if not (mark.is_(Role.TAG) and self._ends_with(mark))]
        if any(mark.is_(Role.WHETHER) or (mark.is_(Role.PARTICLE) and self._ends_with(mark)) for mark in marks):
            return True
        return self.clause.ends_with == "?" and (has(marks, Role.QUERY) or self.inverted)

    @cached_property
    def inverted(self) -> bool:
        """Whether its verb comes first, as in an English question."""
        verb = next((mark for mark in self.marks if mark.is_(Role.AUX)), None)
        return verb is not None and _FILLERS.issuperset(self.text[self.clause.start : verb.start].split())

    @cached_property
    def presumes(self) -> bool:
        """Whether it asks why or when something is so, and so takes it for granted."""
        return has(self.marks, Role.WHY)

    @cached_property
    def rest(self) -> int:
        """How much it has besides its marks: nothing of 我不清楚."""
        ends = [self.clause.start, *(mark.end for mark in self.marks)]
        starts = [*(mark.start for mark in self.marks), self.clause.end]
        return size("".join(self.text[end:start] for end, start in zip(ends, starts, strict=True)))

    @property
    def bare(self) -> bool:
        """Whether it is about nothing but its marks."""
        return self.rest <= REST

    @property
    def place(self) -> tuple[int, int]:
        """Where it begins and ends."""
        return self.clause.start, self.clause.end

    @cached_property
    def opens(self) -> Mark | None:
        """The mark it begins with, if it does."""
        first = next(iter(self.marks), None)
        return first if first and not size(self.text[self.clause.start : first.start]) else None

    def after(self, mark: Mark) -> str:
        """What the clause has after a mark."""
        return self.text[mark.end : self.clause.end]

    def denying(self, at: int, *, complete: bool = False) -> Sequence[Mark]:
        """The plain denials that reach ``at`` over light words, nearest first; ``complete``: none that ``at`` cuts."""
        found: list[Mark] = []
        articles = True
        for mark in reversed(self.marks[: bisect_right(self._starts, at - 1)]):
            if self.text[mark.end : at].strip():
                break
            if complete and mark.end > at:
                continue
            if mark.is_(Role.NOT, Role.IS_NOT) or (mark.is_(Role.NO) and articles):
                found.append(mark)
            elif not mark.is_(Role.LIGHT, Role.ARTICLE):
                break
            articles = articles and mark.is_(Role.ARTICLE)
            at = mark.start
        return found

    @cached_property
    def _starts(self) -> Sequence[int]:
        return [mark.start for mark in self.marks]

    def _ends_with(self, mark: Mark) -> bool:
        return len(self.after(mark)) <= REACH and not self.after(mark).strip(_TRAILING)


@dataclass(frozen=True)
class Span:
    """A piece of a text, with the marks that may reach it."""

    text: str
    start: int
    end: int
    part: Part
    """The clause it begins in."""
    last: Part
    """The clause it ends in."""
    previous: Part | None
    """The clause before it in its sentence."""
    next: Part | None
    """The clause after it in its sentence."""
    answer: Part | None
    """The clause after it, be it in the next sentence."""
    before: Sequence[Mark]
    """Marks of its clause that begin before it, from where the clause last turned to something else."""
    inside: Sequence[Mark]
    after: Sequence[Mark]
    """Marks of its last clause after it, up to where that turns."""

    @property
    def governing(self) -> Iterator[Mark]:
        """Marks before its end: 不敢说 makes no statement of what follows, also within the words a rule found."""
        yield from self.before
        yield from self.inside


class Parts:
    """The clauses of a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        found = list(marks(text))
        starts = [mark.start for mark in found]
        self._all: list[Part] = []
        for clause in clauses_of(text):
            first, last = bisect_right(starts, clause.start - 1), bisect_right(starts, clause.end - 1)
            self._all.append(Part(text, clause, found[first:last]))
        self._starts = [part.clause.start for part in self._all]

    def __iter__(self) -> Iterator[Part]:
        return iter(self._all)

    def span(self, start: int, end: int) -> Span:
        """The piece at ``start:end``."""
        first, final = self._at(start), self._at(max(start, end - 1))
        part, last = self._all[first], self._all[final]
        near = [mark for mark in part.marks if start - REACH < mark.start < start]
        turns = [at for at, mark in enumerate(near) if mark.is_(Role.TURN, Role.THEN) and mark.end <= start]
        inside = [mark for each in self._all[first : final + 1] for mark in each.marks if start <= mark.start < end]
        after = [mark for mark in last.marks if end <= mark.start < end + REACH]
        turn = next((at for at, mark in enumerate(after) if mark.is_(Role.TURN)), len(after))
        return Span(
            self.text, start, end, part, last, self._beside(first, -1), self._beside(final, 1),
            self._answer(final + 1),
            near[turns[-1] + 1 :] if turns else near, inside, after[:turn],
        )  # fmt: skip

    def _at(self, place: int) -> int:
        """The number of the clause around a place; a pause belongs to the clause before it."""
        return max(0, bisect_right(self._starts, place) - 1)

    def _answer(self, at: int) -> Part | None:
        """The clause at that number, or the next where it only says that an answer follows: 答：."""
        after = self._all[at : at + 2]
        if len(after) == 2 and after[0].clause.ends_with == ":" and size(after[0].text[slice(*after[0].place)]) <= REST:
            return after[1]
        return after[0] if after else None

    def _beside(self, at: int, step: int) -> Part | None:
        """The clause before or after that one, if it is in the same sentence."""
        if not 0 <= at + step < len(self._all):
            return None
        other = self._all[at + step]
        return other if other.clause.sentence == self._all[at].clause.sentence else None


def has(marks: Iterable[Mark], *roles: Role) -> bool:
    """Whether one of the marks has one of the roles."""
    return any(mark.is_(*roles) for mark in marks)


def size(text: str) -> int:
    """Han characters and Latin words."""
    han = sum("㐀" <= character <= "鿿" for character in text)
    return han + len("".join(" " if "㐀" <= character <= "鿿" else character for character in text).split())
