"""The entries of a journal, read into types: the only place of a review that knows the fields of events.

What journals of earlier versions lack has a default. An entry that is not as it must be is left out and counted: one
damaged row costs no report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from host.core import journal_events as kinds
from host.core.journal_events import Event
from host.core.reason import revived

Why = Mapping[str, Any] | None
"""A reason as data."""


def _zoned(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class Entry(BaseModel):
    """Anything on record. ``at``: clock seconds of its run; ``wall``: the time of day, in the room's zone."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    at: float = Field(ge=0, allow_inf_nan=False)
    wall: Annotated[datetime, AfterValidator(_zoned)]


class Started(Entry):
    """A run begins."""

    title: str = ""
    lang: str = "en"
    products: Mapping[str, str] = {}
    """Name by id."""


class Stopped(Entry):
    """A run ends, and why."""

    reason: str = "ended"


class Spoken(Entry):
    """An utterance begins."""

    utterance_kind: str = ""
    text: str
    product: str | None = None
    in_reply_to: tuple[str, ...] = ()
    duration: float = Field(default=0.0, ge=0, allow_inf_nan=False)


class Heard(Entry):
    """Samples of an utterance that were heard."""

    heard: int = Field(ge=0)


class Commented(Entry):
    """A comment comes in."""

    comment: str
    user: str = ""
    text: str
    source: str = ""


class Judged(Entry):
    """A verdict on a comment."""

    comment: str
    intent: str = ""
    fate: str
    reason: str = ""
    why: Why = None
    product: str | None = None


class Refused(Entry):
    """The guard does not let something be said."""

    utterance_kind: str = ""
    text: str
    code: str = ""
    reason: str = ""
    why: Why = None
    in_reply_to: tuple[str, ...] = ()


class Commanded(Entry):
    """An act of an operator's. Arguments that are not named here are kept as they are."""

    model_config = ConfigDict(extra="allow")

    operator: str = ""
    command: str
    text: str = ""
    product: str = ""
    link: int | None = None
    comment_id: str = ""
    reason: str = ""
    """Why it was not carried out; empty where it was."""
    why: Why = None

    @property
    def others(self) -> dict[str, str]:
        """Arguments of commands this version does not know."""
        return {name: str(value) for name, value in (self.model_extra or {}).items() if name != "kind"}


class Failed(Entry):
    """Something broke."""

    where: str = ""
    message: str = ""
    why: Why = None


class Degraded(Entry):
    """What does not work as configured from here on; nothing: all is well."""

    reasons: tuple[str, ...] = ()
    why: tuple[Why, ...] = ()


class Reloaded(Entry):
    """Scripts were edited."""

    findings: tuple[str, ...] = ()
    found: tuple[Mapping[str, Any], ...] = ()


class AlteredProduct(BaseModel):
    """What of a product is otherwise from here on."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    values: Mapping[str, Any] = {}


class Altered(Entry):
    """Other facts are in force; ``whole`` tells all there is, and not what of it is new."""

    by: str = ""
    whole: bool = False
    products: Mapping[str, AlteredProduct] = {}


_TYPES: dict[str, type[Entry]] = {
    kinds.ROOM_STARTED: Started,
    kinds.ROOM_STOPPED: Stopped,
    kinds.SPEAKING: Spoken,
    kinds.PLAYED: Heard,
    kinds.COMMENT: Commented,
    kinds.VERDICT: Judged,
    kinds.REFUSAL: Refused,
    kinds.OPERATOR: Commanded,
    kinds.NOT_DONE: Commanded,
    kinds.FAULT: Failed,
    kinds.DEGRADED: Degraded,
    kinds.RELOADED: Reloaded,
    kinds.FACTS: Altered,
}


def entries(events: Iterable[Event]) -> tuple[list[Entry], int]:
    """The events that can be read, in their order, and how many cannot. One of a kind that is not known here says at
    least that the room lived."""
    read: list[Entry] = []
    unread = 0
    for event in events:
        try:
            read.append(_TYPES.get(str(event.get("kind")), Entry).model_validate(event))
        except ValidationError:
            unread += 1
    return read, unread


def reasons_of(entry: Degraded) -> Iterator[str]:
    """Its reasons, each with its code where it has one."""
    known = (*entry.why, *(None for _ in entry.reasons))
    for text, why in zip(entry.reasons, known, strict=False):
        yield revived(text, why)
