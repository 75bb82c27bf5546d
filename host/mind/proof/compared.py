"""Numbers that follow from amounts of one kind: how much two differ by, what several come to, one told in other units.

What is added or held against each other has to be named: by its label in the fact (鲜鸡肉, M码), as a choice, or by its
own amount in the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations, product

from host.mind.proof.bought import Proof
from host.mind.proof.context import Context, Known
from host.mind.proof.counted import counted, packed
from host.mind.proof.in_text import both, less, of_text, ratios
from host.mind.proof.named import WORD, is_named
from host.mind.proof.restated import exchanged, rate, without_unit
from host.mind.quantities.quantity import Quantity
from host.mind.quantities.units import Measure

_SUMMED = (Measure.PHYSICAL, Measure.DURATION, Measure.COUNT, Measure.PERCENT, Measure.MONEY)
_HALF = 50
"""Percent."""


def amounts(context: Context, quantity: Quantity, stated: bool) -> Iterator[Proof]:
    """Everything that an amount may come from; with ``stated`` also that a fact tells it otherwise."""
    measure, unit = quantity.readings[0].measure, quantity.readings[0].unit
    if stated:
        yield from rate(context, quantity)
        for known in context.known:
            yield from exchanged(context, known, quantity)
        if measure in (Measure.COUNT, Measure.NUMBER):
            yield from counted(context, quantity)
        if measure is Measure.NUMBER and not unit:
            yield from without_unit(context, quantity)
    if measure in _SUMMED:
        yield from _of_facts(context, measure, unit)
        yield from packed(context, measure, unit)
    if (measure is Measure.PERCENT and quantity.readings[0].value == _HALF) or unit == "倍":
        yield from ratios(context, measure)
    if measure in _SUMMED or (measure is Measure.NUMBER and "difference" in context.cues):
        yield from of_text(context, quantity)


def _of_facts(context: Context, measure: Measure, unit: str) -> Iterator[Proof]:
    """Sums and differences of stated amounts that the text names."""
    if not context.cues & {"sum", "difference"}:
        return
    alike = [known for known in context.known if _is_alike(known, measure, unit) and not known.fact.endswith(".price")]
    meant = [known for known in alike if is_named(context, known)]
    ids = {choice.id for name in context.named for choice in name.choices}
    for one, other in combinations(meant[:24], 2):
        if len(ids) > 1 and not all(_is_of(context, each, ids) for each in (one, other)):
            continue  # of Deluxe and Classic it says nothing what the Starter has
        if one.fact == other.fact or (_apart(context, one, other) and _of_one_matter(one, other)):
            yield from both(context, *_in_order(context, one, other))
    if len(ids) == 1 and "difference" in context.cues:
        for one, other in product(meant[:24], alike[:60]):  # one choice is named, the other is understood
            of_it = _is_of(context, one, ids) or _is_of(context, other, ids)
            if of_it and _apart(context, one, other) and _of_one_matter(one, other):
                yield from less(context, *_in_order(context, one, other))
    together: dict[str, list[Known]] = {}
    for known in meant:
        together.setdefault(known.fact, []).append(known)
    for fact, several in together.items():
        if len(several) > 2 and "sum" in context.cues:
            yield (
                sum((each.value for each in several), Decimal(0)),
                "+".join(f"{each.value}" for each in several),
                (fact,),
                False,
            )


def _is_alike(known: Known, measure: Measure, unit: str) -> bool:
    """Whether an amount counts the same; one engine is a number in ``1 engine``."""
    if known.kind == (measure, unit):
        return True
    return measure is Measure.COUNT and known.kind == (Measure.NUMBER, "") and len(unit) > 2 and unit in known.label


def _in_order(context: Context, one: Known, other: Known) -> tuple[Decimal, Decimal, tuple[str, ...]]:
    """Two amounts, that of the choice named first before the other."""
    first = context.subject
    if first and not context.choices_of(one) & first and context.choices_of(other) & first:
        one, other = other, one
    return one.value, other.value, (one.fact, other.fact)


def _is_of(context: Context, known: Known, ids: set[str]) -> bool:
    """Whether an amount is of one of these choices, or of any."""
    its = context.choices_of(known)
    return not its or not its.isdisjoint(ids)


def _apart(context: Context, one: Known, other: Known) -> bool:
    """Whether two amounts are of different choices."""
    mine, its = context.choices_of(one), context.choices_of(other)
    return bool(mine and its and not mine & its)


def _of_one_matter(one: Known, other: Known) -> bool:
    """Whether two amounts tell the same of two things: both the weight, both what they hold."""
    topics = [
        known.fact.partition(".variants.")[2].partition(".")[2] for known in (one, other) if ".variants." in known.fact
    ]
    if len(topics) == 2:
        return topics[0] == topics[1]
    shared = set(WORD.findall(one.label)) & set(WORD.findall(other.label))
    return bool(shared) or (bool(one.quantity.aspect) and one.quantity.aspect == other.quantity.aspect)
