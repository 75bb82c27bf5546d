"""Which facts carry a quantity: the same value, in the same or an exactly convertible unit, in the same part.

A stock of 236 does not carry 236元, a list price does not carry the price to pay, 满300 does not carry 300元, and
sums or differences are inferred elsewhere (`host.mind.proof`), but for what is saved against the list price.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cached_property

from host.core.fold import cased, fold
from host.core.product import Fact, Product
from host.mind.guard.vocabulary import Vocabulary, vocabulary_of
from host.mind.quantities.bounds import holds
from host.mind.quantities.extraction import quantities
from host.mind.quantities.quantity import Quantity, Reading
from host.mind.quantities.roles import Role
from host.mind.quantities.units import GENERIC, STOCKED, Measure

_STOCK = "*stock"
_GAP = 4
"""Characters between the two ends of a range."""
_NUMBER = re.compile(r"\d++(?:\.\d++)?+")


@dataclass(frozen=True, slots=True)
class Carried:
    """A quantity of a fact."""

    fact: str
    product: str
    quantity: Quantity


_WITH_A_UNIT = (Measure.PHYSICAL, Measure.DURATION, Measure.COUNT, Measure.PERCENT, Measure.NUMBER, Measure.CODE)
"""What a number may have been meant to be: 8折 says nothing of 8级."""


class FactIndex:
    """The facts in force of some products, ready to be compared with."""

    def __init__(self, products: Sequence[Product], wall: datetime) -> None:
        self.products = tuple(products)
        self.facts: tuple[Fact, ...] = tuple(fact for product in products for fact in product.facts_in_force(wall))
        self.folded = {
            fact.id: fold(f"{fact.topic}: {fact.text}" if ".facts." in fact.id else fact.text) for fact in self.facts
        }
        self._index: dict[tuple[Measure, Decimal], list[Carried]] = {}
        for product in products:
            self._add_product(product, wall)
        self._savings = [saving for product in products for saving in _savings(product, wall)]
        self.payable = {product.id: product.price_in_force(wall).amount for product in products}
        self._offering = {product.id for product in products if product.promotions_in_force(wall)}
        self._regular = {product.id: (product.price.amount, f"{product.id}.price") for product in products}

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of the facts, for the law of free speech."""
        return vocabulary_of(self.folded.values(), self.products)

    def evidence(
        self, quantity: Quantity, beside: Sequence[Quantity] = (), only: Iterable[str] = ()
    ) -> tuple[str, ...]:
        """Ids of facts that carry ``quantity``, empty if none does.

        ``beside`` are the other quantities of the text; ``only`` restricts to some products' facts.
        """
        allowed = frozenset(only) or frozenset(product.id for product in self.products)
        for reading in quantity.readings:
            if found := self._carrying(quantity, reading, beside, allowed):
                return found
        return ()

    def elsewhere(self, quantity: Quantity) -> str:
        """How the facts write a number that they do not carry as it was said: with a unit, or with another one."""
        said = _NUMBER.search(quantity.text)
        counted = (each.quantity for found in self._index.values() for each in found
                   if each.quantity.readings[0].measure in _WITH_A_UNIT)  # fmt: skip
        for known in (each.text.strip() for each in counted):
            written = _NUMBER.search(known)
            if said and written and said[0] == written[0] != known and known != quantity.text.strip():
                return known
        return ""

    def _add_product(self, product: Product, wall: datetime) -> None:
        for fact in product.facts_in_force(wall):
            for quantity in of_fact(fact, product):
                self._add(fact, quantity)
        for alias in product.aliases:
            for quantity in quantities(cased(alias), product.price.currency):
                self._insert(f"{product.id}.name", product.id, quantity)
        for index, offer in enumerate(product.promotions):
            if offer.in_force(wall):
                for moment in (offer.starts, offer.ends):
                    for reading in _moments(moment):
                        found = Quantity((reading,), reading.unit, 0, 0)
                        self._insert(f"{product.id}.promotions.{index}", product.id, found)

    def _add(self, fact: Fact, quantity: Quantity) -> None:
        self._insert(fact.id, fact.product, quantity)

    def _insert(self, fact: str, product: str, quantity: Quantity) -> None:
        for reading in quantity.readings:
            self._index.setdefault((reading.measure, reading.value), []).append(Carried(fact, product, quantity))
            if reading.measure is Measure.DATE:
                self._index.setdefault((Measure.DATE, Decimal(-1)), []).append(Carried(fact, product, quantity))

    def _carrying(
        self, quantity: Quantity, reading: Reading, beside: Sequence[Quantity], allowed: frozenset[str]
    ) -> tuple[str, ...]:
        if reading.measure is Measure.MONEY:
            return self._money(quantity, reading, beside, allowed)
        found = [
            candidate
            for measure, value in _alike(reading)
            for candidate in self._index.get((measure, value), ())
            if (candidate.product in allowed or reading.measure is Measure.LINK)
            and any(_same(reading, other) for other in candidate.quantity.readings)
            and _same_thing(quantity, candidate.quantity)
            and (quantity.aspect == candidate.quantity.aspect or not quantity.aspect or not candidate.quantity.aspect)
            and (
                holds(quantity.bound, candidate.quantity.bound)
                or (candidate.quantity.bound == "from" and self._is_both(quantity, candidate, beside))
            )
        ]
        return tuple(dict.fromkeys(candidate.fact for candidate in found))

    def _is_both(self, low: Quantity, known: Carried, beside: Sequence[Quantity]) -> bool:
        """Whether the end of a range is said, too, whose beginning a quantity is: 近的两天，远的四天 of 2到4天."""
        ends = [
            (reading.measure, reading.value, reading.unit)
            for other in beside
            if other.start > low.start
            for reading in other.readings
        ]
        return any(
            other.fact == known.fact and 0 <= other.quantity.start - known.quantity.end <= _GAP
            for measure, value, unit in ends
            for other in self._index.get((measure, value), ())
            if any(each.unit == unit for each in other.quantity.readings)
        )

    def _money(
        self, quantity: Quantity, reading: Reading, beside: Sequence[Quantity], allowed: frozenset[str]
    ) -> tuple[str, ...]:
        if quantity.role is Role.SAVING and not quantity.bound:
            for product, saved, unit, evidence in self._savings:
                if product in allowed and saved == reading.value and unit == reading.unit:
                    return evidence
        found = []
        for candidate in self._index.get((Measure.MONEY, reading.value), ()):
            if candidate.product not in allowed or not holds(quantity.bound, candidate.quantity.bound):
                continue
            if not any(other.unit == reading.unit for other in candidate.quantity.readings):
                continue
            if self._role_holds(quantity.role, candidate, beside):
                found.append(candidate.fact)
        return tuple(dict.fromkeys(found))

    def _role_holds(self, role: Role, candidate: Carried, beside: Sequence[Quantity]) -> bool:
        if role is candidate.quantity.role:
            return True
        regular, _ = self._regular[candidate.product]
        payable = self.payable[candidate.product]
        if role is Role.LIST:  # with a promotion in force, the price is what it usually costs
            return candidate.fact.endswith(".price") and (payable < regular or candidate.product in self._offering)
        if role is Role.PRICE and candidate.quantity.role is Role.LIST:  # 129 beside 79: the viewer hears both
            return any(
                other.role is Role.PRICE and reading.measure is Measure.MONEY and reading.value == payable
                for other in beside
                for reading in other.readings
            )
        return False


