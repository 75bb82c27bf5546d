"""What the operator did in a run, and what was refused: commands not carried out, sentences the guard held back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from host.core.reason import Reason, data, revived
from host.review.happenings import Happening, Topic
from host.review.records import Altered, Commanded, Commented, Entry, Refused, Reloaded
from host.review.runs import PAUSING, Run, pauses

RELOADED = "reloaded"
CHANGE = "change"

_NO_ACT = ("start", "file", "")
"""Who alters facts by other means than a change of them, which is told of there."""


def acts_and_refusals(run: Run, comments: Mapping[str, Commented], products: Mapping[str, str]) -> list[Happening]:
    """All of them, in order. ``comments`` by id, ``products``: names by id."""
    ends = dict(pauses(run))
    return [
        happening
        for entry in run.entries
        if (happening := _happening(entry, run, comments, products, ends)) is not None
    ]


def _happening(
    entry: Entry,
    run: Run,
    comments: Mapping[str, Commented],
    products: Mapping[str, str],
    ends: Mapping[float, float],
) -> Happening | None:
    if isinstance(entry, Refused):
        why = revived(entry.reason, entry.why)
        about = _written(comments, *entry.in_reply_to[:1])
        return Happening(
            Topic.REFUSAL, entry.utterance_kind, entry.text, entry.wall, run.number, why, about,
            same=f"{entry.text}\n{entry.code}",
        )  # fmt: skip
    if isinstance(entry, Commanded):
        topic = Topic.NOT_DONE if entry.reason else Topic.ACT
        ended = ends.get(entry.at) if topic is Topic.ACT and entry.command in PAUSING else None
        return Happening(
            topic, entry.command, _arguments(entry, products), entry.wall, run.number,
            revived(entry.reason, entry.why), _written(comments, entry.comment_id),
            seconds=None if ended is None else ended - entry.at,
            lasting=ended == run.entries[-1].at,
        )  # fmt: skip
    if isinstance(entry, Reloaded):
        return Happening(Topic.ACT, RELOADED, _scripts(entry), entry.wall, run.number)
    if isinstance(entry, Altered) and entry.by not in _NO_ACT:
        same = entry.by if entry.by == "feed" else ""  # which changes them all day long
        return Happening(Topic.ACT, CHANGE, _altered(entry, products), entry.wall, run.number, same=same)
    return None


def _arguments(entry: Commanded, products: Mapping[str, str]) -> str:
    """What a command was to do, as words of its own or as arguments."""
    others = [{"name": name, "value": value} for name, value in entry.others.items()]
    product = products.get(entry.product, entry.product)
    if entry.text and not (product or others):
        return entry.text
    if not (entry.text or product or entry.link is not None or others):
        return ""
    return Reason("report_arguments", text=entry.text, product=product, link=entry.link, others=others)


def _written(comments: Mapping[str, Commented], *ids: str) -> str:
    """Who wrote what, of the first of these comments that is known."""
    return next((f"{comments[one].user}: {comments[one].text}" for one in ids if one in comments), "")


def _altered(entry: Altered, products: Mapping[str, str]) -> str:
    """Who changed which facts to what."""
    listed = [
        {"product": products.get(name, name), "key": key, "value": _short(value)}
        for name, each in entry.products.items()
        for key, value in each.values.items()
    ]
    return Reason("report_altered", by=entry.by, changes=[] if entry.whole else listed)


def _short(value: Any) -> str:
    """A value in a line; nothing for one that was taken away."""
    return "" if value is None else str(value)[:80]


def _scripts(entry: Reloaded) -> str:
    """What editing the scripts led to; each place that is wrong by its line."""
    told = [_finding(found) for found in entry.found]
    return Reason("report_reloaded", findings=told or [{"place": text, "why": ""} for text in entry.findings])


def _finding(found: Mapping[str, Any]) -> dict[str, Any]:
    reason = revived(str(found.get("message", "")), found.get("why"))
    return {"place": f"{Path(str(found.get('path', ''))).name}:{found.get('line', 0)}", "why": data(reason) or ""}
