"""A journal as a report: figures of one run, and of several that follow each other."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from host.core import journal_events as kinds
from host.core.media import SAMPLE_RATE
from host.core.reason import Reason, data
from host.review import review


def run(sentences: int, comment: str = "") -> list[dict[str, Any]]:
    """A run of sentences of 2 s, one every 3 s, as the journal has it: its clock begins at 0."""
    events: list[dict[str, Any]] = [{"kind": kinds.ROOM_STARTED, "at": 0.0}]
    for k in range(sentences):
        said = {"utterance": f"u{k}", "utterance_kind": "script", "product": "cup", "in_reply_to": []}
        at = 3.0 * k
        events.append(
            {"kind": kinds.SPEAKING, "at": at, "start": round(at * SAMPLE_RATE), "duration": 2.0, "text": f"{k}",
             "spoken": f"{k}", **said}
        )  # fmt: skip
        events.append({"kind": kinds.PLAYED, "at": at + 2.0, "heard": 2 * SAMPLE_RATE, **said})
    if comment:
        events.append(
            {
                "kind": kinds.COMMENT,
                "at": 3.0 * sentences,
                "comment": comment,
                "user": "a",
                "text": "?",
                "source": "page",
            }
        )
    return events


def test_one_run() -> None:
    figures = review(run(4), "room").figures
    assert figures["seconds"] == 11.0
    assert figures["speech_share"] == round(8 / 11, 3)
    assert figures["longest_silence"] == 1.0


def test_runs_follow_each_other_as_if_without_a_pause() -> None:
    report = review([*run(4, "c1"), *run(100), *run(2, "c2")], "room")
    assert report.figures["seconds"] == 12.0 + 299.0 + 6.0
    assert 0 < report.figures["speech_share"] < 1
    assert report.figures["longest_silence"] <= 3.0
    assert [comment["at"] for comment in report.comments] == [12.0, 317.0]
    starts = [said["start"] for said in report.utterances]
    assert starts == sorted(starts)


def test_the_page_is_in_the_room_s_language_and_calls_products_by_name(tmp_path: Path) -> None:
    why = data(Reason("too_long", most=500))
    for lang, said in (
        ("zh", ("讲解时长", "超过 500 字", "随行杯", "脚本", "没有")),
        ("en", ("airtime", "longer than 500", "随行杯", "script", "nothing")),
    ):
        events = run(2, "c1")
        events[0] |= {"lang": lang, "products": {"cup": "随行杯"}}
        verdict = {
            "comment": "c1",
            "intent": "spam",
            "fate": "ignored",
            "reason": "longer than 500 characters",
            "why": why,
        }
        report = review([*events, {"kind": kinds.VERDICT, "at": 9.0, **verdict}], "room")
        report.write(tmp_path)
        page = (tmp_path / "report.html").read_text(encoding="utf-8")
        assert all(words in page for words in said)
        assert f'<html lang="{lang}">' in page
        assert json.loads(report.to_json())["comments"][0]["why"] == why