class FactIndexes:
    """Indexes lately built, so that a sentence costs no new reading of every fact.

    Products are immutable, and which offers stand is part of the key: a kept sheet says what a new one would.
    """

    def __init__(self, keep: int = 32) -> None:
        self._keep = keep
        self._kept: OrderedDict[tuple[object, ...], FactIndex] = OrderedDict()

    def of(self, products: Sequence[Product], wall: datetime) -> FactIndex:
        """The sheet of ``products`` at ``wall``."""
        key = tuple((id(item), *(offer.in_force(wall) for offer in item.promotions)) for item in products)
        sheet = self._kept.pop(key, None) or FactIndex(products, wall)
        self._kept[key] = sheet  # it holds its products, so that no other gets one of these ids
        while len(self._kept) > self._keep:
            self._kept.popitem(last=False)
        return sheet


def of_fact(fact: Fact, product: Product) -> Iterable[Quantity]:
    """Every quantity a fact of ``product`` carries."""
    text, currency = cased(fact.text), product.price.currency
    if fact.topic == "link" and fact.id == f"{product.id}.link":
        yield Quantity((Reading(Measure.LINK, Decimal(product.link)),), text, 0, len(text))
        return
    if fact.topic == "stock" and fact.id == f"{product.id}.stock":
        yield Quantity((Reading(Measure.COUNT, Decimal(product.stock or 0), _STOCK),), text, 0, len(text))
        return
    money = {
        f"{product.id}.price": (product.price, Role.PRICE),
        f"{product.id}.list_price": (product.list_price, Role.LIST),
    }
    if fact.id.endswith(".stock") and (number := _NUMBER.search(text)):
        yield Quantity((Reading(Measure.COUNT, Decimal(number.group()), _STOCK),), text, 0, len(text))
        return
    amount, role = money.get(fact.id, (None, Role.PRICE))
    if amount is not None:
        reading = Reading(Measure.MONEY, amount.amount, amount.currency)
        yield Quantity((reading,), text, 0, len(text), role=role)
        return
    offers = {f"{product.id}.promotions.{index}": offer for index, offer in enumerate(product.promotions)}
    if offer := offers.get(fact.id):
        text = cased(offer.text)
        if offer.price is not None:
            yield Quantity((Reading(Measure.MONEY, offer.price.amount, offer.price.currency),), text, 0, len(text))
    yield from quantities(text, currency)
    if fact.id.startswith(f"{product.id}.facts."):
        topic = cased(fact.topic)
        # 容量(ml): 500, 运费: 10元
        if text.replace(".", "").isdigit():
            unit = topic[topic.rfind("(") + 1 :].rstrip(")") if "(" in topic else ""
            yield from quantities(text + unit, currency)
        yield from quantities(f"{topic}{text}" if text[:1] > "一" or topic[-1:] > "一" else f"{topic} {text}", currency)


