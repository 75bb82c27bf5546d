"""The variants of a product: ids, what is said of each, and what in them contradicts."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from host.core.fold import fold
from host.core.product import FactKind, Money
from host.core.variants import Variant
from host.show.build import PLACEHOLDER, Site
from host.show.direction import BadDirection, inside
from host.show.model import VariantEntry

MOST_NAMED = 5
"""Variants that one finding names."""
_NOT_IN_IDS = re.compile(r"[\s./\\]+")


@dataclass(frozen=True, slots=True)
class Whole:
    """What the sheet says of the product as a whole."""

    price: Money
    list_price: Money | None
    stock: int | None


def variants(entries: Sequence[VariantEntry], whole: Whole, site: Site) -> tuple[Variant, ...]:
    """The variants of a sheet. A text in their place is said as it stands."""
    made: dict[int, Variant] = {}
    names: dict[str, int] = {}
    ids: set[str] = set()
    for index, entry in enumerate(entries):
        if entry.text and not entry.name:
            site.tell("variants", FactKind.VARIANT, entry.text)
        elif not entry.name:
            site.lacks("variants", index, "name")
        elif (first := names.setdefault(fold(entry.name), index)) != index:
            site.refuse("variant_twice", "variants", index, name=entry.name, first=site.line("variants", first))
        else:
            variant = made[index] = _variant(entry, _free(entry.id or slug(entry.name), ids), index, site)
            ids.add(variant.id)
            _note_lines(variant, index, site)
            _check(variant, whole, index, site)
    _together(made, whole, site)
    return tuple(made.values())


def slug(name: str) -> str:
    """A name as part of a key: without spaces, dots and slashes."""
    return _NOT_IN_IDS.sub("-", name.strip())[:64].strip("-") or PLACEHOLDER


def _free(wanted: str, taken: Collection[str]) -> str:
    """An id that no other has."""
    numbered = (f"{wanted}-{number}" if number > 1 else wanted for number in count(1))
    return next(each for each in numbered if each not in taken)


def _variant(entry: VariantEntry, variant_id: str, index: int, site: Site) -> Variant:
    image = ""
    if entry.image:
        try:
            image = str(inside(site.path.parent, entry.image))
        except BadDirection as error:
            line = site.line("variants", index, "image")
            site.findings.append(error.at(site.document.path, line, f"variants.#{index + 1}.image"))
    return Variant(variant_id, entry.name or "", dict(entry.options), entry.price, entry.list_price, entry.stock,
                   image, dict(entry.facts))  # fmt: skip


def _note_lines(variant: Variant, index: int, site: Site) -> None:
    at = f"variants.{variant.id}"
    site.lines[at] = site.line("variants", index)
    for key in ("price", "list_price", "stock", "image"):
        site.lines[f"{at}.{key}"] = site.line("variants", index, key)
    for topic in variant.facts:
        site.lines[f"{at}.facts.{topic}"] = site.line("variants", index, "facts", topic)


def _check(variant: Variant, whole: Whole, index: int, site: Site) -> None:
    """Tell of prices of one variant that contradict."""
    if "price" in site.broken:
        return
    prices = [("price", variant.price), ("list_price", variant.list_price)]
    if wrong := next((key for key, money in prices if money and money.currency != whole.price.currency), ""):
        site.refuse("price_currencies", "variants", index, wrong, key=f"variants.#{index + 1}.{wrong}")
        return
    listed, price = variant.list_price or whole.list_price, variant.price or whole.price
    if (variant.price or variant.list_price) and listed and price.amount > listed.amount:
        details = {"name": variant.name, "price": str(price), "list_price": str(listed)}
        # A larger pack may cost more than the list price of the smaller one, which then is none of its own
        tell = site.refuse if variant.list_price else site.warn
        tell("variant_above_list", "variants", index, "price", **details)


def _together(made: Mapping[int, Variant], whole: Whole, site: Site) -> None:
    """Tell of what the variants leave open, and of what they say against the sheet as a whole."""
    if lacking := {index: each.name for index, each in made.items() if each.stock is None}:
        names = [*lacking.values()][:MOST_NAMED]
        site.warn("variants_no_stock", "variants", next(iter(lacking)), names=names, more=len(lacking) - len(names))
    elif made and whole.stock is not None and whole.stock != (total := sum(each.stock or 0 for each in made.values())):
        site.warn("stock_differs", "stock", stock=whole.stock, total=total)
    priced = bool(made) and "price" not in site.broken and all(each.price for each in made.values())
    if priced and whole.price not in [e.price for e in made.values()]:
        prices = [str(each.price) for each in made.values()][:MOST_NAMED]
        site.warn("price_of_no_variant", "price", price=str(whole.price), prices=prices)
