"""Facts that contradict each other once a change is made: it is refused, and the last good facts stay."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from host.core.money import Money
from host.core.offers import Promotion
from host.core.product import Product
from host.core.reason import Reason


def contradictions(product: Product, wall: datetime) -> Iterator[Reason]:
    """What of a product cannot be true at once; offers that are over at ``wall`` are passed by."""
    if product.list_price and product.price.amount > product.list_price.amount:
        yield Reason("live_above_list", price=str(product.price), list_price=str(product.list_price), name=product.name)
    for variant in product.variants:
        if variant.list_price and (price := variant.price or product.price).amount > variant.list_price.amount:
            yield Reason("live_above_list", price=str(price), list_price=str(variant.list_price), name=variant.name)
    for offer in product.promotions:
        if offer.starts and offer.ends and in_zone(offer.starts, wall) >= in_zone(offer.ends, wall):
            yield Reason("live_ends_first", offer=offer.text)
        elif offer.price and not _over(offer, wall):
            usual = _usual(offer, product)
            if offer.price.amount > usual.amount:
                yield Reason("live_offer_above", offer=offer.text, price=str(usual))


def _usual(offer: Promotion, product: Product) -> Money:
    """What the cheapest of what an offer is for costs without it."""
    named = frozenset(offer.variants)
    prices = [each.price or product.price for each in product.variants if each.id in named] if named else []
    return min(prices, key=lambda money: money.amount, default=product.price)


def _over(offer: Promotion, wall: datetime) -> bool:
    return offer.ends is not None and in_zone(offer.ends, wall) <= wall


def in_zone(moment: datetime, wall: datetime) -> datetime:
    """A moment that names no zone, in that of ``wall``."""
    return moment if moment.tzinfo else moment.replace(tzinfo=wall.tzinfo)
