"""Prices that stand in the words of a sheet, held against the one its price key says: people change one and forget the
other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from host.core.errors import Finding
from host.core.findings import warned
from host.core.fold import fold
from host.core.product import Fact, Product
from host.mind.guard.carried import of_fact
from host.mind.quantities.roles import Role
from host.mind.quantities.units import Measure

_OF_PRICE = re.compile(r"价|多少钱|到手|只要|卖\d|\b(?:price|prices|priced|cost|costs|how much)\b")


def stale_prices(product: Product, wall: datetime) -> Iterator[Finding]:
    """Facts and answers that speak of the price and name none of those the sheet has now."""
    offers = [offer.price for offer in product.promotions if offer.price]
    known = {money.amount for money in (product.price, product.list_price, *offers) if money}
    for fact in product.facts_in_force(wall):
        key = fact.id.removeprefix(f"{product.id}.")
        if not key.startswith(("facts.", "faq.")) or not _OF_PRICE.search(fold(f"{_asked(product, key)} {fact.text}")):
            continue
        named = dict(_prices(fact, product))
        if named and not known & set(named):
            path, _, line = fact.source.rpartition(":")
            amount = next(iter(named.values()))
            yield warned("fact_other_price", path, int(line), amount=amount, price=str(product.price))


def _asked(product: Product, key: str) -> str:
    """The topic of a fact, or every wording of a question."""
    group, _, name = key.partition(".")
    return " ".join(product.faq[int(name)].questions) if group == "faq" else name


def _prices(fact: Fact, product: Product) -> Iterator[tuple[Decimal, str]]:
    """The amounts of a fact that are paid for a product, as they are written."""
    for quantity in of_fact(fact, product):
        for reading in quantity.readings:
            if reading.measure is Measure.MONEY and quantity.role is Role.PRICE and not quantity.bound:
                yield reading.value, quantity.text
