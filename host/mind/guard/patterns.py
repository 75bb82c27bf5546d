"""What the rules share: patterns over folded text, the claims they yield, and the facts that state the same."""

from __future__ import annotations

import re
from dataclasses import dataclass

from host.core.reason import Reason
from host.mind.guard.carried import FactIndex
from host.mind.guard.kinds import ClaimKind, stated

_BETWEEN_HAN = re.compile(r"(?<=[㐀-鿿])[ .·*_\-/|~^+]{1,3}(?=[㐀-鿿])")


def either(*alternatives: str) -> re.Pattern[str]:
    """One pattern of several, each of which stands on a line of its own."""
    return re.compile("|".join(alternatives))


@dataclass(frozen=True, slots=True)
class Claimed:
    """A statement that the facts in force would have to carry and do not, and what would carry it."""

    text: str
    lacks: Reason


def compact(folded: str) -> str:
    """A folded text without the marks that can be put between Han characters to hide a word."""
    return _BETWEEN_HAN.sub("", folded)


def borne_out(kind: ClaimKind, pattern: re.Pattern[str], match: re.Match[str], sheet: FactIndex) -> bool:
    """Whether a fact in force states the same: it has a match with the same words in every named group."""
    said = match.groupdict()
    return any(
        all(_alike(word, known.groupdict().get(name)) for name, word in said.items())
        for fact in sheet.folded.values()
        for known in stated(kind, pattern, compact(fact))
    )


def _alike(one: str | None, other: str | None) -> bool:
    """Whether two comparands are one: 专柜 and 专柜价, ``amazon`` and ``on amazon``; none matches only none."""
    if one is None or other is None:
        return one == other
    return one.strip() in other or other.strip() in one
