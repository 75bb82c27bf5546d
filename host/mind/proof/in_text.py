"""Numbers that follow from those which the text itself has said: sums, differences, shares, so many times."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations, permutations, product

from host.mind.proof.bought import PAIR, Proof
from host.mind.proof.context import Context
from host.mind.proof.named import is_named
from host.mind.quantities.quantity import Quantity, Reading
from host.mind.quantities.units import Measure

_DAILY = re.compile(r"[一每]天|\b(?:a|per|each|every) day|daily")
_ONE = re.compile(r"\bone\b|[一1][个件只辆台本]")


def of_text(context: Context, quantity: Quantity) -> Iterator[Proof]:
    """What the amounts that stand in the text come to."""
    said = [
        (other, other.readings[0])
        for other, carried in zip(context.found, context.carried, strict=True)
        if carried and other.start != quantity.start
    ]
    reading = quantity.readings[0]
    alike = [each.value for _, each in said if (each.measure, each.unit) == (reading.measure, reading.unit)]
    counts = [each.value for _, each in said if each.measure in (Measure.COUNT, Measure.NUMBER)]
    if reading.measure is Measure.NUMBER:
        alike = counts
    elif reading.measure is Measure.COUNT:
        alike = [each.value for _, each in said if each.measure is Measure.COUNT and _adds_up(each.unit, reading.unit)]
        alike += [Decimal(1)] if _ONE.search(context.text) else []
    facts = ("text",)
    if reading.measure in (Measure.MONEY, Measure.NUMBER):
        yield from _chained(context, quantity, said)
    for one, other in combinations(alike[:8], 2):
        yield from ((value, how, facts, rounded) for value, how, _, rounded in both(context, one, other, facts))
    for _, share in said:
        if share.measure is Measure.PERCENT:
            for value in alike:
                yield value * share.value / 100, f"{value}×{share.value}%", facts, True
    if PAIR.search(context.text) and {"sum", "each"} & context.cues:
        for value in alike:
            yield 2 * value, f"2×{value}", facts, False
    if reading.measure is Measure.MONEY and "each" in context.cues:
        for value, count in product(alike, counts):
            if count > 1:
                yield value / count, f"{value}/{count}", facts, True
    if reading.measure is Measure.DURATION and _DAILY.search(context.text):
        sizes = [each for _, each in said if each.measure is Measure.PHYSICAL]
        for whole, part in permutations(sizes[:6], 2):
            if whole.unit == part.unit and whole.value > part.value:
                yield whole.value / part.value, f"{whole.value}/{part.value}", facts, True
    if len(alike) > 2 and "sum" in context.cues:
        yield sum(alike, Decimal(0)), "+".join(map(str, alike)), facts, False
    if context.cues & {"sum", "each"} and reading.measure in (Measure.PHYSICAL, Measure.DURATION, Measure.COUNT):
        yield from _times(alike, counts, facts)


def _chained(context: Context, quantity: Quantity, said: Sequence[tuple[Quantity, Reading]]) -> Iterator[Proof]:
    """What three amounts that stand before it come to, added and taken off: 139加129，减40，228."""
    before = [each.value for other, each in said if other.start < quantity.start
              and each.measure in (Measure.MONEY, Measure.NUMBER)][-4:]  # fmt: skip
    signs = [sign for sign, cue in ((1, "sum"), (-1, "difference")) if cue in context.cues]
    for some in combinations(before, 3):
        for one, other in product(signs, repeat=2):
            how = f"{some[0]}{'+' if one > 0 else '-'}{some[1]}{'+' if other > 0 else '-'}{some[2]}"
            yield some[0] + one * some[1] + other * some[2], how, ("text",), False


def ratios(context: Context, measure: Measure) -> Iterator[Proof]:
    """How many times as much, or what share, one amount that the text tells or names is of another."""
    said = [
        (each.readings[0].measure, each.readings[0].unit, each.readings[0].value, "text")
        for each, carried in zip(context.found, context.carried, strict=True)
        if carried
    ]
    known = [(*each.kind, each.value, each.fact) for each in context.known if is_named(context, each)][:24]
    for one, other in permutations([*said[:6], *known], 2):
        if one[:2] == other[:2] and one[2] > other[2] > 0:
            times = one[2] / other[2]
            value = times if measure is Measure.COUNT else 100 / times
            yield value, f"{one[2]}/{other[2]}", (one[3], other[3]), True


def _adds_up(one: str, other: str) -> bool:
    """Whether two things are counted together: what has one classifier, or an English name of its own."""
    return one == other or (one.isascii() and other.isascii())


def _times(alike: Sequence[Decimal], counts: Iterable[Decimal], facts: tuple[str, ...]) -> Iterator[Proof]:
    for count in counts:
        for value in alike:
            if count > 1:
                yield count * value, f"{count}×{value}", facts, False


def less(context: Context, one: Decimal, other: Decimal, facts: tuple[str, ...]) -> Iterator[Proof]:
    """What one amount is more than the other, if the text has it that way round."""
    if context.is_so(one, other):
        high, low = max(one, other), min(one, other)
        yield high - low, f"{high}-{low}", facts, False


def both(context: Context, one: Decimal, other: Decimal, facts: tuple[str, ...]) -> Iterator[Proof]:
    if "difference" in context.cues:
        yield from less(context, one, other, facts)
    if "sum" in context.cues:
        yield one + other, f"{one}+{other}", facts, False
