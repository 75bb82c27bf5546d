"""Ranges of a measure as sellers write them: ``155-163 cm``, ``96~108斤``, 54公斤以下, ``5'4"-5'8"``, ``3+``."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from host.core.reason import Reason
from host.core.variants import Span
from host.lang.units import Unit, units
from host.show.values import in_figures

_INTO = {"mm": ("cm", Decimal(10)), "g": ("kg", Decimal(1000)), "in": ("in", Decimal(1)), "oz": ("lb", Decimal(16)),
         "month": ("month", Decimal(1))}  # fmt: skip
"""By the canonical unit of the table: the unit of a span, and how many of the table's it is."""
_SPOKEN = {"岁": "yr", "周岁": "yr", "years_old": "yr", "year_old": "yr", "months_old": "mo", "month_old": "mo",
           "个月大": "mo", "月龄": "mo", "月": "mo", "y": "yr", "m": "m", '"': "in", "'": "ft", "in": "in"}  # fmt: skip
"""What stands behind the number of an age or a length, and is no unit of the table by that name."""
_NUMBER = r"\d{1,5}(?:\.\d{1,3})?"
_UNIT = r"""[a-z"'㐀-鿿][a-z_㐀-鿿]{0,11}?"""
_FEET = re.compile(r"""(\d) ?(?:'|ft\.?|feet|foot) ?(\d{1,2}(?:\.\d)?) ?(?:"|''|in\.?|inches|inch)?(?![\d.])""")
_UNDER = r"under|below|less than|up to|at most|max\.?|<=|<|≤|不超过|不到|小于|至多|最多|低于"
_OVER = r"over|above|more than|at least|from|min\.?|>=|>|≥|大于|超过|至少|不低于|满"
_RANGE = re.compile(
    rf"(?:(?P<under>{_UNDER})|(?P<over>{_OVER}))? ?(?P<low>{_NUMBER}) ?(?P<first>{_UNIT})?? ?"
    rf"(?:(?:-|~|to|and|至|到) ?(?P<high>{_NUMBER}) ?(?P<second>{_UNIT})??)? ?"
    r"(?:(?P<less>以下|以内|and under|or less|and below|及以下|max)|"
    r"(?P<more>以上|起|\+|and up|and over|or more|plus|及以上))?"
)
_PLUS = re.compile(r"(\d)\+( ?[a-z㐀-鿿]{1,8})$")
"""The sign of ``3+ years``, which may stand behind the unit as well."""
_DASHES = str.maketrans(
    {"–": "-", "—": "-", "−": "-", "～": "~", "〜": "~", "’": "'", "′": "'", "”": '"', "″": '"', "“": '"'}
)
_PERIOD = re.compile(
    rf"(?:整机|全国)?(?:质保|保修|联保|保质期|保)?:? ?(?P<number>{_NUMBER})[ -]?(?P<unit>{_UNIT})"
    r"(?:质保|保修|联保| warranty| guarantee)?"
)
_IN_BRACKETS = re.compile(r"\(([^()]{1,10})\)")


@dataclass(frozen=True, slots=True)
class Cell:
    """A range as it was read: the span, whether it is a single value, and how fine its numbers are."""

    span: Span
    single: bool
    step: Decimal
    """What is between two neighbouring values: 163 cm and 164 cm leave no hole, 163 cm and 165 cm do."""


def cell(text: str, unit: str = "") -> Cell:
    """A range, with the unit that stands in it, else ``unit``. Raises `ValueError` with its `Reason` where it is none,
    where its unit is missing or of no measure known here, and where it ends before it begins."""
    plain = _plain(text)
    match = _RANGE.fullmatch(plain)
    if match is None:
        raise ValueError(Reason("span_unread", text=text))
    behind = match["second"] or match["first"] or unit
    if not behind:
        raise ValueError(Reason("span_no_unit", text=text))
    into, factor = _unit(behind, text)
    _, first = _unit(match["first"] or behind, text)
    low, high = Decimal(match["low"]) * first, Decimal(match["high"]) * factor if match["high"] else None
    if high is not None and high < low:
        raise ValueError(Reason("span_reversed", text=text))
    step = factor / 10 ** max(len((match[each] or "").partition(".")[2]) for each in ("low", "high"))
    if high is None and (match["under"] or match["less"]):
        return Cell(Span(None, low, into), False, step)
    if high is None and (match["over"] or match["more"]):
        return Cell(Span(low, None, into), False, step)
    return Cell(Span(low, low if high is None else high, into), high is None, step)


def period(text: str) -> int:
    """A length of time in months: ``12个月``, ``2 years``, 半年. Raises `ValueError` where it is none."""
    plain = _plain(text).replace("半年", "6个月").replace("half a year", "6 months")
    match = _PERIOD.fullmatch(plain)
    found = _unit(match["unit"], text) if match else ("", Decimal(0))
    months = Decimal(match["number"]) * found[1] if match else Decimal(0)
    if found[0] != "month" or months != months.to_integral_value():
        raise ValueError(Reason("not_months", text=text))
    return int(months)


def unit_in(written: str) -> str:
    """The unit in the brackets of a heading: that of 身高(cm)."""
    match = _IN_BRACKETS.search(_plain(written))
    return match[1].strip() if match else ""


def _plain(text: str) -> str:
    """A text as ranges are read: half-width, lower case, numbers in figures, feet and inches as inches."""
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    plain = " ".join(in_figures(plain).casefold().split())
    for words in ("years old", "year old", "months old", "month old"):
        plain = plain.replace(words, words.replace(" ", "_"))
    plain = _PLUS.sub(r"\1\2+", plain)
    return _FEET.sub(lambda match: f"{Decimal(match[1]) * 12 + Decimal(match[2])}in", plain)


def _unit(written: str, text: str) -> tuple[str, Decimal]:
    """The unit of a span, and how many of it one of the unit written is."""
    name = _SPOKEN.get(written, written)
    unit: Unit | None = units().symbols.get(name) or units().words.get(name)
    if unit is None or unit.canonical not in _INTO:
        raise ValueError(Reason("span_unit_unknown", text=text, unit=written))
    into, many = _INTO[unit.canonical]
    return into, unit.factor / many
