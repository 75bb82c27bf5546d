"""Retrieval over product sheets: which fact or FAQ entry a question is about, and how surely.

Candidates come from an SQLite FTS5 index in memory (BM25) over the terms of `concepts.terms`; FTS5's own ``trigram``
tokenizer finds nothing for two-character words such as 包邮, bigrams do. The candidates are then scored by how much
of the question they cover, so that a question the sheet says nothing about scores low however common its words.
"""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from rapidfuzz import fuzz

from host.core.comment import MAX_TEXT
from host.core.fold import fold
from host.core.product import SPOKEN_AS_TOLD, Fact, Product
from host.core.product_names import names_of
from host.core.text import bounded
from host.mind.answers.concepts import Terms, terms

CANDIDATES = 40
CONCEPT_WEIGHT = 2.0
WORD_WEIGHT = 1.0
CHARACTER_WEIGHT = 0.6
"""Of a Chinese character that stands alone: it says less than a word."""
PASSING = {"colour": 1.0, "size": 1.5}
"""Concepts that people name in passing: 黑色的掉色吗 is about fading."""
STRAY_WORDS = 2.0
"""Weight that words found nowhere in the sheet can add at most beside a concept that is: people tell stories."""
IN_ANSWER = 0.6
"""How far a term counts that stands in the answer only, not in the question or topic."""
LEAST = 2
"""Terms of a question that must stand in the answer of an FAQ entry, where none stands in its questions: what one says
in passing of 客服 does not tell when they are there."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A fact, and how well it fits the question, from 0 to 1."""

    fact: Fact
    score: float
    coverage: float
    """Share of the question the fact speaks to."""


@dataclass(frozen=True, slots=True)
class _Entry:
    fact: Fact
    question: str
    asked: Terms
    told: Terms


class Index:
    """The searchable facts of one product at one moment. Immutable once built."""

    def __init__(self, product: Product, facts: Sequence[Fact]) -> None:
        self._ignore = own_names(product)
        self._entries = list(_entries(product, facts, self._ignore))
        self._known = frozenset(term for entry in self._entries for side in (entry.asked, entry.told) for term in side)
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        self._database.execute("CREATE VIRTUAL TABLE entries USING fts5(asked, told, tokenize = 'unicode61')")
        self._database.executemany(
            "INSERT INTO entries(rowid, asked, told) VALUES (?, ?, ?)",
            [(row, _row(entry.asked), _row(entry.told)) for row, entry in enumerate(self._entries)],
        )

    def close(self) -> None:
        """Free the index."""
        self._database.close()

    def search(self, question: str, limit: int = 6) -> list[Hit]:
        """The facts that fit, best first, each once. Takes any text; an empty list where nothing fits."""
        question = fold(bounded(question, MAX_TEXT))
        wanted = terms(question, self._ignore)
        if not wanted:
            return []
        best: dict[str, Hit] = {}
        for entry in self._candidates(wanted):
            hit = self._score(entry, question, wanted)
            if hit.coverage > 0 and hit.score > best.get(hit.fact.id, hit).score - 1e-9:
                best[hit.fact.id] = hit
        return sorted(best.values(), key=lambda hit: (-hit.score, hit.fact.id))[:limit]

    def _candidates(self, wanted: Terms) -> Iterable[_Entry]:
        match = " OR ".join(f'"{_quoted(term)}"' for term in wanted)
        rows = self._database.execute(
            "SELECT rowid FROM entries WHERE entries MATCH ? ORDER BY bm25(entries, 2.0, 1.0), rowid LIMIT ?",
            (match, CANDIDATES),
        )
        return [self._entries[row] for (row,) in rows]

    def _score(self, entry: _Entry, question: str, wanted: Terms) -> Hit:
        covered = total = strays = 0.0
        support = 0 if ".faq." in entry.fact.id else LEAST
        for term, weight in _weighted(wanted):
            if term not in self._known and not term.startswith("cq"):
                strays += weight
                continue
            total += weight
            stands = _standing(term, entry)
            support += LEAST * (stands == 1.0) + (stands > 0.0)
            covered += weight * stands
        if wanted.concepts & entry.asked.concepts:
            strays = min(strays, STRAY_WORDS)
        coverage = covered / (total + strays) if covered and support >= LEAST else 0.0
        asked = sum(weight for _, weight in _weighted(entry.asked)) or 1.0
        shared = sum(weight for term, weight in _weighted(entry.asked) if term in set(wanted))
        likeness = fuzz.ratio(question, entry.question) / 100
        return Hit(entry.fact, 0.75 * coverage + 0.1 * shared / asked + 0.15 * likeness, coverage)


class Library:
    """Indexes of the products in play, made on first use; a changed sheet or promotion makes a new one."""

    def __init__(self, size: int = 64) -> None:
        self._size = size
        self._indexes: OrderedDict[tuple[Fact, ...], Index] = OrderedDict()

    def index(self, product: Product, wall: datetime) -> Index:
        """The index of what may be said of ``product`` at ``wall``."""
        facts = product.facts_in_force(wall)
        found = self._indexes.pop(facts, None) or Index(product, facts)
        self._indexes[facts] = found
        while len(self._indexes) > self._size:
            self._indexes.popitem(last=False)[1].close()
        return found

    def close(self) -> None:
        """Free every index."""
        while self._indexes:
            self._indexes.popitem()[1].close()


def own_names(product: Product) -> tuple[str, ...]:
    """What people call the product, folded: words that do not tell one question about it from another."""
    return tuple(dict.fromkeys((*map(fold, (product.name, *product.aliases)), *names_of(product))))


def _entries(product: Product, facts: Sequence[Fact], ignore: tuple[str, ...]) -> Iterable[_Entry]:
    for fact in facts:
        key = fact.id.removeprefix(f"{product.id}.")
        told = terms(fact.text, ignore)
        if key.startswith("faq."):
            for question in product.faq[int(key.removeprefix("faq."))].questions:
                yield _Entry(fact, fold(question), terms(question, ignore), told)
        elif key.startswith("facts."):
            yield _Entry(fact, fold(fact.topic), _topic(fact.topic), told)
        elif fact.kind in SPOKEN_AS_TOLD or key.startswith(
            "shop."
        ):  # short, and asked for by any of its words: 有滤杯吗
            topic = _topic(fact.topic)
            asked = Terms(topic.concepts | told.concepts, topic.words | told.words)
            yield _Entry(fact, fold(fact.topic), asked, told)


def _topic(topic: str) -> Terms:
    """The terms of a topic; what is in a pack is asked for by its weight or volume too."""
    found = terms(topic)
    more = {"weight", "capacity"} if "netcontent" in found.concepts else set()
    return Terms(found.concepts | more, found.words)


def _weighted(side: Terms) -> Iterable[tuple[str, float]]:
    for term in side:
        if term.startswith("cq") and term[2:] in side.concepts:
            yield term, PASSING.get(term[2:], CONCEPT_WEIGHT)
        else:
            yield term, WORD_WEIGHT if len(term) > 1 else CHARACTER_WEIGHT


def _standing(term: str, entry: _Entry) -> float:
    if term in set(entry.asked):
        return 1.0
    return IN_ANSWER if term in set(entry.told) else 0.0


def _row(side: Terms) -> str:
    return " ".join(_quoted(term) for term in side)


def _quoted(term: str) -> str:
    """A term as FTS5 keeps it in one token: letters and digits only, so that no query syntax can hide in it."""
    return "".join(character if character.isalnum() else "x" for character in term)
