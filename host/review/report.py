"""The report of a journal: what a seller reads in the morning, as data. How it looks is decided elsewhere."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from statistics import median
from typing import Any

from host.core.journal_events import Event
from host.core.lang import Lang
from host.review.acts import acts_and_refusals
from host.review.comments import CommentRow, comment_rows
from host.review.faults import faults
from host.review.happenings import Group, Happening, Topic, grouped
from host.review.questions import Question, unanswered
from host.review.records import Commented, Spoken, Started, entries
from host.review.runs import Run, RunFigures, figures_of, longest_silence, runs_of, said, total


@dataclass
class Report:
    """A reviewed show: one run, or several with the time off air between them."""

    title: str
    lang: Lang
    """The room's, in which the report is told."""
    names: dict[str, str]
    """Of the products, by id."""
    runs: list[Run]
    run_figures: list[RunFigures]
    """Of each run."""
    happenings: list[Happening]
    """Faults, refusals and acts in the order of time."""
    comments: list[CommentRow]
    unanswered: list[Question]
    utterances: list[tuple[Run, Spoken]]
    unread: int = 0
    """Entries of the journal that could not be read."""
    made: dict[str, float] = field(default_factory=dict)
    """Figures of the making of a rehearsal."""

    def groups(self, *topics: Topic) -> list[Group]:
        """What happened of some topics, the same things together."""
        return grouped(self.happenings, *topics)

    def named(self, product: str | None) -> str:
        """A product's name; its id where the journal has none."""
        return self.names.get(product or "", product or "")

    @property
    def figures(self) -> dict[str, Any]:
        """Totals over all runs, and what can only be said of all."""
        sums = total(self.run_figures)
        waits = [row.waited for row in self.comments if row.waited is not None]
        return {
            "runs": len(self.runs),
            "seconds": round(sums.seconds, 1),
            "off_air_seconds": round(sum(run.off_air_before for run in self.runs), 1),
            "paused_seconds": round(sums.paused_seconds, 1),
            "utterances": sums.utterances,
            "speech_share": round(sums.heard_seconds / sums.seconds, 3) if sums.seconds else 0.0,
            "longest_silence": round(max((longest_silence(run)[0] for run in self.runs), default=0.0), 2),
            "repeats_running": _repeats(self.runs),
            "comments": sums.comments,
            "fates": dict(sorted(Counter(row.fate for row in self.comments).items())),
            "comment_to_voice_median": round(median(waits), 2) if waits else None,
            "unanswered": sum(question.count for question in self.unanswered),
            "refusals": sums.refusals,
            "not_done": sums.not_done,
            "faults": sums.faults,
            "acts": sum(happening.topic is Topic.ACT for happening in self.happenings),
            "unread": self.unread,
            "airtime": _airtime(said for _, said in self.utterances),
            **self.made,
        }

    def to_json(self) -> str:
        """The report as JSON; times of day with their zone, reasons in English and as data."""
        topics = {"faults": Topic.FAULT, "refusals": Topic.REFUSAL, "not_done": Topic.NOT_DONE, "acts": Topic.ACT}
        told = {
            "title": self.title,
            "lang": self.lang,
            "figures": self.figures,
            "runs": [_run_data(run, figures) for run, figures in zip(self.runs, self.run_figures, strict=True)],
            "unanswered": [question.to_data() for question in self.unanswered],
            **{name: [group.to_data() for group in self.groups(topic)] for name, topic in topics.items()},
            "comments": [row.to_data() for row in self.comments],
        }
        return json.dumps(told, ensure_ascii=False, indent=1)


def review(events: Iterable[Event], name: str, *, on_air: bool = False) -> Report:
    """Fold the events of a journal into a report. Total: any journal has one.

    ``name`` is the room's, by which it is called where the journal has no title; ``on_air``: whether it still is.
    """
    read, unread = entries(events)
    runs = runs_of(read, on_air=on_air)
    started = [entry for entry in read if isinstance(entry, Started)]
    names = {key: title for entry in started for key, title in entry.products.items()}
    written = {entry.comment: entry for entry in read if isinstance(entry, Commented)}
    failed = [faults(run, written) for run in runs]
    happenings = [
        happening
        for run, wrong in zip(runs, failed, strict=True)
        for happening in _in_order([*wrong, *acts_and_refusals(run, written, names)])
    ]
    rows = comment_rows(runs)
    came = Counter(row.run for row in rows)
    return Report(
        title=next((entry.title for entry in reversed(started) if entry.title), name),
        lang="zh" if started and started[-1].lang == "zh" else "en",
        names=names,
        runs=runs,
        run_figures=[figures_of(run, came[run.number], len(wrong)) for run, wrong in zip(runs, failed, strict=True)],
        happenings=happenings,
        comments=rows,
        unanswered=unanswered(rows),
        utterances=[(run, spoken) for run in runs for spoken in said(run)],
        unread=unread,
    )


def _in_order(happenings: Iterable[Happening]) -> list[Happening]:
    return sorted(happenings, key=lambda happening: happening.wall)


def _repeats(runs: Iterable[Run]) -> int:
    """Sentences that were said twice with nothing between them."""
    return sum(before.text == after.text for run in runs for before, after in pairwise(said(run)))


def _airtime(spoken: Iterable[Spoken]) -> dict[str, float]:
    """Seconds of speech by product; ``-`` for what is about none."""
    seconds: Counter[str] = Counter()
    for each in spoken:
        seconds[each.product or "-"] += each.duration  # type: ignore[assignment]
    return {product: round(float(total), 1) for product, total in seconds.items()}


def _run_data(run: Run, figures: RunFigures) -> dict[str, Any]:
    return {
        "number": run.number,
        "begun": run.begun.isoformat(),
        "ended": run.ended.isoformat(),
        "ending": run.ending,
        "off_air_before": round(run.off_air_before, 1),
        **{name: round(value, 1) for name, value in asdict(figures).items()},
    }
