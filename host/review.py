"""What happened on air, for people: a journal folded into a report. Rehearsals and live shows are reviewed alike."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from host.core import journal_events as kinds
from host.core.journal_events import Event
from host.core.media import SAMPLE_RATE


@dataclass
class Report:
    """A reviewed show. ``figures`` are totals; the rest are rows for tables."""

    title: str
    figures: dict[str, Any] = field(default_factory=dict)
    comments: list[dict[str, Any]] = field(default_factory=list)
    refusals: list[dict[str, Any]] = field(default_factory=list)
    faults: list[dict[str, Any]] = field(default_factory=list)
    utterances: list[dict[str, Any]] = field(default_factory=list)

    def to_json(self) -> str:
        """The report as JSON."""
        keys = ("title", "figures", "comments", "refusals", "faults")
        return json.dumps({key: getattr(self, key) for key in keys}, ensure_ascii=False, indent=1)

    def write(self, folder: Path) -> None:
        """Write report.json and report.html into a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "report.json").write_text(self.to_json(), encoding="utf-8")
        (folder / "report.html").write_text(_page(self), encoding="utf-8")


def review(events: Sequence[Event], title: str, duration: float | None = None) -> Report:
    """Fold the events of one or more runs into a report, as if each followed the one before without a pause.

    ``duration`` in seconds; None takes the span of the events.
    """
    report = Report(title)
    events = _continuous(events)
    said = [event for event in events if event["kind"] == kinds.SPEAKING]
    report.comments = _comments(events)
    report.refusals = [_pick(e, "at", "utterance_kind", "text", "reason") for e in events if e["kind"] == kinds.REFUSAL]
    report.faults = [_pick(e, "at", "where", "message") for e in events if e["kind"] == kinds.FAULT]
    report.utterances = [_pick(e, "start", "duration", "utterance_kind", "product", "text", "spoken") for e in said]
    heard = sum(event["heard"] for event in events if event["kind"] == kinds.PLAYED) / SAMPLE_RATE
    span = duration if duration is not None else (events[-1]["at"] - events[0]["at"] if events else 0.0)
    fates = Counter(comment["fate"] for comment in report.comments)
    waits = [comment["waited"] for comment in report.comments if comment["waited"] is not None]
    report.figures = {
        "seconds": round(span, 1),
        "utterances": len(said),
        "speech_share": round(heard / span, 3) if span else 0.0,
        "longest_silence": round(_longest_silence(said), 2),
        "repeats_running": _repeats(said),
        "comments": len(report.comments),
        "fates": dict(sorted(fates.items())),
        "comment_to_voice_median": round(median(waits), 2) if waits else None,
        "refusals": len(report.refusals),
        "faults": len(report.faults),
        "airtime": _airtime(said),
    }
    return report


def _continuous(events: Iterable[Event]) -> list[Event]:
    """The events with the times of each run counted from the end of the one before: every run's clock begins at 0."""
    joined: list[Event] = []
    offset = end = 0.0
    for event in events:
        if event["kind"] == kinds.ROOM_STARTED:
            offset = end
        moved = event | {"at": event["at"] + offset}
        if "start" in event:
            moved["start"] = event["start"] + round(offset * SAMPLE_RATE)
        joined.append(moved)
        end = max(end, moved["at"])
    return joined


def _pick(event: Event, *keys: str) -> dict[str, Any]:
    return {key: event.get(key) for key in keys}


def _comments(events: Iterable[Event]) -> list[dict[str, Any]]:
    rows: dict[str, dict[str, Any]] = {}
    for event in events:
        if event["kind"] == kinds.COMMENT:
            rows[event["comment"]] = {
                **_pick(event, "at", "user", "text", "source"),
                "intent": "", "fate": "", "reason": "", "answer": "", "waited": None,
            }  # fmt: skip
        elif event["kind"] == kinds.VERDICT and event["comment"] in rows:
            rows[event["comment"]] |= _pick(event, "intent", "fate", "reason")
        elif event["kind"] == kinds.SPEAKING:
            for comment_id in event.get("in_reply_to", ()):
                row = rows.get(comment_id)
                if row is None:
                    continue
                row["answer"] = f"{row['answer']} {event['text']}".strip()
                if row["waited"] is None:
                    row["waited"] = round(event["at"] - row["at"], 3)
    return list(rows.values())


def _longest_silence(said: Sequence[Event]) -> float:
    gaps = [(after["start"] - before["start"]) / SAMPLE_RATE - before["duration"] for before, after in pairwise(said)]
    return max([gap for gap in gaps if gap >= 0], default=0.0)


def _repeats(said: Sequence[Event]) -> int:
    """Sentences that were said twice with nothing between them."""
    return sum(before["text"] == after["text"] for before, after in pairwise(said))


def _airtime(said: Iterable[Event]) -> dict[str, float]:
    seconds: Counter[str] = Counter()
    for event in said:
        seconds[event["product"] or "-"] += event["duration"]
    return {product: round(total, 1) for product, total in seconds.items()}


