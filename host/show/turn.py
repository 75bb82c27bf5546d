"""A product's time on air, and one that a viewer's wish stands in the way of."""

from __future__ import annotations

from dataclasses import dataclass, replace

from host.core.rundown import RundownEntry
from host.show.cursor import Cursor, Step, move_cursor, sentence_at
from host.show.script import Script

MOSTLY = 0.75
"""Share of a product's lines, or of its time, behind which it is not taken up again."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A product's time on air."""

    number: int = 0
    index: int = -1
    """Of the entry in the order of play; for a wish, of the entry it stands in the way of."""
    entry: RundownEntry | None = None
    started: float | None = None
    carried: float = 0.0
    """Seconds it had been on air before a restart, or before a wish."""
    wished: bool = False
    """Told because a viewer asked for it, out of the order of play."""
    goes_on: bool = False
    """Taken up again after a wish."""

    def elapsed(self, now: float) -> float:
        """Seconds on air."""
        return self.carried if self.started is None else max(0.0, now - self.started)


@dataclass(frozen=True, slots=True)
class Stood:
    """A turn that a wish stands in the way of, and where it goes on."""

    turn: Turn
    cursor: Cursor
    elapsed: float
    epoch: int
    """In which its sentences in flight were taken."""

    @property
    def product(self) -> str:
        """The product it tells of."""
        return self.cursor.product

    def heard(self, step: Step, epoch: int) -> Stood:
        """The same, when a sentence in flight has been heard to its end after all."""
        if epoch != self.epoch or step.turn != self.turn.number:
            return self
        return replace(self, cursor=Cursor.at(replace(step.place, sentence=step.place.sentence + 1)))

    def mostly_told(self, script: Script) -> bool:
        """Whether so little is left of it that the order goes on behind it."""
        if self.turn.entry is not None and self.turn.entry.lasts is not None:
            return self.elapsed >= MOSTLY * self.turn.entry.lasts
        places = [(segment, index) for segment, index, _ in script.lines()]
        told = sum(place < (self.cursor.segment, self.cursor.line) for place in places)
        line_over = self.cursor.sentence > 0 and sentence_at(script, self.cursor.place) is None
        return told + line_over >= MOSTLY * len(places)

    def moved(self, old: Script | None, new: Script) -> Stood:
        """The same in an edited script."""
        return replace(self, cursor=move_cursor(self.cursor, old, new))

    def taken_up(self, number: int, index: int) -> Turn:
        """Its turn when it goes on, at its ``index`` in the order; from the beginning where nothing of it was told."""
        begun = self.cursor != Cursor(self.product)
        carried = self.elapsed if begun else 0.0
        return replace(self.turn, number=number, index=index, started=None, carried=carried, goes_on=begun)
