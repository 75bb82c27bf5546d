"""What happened once, and what of it is told together: faults, refusals, acts of the operator's.

Nothing here knows which reasons or commands there are: a new one is told by its own words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from host.core.reason import data


class Topic(StrEnum):
    """What of a night it belongs to."""

    FAULT = "fault"
    REFUSAL = "refusal"
    """The guard did not let something be said."""
    NOT_DONE = "not_done"
    """A command was not carried out."""
    ACT = "act"


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened, with its time of day and the number of its run."""

    topic: Topic
    kind: str
    """Where it failed, what was to be said, or the command."""
    what: str
    """In words: a `Reason`, or text as it was said or written. Empty where ``kind`` says it all."""
    wall: datetime
    run: int
    why: str = ""
    """A `Reason` why, or plain text."""
    about: str = ""
    """What somebody wrote that it was about."""
    seconds: float | None = None
    """How long it was so; None for what is over at once."""
    lasting: bool = False
    """Whether it was still so when the run ended."""
    same: str = ""
    """What makes two the same where their words may differ; empty: their words do."""

    @property
    def key(self) -> tuple[str, ...]:
        """Equal for those that are told as one."""
        return self.topic, self.kind, self.same or f"{self.what}\n{self.why}"


@dataclass(frozen=True, slots=True)
class Group:
    """What happened several times, oldest first."""

    times: tuple[Happening, ...]

    @property
    def latest(self) -> Happening:
        """The one whose words stand for all."""
        return self.times[-1]

    @property
    def count(self) -> int:
        """How often."""
        return len(self.times)

    @property
    def seconds(self) -> float | None:
        """How long in all; None where it was over at once."""
        known = [each.seconds for each in self.times if each.seconds is not None]
        return sum(known) if known else None

    def to_data(self) -> dict[str, Any]:
        """For JSON: reasons in English, and as data beside."""
        last = self.latest
        return {
            "kind": last.kind, "what": str(last.what), "what_why": data(last.what), "reason": str(last.why),
            "why": data(last.why), "count": self.count, "seconds": _rounded(self.seconds),
            "times": [
                {"wall": each.wall.isoformat(), "run": each.run, "seconds": _rounded(each.seconds),
                 "lasting": each.lasting, "about": each.about}
                for each in self.times
            ],
        }  # fmt: skip


def grouped(happenings: Iterable[Happening], *topics: Topic) -> list[Group]:
    """Those of some topics, the same ones together, the earliest first."""
    groups: dict[tuple[str, ...], list[Happening]] = {}
    for happening in happenings:
        if happening.topic in topics:
            groups.setdefault(happening.key, []).append(happening)
    return [Group(tuple(times)) for times in groups.values()]


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 1)
