"""What was understood of a sheet, for its writer: every typed entry in a row, and what is said only as it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from host.core.offers import Promotion
from host.core.product import Product
from host.core.reason import Reason, data
from host.core.variants import Span, Variant

MOST = 6
"""Entries of one list that are shown."""
_LISTS = {"included": "included", "not_included": "excluded", "certificates": "certificates", "care": "care",
          "works_with": "works_with", "not_with": "not_with"}  # fmt: skip
_TYPED = ("variants", "size_chart", "promotions", "warranty", "shelf_life", "batches", "audience", "sold_separately",
          "origin", *_LISTS)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Understood:
    """One entry of a sheet as it was read."""

    key: str
    place: str
    """``path:line``."""
    what: str
    """A `Reason`."""


def understood(product: Product) -> list[Understood]:
    """Every typed entry of a product, those of its shop among them."""
    return [Understood(key, _place(key, product), what) for key, what in _entries(product)]


def as_data(product: Product) -> dict[str, Any]:
    """`understood` for JSON."""
    rows = [{"key": each.key, "place": each.place, "what": each.what, "why": data(each.what)} for each in
            understood(product)]  # fmt: skip
    return {"id": product.id, "name": product.name, "path": product.source, "entries": rows}


def _entries(product: Product) -> Iterator[tuple[str, str]]:
    if product.variants:
        yield "variants", _some([_variant(each) for each in product.variants])
    for row in product.size_chart.rows:
        cells = [f"{measure} {_span(span)}" for measure, span in row.spans.items()]
        yield f"size_chart.{row.size}", _some(cells)
    for index, offer in enumerate(product.promotions):
        yield f"promotions.{index}", _offer(offer)
    if product.warranty:
        covers, excludes = product.warranty.covers, product.warranty.excludes
        yield "warranty", Reason("read_warranty", months=product.warranty.months, covers=covers, excludes=excludes)
    if product.shelf_life:
        yield "shelf_life", Reason("read_months", months=product.shelf_life)
    for index, batch in enumerate(product.batches):
        yield f"batches.{index}", Reason("read_batch", made=batch.made.isoformat(), code=batch.code)
    if product.audience and (product.audience.min_age is not None or product.audience.max_age is not None):
        low, high = product.audience.min_age, product.audience.max_age
        yield "audience.ages", Reason("read_ages", low=_age(low), high=_age(high))
    for key, group in (("fit", "fit"), ("unfit", "unfit")):
        if items := getattr(product.audience, group, ()):
            yield f"audience.{key}", _some(items)
    for key, attribute in _LISTS.items():
        if items := getattr(product, attribute):
            yield key, _some(items)
    if product.origin:
        yield "origin", _some([product.origin])
    for index, extra in enumerate(product.extras):
        link = f"#{extra.link}" if extra.link else ""
        yield f"sold_separately.{index}", _some([" ".join(filter(None, (extra.name, str(extra.price or ""), link)))])
    yield from _only_said(product)


def _only_said(product: Product) -> Iterator[tuple[str, str]]:
    """What is told besides: service, which has no other type, and entries whose text was not read into theirs."""
    for detail in product.details:
        key = detail.key.partition(".")[0]
        if key not in _TYPED:
            yield detail.key, _some([detail.text])
        elif not _is_typed(key, product):
            yield detail.key, Reason("read_said", text=detail.text)


def _is_typed(key: str, product: Product) -> bool:
    attribute = {"sold_separately": "extras", **_LISTS}.get(key, key)
    held = getattr(product, attribute)
    return bool(held.rows if key == "size_chart" else held)


def _place(key: str, product: Product) -> str:
    """Where an entry stands: its own key, else the fact in prose it was read from."""
    if product.place(key).endswith(":0"):
        kinds = {str(kind): topic for topic, kind in product.kinds.items()}
        topic = kinds.get({"shelf_life": "batch"}.get(key, key), "")
        return product.place(f"facts.{topic}")
    return product.place(key)


def _variant(variant: Variant) -> str:
    stock = "" if variant.stock is None else f"×{variant.stock}"
    facts = [f"{topic} {text}" for topic, text in variant.facts.items()]
    return " ".join(filter(None, (variant.name, str(variant.price or ""), stock, *facts)))


def _offer(offer: Promotion) -> str:
    """The terms of an offer, and when it stands."""
    window = {"starts": f"{offer.starts:%Y-%m-%d %H:%M}" if offer.starts else "",
              "ends": f"{offer.ends:%Y-%m-%d %H:%M}" if offer.ends else ""}  # fmt: skip
    return Reason("read_offer", terms=offer.told or str(offer.price or ""), text=offer.text, **window)


def _age(months: int | None) -> str:
    """An age as it is read most easily; nothing where it is open."""
    return "" if months is None else f"{months // 12} y" if months % 12 == 0 else f"{months} mo"


def _span(span: Span) -> str:
    low, high = ("" if end is None else _number(end) for end in (span.low, span.high))
    return f"{low or '…'}–{high or '…'} {span.unit}" if low != high else f"{low} {span.unit}"


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _some(items: Sequence[str]) -> str:
    return Reason("read_some", items=list(items[:MOST]), more=max(0, len(items) - MOST))
