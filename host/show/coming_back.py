"""Where a show goes on after a restart: what was remembered of it, found again in the scripts of today."""

from __future__ import annotations

from dataclasses import dataclass, replace

from host.core.rundown import RundownEntry
from host.show.cursor import UNCHOSEN, Cursor, find_sentence, nearest, sentence_at
from host.show.load import Show
from host.show.memory import DirectorMemory, Standing
from host.show.order import Order
from host.show.turn import Stood, Turn


@dataclass(frozen=True, slots=True)
class Position:
    """A place in the scripts, with the turn it belongs to, and the turn that this one stands in the way of."""

    cursor: Cursor | None
    turn: Turn
    stood: Stood | None = None


def come_back(memory: DirectorMemory, show: Show, order: Order) -> Position:
    """The position at which a show goes on; before the first turn where nothing is remembered that is still told."""
    on_air, standing = _told(memory, show), memory.stood if memory.wished else memory
    at = _told(standing, show) if standing else None
    turn = _turn_of(standing, order) if standing and at else Turn()
    if not (memory.wished and on_air):
        return Position(on_air or at, turn)
    stood = Stood(turn, at, turn.carried, -1) if at else None
    goes_on = None if stood is None or stood.mostly_told(show.scripts[stood.product]) else stood
    wish = Turn(1, turn.index, RundownEntry(on_air.product), carried=memory.elapsed, wished=True)
    return Position(on_air, wish, goes_on)


def _told(standing: Standing, show: Show) -> Cursor | None:
    """Where the show stood; None where that product is not told any more."""
    place = standing.place
    script = show.scripts.get(place.product) if place else None
    if place is None or script is None or place.product in show.catalogue.sold_out:
        return None
    if place.alternative == UNCHOSEN:
        return Cursor(place.product, place.segment, place.line)
    if standing.text or sentence_at(script, place):
        found = find_sentence(script, standing.text, place) or nearest(script, place)
        return Cursor.at(replace(found, sentence=found.sentence + int(standing.heard)))
    return Cursor.at(place)


def _turn_of(standing: Standing, order: Order) -> Turn:
    """The turn of the order of play in which the show stood."""
    product = standing.place.product if standing.place else ""
    index = order.find(product, before=standing.before)
    if index is None:
        index = order.find(standing.before)
    entry = order.entries[index] if index is not None else None
    if entry is None or entry.product != product:
        entry = RundownEntry(product)
    return Turn(1, -1 if index is None else index, entry, carried=standing.elapsed)
