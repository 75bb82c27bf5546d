"""Numerals that are cart positions: 3号链接, 链接3, ``link three``; 3号 alone may be a link, a day or a size."""

from __future__ import annotations

import re

from host.lang.numerals import Numeral
from host.mind.quantities.grammar import LINK_AFTER, LINK_BEFORE, LINK_SHORT
from host.mind.quantities.passage import Passage
from host.mind.quantities.quantity import Quantity, Reading, single
from host.mind.quantities.units import Measure

_NUMBERED = re.compile(r" ?(?:号(?!色|码|电池|线|楼)|#)")
_SIGNS = ("r", ".", "#")


def _is_taken(passage: Passage, numeral: Numeral) -> bool:
    """Whether the word before a numeral is that of the number before it: 九号链接三十九."""
    last = passage.before(numeral)
    match = LINK_AFTER.match(passage.text, last.end) if last else None
    return match is not None and match.end() >= numeral.start


def link(passage: Passage, numeral: Numeral) -> Quantity | None:
    """The cart position that a numeral tells."""
    if numeral.value != numeral.value.to_integral_value():
        return None
    text, reading = passage.text, Reading(Measure.LINK, numeral.value)
    before = text[max(0, numeral.start - 16) : numeral.start]
    if match := LINK_AFTER.match(text, numeral.end):
        return single(text, numeral.start, match.end(), reading)
    if (match := LINK_BEFORE.search(before)) and not _is_taken(passage, numeral):
        return single(text, numeral.start - len(match.group()), numeral.end, reading)
    if match := _NUMBERED.match(text, numeral.end):
        day = Reading(Measure.DATE, numeral.value, f"*-*-{int(numeral.value):02d}")
        count = Reading(Measure.COUNT, numeral.value, "号")
        return Quantity((reading, day, count), text[numeral.start : match.end()], numeral.start, match.end())
    if LINK_SHORT.search(before) and before.rstrip().endswith(_SIGNS) and not passage.has_unit(numeral.end):
        number = Reading(Measure.NUMBER, numeral.value)
        return Quantity((reading, number), text[numeral.start : numeral.end], numeral.start, numeral.end)
    return None
