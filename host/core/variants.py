"""What a product comes in: its variants, and the chart that leads from a body to a size."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from host.core.money import Money


@dataclass(frozen=True, slots=True)
class Variant:
    """One thing that can be ordered: 炭黑 2XL, ``Cabin Plus (22-inch) Slate``."""

    id: str
    """Unique in its product, without spaces and dots."""
    name: str
    """As it is said."""
    options: Mapping[str, str] = field(default_factory=dict)
    """What tells it from the others: ``{"颜色": "炭黑", "尺码": "2XL"}``."""
    price: Money | None = None
    """None where it costs what the product costs."""
    list_price: Money | None = None
    stock: int | None = None
    image: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    """What is true of this one: ``{"重量": "3.2公斤"}``."""

    @property
    def sold_out(self) -> bool:
        """Whether the sheet says that none is left."""
        return self.stock == 0


@dataclass(frozen=True, slots=True)
class Span:
    """Values of one measure, both ends included; either may be open."""

    low: Decimal | None
    high: Decimal | None
    unit: str
    """Canonical: ``cm``, ``kg``, ``in``, ``lb``."""

    def holds(self, value: Decimal) -> bool:
        """Whether ``value``, counted in ``unit``, lies within."""
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


@dataclass(frozen=True, slots=True)
class SizeRow:
    """For whom a size is: ``{"height": 155-163 cm, "weight": 48-54 kg}``."""

    size: str
    spans: Mapping[str, Span]


@dataclass(frozen=True, slots=True)
class SizeChart:
    """A chart as sellers have it, smallest size first."""

    rows: tuple[SizeRow, ...] = ()

    def sizes(self, measures: Mapping[str, Decimal]) -> tuple[str, ...]:
        """The sizes whose row holds every measure given, in the order of the chart; those it does not name bind not."""
        return tuple(
            row.size
            for row in self.rows
            if any(name in row.spans for name in measures)
            and all(row.spans[name].holds(value) for name, value in measures.items() if name in row.spans)
        )
