"""A feed of prices and stock, read into changes: bytes in, values and findings out. Pure.

The columns of Google Merchant and of agentic commerce feeds are known, any others are named in the room file.

Most feeds hold a whole shop, of which a room sells a few things: rows of others are passed by. A row that is wrong is
named and left out, and what it was about stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from host.core.errors import Finding
from host.core.findings import found
from host.core.livefacts.reading import KNOWN_SHOWN, ValueReader
from host.core.livefacts.values import VARIANTS
from host.core.product import Catalogue, Product
from host.core.reason import Reason, reason_of
from host.show.feed_rows import Row, plain_name, rows_of

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "item_id", "sku", "offer_id"),
    "group": ("item_group_id", "group_id"),
    "price": ("price",),
    "list_price": ("list_price",),
    "sale_price": ("sale_price",),
    "sale_dates": ("sale_price_effective_date",),
    "sale_from": ("sale_price_start_date",),
    "sale_until": ("sale_price_end_date",),
    "availability": ("availability",),
    "quantity": ("quantity", "inventory_quantity", "sell_on_google_quantity", "stock"),
}
"""What a feed tells, and the columns that tell it, unless the room file names another."""

MOST_FOUND = 20
"""Wrong rows that are told of."""

_GONE = ("out_of_stock", "outofstock", "sold_out", "discontinued")
_THERE = ("in_stock", "instock", "limited_availability", "limitedavailability", "onlineonly")
_LATER = ("preorder", "pre_order", "backorder", "back_order", "unknown")


@dataclass(frozen=True)
class Mapped:
    """How a feed is read."""

    name: str
    """For findings."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """What it tells to the column that does, where that is none of `COLUMNS`."""
    items: Mapping[str, str] = field(default_factory=dict)
    """An id of the feed to ``product`` or ``product/variant``, where they are not called the same."""


@dataclass(frozen=True, slots=True)
class FeedRead:
    """What a feed says."""

    values: Mapping[str, Mapping[str, Any]]
    """By product, as a change has them."""
    findings: tuple[Finding, ...]
    """Of rows that are left out, `MOST_FOUND` at most."""
    left_out: int
    """How many those are."""
    rows: Mapping[str, int]
    """By product, the first row about it."""


@dataclass(frozen=True, slots=True)
class _Target:
    product: Product
    variant: str = ""

    def nested(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        return {VARIANTS: {self.variant: values}} if self.variant else values


def read_feed(data: bytes, mapped: Mapped, catalogue: Catalogue) -> FeedRead:
    """Read a feed for the products of a room. Raises `ValueError` with the `Reason` where it cannot be read at all, or
    tells of none of them."""
    reading = _Reading(mapped, catalogue)
    for row in rows_of(data):
        reading.take(row)
    if not reading.rows and not reading.findings:
        raise ValueError(Reason("feed_none_of_ours", ids=[product.id for product in catalogue][:20]))
    return FeedRead(reading.values, tuple(reading.findings), reading.left_out, reading.rows)


class _Reading:
    def __init__(self, mapped: Mapped, catalogue: Catalogue) -> None:
        self._mapped = mapped
        self._catalogue = catalogue
        self._variants: dict[str, list[_Target]] = {}
        for product in catalogue:
            for variant in product.variants:
                self._variants.setdefault(variant.id, []).append(_Target(product, variant.id))
        self._readers = {product.id: ValueReader(product) for product in catalogue}
        self._columns = {
            name: (plain_name(mapped.columns[name]),) if name in mapped.columns else columns
            for name, columns in COLUMNS.items()
        }
        self._variant_ids = {product.id: {each.id for each in product.variants} for product in catalogue}
        self._told_strange: set[str] = set()
        self._seen: dict[tuple[str, str], int] = {}
        self.values: dict[str, dict[str, Any]] = {}
        self.findings: list[Finding] = []
        self.left_out = 0
        self.rows: dict[str, int] = {}

    def take(self, row: Row) -> None:
        """One row. What is wrong in it is found, and nothing of it is taken."""
        cells = {name: self._cell(row, name) for name in COLUMNS} | {"tells_sales": self._tells_sales(row)}
        try:
            target = self._target(cells)
            if target is None:
                return
            if target.variant and target.variant not in self._variant_ids[target.product.id]:
                self._strange(row, target)
                return
            place = (target.product.id, target.variant)
            if self._seen.setdefault(place, row.number) != row.number:
                raise ValueError(Reason("feed_row_twice", id=str(cells["id"])[:100], first=self._seen[place]))
            values = dict(_values(cells, target))
            if values:
                self._readers[target.product.id].read(target.nested(values))
        except ValueError as error:
            self.left_out += 1
            if len(self.findings) < MOST_FOUND:
                self.findings.append(found("feed_row", self._mapped.name, row.number, why=reason_of(error)))
            return
        self.rows.setdefault(target.product.id, row.number)
        of_product = self.values.setdefault(target.product.id, {})
        if target.variant and values:
            of_product.setdefault(VARIANTS, {})[target.variant] = values
        else:
            of_product |= values

    def _strange(self, row: Row, target: _Target) -> None:
        """A variant that the sheet does not have: told of once for a product, which may have thousands."""
        self.left_out += 1
        if target.product.id not in self._told_strange:
            self._told_strange.add(target.product.id)
            known = [variant.id for variant in target.product.variants[:KNOWN_SHOWN]]
            why = Reason("live_no_variant", product=target.product.id, variant=target.variant[:100], known=known)
            self.findings.append(found("feed_row", self._mapped.name, row.number, why=why))

    def _cell(self, row: Row, name: str) -> Any:
        """A value of a row; None for an empty one."""
        for column in self._columns[name]:
            value = row.cells.get(column)
            if _filled(value):
                return value.strip() if isinstance(value, str) else value
        return None

    def _tells_sales(self, row: Row) -> bool:
        """Whether a row has a place for a reduced price, so that an empty one says that there is none."""
        return any(column in row.cells for column in self._columns["sale_price"])

    def _target(self, cells: Mapping[str, Any]) -> _Target | None:
        """What a row is about; None for what the room does not sell."""
        if cells["id"] is None:
            raise ValueError(Reason("feed_row_no_id"))
        name, group = str(cells["id"]), "" if cells["group"] is None else str(cells["group"])
        if name in self._mapped.items:
            product_id, _, variant = self._mapped.items[name].partition("/")
            product = self._catalogue.get(product_id)
            return _Target(product, variant) if product else None
        if product := self._catalogue.get(self._mapped.items.get(group, group)):
            return _Target(product, name if product.variants and name not in (group, product.id) else "")
        if product := self._catalogue.get(name):
            return _Target(product)
        several = self._variants.get(name, []) if not group else []
        return several[0] if len(several) == 1 else None


def _filled(value: Any) -> bool:
    return value is not None and not (isinstance(value, str) and not value.strip())


def _values(cells: Mapping[str, Any], target: _Target) -> Iterator[tuple[str, Any]]:
    """What a row says of its product or variant. Raises `ValueError`."""
    for name in ("price", "list_price"):
        if cells[name] is not None:
            yield name, _amount(cells[name])
    if cells["sale_price"] is not None:
        yield "sale", {"price": _amount(cells["sale_price"]), **_window(cells)}
    elif cells["tells_sales"] and _sold_at_less(target):
        yield "sale", None
    yield from _stock(cells, target)


def _sold_at_less(target: _Target) -> bool:
    """Whether there may be a reduced price of which a row that tells none is the end."""
    return any(offer.price and offer.variants == ((target.variant,) if target.variant else ())
               for offer in target.product.promotions)  # fmt: skip


def _amount(value: Any) -> Any:
    """An amount as it is written, also one in Google's ``{"value": "79.00", "currency": "USD"}``."""
    if isinstance(value, Mapping) and {"value", "currency"} <= value.keys():
        return f"{value['value']} {value['currency']}"
    return value


