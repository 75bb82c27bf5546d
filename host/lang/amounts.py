"""Numbers with what belongs to them, and several in a row: the operands of a slash, a hyphen, a colon, a times sign.

Here is told where each begins and ends. What those in a row are to each other is decided in `joins`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from host.core.product import Lang
from host.lang.lexicon import lexicon
from host.lang.measures import measure_at, per_at
from host.lang.money import money_before, money_behind
from host.lang.number import number_at, scaled
from host.lang.tokens import Item

_MINUS = re.compile(r"-(?=\s?[¥$€£]?\.?\d)")
_W = re.compile(r"\s?([wW])(?![A-Za-z\d])")
_PLUS = re.compile(r"\+(?!\s?[\d=])")
_LETTERS = re.compile(r"[A-Z]{1,2}(?![A-Za-z\d])")
_JOIN = re.compile(
    r"\s?(?:(?P<range>-|~|–{1,2}|—{1,2}|[到至])|(?P<slash>/)|(?P<colon>:)|(?P<plus>\+)"
    r"|(?P<times>[*×]|(?<![A-Za-z])[xX](?![A-Za-z])|[xX](?=\d)))\s?"
)
MOST = 12
"""Amounts in a row that are read together."""


@dataclass(frozen=True, slots=True)
class Row:
    """Amounts one after the other, with the sign between each two, and where each of them ends."""

    items: tuple[Item, ...]
    signs: tuple[str, ...]
    """``range``, ``slash``, ``times``, ``colon``, ``plus``, or ``glued`` where nothing stands between two."""
    start: int
    ends: tuple[int, ...]

    def first(self, count: int) -> Row:
        """The row of its first ``count`` amounts."""
        return Row(self.items[:count], self.signs[: count - 1], self.start, self.ends[:count])

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.ends[-1]


def row_at(text: str, at: int, lang: Lang) -> Row | None:
    """The amounts that begin at ``at``."""
    found = _amount_at(text, at, lang)
    if found is None:
        return None
    items, ends, signs = [found[0]], [found[1]], []
    while len(items) < MOST:
        sign, begin = _join(text, ends[-1], glued=found[2])
        found = _amount_at(text, begin, lang, inside=True) if sign else None
        if not sign or found is None:
            break
        items.append(found[0])
        ends.append(found[1])
        signs.append(sign)
    return Row(tuple(items), tuple(signs), at, tuple(ends))


def _join(text: str, at: int, *, glued: bool) -> tuple[str, int]:
    match = _JOIN.match(text, at)
    if match and match.lastgroup:
        return match.lastgroup, match.end()
    return ("glued", at) if glued else ("", at)


def _amount_at(text: str, at: int, lang: Lang, *, inside: bool = False) -> tuple[Item, int, bool] | None:
    """The amount at ``at``, where it ends, and whether another may follow without a gap."""
    minus = _MINUS.match(text, at)
    begin = minus.end() if minus else at
    before = money_before(text, begin)
    if before:
        begin = before[1]
    number = number_at(text, begin, continental=bool(before) or _money_follows(text, begin))
    if number is None:
        return None
    item, end = Item(number[0]), number[1]
    if minus:
        item = replace(item, number=replace(item.number, negative=True))
    item, end = _plus(item, text, end)
    item, end, glued = _measured(item, text, end, lang, money=before is None)
    if behind := _PLUS.match(text, end):
        item, end = replace(item, over=True), behind.end()
    if before:
        item = replace(item, currency=before[0].code)
        if item.word == "" and (again := money_behind(text, end)):  # ¥99元
            item, end = replace(item, word=again[1] if again[1] in ("块", "块钱") else ""), again[2]
    of = "money" if item.currency else item.unit.canonical if item.unit else ""
    per, end = per_at(text, end, lang, of=of) if of or item.word else ((), end)
    return replace(item, per=per), end, glued and not per


def _measured(item: Item, text: str, at: int, lang: Lang, *, money: bool) -> tuple[Item, int, bool]:
    """The amount with its unit, its multiplier or its currency."""
    if lang == "zh" and (many := _ten_thousands(text, at)):
        item, at = _plus(replace(item, number=replace(item.number, scale="万")), text, many)
        measure = measure_at(text, at, lang)
        return (replace(item, word=measure.word), measure.end, False) if measure and measure.word else (item, at, False)
    measure = measure_at(text, at, lang) if money else None
    if measure is None:
        number, end = scaled(item.number, text, at, lang)
        if number.scale:
            item, at = replace(item, number=number), end
            item, at = _plus(item, text, at)
            measure = measure_at(text, at, lang) if money else None
    if measure:
        made = replace(item, unit=measure.unit, word=measure.word, adjective=measure.adjective)
        return made, measure.end, measure.glued
    if money and (behind := money_behind(text, at)):
        return replace(item, currency=behind[0].code, word=behind[1]), behind[2], False
    if money and not item.number.scale and (letters := _LETTERS.match(text, at)):
        return replace(item, word=letters.group()), letters.end(), False
    return item, at, False


def _ten_thousands(text: str, at: int) -> int | None:
    """Where the w of 10w+ ends, which is 万 and no watt."""
    match = _W.match(text, at)
    if match is None or lexicon("zh").nearby("w", text, at, match.end()):
        return None
    alone = match[1] == "w" and not text[match.end() : match.end() + 1].isalnum()
    return match.end() if alone or lexicon("zh").ahead("many", text, match.end()) else None


def _plus(item: Item, text: str, at: int) -> tuple[Item, int]:
    match = _PLUS.match(text, at)
    return (replace(item, number=replace(item.number, over=True)), match.end()) if match else (item, at)


def _money_follows(text: str, at: int) -> bool:
    """Whether a European amount of money begins here: 27,50 €."""
    match = re.compile(r"[\d.,]{3,20}").match(text, at)
    return bool(match and money_behind(text, match.end()) and not text[match.end()].isalpha())
