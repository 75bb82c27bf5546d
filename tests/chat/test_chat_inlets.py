"""The inlet and the recording: bounded, honest about what they drop, on the clock."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from host.chat.inlet import Inlet
from host.chat.recorded import MAX_FINDINGS, RecordedComments
from host.core.clock import VirtualClock, run_virtual
from host.core.comment import MAX_ID, MAX_TEXT, MAX_USER, Comment, is_page_id, page_id
from host.core.errors import InvalidFile


def drain(inlet: Inlet) -> list[Comment]:
    async def main() -> list[Comment]:
        source = inlet.comments()
        found = [await anext(source) for _ in range(len(inlet))]
        await source.aclose()  # type: ignore[attr-defined]
        return found

    return run_virtual(main(), VirtualClock())


def test_comments_come_out_in_order_with_ids() -> None:
    inlet = Inlet(VirtualClock())
    ids = [inlet.push("小雨", "多少钱"), inlet.push("Ana", "hi", "mine", "tool")]
    found = drain(inlet)
    assert [entry.id for entry in found] == ids
    assert (ids[1], found[1].source, found[0].source) == ("mine", "tool", "page")
    assert ids[0] != inlet.push("小雨", "多少钱")


def test_a_full_inlet_drops_the_newest_and_counts() -> None:
    inlet = Inlet(VirtualClock(), limit=2)
    for text in "abc":
        inlet.push("u", text)
    assert (inlet.status().dropped, inlet.status().unread) == (1, 2)
    assert [entry.text for entry in drain(inlet)] == ["a", "b"]


def test_a_megabyte_is_not_kept_and_still_seen_as_too_long() -> None:
    inlet = Inlet(VirtualClock())
    inlet.push("u" * 1_000_000, "x" * 1_000_000, "i" * 1_000_000, "s" * 1_000_000)
    (entry,) = drain(inlet)
    assert len(entry.text) == MAX_TEXT + 1
    assert (len(entry.user), len(entry.id), len(entry.source)) == (MAX_USER, MAX_ID, MAX_USER)


@given(st.text(max_size=700), st.text(max_size=100), st.text(max_size=200))
def test_a_push_never_raises_and_can_be_written_down(user: str, text: str, comment_id: str) -> None:
    inlet = Inlet(VirtualClock())
    assert inlet.push(user + "\ud800", text + "\udfff", comment_id)
    (entry,) = drain(inlet)
    (entry.user + entry.text + entry.id).encode("utf-8")


@given(st.text(max_size=140), st.text(max_size=140))
def test_an_id_of_the_page_is_never_one_of_a_bridge(stranger: str, bridge: str) -> None:
    inlet = Inlet(VirtualClock())
    taken = inlet.push("u", "t", page_id(stranger))
    inlet.push("u", "t", bridge)
    ids = [entry.id for entry in drain(inlet)]
    assert ids[0] == taken
    if stranger and not is_page_id(bridge):
        assert ids[0].startswith("page:")
        assert not ids[1].startswith("page:")
    assert page_id(page_id(stranger)) == page_id(stranger)


def write(tmp_path: Path, *lines: object) -> Path:
    path = tmp_path / "comments.jsonl"
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8")
    return path


def played(path: Path) -> list[tuple[float, Comment]]:
    clock = VirtualClock()

    async def main() -> list[tuple[float, Comment]]:
        return [(clock.now(), entry) async for entry in RecordedComments(path, clock).comments()]

    return run_virtual(main(), clock)


def test_a_recording_plays_on_the_clock(tmp_path: Path) -> None:
    path = write(tmp_path, {"at": 5, "user": "b", "text": "two"}, "", {"at": 1.5, "user": "a", "text": "one",
        "id": "x"},
                 {"at": 5, "user": "c", "text": "three"})  # fmt: skip
    found = played(path)
    assert [(now, entry.at, entry.text) for now, entry in found] == [(1.5, 1.5, "one"), (5, 5, "two"), (5, 5, "three")]
    assert [entry.id for _, entry in found] == ["x", "recorded-1", "recorded-4"]
    assert played(path) == found


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "not a JSON object"),
        ("[1]", "not a JSON object: [1]"),
        ("[" * 100_000, "not a JSON object"),
        ({"user": "a", "text": "b"}, "at: is missing"),
        ({"at": -1, "user": "a", "text": "b"}, "at: "),
        ('{"at": NaN, "user": "a", "text": "b"}', "not a number of seconds"),
        ('{"at": 1e999, "user": "a", "text": "b"}', "at: "),
        ({"at": "3", "user": "a", "text": "b"}, "at: "),
        ({"at": 1, "user": 7, "text": "b"}, "user: "),
        ({"at": 1, "user": "a", "text": "b", "when": 2}, "when: is not a known key"),
    ],
)
def test_a_wrong_line_is_pointed_at(tmp_path: Path, line: object, message: str) -> None:
    path = write(tmp_path, {"at": 0, "user": "a", "text": "ok"}, line)
    with pytest.raises(InvalidFile) as caught:
        RecordedComments(path, VirtualClock())
    (finding,) = caught.value.findings
    assert (finding.path, finding.line) == (str(path), 2)
    assert message in finding.message


def test_two_comments_of_one_id_are_a_finding(tmp_path: Path) -> None:
    line = {"at": 0, "user": "a", "text": "b", "id": "x"}
    with pytest.raises(InvalidFile, match="also on line 1"):
        RecordedComments(write(tmp_path, line, line), VirtualClock())


def test_findings_are_capped(tmp_path: Path) -> None:
    with pytest.raises(InvalidFile) as caught:
        RecordedComments(write(tmp_path, *["?"] * 500), VirtualClock())
    assert len(caught.value.findings) == MAX_FINDINGS


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(InvalidFile, match="cannot be read"):
        RecordedComments(tmp_path / "none.jsonl", VirtualClock())
    (tmp_path / "bad.jsonl").write_bytes(b"\xff\xfe{")
    with pytest.raises(InvalidFile, match="UTF-8"):
        RecordedComments(tmp_path / "bad.jsonl", VirtualClock())
