"""The order of play: which entry of the rundown has its turn."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import time

from host.core.rundown import RundownEntry
from host.show.load import Show

_DAY = 24 * 3600


class Order:
    """The entries whose products have a script; without any, every script in the order of link numbers."""

    def __init__(self, rundown: Sequence[RundownEntry], show: Show) -> None:
        self.rundown = tuple(rundown)
        entries = [entry for entry in rundown if entry.product in show.scripts]
        if not entries:
            products = sorted(show.catalogue, key=lambda product: product.link)
            entries = [RundownEntry(product.id) for product in products if product.id in show.scripts]
        self.entries: tuple[RundownEntry, ...] = tuple(entries)

    def after(self, index: int, moment: time, without: Collection[str] = ()) -> int | None:
        """The next open entry behind ``index``, going round. With every window closed, of those that open soonest
        the next one: a room is never silent. None only without entries of other products than ``without``."""
        ahead = [at for at in self._round(index) if self.entries[at].product not in without]
        if not ahead:
            return None
        return min(ahead, key=lambda at: _until_open(self.entries[at], moment))

    def between(self, index: int, next_index: int, moment: time) -> list[str]:
        """The products of the open entries behind one and before the next, going round."""
        ahead = self._round(index)
        passed = ahead[: ahead.index(next_index)] if next_index in ahead else ahead
        return [self.entries[at].product for at in passed if self.entries[at].open_at(moment)]

    def other_open(self, product: str, moment: time, without: Collection[str] = ()) -> bool:
        """Whether another product's window is open, of those not ``without``."""
        return any(
            entry.product != product and entry.product not in without and entry.open_at(moment)
            for entry in self.entries
        )

    def find(self, product: str, index: int = -1, before: str | None = None) -> int | None:
        """The entry of a product nearest behind ``index``, preferring one that follows the product ``before``."""
        count = len(self.entries)
        places = [at for step in range(1, count + 1) if self.entries[at := (index + step) % count].product == product]
        following = [at for at in places if before and self.entries[at - 1].product == before]
        return next(iter(following or places), None)

    def place_of(self, product: str | None, index: int, before: Order) -> int:
        """The index of a turn that had ``index`` in the order ``before`` this one; where its ``product`` is gone
        (None), before the first of those that followed it."""
        if product is not None:
            found = self.find(product, index - 1)
            return min(index, len(self.entries) - 1) if found is None else found
        following = before._round(index)
        return next((at for step in following if (at := self.find(before.entries[step].product)) is not None), 0) - 1

    def _round(self, index: int) -> list[int]:
        count = len(self.entries)
        return [(index + step) % count for step in range(1, count + 1)] if count else []


def _until_open(entry: RundownEntry, moment: time) -> int:
    """Seconds until the window opens; 0 while it is open."""
    if entry.open_at(moment) or entry.starts is None:
        return 0
    return (_seconds(entry.starts) - _seconds(moment)) % _DAY


def _seconds(moment: time) -> int:
    return moment.hour * 3600 + moment.minute * 60 + moment.second