_STYLE = """
:root{color-scheme:light dark;--ink:#1d3438;--paper:#fbf8f2;--line:#d9d2c5;--teal:#2b7a78;--coral:#e4573d;--dim:#6d7a7c}
@media(prefers-color-scheme:dark){:root{--ink:#eef2f0;--paper:#142326;--line:#2f4448;--teal:#5fb5b0;--dim:#9fb0b2}}
body{font:15px/1.55 system-ui,"Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;color:var(--ink);
background:var(--paper);margin:0 auto;max-width:1080px;padding:2rem 1.25rem 4rem}
h1{font-size:1.6rem;margin:0 0 .25rem}h2{font-size:1.1rem;margin:2.2rem 0 .6rem;color:var(--teal)}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:.75rem;margin:1.2rem 0}
.figures div{border:1px solid var(--line);border-radius:12px;padding:.7rem .9rem}
.figures b{display:block;font-size:1.35rem;font-variant-numeric:tabular-nums}
.figures span{color:var(--dim);font-size:.85rem}
table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.4rem .6rem;
border-bottom:1px solid var(--line)}th{color:var(--dim);font-weight:500;font-size:.85rem}
td.n{font-variant-numeric:tabular-nums;white-space:nowrap;color:var(--dim)}
.fate{border-radius:99px;padding:.05rem .55rem;border:1px solid var(--line);font-size:.85rem;white-space:nowrap}
.fate.answered,.fate.greeted{border-color:var(--teal);color:var(--teal)}.fate.refused,.fate.dropped,.fate.expired{
border-color:var(--coral);color:var(--coral)}.bar{background:var(--teal);height:.7rem;border-radius:6px;min-width:2px}
.empty{color:var(--dim)}
"""


def _page(report: Report) -> str:
    figures = report.figures
    tiles = [
        (_clock(figures["seconds"]), "on air"),
        (figures["utterances"], "utterances"),
        (f"{figures['speech_share']:.0%}", "of the time talking"),
        (f"{figures['longest_silence']} s", "longest silence"),
        (figures["comments"], "comments"),
        (f"{figures['comment_to_voice_median'] or '–'} s", "comment to voice, median"),
        (figures["refusals"], "refused by the guard"),
        (figures["faults"], "faults"),
    ]
    if "times_real_time" in figures:
        tiles.append((f"{figures['times_real_time']} ×", "real time"))
    body = [
        f"<h1>{escape(report.title)}</h1>",
        '<div class="figures">'
        + "".join(f"<div><b>{escape(str(v))}</b><span>{k}</span></div>" for v, k in tiles)
        + "</div>",
        "<h2>Airtime</h2>" + _airtime_table(figures["airtime"]),
        "<h2>Comments</h2>" + _comment_table(report.comments),
        "<h2>Refused by the guard</h2>" + _table(report.refusals, ("at", "utterance_kind", "text", "reason")),
        "<h2>Faults</h2>" + _table(report.faults, ("at", "where", "message")),
        "<h2>What was said</h2>" + _said_table(report.utterances),
    ]
    return (
        '<!doctype html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(report.title)}</title><style>{_STYLE}</style></head><body>{''.join(body)}</body></html>"
    )


def _airtime_table(airtime: dict[str, float]) -> str:
    longest = max(airtime.values(), default=1.0) or 1.0
    rows = "".join(
        f"<tr><td>{escape(product if product != '-' else 'no product')}</td><td class=n>{_clock(total)}</td>"
        f'<td style="width:70%"><div class=bar style="width:{100 * total / longest:.1f}%"></div></td></tr>'
        for product, total in airtime.items()
    )
    return f"<table>{rows}</table>"


def _comment_table(comments: Sequence[dict[str, Any]]) -> str:
    if not comments:
        return '<p class="empty">None.</p>'
    rows = "".join(
        f"<tr><td class=n>{_clock(row['at'])}</td><td>{escape(row['user'])}</td><td>{escape(row['text'])}</td>"
        f'<td><span class="fate {escape(row["fate"])}">{escape(row["fate"])}</span></td>'
        f"<td>{escape(row['answer'] or row['reason'])}</td>"
        f"<td class=n>{_waited(row['waited'])}</td></tr>"
        for row in comments
    )
    head = "<tr><th>at<th>viewer<th>comment<th>verdict<th>answer or reason<th>waited</tr>"
    return f"<table>{head}{rows}</table>"


def _waited(seconds: float | None) -> str:
    return "" if seconds is None else f"{seconds:.1f} s"


def _said_table(utterances: Sequence[dict[str, Any]]) -> str:
    rows = "".join(
        f"<tr><td class=n>{_clock(row['start'] / SAMPLE_RATE)}</td><td class=n>{escape(row['utterance_kind'])}</td>"
        f"<td>{escape(row['product'] or '')}</td><td>{escape(row['text'])}</td></tr>"
        for row in utterances
    )
    return f"<table><tr><th>at<th>kind<th>product<th>text</tr>{rows}</table>"


def _table(rows: Sequence[dict[str, Any]], keys: Sequence[str]) -> str:
    if not rows:
        return '<p class="empty">None.</p>'
    head = "".join(f"<th>{key.replace('_', ' ')}" for key in keys)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(_clock(row[k]) if k == 'at' else str(row[k]))}</td>" for k in keys) + "</tr>"
        for row in rows
    )
    return f"<table><tr>{head}</tr>{body}</table>"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
