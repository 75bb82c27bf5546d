"""Whose turn it is: the order of play, and a viewer's wish that is told out of it.

A product that a viewer wishes for is told out of the order of play; then the turn it stood in the way of goes on, or
the next where little was left of that. The order has as many sentences as a wish took before the next wish is met: a
crowd has half of the show at most.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from host.core.rundown import RundownEntry
from host.show.cursor import Cursor, Step
from host.show.load import Show
from host.show.order import Order
from host.show.turn import Stood, Turn


class Turns:
    """One turn after the other. Where one begins or goes on, the cursor is returned at which it does.

    All it holds is immutable: a shallow copy is one to look ahead with.
    """

    def __init__(self, show: Show, order: Order, current: Turn, stood: Stood | None) -> None:
        self._show = show
        self._order = order
        self._current = current
        self._stood = stood
        self._owed = 0
        """Sentences that the order is to have before another wish is met."""
        self._came_back = ""
        self._passed_over: tuple[str, ...] = ()

    @property
    def current(self) -> Turn:
        """The turn on air, or the last one."""
        return self._current

    @property
    def passed_over(self) -> tuple[str, ...]:
        """Sold out products whose turn came since they sold out."""
        return self._passed_over

    @property
    def may_wish(self) -> bool:
        """Whether no wish is told, and the order had its time since the last."""
        return not self._owed and not self._current.wished

    def came_back(self) -> str:
        """The product whose turn goes on after a wish, told once; else empty."""
        product, self._came_back = self._came_back, ""
        return product

    def note_taken(self, now: float) -> None:
        """A sentence of the current turn is taken: with the first, its time begins."""
        if self._current.started is None:
            self._current = replace(self._current, started=now - self._current.carried)

    def note_heard(self, step: Step, epoch: int) -> None:
        """A sentence taken in an epoch was heard to its end."""
        self._owed = self._owed + 1 if step.wished else max(0, self._owed - 1)
        self._stood = self._stood and self._stood.heard(step, epoch)

    def over(self, now: float, wall: datetime, script_ended: bool) -> bool:
        """Whether the turn is over at the end of a segment."""
        entry = self._current.entry
        if entry is None or self._closed(entry, wall):
            return True
        return script_ended if entry.lasts is None else self._current.elapsed(now) >= entry.lasts

    def next(self, wall: datetime) -> Cursor | None:
        """Begin the next turn, or go on with the one that a wish stood in the way of. None where there is none."""
        taken_up = self._take_up(wall)
        if taken_up is not None:
            return taken_up
        moment, sold_out, at = wall.time(), self._show.catalogue.sold_out, self._current.index
        index = self._order.after(at, moment, sold_out)
        passed = self._order.between(at, at if index is None else index, moment)
        self._passed_over = tuple(
            dict.fromkeys(product for product in (*self._passed_over, *passed) if product in sold_out)
        )
        return None if index is None else self._begin(index, self._order.entries[index])

    def goto(self, product: str) -> Cursor:
        """Begin a product's turn; the order goes on behind it."""
        self._stood = None
        index = self._order.find(product, self._current.index - 1)
        return self._begin(self._current.index if index is None else index, RundownEntry(product))

    def wish(self, product: str, standing: Stood | None, wall: datetime) -> Cursor:
        """Begin to tell of a product out of the order, then go on with the turn that is ``standing``. Where that is
        mostly told and the product is the next in the order, its turn begins."""
        script = self._show.scripts.get(standing.product) if standing else None
        told = standing is None or script is None or standing.mostly_told(script)
        index = self._order.after(self._current.index, wall.time(), self._show.catalogue.sold_out)
        if told and index is not None and self._order.entries[index].product == product:
            return self._begin(index, self._order.entries[index])
        self._stood = None if told else standing
        return self._begin(self._current.index, RundownEntry(product), wished=True)

    def comes_after(self, product: str, on_air: str | None, wall: datetime) -> str | None:
        """The product that is told before the turn of another comes by itself; None where it has none at present."""
        coming = [product for product in (on_air, self._stood and self._stood.product) if product]
        at: int | None = self._current.index
        for _ in self._order.entries:
            at = self._order.after(at, wall.time(), self._show.catalogue.sold_out) if at is not None else None
            coming += [self._order.entries[at].product] if at is not None else []
        return next((before for before, behind in pairwise(coming) if behind == product), None)

    def move(self, show: Show, on_air: str | None) -> None:
        """Keep the turn of the product ``on_air`` in the new order of play, or end it where its product is gone. The
        turn of a wish stands in the order where the turn does that goes on behind it."""
        old, self._show = self._show, show
        before, self._order = self._order, Order(self._order.rundown, show)
        self._passed_over = tuple(product for product in self._passed_over if product in show.catalogue.sold_out)
        if on_air not in show.scripts:
            self._current = replace(self._current, entry=None)
        if self._stood:
            product = self._stood.product
            script = show.scripts.get(product)
            self._stood = self._stood.moved(old.scripts.get(product), script) if script else None
        index = self._current.index
        if self._current.wished and index < 0:
            return
        standing = before.entries[index].product if self._current.wished else on_air
        told = standing if standing in show.scripts else None
        self._current = replace(self._current, index=self._order.place_of(told, index, before))

    def leave(self, product: str) -> None:
        """End the turn of a product that sells out on air."""
        self._current = replace(self._current, entry=None)
        self._passed_over = (*self._passed_over, product)

    def _take_up(self, wall: datetime) -> Cursor | None:
        """Go on with the turn that a wish stood in the way of, where it can."""
        stood, self._stood = self._stood, None
        if stood is None or stood.product not in self._show.scripts or stood.product in self._show.catalogue.sold_out:
            return None
        if stood.turn.entry and self._closed(stood.turn.entry, wall):
            return None
        self._current = stood.taken_up(self._current.number + 1, self._current.index)
        self._came_back = stood.product if self._current.goes_on else ""
        return stood.cursor

    def _closed(self, entry: RundownEntry, wall: datetime) -> bool:
        """Whether its window is closed, and another's is open."""
        moment = wall.time()
        return not entry.open_at(moment) and self._order.other_open(
            entry.product, moment, self._show.catalogue.sold_out
        )

    def _begin(self, index: int, entry: RundownEntry, *, wished: bool = False) -> Cursor:
        self._current = Turn(self._current.number + 1, index, entry, wished=wished)
        self._came_back = ""
        return Cursor(entry.product)
