"""Which products a text speaks of: by link number, by name, or by a name misspelt.

Triage and the answerers read a comment through this, so that what is queued as a question about a product is answered
about the same one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from host.core.link_numbers import link_numbers
from host.core.product import Product
from host.core.product_names import misspelt, named


@dataclass(frozen=True, slots=True)
class Mentions:
    """The products a text speaks of; each part in the order of mention, each entry once."""

    called: tuple[Product, ...] = ()
    """By link number, which settles it."""
    named: tuple[Product, ...] = ()
    """By name, alias or kind, spelt right."""
    nowhere: tuple[int, ...] = ()
    """Link numbers that lead nowhere."""


def mentions(folded: str, products: Iterable[Product]) -> Mentions:
    """What a folded text speaks of. Total, and never more than the products there are."""
    products = tuple(products)
    by_link = {product.link: product for product in products}
    numbers = dict.fromkeys(link_numbers(folded))
    return Mentions(
        tuple(by_link[number] for number in numbers if number in by_link),
        tuple(named(folded, products)),
        tuple(number for number in numbers if number not in by_link),
    )


def mentioned(folded: str, products: Iterable[Product]) -> tuple[Product | None, int | None]:
    """The one product a folded comment is about, guessed from a misspelling too, and a link number that leads nowhere.

    A number settles it; of several numbers, or names, the first one does.
    """
    products = tuple(products)
    found = mentions(folded, products)
    if found.called:
        return found.called[0], None
    about = found.named[0] if found.named else misspelt(folded, products)
    return about, next(iter(found.nowhere), None)
