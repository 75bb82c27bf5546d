"""Whether this computer keeps up with the room, told from what is counted anyway. Pure: nothing here reads a clock.

On air nothing waits: what was not drawn, encoded or made in time is left out (`host.stage.pump`), and viewers see it. A
period of two seconds is *late* where they do. Periods are counted, not ticks: a machine that stops once, however long,
has had one late period, and a slow one has them all the time.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from host.core.figures import gauge
from host.core.reason import Reason

PERIODS = 30
"""That are judged together: a minute, longer where the machine stops. Nothing is said of a room before."""
LATE = 0.1
"""Share of a period's ticks that may be left out before it is late: that is when the picture is seen to stutter."""
COMES, GOES = 10, 2
"""Late periods of a minute with which the computer is too slow; and down to which it goes on being so."""
RETOLD = 20
"""Percent by which it must be worse, or better, for other words: every change is an event."""

FASTEST_PRESET = "ultrafast"


@dataclass(frozen=True, slots=True)
class Ticks:
    """What fell due and what of it was left out: since the start, or within a period."""

    due: int = 0
    late: int = 0
    """Pictures not drawn in time."""
    dropped: int = 0
    """Pictures for which the encoder had no time; some of them were late too."""
    skipped: int = 0
    """Ticks without sound and picture."""
    failures: int = 0
    """Of the renderer."""

    def since(self, earlier: Ticks) -> Ticks:
        """What came since."""
        return Ticks(
            self.due - earlier.due,
            self.late - earlier.late,
            self.dropped - earlier.dropped,
            self.skipped - earlier.skipped,
            self.failures - earlier.failures,
        )

    def missed(self, *, drawing: bool = True) -> int:
        """Ticks left out, at least; ``drawing`` says whether late drawing counts."""
        return min(self.due, self.skipped + max(self.late if drawing else 0, self.dropped))


@dataclass(frozen=True, slots=True)
class PaceStatus:
    """How this computer keeps up."""

    late_ratio: float = gauge("share of the last minute that was not drawn, encoded or made in time")
    too_slow: bool = gauge("1 while this computer is too slow for the room")


@dataclass(frozen=True, slots=True)
class Pace:
    """Immutable; what was counted by the end of a period gives the next one."""

    counted: tuple[Ticks, ...] = ()
    """At the ends of periods, oldest first."""
    slow: int = 0
    """Percent that late periods left out, while the computer is too slow; 0 while it is not."""

    def after(self, ticks: Ticks) -> Pace:
        """A period is over. ``ticks`` are since the start."""
        counted = (*self.counted, ticks)[-PERIODS - 1 :]
        return Pace(counted, _slow(_periods(counted), self.slow))

    def reasons(self, preset: str) -> list[str]:
        """Why the room is degraded, and what to do; ``preset`` is how its picture is encoded."""
        slower = "" if preset == FASTEST_PRESET else preset
        return [Reason("computer_slow", percent=self.slow, preset=slower)] if self.slow else []

    def status(self) -> PaceStatus:
        """How this computer keeps up."""
        periods = _periods(self.counted)
        due = sum(period.due for period in periods)
        missed = sum(period.missed() for period in periods)
        return PaceStatus(round(missed / due, 3) if due else 0.0, self.slow > 0)


def _periods(counted: tuple[Ticks, ...]) -> list[Ticks]:
    return [end.since(start) for start, end in pairwise(counted)]


def _slow(periods: list[Ticks], told: int) -> int:
    """`Pace.slow` behind these periods, ``told`` having been said.

    A renderer that fails draws nothing for seconds, on any computer, and is told of as a fault: while it does, only
    what else is late makes the computer slow. It does not make one fast that was slow.
    """
    drawing = told > 0 or not any(period.failures for period in periods)
    missed = [(period.missed(drawing=drawing), period.due) for period in periods]
    late = [(left_out, due) for left_out, due in missed if left_out > LATE * due]
    if len(periods) < PERIODS or len(late) < (GOES + 1 if told else COMES):
        return 0
    percent = round(100 * sum(left_out for left_out, _ in late) / sum(due for _, due in late))
    return told if told and abs(percent - told) < RETOLD else percent
