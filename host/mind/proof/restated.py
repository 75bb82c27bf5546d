"""A stated amount told otherwise: in another unit, by its number alone, as the one that a rate is per.

What it is of has to be named wherever the value alone could mean something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from host.lang.numerals import numerals
from host.mind.proof.amounts import converted, exchanges
from host.mind.proof.bought import Proof
from host.mind.proof.context import Context, Known
from host.mind.proof.named import is_named, is_spoken_of, of_second
from host.mind.quantities.quantity import Quantity
from host.mind.quantities.roles import Role
from host.mind.quantities.units import Measure

_MEASURED = (Measure.PHYSICAL, Measure.COUNT, Measure.PERCENT)
_LEAST = re.compile(r"最[小少低]|起码|至少|minimum|at least")


def exchanged(context: Context, known: Known, quantity: Quantity) -> Iterator[Proof]:
    """A stated amount, also in the units that people exchange its own for.

    What is only bounded by it, or is a time in another unit, has to be named: any amount is more than some other.
    """
    measure, unit = quantity.readings[0].measure, quantity.readings[0].unit
    if not _counts_alike(known, measure, unit):
        return  # looked at first: most amounts of a sheet count something else
    if known.quantity.aspect and quantity.aspect and known.quantity.aspect != quantity.aspect:
        return  # 24 hours of cold are none of heat
    mine, its = context.said_of(quantity), context.choices_of(known)
    if mine and its and not mine & its:
        return
    if measure is Measure.MONEY and its and not _each_has(context, quantity, its):
        return
    if measure is Measure.MONEY and of_second(known) and "nth" not in context.cues:
        return
    if measure is Measure.MONEY and not is_spoken_of(context, known):
        return
    named = is_named(context, known)
    if measure is Measure.MONEY and not _one_part(quantity.role, known.quantity.role, named):
        return
    for reading in known.quantity.readings:
        same = reading.measure is measure and reading.unit == unit and known.quantity.bound in ("", "about", "most")
        if (
            same
            and quantity.bound == "above"
            and _LEAST.search(known.label)
            and reading.value == quantity.readings[0].value
        ):
            yield reading.value + 1, known.quantity.text, (known.fact,), False
        if same and (named or not quantity.bound):
            yield reading.value, known.quantity.text, (known.fact,), False
        for value, other in converted(reading.value, reading.unit):
            if other == unit and (named or (reading.measure is Measure.PHYSICAL and is_foreign(context, known))):
                yield value, known.quantity.text, (known.fact,), True


def _counts_alike(known: Known, measure: Measure, unit: str) -> bool:
    """Whether an amount is counted in a unit, or in one that people exchange for it."""
    return any(
        (reading.measure is measure and reading.unit == unit) or unit in exchanges(reading.unit)
        for reading in known.quantity.readings
    )


def _each_has(context: Context, quantity: Quantity, its: frozenset[str]) -> bool:
    """Whether an amount is that of each choice it is said of: A和B都是299元."""
    if context.compared:
        return True
    values = [reading.value for reading in quantity.readings]
    return all(
        any(choice.id in its or choice.price in values for choice in name.choices)
        for name in context.spoken_of(quantity)
    )


def _one_part(said: Role, known: Role, named: bool) -> bool:
    """Whether an amount plays the part that it has in the fact; what something named costs is its fee or price."""
    paid = (Role.PRICE, Role.FEE)
    return said is known or (named and said in paid and known in paid)


def is_foreign(context: Context, known: Known) -> bool:
    """Whether text and fact are in different languages, and so have no words in common."""
    return context.text.isascii() != known.text.isascii()


def without_unit(context: Context, quantity: Quantity) -> Iterator[Proof]:
    """The numbers that stand in facts before some unit, where the text names what they are of: 胸围一百一十二."""
    for known in context.known:
        number = next(numerals(known.quantity.text), None)
        if known.quantity.aspect and known.quantity.aspect != quantity.aspect:
            continue
        if number is not None and known.kind[0] in _MEASURED and not known.quantity.bound and is_named(context, known):
            yield number.value, known.quantity.text, (known.fact,), False


def rate(context: Context, quantity: Quantity) -> Iterator[Proof]:
    """The one of what a fact tells by the unit: 一分钟三万八千次 of 每分钟38000次."""
    number = next(numerals(quantity.text), None)
    reading = quantity.readings[0]
    if (
        number is None
        or number.value != 1
        or reading.measure not in (Measure.DURATION, Measure.PHYSICAL, Measure.COUNT)
    ):
        return
    unit = quantity.text[number.end :].strip(" 个-")
    for known in context.known if unit else ():
        if re.search(rf"(?:每|per |/ ?|an? |each ){re.escape(unit)}", known.text):
            yield reading.value, f"per {unit}", (known.fact,), False
            return
