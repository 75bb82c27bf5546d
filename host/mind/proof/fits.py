"""Numbers that a text tells of whoever it speaks of: 一米六、一百零四斤穿M, ``a four-year-old``, 三个月的小狗.

They are nobody's claim about goods and need no fact of that value; but what the text concludes from them must hold: the
height and the weight lie in the row of the size that is named, and the age is one that the sheet says the product is
for, or, where the text denies it, is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from host.core.variants import SizeRow, Span
from host.mind.proof.context import Context, Known
from host.mind.quantities.quantity import Quantity
from host.mind.quantities.units import Measure

_SIZE = re.compile(r"(?<![a-z0-9])(?P<size>x{0,4}s|m|x{0,4}l|[2-6]xl|\d{2,3})(?![a-z0-9])")
_THROUGH = re.compile(r"^ ?(?:-|–|~|到|至|to) ?$")
_OF_BODY = re.compile(r"身高|体重|净身高|高|重|height|weight|tall|weigh|斤|公斤|kg|lb|pound|cm|米")
_AGED = re.compile(r"岁|月龄|个月|大的|year|month|age|\bold\b")
_AGES = re.compile(r"\b(?:ages?|aged|children|kids|toddlers)\b[a-z ]*$")
_YOUNG = re.compile(r"大|的?[小宝孩幼奶狗猫婴娃犬]| old|-old| (?:baby|puppy|kitten|infant)")
"""What follows an age in months: 三个月的小奶狗."""
_NOT_FOR = re.compile(
    r"不能|不可|不行|不适|不建议|别|再等|再说|先别|等[他她它]|太小|\bno\b|\bnot\b|n't|\bwait\b|\btoo young\b"
)


@dataclass(frozen=True, slots=True)
class Row:
    """A size with the bodies it is for, in canonical units."""

    size: str
    spans: tuple[tuple[str, Decimal, Decimal], ...]
    fact: str


def fits(context: Context, quantity: Quantity) -> tuple[str, ...]:
    """Ids of the facts by which what is said of somebody holds; empty where no fact speaks of it or it does not."""
    reading = quantity.readings[0]
    if reading.measure is Measure.PHYSICAL and reading.unit in ("mm", "g"):
        return _size(context, reading.value, reading.unit)
    months = _months(quantity)
    somebody = reading.unit == "岁" or _YOUNG.match(context.text, quantity.end)
    return _age(context, months) if months is not None and somebody else ()


def _size(context: Context, value: Decimal, unit: str) -> tuple[str, ...]:
    rows = list(_rows(context))
    said = {match["size"] for match in _SIZE.finditer(context.text)}
    meant = [row for row in rows if row.size in said]
    holding = [row for row in meant if any(kind == unit and low <= value <= high for kind, low, high in row.spans)]
    return tuple(dict.fromkeys(row.fact for row in holding))


def _rows(context: Context) -> Iterator[Row]:
    """The size chart as the sheet types it, or as its facts say it: M码身高155-163厘米、体重48-54公斤."""
    for row in context.product.size_chart.rows:
        yield Row(row.size.lower(), tuple(_canonical(row)), f"{context.product.id}.size_chart.{row.size}")
    known = context.known
    for low, high in pairwise(known):
        gap = low.text[low.quantity.end : high.quantity.start] if low.fact == high.fact else "x"
        if not _THROUGH.match(gap) or high.kind[0] is not Measure.PHYSICAL or high.kind[1] not in ("mm", "g"):
            continue
        size = _size_before(low)
        if size and _OF_BODY.search(low.text):
            yield Row(size, ((high.kind[1], low.value, high.value),), low.fact)


def _size_before(known: Known) -> str:
    """The size that a row of a chart begins with."""
    sizes = list(_SIZE.finditer(known.text[: known.quantity.start].replace("码", " ")))
    sizes = [match for match in sizes if not match["size"].isdigit()]
    return sizes[-1]["size"] if sizes else ""


def _canonical(row: SizeRow) -> Iterator[tuple[str, Decimal, Decimal]]:
    factors = {"cm": ("mm", Decimal(10)), "kg": ("g", Decimal(1000)), "mm": ("mm", Decimal(1)), "g": ("g", Decimal(1))}
    spans: list[Span] = list(row.spans.values())
    for span in spans:
        if span.unit in factors:
            unit, factor = factors[span.unit]
            low = span.low * factor if span.low is not None else Decimal(0)
            yield unit, low, span.high * factor if span.high is not None else Decimal(10**9)


def _months(quantity: Quantity) -> Decimal | None:
    reading = quantity.readings[0]
    if reading.measure is Measure.COUNT and reading.unit == "岁":
        return reading.value * 12
    if reading.measure is Measure.DURATION and reading.unit == "month":
        return reading.value
    return None


def _limit(known: Known) -> Decimal | None:
    """The age, in months, of which a fact says that a product is for those above or below it."""
    quantity = known.quantity
    if quantity.bound not in ("above", "below"):
        return None
    if quantity.readings[0].measure is Measure.NUMBER and _AGES.search(known.text[: quantity.start][-24:]):
        return quantity.readings[0].value * 12
    return _months(quantity) if _AGED.search(known.text) else None


def _age(context: Context, months: Decimal) -> tuple[str, ...]:
    """Whether an age is one the sheet speaks of, and the text says the same of it."""
    denied = bool(_NOT_FOR.search(context.text))
    for known in context.known:
        limit = _limit(known)
        if limit is None:
            continue
        if known.quantity.bound == "above" and (months >= limit) != denied:
            return (known.fact,)
        if known.quantity.bound == "below" and (months < limit) == denied:
            return (known.fact,)
    audience = context.product.audience
    if audience and audience.min_age is not None and (months >= audience.min_age) != denied:
        return (f"{context.product.id}.audience.ages",)
    return ()
