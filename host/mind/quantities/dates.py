"""Dates, weekdays and times of day in folded text, in the ways they are written and read out.

A date's unit is ``YYYY-MM-DD`` with ``*`` for what is not said; a time of day counts minutes after midnight.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from host.mind.quantities.numerals import Number
from host.mind.quantities.units import Measure

_MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
           "december"]  # fmt: skip
_MONTH = {name: index + 1 for index, name in enumerate(_MONTHS)} | {
    name[:3]: index + 1 for index, name in enumerate(_MONTHS)
} | {"sept": 9}  # fmt: skip
_MONTH_WORD = "|".join(sorted(_MONTH, key=len, reverse=True))
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_HM = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?(?!\d)(?: ?([ap])\.?m\b\.?)?")
_MERIDIEM = re.compile(r" ?([ap])\.? ?m\b\.?")
_OCLOCK = re.compile(r" ?o'clock(?: in the (morning|afternoon|evening))?(?: at night)?")
_MONTH_BEFORE = re.compile(rf"(?<![a-z])({_MONTH_WORD})\.? ?(?:the )?$")
_MONTH_AFTER = re.compile(rf"(?:st|nd|rd|th)? (?:of )?({_MONTH_WORD})(?![a-z])")
_DAYPART = re.compile(r"(凌晨|早上|早晨|上午|中午|下午|傍晚|晚上|今晚|明晚|当晚|晚) ?$")
_POINT_CLOCK = re.compile(r" ?(?:点钟?|时(?![间代尚候装长效刻光差区髦]))(?P<more>半|整|一刻|三刻)?")
_WEEKDAY_ZH = re.compile(r"(?:星期|礼拜|周)([一二三四五六日天])(?![个年期生围边])")
_WEEKDAY_EN = re.compile(r"(?<!black )(?<!cyber )\b(monday|tuesday|wednesday|thursday|friday|saturday|sunday)s?\b")
_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

Option = tuple[Measure, Decimal, str]


def weekdays(text: str) -> Iterator[tuple[int, int, int]]:
    """``(start, end, day)`` of every named weekday, Monday being 1."""
    for match in _WEEKDAY_ZH.finditer(text):
        yield match.start(), match.end(), "一二三四五六日".find(match[1].replace("天", "日")) + 1
    for match in _WEEKDAY_EN.finditer(text):
        yield match.start(), match.end(), _DAYS.index(match[1]) + 1


def date_at(text: str, number: Number, numbers: Sequence[Number]) -> tuple[int, list[Option]] | None:
    """The date or time of day that begins with ``number``: where it ends, and its readings."""
    if match := _ISO.match(text, number.start):
        return match.end(), [_date(int(match[1]), int(match[2]), int(match[3]))]
    if match := _HM.match(text, number.start):
        return match.end(), _clock(int(match[1]), int(match[2]), match[3] or "", text[: number.start])
    if number.value != number.value.to_integral_value():
        return None
    return _chinese(text, number, numbers) or _english(text, number, numbers) or _hour(text, number, numbers)


def _chinese(text: str, number: Number, numbers: Sequence[Number]) -> tuple[int, list[Option]] | None:
    """二零二六年十一月三十日, 11月11日, 11月, 30日."""
    value, end = int(number.value), number.end
    year = month = day = 0
    if 1900 <= value <= 2100 and (match := re.compile(r" ?年").match(text, end)):
        year, end = value, match.end()
        following = _next(numbers, end)
        if following is None:
            return end, [_date(year, 0, 0)]
        value, after = int(following.value), following.end
    else:
        after = end
    if 1 <= value <= 12 and (match := re.compile(r" ?月份?").match(text, after)):
        month, end = value, match.end()
        following = _next(numbers, end)
        if following is not None and 1 <= following.value <= 31:
            close = re.compile(r" ?[日号]?").match(text, following.end)
            day, end = int(following.value), close.end() if close else following.end
    elif (
        1 <= value <= 31
        and not year
        and (match := re.compile(r" ?日(?!内|元|常|用|币|照|均|系|式|本)").match(text, after))
    ):
        day, end = value, match.end()
    if not (year or month or day):
        return None
    return end, [_date(year, month, day)]


def _english(text: str, number: Number, numbers: Sequence[Number]) -> tuple[int, list[Option]] | None:
    """``Nov 11``, ``the thirtieth of November``, ``November 30th, 2026``."""
    before = _MONTH_BEFORE.search(text[max(0, number.start - 16) : number.start])
    after = _MONTH_AFTER.match(text, number.end)
    if not (before or after):
        return None
    month = _MONTH[before[1] if before else after[1]]  # type: ignore[index]
    value, end = int(number.value), number.end
    if before:
        suffix = re.compile(r"(?:st|nd|rd|th)\b").match(text, end)
        end = suffix.end() if suffix else end
    elif after:
        end = after.end()
    if before and 1900 <= value <= 2100:
        return end, [_date(value, month, 0)]
    if not 1 <= value <= 31:
        return None
    gap = re.compile(r",? ").match(text, end)
    following = _next(numbers, gap.end()) if gap else None
    if following is not None and 1900 <= following.value <= 2100:
        return following.end, [_date(int(following.value), month, value)]
    return end, [_date(0, month, value)]


def _hour(text: str, number: Number, numbers: Sequence[Number]) -> tuple[int, list[Option]] | None:
    """晚上八点半, 20点, ``8 pm``, ``eight thirty p.m.``"""
    value = int(number.value)
    if match := _MERIDIEM.match(text, number.end):
        hour, minute = (value, 0) if value <= 12 else divmod(value, 100)
        return match.end(), _clock(hour, minute, match[1], "")
    if value > 24:
        return None
    if match := _OCLOCK.match(text, number.end):
        return match.end(), _clock(value, 0, {"morning": "a"}.get(match[1] or "", "p" if match[1] else ""), "")
    if match := _POINT_CLOCK.match(text, number.end):
        end, minute = match.end(), {"半": 30, "一刻": 15, "三刻": 45}.get(match["more"] or "", 0)
        before = text[max(0, number.start - 4) : number.start]
        if before.endswith("第"):
            return None
        if not match["more"]:
            following = _next(numbers, end)
            if following is not None and following.value < 60:
                minute = int(following.value)
                close = re.compile(r" ?分(?!钟)").match(text, following.end)
                end = close.end() if close else following.end
        if re.search(r"(?:这|那|有|以下|下面|分|记住|总结|讲|说) ?$", before) and end == match.end() and value < 10:
            return None
        options = _clock(value, minute, "", before)
        return end, options
    return None


def _next(numbers: Sequence[Number], position: int) -> Number | None:
    return next((number for number in numbers if number.start == position), None)


def _date(year: int, month: int, day: int) -> Option:
    unit = "-".join([f"{year:04d}" if year else "*", f"{month:02d}" if month else "*", f"{day:02d}" if day else "*"])
    return Measure.DATE, Decimal(year * 10000 + month * 100 + day), unit


def _clock(hour: int, minute: int, meridiem: str, before: str) -> list[Option]:
    """Readings of a time of day; without a hint of morning or evening, both."""
    part = _DAYPART.search(before[-4:])
    if part:
        meridiem = "a" if part[1] in ("凌晨", "早上", "早晨", "上午") or (part[1] == "中午" and hour == 12) else "p"
        if part[1] == "中午" and hour == 12:
            meridiem = "noon"
    minutes = hour % 24 * 60 + minute if hour != 24 else 24 * 60 + minute
    if meridiem == "p" and hour < 12:
        minutes += 12 * 60
    elif meridiem == "a" and hour == 12:
        minutes -= 12 * 60
    options = [minutes]
    if not meridiem and hour < 12:
        options.append(minutes + 12 * 60)
    return [(Measure.CLOCK, Decimal(value), "min") for value in options]
