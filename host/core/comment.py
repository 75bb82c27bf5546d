"""What viewers write, and the verdict on it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from host.core.text import bounded

MAX_TEXT = 500
"""Characters of a comment that are looked at; longer ones are refused before anything else reads them."""
MAX_FOLDED = 2 * MAX_TEXT
"""Characters it may have once folded: there are letters that make eighteen of one (U+FDFA), and nobody asks in them."""
MAX_USER = 64
MAX_ID = 128
PAGE = "page"
"""The source of what anybody may send: the viewer page, and clients without a token."""
PAGE_IDS = "page:"
"""How ids begin that anybody may choose. Ids of bridges do not: a comment is known by its id and taken once, so that
whoever could choose a bridge's next id would have its comment taken for one that was there before."""


class Viewer(NamedTuple):
    """Whoever writes: a viewer of one source. Nicknames collide and change, so that one tells nothing where the source
    gives an id, and is the source's own where it gives none."""

    source: str
    id: str
    name: str
    """Empty where there is an id."""


def viewer_of(source: str, viewer: str, user: str) -> Viewer:
    """The viewer of ``source`` with that id, or without one of that nickname."""
    known = bounded(viewer, MAX_ID)
    return Viewer(bounded(source, MAX_USER), known, "" if known else bounded(user, MAX_USER))


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment as it arrived. Everything in it is hostile until triage has seen it."""

    id: str
    user: str
    text: str
    at: float
    """Clock seconds of arrival."""
    source: str = PAGE
    viewer: str = ""
    """The id its source knows the viewer by; empty where it gives none."""

    @property
    def who(self) -> Viewer:
        """Who wrote it: what rates, memory and history go by."""
        return viewer_of(self.source, self.viewer, self.user)


def page_id(chosen: str) -> str:
    """The id of a comment whose sender, a stranger, chose ``chosen``: the same one each time it is sent again."""
    return chosen if not chosen or chosen.startswith(PAGE_IDS) else PAGE_IDS + chosen


def is_page_id(comment_id: str) -> bool:
    """Whether an id, as the room would keep it, is one of those that anybody may choose."""
    return bounded(comment_id, MAX_ID).startswith(PAGE_IDS)


class Intent(StrEnum):
    """What a comment wants."""

    QUESTION = "question"
    GREETING = "greeting"
    ORDER = "order"
    """Says they bought, or asks to buy."""
    REQUEST = "request"
    """Asks for a product: 讲一下3号链接."""
    IDENTITY = "identity"
    """Asks what the host is: a person or a machine, live or recorded."""
    TROUBLE = "trouble"
    """Says that the show cannot be heard or seen."""
    CHAT = "chat"
    SPAM = "spam"
    """What no other viewer reads."""


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
    certain: bool = True
    """Whether it certainly asks. Where not, the host says nothing unless a fact surely fits."""
