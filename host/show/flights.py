"""Script sentences on their way to be heard, and those of them that come again."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, replace

from host.show.cursor import Step


@dataclass(frozen=True, slots=True)
class Flight:
    """A sentence taken and not settled: heard, or not."""

    step: Step
    epoch: int
    stale: bool = False
    """Edited, or gone from its script."""


class Flights:
    """Those taken in this *epoch*, which come again where they are not heard, and those left behind with an earlier
    one, which do not."""

    def __init__(self) -> None:
        self.epoch = 0
        self._flying: dict[int, Flight] = {}
        self._again: list[Step] = []

    def fork(self) -> Flights:
        """A copy to look ahead with."""
        twin = copy(self)
        twin._flying = dict(self._flying)
        twin._again = list(self._again)
        return twin

    @property
    def again(self) -> Step | None:
        """The sentence that must be said again before anything later."""
        return self._again[0] if self._again else None

    @property
    def steps(self) -> list[Step]:
        """All that are on their way, or come again."""
        return [*(flight.step for flight in self._flying.values()), *self._again]

    @property
    def first(self) -> Step | None:
        """Of this epoch, the one that is said first."""
        flying = [flight.step for flight in self._flying.values() if flight.epoch == self.epoch]
        return min([*flying, *self._again], key=lambda step: step.number, default=None)

    def take(self, step: Step) -> bool:
        """Put a sentence on its way. True where it is one that comes again."""
        again = self.again is step
        if again:
            self._again.pop(0)
        self._flying[step.number] = Flight(step, self.epoch)
        return again

    def settle(self, number: int) -> Flight | None:
        """A sentence is not on its way any more; None where it was settled before."""
        return self._flying.pop(number, None)

    def say_again(self, step: Step) -> None:
        """Have a sentence come again, in the order in which those that do were taken."""
        insort(self._again, step, key=lambda other: other.number)

    def stale(self, number: int) -> bool:
        """Whether a sentence on its way, not begun yet, should not be said as it stands: it was edited, left behind,
        or an earlier one has to be said again before it."""
        flight = self._flying.get(number)
        if flight is None:
            return False
        overtakes = any(step.number < number for step in self._again)
        return flight.stale or flight.epoch != self.epoch or overtakes

    def of_turn(self, turn: int) -> bool:
        """Whether a sentence of that turn is on its way."""
        return any(flight.step.turn == turn for flight in self._flying.values())

    def new_epoch(self) -> None:
        """Leave all of them behind."""
        self.epoch += 1
        self._again.clear()

    def move(self, moved: Callable[[Step], Step | None]) -> None:
        """Go on in edited scripts, where ``moved`` says what becomes of a sentence; None: it is gone."""
        self._again = [step for each in self._again if (step := moved(each))]
        for number, flight in self._flying.items():
            step = moved(flight.step)
            stale = flight.stale or step is None or step.sentence.text != flight.step.sentence.text
            gone = flight.epoch if step else -1
            self._flying[number] = replace(flight, step=step or flight.step, stale=stale, epoch=gone)
