"""The journal: committed appends, resilience, and the fold that answers no comment twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from host.core.clock import VirtualClock
from host.core.errors import LivehostError
from host.journal import Journal, read, recall

WALL = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    journal = Journal.in_folder(tmp_path, "demo", VirtualClock(WALL))
    yield journal
    journal.close()


def test_an_append_is_there_for_another_process_at_once(journal: Journal, tmp_path: Path) -> None:
    journal.append("comment", comment="c1", user="小鹿", text="多少钱")
    (event,) = read(tmp_path / "demo.journal.db")
    assert (event["kind"], event["user"], event["wall"]) == ("comment", "小鹿", WALL.isoformat())


def test_recent_events_come_back_oldest_first(journal: Journal) -> None:
    for number in range(10):
        journal.append("played", utterance=f"u{number}")
    assert [event["utterance"] for event in journal.recent(3)] == ["u7", "u8", "u9"]


def test_a_journal_that_fails_on_air_keeps_events_until_it_can_write(journal: Journal, tmp_path: Path) -> None:
    with journal._engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE events RENAME TO gone")
    journal.append("fault", where="a")
    journal.append("fault", where="b")
    assert "no such table" in journal.fault
    with journal._engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE gone RENAME TO events")
    journal.append("fault", where="c")
    assert journal.fault == ""
    assert [event["where"] for event in journal.recent()] == ["a", "b", "c"]


def test_an_unwritable_place_is_said_at_start(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LivehostError, match="--data"):
        Journal.in_folder(tmp_path / "file" / "deeper", "demo", VirtualClock())
    (tmp_path / "demo.journal.db").write_text("not a database, much too long to be an empty file" * 50)
    with pytest.raises(LivehostError, match="cannot be written"):
        Journal.in_folder(tmp_path, "demo", VirtualClock())


def test_reading_what_is_no_journal(tmp_path: Path) -> None:
    with pytest.raises(LivehostError, match="no journal"):
        list(read(tmp_path / "gone.db"))


Step = tuple[str, int]


@given(
    st.lists(st.tuples(st.sampled_from(["comment", "queued", "ignored", "speaking"]), st.integers(0, 5)), max_size=40)
)
def test_what_began_to_be_answered_is_never_left_to_answer(steps: list[Step]) -> None:
    events = []
    for kind, number in steps:
        base = {"at": 0.0, "wall": WALL.isoformat()}
        name = f"c{number}"
        if kind == "comment":
            events.append(base | {"kind": "comment", "comment": name, "user": "u", "text": "t"})
        elif kind == "speaking":
            events.append(base | {"kind": "speaking", "in_reply_to": [name], "text": "a"})
        else:
            events.append(base | {"kind": "verdict", "comment": name, "fate": kind})
    result = recall(events, WALL + timedelta(seconds=5), 0.0, timedelta(minutes=2))
    left = {comment.id for comment in result.unanswered}
    for name in left:
        last = [step for step in steps if f"c{step[1]}" == name and step[0] != "comment"][-1]
        assert last[0] == "queued"
    assert all(comment.at == -5.0 for comment in result.unanswered)


def test_a_comment_from_long_ago_is_not_answered_now() -> None:
    events = [
        {"kind": "comment", "comment": "c", "user": "u", "text": "t", "at": 0.0, "wall": WALL.isoformat()},
        {"kind": "verdict", "comment": "c", "fate": "queued", "at": 0.0, "wall": WALL.isoformat()},
    ]
    assert recall(events, WALL + timedelta(hours=1), 0.0, timedelta(minutes=2)).unanswered == ()
