"""Numerals that no unit follows: articles, points of a speech, prices by what stands around them, codes, numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from host.lang.numerals import Numeral
from host.lang.tokens import Clock
from host.mind.quantities.bounds import bounded
from host.mind.quantities.dates import of_clock
from host.mind.quantities.grammar import (
    CODE_AFTER,
    CODE_BEFORE,
    HAN_RUN,
    NOUN_AFTER,
    OF_PEOPLE,
    ORDINAL_SPEC,
    STRUCTURE_AFTER,
    STRUCTURE_BEFORE,
    STRUCTURE_UNIT,
    TIMES,
)
from host.mind.quantities.money import priced as money
from host.mind.quantities.passage import Passage
from host.mind.quantities.quantity import Quantity, Reading, single
from host.mind.quantities.roles import priced, stocked
from host.mind.quantities.units import Measure, named

_TH = re.compile(r"(?:st|nd|rd|th)(?![a-z])")
_DAYS = 31
_TIMES_BEFORE = re.compile(r"(?:\*|x|×|乘以?|times) ?$")
_REPEATED = re.compile(r"(?:说|讲|看|听|念|强调)$")
_POINTED = ("这", "那", "哪", "刚才")
_COUNTED_ONCE = ("倍", "星", "级", "代", "人", "岁", "点")
"""Units of which one counts: 一代, 一级. One of anything else is an article: 一款."""


def is_structure(passage: Passage, numeral: Numeral) -> bool:
    """Whether the host counts its own points: 两个问题, 以下三点, ``two things``."""
    text = passage.text
    if not 1 <= numeral.value <= 9 or numeral.read_out:
        return False
    if STRUCTURE_AFTER.match(text, numeral.end):
        return True
    before = text[max(0, numeral.start - 10) : numeral.start]
    if text.startswith("遍", numeral.end) and _REPEATED.search(before):
        return True
    introduced, unit = STRUCTURE_BEFORE.search(before), STRUCTURE_UNIT.match(text, numeral.end)
    rest = HAN_RUN.match(text, unit.end()) if unit else None
    if introduced is None or unit is None or (rest and OF_PEOPLE.search(rest.group())):
        return False
    return introduced.group().strip() in _POINTED or "点" in unit.group()


def counts_nothing(passage: Passage, numeral: Numeral, unit: str, end: int) -> bool:
    """Whether a numeral before a classifier that ends at ``end`` counts nothing: 一款, 第二点, 这两款, 三个问题."""
    text = passage.text
    before = text[max(0, numeral.start - 10) : numeral.start]
    if stocked(before, text[end : end + 6]):
        return False
    if numeral.ordinal or before.endswith("第"):
        return numeral.value <= 10 and not ORDINAL_SPEC.match(text, numeral.end)
    if numeral.value == 1 and unit not in _COUNTED_ONCE:
        return True
    return is_structure(passage, numeral)


def bare(passage: Passage, numeral: Numeral, letters: str | None = None) -> Quantity | None:
    """What a numeral without a unit tells; None where it counts nothing.

    ``letters`` are those behind it that belong to it, the A of 92A; None for a number in a name, whose letters do.
    """
    text = passage.text
    before, after = text[max(0, numeral.start - 12) : numeral.start], text[numeral.end : numeral.end + 6]
    if _is_article(passage, numeral, before, after):
        return None
    if (numeral.ordinal or before.endswith("第")) and numeral.value <= 10 and not ORDINAL_SPEC.match(after):
        return None
    end = numeral.end
    if match := _TH.match(text, end):
        end = match.end()
        if numeral.value <= 10:
            return None
    noun = NOUN_AFTER.match(text, numeral.end)
    if priced(before, after) and not noun:
        value = numeral.value if numeral.other is None else numeral.other
        found = money(passage, numeral, numeral.start, end, value, passage.currency)
        if numeral.other is not None:  # two fifty-nine: 2.59, or 259
            found = replace(found, readings=(*found.readings, replace(found.readings[0], value=numeral.value)))
        return bounded(text, found)
    if noun and letters is not None and not (numeral.ordinal or text.startswith("-", numeral.end)):
        unit = named(noun[1]) or (Measure.COUNT, noun[1].removesuffix("s"), Decimal(1))
        if unit[0] is Measure.COUNT:
            reading = Reading(Measure.COUNT, numeral.value, unit[1])
            return bounded(text, single(text, numeral.start, noun.end(), reading))
    found = in_name(passage, numeral, end) if letters is None else alone(passage, numeral, end, letters)
    nth = end > numeral.end or numeral.ordinal
    if nth and found.readings[0].measure is Measure.NUMBER and numeral.value <= _DAYS:
        day = Reading(Measure.DATE, numeral.value, f"*-*-{int(numeral.value):02d}")
        found = replace(found, readings=(*found.readings, day))  # through the 29th
    return bounded(text, found)


def _is_article(passage: Passage, numeral: Numeral, before: str, after: str) -> bool:
    """Whether 一 or ``one`` does not count: 一杯, 一喝, ``this one``."""
    if numeral.read_out or stocked(before, after):
        return False
    if before.endswith(("老", "小", "阿")) and numeral.value < 10:  # 老六, 小七: people
        return True
    if numeral.value != 1:
        return False
    said = passage.text[numeral.start : numeral.end]
    if said == "一":
        return not before.endswith(("第", "分之", "星期", "周")) and (after[:1] >= "一" or before.endswith("之"))
    return said == "one" and (not after or after[0] in " ,.!?;'") and not priced(before, after)


def alone(passage: Passage, numeral: Numeral, end: int, letters: str) -> Quantity:
    """A number and no more, but for letters that may stand behind it."""
    text = passage.text
    if letters:
        reading = Reading(Measure.CODE, numeral.value, f"+{letters.lower()}")
        return single(text, numeral.start, end + len(letters), reading)
    if text[numeral.start : numeral.end] in TIMES:
        return single(text, numeral.start, end, Reading(Measure.COUNT, numeral.value, "倍"))
    times = _TIMES_BEFORE.search(text[max(0, numeral.start - 6) : numeral.start])
    reading = Reading(Measure.COUNT, numeral.value, "x") if times else Reading(Measure.NUMBER, numeral.value)
    return Quantity((reading, *_others(passage, numeral)), text[numeral.start : end], numeral.start, end)


def in_name(passage: Passage, numeral: Numeral, end: int) -> Quantity:
    """A number of a name, with the letters around it."""
    text = passage.text
    reading, start = Reading(Measure.NUMBER, numeral.value), numeral.start
    before = CODE_BEFORE.search(text[max(0, numeral.start - 9) : numeral.start])
    beside = text[numeral.start - 1 : numeral.start] if numeral.start else ""
    if before and beside and ((beside.isalpha() and beside.isascii()) or beside == "-"):
        start = numeral.start - len(before[1]) - (beside == "-")
        reading = Reading(Measure.CODE, numeral.value, before[1])
    tail = CODE_AFTER.match(text, end)
    if tail and text[numeral.start].isdigit():
        reading = Reading(Measure.CODE, numeral.value, f"{reading.unit}+{tail.group()}")
        end = tail.end()
    return Quantity((reading,), text[start:end], start, end)


def _others(passage: Passage, numeral: Numeral) -> Iterator[Reading]:
    """What ``eight thirty`` may be besides 830: a price, a time of day."""
    if numeral.other is None:
        return
    yield Reading(Measure.MONEY, numeral.other, passage.currency)
    hour, minute = divmod(int(numeral.value), 100)
    if hour <= 24 and minute < 60:
        yield from of_clock(Clock(0, 0, hour, minute), "", "")
