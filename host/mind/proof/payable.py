"""What an order comes to for a viewer who does nothing special: the bill that may be told without a doubt."""

from __future__ import annotations

from datetime import datetime

from host.core.product import Product
from host.mind.proof.lineup import Choice, line_up
from host.mind.proof.offers import offers_in_force
from host.mind.proof.orders import Bill, bills


def payable(product: Product, choice: Choice, number: int, wall: datetime) -> Bill | None:
    """The bill for so many pieces of a choice, with the offers in force that every order has; None where it depends on
    who orders, or on a coupon that somebody has to fetch."""
    offers = offers_in_force(product, line_up(product), wall)
    ways = [bill for bill in bills([(choice, number)], offers) if bill.payable]
    fetched = {offer.fact for offer in offers if not offer.automatic}
    if any(not offer.certain for offer in offers) or any(fetched & set(bill.facts) for bill in ways):
        return None
    return min(ways, key=lambda bill: bill.total, default=None)
