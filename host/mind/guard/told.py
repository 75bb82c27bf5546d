"""What a sheet says, clause by clause, and of which of its choices each clause is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from host.core.fold import fold
from host.lang.everyday import plain_words
from host.lang.stems import root
from host.mind.guard.carried import FactIndex
from host.mind.guard.statements import Statement, always_told, choices_in, stated_by, telling
from host.mind.guard.vocabulary import LATIN
from host.mind.proof.adjoining import last_before
from host.mind.proof.lineup import LineUp


@dataclass(frozen=True, slots=True)
class Told:
    """A clause of a fact."""

    text: str
    whole: str
    """The fact that it is of."""
    statement: Statement
    terms: frozenset[str]


@dataclass(frozen=True, slots=True)
class ToldSheet:
    """What a sheet says, and what it speaks of only to deny it: pregnancy, Duplo, a USB port."""

    told: tuple[Told, ...]
    known: frozenset[str]
    """Every term of it."""
    refused: frozenset[str]
    refused_roots: frozenset[str]
    """The same of its English words: ``usb``, ``laptop``."""
    whole: tuple[Told, ...]
    """Each fact as one, with all its terms."""
    names: frozenset[str]
    """The terms of the products' names, which to deny denies no fact: ``not the right vacuum for it``."""


def told_by(sheet: FactIndex) -> ToldSheet:
    """What a sheet says."""
    return _read(tuple(sheet.folded.values()), tuple(fold(product.name) for product in sheet.products))


@lru_cache(maxsize=32)
def _read(facts: tuple[str, ...], names: tuple[str, ...]) -> ToldSheet:
    told = tuple(
        Told(fact[each.start : each.end].strip(), fact, each, each.terms) for fact in facts for each in stated_by(fact)
    )
    asserted = frozenset(term for each in told for term in each.statement.asserted)
    denied = frozenset(term for each in told for bundle in each.statement.denied for term in bundle)
    within, beside = (
        frozenset(word for each in told if bool(each.statement.denied) is denies for word in roots_of(each.text))
        for denies in (True, False)
    )
    own = frozenset(term for name in names for term in telling(name))
    whole = tuple(_whole(fact) for fact in facts)
    refused = denied - asserted - always_told()
    return ToldSheet(told, asserted | denied, refused, within - beside - plain_words(), whole, own)


def _whole(fact: str) -> Told:
    clauses = stated_by(fact)
    terms = frozenset[str]().union(*(each.terms for each in clauses))
    return Told(fact, fact, Statement(0, len(fact), terms, ()), terms)


def roots_of(text: str) -> frozenset[str]:
    """The roots of the English words of a folded text that are longer than two letters."""
    return frozenset(root(word) for word in LATIN.findall(text) if len(word) > 2)


def choices_of(told: Told, lineup: LineUp) -> frozenset[str]:
    """The choices that a clause of a fact is about: those it names, or those last named before it in the fact."""
    own = choices_in(told.text, lineup)
    if own:
        return own
    before = last_before(told.whole, lineup.named_in(told.whole), told.statement.start)
    return frozenset(choice.id for name in before for choice in name.choices)
