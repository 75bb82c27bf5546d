"""From where to where a product suits somebody, as its sheet says: by size, by model, or for all of it.

The typed size chart and audience say it, and so do facts in words: M码身高155-163厘米、体重48-54公斤, 体重不超过15公斤,
``ages 12 to 17``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise, zip_longest

from host.core.lexicon import Lexicon
from host.core.variants import SizeRow
from host.lang.numerals import numerals
from host.mind.proof.context import Context, Known
from host.mind.quantities.quantity import Quantity
from host.mind.quantities.units import Measure

LETTERS = r"x{0,4}s|m|x{0,4}l|[2-6]xl"
"""Sizes that are no numbers."""
BODY = frozenset(["mm", "g", "in", "oz"])
"""What bodies are measured in."""
_UNFIT = Lexicon.load("unfit.txt")
_SIZE_OF_ROW = re.compile(rf"(?<![a-z0-9])(?P<size>{LETTERS}|\d{{2,3}}(?=码))(?![a-z0-9])")
_THROUGH = re.compile(r"^ ?(?:-|–|~|到|至|to) ?$")
_OF_SOMEBODY = re.compile(
    r"身高|体重|净身高|腰围|胸围|臀围|脚长|岁|月龄|大的|适合|适用|承重|载重|限重|尺码|height|weight|tall|weigh|year|month"
    r"|\bages?\b|\bold\b|waist|chest|bust|\bhips?\b|\bload|supports|\bfits?\b|\bsize"
)
_AGES = re.compile(r"\b(?:ages?|aged|children|kids|toddlers)\b[a-z ]*$")
_SENTENCE = re.compile(r"[。;；]|\. ")
_UNITS = BODY | {"month", "人"}
_INFINITE = Decimal(10**9)


@dataclass(frozen=True, slots=True)
class Extent:
    """From where to where an amount of somebody suits, in a canonical unit."""

    unit: str
    low: Decimal
    high: Decimal
    fact: str
    label: str
    size: str = ""
    """The size that a row of a chart is of."""
    choices: frozenset[str] = frozenset()
    scale: Decimal = Decimal(1)
    """How many of the unit one is that is written."""
    denies: bool = False
    """Whether the fact says that within it the product is not for somebody."""

    def holds(self, value: Decimal, bound: str) -> bool | None:
        """Whether a value, or all below or above it, lies within; None where some does and some does not."""
        if bound in ("below", "most"):
            inside, outside = self.low == 0 and value <= self.high, value <= self.low
        elif bound in ("above", "least"):
            inside, outside = self.high == _INFINITE and value >= self.low, value >= self.high
        else:
            inside, outside = self.has(value), not self.has(value)
        return inside if inside or outside else None

    def has(self, value: Decimal) -> bool:
        """Whether a value in the unit lies within."""
        return self.low <= value <= self.high


def extents(context: Context) -> Iterator[Extent]:
    """Every span of the sheet: of its typed size chart, and in its facts: M码身高155-163厘米、体重48-54公斤."""
    for row in context.product.size_chart.rows:
        yield from _of_row(row, f"{context.product.id}.size_chart.{row.size}")
    known = context.known
    taken: set[int] = set()
    for low, high in pairwise(known):
        gap = low.text[low.quantity.end : high.quantity.start] if low.fact == high.fact else "x"
        if _THROUGH.match(gap):
            taken |= {id(low), id(high)}
            yield from _between(context, low, high)
    for one in known:
        if one.quantity.bound and id(one) not in taken:
            yield from _beyond(context, one)


def _of_row(row: SizeRow, fact: str) -> Iterator[Extent]:
    factors = {"cm": ("mm", Decimal(10)), "kg": ("g", Decimal(1000)), "mm": ("mm", Decimal(1)), "g": ("g", Decimal(1))}
    for name, span in row.spans.items():
        if span.unit in factors:
            unit, factor = factors[span.unit]
            low = span.low * factor if span.low is not None else Decimal(0)
            high = span.high * factor if span.high is not None else _INFINITE
            yield Extent(unit, low, high, fact, name, row.size.lower(), scale=factor)


def _between(context: Context, low: Known, high: Known) -> Iterator[Extent]:
    unit = _unit(high)
    if unit and _OF_SOMEBODY.search(low.text):
        first = months_of(low.quantity) if unit == "month" else low.value
        last = months_of(high.quantity) if unit == "month" else high.value
        if first is not None and last is not None:
            label = low.text[max(0, low.quantity.start - 6) : low.quantity.start]
            yield Extent(unit, first, last, low.fact, label, _size_before(low), context.choices_of(low), _scale(high))


def _beyond(context: Context, known: Known) -> Iterator[Extent]:
    """A span with one end: 体重不超过15公斤, 8周岁以下儿童不能操作."""
    unit = _unit(known)
    value = months_of(known.quantity) if unit == "month" else known.value
    if not unit or value is None or not _OF_SOMEBODY.search(known.text) or known.quantity.bound in ("about", "several"):
        return
    upper = known.quantity.bound in ("most", "below")
    low, high = (Decimal(0), value) if upper else (value, _INFINITE)
    stop = _SENTENCE.search(known.text, known.quantity.end)
    denies = is_advised_against(known.text[known.quantity.end : stop.start() if stop else len(known.text)])
    label = known.text[max(0, known.quantity.start - 10) : known.quantity.start]
    yield Extent(unit, low, high, known.fact, label, "", context.choices_of(known), _scale(known), denies)


def ages(context: Context) -> Iterable[Extent]:
    """The spans of age that hold whatever is chosen."""
    yield from (each for each in extents(context) if each.unit == "month" and not each.choices and not each.size)
    for known, following in zip_longest(context.known, context.known[1:]):  # ages 3 and up, ages 12 to 17
        number = known.quantity.readings[0]
        if number.measure is Measure.NUMBER and _AGES.search(known.text[: known.quantity.start][-24:]):
            last = following.value if following and following.fact == known.fact else None
            if last is not None and _THROUGH.match(known.text[known.quantity.end : following.quantity.start]):
                yield Extent("month", number.value * 12, last * 12 + 11, known.fact, known.label)
            if known.quantity.bound in ("least", "above"):
                yield Extent("month", number.value * 12, _INFINITE, known.fact, known.label)
            elif known.quantity.bound in ("most", "below"):
                yield Extent("month", Decimal(0), number.value * 12, known.fact, known.label)


def _unit(known: Known) -> str:
    """What a span counts; empty where it is none of somebody."""
    unit = "month" if months_of(known.quantity) is not None else known.kind[1]
    return unit if unit in _UNITS else ""


def _scale(known: Known) -> Decimal:
    written = next(numerals(known.quantity.text), None)
    return known.value / written.value if written is not None and written.value else Decimal(1)


def _size_before(known: Known) -> str:
    """The size that a row of a chart begins with."""
    sizes = list(_SIZE_OF_ROW.finditer(known.text[: known.quantity.start].replace("码", "码 ")))
    return sizes[-1]["size"] if sizes else ""


def months_of(quantity: Quantity) -> Decimal | None:
    reading = quantity.readings[0]
    if reading.measure is Measure.COUNT and reading.unit == "岁":
        return reading.value * 12
    if reading.measure is Measure.DURATION and reading.unit == "month":
        return reading.value
    return None


def is_advised_against(text: str) -> bool:
    return any(word.kind == "unfit" for word in _UNFIT.read(text))
