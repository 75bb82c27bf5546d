"""The kinds of claims, and how each may be spoken of without a fact that makes it.

Stated, under a condition or not, every kind needs its fact. Two kinds that let different polarities pass differ for
the reason that stands beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from host.lang.stance.polarity import Polarity, read


class ClaimKind(StrEnum):
    """What a claim is about: what would have to be in the sheet."""

    COMPARISON = "comparison"
    PRICE_AHEAD = "price-ahead"
    SCARCITY = "scarcity"
    CROWD = "crowd"
    MATERIAL = "material"
    CARE = "care"
    RETURNS = "returns"
    PAYMENT = "payment"
    DELIVERY = "delivery"
    GIFT = "gift"
    ORIGIN = "origin"
    PRAISE = "praise"
    CERTIFICATE = "certificate"
    SERVICE = "service"
    """A listed word that needs a fact: 包邮, ``microwave safe``."""
    EFFECT = "effect"
    """A listed word or a promise of what it does to people: 治病, 三天见效."""
    EXPERIENCE = "experience"
    """That the host has tried, worn or eaten it."""
    FORBIDDEN = "forbidden"
    """What the sheet says is never to be said."""
    ABSOLUTE = "absolute"
    """A listed word, a rank or a superlative that no seller may use."""
    OUT_OF_ROLE = "out-of-role"
    """Words that are no seller's: instructions, markup, another role."""


@dataclass(frozen=True, slots=True)
class Passes:
    """The polarities in which a kind of claim needs no fact, and why these."""

    polarities: frozenset[Polarity]
    why: str


_NOT_CLAIMED = frozenset({Polarity.DENIED, Polarity.REPORTED, Polarity.UNKNOWN, Polarity.WISHED})
_URGES = Passes(
    _NOT_CLAIMED | {Polarity.FEARED},
    "a rise, a dearer shop or an empty shelf hurries the viewer also when it is asked or supposed; called no danger it "
    "does not",
)
_PROMISES = Passes(
    _NOT_CLAIMED | {Polarity.ASKED},
    "a question promises nothing; a promise under a condition is one, and nobody fears a good thing",
)

PASSES: Mapping[ClaimKind, Passes] = {
    ClaimKind.COMPARISON: _URGES,
    ClaimKind.PRICE_AHEAD: _URGES,
    ClaimKind.SCARCITY: _URGES,
    ClaimKind.CROWD: Passes(
        _PROMISES.polarities | {Polarity.FEARED},
        "whether everybody buys it may be asked, like any praise; 不用担心抢不到 says that there is enough",
    ),
    ClaimKind.MATERIAL: Passes(
        _PROMISES.polarities | {Polarity.SUPPOSED},
        "a material supposed is that of other goods: 要是内胆是塑料的，会有味道",
    ),
    **dict.fromkeys(
        (
            ClaimKind.CARE,
            ClaimKind.RETURNS,
            ClaimKind.PAYMENT,
            ClaimKind.DELIVERY,
            ClaimKind.GIFT,
            ClaimKind.ORIGIN,
            ClaimKind.PRAISE,
            ClaimKind.CERTIFICATE,
            ClaimKind.SERVICE,
            ClaimKind.EXPERIENCE,
        ),
        _PROMISES,
    ),
    ClaimKind.EFFECT: Passes(
        frozenset({Polarity.DENIED, Polarity.REPORTED}),
        "to deny an effect on health, or to tell who asks for it, promises none; a host that asks or wishes for one "
        "keeps the hope alive",
    ),
    ClaimKind.FORBIDDEN: Passes(
        frozenset(),
        "the seller forbids the word itself; only where a fact of the sheet denies it may the host deny it likewise",
    ),
    ClaimKind.ABSOLUTE: Passes(
        frozenset(), "platforms and inspectors look for the word, whatever the sentence does with it"
    ),
    ClaimKind.OUT_OF_ROLE: Passes(
        frozenset(), "it is no claim: a host that says it has lost her role, whatever the sentence does with it"
    ),
}

_STATES = frozenset({Polarity.ASSERTED, Polarity.CONDITIONAL})
_DENY_WITHIN = frozenset({ClaimKind.COMPARISON, ClaimKind.PRICE_AHEAD, ClaimKind.SCARCITY})
"""Kinds whose words deny something themselves: 找不到更便宜的, ``this price will not last``."""


def stance(kind: ClaimKind, text: str, start: int, end: int) -> Polarity:
    """How a folded text stands to a claim of that kind at ``start:end``."""
    return read(text).stance(start, end, own_denial=kind in _DENY_WITHIN).polarity


def needs_fact(kind: ClaimKind, text: str, start: int, end: int) -> bool:
    """Whether a folded text speaks of a claim of that kind at ``start:end`` as one that a fact has to make."""
    return stance(kind, text, start, end) not in PASSES[kind].polarities


def claimed(kind: ClaimKind, pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The matches of ``pattern`` in a folded text that need a fact."""
    return (match for match in pattern.finditer(text) if needs_fact(kind, text, *match.span()))


def stated(kind: ClaimKind, pattern: re.Pattern[str], fact: str) -> Iterator[re.Match[str]]:
    """The matches of ``pattern`` that a folded fact states, under a condition or not: with these it carries a claim."""
    return (match for match in pattern.finditer(fact) if stance(kind, fact, *match.span()) in _STATES)


def states(kind: ClaimKind, pattern: re.Pattern[str], fact: str) -> bool:
    """Whether a folded fact states a match of ``pattern``."""
    return any(True for _ in stated(kind, pattern, fact))
