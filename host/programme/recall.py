"""What a room remembers of its comments from the run before: a fold over the journal."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from host.core import journal_events as kinds
from host.core.comment import PAGE, Comment, Fate, Intent
from host.core.journal_events import Event
from host.programme.left import TO_DO

TURNED_AWAY = "inlet_full"
"""Code of the verdict on a comment that was never read: it is not known by it, and may be sent again."""


@dataclass(frozen=True)
class Waiting:
    """A comment whose answer had not begun, with what triage made of it."""

    comment: Comment
    intent: Intent
    product: str | None


@dataclass(frozen=True)
class Recall:
    """What a room remembers of its comments."""

    known: tuple[str, ...]
    """Ids of every comment seen, oldest first."""
    waiting: tuple[Waiting, ...]
    """Still to be answered, oldest first."""
    begun: tuple[str, ...]
    """Ids of those whose answer began and got no last verdict: given, as far as a viewer can tell."""
    stale: tuple[str, ...]
    """Ids of those that waited too long."""
    left: tuple[Waiting, ...] = ()
    """Left to the operator, oldest first."""


def recall(events: Iterable[Event], wall: datetime, clock_now: float, max_age: timedelta) -> Recall:
    """Fold events into what is left to answer. An answer that began counts as given: never answer twice.

    A comment keeps its age: its ``at`` is put that far before ``clock_now``. Events that lack a field, or hold anything
    but text where a comment's text is, are passed by.
    """
    fold = _Fold(wall, clock_now)
    for event in events:
        with suppress(KeyError, TypeError, ValueError, AttributeError):
            fold.add(event)
    aged = [(comment_id, fold.age(comment_id)) for comment_id in fold.open if comment_id in fold.comments]
    fresh = [comment_id for comment_id, age in aged if age <= max_age.total_seconds()]
    return Recall(
        known=tuple(fold.comments),
        waiting=tuple(Waiting(fold.comment(one), *fold.open[one]) for one in fresh),
        begun=tuple(fold.begun),
        stale=tuple(comment_id for comment_id, _ in aged if comment_id not in fresh),
        left=tuple(Waiting(fold.comment(one), *fold.left[one]) for one in fold.left if one in fold.comments),
    )


class _Fold:
    def __init__(self, wall: datetime, clock_now: float) -> None:
        self._wall = wall
        self._now = clock_now
        self.comments: dict[str, tuple[Event, datetime]] = {}
        self.open: dict[str, tuple[Intent, str | None]] = {}
        self.begun: dict[str, None] = {}
        self.left: dict[str, tuple[Intent, str | None]] = {}

    def add(self, event: Event) -> None:
        kind = event["kind"]
        if kind == kinds.COMMENT:
            arrived = datetime.fromisoformat(event["wall"])
            arrived = arrived if arrived.tzinfo else arrived.replace(tzinfo=self._wall.tzinfo)
            written = {name: _text(event[name]) for name in ("comment", "user", "text")}
            written["source"], written["viewer"] = _text(event.get("source", PAGE)), _text(event.get("viewer", ""))
            self.comments[written["comment"]] = (event | written, arrived)
        elif kind == kinds.VERDICT:
            if (event.get("why") or {}).get("code") == TURNED_AWAY:
                self.comments.pop(event["comment"], None)
            if event["comment"] in self.begun and event["fate"] == Fate.QUEUED.value:
                return
            product = event.get("product")
            asked = (Intent(event.get("intent", "question")), None if product is None else _text(product))
            self.left.pop(event["comment"], None)
            if event["fate"] == Fate.QUEUED.value:
                self.open[event["comment"]] = asked
            else:
                self.open.pop(event["comment"], None)
                self.begun.pop(event["comment"], None)
            if event["fate"] in TO_DO:
                self.left[event["comment"]] = asked
        elif kind == kinds.SPEAKING:
            for comment_id in event.get("in_reply_to") or ():
                if self.open.pop(comment_id, None) is not None:
                    self.begun[comment_id] = None

    def age(self, comment_id: str) -> float:
        return max(0.0, (self._wall - self.comments[comment_id][1]).total_seconds())

    def comment(self, comment_id: str) -> Comment:
        event = self.comments[comment_id][0]
        at = self._now - self.age(comment_id)
        return Comment(comment_id, event["user"], event["text"], at, event["source"], event["viewer"])


def _text(value: object) -> str:
    """The text that an event must hold there. Raises `TypeError` for anything else."""
    if not isinstance(value, str):
        raise TypeError(value)
    return value
