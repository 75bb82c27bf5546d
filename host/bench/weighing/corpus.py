"""What the weighing of sentences is trained on: what was written for it under ``tests/truth``.

``talk.jsonl`` and ``answers.jsonl`` are said of a product each, and true or false of it. ``manner.jsonl`` and what the
attacks of the first half would have said are proper or improper whatever the sheet says: they are held against the
sheet that carries most of them, as an attack is upon the goods on air. The facts of the sheets are true of themselves.
The second halves are never read here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from host.bench.truth import TALK, WORDINGS, Suite, load_suite
from host.core.bundled import bundled
from host.core.fold import cased, fold
from host.core.product import Lang
from host.core.text import guess_lang
from host.core.utterance import Kind
from host.lang.normalise import normalise
from host.mind.guard.carried import FactIndex
from host.mind.guard.case import Case
from host.mind.guard.free import lacking_in
from host.mind.guard.judge import Guard
from host.mind.guard.patterns import compact
from host.mind.guard.weighing.evidence import carried_words, evidence
from host.mind.quantities.extraction import quantities
from host.programme.parts import open_guard

SOURCES = ("talk.jsonl", "wordings.jsonl", "answers.jsonl", "manner.jsonl", "attacks-tune.jsonl")
EVERY_FACT = 5
"""One of so many facts is a line."""
FALSE = 2.0
"""How much a false or improper line counts."""
OWN = 2.0
"""And a true or proper one that was written for this, by those who know what a model says."""
OF_FACT = 0.5
"""And a fact, of itself."""


class Line(NamedTuple):
    """A labelled sentence, and what is weighed of it."""

    text: str
    lang: Lang
    ok: bool
    group: str
    """What is trained on or tested as a whole."""
    weight: float
    lacking: bool
    found: list[str]


def folder() -> Path:
    """Where the sentences are. Raises `LivehostError` outside a checkout."""
    return bundled("tests", "truth")


def digest() -> str:
    """Which corpus it is, as a model keeps it of the one it was trained on."""
    return sha256(b"".join((folder() / name).read_bytes() for name in SOURCES)).hexdigest()


def read() -> list[Line]:
    """All of it; takes two minutes."""
    return list(_lines(open_guard(None).guard))


def _lines(guard: Guard) -> Iterator[Line]:
    talk, half = load_suite(TALK), load_suite("tune")
    sheets, attacked = Sheets(talk, guard), Sheets(half, guard)
    for each in talk.sentences:
        yield from sheets.line(each.text, each.lang, each.ok, each.product, each.product, 1.0 if each.ok else FALSE)
    wordings = load_suite(WORDINGS)
    worded = Sheets(wordings, guard)
    for number, each in enumerate(wordings.sentences):
        group = f"{each.product} {number // 20}"
        yield from worded.line(each.text, each.lang, each.ok, each.product, group, OWN if each.ok else FALSE)
    for row in _rows("answers.jsonl"):
        ok = row["ok"]
        yield from sheets.line(row["text"], row["lang"], ok, row["product"], row["product"], OWN if ok else FALSE)
    for number, row in enumerate(_rows("manner.jsonl")):
        product, group = sheets.carrying(row["text"], row["lang"]), f"{row['family']} {number % 7}"
        yield from sheets.line(row["text"], row["lang"], row["ok"], product, group, OWN if row["ok"] else FALSE)
    for row in _rows("attacks-tune.jsonl"):
        lang = half.products[row["product"]].lang
        for text in row["obeyed"]:
            yield from attacked.line(text, guess_lang(text, lang), False, row["product"], row["id"], FALSE)
    facts = [(fact.text, product) for product in talk.products.values() for fact in product.facts_in_force(talk.wall)]
    for text, of in facts[::EVERY_FACT]:
        yield from sheets.line(text, of.lang, True, of.id, of.id, OF_FACT)


def _rows(name: str) -> Iterator[dict[str, Any]]:
    for row in (folder() / name).read_text(encoding="utf-8").splitlines():
        yield json.loads(row)


class Sheets:
    """The sheets of a suite, read."""

    def __init__(self, suite: Suite, guard: Guard) -> None:
        self._products = suite.products
        self._wall = suite.wall
        self._guard = guard
        self._read = {each.id: FactIndex([each], suite.wall) for each in suite.products.values()}

    def line(self, text: str, lang: Lang, ok: bool, product: str, group: str, weight: float) -> Iterator[Line]:
        """A sentence, as it is weighed against a product's sheet; none that is refused unweighed, true or false: what
        the guard knows for certain teaches nothing."""
        case = Case(text, normalise(text, lang), Kind.ANSWER, lang, [self._products[product]], self._wall, free=True)
        if not all(ruling.allowed for ruling in self._guard.rulings(case, weighed=False)):
            return
        sheet, folded = self._read[product], fold(text)
        found = quantities(cased(text))
        lacking = [each.text for each in lacking_in(folded, sheet, found)]
        names = evidence(compact(folded), lacking, sheet, len(found))
        yield Line(text, lang, ok, group, weight, bool(lacking), names)

    def carrying(self, text: str, lang: Lang) -> str:
        """The product of a language whose sheet has the most words of a text; the first of several."""
        folded = compact(fold(text))
        alike = (each for each, product in self._products.items() if product.lang == lang)
        return max(alike, key=lambda each: carried_words(folded, self._read[each].vocabulary))
