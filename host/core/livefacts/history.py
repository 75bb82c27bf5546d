"""What the journal knows of facts: a fold over its events, up to any second."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from host.core import journal_events as kinds
from host.core.journal_events import Event
from host.core.livefacts.checks import in_zone
from host.core.livefacts.values import VARIANTS, Values, money_of, offer_of, parted

KEYS_KEPT = 2000
"""Keys of changes that are known again; of more the oldest are forgotten."""


@dataclass
class Told:
    """What is on record of one product."""

    version: int = 0
    values: dict[str, Any] = field(default_factory=dict)
    """In force, from the sheet or laid over it."""
    beneath: dict[str, Any] = field(default_factory=dict)
    """Of those laid over the sheet: what the sheet said then."""
    since: str = ""
    """Since when, as ISO 8601."""
    by: str = ""

    def alter(self, update: Mapping[str, Any]) -> None:
        """Take up what an event tells: ``version``, ``values`` (None for one that is gone), and of those that are laid
        over the sheet what is ``beneath`` them."""
        self.version = int(update["version"])
        for key, value in update["values"].items():
            self.beneath.pop(key, None)
            self.values[key] = value
            if value is None:
                self.values.pop(key)
        self.beneath |= update["beneath"]


@dataclass(frozen=True, slots=True)
class Made:
    """A change that was made under a key."""

    print: str
    """Tells its content from another's."""
    product: str
    version: int


class Record:
    """The facts on record after the events added so far."""

    def __init__(self) -> None:
        self.products: dict[str, Told] = {}
        self.made: OrderedDict[str, Made] = OrderedDict()

    @classmethod
    def of(cls, events: Iterable[Event]) -> Record:
        """The record of a journal; what cannot be read of it is passed by."""
        record = cls()
        for event in events:
            if event.get("kind") == kinds.FACTS:
                with suppress(KeyError, TypeError, ValueError, AttributeError):
                    record.add(event)
        return record

    def add(self, event: Event) -> None:
        """One more event of the kind `FACTS`."""
        before = self.products
        if event["whole"]:
            self.products = {}
        for product, update in event["products"].items():
            known = self.products.setdefault(product, Told())
            version = before[product].version if product in before and event["whole"] else known.version
            known.alter(update)
            if version != known.version:
                known.by, known.since = event["by"], event["wall"]
            elif product in before:
                known.by, known.since = before[product].by, before[product].since
        if event.get("key"):
            (product,) = event["made"]
            self.note(event["key"], Made(event["print"], product, int(event["made"][product])))

    def note(self, key: str, made: Made) -> None:
        """A change was made under a key."""
        self.made[key] = made
        while len(self.made) > KEYS_KEPT:
            self.made.popitem(last=False)


def facts_at(events: Iterable[Event], product: str, wall: datetime) -> dict[str, Any] | None:
    """What was in force of a product at ``wall``, by a journal's events, oldest first; None where it tells nothing of
    it then. `in_force` has the fields."""
    told = Record.of(event for event in events if _by_then(event, wall)).products.get(product)
    return in_force(product, told, wall) if told else None


def _by_then(event: Event, wall: datetime) -> bool:
    try:
        return in_zone(datetime.fromisoformat(event["wall"]), wall) <= wall
    except (KeyError, TypeError, ValueError):
        return False


def in_force(product: str, told: Told, wall: datetime) -> dict[str, Any]:
    """What is in force at ``wall`` of what is on record.

    ``id``, ``version`` with its ``since`` and ``by``, ``at``, ``price_in_force`` (what one piece costs), the values,
    of whose offers only those that stand are left, and ``live``: which of them are laid over the sheet's.
    """
    values, standing = nested(told.values), []
    for offer in values.pop("promotions", []):
        with suppress(KeyError, ValueError, ArithmeticError):
            if offer_of(offer).in_force(wall):
                standing.append(offer)
    prices = [money_of(told.values["price"]), *(money_of(each.get("price")) for each in _of_all(standing))]
    for holder in (values, *values.get(VARIANTS, {}).values()):
        sale = holder.get("sale")
        if sale and not offer_of({"text": "", **sale}).in_force(wall):
            holder.pop("sale")
    if sale := values.get("sale"):
        prices.append(money_of(sale["price"]))
    lowest = min((price for price in prices if price), key=lambda money: money.amount)
    return {
        "id": product, "version": told.version, "at": wall.isoformat(), "since": told.since, "by": told.by,
        "price_in_force": f"{lowest.amount.normalize():f} {lowest.currency}", **values, "promotions": standing,
        "live": sorted(told.beneath),
    }  # fmt: skip


def _of_all(offers: Iterable[Mapping[str, Any]]) -> Iterable[Mapping[str, Any]]:
    """The offers that are for every variant."""
    return (offer for offer in offers if not offer.get("variants"))


def nested(values: Values) -> dict[str, Any]:
    """Flat values as they are sent: ``{"price": …, "variants": {"xl": {"stock": 0}}}``."""
    tree: dict[str, Any] = {}
    for key, value in values.items():
        variant, name = parted(key)
        holder = tree.setdefault(VARIANTS, {}).setdefault(variant, {}) if variant else tree
        holder[name] = value
    return tree
