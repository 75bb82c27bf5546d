"""How a console sees a room: state, events, commands, comments, viewers. Nothing else of a room is its business."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol, runtime_checkable

from pydantic import BaseModel, ConfigDict, Field

from host.core.comment import PAGE
from host.core.livefacts.change import Change, ChangeRefused
from host.core.livefacts.ledger import Outcome

State = dict[str, Any]
Event = dict[str, Any]


class CommandError(Exception):
    """A command the room will not carry out, with the reason an operator reads: a `Reason` or plain text."""


class Busy(Exception):
    """No room for another viewer; ``retry_after`` in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"full, try again in {retry_after} s")
        self.retry_after = retry_after


class BadOffer(Exception):
    """A session description that is not one."""


class Command(BaseModel):
    """An operator's act.

    ``pause`` finishes the sentence and waits; ``resume`` goes on where it stopped; ``skip`` leaves the rest of the
    segment; ``goto`` needs ``product`` (an id) or ``link``; ``say`` needs ``text`` and cuts in at the next clause
    boundary; ``hush`` stops talking at once and pauses; ``answer`` has the host answer ``comment_id`` now with
    ``text``; ``correct`` has it set right what it said to ``comment_id`` before: ``text``, marked as a correction;
    ``dismiss`` drops ``comment_id``; ``allow`` lets a ``wording`` that is held back be said from now on (its hash is in
    the state's ``held``), and ``revoke`` takes that back.
    """

    model_config = ConfigDict(extra="forbid")

    command: Literal[
        "pause", "resume", "skip", "goto", "say", "hush", "answer", "correct", "dismiss", "allow", "revoke"
    ]
    text: str = Field(default="", max_length=500)
    product: str = Field(default="", max_length=100)
    link: int | None = None
    comment_id: str = Field(default="", max_length=128)
    wording: str = Field(default="", max_length=64)


@dataclass(frozen=True, slots=True)
class SessionAnswer:
    """A WHEP answer: the session's id and its SDP."""

    session: str
    sdp: str


@runtime_checkable
class ViewerGateway(Protocol):
    """The WebRTC end of a room, as the HTTP API sees it (WHEP, draft-ietf-wish-whep)."""

    async def connect(self, sdp: str, *, preview: bool = False) -> SessionAnswer:
        """``preview``: an operator looks on, who neither counts as a viewer nor takes a viewer's place. Raises
        `BadOffer` or `Busy`."""
        ...

    async def disconnect(self, session: str) -> bool:
        """False where there is no such session."""
        ...


class RoomControl(Protocol):
    """A room, as a console sees it."""

    name: str

    def state(self) -> State:
        """A snapshot that ``json.dumps`` takes; see ARCHITECTURE.md, "Room state"."""
        ...

    def events(self) -> AsyncIterator[Event]:
        """Everything that happens from now on, each ``{"kind", "at", …}``; a slow reader loses the oldest, and
        gets ``{"kind": "lost", "count"}`` for it."""
        ...

    async def command(self, command: Command, operator: str) -> State:
        """Carry out a command and return the state after it. Raises `CommandError`."""
        ...

    def change(self, changes: Sequence[Change]) -> list[Outcome | ChangeRefused]:
        """Change facts, each whole or not at all: in force at the next sentence."""
        ...

    def facts(self, product: str) -> dict[str, Any] | None:
        """What is in force of a product now (`host.core.livefacts.history.in_force`); None for one of no such id."""
        ...

    async def facts_at(self, product: str, wall: datetime) -> dict[str, Any] | None:
        """What was in force of a product at a moment, by the journal; None where it tells nothing of it then."""
        ...

    def comment(self, user: str, text: str, comment_id: str = "", source: str = PAGE, viewer: str = "") -> str:
        """Take a comment in; returns its id. Never raises: a bad one gets its verdict like any other. ``viewer`` is
        the id its source knows the viewer by, "" where it gives none."""
        ...

    def health(self) -> dict[str, Any]:
        """``{"live": bool, "ready": bool, "degraded": [reasons], …}``."""
        ...

    @property
    def viewers(self) -> ViewerGateway | None:
        """The WebRTC end, if the room has one."""
        ...

    @property
    def images(self) -> dict[str, str]:
        """Product id to the absolute path of its picture: the only files of the room the page may fetch."""
        ...
