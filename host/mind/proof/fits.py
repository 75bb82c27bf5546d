"""Numbers that a text tells of whoever it speaks of: 一米六、一百零四斤穿M, ``a four-year-old``, 三个月的小狗.

They are nobody's claim about goods and need no fact of that value; but what the text concludes from them must hold. The
sheet gives spans: of height and weight by size, of age and weight by model, of people by capacity. Of each choice that
the text recommends every number lies in its span; of one that it advises against some number does not. Where no choice
has spans of its own, those of the product count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from host.mind.answers.concepts import words
from host.mind.proof.context import Context
from host.mind.proof.extents import BODY, LETTERS, Extent, ages, extents, is_advised_against, months_of
from host.mind.quantities.quantity import Quantity
from host.mind.quantities.units import Measure

_SIZE = re.compile(rf"(?<![a-z0-9'.])(?P<size>{LETTERS}|\d{{2,3}})(?![a-z0-9%]|\.\d)")
_YOUNG = re.compile(r"大|的?[小宝孩幼奶狗猫婴娃犬]|的话| old|-old| (?:baby|puppy|kitten|infant)")
"""What follows an age in months: 三个月的小奶狗."""
_CHILDREN = re.compile(r"孩|娃|宝宝|小朋友|\b(?:kids?|child|children|little ones?|toddlers?|ages?|aged|bab(?:y|ies))\b")
_ABOUT = 20
"""Characters around a number within which a child is spoken of whose age it is."""


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
    months = months_of(quantity) if years is None else years
    if reading.measure in (Measure.PHYSICAL, Measure.NUMBER) or reading.unit == "人" or months is not None:
        verdict = _of_choices(context)
        if verdict.wrong:
            return ()
        if facts := verdict.proven.get(quantity.start):
            return tuple(sorted(facts))
    somebody = years is not None or reading.unit == "岁" or _YOUNG.match(context.text, quantity.end)
    return _age(context, months, quantity.bound) if months is not None and somebody else ()


def _years_said(context: Context, quantity: Quantity) -> Decimal | None:
    """The months of an age that is told by its number alone: kids under six, 不满十二的小孩."""
    reading = quantity.readings[0]
    if reading.measure is not Measure.NUMBER or reading.unit or not quantity.bound:
        return None
    near = context.text[max(0, quantity.start - _ABOUT) : quantity.end + _ABOUT]
    return reading.value * 12 if _CHILDREN.search(near) else None


def _of_choices(context: Context) -> _Verdict:
    """What is said of each choice and size that the text names, held against the spans of that one."""
    verdict = _Verdict()
    special = [each for each in extents(context) if each.size or each.choices]
    named = sorted(_named(context, special), key=lambda each: each[0]) if special else []
    for (start, own), (behind, _) in pairwise([*named, (len(context.text), [])]):
        denied = is_advised_against(context.text[_clause_start(context.text, start) : behind])
        used = [(each, extent) for each in context.found for extent in _candidates(context, each, own)]
        inside: dict[int, bool] = {}
        for each, extent in used:
            inside[each.start] = inside.get(each.start, False) or _lies_within(each, extent)
        if not inside:
            continue
        if all(inside.values()) is denied:
            verdict.wrong = True
        for each, extent in used:
            verdict.proven.setdefault(each.start, set()).add(extent.fact)
    return verdict


def _named(context: Context, special: Sequence[Extent]) -> Iterator[tuple[int, list[Extent]]]:
    """Where the text names something that has spans, and these."""
    sizes = {each.size for each in special if each.size}
    for match in _SIZE.finditer(context.text) if sizes else ():
        if match["size"] in sizes and not _measures(context, match.start()):
            yield match.start(), [each for each in special if each.size == match["size"]]
    for name in context.named:
        ids = {choice.id for choice in name.choices}
        own = [each for each in special if not each.size and not ids.isdisjoint(each.choices)]
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
        return reading.value * extent.scale if extent.unit in BODY else None
    if extent.unit == "month":
        return months_of(quantity)
    return reading.value if reading.unit == extent.unit else None


def _lies_within(quantity: Quantity, extent: Extent) -> bool:
    value = _value(quantity, extent)
    return value is not None and extent.has(value)


def _clause_start(text: str, at: int) -> int:
    return max(text.rfind(mark, 0, at) for mark in ",，。;；!！?？、") + 1


def _age(context: Context, months: Decimal, bound: str) -> tuple[str, ...]:
    """Whether an age, or all below or above it, is one the sheet speaks of, and the text says the same of it."""
    denied = is_advised_against(context.text)
    for extent in ages(context):
        held = extent.holds(months, bound)
        if held is not None and (held is not extent.denies) is not denied:
            return (extent.fact,)
    audience = context.product.audience
    if audience and audience.min_age is not None and (months >= audience.min_age) is not denied:
        return (f"{context.product.id}.audience.ages",)
    return ()


@lru_cache(maxsize=4096)
def _terms(text: str) -> frozenset[str]:
    return words(text)
