"""The proof of numbers that no fact states: which sum, difference, order, change of unit or span of time they are.

A number is proven where it is the outcome of one of few kinds of reckoning over amounts that facts state and that the
text speaks of. Nothing is guessed from values alone: what is added, or held against each other, is named in the text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from host.core.derivation import Derivation
from host.core.product import Product
from host.lang.numerals import numerals
from host.mind.proof.amounts import agrees, near
from host.mind.proof.bought import Proof, billed, money, pieces, several, shares
from host.mind.proof.compared import amounts
from host.mind.proof.context import Context
from host.mind.proof.dated import days_left, is_now, keeps_until, of_another_time
from host.mind.proof.fits import fits
from host.mind.quantities.quantity import Quantity, Reading
from host.mind.quantities.roles import Role, money_role
from host.mind.quantities.units import Measure

_ONLY_FIRST = (Measure.COUNT, Measure.LINK, Measure.PHYSICAL, Measure.DURATION)
_NOT = re.compile(r"(?:不是|并不是|并非|不卖)$|\b(?:not|isn't|never|aren't) \$?$")
_TEXT = "text"
"""Stands for the facts that carry what the text itself has said before."""


def derivations(
    text: str,
    found: Sequence[Quantity],
    evidence: Sequence[tuple[str, ...]],
    product: Product,
    wall: datetime,
    misplaced: Collection[int] = (),
) -> dict[int, Derivation]:
    """The proof of every quantity of ``found`` without ``evidence`` that can be proven from ``product``, by its index.

    What is proven first may prove what comes after it. Those ``misplaced`` facts state of something else: that they are
    stated proves nothing.
    """
    proven: dict[int, Derivation] = {}
    carried = [bool(each) for each in evidence]
    context = Context(text, found, carried, product, wall)
    for _ in range(2):  # a sum may stand before its parts
        for at, quantity in enumerate(found):
            if carried[at]:
                continue
            if (proof := _proof(context, quantity, at not in misplaced)) is not None:
                beside = (fact for each in (*evidence, *(one.facts for one in proven.values())) for fact in each)
                facts = tuple(dict.fromkeys(_named(proof[1], beside)))
                proven[at] = Derivation(quantity.text, proof[0], facts)
                carried[at] = True
    return proven


def _proof(context: Context, quantity: Quantity, stated: bool) -> tuple[str, tuple[str, ...]] | None:
    """How a quantity comes about, and by which facts."""
    if _chosen(context, quantity):
        return "as many as are ordered", (_TEXT,)
    for reading in quantity.readings[:1] if quantity.readings[0].measure in _ONLY_FIRST else quantity.readings:
        said = replace(quantity, readings=(reading,))
        if reading.measure is Measure.MONEY and reading.unit != context.product.price.currency:
            continue
        if reading.measure is Measure.DATE:
            for when, how, facts in keeps_until(context):
                if _within(reading.unit, when.unit):
                    return how, facts
        for value, how, facts, rounded in _ways(context, said, stated):
            bound = _bound(quantity, reading)
            if bound and not rounded and reading.measure is Measure.MONEY and not near(reading.value, bound, value):
                continue
            if agrees(reading.value, bound, value, rounded=rounded):
                return how, facts
    if told := of_another_time(context, quantity.readings[0]):
        return told
    if any(is_now(context, reading) for reading in quantity.readings):
        return "now", (_TEXT,)
    if _denied(context, quantity):
        return "denied", (_TEXT,)
    if facts := fits(context, quantity):
        return "lies within", facts
    if quantity.readings[0].measure is Measure.NUMBER and not quantity.readings[0].unit:
        return _as_money(context, quantity, stated)
    return None


def _denied(context: Context, quantity: Quantity) -> bool:
    """Whether the text denies a number that indeed no fact has: 不是299，现价199元."""
    measured = quantity.readings[0].measure in (Measure.MONEY, Measure.NUMBER, Measure.PHYSICAL, Measure.DURATION)
    return measured and bool(_NOT.search(context.text[: quantity.start][-10:])) and any(context.carried)


def _chosen(context: Context, quantity: Quantity) -> bool:
    """Whether a number only says how much the sum beside it is for: 两件一共…, ``two Classics``, 一公斤不到三十三块."""
    reading = quantity.readings[0]
    sums = [
        each
        for each, carried in zip(context.found, context.carried, strict=True)
        if carried and each.readings[0].measure in (Measure.MONEY, Measure.NUMBER)
    ]
    number = next(numerals(quantity.text), None)
    if reading.measure in (Measure.PHYSICAL, Measure.DURATION) or reading.unit == "人":
        one = number is not None and number.value == 1 and not quantity.bound
        return one and "each" in context.cues and _beside_an_amount(context, quantity)
    if not sums or quantity.bound:
        return False
    if reading.measure not in (Measure.COUNT, Measure.NUMBER) or reading.value not in pieces(context):
        return False
    return any(billed(context, int(reading.value), each) for each in sums)


def _beside_an_amount(context: Context, quantity: Quantity) -> bool:
    """Whether an amount that holds stands in the same clause: 一天三块三, and not 一个月之内都能退."""
    start, end = context.clause_of(quantity)
    return any(
        carried and other is not quantity and start <= other.start < end
        for other, carried in zip(context.found, context.carried, strict=True)
    )


def _ways(context: Context, said: Quantity, stated: bool) -> Iterator[Proof]:
    measure = said.readings[0].measure
    if measure is Measure.MONEY:
        yield from money(context, said)
    elif measure is Measure.DISCOUNT:
        yield from shares(context)
    elif measure is Measure.DURATION and said.readings[0].unit == "day":
        yield from days_left(context)
    if measure is Measure.MONEY and (context.is_total(said) or said.role is Role.SAVING) and several(context):
        return  # what several cost or save is a bill, and nothing that amounts may come to otherwise
    if measure in (Measure.PHYSICAL, Measure.DURATION, Measure.COUNT, Measure.PERCENT, Measure.NUMBER, Measure.MONEY):
        yield from amounts(context, said, stated)


def _as_money(context: Context, quantity: Quantity, stated: bool) -> tuple[str, tuple[str, ...]] | None:
    """A number without a unit as an amount of money: 划线八百九十九, 到手五百一十九."""
    at = next((index for index, each in enumerate(context.found) if each.start == quantity.start), 0)
    last = context.found[at - 1].end if at else 0
    role = money_role(context.text[last : quantity.start], context.text[quantity.end : quantity.end + 12])
    reading = Reading(Measure.MONEY, quantity.readings[0].value, context.product.price.currency)
    said = replace(quantity, readings=(reading,), role=role)
    for value, how, facts, rounded in _ways(context, said, stated):
        if quantity.bound and not rounded and not near(reading.value, quantity.bound, value):
            continue
        if agrees(reading.value, quantity.bound, value, rounded=rounded):
            return how, facts
    return None


def _bound(quantity: Quantity, reading: Reading) -> str:
    """The bound as the value has it: of ``more than 30% off`` less than 0.7 is still paid."""
    turned = {"above": "below", "below": "above", "least": "most", "most": "least"}
    if reading.measure is Measure.DISCOUNT and "折" not in quantity.text:
        return turned.get(quantity.bound, quantity.bound)
    return quantity.bound


def _within(said: str, known: str) -> bool:
    if said.startswith("weekday"):
        return False
    return all(part in ("*", other) for part, other in zip(said.split("-"), known.split("-"), strict=True))


def _named(facts: Iterable[str], beside: Iterable[str]) -> Iterator[str]:
    for fact in facts:
        if fact == _TEXT:
            yield from beside
        else:
            yield fact
