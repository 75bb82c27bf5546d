"""The report in lines, for a terminal: the same as the page, without its long lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from host.review.happenings import Group, Topic
from host.review.questions import Lack, Question
from host.review.report import Report
from host.review.telling import Telling, stamp

MOST = 12
"""Rows of a list."""
_INDENT = "  "


def outline(report: Report) -> Iterator[str]:
    """The lines, in the room's language."""
    say = Telling(report)
    yield f"{report.title}  {say.period()}"
    yield from _figures(report, say)
    yield from _block("report_runs", list(_runs(report, say)), say)
    for lack in Lack:
        found = [question for question in report.unanswered if question.lack is lack]
        if found:
            yield from _block("", [_question(each, say) for each in found], say, _lack(lack, found, say))
    yield from _block("report_faults", _groups(report.groups(Topic.FAULT), say), say)
    yield from _block("report_refused", _groups(report.groups(Topic.REFUSAL, Topic.NOT_DONE), say), say)
    yield from _block("report_acts", _groups(report.groups(Topic.ACT), say), say)


def _figures(report: Report, say: Telling) -> Iterator[str]:
    for shown in say.figures():
        beside = f"  ({shown.beside})" if shown.beside else ""
        yield f"{_INDENT}{shown.title}: {shown.value}{beside}"
    if fates := " · ".join(f"{word} {count}" for _, word, count in say.fates()):
        yield f"{_INDENT}{say('report_comments')}: {fates}"


def _runs(report: Report, say: Telling) -> Iterator[str]:
    for run, figures in zip(report.runs, report.run_figures, strict=True):
        if run.off_air_before:
            yield say("report_off_air_for", length=say.length(run.off_air_before))
        yield (
            f"{say('report_run', number=run.number)}: {stamp(run.begun)} → {stamp(run.ended)}, {say.ending(run)}, "
            f"{say.length(run.seconds)}; {say.counts(figures)}"
        )
    if len(report.runs) > 1:
        yield say.sums()
    if report.unread:
        yield say("report_unread", count=report.unread)


def _question(question: Question, say: Telling) -> str:
    first = question.first
    asked = say("report_first_asked", user=first.user, reason=first.reason)
    about = f"  [{products}]" if (products := say.products(question)) else ""
    return f"{stamp(first.wall)}  {_often(question.count)}{first.text}{about}  {asked}"


def _lack(lack: Lack, found: Sequence[Question], say: Telling) -> str:
    count = sum(question.count for question in found)
    return f"{say('report_unanswered')} · {say('report_lack', lack=lack.value, count=count)}"


def _groups(groups: Iterable[Group], say: Telling) -> list[str]:
    return [_group(group, say) for group in groups]


def _group(group: Group, say: Telling) -> str:
    last = group.latest
    words = [say.reason(last.what), say.reason(last.why)]
    if group.count == 1:
        words += [say.lasted(last), last.about]
    elif group.seconds is not None:
        words.append(say("report_times", count=group.count, length=say.length(group.seconds)))
    told = "  ".join(word for word in words if word)
    return f"{stamp(group.times[0].wall)}  {_often(group.count)}[{say.kind(last)}] {told}".rstrip()


def _often(count: int) -> str:
    return f"{count}× " if count > 1 else ""


def _block(code: str, rows: Sequence[str], say: Telling, title: str = "") -> Iterator[str]:
    """A title and its rows, of which many are left to the page."""
    yield f"{title or say(code)}:" if rows else f"{title or say(code)}: {say('report_none')}"
    yield from (_INDENT + row for row in rows[:MOST])
    if len(rows) > MOST:
        yield _INDENT + say("report_more", count=len(rows) - MOST)