def _savings(product: Product, wall: datetime) -> Iterable[tuple[str, Decimal, str, tuple[str, ...]]]:
    """``(product, saved, currency, evidence)``: list price less what is paid now, and price less promotion price."""
    pairs = [(product.list_price, f"{product.id}.list_price"), (product.price, f"{product.id}.price")]
    paid = [(product.price, f"{product.id}.price")]
    paid += [(offer.price, f"{product.id}.promotions.{index}") for index, offer in enumerate(product.promotions)
             if offer.price and offer.in_force(wall)]  # fmt: skip
    lowest = min(paid, key=lambda entry: entry[0].amount)
    for price, fact in pairs:
        if price is not None and price.amount > lowest[0].amount and price.currency == lowest[0].currency:
            yield product.id, price.amount - lowest[0].amount, price.currency, (fact, lowest[1])


def _moments(moment: datetime | None) -> Iterable[Reading]:
    """A promotion's bound as date and time of day; one that ends at midnight ends on the day before."""
    if moment is None:
        return
    days = [moment]
    if moment.hour == moment.minute == 0:
        days.append(moment - timedelta(days=1))
        yield Reading(Measure.CLOCK, Decimal(24 * 60), "min")
    yield Reading(Measure.CLOCK, Decimal(moment.hour * 60 + moment.minute), "min")
    for day in days:
        yield Reading(Measure.DATE, Decimal(day.year * 10000 + day.month * 100 + day.day), f"{day:%Y-%m-%d}")


def _alike(reading: Reading) -> Iterable[tuple[Measure, Decimal]]:
    """Where in the index facts that may carry ``reading`` lie."""
    if reading.measure is Measure.DATE:
        return [(Measure.DATE, Decimal(-1))]
    if reading.measure in (Measure.NUMBER, Measure.COUNT, Measure.CODE):
        return [(measure, reading.value) for measure in (Measure.NUMBER, Measure.COUNT, Measure.CODE)]
    return [(reading.measure, reading.value)]


def _same(said: Reading, known: Reading) -> bool:
    if said.measure is Measure.DATE:
        return known.measure is Measure.DATE and _date_within(said.unit, known.unit)
    if said.value != known.value:
        return False
    if said.measure is known.measure:
        return said.unit == known.unit or (said.measure is Measure.COUNT and _counts_alike(said.unit, known.unit))
    if said.measure is Measure.NUMBER and said.unit == "":
        return known.measure is Measure.CODE or (known.measure is Measure.COUNT and known.unit in (_STOCK, "x"))
    if said.measure is Measure.COUNT and said.unit == "x":
        return known.measure is Measure.COUNT
    return False


def _counts_alike(said: str, known: str) -> bool:
    if known == _STOCK:
        return said in STOCKED
    if "x" in (said, known):
        return said in STOCKED or said == "x"
    return said in GENERIC and known in GENERIC


def _same_thing(said: Quantity, known: Quantity) -> bool:
    """Whether two counts with everyday classifiers count one thing: 3种颜色 carries 三个颜色, not 三个杯盖."""
    one, other = said.readings[0], known.readings[0]
    if one.measure is not Measure.COUNT or other.measure is not Measure.COUNT or other.unit == _STOCK:
        return True
    if one.unit not in GENERIC:
        return True
    if not (said.noun and known.noun):
        return one.unit == other.unit
    return any(said.noun[at : at + 2] in known.noun for at in range(max(1, len(said.noun) - 1)))


def _date_within(said: str, known: str) -> bool:
    """Whether every part that is said is the known one: 11-11 within 2026-11-11."""
    if said.startswith("weekday") or known.startswith("weekday"):
        return said == known
    return all(part in ("*", other) for part, other in zip(said.split("-"), known.split("-"), strict=True))
