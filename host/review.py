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
from host.core.lang import Lang
from host.core.media import SAMPLE_RATE
from host.core.reason import Reason, in_words


@dataclass
class Report:
    """A reviewed show. ``figures`` are totals; the rest are rows for tables, with reasons in English and as data."""

    title: str
    lang: Lang = "en"
    """The room's, in which the page is written."""
    names: dict[str, str] = field(default_factory=dict)
    """Of the products, by id."""
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
    started = [event for event in events if event["kind"] == kinds.ROOM_STARTED]
    lang: Lang = "zh" if any(event.get("lang") == "zh" for event in started) else "en"
    names = {key: name for event in started for key, name in event.get("products", {}).items()}
    report = Report(title, lang, names)
    events = _continuous(events)
    said = [event for event in events if event["kind"] == kinds.SPEAKING]
    report.comments = _comments(events)
    report.refusals = [
        _pick(e, "at", "utterance_kind", "text", "reason", "why") for e in events if e["kind"] == kinds.REFUSAL
    ]
    report.faults = [_pick(e, "at", "where", "message", "why") for e in events if e["kind"] == kinds.FAULT]
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
                "intent": "", "fate": "", "reason": "", "why": None, "answer": "", "waited": None,
            }  # fmt: skip
        elif event["kind"] == kinds.VERDICT and event["comment"] in rows:
            rows[event["comment"]] |= _pick(event, "intent", "fate", "reason", "why")
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
    figures, say = report.figures, _Words(report.lang)
    tiles = [
        (_clock(figures["seconds"]), "report_on_air"),
        (figures["utterances"], "report_utterances"),
        (f"{figures['speech_share']:.0%}", "report_talking"),
        (f"{figures['longest_silence']} s", "report_silence"),
        (figures["comments"], "report_comments"),
        (f"{figures['comment_to_voice_median'] or '–'} s", "report_median"),
        (figures["refusals"], "report_refused"),
        (figures["faults"], "report_faults"),
    ]
    if "times_real_time" in figures:
        tiles.append((f"{figures['times_real_time']} ×", "report_real_time"))
    shown = "".join(f"<div><b>{escape(str(value))}</b><span>{say(code)}</span></div>" for value, code in tiles)
    sections = [
        ("report_airtime", _airtime_table(report, say)),
        ("report_comments", _comment_table(report.comments, say)),
        ("report_refused", _table([(_clock(row["at"]), say.kind(row["utterance_kind"]), row["text"],
                                    say.reason(row["reason"], row["why"])) for row in report.refusals],
                                  ("at", "kind", "text", "reason"), say)),
        ("report_faults", _table([(_clock(row["at"]), row["where"], say.reason(row["message"], row["why"]))
                                  for row in report.faults], ("at", "where", "reason"), say)),
        ("report_said", _table([(_clock(row["start"] / SAMPLE_RATE), say.kind(row["utterance_kind"]),
                                 report.names.get(row["product"], row["product"] or ""), row["text"])
                                for row in report.utterances], ("at", "kind", "product", "text"), say)),
    ]  # fmt: skip
    body = "".join(f"<h2>{say(code)}</h2>{table}" for code, table in sections)
    return (
        f'<!doctype html><html lang="{report.lang}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(report.title)}</title>'
        f"<style>{_STYLE}</style></head><body><h1>{escape(report.title)}</h1>"
        f'<div class="figures">{shown}</div>{body}</body></html>'
    )


class _Words:
    """The words of the page, in the room's language."""

    def __init__(self, lang: Lang) -> None:
        self._lang = lang

    def __call__(self, code: str, **details: str) -> str:
        return escape(in_words(Reason(code, **details), self._lang))

    def kind(self, kind: str) -> str:
        """What an utterance is."""
        return in_words(Reason("report_kind", kind=kind), self._lang)

    def reason(self, text: str, why: dict[str, Any] | None) -> str:
        """A reason, from its English words and its data."""
        return in_words(text, self._lang, why) or text


def _airtime_table(report: Report, say: _Words) -> str:
    airtime = report.figures["airtime"]
    longest = max(airtime.values(), default=1.0) or 1.0
    rows = "".join(
        f"<tr><td>{escape(report.names.get(product, product)) if product != '-' else say('report_no_product')}</td>"
        f"<td class=n>{_clock(total)}</td>"
        f'<td style="width:70%"><div class=bar style="width:{100 * total / longest:.1f}%"></div></td></tr>'
        for product, total in airtime.items()
    )
    return f"<table>{rows}</table>"


def _comment_table(comments: Sequence[dict[str, Any]], say: _Words) -> str:
    if not comments:
        return f'<p class="empty">{say("report_none")}</p>'
    rows = "".join(
        f"<tr><td class=n>{_clock(row['at'])}</td><td>{escape(row['user'])}</td><td>{escape(row['text'])}</td>"
        f'<td><span class="fate {escape(row["fate"])}">{say("report_fate", fate=row["fate"])}</span></td>'
        f"<td>{escape(row['answer'] or say.reason(row['reason'], row['why']))}</td>"
        f"<td class=n>{_waited(row['waited'])}</td></tr>"
        for row in comments
    )
    return f"<table>{_head(('at', 'viewer', 'comment', 'verdict', 'answer', 'waited'), say)}{rows}</table>"


def _waited(seconds: float | None) -> str:
    return "" if seconds is None else f"{seconds:.1f} s"


def _table(rows: Sequence[tuple[str, ...]], columns: Sequence[str], say: _Words) -> str:
    if not rows:
        return f'<p class="empty">{say("report_none")}</p>'
    body = "".join("<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table>{_head(columns, say)}{body}</table>"


def _head(columns: Sequence[str], say: _Words) -> str:
    return "<tr>" + "".join(f"<th>{say('report_column', column=column)}" for column in columns) + "</tr>"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
