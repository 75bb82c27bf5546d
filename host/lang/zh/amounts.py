"""Amounts in Mandarin: 两 before what is counted, shares with their whole first, money without needless zeros."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from host.lang.currencies import currencies
from host.lang.en.numerals import ordinal as english_ordinal
from host.lang.lexicon import lexicon
from host.lang.tokens import Amounts, Item, Join, Number, Per
from host.lang.zh.numerals import amount, cardinal, decimal, digits

_WORDS = lexicon("zh")
_SCALES = {"thousand": "千", "million": "百万", "billion": "十亿", "trillion": "万亿"}
_SHARES = {"百分之": "百", "千分之": "千"}
_COLD = ("°C", "°F")
_NTH = re.compile(r"第\s?$")
_DEAL = re.compile(r"\d{1,3}\.\d")
_DISCOUNT = re.compile(r"[1-9][1-9]")


class _Beside(NamedTuple):
    """What stands beside an amount and tells how its number is said."""

    nth: bool
    """第 before it."""
    deal: bool
    """包邮 or the like behind it: a price without a unit."""


def amounts_said(token: Amounts, text: str) -> str:
    """What is said for one number or several in a row."""
    if token.join is Join.FRACTION:
        return _fraction(token)
    if token.join is Join.OUT_OF:
        part, whole = token.items
        return f"{cardinal(whole.number.digits)}分之{decimal(part.number.digits)}"
    before = text[max(0, token.start - 2) : token.start]
    beside = _Beside(bool(_NTH.search(before)), _WORDS.ahead("deal", text, token.end))
    said = (_item(item, shown, beside) for item, shown in zip(_shared(token), _shown(token), strict=True))
    return _WORDS.joins[token.join].join(said)


def _fraction(token: Amounts) -> str:
    part, whole = token.items
    return f"{_part(part.number.digits, whole.number.digits)}{_behind(whole)}"


def _part(over: str, under: str) -> str:
    return f"{cardinal(under)}分之{cardinal(over)}"


def _shared(token: Amounts) -> tuple[Item, ...]:
    """The items, each with the unit that is written once for all of them."""
    *some, last = token.items
    if token.join not in (Join.RANGE, Join.OR, Join.LIST):
        return token.items
    return (*(item if item.unit or item.word or item.currency else _as(last, item) for item in some), last)


def _as(measured: Item, item: Item) -> Item:
    """The item with the unit of another."""
    return replace(item, unit=measured.unit, word=measured.word, currency=measured.currency)


def _shown(token: Amounts) -> tuple[Item, ...]:
    """The items as their units are said: a sign of money before each of them is said once, at the end."""
    *some, last = token.items
    if token.join not in (Join.RANGE, Join.OR, Join.LIST) or not last.currency:
        return token.items
    return (*(item if item.word else replace(item, currency="") for item in some), last)


def _item(item: Item, shown: Item, beside: _Beside) -> str:
    """An amount; its unit only where it is shown, but for a share, whose unit is said first."""
    number, behind, over = item.number, _behind(shown), "加" if item.over else ""
    if item.unit and item.unit.zh in _SHARES:
        whole = _SHARES[item.unit.zh]
        of = whole if number.digits == "100" else _number(item, beside)
        return ("负" if number.negative else "") + item.unit.zh + of + over
    minus = ("零下" if item.unit and item.unit.canonical in _COLD else "负") if number.negative else ""
    return minus + _number(item, beside) + ("加" if number.over else "") + behind + over


def _behind(item: Item) -> str:
    """What is said behind the number: the unit, and what the amount is for."""
    unit = item.word or (item.unit.zh if item.unit else "")
    if item.currency and not unit:
        unit = currencies().by_code[item.currency].zh
    return unit + "".join(map(_per, item.per))


def _per(per: Per) -> str:
    number = "" if per.number in ("", "1") else _counted(per.number)
    return f"每{number}{per.word or (per.unit.zh if per.unit else '')}"


def _number(item: Item, beside: _Beside) -> str:
    number = item.number
    if number.ordinal:
        return english_ordinal(number.digits)
    if number.exponent:
        return f"{decimal(number.digits)}的{_signed(number.exponent)}次方"
    if number.part:
        return f"{cardinal(number.digits)}又{_part(*number.part)}"
    return _figures(item, beside) + _SCALES.get(number.scale, number.scale)


def _figures(item: Item, beside: _Beside) -> str:
    """The figures by what they count."""
    number: Number = item.number
    if number.year or (item.word == "折" and _DISCOUNT.fullmatch(number.digits)):
        return digits(number.digits)
    if beside.nth:
        return decimal(number.digits)
    if item.currency:
        return "两" if number.digits == "2" else amount(number.digits)
    if beside.deal and not (item.unit or item.word) and _DEAL.fullmatch(number.digits):
        whole, _, part = number.digits.partition(".")
        return f"{_counted(whole)}块{digits(part)}"
    measured = item.unit is not None and item.word not in _WORDS.numbering
    return (_counted if measured or number.scale or item.word in _WORDS.counted else decimal)(number.digits)


def _counted(written: str) -> str:
    return "两" if written == "2" else decimal(written)


def _signed(number: str) -> str:
    return ("负" if number.startswith("-") else "") + cardinal(number.lstrip("-"))
