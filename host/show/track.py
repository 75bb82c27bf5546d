"""The script side of the director: which sentence comes next, product after product, and which must be said again.

A sentence taken from the track is *in flight* until it is settled: heard, or not. One that was not heard to its end
comes again, before anything later. `goto`, `wish` and `skip` begin a new *epoch*; what is in flight from an earlier one
is stale: it should be withdrawn, and does not come again.

A product that a viewer wishes for is told out of the order of play; then the turn it stood in the way of goes on, or
the next where little was left of that. The order has as many sentences as a wish took before the next wish is met: a
crowd has half of the show at most.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from host.core.rundown import RundownEntry
from host.show.cursor import (
    UNCHOSEN,
    Cursor,
    Step,
    find_sentence,
    line_at,
    move_cursor,
    nearest,
    sentence_at,
)
from host.show.edits import moved_step, moved_used
from host.show.load import Show
from host.show.memory import DirectorMemory, Standing, used_key
from host.show.order import Order
from host.show.phrases import choose
from host.show.script import Line
from host.show.turn import Stood, Turn

REST = 5.0
"""Seconds the script rests when the guard refuses all of it."""


@dataclass(frozen=True, slots=True)
class _Flight:
    step: Step
    epoch: int
    stale: bool = False


class Track:
    """Where the show stands in its scripts."""

    def __init__(self, show: Show, rundown: Sequence[RundownEntry], seed: int, memory: DirectorMemory) -> None:
        self.show = show
        self.epoch = 0
        self._rundown = tuple(rundown)
        self._order = Order(rundown, show)
        self._seed = f"{seed}:{memory.next_id}"
        self._used: dict[str, int] = dict(memory.used)
        self._cursor: Cursor | None = None
        self._turn = Turn()
        self._stood: Stood | None = None
        self._owed = 0
        """Sentences that the order is to have before another wish is met."""
        self.came_back = ""
        """The product whose turn goes on after a wish, until that was said."""
        self._steps = 0
        self._again: list[Step] = []
        self.passed_over: tuple[str, ...] = ()
        """Sold out products whose turn came since they sold out."""
        self._flying: dict[int, _Flight] = {}
        self._heard_turn = 0
        self._refusals = 0
        self._rests_until = 0.0
        self._resume(memory)

    def fork(self) -> Track:
        """A copy to look ahead with."""
        twin = copy(self)
        twin._used = dict(self._used)
        twin._again = list(self._again)
        twin._flying = dict(self._flying)
        return twin

    @property
    def product(self) -> str | None:
        """The product the next script sentence belongs to, as far as it is known."""
        if self._again:
            return self._again[0].place.product
        return self._cursor.product if self._cursor else None

    @property
    def goes_on(self) -> bool:
        """Whether the turn is taken up again after a wish."""
        return self._turn.goes_on

    @property
    def sold_out(self) -> frozenset[str]:
        """Ids of the products of which none is left."""
        return frozenset(product.id for product in self.show.catalogue if product.sold_out)

    def peek(self, now: float, wall: datetime) -> Step | None:
        """The sentence that comes next. None while the script rests, or without a script."""
        if self._again:
            return self._again[0]
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
        if self._again and self._again[0] is step:
            self._again.pop(0)
        else:
            self._steps = step.number + 1
            if self._cursor is not None:
                self._cursor = replace(self._cursor, sentence=self._cursor.sentence + 1)
            if self._turn.started is None:
                self._turn = replace(self._turn, started=now - self._turn.carried)
        self._flying[step.number] = _Flight(step, self.epoch)

    def settle(self, number: int, *, begun: bool, complete: bool) -> None:
        """A sentence in flight was heard: from its beginning, to its end, or not at all."""
        flight = self._flying.pop(number, None)
        if flight is None:
            return
        step = flight.step
        if complete:
            self._owed = self._owed + 1 if step.wished else max(0, self._owed - 1)
            self._stood = self._stood and self._stood.heard(step, flight.epoch)
        if begun:
            self._used[used_key(step.place)] = step.place.alternative
            self._heard_turn = max(self._heard_turn, step.turn)
            self._refusals = 0
        if not complete and flight.epoch == self.epoch:
            insort(self._again, replace(step, cut=step.cut or begun), key=lambda other: other.number)

    def refuse(self, number: int, now: float) -> None:
        """A sentence in flight must not be said: another wording of its line, if none of it was said; else it is
        left out."""
        flight = self._flying.pop(number, None)
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
        """Whether a sentence in flight, not begun yet, should not be said as it stands: it was edited, left behind,
        or an earlier one has to be said again before it."""
        flight = self._flying.get(number)
        if flight is None:
            return False
        overtakes = any(step.number < number for step in self._again)
        return flight.stale or flight.epoch != self.epoch or overtakes

    def opens(self, step: Step) -> bool:
        """Whether nothing of the sentence's turn has been said: there is nothing to go back to."""
        flying = any(flight.step.turn == step.turn for flight in self._flying.values())
        return not step.cut and not flying and self._heard_turn < step.turn

    def goto(self, product: str) -> bool:
        """Leave everything else and begin a product's script."""
        if product not in self.show.scripts:
            return False
        self._new_epoch()
        self._stood = None
        index = self._order.find(product, self._turn.index - 1)
        self._begin_turn(Turn(index=self._turn.index if index is None else index, entry=RundownEntry(product)))
        return True

    def wish(self, product: str, now: float, wall: datetime) -> bool:
        """Tell of a product that has a script, then go on in the order of play. False while the order is to have its
        time first."""
        if self._owed or self._telling_a_wish():
            return False
        stood = self._standing(now)
        script = self.show.scripts.get(stood.product) if stood else None
        told = stood is None or script is None or stood.mostly_told(script)
        index = self._order.after(self._turn.index, wall.time(), self.sold_out)
        self._new_epoch()
        if told and index is not None and self._order.entries[index].product == product:
            self._begin_turn(Turn(index=index, entry=self._order.entries[index]))
            return True
        self._stood = None if told else stood
        self._begin_turn(Turn(index=self._turn.index, entry=RundownEntry(product), wished=True))
        return True

    def _telling_a_wish(self) -> bool:
        on_their_way = [*(flight.step for flight in self._flying.values()), *self._again]
        return self._turn.wished or any(step.wished for step in on_their_way)

    def comes_after(self, product: str, wall: datetime) -> str | None:
        """The product that is told before the turn of another comes by itself; None where it has none at present."""
        coming = [product for product in (self.product, self._stood and self._stood.product) if product]
        at: int | None = self._turn.index
        for _ in self._order.entries:
            at = self._order.after(at, wall.time(), self.sold_out) if at is not None else None
            coming += [self._order.entries[at].product] if at is not None else []
        return next((before for before, behind in pairwise(coming) if behind == product), None)

    def skip(self) -> None:
        """Leave the rest of the segment that is on air."""
        begins_at = self._goes_on_at()
        self._new_epoch()
        if self._cursor is not None:
            self._cursor = begins_at.next_segment() if begins_at else Cursor(self._cursor.product)

    def reload(self, show: Show) -> None:
        """Go on with edited scripts, at the same place."""
        old, self.show = self.show, show
        self._used = moved_used(self._used, old.scripts, show.scripts)
        cursor = self._cursor
        if cursor and cursor.product in show.scripts:
            self._cursor = move_cursor(cursor, old.scripts.get(cursor.product), show.scripts[cursor.product])
        self._again = [moved for step in self._again if (moved := self._moved(step, old))]
        for number, flight in self._flying.items():
            moved = self._moved(flight.step, old)
            stale = flight.stale or moved is None or moved.sentence.text != flight.step.sentence.text
            gone = flight.epoch if moved else -1
            self._flying[number] = replace(flight, step=moved or flight.step, stale=stale, epoch=gone)
        self._move_turn(old)
        self._leave_sold_out(old)
        self._refusals, self._rests_until = 0, 0.0

    def _goes_on_at(self) -> Cursor | None:
        """Where the turn goes on with what is not heard yet; None where nothing of it was taken but the last turn is
        still being heard, or where there is none."""
        flying = [flight.step for flight in self._flying.values() if flight.epoch == self.epoch]
        head = min([*flying, *self._again], key=lambda step: step.number, default=None)
        if head is None:
            return self._cursor
        return Cursor.at(head.place) if head.turn == self._turn.number else None

    def _standing(self, now: float) -> Stood | None:
        """The turn on air, as it is to go on later."""
        if self._cursor is None or self._turn.entry is None:
            return None
        cursor = self._goes_on_at() or Cursor(self._cursor.product)
        return Stood(self._turn, cursor, self._turn.elapsed(now), self.epoch)

    def _resume(self, memory: DirectorMemory) -> None:
        on_air, standing = self._told(memory), memory.stood if memory.wished else memory
        at = self._told(standing) if standing else None
        turn = self._turn_of(standing) if standing and at else Turn()
        if memory.wished and on_air:
            stood = Stood(turn, at, turn.carried, -1) if at else None
            self._stood = None if stood is None or stood.mostly_told(self.show.scripts[stood.product]) else stood
            turn = Turn(1, turn.index, RundownEntry(on_air.product), carried=memory.elapsed, wished=True)
        self._cursor, self._turn = on_air or at, turn
        self._heard_turn = int(bool(self._cursor and memory.text))

    def _told(self, standing: Standing) -> Cursor | None:
        """Where the show stood, in the scripts of today; None where that product is not told any more."""
        place = standing.place
        script = self.show.scripts.get(place.product) if place else None
        if place is None or script is None or place.product in self.sold_out:
            return None
        if place.alternative == UNCHOSEN:
            return Cursor(place.product, place.segment, place.line)
        if standing.text or sentence_at(script, place):
            found = find_sentence(script, standing.text, place) or nearest(script, place)
            return Cursor.at(replace(found, sentence=found.sentence + int(standing.heard)))
        return Cursor.at(place)

    def _turn_of(self, standing: Standing) -> Turn:
        """The turn of the order of play in which the show stood."""
        product = standing.place.product if standing.place else ""
        index = self._order.find(product, before=standing.before)
        if index is None:
            index = self._order.find(standing.before)
        entry = self._order.entries[index] if index is not None else None
        if entry is None or entry.product != product:
            entry = RundownEntry(product)
        return Turn(1, -1 if index is None else index, entry, carried=standing.elapsed)

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
            cursor = self._cursor = replace(cursor, alternative=self._choose(line, cursor), sentence=0)
        sentence = sentence_at(script, cursor.place) if cursor.alternative != UNCHOSEN else None
        if sentence is None:
            return None
        return Step(self._steps, cursor.place, sentence, self._turn.number, wished=self._turn.wished)

    def _choose(self, line: Line, cursor: Cursor) -> int:
        """A wording: the line's own the first time, later any but the last one said."""
        sayable = [number for number in range(len(line.wordings)) if number not in cursor.refused]
        last = self._last_used(cursor)
        others = [number for number in sayable if number != last] or sayable
        if not others:
            return UNCHOSEN
        if last is None:
            return others[0]
        return others[choose(range(len(others)), f"{self._seed}:{self._steps}:{used_key(cursor.place)}")]

    def _last_used(self, cursor: Cursor) -> int | None:
        flying = [flight.step for flight in self._flying.values()]
        same = [step for step in [*flying, *self._again] if used_key(step.place) == used_key(cursor.place)]
        if same:
            return max(same, key=lambda step: step.number).place.alternative
        return self._used.get(used_key(cursor.place))

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
        if self._turn_over(now, wall, ended):
            return self._next_turn(wall)
        self._cursor = Cursor(cursor.product) if ended else cursor.next_segment()
        return True

    def _turn_over(self, now: float, wall: datetime, ended: bool) -> bool:
        entry, moment = self._turn.entry, wall.time()
        if entry is None:
            return True
        if not entry.open_at(moment) and self._order.other_open(entry.product, moment, self.sold_out):
            return True
        if entry.lasts is None:
            return ended
        return self._turn.elapsed(now) >= entry.lasts

    def _next_turn(self, wall: datetime) -> bool:
        if self._take_up(wall):
            return True
        moment, sold_out = wall.time(), self.sold_out
        index = self._order.after(self._turn.index, moment, sold_out)
        passed = self._order.between(self._turn.index, self._turn.index if index is None else index, moment)
        self.passed_over = tuple(
            dict.fromkeys(product for product in (*self.passed_over, *passed) if product in sold_out)
        )
        if index is None:
            self._cursor = None
            return False
        self._begin_turn(Turn(index=index, entry=self._order.entries[index]))
        return True

    def _take_up(self, wall: datetime) -> bool:
        """Go on with the turn that a wish stood in the way of, where it can."""
        stood, self._stood = self._stood, None
        if stood is None or stood.product not in self.show.scripts or stood.product in self.sold_out:
            return False
        entry, moment = stood.turn.entry, wall.time()
        if entry and not entry.open_at(moment) and self._order.other_open(entry.product, moment, self.sold_out):
            return False
        self._turn, self._cursor = stood.taken_up(self._turn.number + 1, self._turn.index), stood.cursor
        self.came_back = stood.product if self._turn.goes_on else ""
        return True

    def _begin_turn(self, turn: Turn) -> None:
        self._turn = replace(turn, number=self._turn.number + 1)
        self._cursor = Cursor(turn.entry.product) if turn.entry else None
        self.came_back = ""

    def _new_epoch(self) -> None:
        self.epoch += 1
        self._again.clear()
        self._rests_until = 0.0

    def _moved(self, step: Step, old: Show) -> Step | None:
        return moved_step(step, old.scripts, self.show.scripts, self._cursor)

    def _move_turn(self, old: Show) -> None:
        """Keep the turn in the new order of play, or end it where its product is gone. The turn of a wish stands in the
        order where the turn does that goes on behind it."""
        before, self._order = self._order, Order(self._rundown, self.show)
        on_air, index = self._cursor.product if self._cursor else None, self._turn.index
        if on_air not in self.show.scripts:
            self._cursor = None
            self._turn = replace(self._turn, entry=None)
        if self._stood and self._stood.product not in self.show.scripts:
            self._stood = None
        if self._stood:
            product = self._stood.product
            self._stood = self._stood.moved(old.scripts.get(product), self.show.scripts[product])
        if self._turn.wished:
            on_air = before.entries[index].product if index >= 0 else None
            self._turn = replace(self._turn, index=index if on_air is None else self._place_of(on_air, before))
        else:
            self._turn = replace(self._turn, index=self._place_of(on_air, before))

    def _place_of(self, product: str | None, before: Order) -> int:
        """The index of a turn in the new order of play; where its product is gone, before the first of those that
        followed it."""
        index, count = self._turn.index, len(before.entries)
        if product is not None and product in self.show.scripts:
            found = self._order.find(product, index - 1)
            return index if found is None else found
        following = [before.entries[(index + step) % count] for step in range(1, count + 1)]
        return next((at for entry in following if (at := self._order.find(entry.product)) is not None), 0) - 1

    def _leave_sold_out(self, old: Show) -> None:
        """A product that sells out on air is left at once, and passed over from then on."""
        self.passed_over = tuple(product for product in self.passed_over if product in self.sold_out)
        before = frozenset(product.id for product in old.catalogue if product.sold_out)
        product = self.product
        if product in self.sold_out - before:
            self._new_epoch()
            self._cursor = None
            self._turn = replace(self._turn, entry=None)
            self.passed_over = (*self.passed_over, product) if product else self.passed_over


def _size(show: Show) -> int:
    """Sentences in a show: so many refusals in a row mean that nothing of it may be said."""
    return max(
        1, sum(len(w.sentences) for script in show.scripts.values() for _, _, ln in script.lines() for w in ln.wordings)
    )
