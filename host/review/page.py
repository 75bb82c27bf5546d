"""The report as one HTML page: a summary on the first screen, then what there is to do, then the rest."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path

from host.review import rows
from host.review.happenings import Topic
from host.review.markup import Markup, joined, tag
from host.review.questions import Lack
from host.review.report import Report
from host.review.rows import folded, label, listed
from host.review.telling import Shown, Telling


def write(report: Report, folder: Path) -> None:
    """Write report.json and report.html into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.json").write_text(report.to_json(), encoding="utf-8")
    (folder / "report.html").write_text(page(report), encoding="utf-8")


def page(report: Report) -> str:
    """The whole page, with its style; it needs nothing else."""
    say = Telling(report)
    head = joined(
        Markup('<meta charset="utf-8"><meta name="viewport" content="width=device-width">'),
        tag("title", report.title),
        tag("style", Markup(_style())),
    )
    body = joined(
        tag("h1", report.title),
        tag("p", say.period(), class_="period"),
        _tiles(say),
        _fates(say),
        _unanswered(report, say),
        _section("runs", "report_runs", listed(_runs(report, say), say, 24), say),
        _section("faults", "report_faults", _groups(report, say, Topic.FAULT), say),
        _section("refusals", "report_refused", _groups(report, say, Topic.REFUSAL, Topic.NOT_DONE), say),
        _section("acts", "report_acts", _groups(report, say, Topic.ACT), say),
        _section("airtime", "report_airtime", _airtime(report, say), say),
        _everything(report, say),
    )
    return f"<!doctype html>{tag('html', tag('head', head), tag('body', body), lang=report.lang)}"


@cache
def _style() -> str:
    return resources.files("host.review").joinpath("page.css").read_text(encoding="utf-8")


def _section(anchor: str, title: str, body: Markup, say: Telling) -> Markup:
    return tag("section", tag("h2", say(title)), body, id=anchor)


def _tiles(say: Telling) -> Markup:
    return tag("nav", *(_tile(shown) for shown in say.figures()), class_="tiles")


def _tile(shown: Shown) -> Markup:
    inner = [tag("b", shown.value), tag("span", shown.title), *([tag("small", shown.beside)] if shown.beside else [])]
    kind = "tile bad" if shown.trouble else "tile"
    return tag("a", *inner, class_=kind, href=f"#{shown.anchor}") if shown.anchor else tag("div", *inner, class_=kind)


def _fates(say: Telling) -> Markup:
    shown = [label(f"{word} {count}", f"fate {fate}") for fate, word, count in say.fates()]
    return tag("p", *shown, class_="fates") if shown else Markup("")


def _unanswered(report: Report, say: Telling) -> Markup:
    """What is to be written into the sheets first; what merely had no turn is folded."""
    by_lack = {lack: [one for one in report.unanswered if one.lack is lack] for lack in Lack}
    told = [rows.question_row(one, say) for one in by_lack[Lack.SHEET]]
    parts = [tag("p", say("report_into_sheets"), class_="hint"), listed(told, say, 10)] if told else []
    for lack in (Lack.PERSON, Lack.TIME):
        if found := by_lack[lack]:
            asked = sum(question.count for question in found)
            title = say("report_lack", lack=lack.value, count=asked)
            parts.append(folded(title, rows.listing([rows.question_row(one, say) for one in found], say)))
    return _section("unanswered", "report_unanswered", joined(*parts) if parts else listed([], say), say)


def _runs(report: Report, say: Telling) -> list[Markup]:
    found = rows.run_rows(report, say)
    if len(report.runs) > 1:
        found.append(rows.row("", tag("span", say.sums()), kind="row sum"))
    if report.unread:
        found.append(rows.row("", say("report_unread", count=report.unread), kind="gap"))
    return found


def _groups(report: Report, say: Telling, *topics: Topic) -> Markup:
    return listed([rows.group_row(group, say) for group in report.groups(*topics)], say)


def _airtime(report: Report, say: Telling) -> Markup:
    airtime: dict[str, float] = report.figures["airtime"]
    longest = max(airtime.values(), default=0.0) or 1.0
    return listed(
        [
            tag(
                "li",
                tag("span", report.named(product) if product != "-" else say("report_no_product")),
                tag("div", tag("i", style=f"width:{100 * seconds / longest:.1f}%")),
                tag("time", say.length(seconds)),
                class_="bar",
            )
            for product, seconds in sorted(airtime.items(), key=lambda item: -item[1])
        ],
        say,
        8,
    )


def _everything(report: Report, say: Telling) -> Markup:
    """The long lists, each in the order of time, folded."""
    comments = []
    for fate, word, count in say.fates():
        dated = [(row.run, row.wall, row) for row in report.comments if row.fate == fate]
        told = rows.by_run_and_day(dated, lambda row: rows.comment_row(row, say), say)
        comments.append(folded(f"{word} ({count})", told))
    happened = [(each.run, each.wall, each) for each in report.happenings]
    order = rows.by_run_and_day(happened, lambda each: rows.happening_row(each, say), say)
    uttered = [(run.number, each.wall, each) for run, each in report.utterances]
    spoken = rows.by_run_and_day(uttered, lambda each: rows.spoken_row(each, report.named(each.product), say), say)
    lists = joined(
        folded(f"{say('report_order')} ({len(happened)})", order),
        folded(f"{say('report_said')} ({len(uttered)})", spoken),
    )
    return joined(
        _section("comments", "report_comments", joined(*comments) if comments else listed([], say), say),
        _section("everything", "report_everything", lists, say),
    )
