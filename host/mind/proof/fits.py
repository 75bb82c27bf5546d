"""Numbers that a text tells of whoever it speaks of: 一米六、一百零四斤穿M, ``a four-year-old``, 三个月的小狗.

They are nobody's claim about goods and need no fact of that value; but what the text concludes from them must hold. The
sheet gives spans: of height and weight by size, of age and weight by model, of people by capacity. Of each choice that
the text recommends every number lies in its span; of one that it advises against some number does not. Where no choice
has spans of its own, those of the product count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise, zip_longest

from host.core.lexicon import Lexicon
from host.core.variants import SizeRow
from host.lang.numerals import numerals
from host.mind.answers.concepts import words
from host.mind.proof.context import Context, Known
from host.mind.quantities.quantity import Quantity
from host.mind.quantities.units import Measure

_UNFIT = Lexicon.load(__package__, "unfit.txt")
_LETTERS = r"x{0,4}s|m|x{0,4}l|[2-6]xl"
_SIZE = re.compile(rf"(?<![a-z0-9'.])(?P<size>{_LETTERS}|\d{{2,3}})(?![a-z0-9%]|\.\d)")
_SIZE_OF_ROW = re.compile(rf"(?<![a-z0-9])(?P<size>{_LETTERS}|\d{{2,3}}(?=码))(?![a-z0-9])")
_THROUGH = re.compile(r"^ ?(?:-|–|~|到|至|to) ?$")
_OF_SOMEBODY = re.compile(
    r"身高|体重|净身高|腰围|胸围|臀围|脚长|岁|月龄|大的|适合|适用|承重|载重|限重|尺码|height|weight|tall|weigh|year|month"
    r"|\bages?\b|\bold\b|waist|chest|bust|\bhips?\b|\bload|supports|\bfits?\b|\bsize"
)
_AGES = re.compile(r"\b(?:ages?|aged|children|kids|toddlers)\b[a-z ]*$")
_YOUNG = re.compile(r"大|的?[小宝孩幼奶狗猫婴娃犬]|的话| old|-old| (?:baby|puppy|kitten|infant)")
"""What follows an age in months: 三个月的小奶狗."""
_CHILDREN = re.compile(r"孩|娃|宝宝|小朋友|\b(?:kids?|child|children|little ones?|toddlers?|ages?|aged|bab(?:y|ies))\b")
_ABOUT = 20
_SENTENCE = re.compile(r"[。;；]|\. ")
_BODY = frozenset(["mm", "g", "in", "oz"])
_UNITS = _BODY | {"month", "人"}
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


@dataclass(slots=True)
class _Verdict:
    """What the spans of those choices say that a text names."""

    wrong: bool = False
    proven: dict[int, set[str]] = field(default_factory=dict)
    """By the start of each number, the facts by which it holds."""


def fits(context: Context, quantity: Quantity) -> tuple[str, ...]:
    """Ids of the facts by which what is said of somebody holds; empty where no fact speaks of it or it does not."""
    reading = quantity.readings[0]
    years = _years_said(context, quantity)
    months = _months(quantity) if years is None else years
    if reading.measure in (Measure.PHYSICAL, Measure.NUMBER) or reading.unit == "人" or months is not None:
        verdict = _of_choices(context)
        if verdict.wrong:
            return ()
        if facts := verdict.proven.get(quantity.start):
            return tuple(sorted(facts))
    somebody = years is not None or reading.unit == "岁" or _YOUNG.match(context.text, quantity.end)
    return _age(context, months, quantity.bound) if months is not None and somebody else ()


def _of_choices(context: Context) -> _Verdict:
    """What is said of each choice and size that the text names, held against the spans of that one."""
    verdict = _Verdict()
    extents = [each for each in _extents(context) if each.size or each.choices]
    named = sorted(_named(context, extents), key=lambda each: each[0]) if extents else []
    for (start, own), (behind, _) in pairwise([*named, (len(context.text), [])]):
        denied = _is_denied(context.text[_clause_start(context.text, start) : behind])
        used = [(each, extent) for each in context.found for extent in _candidates(context, each, own)]
        inside: dict[int, bool] = {}
        for each, extent in used:
            inside[each.start] = inside.get(each.start, False) or _value(each, extent) in _Within(extent)
        if not inside:
            continue
        if all(inside.values()) is denied:
            verdict.wrong = True
        for each, extent in used:
            verdict.proven.setdefault(each.start, set()).add(extent.fact)
    return verdict


@dataclass(frozen=True, slots=True)
class _Within:
    extent: Extent

    def __contains__(self, value: object) -> bool:
        return isinstance(value, Decimal) and self.extent.has(value)


def _named(context: Context, extents: Sequence[Extent]) -> Iterator[tuple[int, list[Extent]]]:
    """Where the text names something that has spans, and these."""
    sizes = {each.size for each in extents if each.size}
    for match in _SIZE.finditer(context.text) if sizes else ():
        if match["size"] in sizes and not _measures(context, match.start()):
            yield match.start(), [each for each in extents if each.size == match["size"]]
    for name in context.named:
        ids = {choice.id for choice in name.choices}
        own = [each for each in extents if not each.size and not ids.isdisjoint(each.choices)]
        if own:
            yield name.start, own


def _measures(context: Context, start: int) -> bool:
    """Whether digits belong to an amount that is said with a unit: the 30 of 30公斤."""
    return any(
        each.start <= start < each.end and each.readings[0].measure not in (Measure.NUMBER, Measure.COUNT)
        for each in context.found
    )


def _candidates(context: Context, quantity: Quantity, own: Sequence[Extent]) -> list[Extent]:
    """The spans that a number may have to lie in: of its kind, and, if the text tells, of what is measured."""
    if quantity.bound not in ("", "about"):
        return []
    near = _terms(context.text[_clause_start(context.text, quantity.start) : quantity.start])
    alike = [extent for extent in own if _value(quantity, extent) is not None]
    told = [extent for extent in alike if near & _terms(extent.label)]
    if quantity.readings[0].measure is Measure.NUMBER:
        return told
    return told or alike


def _value(quantity: Quantity, extent: Extent) -> Decimal | None:
    """A number in the unit of a span."""
    reading = quantity.readings[0]
    if reading.measure is Measure.NUMBER and not reading.unit:
        return reading.value * extent.scale if extent.unit in _BODY else None
    if extent.unit == "month":
        return _months(quantity)
    return reading.value if reading.unit == extent.unit else None


def _clause_start(text: str, at: int) -> int:
    return max(text.rfind(mark, 0, at) for mark in ",，。;；!！?？、") + 1


def _is_denied(text: str) -> bool:
    return any(word.kind == "unfit" for word in _UNFIT.read(text))


def _extents(context: Context) -> Iterator[Extent]:
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
        first = _months(low.quantity) if unit == "month" else low.value
        last = _months(high.quantity) if unit == "month" else high.value
        if first is not None and last is not None:
            label = low.text[max(0, low.quantity.start - 6) : low.quantity.start]
            yield Extent(unit, first, last, low.fact, label, _size_before(low), context.choices_of(low), _scale(high))


def _beyond(context: Context, known: Known) -> Iterator[Extent]:
    """A span with one end: 体重不超过15公斤, 8周岁以下儿童不能操作."""
    unit = _unit(known)
    value = _months(known.quantity) if unit == "month" else known.value
    if not unit or value is None or not _OF_SOMEBODY.search(known.text) or known.quantity.bound in ("about", "several"):
        return
    upper = known.quantity.bound in ("most", "below")
    low, high = (Decimal(0), value) if upper else (value, _INFINITE)
    stop = _SENTENCE.search(known.text, known.quantity.end)
    denies = _is_denied(known.text[known.quantity.end : stop.start() if stop else len(known.text)])
    label = known.text[max(0, known.quantity.start - 10) : known.quantity.start]
    yield Extent(unit, low, high, known.fact, label, "", context.choices_of(known), _scale(known), denies)


def _unit(known: Known) -> str:
    """What a span counts; empty where it is none of somebody."""
    unit = "month" if _months(known.quantity) is not None else known.kind[1]
    return unit if unit in _UNITS else ""


def _scale(known: Known) -> Decimal:
    written = next(numerals(known.quantity.text), None)
    return known.value / written.value if written is not None and written.value else Decimal(1)


def _size_before(known: Known) -> str:
    """The size that a row of a chart begins with."""
    sizes = list(_SIZE_OF_ROW.finditer(known.text[: known.quantity.start].replace("码", "码 ")))
    return sizes[-1]["size"] if sizes else ""


def _months(quantity: Quantity) -> Decimal | None:
    reading = quantity.readings[0]
    if reading.measure is Measure.COUNT and reading.unit == "岁":
        return reading.value * 12
    if reading.measure is Measure.DURATION and reading.unit == "month":
        return reading.value
    return None


def _years_said(context: Context, quantity: Quantity) -> Decimal | None:
    """The months of an age that is told by its number alone: kids under six, 不满十二的小孩."""
    reading = quantity.readings[0]
    if reading.measure is not Measure.NUMBER or reading.unit or not quantity.bound:
        return None
    near = context.text[max(0, quantity.start - _ABOUT) : quantity.end + _ABOUT]
    return reading.value * 12 if _CHILDREN.search(near) else None


def _age(context: Context, months: Decimal, bound: str) -> tuple[str, ...]:
    """Whether an age, or all below or above it, is one the sheet speaks of, and the text says the same of it."""
    denied = _is_denied(context.text)
    for extent in _ages(context):
        held = extent.holds(months, bound)
        if held is not None and (held is not extent.denies) is not denied:
            return (extent.fact,)
    audience = context.product.audience
    if audience and audience.min_age is not None and (months >= audience.min_age) is not denied:
        return (f"{context.product.id}.audience.ages",)
    return ()


def _ages(context: Context) -> Iterable[Extent]:
    """The spans of age that hold whatever is chosen."""
    yield from (each for each in _extents(context) if each.unit == "month" and not each.choices and not each.size)
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


@lru_cache(maxsize=4096)
def _terms(text: str) -> frozenset[str]:
    return words(text)
