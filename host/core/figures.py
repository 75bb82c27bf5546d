"""What the parts of a room count and measure, so that neither is taken for the other.

A *counter* only grows, from the start of the run on; a *gauge* is what is the case now. A part tells both by its
``status()``: a frozen dataclass whose fields are made with `counter` and `gauge`. Console, state and metrics show every
such field, so that what is counted can be seen.

Names are words in the plural for what is counted; a gauge with a unit ends with it, and the unit is a base unit
(``render_seconds``), as Prometheus wants it (https://prometheus.io/docs/practices/naming/).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any

Label = tuple[str, str]
"""Which of several alike a figure is of: ``("output", "whep")``."""


class FigureKind(StrEnum):
    """How a figure moves."""

    COUNTER = "counter"
    GAUGE = "gauge"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a room, at one moment."""

    name: str
    kind: FigureKind
    what: str
    """What it is, in a few English words."""
    value: float
    label: Label | None = None

    @property
    def key(self) -> str:
        """Its name in a room's state: ``comments_dropped/websocket`` for one of several alike."""
        return f"{self.name}/{self.label[1]}" if self.label else self.name


def counter(what: str, *, name: str = "") -> Any:
    """A field of a status that counts from the start of the run; ``name`` where it is not the field's own."""
    return field(default=0, metadata={"figure": FigureKind.COUNTER, "what": what, "name": name})


def gauge(what: str, *, name: str = "") -> Any:
    """A field of a status that goes up and down; ``name`` where it is not the field's own."""
    return field(default=0, metadata={"figure": FigureKind.GAUGE, "what": what, "name": name})


def figures(status: Any, label: Label | None = None) -> Iterator[Figure]:
    """Every counter and gauge of a status; its other fields are none."""
    for each in fields(status):
        if kind := each.metadata.get("figure"):
            name = each.metadata["name"] or each.name
            yield Figure(name, kind, each.metadata["what"], float(getattr(status, each.name)), label)


def counted(name: str, what: str, counts: Mapping[str, int], by: str) -> Iterator[Figure]:
    """A counter that is kept apart by something only known on the way, such as where a fault was."""
    return (Figure(name, FigureKind.COUNTER, what, float(count), (by, value)) for value, count in counts.items())


def by_key(found: Iterable[Figure], kind: FigureKind) -> dict[str, float]:
    """The figures of a kind for a room's state; whole numbers are integers there."""
    values = {figure.key: figure.value for figure in found if figure.kind is kind}
    return {key: int(value) if value == int(value) else round(value, 6) for key, value in values.items()}
