"""The fold over a journal that answers no comment twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from virtual_room import WALL

from host.programme.recall import recall

Step = tuple[str, int]


@given(
    st.lists(st.tuples(st.sampled_from(["comment", "queued", "ignored", "speaking"]), st.integers(0, 5)), max_size=40)
)
@example([("comment", 0), ("queued", 0), ("speaking", 0), ("queued", 0)])
def test_what_began_to_be_answered_is_never_left_to_answer(steps: list[Step]) -> None:
    events = [event(kind, number) for kind, number in steps]
    result = recall(events, WALL + timedelta(seconds=5), 0.0, timedelta(minutes=2))
    for waiting in result.waiting:
        last = [step for step in steps if f"c{step[1]}" == waiting.comment.id and step[0] != "comment"][-1]
        assert last[0] == "queued"
        assert waiting.comment.at == -5.0
    assert not set(result.begun) & {waiting.comment.id for waiting in result.waiting}


def event(kind: str, number: int) -> dict[str, Any]:
    base: dict[str, Any] = {"at": 0.0, "wall": WALL.isoformat()}
    name = f"c{number}"
    if kind == "comment":
        return base | {"kind": "comment", "comment": name, "user": "u", "text": "t"}
    if kind == "speaking":
        return base | {"kind": "speaking", "in_reply_to": [name], "text": "a"}
    return base | {"kind": "verdict", "comment": name, "fate": kind}


def test_a_comment_that_was_turned_away_is_not_known() -> None:
    away = event("dropped", 1) | {"why": {"code": "inlet_full", "details": {}}}
    assert recall([event("comment", 1), away], WALL, 0.0, timedelta(minutes=2)).known == ()
    again = [event("comment", 1), away, event("comment", 1), event("queued", 1)]
    result = recall(again, WALL, 0.0, timedelta(minutes=2))
    assert (result.known, [waiting.comment.id for waiting in result.waiting]) == (("c1",), ["c1"])


def test_a_comment_from_long_ago_is_not_answered_now() -> None:
    result = recall([event("comment", 1), event("queued", 1)], WALL + timedelta(hours=1), 0.0, timedelta(minutes=2))
    assert result.waiting == ()
    assert result.stale == ("c1",)


@pytest.mark.parametrize(("key", "value"), [("text", 5), ("text", None), ("user", 7), ("comment", 9), ("source", [])])
def test_a_comment_that_holds_no_text_is_passed_by(key: str, value: object) -> None:
    damaged = event("comment", 1) | {key: value}
    result = recall([damaged, event("queued", 1)], WALL, 0.0, timedelta(minutes=2))
    assert (result.known, result.waiting, result.stale) == ((), (), ())


KEYS = st.sampled_from(["kind", "comment", "user", "text", "fate", "wall", "in_reply_to"])
VALUES = st.sampled_from(["comment", "verdict", "speaking", "queued", None, 3, "x", []])


@given(st.lists(st.dictionaries(KEYS, VALUES), max_size=20))
def test_events_of_another_version_are_passed_by(events: list[dict[str, Any]]) -> None:
    recall(events, WALL, 0.0, timedelta(minutes=2))
