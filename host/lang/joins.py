"""What amounts in a row are to each other: what a slash, a hyphen, a colon and a times sign mean is decided here.

A fraction is the last thing that two numbers with a slash are taken for: sellers write 100/200/300毫升, 28/29码,
170/92A, 3/6/12期 and 12/5前 far more often than a third of anything.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import gcd

from host.core.product import Lang
from host.lang.amounts import Row
from host.lang.lexicon import lexicon
from host.lang.tokens import Amounts, Date, Item, Join, Token

_USUAL = (2, 3, 4, 5, 6, 8, 10, 16, 32, 64, 100, 1000)
"""What a whole is divided into. Of other numbers a day of the year is likelier: 11/30."""
_FULL_MARKS = ("5", "10", "100")
_GRADES = {("18", "8"), ("18", "10"), ("18", "0")}
_LENGTHS = ("mm", "in", "mile")


def decided(row: Row, text: str, lang: Lang) -> Token:
    """The token of a row. Where its signs differ, as many amounts as have one meaning together."""
    alike = next((at for at, sign in enumerate(row.signs) if sign != row.signs[0]), len(row.signs))
    row = row.first(1 + alike)
    if len(row.items) == 1:
        return _amounts(row, Join.NONE)
    return _DECIDE[row.signs[0]](row, text, lang)


def _amounts(row: Row, join: Join) -> Amounts:
    return Amounts(row.start, row.end, row.items, join)


def _range(row: Row, text: str, lang: Lang) -> Token:
    """3-5天; but neither a score, nor 满300-50, nor 3-2-501."""
    words = lexicon(lang)
    if len(row.items) > 2:
        return _amounts(row, Join.SCORE)
    if words.behind("threshold", text, row.start):
        return _amounts(row, Join.LESS)
    if words.behind("score", text, row.start) or words.ahead("score", text, row.end):
        return _amounts(row, Join.RATIO)
    return _amounts(_years(row), Join.RANGE)


def _or(row: Row, _text: str, _lang: Lang) -> Token:
    return _amounts(row, Join.OR)


def _list(row: Row, _text: str, _lang: Lang) -> Token:
    return _amounts(row, Join.LIST)


def _slash(row: Row, text: str, lang: Lang) -> Token:
    if len(row.items) > 2:
        return _amounts(row, Join.LIST)
    words = lexicon(lang)
    one, other = row.items
    if (one.number.digits, other.number.digits) in _GRADES and (
        words.ahead("grade", text, row.end) or words.behind("grade", text, row.start)
    ):
        return _amounts(row, Join.GRADE)
    day = _day(row)
    if day and (words.behind("date", text, row.start) or words.ahead("date", text, row.end)):
        return day
    if seasons := _seasons(row, text, lang):
        return seasons
    if _has_unit(one) or words.behind("ordinal", text, row.start):
        return _amounts(row, Join.LIST)
    if one.number == other.number and not _has_unit(other) and one.number.digits != "50":
        return _amounts(row, Join.OUT_OF)
    if "." in one.number.digits + other.number.digits:
        marks = other.number.digits in _FULL_MARKS and one.number.value <= other.number.value and other.unit is None
        return _amounts(row, Join.OUT_OF if marks else Join.LIST)
    if not _has_unit(other) and (_of_hundred(one, other) or words.ahead("blend", text, row.end)):
        return _amounts(row, Join.RATIO)
    if _is_fraction(one, other, lang):
        return _amounts(row, Join.FRACTION)
    return day or _amounts(_years(row), Join.LIST)


def _years(row: Row) -> Row:
    """The row with its numbers as years, where they are: 2024-2025款, 2024/2025."""
    *some, last = row.items
    bare = not any(map(_has_unit, some)) and last.word in ("", "年") and not (last.currency or last.per)
    if not (bare and all(item.number.digits.isdecimal() and 1990 <= item.number.value < 2040 for item in row.items)):
        return row
    return replace(row, items=tuple(replace(item, number=replace(item.number, year=True)) for item in row.items))


def _seasons(row: Row, text: str, lang: Lang) -> Token | None:
    """Years of which the later is shortened, or both: 24/25雪季, 2019/20."""
    one, other = row.items
    short = len(one.number.digits) == 2 and lexicon(lang).ahead("season", text, row.end)
    long = len(one.number.digits) == 4 and one.number.digits[:2] in ("19", "20")
    follows = other.number.digits.isdecimal() and len(other.number.digits) == 2 and one.number.digits.isdecimal()
    if not (follows and (short or long) and int(other.number.digits) == (int(one.number.digits) + 1) % 100):
        return None
    years = tuple(replace(item, number=replace(item.number, year=True)) for item in row.items)
    return _amounts(replace(row, items=years), Join.LIST)


def _has_unit(item: Item) -> bool:
    return bool(item.unit or item.word or item.currency or item.per)


def _day(row: Row) -> Date | None:
    """The month and day that two bare numbers may be."""
    month, day = (item.number.digits for item in row.items)
    if any(map(_has_unit, row.items)) or not (month.isdecimal() and day.isdecimal()) or max(len(month), len(day)) > 2:
        return None
    return Date(row.start, row.end, 0, int(month), int(day)) if 1 <= int(month) <= 12 and 1 <= int(day) <= 31 else None


def _of_hundred(one: Item, other: Item) -> bool:
    """Shares of a whole: 50/50, 70/30."""
    return one.number.value + other.number.value == 100


def _is_fraction(one: Item, other: Item, lang: Lang) -> bool:
    over, under = int(one.number.digits), int(other.number.digits)
    if not 0 < over < under or gcd(over, under) > 1 or under not in _USUAL:
        return False
    if not _has_unit(other) or (over == 1 and under >= 100):
        return True
    names = {other.word.lower(), *((other.unit.zh, other.unit.en, other.unit.en_many) if other.unit else ())}
    return not names.isdisjoint(lexicon(lang).divided)


def _colon(row: Row, _text: str, _lang: Lang) -> Token:
    return _amounts(row, Join.RATIO)


def _times(row: Row, _text: str, _lang: Lang) -> Token:
    """20 x 30 cm is as wide as long; 2 x 500ml is a number of times."""
    last = row.items[-1].unit
    flat = len(row.items) > 2 or (last is not None and last.canonical in _LENGTHS) or _pixels(row.items)
    return _amounts(row, Join.BY if flat else Join.TIMES)


def _pixels(items: tuple[Item, ...]) -> bool:
    return all(len(item.number.digits) >= 3 and not _has_unit(item) for item in items)


def _plus(row: Row, _text: str, _lang: Lang) -> Token:
    return _amounts(row, Join.PLUS)


def _glued(row: Row, _text: str, _lang: Lang) -> Token:
    return _amounts(row, Join.GLUED)


_DECIDE: dict[str, Callable[[Row, str, Lang], Token]] = {
    "range": _range, "or": _or, "list": _list, "slash": _slash, "colon": _colon, "times": _times,
    "plus": _plus, "glued": _glued,
}  # fmt: skip
