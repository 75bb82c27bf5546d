"""The rows of a report's page: one thing each, with its time of day; long lists are folded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from host.review.comments import CommentRow
from host.review.happenings import Group, Happening
from host.review.markup import Markup, joined, tag
from host.review.questions import Question
from host.review.records import Spoken
from host.review.report import Report
from host.review.telling import Telling, stamp

T = TypeVar("T")

SHOWN = 6
"""Rows of a list that stand open; the others are a click away."""
MOST_EQUALS = 300
"""Rows of one list of groups, and times of one group: report.json has them all."""
MOST = 3_000
"""Rows of a folded list: a room that has been on air for weeks still makes a page that opens."""


def row(when: str, *body: str, count: int = 1, kind: str = "row") -> Markup:
    """A row: when, what, and how often if more than once."""
    often = tag("b", f"×{count}") if count > 1 else Markup("")
    return tag("li", tag("time", when), tag("div", *body), often, class_=kind)


def listed(rows: Sequence[Markup], say: Telling, shown: int = SHOWN) -> Markup:
    """Rows, of which the first ``shown`` stand open; a line that says so where there is none."""
    if not rows:
        return tag("p", say("report_none"), class_="none")
    more = rows[shown:] if len(rows) > shown + 1 else []  # to fold a single row saves nothing
    first = tag("ul", *rows[: len(rows) - len(more)])
    return joined(first, folded(say("report_more", count=len(more)), listing(more, say))) if more else first


def listing(rows: Sequence[Markup], say: Telling, name: str = "ul") -> Markup:
    """The first `MOST_EQUALS` rows, and how many more there are."""
    more = len(rows) - MOST_EQUALS
    beyond = [tag("li", say("report_more", count=more), class_="gap")] if more > 0 else []
    return tag(name, *rows[:MOST_EQUALS], *beyond)


def folded(title: str, *body: str, anchor: str = "") -> Markup:
    """What opens with a click."""
    named = {"id": anchor} if anchor else {}
    return tag("details", tag("summary", title), *body, **named)


def group_row(group: Group, say: Telling) -> Markup:
    """Something that happened once or several times."""
    last = group.latest
    parts = [label(say.kind(last), last.topic.value), *_words(last, say)]
    if group.count == 1:
        parts += _circumstances(last, say)
    else:
        times = [tag("li", tag("time", stamp(each.wall)), *_circumstances(each, say)) for each in group.times]
        whole = say.length(group.seconds) if group.seconds is not None else ""
        parts.append(folded(say("report_times", count=group.count, length=whole), listing(times, say, "ol")))
    return row(stamp(group.times[0].wall), *parts, count=group.count)


def happening_row(happening: Happening, say: Telling) -> Markup:
    """Something that happened, among all that did."""
    marked = label(say.kind(happening), happening.topic.value)
    return row(stamp(happening.wall), marked, *_words(happening, say), *_circumstances(happening, say))


def question_row(question: Question, say: Telling) -> Markup:
    """A question nobody answered, with what it was about and who asked it first."""
    first = question.first
    parts = [said(first.text)]
    if about := say.products(question):
        parts.append(label(about, "product"))
    parts.append(note(say("report_first_asked", user=first.user, reason=first.reason)))
    if question.count > 1:
        asked = [tag("li", tag("time", stamp(each.wall)), note(each.user), said(each.text)) for each in question.rows]
        parts.append(folded(say("report_times", count=question.count, length=""), listing(asked, say, "ol")))
    return row(stamp(first.wall), *parts, count=question.count)


def comment_row(comment: CommentRow, say: Telling) -> Markup:
    """A comment with what became of it."""
    parts = [note(comment.user), said(comment.text)]
    if comment.answer:
        waited = say("report_after", seconds=round(comment.waited or 0.0, 1))
        parts.append(tag("p", label(waited, "waited"), said(comment.answer)))
    if comment.reason and not (comment.answer and comment.reason == comment.fate):
        parts.append(note(say.reason(comment.reason)))
    return row(stamp(comment.wall), *parts)


def spoken_row(spoken: Spoken, named: str, say: Telling) -> Markup:
    """Something the host said, with the product it was about."""
    kind = label(say("report_kind", kind=spoken.utterance_kind), spoken.utterance_kind)
    return row(stamp(spoken.wall), kind, said(spoken.text), note(named))


def run_rows(report: Report, say: Telling) -> list[Markup]:
    """The runs, and between them how long the room was off air."""
    rows: list[Markup] = []
    for run, figures in zip(report.runs, report.run_figures, strict=True):
        if run.off_air_before:
            gone = report.runs[run.number - 2].ended
            rows.append(row(stamp(gone), say("report_off_air_for", length=say.length(run.off_air_before)), kind="gap"))
        parts = [
            tag("strong", say("report_run", number=run.number)),
            label(say.ending(run), f"ending {run.ending}"),
            tag("span", f"→ {stamp(run.ended)} · {say.length(run.seconds)}"),
            note(say.counts(figures)),
        ]
        rows.append(row(stamp(run.begun), *parts))
    return rows


def by_run_and_day(dated: Sequence[tuple[int, datetime, T]], tell: Callable[[T], Markup], say: Telling) -> Markup:
    """The latest `MOST` of what has a run and a time of day, each as ``tell`` puts it, under a heading for each run,
    and for each day where one goes over midnight."""
    left_out = len(dated) - MOST
    parts = [tag("li", say("report_left_out", count=left_out), class_="gap")] if left_out > 0 else []
    heading = ""
    for run, wall, told in dated[-MOST:]:
        new = f"{say('report_run', number=run)} · {wall:%Y-%m-%d}"
        if new != heading:
            parts.append(tag("li", new, class_="day"))
            heading = new
        parts.append(tell(told))
    return tag("ul", *parts)


def label(text: str, kind: str) -> Markup:
    """A small mark that says what something is."""
    return tag("span", text, class_=f"label {kind}")


def note(text: str) -> Markup:
    """Words beside what matters."""
    return tag("small", text, dir="auto") if text else Markup("")


def said(text: str) -> Markup:
    """Words as somebody wrote or said them."""
    return tag("span", text, class_="said", dir="auto")


def _words(happening: Happening, say: Telling) -> list[Markup]:
    parts = [said(say.reason(happening.what))] if happening.what else []
    return [*parts, note(say.reason(happening.why))] if happening.why else parts


def _circumstances(happening: Happening, say: Telling) -> list[Markup]:
    return [note(text) for text in (say.lasted(happening), happening.about) if text]
