"""What viewers write, and the verdict on it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MAX_TEXT = 500
"""Characters of a comment that are looked at; longer ones are refused before anything else reads them."""
MAX_USER = 64
MAX_ID = 128


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment as it arrived. Everything in it is hostile until triage has seen it."""

    id: str
    user: str
    text: str
    at: float
    """Clock seconds of arrival."""
    source: str = "page"


class Intent(StrEnum):
    """What a comment wants."""

    QUESTION = "question"
    GREETING = "greeting"
    ORDER = "order"
    """Says they bought, or asks to buy."""
    REQUEST = "request"
    """Asks for a product: 讲一下3号链接."""
    CHAT = "chat"
    SPAM = "spam"


class Fate(StrEnum):
    """What becomes of a comment. The last one recorded stands."""

    QUEUED = "queued"
    ANSWERED = "answered"
    GREETED = "greeted"
    REFUSED = "refused"
    """Answered with a safe reply because the guard or the facts did not carry an answer."""
    ESCALATED = "escalated"
    """Left to the operator."""
    IGNORED = "ignored"
    EXPIRED = "expired"
    DROPPED = "dropped"
    """A full queue or a rate limit."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The decision on a comment, with the reason an operator reads."""

    comment_id: str
    intent: Intent
    fate: Fate
    reason: str
    """A `host.core.reason.Reason`, or plain text."""
    product: str | None = None
    """The product it asks about, if that is known."""
    score: float = 0.0
    """Worth answering: higher first."""
