"""A quantity: what is counted or measured, in canonical units, and how the text puts it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from host.mind.quantities.roles import Role
from host.mind.quantities.units import Measure


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a numeral. ``value`` counts ``unit``, which is canonical (g, ml, CNY, 件, 2026-11-30)."""

    measure: Measure
    value: Decimal
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity at ``start:end`` of the folded text, with every reading it has."""

    readings: tuple[Reading, ...]
    text: str
    start: int
    end: int
    bound: str = ""
    """Where the text does not give the exact value, what it gives: see `host.mind.quantities.bounds`."""
    role: Role = Role.PRICE
    """For money only."""
    aspect: str = ""
    """For times and lengths: what lasts or is so long (``hot``, ``dispatch``, ``height``), where the text says."""
    noun: str = ""
    """For counts: the Han characters that follow, which name what is counted."""


def single(text: str, start: int, end: int, reading: Reading) -> Quantity:
    """A quantity with one reading."""
    return Quantity((reading,), text[start:end], start, end)
