"""Viewer memory."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from host.core.comment import Viewer, viewer_of
from host.core.journal_events import COMMENT, PLAYED, SPEAKING
from host.mind.viewers import MAX_ANSWER, ViewerMemory, ViewersStatus


def named(user: str) -> Viewer:
    return viewer_of("page", "", user)


def test_sentences_to_one_question_join() -> None:
    memory = ViewerMemory()
    memory.heard(named("小鹿"), "多少钱", "平时79元。")
    memory.heard(named("小鹿"), "多少钱", "现在69元。")
    memory.heard(named("小鹿"), "多少钱", "现在69元。")
    memory.heard(named("小鹿"), "包邮吗", "包邮。")
    assert memory.history(named("小鹿")) == (("多少钱", "平时79元。 现在69元。"), ("包邮吗", "包邮。"))
    assert memory.history(named("别人")) == ()


def test_both_bounds() -> None:
    memory = ViewerMemory(viewers=2, pairs=2)
    for number in range(3):
        memory.heard(named("a"), f"问{number}", "答")
    memory.heard(named("b"), "问", "答")
    memory.heard(named("a"), "问3", "答")
    memory.heard(named("c"), "问", "答")
    assert memory.history(named("a")) == (("问2", "答"), ("问3", "答"))
    assert memory.history(named("b")) == ()
    assert memory.status() == ViewersStatus(remembered=2, forgotten=1)


def _events(heard: int, *, interrupted: bool = False, kind: str = "answer") -> list[dict[str, Any]]:
    return [
        {"kind": COMMENT, "comment": "c1", "user": "小鹿", "text": "多少钱", "source": "page"},
        {"kind": SPEAKING, "utterance": "u1", "utterance_kind": kind, "text": "69元。", "in_reply_to": ["c1", "gone"]},
        {"kind": PLAYED, "utterance": "u1", "heard": heard, "total": 100, "interrupted": interrupted},
    ]


def test_rebuilt_from_the_journal_by_what_was_heard() -> None:
    for events, wanted in (
        (_events(100), (("多少钱", "69元。"),)),
        (_events(40, interrupted=True), ()),
        (_events(0), ()),
        (_events(100, kind="script"), ()),
    ):
        memory = ViewerMemory()
        memory.rebuild(events)
        assert memory.history(named("小鹿")) == wanted


KEYS = ["kind", "comment", "user", "text", "utterance", "utterance_kind", "heard", "total", "in_reply_to"]
VALUES = st.one_of(
    st.none(),
    st.integers(),
    st.text(max_size=5),
    st.sampled_from([COMMENT, SPEAKING, PLAYED, "answer"]),
    st.lists(st.text(max_size=3), max_size=2),
)


@given(st.lists(st.dictionaries(st.sampled_from(KEYS), VALUES), max_size=12))
def test_any_journal(events: list[dict[str, Any]]) -> None:
    ViewerMemory().rebuild(events)


@given(st.lists(st.tuples(st.text(max_size=80), st.text(max_size=600), st.text(max_size=900)), max_size=30))
def test_bounded_whatever_comes(heard: list[tuple[str, str, str]]) -> None:
    memory = ViewerMemory(viewers=5, pairs=3)
    for user, question, answer in heard:
        memory.heard(named(user), question, answer)
        assert len(memory.history(named(user))) <= 3
        assert all(len(answer) <= MAX_ANSWER for _, answer in memory.history(named(user)))
    assert len(memory) <= 5
