"""Amounts with a unit: shares, sizes, times, counts."""

from __future__ import annotations

import re
from decimal import Decimal

from host.lang.numerals import Numeral
from host.lang.tokens import Item
from host.lang.units import Unit
from host.mind.quantities.aspects import aspect_of
from host.mind.quantities.bare import counts_nothing
from host.mind.quantities.grammar import AND_A_HALF, FOLLOWING, OFF_AFTER, OFF_BEFORE
from host.mind.quantities.passage import Passage
from host.mind.quantities.quantity import Quantity, Reading, single
from host.mind.quantities.units import PERSONS, Measure, named
from host.mind.quantities.wholes import item_before

_BELOW_ZERO = re.compile(r"(?:零下|minus |(?<![\d\w])-)$")
_ALIKE = {"回": "次", "趟": "次", "遍": "次"}
"""Words that count times, by the one that sheets use."""
_COLD = ("°C", "°F")


def and_a_half(passage: Passage, numeral: Numeral) -> Quantity | None:
    """一个半小时."""
    match = AND_A_HALF.match(passage.text, numeral.end)
    unit = named(match["unit"]) if match else None
    if match is None or unit is None:
        return None
    measure, canonical, factor = unit
    reading = Reading(measure, (numeral.value + Decimal("0.5")) * factor, canonical)
    return single(passage.text, numeral.start, match.end(), reading)


def share(text: str, start: int, end: int, value: Decimal) -> Quantity:
    """百分之二十, 两成; with ``off`` behind it or 立减 before it, the part of the price that is still paid."""
    if OFF_AFTER.match(text[end:]) or OFF_BEFORE.search(text[:start][-16:]):
        return single(text, start, end, Reading(Measure.DISCOUNT, 1 - value / 100, item_before(text, start)))
    return single(text, start, end, Reading(Measure.PERCENT, value, "%"))


def measured(passage: Passage, numeral: Numeral, item: Item, end: int) -> Quantity | None:
    """The quantity of an amount with a unit that ends at ``end``; None where it counts nothing."""
    text, value = passage.text, abs(item.number.value)
    measure, canonical, factor = _unit(item)
    if measure is Measure.PERCENT:
        return share(text, numeral.start, end, value * factor)
    if measure is Measure.COUNT and not item.number.part and counts_nothing(passage, numeral, canonical, end):
        return None
    if measure in (Measure.DURATION, Measure.PHYSICAL) and text.startswith("半", end):
        value, end = value + Decimal("0.5"), end + 1
    if measure is Measure.DISCOUNT:
        value, canonical = value / 10 if value >= 10 else value, item_before(text, numeral.start)  # 八五折, 85折
    if PERSONS.match(text, numeral.end):
        canonical = "人"
    if canonical in _COLD and (item.number.negative or _BELOW_ZERO.search(text[: numeral.start])):
        value = -value
    noun = FOLLOWING.match(text, end) if measure is Measure.COUNT else None
    reading = Reading(measure, value * factor, canonical)
    aspect = aspect_of(text, numeral.start, end, measure, canonical)
    bound = "above" if item.number.over or item.over else ""
    readings: tuple[Reading, ...] = (reading,)
    if canonical == "°C" and item.word.startswith("degree"):
        readings = (reading, Reading(measure, value * factor, "°F"))
    if measure is Measure.COUNT and text.startswith("点", end) and item.word == "个":  # 三十六个点
        readings = (reading, Reading(Measure.PERCENT, value, "%"))
    return Quantity(readings, text[numeral.start : end], numeral.start, end, bound, aspect=aspect,
                    noun=noun.group() if noun else "")  # fmt: skip


def _unit(item: Item) -> tuple[Measure, str, Decimal]:
    """What the unit of an item measures. Per square meter is part of it, 每袋 is not: 一袋100克 is the same."""
    unit = item.unit or Unit("count", item.kind or item.word.lower(), Decimal(1), "", "", "")
    whole = item.unit is not None and all(per.unit and per.unit.measure != "count" for per in item.per)
    per = "".join(f"/{each.number}{each.unit.canonical}" for each in item.per if whole and each.unit)
    return Measure(unit.measure), _ALIKE.get(unit.canonical, unit.canonical) + per, unit.factor
