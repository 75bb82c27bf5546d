"""What viewers asked in vain, the same question once: what belongs into the product sheets, and what else was left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Any

from host.core.alike import alike, gist
from host.core.comment import MAX_TEXT, Fate, Intent
from host.core.fold import fold
from host.core.reason import data
from host.review.comments import CommentRow

COMPARED = 300
"""The latest questions that one in new words is compared with: the time this takes grows with their number."""


class Lack(StrEnum):
    """Why a question has no answer, by what there is to do about it."""

    SHEET = "sheet"
    """The sheets do not carry one: to be written into them."""
    TIME = "time"
    """Its turn did not come."""
    PERSON = "person"
    """It is not for the host to answer."""


_ASKS_NOTHING = frozenset({Intent.GREETING, Intent.CHAT, Intent.SPAM, Intent.TROUBLE})
_LACKS: Mapping[str, Lack] = {
    Fate.REFUSED: Lack.SHEET,
    Fate.ESCALATED: Lack.SHEET,
    Fate.EXPIRED: Lack.TIME,
    Fate.DROPPED: Lack.TIME,
    Fate.QUEUED: Lack.TIME,
}


@dataclass(frozen=True, slots=True)
class Question:
    """One question, by all who asked it in vain."""

    lack: Lack
    rows: tuple[CommentRow, ...]

    @property
    def first(self) -> CommentRow:
        """Who asked first: the words for all."""
        return self.rows[0]

    @property
    def count(self) -> int:
        """How many asked."""
        return len(self.rows)

    @property
    def products(self) -> list[tuple[str, int]]:
        """The products it was about, or that were spoken of meanwhile, with how many asked then."""
        return Counter(about for row in self.rows if (about := row.product or row.on_air)).most_common()

    def to_data(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "text": self.first.text, "count": self.count, "lack": self.lack.value, "products": dict(self.products),
            "first": self.first.wall.isoformat(), "last": self.rows[-1].wall.isoformat(), "run": self.first.run,
            "user": self.first.user, "reason": str(self.first.reason), "why": data(self.first.reason),
        }  # fmt: skip


def unanswered(rows: Iterable[CommentRow]) -> list[Question]:
    """What nobody answered: most frequent first, then the earliest."""
    groups: dict[tuple[Lack, str], list[CommentRow]] = {}
    for row in rows:
        lack = _lack(row)
        if lack is not None:
            asked = gist(fold(row.text[:MAX_TEXT]))
            key = (lack, asked)
            if key not in groups:
                lately = islice(reversed(groups), COMPARED)
                key = next((one for one in lately if one[0] is lack and alike(asked, one[1])), key)
            groups.setdefault(key, []).append(row)
    found = [Question(lack, tuple(asked)) for (lack, _), asked in groups.items()]
    return sorted(found, key=lambda question: -question.count)


def _lack(row: CommentRow) -> Lack | None:
    if row.intent == Intent.CHAT and row.fate == Fate.ESCALATED:
        return Lack.PERSON
    if row.intent in _ASKS_NOTHING:
        return None
    return _LACKS.get(row.fate)
