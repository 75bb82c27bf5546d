"""The one sum the guard follows: 一个69元，两个一共138元, with the price of one said before it.

It is carried where the price of one is the one paid now and no offer in force makes the price depend on what else is in
the order: a coupon, a threshold, a second one for less. A gift changes no price.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from host.core.product import Product, Promotion
from host.mind.guard.carried import FactIndex
from host.mind.guard.patterns import either
from host.mind.quantities.quantity import Quantity
from host.mind.quantities.roles import Role
from host.mind.quantities.units import Measure

MOST = 10
"""Pieces up to which a price is multiplied."""
_ONE = re.compile(r"(?:[一1每](?P<piece>[一-鿿])(?:现在|今天)?(?:就?是)?|\b(?:one|each)(?: one)?(?: is| costs)?) ?$")
_TOGETHER = re.compile(r"^ ?(?:一共|总共|合计|加起来|together|in all)(?:就?是| are| is| come to| cost)? ?$")
_OF_AN_ORDER = either(
    r"券|领|满|减|折|半价"
    r"|第[一二两三\d]|[2-9两二三四五六七八九十][件盒个瓶只台把条双套包袋支份]"
    r"|前\d|首|新人|会员|粉丝|限|每[人单]|一人|凑",
    r"\b(?:coupon|code|voucher|first|second|third|half|off|orders?|over|members?|limit(?:ed)?|per|two|three|new"
    r"|when you|buy|minimum|up to)\b|%",
)
_GIVES = re.compile(r"[送赠]|\b(?:free|gift|comes with)\b")
_PRICES = re.compile(r"[减折省价元券¥$%]|\b(?:off|save|price|half)\b")


def by_the_piece(product: Product, offers: Iterable[Promotion]) -> bool:
    """Whether several cost the price in force each, as far as the ``offers`` in force tell."""
    return all(
        not _OF_AN_ORDER.search(offer.text.lower())
        or (offer.price is None and bool(_GIVES.search(offer.text.lower())) and not _PRICES.search(offer.text.lower()))
        for offer in offers
    )


def totals(folded: str, found: Sequence[Quantity], sheet: FactIndex) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Index in ``found``, and what carries it, of every number and sum of pieces whose price is said before them."""
    for at in range(1, len(found) - 1):
        price, count, total = found[at - 1 : at + 2]
        one = _ONE.search(folded[: price.start])
        if one is None or not _TOGETHER.match(folded[count.end : total.start]) or not _alike(one["piece"], count):
            continue
        several = count.readings[0].value
        for product in sheet.products:
            paid = sheet.payable[product.id]
            sums = _is(price, paid, product) and _is(total, paid * several, product) and 1 < several <= MOST
            if sums and by_the_piece(product, _in_force(product, sheet)):
                carrying = sheet.evidence(price, only=[product.id])
                yield at, carrying
                yield at + 1, carrying
                break


def _alike(piece: str | None, count: Quantity) -> bool:
    """Whether a count is a whole number of the pieces the price is said of."""
    reading = count.readings[0]
    if reading.value != int(reading.value) or count.bound:
        return False
    return reading.measure is Measure.NUMBER if piece is None else (count.text[-1:] == piece)


def _is(quantity: Quantity, amount: object, product: Product) -> bool:
    reading = quantity.readings[0]
    plain = reading.measure is Measure.MONEY and quantity.role is Role.PRICE and not quantity.bound
    return plain and reading.unit == product.price.currency and reading.value == amount


def _in_force(product: Product, sheet: FactIndex) -> Iterator[Promotion]:
    return (
        offer for index, offer in enumerate(product.promotions) if f"{product.id}.promotions.{index}" in sheet.folded
    )
