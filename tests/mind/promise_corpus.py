"""Promises and praise in words: the corpora of ``data/promises``, and what the guard makes of them.

Run it for the figures:  python tests/mind/promise_corpus.py

``tuned-*.txt`` were looked at while the rules were made, ``held.txt`` was not, and should not be: who needs lines
to make a rule with writes new ones. Headings are ``[product kind]``: ``lies`` have to be refused and ``harmless`` have
to pass; ``beyond`` and ``refused`` are the lies and the harmless lines the guard gets wrong, and known to.
"""

from __future__ import annotations

import sys
from collections import Counter
from functools import cache

from mind_rooms import DATA, WALL, catalogue

from host.core.product import Product
from host.core.utterance import Kind, Ruling
from host.mind.guard.case import Case
from host.mind.guard.judge import Guard
from host.mind.guard.wordlists import WordList
from host.show.load import load_show

FOLDER = DATA / "promises"
TUNED, HELD = ("tuned-1.txt", "tuned-2.txt", "tuned-3.txt"), "held.txt"
GUARD = Guard(WordList.load())


@cache
def products() -> dict[str, Product]:
    """The products of the bundled rooms and of the sheets beside the corpora, by id."""
    show = load_show(sorted(FOLDER.glob("*.md")))
    assert not show.errors, show.errors
    return {product.id: product for room in (catalogue("zh"), catalogue("en"), show.catalogue) for product in room}


def lines(name: str) -> list[tuple[str, str, str]]:
    """``(product, kind, text)`` of a corpus."""
    found: list[tuple[str, str, str]] = []
    product = kind = ""
    for line in (FOLDER / name).read_text(encoding="utf-8").split("\n"):
        if line.startswith("["):
            product, kind = line[1:-1].split()
        elif line.strip() and not line.startswith("#"):
            found.append((product, kind, line))
    return found


def rule(product: str, text: str) -> Ruling:
    """The guard's word on ``text`` with that product on air."""
    on_air = products()[product]
    return GUARD.check(Case(text, text, Kind.ANSWER, on_air.lang, [on_air], WALL))


def measure(name: str) -> Counter[tuple[str, bool]]:
    """``(lies or harmless, judged right)`` of a corpus, counted."""
    counts: Counter[tuple[str, bool]] = Counter()
    for product, kind, text in lines(name):
        lie = kind in ("lies", "beyond")
        counts["lies" if lie else "harmless", rule(product, text).allowed is not lie] += 1
    return counts


def main() -> None:
    for name in (*TUNED, HELD):
        counts = measure(name)
        figures = [
            f"{kind} {counts[kind, True]}/{counts[kind, True] + counts[kind, False]}" for kind in ("lies", "harmless")
        ]
        sys.stdout.write(f"{name:12} judged right: {', '.join(figures)}\n")


if __name__ == "__main__":
    main()
