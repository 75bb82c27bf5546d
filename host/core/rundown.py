"""The rundown: the order of play."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True, slots=True)
class RundownEntry:
    """One product's turn on air."""

    product: str
    lasts: float | None = None
    """Seconds after which the next entry takes over at the end of a segment, and until which this one repeats;
    None for once through the script."""
    starts: time | None = None
    ends: time | None = None
    """Times of day between which the entry is played; a window may pass midnight. Both or neither."""

    def open_at(self, moment: time) -> bool:
        """Whether the entry's window is open at a time of day."""
        if self.starts is None or self.ends is None:
            return True
        if self.starts <= self.ends:
            return self.starts <= moment < self.ends
        return moment >= self.starts or moment < self.ends