def _window(cells: Mapping[str, Any]) -> dict[str, str]:
    """When a reduced price holds: two moments with a slash between (ISO 8601), or in columns of their own."""
    starts, ends = cells["sale_from"], cells["sale_until"]
    if cells["sale_dates"] is not None:
        starts, slash, ends = str(cells["sale_dates"]).partition("/")
        if not slash:
            raise ValueError(Reason("feed_row_dates", text=str(cells["sale_dates"])[:100]))
    named = {"from": starts, "until": ends}
    return {name: str(moment).strip() for name, moment in named.items() if _filled(moment)}


def _stock(cells: Mapping[str, Any], target: _Target) -> Iterator[tuple[str, Any]]:
    quantity = None if cells["quantity"] is None else _count(cells["quantity"])
    there = None if cells["availability"] is None else _available(cells["availability"])
    if quantity is not None and there is not None and there != (quantity != 0):
        availability = str(cells["availability"])[:40]
        raise ValueError(Reason("feed_row_contradicts", availability=availability, quantity=quantity))
    if quantity is not None:
        yield "stock", quantity
    elif there is False:
        yield "stock", 0
    elif there and _now(target) == 0:
        yield "stock", None


def _now(target: _Target) -> int | None:
    variant = next((each for each in target.product.variants if each.id == target.variant), None)
    return variant.stock if variant else target.product.stock


def _count(value: Any) -> Any:
    """A number of pieces as feeds write it; what is none is left for whoever reads it to refuse."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if not isinstance(value, str):
        return value
    plain = value.replace(",", "").removesuffix(".0")
    return int(plain) if plain.removeprefix("-").isdecimal() and len(plain) < 12 else value


def _available(value: Any) -> bool | None:
    """Whether it can be bought now; None for what comes later."""
    if isinstance(value, bool):
        return value
    word = plain_name(str(value).rpartition("/")[2])
    if word in _GONE or word in _THERE:
        return word in _THERE
    if word in _LATER:
        return None
    known = [_THERE[0], _GONE[0], *_LATER[:2]]
    raise ValueError(Reason("feed_row_availability", text=str(value)[:100], known=known))
