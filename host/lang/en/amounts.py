"""Amounts in English: units in their grammatical number, money with its cents, fractions and powers by name."""

from __future__ import annotations

from host.lang.currencies import currencies
from host.lang.en.numerals import cardinal, decimal, ordinal, year
from host.lang.lexicon import lexicon
from host.lang.tokens import Amounts, Item, Join, Number, Per

_WORDS = lexicon("en")
_POWERS = {"2": "squared", "3": "cubed"}
_PARTS = {"2": "half", "4": "quarter"}
_VOWELS = ("8", "11", "18")
"""Of which a part is ``an`` eighth."""


def amounts_said(token: Amounts, _text: str) -> str:
    """What is said for one number or several in a row."""
    items = token.items
    if token.join is Join.FRACTION:
        return _fraction(token)
    if token.join is Join.RATIO and items[0].number.value + items[-1].number.value == 100:
        return " ".join(cardinal(item.number.digits) for item in items) + _behind(items[-1], many=True)
    if token.join in (Join.RANGE, Join.OR) and len(items) == 2 and _is_shared(*items):
        return _digits(items[0].number) + _WORDS.joins[token.join] + _item(items[1], many=True)
    return _WORDS.joins[token.join].join(map(_item, items))


def _is_shared(low: Item, high: Item) -> bool:
    """Whether the unit is said once for both: 5-10 dollars, 50g-100g."""
    bare = not (low.unit or low.word or low.currency)
    return bare or (low.unit == high.unit and not low.word and low.currency == high.currency)


def _fraction(token: Amounts) -> str:
    (over, under), last = (item.number.digits for item in token.items), token.items[-1]
    part = _PARTS.get(under) or ordinal(under)
    many = part if over == "1" else "halves" if part == "half" else part + "s"
    inches = last.unit is not None and last.unit.canonical == "in"
    return f"{cardinal(over)} {part if inches else many}{_behind(last, many=False)}"


def _mixed(whole: str, over: str, under: str) -> str:
    """Of 5 1/2 ``five and a half``."""
    part = _PARTS.get(under) or ordinal(under)
    if over != "1":
        return f"{cardinal(whole)} and {cardinal(over)} {'halves' if part == 'half' else part + 's'}"
    return f"{cardinal(whole)} and {'an' if under in _VOWELS else 'a'} {part}"


def _item(item: Item, *, many: bool = False) -> str:
    if item.currency:
        return _money(item, many=many) + "".join(map(_per, item.per))
    made = _digits(item.number) + (" plus" if item.number.over else "")
    one = item.number.digits == "1" and not item.number.part
    made += _behind(item, many=(many or not one) and not item.adjective)
    return made + (" plus" if item.over else "")


def _behind(item: Item, *, many: bool) -> str:
    """The unit, in the number's grammatical number, and what the amount is for."""
    word = item.word
    if item.unit and not word:
        word = item.unit.en_many if many else item.unit.en
    return (f" {word}" if word else "") + "".join(map(_per, item.per))


def _per(per: Per) -> str:
    number = "" if per.number in ("", "1") else cardinal(per.number) + " "
    return f" per {number}{per.word or ((per.unit.en_many if number else per.unit.en) if per.unit else '')}"


def _money(item: Item, *, many: bool) -> str:
    currency, number = currencies().by_code[item.currency], item.number
    if item.word:
        return f"{_digits(number)} {item.word}" + (" plus" if number.over else "")
    whole, _, part = number.digits.partition(".")
    over = " plus" if number.over or item.over else ""
    minus = "minus " if number.negative else ""
    if number.part:
        return f"{_digits(number)} {currency.en_many}{over}"
    if number.scale or not part or not int(part):
        one = number.digits in ("1", "1.0", "1.00") and not many and not number.scale
        shown = decimal(number.digits) if number.scale else cardinal(whole)
        scale = f" {number.scale}" if number.scale else ""
        return f"{minus}{shown}{scale} {currency.en if one else currency.en_many}{over}"
    if len(part) > 2 or not currency.cent or currency.code == "CNY" or many:
        return f"{minus}{decimal(number.digits.rstrip('0'))} {currency.en_many}{over}"
    cents = str(int(part.ljust(2, "0")))
    small = f"{cardinal(cents)} {currency.cent if cents == '1' else currency.cents}"
    if not int(whole):
        return minus + small + over
    return f"{minus}{cardinal(whole)} {currency.en if whole == '1' else currency.en_many} and {small}{over}"


def _digits(number: Number) -> str:
    minus = "minus " if number.negative else ""
    if number.year:
        return year(number.digits)
    if number.ordinal:
        return ordinal(number.digits)
    if number.exponent:
        return minus + _power(number.digits, number.exponent)
    figures = _mixed(number.digits, *number.part) if number.part else decimal(number.digits)
    return minus + figures + (f" {number.scale}" if number.scale else "")


def _power(base: str, exponent: str) -> str:
    if exponent in _POWERS:
        return f"{decimal(base)} {_POWERS[exponent]}"
    power = ordinal(exponent) if not exponent.startswith("-") else f"minus {ordinal(exponent[1:])}"
    return f"{decimal(base)} to the {power}"
