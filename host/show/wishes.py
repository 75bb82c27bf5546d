"""What viewers wish to be told, and how much of the show may go to it."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from enum import StrEnum

WITHIN = 600.0
"""Seconds in which a product is told once for a wish."""
PER_ROOM = 4
"""Wishes met in that time."""
PER_VIEWER = 2
"""Wishes of one viewer met in that time."""

ALOUD_EVERY = 30.0
"""Seconds between two viewers who are told when a product comes: words for each of a crowd are no show either."""


class Wish(StrEnum):
    """What becomes of a wish. Each is the code of a reason."""

    MET = "goes_to"
    ON_AIR = "wish_on_air"
    """It is being told."""
    BEHIND = "wish_behind_another"
    """Another wish was met, and the order of play has not had as much time since."""
    LATELY = "wish_met_lately"
    VIEWER = "wish_of_viewer"
    ROOM = "wish_of_room"


@dataclass(frozen=True, slots=True)
class Wished:
    """What becomes of a wish."""

    wish: Wish
    after: str | None = None
    """Where it is not met, the product after which the wished one comes by itself. None: not in the rundown now."""
    aloud: bool = True
    """Whether the host says so."""


@dataclass(frozen=True, slots=True)
class _Met:
    product: str
    viewer: Hashable
    at: float


class Wishes:
    """Those met lately: no more than `PER_ROOM` of them are kept."""

    def __init__(self) -> None:
        self._met: tuple[_Met, ...] = ()
        self._aloud = float("-inf")

    def beyond(self, product: str, viewer: Hashable, now: float) -> Wish | None:
        """Why one more wish is too much; None where it is not."""
        lately = [met for met in self._met if now - met.at < WITHIN]
        if any(met.product == product for met in lately):
            return Wish.LATELY
        if sum(met.viewer == viewer for met in lately) >= PER_VIEWER:
            return Wish.VIEWER
        return Wish.ROOM if len(lately) >= PER_ROOM else None

    def met(self, product: str, viewer: Hashable, now: float) -> None:
        """A wish is met."""
        self._met = (*self._met, _Met(product, viewer, now))[-PER_ROOM:]

    def aloud(self, now: float) -> bool:
        """Whether a viewer whose wish is not met is told so aloud."""
        if now < self._aloud + ALOUD_EVERY:
            return False
        self._aloud = now
        return True
