"""The comments of all runs, with what became of each: its last verdict, which may come in a later run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from host.core.comment import Fate
from host.core.reason import data, revived
from host.review.records import Commented, Judged, Spoken
from host.review.runs import Run


@dataclass(slots=True)
class CommentRow:
    """A comment and its fate."""

    wall: datetime
    at: float
    run: int
    """The number of the run it came in."""
    user: str
    text: str
    source: str
    on_air: str
    """The product that was spoken of when it came; empty for none."""
    intent: str = ""
    """What triage took it for: later verdicts are on what was done about it."""
    product: str = ""
    """The product it asks about, where that is known."""
    fate: str = Fate.QUEUED.value
    reason: str = ""
    answer: str = ""
    waited: float | None = None
    """Seconds until the host began to answer."""

    def to_data(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "wall": self.wall.isoformat(), "at": self.at, "run": self.run, "user": self.user, "text": self.text,
            "source": self.source, "intent": self.intent, "product": self.product, "fate": self.fate,
            "reason": str(self.reason), "why": data(self.reason), "answer": self.answer, "waited": self.waited,
        }  # fmt: skip


def comment_rows(runs: Sequence[Run]) -> list[CommentRow]:
    """One row for each comment, in the order they came. One that came again under its id, because there was no room
    for it before, is the later one."""
    rows: dict[str, CommentRow] = {}
    for run in runs:
        on_air = ""
        for entry in run.entries:
            if isinstance(entry, Commented):
                rows.pop(entry.comment, None)
                rows[entry.comment] = CommentRow(
                    entry.wall, entry.at, run.number, entry.user, entry.text, entry.source, on_air
                )
            elif isinstance(entry, Judged) and (row := rows.get(entry.comment)):
                _judge(row, entry)
            elif isinstance(entry, Spoken):
                on_air = entry.product or on_air
                for row in _replied_to(rows, entry):
                    _answer(row, entry, run)
    return list(rows.values())


def _judge(row: CommentRow, verdict: Judged) -> None:
    row.intent = row.intent or verdict.intent
    row.product = verdict.product or row.product
    row.fate, row.reason = verdict.fate, revived(verdict.reason, verdict.why)


def _replied_to(rows: dict[str, CommentRow], said: Spoken) -> Iterator[CommentRow]:
    return (rows[one] for one in said.in_reply_to if one in rows)


def _answer(row: CommentRow, said: Spoken, run: Run) -> None:
    gap = "" if not row.answer or row.answer.endswith(("。", "！", "？")) else " "  # Chinese sentences stand close
    row.answer = f"{row.answer}{gap}{said.text}"
    if row.waited is None:
        waited = said.at - row.at if run.number == row.run else (said.wall - row.wall).total_seconds()
        row.waited = round(max(0.0, waited), 3)
