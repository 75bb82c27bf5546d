"""Which products a text speaks of: by link number, by name, or by a name misspelt.

Triage and the answerers read a comment through this, so that what is queued as a question about a product is answered
about the same one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from host.core.link_numbers import link_numbers, links_at
from host.core.product import Product
from host.core.product_names import misspelt, named, named_at


@dataclass(frozen=True, slots=True)
class Mention:
    """A place of a text, ``start:end``, that speaks of a product by its number or by a name."""

    start: int
    end: int
    product: Product


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


def mentions_at(folded: str, products: Iterable[Product]) -> list[Mention]:
    """Every place of a folded text that speaks of one of the products, in order."""
    products = tuple(products)
    by_link = {product.link: product for product in products}
    by_number = [(start, end, by_link[number]) for start, end, number in links_at(folded) if number in by_link]
    places = [*by_number, *named_at(folded, products)]
    return [Mention(*place) for place in sorted(places, key=lambda place: place[:2])]


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
