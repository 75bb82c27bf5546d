"""What is said: an utterance, where it comes from, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, NamedTuple

from host.core.derivation import Derivation
from host.core.product import Lang


class Kind(StrEnum):
    """What an utterance is for. Urgency follows from it; see `URGENCY`."""

    SCRIPT = "script"
    ANSWER = "answer"
    GREETING = "greeting"
    BRIDGE = "bridge"
    OPERATOR = "operator"
    NOTICE = "notice"
    """The spoken reminder that the host is an AI."""


URGENCY: dict[Kind, int] = {
    Kind.OPERATOR: 50,
    Kind.ANSWER: 40,
    Kind.GREETING: 30,
    Kind.BRIDGE: 20,
    Kind.NOTICE: 20,
    Kind.SCRIPT: 10,
}
"""Higher goes first; equal urgency goes in order of arrival."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A sentence in a script. Indices count from 0; ``alternative`` 0 is the line's own wording."""

    product: str
    segment: int
    line: int
    alternative: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Direction:
    """What the writer asks of host and scene during an utterance: ``{gesture=point show=steam.jpg}``."""

    gesture: str = ""
    show: str = ""
    """Absolute path of a picture to show, whole and large, while it is said."""
    mood: str = ""


class Saying(NamedTuple):
    """What a voice says: one text in one way."""

    spoken: str
    """Normalised: no digits or symbols left."""
    lang: Lang
    mood: str = ""
    """One of `host.core.mood.MOODS`, or a word that changes nothing."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """One thing to say: for a script, one sentence."""

    id: str
    kind: Kind
    text: str
    """As written: what captions and page show."""
    lang: Lang
    product: str | None = None
    """The product on air while it is said."""
    about: tuple[str, ...] = ()
    """Products whose facts it may use, besides ``product``."""
    place: Place | None = None
    wished: bool = False
    """Whether its script is told because a viewer asked for the product, out of the order of play."""
    direction: Direction = Direction()
    expires: float | None = None
    """Clock seconds after which it is stale and must not start."""
    reply: str = ""
    """Id of the answer, greeting or operator's line it is a sentence of."""
    in_reply_to: tuple[str, ...] = ()
    """Ids of the comments it answers."""
    excuse: bool = False
    """A word before an answer that is said again: no part of it, so that having heard this is not having heard it."""
    evidence: tuple[str, ...] = ()
    """Ids of the facts it rests on."""
    derivations: tuple[Derivation, ...] = ()
    """How its numbers come about that no fact states."""
    free: bool = False
    """Whether it was written anew, by a model: each of its words has to be carried (`host.mind.guard.free`)."""


@dataclass(frozen=True, slots=True)
class Played:
    """What viewers heard of an utterance. The director, the memory and the journal move on this alone."""

    utterance: Utterance
    heard: int
    """Samples that left; 0 if it was withdrawn before it began."""
    total: int
    interrupted: bool
    start: int
    """Position of its first sample in the programme, in samples."""

    @property
    def complete(self) -> bool:
        """Whether it was heard to its end."""
        return not self.interrupted and self.heard >= self.total


Cut = Literal["clause", "now"]
"""Where speech may be cut: at the next clause boundary, or at once with a short fade."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """The guard's word on one text. Without ``allowed`` it must not be spoken."""

    allowed: bool
    reason: str = ""
    """For people: which number, word or link is not carried by which facts. A `host.core.reason.Reason`."""
    code: str = ""
    """For machines: ``number``, ``price``, ``unit``, ``date``, ``link``, ``banned``, ``never_say``, ``claim`` or
    ``error``."""
    offending: str = ""
    evidence: tuple[str, ...] = ()
    derivations: tuple[Derivation, ...] = ()
    """How the numbers come about that no fact states."""
