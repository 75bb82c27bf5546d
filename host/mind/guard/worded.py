"""Whether a fact says a word of its product."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from host.lang.stance.polarity import Polarity
from host.mind.guard.carried import FactIndex
from host.mind.guard.kinds import ClaimKind, stance

_NO = re.compile(r": ?(?:不|否|无|没有|未|非|no\b|not\b|none\b|without\b)")


def said_by_a_fact(word: str, sheet: FactIndex) -> bool:
    """Whether a fact says the folded ``word`` of its product, and does not deny it."""
    return any(not denied for denied in _in_facts(word, sheet.folded.values()))


def denied_by_a_fact(word: str, sheet: FactIndex, product: str) -> bool:
    """Whether a fact of ``product`` denies the folded ``word`` of it."""
    return any(_in_facts(word, (sheet.folded[fact.id] for fact in sheet.facts if fact.product == product)))


def _in_facts(word: str, facts: Iterable[str]) -> Iterator[bool]:
    """Of each ``word`` in folded facts whether it is denied there: 不防水, 防水: 否."""
    for known in facts:
        for match in re.finditer(re.escape(word), known):
            denied = stance(ClaimKind.SERVICE, known, *match.span()) is Polarity.DENIED
            yield denied or bool(_NO.match(known, match.end()))
