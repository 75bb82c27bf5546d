"""Quantities that no numeral tells: half an hour, half price, a year, 买二送一, a weekday."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from host.lang.numerals import numerals
from host.mind.quantities.bounds import bounded
from host.mind.quantities.dates import weekdays
from host.mind.quantities.grammar import A_UNIT, BUNDLE, HALF, NTH_ITEM, OVER_HUNDRED
from host.mind.quantities.quantity import Quantity, Reading, single
from host.mind.quantities.units import Measure, named


def wholes(text: str) -> Iterator[Quantity]:
    """Every such quantity of a folded text."""
    yield from _halves(text)
    yield from _bundles(text)
    for match in A_UNIT.finditer(text):
        if reading := one_of(match["unit"] or match["within"]):
            yield bounded(text, single(text, *match.span(), reading))
    for start, end, day in weekdays(text):
        yield single(text, start, end, Reading(Measure.DATE, Decimal(day), f"weekday-{day}"))


def item_before(text: str, position: int) -> str:
    """``#2`` where a discount counts for the second item only."""
    match = NTH_ITEM.search(text[max(0, position - 24) : position])
    return f"#{next(numerals(match[1] or match[2])).value}" if match else ""


def _halves(text: str) -> Iterator[Quantity]:
    for match in HALF.finditer(text):
        if match["price"]:
            reading = Reading(Measure.DISCOUNT, Decimal("0.5"), item_before(text, match.start()))
            yield single(text, *match.span(), reading)
        elif match["share"]:
            yield single(text, *match.span(), Reading(Measure.PERCENT, Decimal(50), "%"))
        elif one := one_of(match["unit"] or match["en"]):
            yield single(text, *match.span(), Reading(one.measure, one.value / 2, one.unit))
    for match in OVER_HUNDRED.finditer(text):
        yield single(text, *match.span(), Reading(Measure.PERCENT, Decimal(100), "%"))


def _bundles(text: str) -> Iterator[Quantity]:
    for match in BUNDLE.finditer(text):
        parts = [list(numerals(part)) for part in match.groups() if part]
        if all(len(part) == 1 for part in parts):
            pair = "+".join(f"{part[0].value.normalize():f}" for part in parts)
            yield single(text, *match.span(), Reading(Measure.BUNDLE, parts[0][0].value, pair))


def one_of(name: str) -> Reading | None:
    """One of the unit of that name."""
    unit = named(name)
    return Reading(unit[0], unit[2], unit[1]) if unit else None
