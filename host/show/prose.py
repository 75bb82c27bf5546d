"""Facts in prose whose topic is one that sheets have a typed entry for: 产地, 质保, ``warranty``. They keep their ids
and words; what of them can be read without a doubt is the product's attribute as well."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from host.core.product import FactKind, Product, Warranty
from host.show.keys import KEYS, canonical
from host.show.ranges import period

_KINDS = {
    "included": FactKind.INCLUDED, "not_included": FactKind.EXCLUDED, "sold_separately": FactKind.EXTRA,
    "warranty": FactKind.WARRANTY, "certificates": FactKind.CERTIFICATE, "origin": FactKind.ORIGIN,
    "care": FactKind.CARE, "audience": FactKind.AUDIENCE, "works_with": FactKind.COMPATIBILITY,
    "not_with": FactKind.COMPATIBILITY, "batches": FactKind.BATCH, "shelf_life": FactKind.BATCH,
    "size_chart": FactKind.SIZE, "shipping": FactKind.SHIPPING, "returns": FactKind.RETURNS,
    "invoice": FactKind.SERVICE, "hours": FactKind.SERVICE, "address_change": FactKind.SERVICE,
    "couriers": FactKind.SHIPPING, "regions": FactKind.SHIPPING, "exceptions": FactKind.SHIPPING,
}  # fmt: skip
_PERIODS = re.compile(r"\d{1,3}(?:\.\d)?[ -]?(?:个月|年|months?|years?)|[一两二三四五六七八九十]{1,3}(?:个月|年)|半年")
_LONGEST_PLACE = 24
"""Characters of a place; more is a sentence about it."""


def kinds(facts: Mapping[str, str]) -> dict[str, FactKind]:
    """What those facts tell of whose topic says so."""
    told = {topic: _KINDS.get(KEYS.get(canonical(topic), "")) for topic in facts}
    return {topic: kind for topic, kind in told.items() if kind}


def with_prose(product: Product) -> Product:
    """The product with what its facts in prose say, where no typed entry says it."""
    by_key = {KEYS.get(canonical(topic), ""): text for topic, text in product.facts.items()}
    read: dict[str, Any] = {}
    if product.warranty is None and (months := _months(by_key.get("warranty", ""))):
        read["warranty"] = Warranty(months)
    if product.shelf_life is None and (months := _months(by_key.get("shelf_life", ""))):
        read["shelf_life"] = months
    if not product.origin and 0 < len(place := by_key.get("origin", "")) <= _LONGEST_PLACE:
        read["origin"] = place
    return replace(product, kinds=kinds(product.facts), **read)


def _months(text: str) -> int:
    """The one period that a text names; 0 where it names none, or several."""
    named = _PERIODS.findall(text)
    try:
        return period(named[0]) if len(named) == 1 else 0
    except ValueError:
        return 0
