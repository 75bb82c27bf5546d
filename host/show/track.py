"""The script side of the director: which sentence comes next, product after product, and which must be said again.

A sentence taken from the track is *in flight* until it is settled: heard, or not. One that was not heard to its end
comes again, before anything later. `goto`, `wish` and `skip` begin a new *epoch*; what is in flight from an earlier one
is stale: it should be withdrawn, and does not come again.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import replace
from datetime import datetime

from host.core.rundown import RundownEntry
from host.show.coming_back import come_back
from host.show.cursor import UNCHOSEN, Cursor, Step, line_at, move_cursor, sentence_at
from host.show.edits import moved_step
from host.show.flights import Flights
from host.show.load import Show
from host.show.memory import DirectorMemory
from host.show.order import Order
from host.show.turn import Stood
from host.show.turns import Turns
from host.show.wording_choice import WordingChoice

REST = 5.0
"""Seconds the script rests when the guard refuses all of it."""


class Track:
    """Where the show stands in its scripts."""

    def __init__(self, show: Show, rundown: Sequence[RundownEntry], seed: int, memory: DirectorMemory) -> None:
        self.show = show
        self._wordings = WordingChoice(f"{seed}:{memory.next_id}", memory.used)
        self._flights = Flights()
        order = Order(rundown, show)
        at = come_back(memory, show, order)
        self._cursor = at.cursor
        self._turns = Turns(show, order, at.turn, at.stood)
        self._steps = 0
        self._heard_turn = int(bool(self._cursor and memory.text))
        self._refusals = 0
        self._rests_until = 0.0

    def fork(self) -> Track:
        """A copy to look ahead with."""
        twin = copy(self)
        twin._wordings = self._wordings.fork()
        twin._flights = self._flights.fork()
        twin._turns = copy(self._turns)
        return twin

    @property
    def epoch(self) -> int:
        """Number of the epoch."""
        return self._flights.epoch

    @property
    def product(self) -> str | None:
        """The product the next script sentence belongs to, as far as it is known."""
        again = self._flights.again
        if again is not None:
            return again.place.product
        return self._cursor.product if self._cursor else None

    @property
    def goes_on(self) -> bool:
        """Whether the turn is taken up again after a wish."""
        return self._turns.current.goes_on

    @property
    def passed_over(self) -> tuple[str, ...]:
        """As `Turns.passed_over`."""
        return self._turns.passed_over

    def came_back(self) -> str:
        """As `Turns.came_back`: told once."""
        return self._turns.came_back()

    @property
    def sold_out(self) -> frozenset[str]:
        """Ids of the products of which none is left."""
        return self.show.catalogue.sold_out

    def peek(self, now: float, wall: datetime) -> Step | None:
        """The sentence that comes next. None while the script rests, or without a script."""
        again = self._flights.again
        if again is not None:
            return again
        if now < self._rests_until:
            return None
        for _ in range(8):  # a line's end, a segment's, a script's, a turn's: each comes once, then a sentence
            step = self._at_cursor()
            if step is not None:
                return step
            if not self._move_on(now, wall):
                return None
        return None

    def take(self, step: Step, now: float) -> None:
        """Put what `peek` returned in flight."""
        if self._flights.take(step):
            return
        self._steps = step.number + 1
        if self._cursor is not None:
            self._cursor = replace(self._cursor, sentence=self._cursor.sentence + 1)
        self._turns.note_taken(now)

    def settle(self, number: int, *, begun: bool, complete: bool) -> None:
        """A sentence in flight was heard: from its beginning, to its end, or not at all."""
        flight = self._flights.settle(number)
        if flight is None:
            return
        step = flight.step
        if complete:
            self._turns.note_heard(step, flight.epoch)
        if begun:
            self._wordings.note_begun(step.place)
            self._heard_turn = max(self._heard_turn, step.turn)
            self._refusals = 0
        if not complete and flight.epoch == self.epoch:
            self._flights.say_again(replace(step, cut=step.cut or begun))

    def refuse(self, number: int, now: float) -> None:
        """A sentence in flight must not be said: another wording of its line, if none of it was said; else it is
        left out."""
        flight = self._flights.settle(number)
        if flight is None:
            return
        self._refusals += 1
        if self._refusals >= _size(self.show):
            self._refusals = 0
            self._rests_until = now + REST
        place, cursor = flight.step.place, self._cursor
        begins_line = place.sentence == 0 and not flight.step.cut
        if begins_line and cursor and cursor.place == replace(place, sentence=1) and flight.epoch == self.epoch:
            refused = cursor.refused | {place.alternative}
            self._cursor = replace(cursor, alternative=UNCHOSEN, sentence=0, refused=refused)

    def stale(self, number: int) -> bool:
        """As `Flights.stale`."""
        return self._flights.stale(number)

    def opens(self, step: Step) -> bool:
        """Whether nothing of the sentence's turn has been said: there is nothing to go back to."""
        return not step.cut and not self._flights.of_turn(step.turn) and self._heard_turn < step.turn

    def goto(self, product: str) -> bool:
        """Leave everything else and begin a product's script."""
        if product not in self.show.scripts:
            return False
        self._new_epoch()
        self._cursor = self._turns.goto(product)
        return True

    def wish(self, product: str, now: float, wall: datetime) -> bool:
        """Tell of a product that has a script, then go on in the order of play. False while the order is to have its
        time first."""
        if not self._turns.may_wish or any(step.wished for step in self._flights.steps):
            return False
        standing = self._standing(now)
        self._new_epoch()
        self._cursor = self._turns.wish(product, standing, wall)
        return True

    def comes_after(self, product: str, wall: datetime) -> str | None:
        """The product that is told before the turn of another comes by itself; None where it has none at present."""
        return self._turns.comes_after(product, self.product, wall)

    def skip(self) -> None:
        """Leave the rest of the segment that is on air."""
        begins_at = self._goes_on_at()
        self._new_epoch()
        if self._cursor is not None:
            self._cursor = begins_at.next_segment() if begins_at else Cursor(self._cursor.product)

    def reload(self, show: Show) -> None:
        """Go on with edited scripts, at the same place."""
        old, self.show = self.show, show
        self._wordings.move(old.scripts, show.scripts)
        cursor = self._cursor
        if cursor and cursor.product in show.scripts:
            self._cursor = move_cursor(cursor, old.scripts.get(cursor.product), show.scripts[cursor.product])
        self._flights.move(lambda step: moved_step(step, old.scripts, show.scripts, self._cursor))
        on_air = self._cursor.product if self._cursor else None
        self._turns.move(show, on_air)
        if on_air not in show.scripts:
            self._cursor = None
        self._leave_sold_out(old)
        self._refusals, self._rests_until = 0, 0.0

    def _goes_on_at(self) -> Cursor | None:
        """Where the turn goes on with what is not heard yet; None where nothing of it was taken but the last turn is
        still being heard, or where there is none."""
        head = self._flights.first
        if head is None:
            return self._cursor
        return Cursor.at(head.place) if head.turn == self._turns.current.number else None

    def _standing(self, now: float) -> Stood | None:
        """The turn on air, as it is to go on later."""
        turn = self._turns.current
        if self._cursor is None or turn.entry is None:
            return None
        cursor = self._goes_on_at() or Cursor(self._cursor.product)
        return Stood(turn, cursor, turn.elapsed(now), self.epoch)

    def _at_cursor(self) -> Step | None:
        """The step at the cursor, with a wording chosen; None at the end of a line, or where nothing is sayable."""
        cursor = self._cursor
        script = self.show.scripts.get(cursor.product) if cursor else None
        if cursor is None or script is None:
            return None
        line = line_at(script, cursor.segment, cursor.line)
        if line is None:
            return None
        if cursor.alternative == UNCHOSEN:
            chosen = self._wordings.choose(line, cursor, self._steps, self._flights.steps)
            cursor = self._cursor = replace(cursor, alternative=chosen, sentence=0)
        sentence = sentence_at(script, cursor.place) if cursor.alternative != UNCHOSEN else None
        if sentence is None:
            return None
        turn = self._turns.current
        return Step(self._steps, cursor.place, sentence, turn.number, wished=turn.wished)

    def _move_on(self, now: float, wall: datetime) -> bool:
        """From the end of a line to the next; at the end of a segment, script or turn to what follows."""
        cursor = self._cursor
        script = self.show.scripts.get(cursor.product) if cursor else None
        if cursor is None or script is None:
            return self._next_turn(wall)
        if line_at(script, cursor.segment, cursor.line) is not None:
            self._cursor = cursor.next_line()
            return True
        ended = cursor.segment + 1 >= len(script.segments)
        if self._turns.over(now, wall, ended):
            return self._next_turn(wall)
        self._cursor = Cursor(cursor.product) if ended else cursor.next_segment()
        return True

    def _next_turn(self, wall: datetime) -> bool:
        self._cursor = self._turns.next(wall)
        return self._cursor is not None

    def _new_epoch(self) -> None:
        self._flights.new_epoch()
        self._rests_until = 0.0

    def _leave_sold_out(self, old: Show) -> None:
        """A product that sells out on air is left at once, and passed over from then on."""
        product = self.product
        if product and product in self.sold_out - old.catalogue.sold_out:
            self._new_epoch()
            self._cursor = None
            self._turns.leave(product)


def _size(show: Show) -> int:
    """Sentences in a show: so many refusals in a row mean that nothing of it may be said."""
    return max(
        1, sum(len(w.sentences) for script in show.scripts.values() for _, _, ln in script.lines() for w in ln.wordings)
    )
