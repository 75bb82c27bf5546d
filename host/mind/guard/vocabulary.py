"""The words of some sheets: what a text that was written anew may be made of, besides plain speech."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from host.core.fold import fold
from host.core.product import Product
from host.lang.alike import groups
from host.lang.stems import root

LATIN = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")


@dataclass(frozen=True)
class Vocabulary:
    """The words of some sheets."""

    text: str
    """Every fact, name and question, folded."""
    roots: frozenset[str]
    """Of its Latin words."""
    groups: frozenset[int]
    """Of words of one meaning."""


def vocabulary_of(facts: Iterable[str], products: Iterable[Product]) -> Vocabulary:
    """The words of folded facts, and of their products' names and questions."""
    told = list(facts)
    for product in products:
        told += [fold(name) for name in (product.name, *product.aliases)]
        told += [fold(question) for entry in product.faq for question in entry.questions]
    text = "\n".join(told)
    return Vocabulary(text, frozenset(root(word) for word in LATIN.findall(text)), groups(text))
