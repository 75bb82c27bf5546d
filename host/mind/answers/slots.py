"""Places in a model's sentence for amounts that it need not know: ``{price}``, ``{total:2,大号}``, ``{saving:3}``.

A model is quick with words and slow with sums. What it leaves to a slot is reckoned from the sheet with the bills that
the guard proves amounts by, and is right or not said: a slot that cannot be filled stays in the text, where the guard
finds it, and the model hears of it when it is asked again.

A slot is the name of an amount and, behind a colon, in any order how many pieces (else 1) and a variant by its name
(else the product as the sheet prices it).
"""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal

from host.core.fold import fold
from host.core.product import Lang, Money, Product
from host.mind.answers.compose import money
from host.mind.proof.lineup import Choice, LineUp, line_up
from host.mind.proof.orders import Bill
from host.mind.proof.payable import payable

MOST = 99
"""Pieces that are reckoned with."""
_ASKED = re.compile(r"\{\s*(?P<what>[a-z_]{3,12})\s*(?:[:：](?P<of>[^{}]{0,60}))?\}")
_COMMA = re.compile(r"[,，、]")


def filled(text: str, product: Product, wall: datetime, lang: Lang) -> str:
    """The text with the amounts that are certain at ``wall``; the other slots stand as they were."""

    def amount(slot: re.Match[str]) -> str:
        found = _amount(slot["what"], slot["of"] or "", product, wall)
        return slot.group() if found is None else money(Money(found, product.price.currency), lang)

    return _ASKED.sub(amount, text)


def _amount(what: str, of: str, product: Product, wall: datetime) -> Decimal | None:
    lineup, number, choice = line_up(product), 1, None
    for part in filter(None, map(str.strip, _COMMA.split(of))):
        if part.isdecimal():
            number = int(part)
        elif (choice := _choice(part, lineup)) is None:
            return None
    if not 1 <= number <= MOST:
        return None
    bill = payable(product, choice or lineup.plain, number, wall)
    return None if bill is None else _of_bill(what, bill)


def _of_bill(what: str, bill: Bill) -> Decimal | None:
    if what in ("price", "total"):
        return bill.total
    if what == "list_price":
        return bill.listed
    whole = bill.regular if bill.regular > bill.total or bill.listed is None else bill.listed
    return whole - bill.total if what == "saving" and whole > bill.total else None


def _choice(name: str, lineup: LineUp) -> Choice | None:
    """The one choice of that name, or that all of it names: 32寸 of 藏青 32寸. None where several or none fit."""
    said = fold(name)
    exact = [choice for choice in lineup.choices if fold(choice.name) == said]
    whole = [each for each in lineup.named_in(said) if each.start == 0 and each.end == len(said)]
    meant = exact or [choice for named in whole for choice in named.choices]
    return meant[0] if len(meant) == 1 else None
