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
    """A comment that was not answered, with what triage made of it."""

    comment: Comment
    intent: Intent
    product: str | None
    cut_off: bool = False
    """Whether its answer had begun, and too little of it was heard to count."""
    words: str = ""
    """What the operator would have the host answer; empty where that is left to the host."""
    corrects: bool = False
    """Whether those words are to set right an answer that was heard."""


@dataclass(frozen=True)
class Recall:
    """What a room remembers of its comments."""

    known: tuple[str, ...]
    """Ids of every comment seen, oldest first."""
    waiting: tuple[Waiting, ...]
    """Still to be answered, oldest first."""
    begun: tuple[str, ...]
    """Ids of those of whose answer enough was heard, and that got no last verdict: given."""
    stale: tuple[str, ...]
    """Ids of those that waited too long."""
    left: tuple[Waiting, ...] = ()
    """Left to the operator, oldest first."""
    answered: tuple[Waiting, ...] = ()
    """Those to which something was said, and that are answered, the latest answer last."""
    uncorrected: tuple[Waiting, ...] = ()
    """Those of them whose correction waited too long."""


def recall(events: Iterable[Event], wall: datetime, clock_now: float, max_age: timedelta) -> Recall:
    """Fold events into what is left to answer.

    An answer counts as given once the journal says so (`host.core.journal_events.GIVEN`); one that was begun by a
    version that says nothing of the kind counts as given at once. No such answer is said twice, and none that began
    without that is lost.

    A comment keeps its age: its ``at`` is put that far before ``clock_now``. Events that lack a field, or hold anything
    but text where a comment's text is, are passed by.
    """
    fold = _Fold(wall)
    for event in events:
        with suppress(KeyError, TypeError, ValueError, AttributeError):
            fold.add(event)
    waiting, stale, uncorrected = [], [], []
    for comment_id, asked in fold.open.items():
        if asked.given or comment_id not in fold.comments:
            continue
        if fold.age(asked.ordered or fold.comments[comment_id][1]) <= max_age.total_seconds():
            waiting.append(asked.waiting(fold.comment(comment_id, clock_now)))
        elif asked.corrects:
            uncorrected.append(asked.waiting(fold.comment(comment_id, clock_now)))
        else:
            stale.append(comment_id)
    given = {comment_id: asked for comment_id, asked in fold.open.items() if asked.given}
    return Recall(
        known=tuple(fold.comments),
        waiting=tuple(waiting),
        begun=tuple(given),
        stale=tuple(stale),
        left=tuple(
            asked.waiting(fold.comment(comment_id, clock_now))
            for comment_id, asked in fold.left.items()
            if comment_id in fold.comments
        ),
        answered=tuple(
            asked.waiting(fold.comment(comment_id, clock_now))
            for comment_id, asked in (fold.answered | given).items()
            if comment_id in fold.comments
        ),
        uncorrected=tuple(uncorrected),
    )


@dataclass
class _Asked:
    """What became of a comment so far that has no last verdict, or was left to the operator."""

    intent: Intent
    product: str | None
    begun: bool = False
    given: bool = False
    words: str = ""
    ordered: datetime | None = None
    """When the operator gave his answer."""
    corrects: bool = False

    def waiting(self, comment: Comment) -> Waiting:
        return Waiting(comment, self.intent, self.product, self.begun, self.words, self.corrects)


class _Fold:
    def __init__(self, wall: datetime) -> None:
        self._wall = wall
        self.comments: dict[str, tuple[Event, datetime]] = {}
        self.open: dict[str, _Asked] = {}
        self.left: dict[str, _Asked] = {}
        self.answered: dict[str, _Asked] = {}
        self._spoken_to: set[str] = set()

    def add(self, event: Event) -> None:
        match event["kind"]:
            case kinds.COMMENT:
                self._comment(event)
            case kinds.VERDICT:
                self._verdict(event)
            case kinds.SPEAKING:
                self._spoken_to.update(event.get("in_reply_to") or ())
                for asked in self._asked(event):
                    asked.begun = True
                    asked.given = asked.given or "reply" not in event
            case kinds.GIVEN:
                for asked in self._asked(event):
                    asked.given = True
            case kinds.OPERATOR if event["command"] == "answer":
                asked = _Asked(Intent.QUESTION, None, words=_text(event["text"]), ordered=self._time(event))
                self.left.pop(event["comment_id"], None)
                self.open[event["comment_id"]] = asked
            case kinds.OPERATOR if event["command"] == "correct" and (given := self.answered.get(event["comment_id"])):
                self.open[event["comment_id"]] = _Asked(
                    given.intent, given.product, words=_text(event["text"]), ordered=self._time(event), corrects=True
                )

    def _comment(self, event: Event) -> None:
        written = {name: _text(event[name]) for name in ("comment", "user", "text")}
        written["source"], written["viewer"] = _text(event.get("source", PAGE)), _text(event.get("viewer", ""))
        self.comments[written["comment"]] = (event | written, self._time(event))

    def _verdict(self, event: Event) -> None:
        comment_id, fate = event["comment"], event["fate"]
        if (event.get("why") or {}).get("code") == TURNED_AWAY:
            self.comments.pop(comment_id, None)
        known = self.open.get(comment_id)
        if fate == Fate.QUEUED.value and known is not None and known.begun:
            return
        product = event.get("product")
        asked = _Asked(Intent(event.get("intent", "question")), None if product is None else _text(product))
        self.left.pop(comment_id, None)
        self.open.pop(comment_id, None)
        if fate == Fate.QUEUED.value:
            self.open[comment_id] = asked
        elif fate in TO_DO:
            self.left[comment_id] = asked
        elif fate == Fate.ANSWERED.value and comment_id in self._spoken_to:
            self.answered.pop(comment_id, None)
            self.answered[comment_id] = asked

    def _asked(self, event: Event) -> list[_Asked]:
        """The comments a sentence replies to, of those that are open."""
        return [self.open[comment_id] for comment_id in event.get("in_reply_to") or () if comment_id in self.open]

    def _time(self, event: Event) -> datetime:
        written = datetime.fromisoformat(event["wall"])
        return written if written.tzinfo else written.replace(tzinfo=self._wall.tzinfo)

    def age(self, since: datetime) -> float:
        return max(0.0, (self._wall - since).total_seconds())

    def comment(self, comment_id: str, clock_now: float) -> Comment:
        event, arrived = self.comments[comment_id]
        at = clock_now - self.age(arrived)
        return Comment(comment_id, event["user"], event["text"], at, event["source"], event["viewer"])


def _text(value: object) -> str:
    """The text that an event must hold there. Raises `TypeError` for anything else."""
    if not isinstance(value, str):
        raise TypeError(value)
    return value
