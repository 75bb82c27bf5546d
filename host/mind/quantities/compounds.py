"""Amounts told in two steps: 六斤四两, 一米二, ``1 lb 14 oz`` are one amount each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from host.lang.numerals import numerals
from host.mind.quantities.quantity import Quantity
from host.mind.quantities.units import Measure

_FOOT = re.compile(r"\b(?:foot|feet|ft)$")
_INCHES = 12
_HALF = re.compile(r" and a half\b(?! (?:dozen|price))")
_GAPS = ("", " ", " and ")


def compounded(text: str, found: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """The quantities of a text, those that go on in a smaller unit as one."""
    made: list[Quantity] = []
    for each in found:
        quantity = _and_a_half(text, each)
        both = _both(text, made[-1], quantity) if made else None
        if both is None:
            made.append(quantity)
        else:
            made[-1] = both
    return tuple(made)


def _and_a_half(text: str, quantity: Quantity) -> Quantity:
    """``a year and a half``: one and a half of the unit."""
    behind = _HALF.match(text, quantity.end)
    step = _unit(quantity) if behind else None
    if behind is None or step is None:
        return quantity
    readings = tuple(replace(each, value=each.value + step / 2) for each in quantity.readings[:1])
    end = behind.end()
    return replace(quantity, readings=readings, text=text[quantity.start : end], end=end)


def _both(text: str, large: Quantity, small: Quantity) -> Quantity | None:
    one, other = large.readings[0], small.readings[0]
    gap = text[large.end : small.start]
    if one.measure is not Measure.PHYSICAL or gap not in _GAPS or large.bound:
        return None
    step = _unit(large)
    if step is None:
        return None
    only = next(numerals(small.text), None)
    bare = only.value if only is not None and only.start == 0 and only.end == len(small.text) else None
    if bare is not None and bare < _INCHES and gap == " " and _FOOT.search(large.text):
        more = bare * step / _INCHES  # five foot three
    elif bare is not None and not gap and bare < 100 and not text[large.end - 1].isascii():
        # 一米六五; also in 一米六、一百零四斤, where the unit behind is shared by what it joins
        more = bare * step / (10 if bare < 10 else 100)
    elif other.measure is Measure.PHYSICAL and other.unit == one.unit and _unit(small) not in (None, step):
        more = other.value
    else:
        return None
    if more >= step:
        return None
    reading = replace(one, value=one.value + more)
    end = small.end
    return replace(large, readings=(reading,), text=text[large.start : end], end=end, bound=small.bound)


def _unit(quantity: Quantity) -> Decimal | None:
    """How many of the canonical unit one of the unit that a quantity is told in is."""
    number = next(numerals(quantity.text), None)
    if number is None and quantity.text.startswith("a "):
        return quantity.readings[0].value
    return quantity.readings[0].value / number.value if number and number.value else None
