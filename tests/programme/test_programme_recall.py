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


STEPS = ["comment", "queued", "ignored", "escalated", "speaking", "speaking of old", "given", "operator"]


@given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 3)), max_size=40))
@example([("comment", 0), ("queued", 0), ("speaking of old", 0), ("queued", 0)])
@example([("comment", 0), ("queued", 0), ("speaking", 0), ("given", 0), ("operator", 0), ("speaking", 0)])
def test_whatever_is_on_record_a_comment_has_one_end(steps: list[Step]) -> None:
    """The steps of a comment since it was last put in line, or answered by the operator, decide."""
    result = recall([event(*step) for step in steps], WALL + timedelta(seconds=5), 0.0, timedelta(minutes=2))
    waiting = {one.comment.id: one for one in result.waiting}
    assert not set(result.begun) & set(waiting)
    assert not result.stale
    for number in range(4):
        name = f"c{number}"
        since = in_line([kind for kind, of in steps if of == number])
        given = since is not None and not {"given", "speaking of old"}.isdisjoint(since)
        assert (name in result.begun) == given
        assert (name in waiting) == (since is not None and not given and ("comment", number) in steps)
        if name in waiting and since is not None:
            assert waiting[name].comment.at == -5.0
            assert waiting[name].cut_off == ("speaking" in since)
            assert bool(waiting[name].words) == (since[0] == "operator")
            assert name not in {one.comment.id for one in result.left}


def in_line(steps: list[str]) -> list[str] | None:
    """The steps of a comment from the one that put it in line; None where it is not in line in the end."""
    since: list[str] | None = None
    for kind in steps:
        begun = since is not None and not {"speaking", "speaking of old"}.isdisjoint(since)
        if kind == "operator" or (kind == "queued" and not begun):
            since = [kind]
        elif kind in ("ignored", "escalated"):
            since = None
        elif since is not None:
            since.append(kind)
    return since


def event(kind: str, number: int) -> dict[str, Any]:
    base: dict[str, Any] = {"at": 0.0, "wall": WALL.isoformat()}
    name = f"c{number}"
    if kind == "comment":
        return base | {"kind": "comment", "comment": name, "user": "u", "text": "t"}
    if kind == "speaking":
        return base | {"kind": "speaking", "in_reply_to": [name], "text": "a", "reply": "r1"}
    if kind == "speaking of old":
        return base | {"kind": "speaking", "in_reply_to": [name], "text": "a"}
    if kind == "given":
        return base | {"kind": "given", "in_reply_to": [name]}
    if kind == "operator":
        return base | {"kind": "operator", "command": "answer", "comment_id": name, "text": "a"}
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


KEYS = st.sampled_from(["kind", "comment", "user", "text", "fate", "wall", "in_reply_to", "command", "comment_id"])
VALUES = st.sampled_from(["comment", "verdict", "speaking", "given", "operator", "answer", "queued", None, 3, "x", []])


@given(st.lists(st.dictionaries(KEYS, VALUES), max_size=20))
def test_events_of_another_version_are_passed_by(events: list[dict[str, Any]]) -> None:
    recall(events, WALL, 0.0, timedelta(minutes=2))
