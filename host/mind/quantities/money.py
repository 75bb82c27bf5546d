"""Amounts of money: with their small change, and with the part they play."""

from __future__ import annotations

import re
from decimal import Decimal

from host.lang.numerals import Numeral
from host.lang.tokens import Item
from host.mind.quantities.passage import Passage
from host.mind.quantities.quantity import Quantity, Reading
from host.mind.quantities.roles import money_role
from host.mind.quantities.units import Measure

_GAPS = ("", " ", " and ", "零", "-")
_SMALL = re.compile(r" ?(?P<tenth>毛钱?|角)| ?(?:分钱|分(?!钟)|cents?)")
_PIECE_OF = re.compile(r"[㐀-鿿](?<![钱多出整半一二两三四五六七八九每都就也左上以])")
"""What follows 一块 where it is a piece of something."""
_SO_MANY = ("俩", "仨")
"""Count what the amount is for: 十九块钱俩."""
_NAMED_BEFORE = re.compile(r"(?P<name>人民币|美元|美金) ?$")
_NAMES = {"人民币": "CNY", "美元": "USD", "美金": "USD"}


def named_before(text: str, start: int) -> tuple[str, int] | None:
    """The currency whose name stands before an amount, and where it begins: 人民币99."""
    match = _NAMED_BEFORE.search(text[max(0, start - 4) : start])
    return (_NAMES[match["name"]], start - len(match.group())) if match else None


def with_change(passage: Passage, numeral: Numeral, value: Decimal, end: int, word: str) -> tuple[Decimal, int]:
    """An amount with its change: the 九 of 九十九块九, the 九毛五 of 一块九毛五, the ten of ``nine dollars ten``."""
    scale = Decimal("0.1") if word in ("元", "块", "块钱") else Decimal("0.01")
    for following in passage.after(numeral):
        gap = passage.text[end : following.start]
        if gap not in _GAPS or passage.text[following.start : following.end] in _SO_MANY:
            break
        if small := _SMALL.match(passage.text, following.end):
            value, end = value + following.value * Decimal("0.1" if small["tenth"] else "0.01"), small.end()
            scale = Decimal("0.01")
            continue
        if not passage.has_unit(following.end) and (change := _change(following.value, gap, word, scale)):
            return value + change, following.end
        break
    return value, end


def _change(value: Decimal, gap: str, word: str, scale: Decimal) -> Decimal | None:
    """What a number without a unit adds to the amount before it; None where it is no change."""
    if word.isascii():
        return value / 100 if gap == " " and value < 100 else None
    if gap or value >= 100:
        return None
    return value * scale if value < 10 else value / 100


def priced(passage: Passage, numeral: Numeral, start: int, end: int, value: Decimal, currency: str) -> Quantity:
    """An amount of money between ``start`` and ``end``, in the part it plays."""
    before = passage.before(numeral)
    text = passage.text
    role = money_role(text[before.end if before else 0 : start], text[end : end + 12])
    return Quantity((Reading(Measure.MONEY, value, currency),), text[start:end], start, end, role=role)


def amount(passage: Passage, numeral: Numeral, item: Item, end: int) -> Quantity | None:
    """The money that an amount is, ending at ``end``; None where it is none."""
    text, start = passage.text, passage.place(item.sign) if item.sign >= 0 else numeral.start
    currency, factor = item.currency, Decimal(1)
    if item.unit and item.unit.measure == "money":
        currency, factor = item.unit.canonical, item.unit.factor
    elif item.word in ("pound", "pounds") and passage.currency == "GBP":
        currency = "GBP"
    elif not currency and not item.unit and (named := named_before(text, start)):
        currency, start = named
    if not currency:
        return None
    if item.word == "块" and item.number.value == 1 and _PIECE_OF.match(text, end):
        return None  # 一块铁
    value = abs(item.number.value) * factor if numeral.other is None or factor != 1 else numeral.other
    if item.word:
        value, end = with_change(passage, numeral, value, end, item.word)
    return priced(passage, numeral, start, end, value, currency)
