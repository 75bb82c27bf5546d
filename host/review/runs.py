"""The runs of a room: when each began and ended, and how; when it paused, spoke and was silent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from host.core.media import SAMPLE_RATE
from host.review.records import Commanded, Entry, Heard, Refused, Spoken, Started, Stopped

KILLED = "killed"
"""It ends without a word: the process was killed, crashed, or the machine went off."""
RUNNING = "running"
PAUSING = frozenset({"pause", "hush"})
"""Commands after which the host says nothing of its own."""
_RESUMING = "resume"


@dataclass(frozen=True, slots=True)
class Run:
    """One time on air. Seconds are those of the room's clock, which no change of the time of day moves."""

    number: int
    entries: tuple[Entry, ...]
    ending: str
    """`KILLED`, `RUNNING`, or the reason on record."""
    off_air_before: float
    """Seconds since the run before; 0 for the first."""

    @property
    def begun(self) -> datetime:
        """The time of day it began."""
        return self.entries[0].wall

    @property
    def ended(self) -> datetime:
        """The time of day of the last sign of it."""
        return self.entries[-1].wall

    @property
    def seconds(self) -> float:
        """How long it was on air, as far as there are signs of it."""
        return self.entries[-1].at - self.entries[0].at


@dataclass(frozen=True, slots=True)
class RunFigures:
    """What is counted of a run, and added up over runs."""

    seconds: float = 0.0
    paused_seconds: float = 0.0
    heard_seconds: float = 0.0
    utterances: int = 0
    comments: int = 0
    refusals: int = 0
    not_done: int = 0
    faults: int = 0


def runs_of(entries: Sequence[Entry], *, on_air: bool = False) -> list[Run]:
    """The runs, in order. ``on_air``: whether the room still is, so that the last one has not ended yet.

    No run's clock goes back: where it does, another one is under way. What a room makes of the comments of the run
    before it records before its own beginning.
    """
    parts: list[list[Entry]] = []
    begun = False
    for entry in entries:
        begins = isinstance(entry, Started)
        if not parts or entry.at < parts[-1][-1].at or (begins and begun):
            parts.append([])
            begun = False
        begun = begun or begins
        parts[-1].append(entry)
    runs: list[Run] = []
    for number, part in enumerate(parts, 1):
        off_air = (part[0].wall - runs[-1].ended).total_seconds() if runs else 0.0
        runs.append(Run(number, tuple(part), _ending(part, on_air and number == len(parts)), max(0.0, off_air)))
    return runs


def _ending(part: Sequence[Entry], running: bool) -> str:
    told = [entry.reason for entry in part if isinstance(entry, Stopped)]
    return told[-1] if told else RUNNING if running else KILLED


def pauses(run: Run) -> list[tuple[float, float]]:
    """From when to when the operator had the host be silent, in clock seconds; to the end where nobody resumed."""
    found: list[tuple[float, float]] = []
    since: float | None = None
    for entry in run.entries:
        command = entry.command if isinstance(entry, Commanded) and not entry.reason else ""
        if command in PAUSING and since is None:
            since = entry.at
        elif command == _RESUMING and since is not None:
            found.append((since, entry.at))
            since = None
    return [*found, (since, run.entries[-1].at)] if since is not None else found


def longest_silence(run: Run) -> tuple[float, datetime]:
    """The longest time without a word that nobody asked for, and when it began."""
    quiet = pauses(run)
    longest = 0.0, run.begun
    for before, after in pairwise(said(run)):
        gap = after.at - before.at - before.duration
        if gap > longest[0] and not any(began < after.at and before.at < ended for began, ended in quiet):
            longest = gap, before.wall
    return longest


def said(run: Run) -> list[Spoken]:
    """What the host said."""
    return [entry for entry in run.entries if isinstance(entry, Spoken)]


def figures_of(run: Run, comments: int, faults: int) -> RunFigures:
    """The figures of a run in which there were so many comments and faults."""
    commands = [entry for entry in run.entries if isinstance(entry, Commanded)]
    return RunFigures(
        seconds=run.seconds,
        paused_seconds=sum(ended - began for began, ended in pauses(run)),
        heard_seconds=sum(entry.heard for entry in run.entries if isinstance(entry, Heard)) / SAMPLE_RATE,
        utterances=len(said(run)),
        comments=comments,
        refusals=sum(isinstance(entry, Refused) for entry in run.entries),
        not_done=sum(bool(command.reason) for command in commands),
        faults=faults,
    )


def total(figures: Iterable[RunFigures]) -> RunFigures:
    """The figures of all runs added up."""
    rows = list(figures)
    return RunFigures(**{name: sum(getattr(row, name) for row in rows) for name in RunFigures.__slots__})
