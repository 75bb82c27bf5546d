"""Any prefix of a journal has a report, in both languages, and its runs add up to its totals."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from host.core import journal_events as kinds
from host.core.journal_events import Event
from host.review.outline import outline
from host.review.page import page
from host.review.report import Report, review


def counted(events: list[Event], report: Report) -> None:
    """Nothing is lost between the journal, the runs and the totals."""
    figures, seen = report.figures, Counter(str(event.get("kind")) for event in events)
    sums = {name: sum(getattr(run, name) for run in report.run_figures) for name in ("utterances", "comments", "faults",
            "refusals", "not_done", "seconds", "paused_seconds")}  # fmt: skip
    assert all(figures[name] == pytest.approx(total, abs=0.06) for name, total in sums.items())
    assert figures["comments"] == len(report.comments) == sum(figures["fates"].values())
    if not report.unread:
        assert (figures["utterances"], figures["refusals"], figures["not_done"]) == (
            seen[kinds.SPEAKING], seen[kinds.REFUSAL], seen[kinds.NOT_DONE],
        )  # fmt: skip
        assert figures["acts"] == seen[kinds.OPERATOR] + seen[kinds.RELOADED]
    assert all(run.seconds >= 0 and run.off_air_before >= 0 for run in report.runs)
    assert figures["paused_seconds"] <= figures["seconds"] + 0.1
    assert page(report).endswith("</html>")
    assert list(outline(report))
    assert report.to_json()


@given(data=st.data())
@settings(max_examples=40)
def test_any_prefix_of_a_night(night: list[Event], data: st.DataObject) -> None:
    end = data.draw(st.integers(0, len(night)))
    begin = data.draw(st.sampled_from([0, 0, 1, 50]))
    lang = data.draw(st.sampled_from(["zh", "en"]))
    events = [event | ({"lang": lang} if event["kind"] == kinds.ROOM_STARTED else {}) for event in night[begin:end]]
    counted(events, review(events, "room", on_air=data.draw(st.booleans())))


@given(data=st.data())
@settings(max_examples=150)
def test_a_journal_whose_entries_lost_fields_or_order(night: list[Event], data: st.DataObject) -> None:
    """Rows of a damaged file, of another version, after a change of the machine's time."""
    odd: Any = st.sampled_from(
        [None, "", 7, -1.5, [], {}, ["x"], {"code": "gone", "details": {}}, "2026-01-01T00:00:00"]
    )
    events = []
    for number in data.draw(st.lists(st.integers(0, len(night) - 1), max_size=30)):
        fields = dict(night[number])
        for key in data.draw(st.lists(st.sampled_from(sorted(fields)), max_size=2)):
            fields[key] = data.draw(odd)
        events.append(fields)
    counted(events, review(events, "room", on_air=data.draw(st.booleans())))
