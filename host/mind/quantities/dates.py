"""Days and times of day as quantities.

A date's unit is ``YYYY-MM-DD`` with ``*`` for what is not said; a time of day counts minutes after midnight.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from host.lang.tokens import Clock, Date, Year
from host.mind.quantities.grammar import RANGE
from host.mind.quantities.quantity import Quantity, Reading
from host.mind.quantities.units import Measure

_DAYPART = re.compile(r"(凌晨|早上|早晨|上午|中午|下午|傍晚|晚上|今晚|明晚|当晚|晚) ?$")
_PART_AFTER = re.compile(r" in the (morning|afternoon|evening)| at (night)")
_MORNING = ("凌晨", "早上", "早晨", "上午", "morning")
_WEEKDAY_ZH = re.compile(r"(?:星期|礼拜|周)([一二三四五六日天])(?![个年期生围边])")
_WEEKDAY_EN = re.compile(r"(?<!black )(?<!cyber )\b(monday|tuesday|wednesday|thursday|friday|saturday|sunday)s?\b")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def weekdays(text: str) -> Iterator[tuple[int, int, int]]:
    """``(start, end, day)`` of every named weekday, Monday being 1."""
    for match in _WEEKDAY_ZH.finditer(text):
        yield match.start(), match.end(), "一二三四五六日".find(match[1].replace("天", "日")) + 1
    for match in _WEEKDAY_EN.finditer(text):
        yield match.start(), match.end(), _DAYS.index(match[1]) + 1


def of_date(token: Date) -> Reading:
    """A day, or as much of it as is said."""
    year, month, day = f"{token.year:04d}", f"{token.month:02d}", f"{token.day:02d}"
    unit = "-".join(part if int(part) else "*" for part in (year, month, day))
    return Reading(Measure.DATE, Decimal(year + month + day), unit)


def of_year(token: Year) -> Reading:
    """A year; of those of a decade, and of 90后, the number alone."""
    value = Decimal(token.digits)
    if token.plural or len(token.digits) < 4:
        return Reading(Measure.NUMBER, value)
    return Reading(Measure.DATE, value * 10000, f"{token.digits}-*-*")


_SHORT_YEAR = re.compile(r"[二三][〇零一二三四五六七八九]年|[23]\d年(?=[春夏秋冬产采新出制])")


def short_year(text: str, quantity: Quantity) -> Quantity:
    """二五年 is 2025: so many years would be 二十五年. Beside figures a season or a deed tells: 25年春茶."""
    if not _SHORT_YEAR.match(text, quantity.start) or quantity.readings[0].measure is not Measure.DURATION:
        return quantity
    years = quantity.readings[0].value / 12
    return replace(quantity, readings=(Reading(Measure.DATE, (2000 + years) * 10000, f"20{int(years):02d}-*-*"),))


def through(text: str, found: Sequence[Quantity]) -> list[Quantity]:
    """The quantities of a text; the last day of a stretch is in the month of the first: 十二月一号到七号."""
    made: list[Quantity] = []
    for each in found:
        quantity = short_year(text, each)
        day = next((known for known in quantity.readings if known.measure is Measure.DATE), None)
        last = made[-1].readings[0] if made else None
        if (
            day is not None
            and day.unit.startswith("*-*-")
            and last is not None
            and last.measure is Measure.DATE
            and last.unit.count("-") == 2
            and RANGE.fullmatch(text[made[-1].end : quantity.start])
        ):
            year, month, _ = last.unit.split("-")
            unit = f"{year}-{month}-{day.unit[4:]}"
            value = Decimal(unit.replace("*", "0").replace("-", ""))
            quantity = replace(quantity, readings=(Reading(Measure.DATE, value, unit),))
        made.append(quantity)
    return made


def of_clock(token: Clock, before: str, after: str) -> tuple[Reading, ...]:
    """Readings of a time of day; without a hint of morning or evening, both."""
    hour, minute, half = token.hour, token.minute, token.half
    named = _DAYPART.search(before[-4:])
    said = named[1] if named else next(filter(None, match.groups()), "") if (match := _PART_AFTER.match(after)) else ""
    if said:
        half = "a" if said in _MORNING or (said == "中午" and hour == 12) else "p"
    minutes = (24 * 60 if hour == 24 else hour % 24 * 60) + minute
    if half == "p" and hour < 12:
        minutes += 12 * 60
    elif half == "a" and hour == 12 and said != "中午":
        minutes -= 12 * 60
    options = [minutes, minutes + 12 * 60] if not half and 0 < hour < 12 else [minutes]
    return tuple(Reading(Measure.CLOCK, Decimal(value), "min") for value in options)
