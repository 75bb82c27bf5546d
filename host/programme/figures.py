"""Everything a programme counts and measures, gathered from its parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from host.core.figures import Figure, counted, counter, figures, gauge
from host.core.ports import BoundedSource
from host.programme.programme import Programme


@dataclass(frozen=True, slots=True)
class _RoomStatus:
    """What is of the room as a whole."""

    faults: int = counter("faults of the room's tasks")
    journal_lost: int = counter("events lost because the journal could not be written")
    viewers: int = gauge("viewers connected to any output")
    degraded: int = gauge("things that do not work as configured")
    paused: bool = gauge("1 while the host says operators' lines only")


def room_figures(programme: Programme) -> Iterator[Figure]:
    """The figures of every part of a programme, at this moment."""
    outputs = [output.status() for output in programme.parts.outputs]
    yield from figures(
        _RoomStatus(
            faults=programme.faults,
            journal_lost=programme.journal.lost,
            viewers=sum(output.clients for output in outputs),
            degraded=len(programme.degraded()),
            paused=programme.director.paused,
        )
    )
    parts = programme.parts
    for part in (
        programme.playout,
        programme.pump,
        programme.pace,
        programme.director,
        parts.waiting,
        parts.viewers,
        programme.bus,
    ):
        yield from figures(part.status())
    yield from counted("pump_faults", "faults beside the programme", programme.pump.faults, by="where")
    for source in parts.sources:
        if isinstance(source, BoundedSource):
            yield from figures(source.status(), ("source", source.name))
    for output in outputs:
        yield from figures(output, ("output", output.name))
