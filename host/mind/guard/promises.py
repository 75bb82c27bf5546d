"""What a shop promises in words, and how far: a promise is kept by a fact that makes the same one and goes as far.

``We repair it`` is carried by any fact on repairs, 用一辈子都给修 only by one that says for how long. How far a promise
goes is a set of names (`Promise.reaches`); a sentence may not have one that no single fact has with the promise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from host.core.reason import Reason
from host.lang.stance.clauses import clause_of, sentences
from host.mind.guard.carried import FactIndex
from host.mind.guard.kinds import ClaimKind, claimed, needs_fact, stated
from host.mind.guard.patterns import Claimed, compact
from host.mind.guard.quotes import quoted

BEYOND = 24
"""Characters before and after the clause of a promise in which what widens it may stand; half of what a question before
it may have, which is its condition: 用过了？照样退."""

_EXCEPTED = re.compile(r"不[退换保修赔]|除外|不支持|不包括|\b(?:except|excluding|not covered|not refund\w*)\b")


@dataclass(frozen=True)
class Promise:
    """A kind of promise: how it is made, what widens it, and what a sheet lacks that does not make it."""

    kind: ClaimKind
    lacks: Reason
    made: re.Pattern[str]
    reaches: Mapping[str, re.Pattern[str]] = field(default_factory=dict)

    def unkept(self, folded: str, sheet: FactIndex) -> Iterator[Claimed]:
        """Every such promise in a folded text that no fact in force keeps."""
        text = compact(folded)
        asked = ""
        for sentence in sentences(text):
            for match in claimed(self.kind, self.made, sentence):
                reach = self._reach(sentence, match) | self._widened(asked)
                if not self._kept(reach, sheet) and not quoted(match.group(), text, sheet):
                    yield Claimed(match.group(), self.lacks)
            asked = sentence if sentence[-1] in "?？" and len(sentence) <= BEYOND * 2 else ""

    def _reach(self, sentence: str, match: re.Match[str]) -> frozenset[str]:
        """How far a promise goes, by what is near it; by its own clause alone where the sentence excepts something."""
        (begins, _), (_, ends) = clause_of(sentence, match.start()), clause_of(sentence, match.end())
        if not _EXCEPTED.search(sentence):
            begins, ends = max(0, begins - BEYOND), ends + BEYOND
        return self._widened(sentence[begins:ends])

    def _widened(self, text: str) -> frozenset[str]:
        return frozenset(
            name
            for name, pattern in self.reaches.items()
            if any(needs_fact(self.kind, text, *match.span()) for match in pattern.finditer(text))
        )

    def _kept(self, reach: frozenset[str], sheet: FactIndex) -> bool:
        """Whether a sentence of a fact makes the promise and goes as far."""
        return any(
            reach <= self._reach(sentence, match)
            for fact in sheet.folded.values()
            for sentence in sentences(compact(fact))
            for match in stated(self.kind, self.made, sentence)
        )
