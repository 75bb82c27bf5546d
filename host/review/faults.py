"""What went wrong in a run: crashes, what did not work as configured and for how long, what viewers reported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from host.core.comment import Fate, Intent
from host.core.reason import Reason, revived
from host.review.happenings import Happening, Topic
from host.review.records import Commented, Degraded, Entry, Failed, Judged, reasons_of
from host.review.runs import KILLED, Run

DEGRADED = "degraded"
REPORTED = "reported"
_EXPLAINS = ("why", "error")
"""Details of a reason that say how it came about, and may change while it stands."""


def faults(run: Run, comments: Mapping[str, Commented]) -> list[Happening]:
    """All of them, oldest first."""
    found = [*_failures(run), *_degraded(run), *_reports(run, comments)]
    if run.ending == KILLED:
        found.append(Happening(Topic.FAULT, KILLED, Reason("report_killed"), run.ended, run.number))
    return sorted(found, key=lambda happening: happening.wall)


def _failures(run: Run) -> Iterator[Happening]:
    for entry in run.entries:
        if isinstance(entry, Failed):
            yield Happening(Topic.FAULT, entry.where, revived(entry.message, entry.why), entry.wall, run.number)


def _degraded(run: Run) -> Iterator[Happening]:
    """Each reason from when it came to when it went, or to the end of the run."""
    came: dict[str, tuple[Entry, Happening]] = {}
    for entry in run.entries:
        if isinstance(entry, Degraded):
            present = {_identity(reason): reason for reason in reasons_of(entry)}
            for gone in came.keys() - present.keys():
                began, happening = came.pop(gone)
                yield replace(happening, seconds=entry.at - began.at)
            for same, reason in present.items():
                new = Happening(Topic.FAULT, DEGRADED, reason, entry.wall, run.number, same=same)
                began, happening = came.get(same, (entry, new))
                came[same] = began, replace(happening, what=reason)
    end = run.entries[-1].at
    for began, happening in came.values():
        yield replace(happening, seconds=end - began.at, lasting=True)


def _identity(reason: str) -> str:
    """What stays of a reason while numbers in it grow and its explanation changes."""
    if not isinstance(reason, Reason):
        return reason
    told = {name: value for name, value in reason.details.items() if isinstance(value, str) and name not in _EXPLAINS}
    return f"{reason.code} {sorted(told.items())}"


def _reports(run: Run, comments: Mapping[str, Commented]) -> Iterator[Happening]:
    """What single viewers say is wrong with the show."""
    for entry in run.entries:
        if isinstance(entry, Judged) and (entry.intent, entry.fate) == (Intent.TROUBLE, Fate.ESCALATED):
            comment = comments.get(entry.comment)
            about = f"{comment.user}: {comment.text}" if comment else ""
            reason = revived(entry.reason, entry.why)
            yield Happening(Topic.FAULT, REPORTED, reason, entry.wall, run.number, about=about, same=_identity(reason))
