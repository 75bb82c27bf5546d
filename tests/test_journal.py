"""The journal: committed appends, resilience, and the fold that answers no comment twice."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from host.core.clock import VirtualClock, run_virtual
from host.core.errors import LivehostError
from host.journal import Journal, is_written, read

WALL = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(WALL)


@pytest.fixture
def journal(tmp_path: Path, clock: VirtualClock) -> Iterator[Journal]:
    journal = Journal.in_folder(tmp_path, "demo", clock)
    yield journal
    journal.close()


def pass_time(clock: VirtualClock, seconds: float) -> None:
    run_virtual(clock.sleep_until(clock.now() + seconds), clock)


def test_an_append_is_there_for_another_process_at_once(journal: Journal, tmp_path: Path) -> None:
    journal.append("comment", comment="c1", user="小鹿", text="多少钱")
    (event,) = read(tmp_path / "demo.journal.db")
    assert (event["kind"], event["user"], event["wall"]) == ("comment", "小鹿", WALL.isoformat())


def test_recent_events_come_back_oldest_first(journal: Journal) -> None:
    for number in range(10):
        journal.append("played", utterance=f"u{number}")
    assert [event["utterance"] for event in journal.recent(3)] == ["u7", "u8", "u9"]


def test_a_journal_that_fails_on_air_keeps_events_until_it_can_write(journal: Journal, clock: VirtualClock) -> None:
    with journal._engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE events RENAME TO gone")
    journal.append("fault", where="a")
    journal.append("fault", where="b")
    assert "no such table" in journal.fault
    with journal._engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE gone RENAME TO events")
    pass_time(clock, 2.0)
    journal.append("fault", where="c")
    assert journal.fault == ""
    assert [event["where"] for event in journal.recent()] == ["a", "b", "c"]


def test_another_programs_lock_costs_a_moment_once_a_second_and_loses_nothing(
    journal: Journal, clock: VirtualClock, tmp_path: Path
) -> None:
    other = sqlite3.connect(tmp_path / "demo.journal.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    for number in range(300):
        journal.append("played", utterance=f"u{number}")
    assert "locked" in journal.fault
    other.execute("ROLLBACK")
    other.close()
    pass_time(clock, 2.0)
    journal.look_after()
    assert journal.fault == ""
    assert [event["utterance"] for event in journal.recent()] == [f"u{number}" for number in range(300)]


def test_an_append_never_raises(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise OSError("everything is broken")

    monkeypatch.setattr(journal, "_connected", broken)
    journal.append("fault", where="half a surrogate \ud800")
    assert journal.fault == "everything is broken"


def test_a_journal_removed_on_air_is_begun_anew_and_said(journal: Journal, tmp_path: Path) -> None:
    journal.append("fault", where="before")
    (tmp_path / "demo.journal.db").unlink()
    journal.append("fault", where="into the void")
    journal.look_after()
    journal.append("fault", where="after")
    assert "removed" in journal.note
    assert [event["where"] for event in read(tmp_path / "demo.journal.db")] == ["after"]


def test_an_unwritable_place_is_said_at_start(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LivehostError, match="--data"):
        Journal.in_folder(tmp_path / "file" / "deeper", "demo", VirtualClock())
    (tmp_path / "demo.journal.db").mkdir()
    with pytest.raises(LivehostError, match="cannot be written"):
        Journal.in_folder(tmp_path, "demo", VirtualClock())


@pytest.mark.parametrize("kind", ["garbage", "other columns"])
def test_what_is_no_journal_is_set_aside_and_the_room_starts(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "demo.journal.db"
    if kind == "garbage":
        file.write_text("not a database, much too long to be an empty file" * 50)
    else:
        with sqlite3.connect(file) as old:
            old.execute("CREATE TABLE events (id INTEGER PRIMARY KEY, room TEXT, what TEXT)")
    journal = Journal.in_folder(tmp_path, "demo", VirtualClock(WALL))
    journal.append("fault", where="new")
    assert "set aside" in journal.note
    assert [event["where"] for event in journal.recent()] == ["new"]
    assert list(tmp_path.glob("demo.journal.db.broken-*"))
    journal.close()


def test_a_journal_cut_short_is_set_aside_when_it_is_read(tmp_path: Path) -> None:
    journal = Journal.in_folder(tmp_path, "demo", VirtualClock(WALL))
    for number in range(2000):
        journal.append("played", utterance=f"u{number}", text="x" * 100)
    journal.close()
    file = tmp_path / "demo.journal.db"
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 3])
    again = Journal.in_folder(tmp_path, "demo", VirtualClock(WALL))
    again.recent()
    again.append("fault", where="new")
    assert again.fault == ""
    again.close()


def test_a_sealed_journal_is_one_file_and_stays_so_when_it_is_read(tmp_path: Path, clock: VirtualClock) -> None:
    journal = Journal.in_folder(tmp_path, "demo", clock)
    journal.append("fault", where="x")
    journal.seal()
    assert [event["kind"] for event in read(tmp_path / "demo.journal.db")] == ["fault"]
    assert [file.name for file in tmp_path.iterdir()] == ["demo.journal.db"]


def test_two_rooms_of_one_name_cannot_share_a_folder(journal: Journal, tmp_path: Path) -> None:
    with pytest.raises(LivehostError, match="on air already"):
        Journal.in_folder(tmp_path, "demo", VirtualClock())
    Journal.in_folder(tmp_path, "other", VirtualClock()).close()


def test_rows_that_cannot_be_read_are_left_out(journal: Journal, tmp_path: Path) -> None:
    journal.append("played", utterance="u1")
    with sqlite3.connect(tmp_path / "demo.journal.db") as other:
        for payload in ("{", "[1]", "null"):
            row = ("demo", WALL.isoformat(), 0.0, "played", payload)
            other.execute("INSERT INTO events (room, wall, at, kind, payload) VALUES (?, ?, ?, ?, ?)", row)
    assert [event["utterance"] for event in journal.recent()] == ["u1"]


def test_a_flood_of_comments_does_not_push_out_what_was_said(journal: Journal) -> None:
    journal.append("speaking", utterance="u000007")
    for number in range(50):
        journal.append("comment", comment=f"c{number}", user="u", text="t")
    assert [event["utterance"] for event in journal.recent(10, ("speaking", "played"))] == ["u000007"]


def test_reading_what_is_no_journal(tmp_path: Path) -> None:
    with pytest.raises(LivehostError, match="no journal"):
        list(read(tmp_path / "gone.db"))


def test_whether_a_room_writes_a_journal_is_told_by_its_lock(tmp_path: Path, clock: VirtualClock) -> None:
    file = tmp_path / "demo.journal.db"
    assert not is_written(file)
    journal = Journal.in_folder(tmp_path, "demo", clock)
    assert is_written(file)
    journal.append("alive")
    journal.close()
    assert not is_written(file)
    assert not is_written(tmp_path / "notes.txt")
    Journal.in_folder(tmp_path, "demo", clock).close()
