"""Whether an amount as it is said agrees with one that is known, and how units convert that people exchange."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

CLOSE = Decimal("0.01")
"""How far a rounded result may lie from the exact one, as a part of it."""
ABOUT = Decimal("0.08")
NEAR_BELOW = Decimal("0.7")
NEAR_ABOVE = Decimal("1.5")
NEAR_PRICE = Decimal("0.06")
"""How far a price may lie from the round one that it is said to be under or over."""
"""``under six pounds`` is said of what is not far below it; of half a pound it would mislead."""

_CONVERSIONS: dict[str, tuple[tuple[str, str], ...]] = {
    "g": (("oz", "28.349523"),),
    "oz": (("g", "0.03527396"),),
    "mm": (("in", "25.4"),),
    "in": (("mm", "0.03937008"),),
    "ml": (("floz", "29.57353"), ("gal", "3785.412")),
    "floz": (("ml", "0.033814"),),
    "gal": (("ml", "0.000264172"),),
    "s": (("day", "86400"),),
    "day": (("s", "0.0000115740741"), ("month", "30")),
    "month": (("岁", "12"),),
    "岁": (("month", "0.08333333333"),),
}
"""``unit: (other, how many of the unit one of the other is)``. Exact ones of one family share a canonical unit."""
_EXCHANGES = {unit: frozenset(other for other, _ in others) for unit, others in _CONVERSIONS.items()}


def agrees(said: Decimal, bound: str, known: Decimal, *, rounded: bool = False) -> bool:
    """Whether ``said``, with 约, 不到 or 超过 before it, tells the truth of ``known``.

    ``rounded``: whether ``known`` is a quotient or a change of unit, which people round.
    """
    if bound == "about":
        rounder = rounded or _digits(said) < _digits(known)  # 约50克 of 49.6克, but nobody says 约51克 of 50克
        return said == known or (rounder and abs(said - known) <= ABOUT * abs(known))
    if bound in ("least", "most"):
        return said == known  # a limit is what it is: 最多5公斤 is not true of 3
    if bound == "above":
        return said < known <= NEAR_ABOVE * said
    if bound == "below":
        return NEAR_BELOW * said <= known < said
    if bound or not rounded:
        return not bound and said == known
    return abs(said - known) <= CLOSE * abs(known) and round(known, _places(said)) == said


def near(said: Decimal, bound: str, known: Decimal) -> bool:
    """Whether a price may be told as under, over or about ``said``: 79.99 is under 80, and 69 is no such thing."""
    return agrees(said, bound, known, rounded=True) and abs(said - known) <= NEAR_PRICE * known


def exchanges(unit: str) -> frozenset[str]:
    """The units that people exchange one for."""
    return _EXCHANGES.get(unit, frozenset())


def converted(value: Decimal, unit: str) -> Iterator[tuple[Decimal, str]]:
    """An amount in every unit that people exchange its own for."""
    for other, factor in _CONVERSIONS.get(unit, ()):
        yield value / Decimal(factor), other


def _places(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _digits(value: Decimal) -> int:
    """How many digits of a value tell something: one of 50, three of 49.6."""
    return len(value.normalize().as_tuple().digits)
