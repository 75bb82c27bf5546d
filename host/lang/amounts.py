"""Numbers with what belongs to them, and several in a row: the operands of a slash, a hyphen, a colon, a times sign.

Here is told where each begins and ends. What those in a row are to each other is decided in `joins`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from host.core.product import Lang
from host.lang.lexicon import lexicon
from host.lang.measures import Measure, measure_at, per_at
from host.lang.money import money_before, money_behind
from host.lang.number import number_at, scaled
from host.lang.tokens import Item

_LEAST_KELVIN = 1000
MOST = 12
"""Amounts in a row that are read together."""

_MINUS = re.compile(r"-(?=\s?[¥$€£]?\.?\d)")
_PLUS = re.compile(r"\+(?!\s?[\d=])")
_LETTERS = re.compile(r"[A-Z]{1,2}(?![A-Za-z\d])")
_W = re.compile(r"\s?([wW])(?![A-Za-z\d])")
_LIMIT = re.compile(r"/(?!or\b)[a-z]{3,}")
"""Behind a bare number: limit 3/customer."""
_FIGURES = re.compile(r"[\d.,]{3,20}")
_JOIN = re.compile(
    r"\s?(?:(?P<range>-|~|–{1,2}|—{1,2}|[到至]|(?<=\s)to(?=\s))|(?P<or>或者?|(?<=\s)or(?=\s))|(?P<slash>/)|(?P<list>、)|(?P<colon>:)|(?P<plus>\+)"
    r"|(?P<times>[*×]|(?<![A-Za-z])[xX](?![A-Za-z])|[xX](?=\d)))\s?"
)


@dataclass(frozen=True, slots=True)
class Row:
    """Amounts one after the other, with the sign between each two."""

    start: int
    items: tuple[Item, ...]
    signs: tuple[str, ...]
    """``range``, ``or``, ``slash``, ``times``, ``colon``, ``plus``, or ``glued`` where nothing stands between two."""

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.items[-1].end

    def first(self, count: int) -> Row:
        """The row of its first ``count`` amounts."""
        return Row(self.start, self.items[:count], self.signs[: count - 1])


def row_at(text: str, at: int, lang: Lang) -> Row | None:
    """The amounts that begin at ``at``."""
    found = _amount_at(text, at, lang)
    items: list[Item] = []
    signs: list[str] = []
    while found:
        item, glued = found
        items.append(item)
        sign, begin = _join(text, item.end, glued=glued)
        found = _amount_at(text, begin, lang) if sign and len(items) < MOST else None
        if found:
            signs.append(sign)
    return Row(at, tuple(items), tuple(signs)) if items else None


def _join(text: str, at: int, *, glued: bool) -> tuple[str, int]:
    match = _JOIN.match(text, at)
    if match and match.lastgroup:
        return match.lastgroup, match.end()
    return ("glued", at) if glued else ("", at)


def _amount_at(text: str, at: int, lang: Lang) -> tuple[Item, bool] | None:
    """The amount at ``at``, and whether another may follow it without a gap."""
    minus = _MINUS.match(text, at)
    begin = minus.end() if minus else at
    before = money_before(text, begin)
    if before:
        sign, begin = begin, before[1]
    read = number_at(text, begin, continental=bool(before) or _money_follows(text, begin))
    if read is None:
        return None
    number, end = read
    item = _over(Item(replace(number, negative=bool(minus)), start=begin, end=end), text)
    if before:
        item, glued = replace(_priced(item, before[0].code, text, lang), sign=sign), False
    else:
        item, glued = _measured(item, text, lang)
    if behind := _PLUS.match(text, item.end):
        item = replace(item, over=True, end=behind.end())
    item = _per(item, text, lang)
    return item, glued and not item.per


def _priced(item: Item, currency: str, text: str, lang: Lang) -> Item:
    """The amount behind a sign of money, whose word may follow all the same: ¥99元, ¥9块9."""
    number, end = scaled(item.number, text, item.end, lang, money=True)
    item = replace(item, number=number, currency=currency, end=end)
    if again := money_behind(text, item.end):
        return replace(item, word=again[1] if again[1].startswith("块") else "", end=again[2])
    return item


def _measured(item: Item, text: str, lang: Lang) -> tuple[Item, bool]:
    """The amount with its unit, its multiplier or its currency, and whether another may follow without a gap."""
    if lang == "zh" and (many := _ten_thousands(text, item.end)):
        item = _over(replace(item, number=replace(item.number, scale="万"), end=many), text)
    measure = _unit(item, text, lang)
    if measure is None and not item.number.scale:
        number, end = scaled(item.number, text, item.end, lang)
        if number.scale:
            item = _over(replace(item, number=number, end=end), text)
            measure = _unit(item, text, lang)
    if measure:
        item = replace(item, unit=measure.unit, word=measure.word, kind=measure.kind, end=measure.end)
        return replace(item, adjective=measure.adjective), measure.glued
    if behind := money_behind(text, item.end):
        return replace(item, currency=behind[0].code, word=behind[1], end=behind[2]), False
    if not item.number.scale and (letters := _LETTERS.match(text, item.end)):
        return replace(item, word=letters.group(), end=letters.end()), False
    return item, False


def _unit(item: Item, text: str, lang: Lang) -> Measure | None:
    """The unit behind an amount. What is no hotter than `_LEAST_KELVIN` is no colour temperature: 4K, 12K followers."""
    measure = measure_at(text, item.end, lang)
    kelvin = measure and measure.unit and measure.unit.canonical == "K"
    return None if kelvin and item.number.value < _LEAST_KELVIN else measure


def _ten_thousands(text: str, at: int) -> int | None:
    """Where the w of 10w+ ends, which is 万 and no watt."""
    match = _W.match(text, at)
    if match is None or lexicon("zh").nearby("w", text, at, match.end()):
        return None
    alone = match[1] == "w" and not text[match.end() : match.end() + 1].isalnum()
    return match.end() if alone or lexicon("zh").ahead("many", text, match.end()) else None


def _over(item: Item, text: str) -> Item:
    """The amount with the plus sign right behind its number."""
    match = _PLUS.match(text, item.end)
    return replace(item, number=replace(item.number, over=True), end=match.end()) if match else item


def _per(item: Item, text: str, lang: Lang) -> Item:
    """The amount with what it is for."""
    if not (item.currency or item.unit or item.word or _LIMIT.match(text, item.end)):
        return item
    of = "money" if item.currency else item.unit.canonical if item.unit else ""
    per, end = per_at(text, item.end, lang, of=of)
    return replace(item, per=per, end=end)


def _money_follows(text: str, at: int) -> bool:
    """Whether a European amount of money begins here: 27,50 €."""
    match = _FIGURES.match(text, at)
    return bool(match and money_behind(text, match.end()) and not text[match.end()].isalpha())
