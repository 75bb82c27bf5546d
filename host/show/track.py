"""The script side of the director: which sentence comes next, product after product, and which must be said again.

A sentence taken from the track is *in flight* until it is settled: heard, or not. One that was not heard to its end
comes again, before anything later. `goto` and `skip` begin a new *epoch*; what is in flight from an earlier one is
stale: it should be withdrawn, and does not come again.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime

from host.core.rundown import RundownEntry
from host.core.utterance import Place
from host.show.cursor import (
    UNCHOSEN,
    Cursor,
    Step,
    find_line,
    find_sentence,
    line_at,
    move_cursor,
    nearest,
    sentence_at,
)
from host.show.load import Show
from host.show.memory import DirectorMemory, used_key
from host.show.order import Order
from host.show.phrases import choose
from host.show.script import Line, Script

REST = 5.0
"""Seconds the script rests when the guard refuses all of it."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A product's time on air."""

    number: int = 0
    index: int = -1
    entry: RundownEntry | None = None
    started: float | None = None
    carried: float = 0.0
    """Seconds it had been on air before a restart."""


@dataclass(frozen=True, slots=True)
class _Flight:
    step: Step
    epoch: int
    stale: bool = False


class Track:
    """Where the show stands in its scripts."""

    def __init__(self, show: Show, rundown: Sequence[RundownEntry], seed: int, memory: DirectorMemory) -> None:
        self.show = show
        self.before = memory.before
        self.epoch = 0
        self._rundown = tuple(rundown)
        self._order = Order(rundown, show)
        self._seed = f"{seed}:{memory.next_id}"
        self._used: dict[str, int] = dict(memory.used)
        self._cursor: Cursor | None = None
        self._turn = Turn()
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
        index = self._order.find(product, self._turn.index - 1)
        self._begin_turn(self._turn.index if index is None else index, RundownEntry(product))
        return True

    def skip(self) -> None:
        """Leave the rest of the segment that is on air."""
        flying = [flight.step for flight in self._flying.values() if flight.epoch == self.epoch]
        head = min([*flying, *self._again], key=lambda step: step.number, default=None)
        self._new_epoch()
        if self._cursor is None:
            return
        if head is None:
            self._cursor = self._cursor.next_segment()
        elif head.turn == self._turn.number:
            self._cursor = Cursor.at(head.place).next_segment()
        else:
            self._cursor = Cursor(self._cursor.product)

    def reload(self, show: Show) -> None:
        """Go on with edited scripts, at the same place."""
        old, self.show = self.show, show
        self._move_used(old.scripts)
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

    def _resume(self, memory: DirectorMemory) -> None:
        place = memory.place
        script = self.show.scripts.get(place.product) if place else None
        if place is None or script is None or place.product in self.sold_out:
            return
        if place.alternative == UNCHOSEN:
            self._cursor = Cursor(place.product, place.segment, place.line)
        elif memory.text or sentence_at(script, place):
            found = find_sentence(script, memory.text, place) or nearest(script, place)
            self._cursor = Cursor.at(replace(found, sentence=found.sentence + int(memory.heard)))
        else:
            self._cursor = Cursor.at(place)
        index = self._order.find(place.product, before=memory.before)
        if index is None:
            index = self._order.find(memory.before)
        entry = self._order.entries[index] if index is not None else None
        if entry is None or entry.product != place.product:
            entry = RundownEntry(place.product)
        self._turn = Turn(1, -1 if index is None else index, entry, None, memory.elapsed)
        self._heard_turn = int(bool(memory.text))

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
        return Step(self._steps, cursor.place, sentence, self._turn.number)

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
        return self._elapsed(now) >= entry.lasts

    def _elapsed(self, now: float) -> float:
        started = self._turn.started
        return self._turn.carried if started is None else max(0.0, now - started)

    def _next_turn(self, wall: datetime) -> bool:
        moment, sold_out = wall.time(), self.sold_out
        index = self._order.after(self._turn.index, moment, sold_out)
        passed = self._order.between(self._turn.index, self._turn.index if index is None else index, moment)
        self.passed_over = tuple(
            dict.fromkeys(product for product in (*self.passed_over, *passed) if product in sold_out)
        )
        if index is None:
            self._cursor = None
            return False
        self._begin_turn(index, self._order.entries[index])
        return True

    def _begin_turn(self, index: int, entry: RundownEntry) -> None:
        if self._turn.entry is not None and self._turn.entry.product != entry.product:
            self.before = self._turn.entry.product
        self._turn = Turn(self._turn.number + 1, index, entry)
        self._cursor = Cursor(entry.product)

    def _new_epoch(self) -> None:
        self.epoch += 1
        self._again.clear()
        self._rests_until = 0.0

    def _moved(self, step: Step, old: Show) -> Step | None:
        """A step in the edited scripts: the same text, or what stands in its place now; None where neither is."""
        before, script = old.scripts.get(step.place.product), self.show.scripts.get(step.place.product)
        if script is None:
            return None
        place = find_sentence(script, step.sentence.text, step.place)
        if place is None:
            line = line_at(before, step.place.segment, step.place.line) if before else None
            found = find_line(script, line, step.place.segment, step.place.line) if line else None
            place = replace(step.place, segment=found[0], line=found[1]) if found else step.place
            if self._cursor is not None and place >= self._cursor.place:
                return None
        sentence = sentence_at(script, place)
        return replace(step, place=place, sentence=sentence) if sentence else None

    def _move_used(self, old: Mapping[str, Script]) -> None:
        """Remember by wording, not by number, which alternatives were said last."""
        moved: dict[str, int] = {}
        for product, script in old.items():
            new = self.show.scripts.get(product)
            for segment, index, line in script.lines() if new else ():
                alternative = self._used.get(used_key(Place(product, segment, index, 0, 0)))
                found = find_line(new, line, segment, index) if new else None
                if alternative is None or found is None or new is None or alternative >= len(line.wordings):
                    continue
                wordings = [wording.text for wording in new.segments[found[0]].lines[found[1]].wordings]
                if line.wordings[alternative].text in wordings:
                    key = used_key(Place(product, *found, 0, 0))
                    moved[key] = wordings.index(line.wordings[alternative].text)
        self._used = moved

    def _move_turn(self, old: Show) -> None:
        """Keep the turn in the new order of play, or end it where its product is gone."""
        before = self._order
        self._order = Order(self._rundown, self.show)
        product = self._cursor.product if self._cursor else None
        index = self._turn.index
        if product in self.show.scripts and product is not None:
            found = self._order.find(product, index - 1)
            self._turn = replace(self._turn, index=index if found is None else found)
            return
        self._cursor = None
        following = [before.entries[(index + step) % len(before.entries)] for step in range(1, len(before.entries) + 1)]
        found = next((at for entry in following if (at := self._order.find(entry.product)) is not None), 0)
        self._turn = replace(self._turn, index=found - 1, entry=None)

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
