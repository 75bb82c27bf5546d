"""A fact turned round: what the sheet denies and the text asserts, 有童锁 where the sheet says 没有童锁.

The terms of a denial that no other fact asserts tell it from the rest of the sheet, and a clause of the text that
asserts most of them says the contrary. Which words these are is nobody's list: they are the sheet's own. Of one choice,
or of what is in the box, a denial tells though other facts have its words of others, or of what is sold beside it.
What follows from a denial (no ships to Canada: Toronto) is not seen, and a denial of what a fact states only under the
law of drafts (`contrary`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from host.core.reason import Reason
from host.mind.guard.carried import FactIndex
from host.mind.guard.declined import is_declined
from host.mind.guard.patterns import Claimed
from host.mind.guard.properties import OTHERS
from host.mind.guard.statements import Statement, always_told, choices_in, names_of, stated_by, statements
from host.mind.proof.lineup import LineUp, line_up

_HAS = re.compile(r"(?<!没)有|自带|支持|配[了有着]|带着?[一-鿿]|\b(?:has|have|comes? with|with|includes?|got)\b")
"""Says that something is there, and does not only speak of it."""
_INSIDE = re.compile(
    r"[盒箱袋包]子?[里内]|包装[里内]|礼盒里|随[机箱盒]|[不未]含|不包[含括]|[附配](?:有|了|好|齐|带|送|赠|上)|自带|不附|不配"
    r"|\b(?:in the box|inside the box|includes?d?|comes? with|you get|thrown? in|box has)\b"
)
"""Says what is in the box, or is not."""
_MOST_TERMS = 8
_LEAD = 12
"""Characters before a clause that may say it is of other goods."""
_ENOUGH = 0.6
"""Share of the telling terms that a clause has to assert."""


@dataclass(frozen=True, slots=True)
class Denied:
    """What a fact denies: ``telling`` are the terms that no fact asserts, ``all`` those it has."""

    telling: frozenset[str]
    all: frozenset[str]
    clause: str
    """That denies it."""

    def is_in(self, asserted: frozenset[str]) -> bool:
        """Whether a clause that asserts these terms says the contrary."""
        if self.telling:
            several = len(self.all) == 1 or len(self.all & asserted) > 1 or len(self.telling) > 1
            return several and len(self.telling & asserted) >= math.ceil(_ENOUGH * len(self.telling))
        return len(self.all) > 1 and self.all <= asserted


def contradicted(folded: str, sheet: FactIndex) -> Iterator[Claimed]:
    """Every clause that asserts what a fact of the sheet denies, of the same choice if it denies it of some only."""
    facts = tuple(sheet.folded.values())
    denied, mentioned = _denied(facts, False), _denied(facts, True)
    lineup = line_up(sheet.products[0]) if len(sheet.products) == 1 else None
    told = statements(folded) if denied else ()
    for at, statement in enumerate(told):
        if OTHERS.search(folded, max(0, statement.start - _LEAD), statement.end):
            continue  # 超市里的很多都加了糖
        clause = folded[statement.start : statement.end]
        known = denied if _HAS.search(clause) else mentioned
        if not statement.denied and _INSIDE.search(clause):
            known = (*known, *_left_out(facts))
        contrary = [each for each in known if each.is_in(statement.asserted)]
        if lineup is not None and not statement.denied:
            contrary += _of_the_same(clause, statement, facts, lineup)
        if contrary and is_declined(folded, told, at, frozenset().union(*(each.all for each in contrary))):
            continue
        if any(lineup is None or not _of_others(clause, each.clause, lineup) for each in contrary):
            yield Claimed(clause.strip(), Reason("denied_by_fact"))


@lru_cache(maxsize=32)
def _left_out(facts: tuple[str, ...]) -> tuple[Denied, ...]:
    """What facts say is not in the box. Other facts may well speak of it, as of a thing that is sold, given or used."""
    told = _told(facts)
    inside = [(each, clause) for each, clause in told if _INSIDE.search(clause)]
    there = frozenset(term for each, _ in inside for term in each.asserted)
    found = (Denied(bundle - there, bundle - there, clause) for each, clause in inside for bundle in each.denied)
    return tuple(dict.fromkeys(each for each in found if 0 < len(each.telling) <= _MOST_TERMS))


def _of_the_same(clause: str, said: Statement, facts: tuple[str, ...], lineup: LineUp) -> list[Denied]:
    """What facts deny of the choices that a clause names, and it asserts; of others they may well state it:
    150克礼盒没有茶则."""
    mine, own = choices_in(clause, lineup), names_of(lineup)
    if not mine:
        return []
    told = _told(facts)
    found = []
    for each, fact_clause in told:
        its = choices_in(fact_clause, lineup) if each.denied else frozenset()
        for bundle in each.denied if mine <= its else ():
            about = bundle - own
            stated = any(
                about <= other.asserted and not mine.isdisjoint(choices_in(text, lineup)) for other, text in told
            )
            if about and about <= said.asserted and not stated:
                found.append(Denied(about, about, fact_clause))
    return found


@lru_cache(maxsize=32)
def _told(facts: tuple[str, ...]) -> tuple[tuple[Statement, str], ...]:
    """Every clause of some facts, as a statement and as it stands."""
    return tuple((each, fact[each.start : each.end]) for fact in facts for each in stated_by(fact))


def _of_others(said: str, known: str, lineup: LineUp) -> bool:
    """Whether two clauses name different choices."""
    mine, its = choices_in(said, lineup), choices_in(known, lineup)
    return bool(mine and its and not mine & its)


@lru_cache(maxsize=128)
def _denied(facts: tuple[str, ...], headings: bool) -> tuple[Denied, ...]:
    """What facts deny; with ``headings`` not what a topic of theirs names, which may be spoken of: 看的是频闪."""
    clauses_of = statements if headings else stated_by
    told = [(each, fact[each.start : each.end]) for fact in facts for each in clauses_of(fact)]
    asserted = always_told().union(*(statement.asserted for statement, _ in told))
    found = [Denied(bundle - asserted, bundle, clause) for each, clause in told for bundle in each.denied]
    return tuple(
        dict.fromkeys(
            each
            for each in found
            if len(each.telling) <= _MOST_TERMS
            and (each.telling or not any(each.all <= statement.asserted for statement, _ in told))
        )
    )
