"""A kill in the middle of an answer: less than a second of it is said again with a word of excuse, more counts."""

from __future__ import annotations

import contextlib
import itertools
import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from test_programme_memory import Killed
from virtual_room import CUP, LAMP, WALL, VirtualRoom, make_room, sleep

from host.core.clock import VirtualClock
from host.core.control import Command
from host.core.media import SAMPLE_RATE
from host.journal import read
from host.mind.answers.replies import Situation, templates
from host.programme.desk import RoomDesk
from host.programme.recall import recall

ASKED = [("小鹿", "会漏水吗", "c0")]
JOURNAL = "data/test.journal.db"


def kill_in_answer(
    room: VirtualRoom, heard: float, comments: Sequence[tuple[str, str, str]], kind: str = "answer", words: str = ""
) -> None:
    """Ask at 7 s, have the operator answer the first comment with ``words`` if any, and lose everything but the
    journal ``heard`` seconds into what is said."""

    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        room.events.clear()
        await clock.sleep_until(7.0)
        for user, text, name in comments:
            desk.comment(user, text, name)
        if words:
            await sleep(clock, 1)
            await desk.command(Command(command="answer", comment_id=comments[0][2], text=words), "op")
        while not room.said(kind):
            await sleep(clock, 0.02)
        await clock.sleep_until(room.said(kind)[0]["at"] + heard)
        raise Killed

    with pytest.raises(BaseExceptionGroup):
        room.run(60, act)


def come_back(room: VirtualRoom, seconds: float = 30) -> list[dict[str, Any]]:
    """What is said to comments in the next life."""
    room.events.clear()
    room.run(seconds)
    return [event for event in room.said() if event["in_reply_to"]]


def settled(room: VirtualRoom, name: str) -> str:
    """The last verdict on a comment in all lives; some are on record before a room begins."""
    verdicts = [event for event in read(room.folder / JOURNAL) if event["kind"] == "verdict"]
    return [event["fate"] for event in verdicts if event["comment"] == name][-1]


def excused(said: Sequence[dict[str, Any]], lang: str = "zh") -> bool:
    """Whether it begins with a word of excuse, which stands nowhere else."""
    words = [event["text"] in templates(Situation.CUT_OFF, lang) for event in said]
    assert words == [bool(event.get("excuse")) for event in said]
    assert not any(words[1:])
    return words[0]


@pytest.fixture
def room(tmp_path: Path, speech_cache: Path) -> VirtualRoom:
    return make_room(tmp_path / "room", speech_cache)


@pytest.mark.parametrize("heard", [0.01, 0.2, 0.5, 0.9, 0.94])
def test_an_answer_heard_for_less_than_a_second_is_said_again_with_an_excuse(room: VirtualRoom, heard: float) -> None:
    kill_in_answer(room, heard, ASKED)
    first = room.said("answer")[0]["text"]
    assert not room.of("given")
    again = come_back(room)
    assert excused(again)
    assert [event["text"] for event in again[1:]] == [first]
    assert settled(room, "c0") == "answered"
    assert len(room.of("given")) == 1


@pytest.mark.parametrize("heard", [1.0, 1.5, 2.0])
def test_an_answer_heard_for_a_second_counts_as_given(room: VirtualRoom, heard: float) -> None:
    kill_in_answer(room, heard, ASKED)
    assert [event["in_reply_to"] for event in room.of("given")] == [["c0"]]
    assert come_back(room) == []
    assert settled(room, "c0") == "answered"


def test_it_is_on_record_when_a_second_of_it_has_left_once(room: VirtualRoom) -> None:
    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        await clock.sleep_until(7.0)
        desk.comment("小鹿", "2号链接多少钱", "c0")

    room.run(40, act)
    (given,) = room.of("given")
    assert given["at"] - room.said("answer")[0]["at"] == pytest.approx(1.0, abs=0.05)


def test_one_answer_for_several_viewers_is_again_one_answer(room: VirtualRoom) -> None:
    viewers = [("小鹿", "会漏水吗", "c0"), ("阿强", "请问会漏水吗", "c1"), ("豆豆", "会漏水吗？", "c2")]
    kill_in_answer(room, 0.6, viewers)
    begun = room.said("answer")[0]["in_reply_to"]
    again = come_back(room, 60)
    assert excused(again)
    replied = [tuple(event["in_reply_to"]) for event in again if not event.get("excuse")]
    assert sorted(comment for reply in set(replied) for comment in reply) == ["c0", "c1", "c2"]
    assert set(begun) <= set(replied[0]) or len(begun) == 1
    assert {settled(room, name) for name in ("c0", "c1", "c2")} == {"answered"}


@pytest.mark.parametrize(("heard", "again"), [(0.5, True), (1.1, False)])
def test_an_operator_s_answer_is_said_again_in_his_words(room: VirtualRoom, heard: float, again: bool) -> None:
    kill_in_answer(room, heard, [("小马", "袖长", "c0")], words="这款没有袖子，是一只杯子。")
    said = come_back(room)
    assert [event["text"] for event in said[1:]] == (["这款没有袖子，是一只杯子。"] if again else [])
    assert not again or excused(said)
    assert settled(room, "c0") == "answered"


def test_an_operator_s_answer_whose_turn_had_not_come_is_said_without_an_excuse(room: VirtualRoom) -> None:
    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        await clock.sleep_until(7.0)
        desk.comment("小马", "袖长", "c0")
        await sleep(clock, 1)
        await desk.command(Command(command="pause"), "op")
        await desk.command(Command(command="answer", comment_id="c0", text="这款没有袖子。"), "op")
        raise Killed

    with pytest.raises(BaseExceptionGroup):
        room.run(60, act)
    assert [event["text"] for event in come_back(room)] == ["这款没有袖子。"]
    assert settled(room, "c0") == "answered"


@pytest.mark.parametrize(("heard", "again"), [(0.4, True), (1.1, False)])
@pytest.mark.parametrize(("text", "fate"), [("主播好", "greeted"), ("我下单了", "answered")])
def test_a_greeting_is_said_again_without_an_excuse(
    room: VirtualRoom, text: str, fate: str, heard: float, again: bool
) -> None:
    kill_in_answer(room, heard, [("小鹿", text, "c0")], "greeting")
    said = come_back(room)
    assert [event["utterance_kind"] for event in said] == ["greeting"] * again
    assert not any(event.get("excuse") for event in said)
    assert settled(room, "c0") == (fate if again else "answered")


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("does it leak?", "en"),
        ("会漏水吗", "zh"),
        ("你是真人吗", "zh"),
        ("are you a real person?", "en"),
        ("有多少种颜色", "zh"),
    ],
)
def test_whatever_was_said_the_excuse_is_in_the_viewer_s_language(room: VirtualRoom, text: str, lang: str) -> None:
    kill_in_answer(room, 0.5, [("Sam", text, "c0")])
    begun = room.said("answer")[0]["text"]
    again = come_back(room)
    assert excused(again, lang)
    assert again[1]["text"] == begun


def test_who_heard_the_answer_begin_is_first_in_line(room: VirtualRoom) -> None:
    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        room.events.clear()
        await clock.sleep_until(7.0)
        desk.comment("小鹿", "会漏水吗", "c0")
        while not room.said("answer"):
            await sleep(clock, 0.02)
        for number in range(3):
            desk.comment(f"观众{number}", "包邮吗", f"d{number}")
        await sleep(clock, 0.5)
        raise Killed

    with pytest.raises(BaseExceptionGroup):
        room.run(60, act)
    said = come_back(room, 60)
    assert said[0]["in_reply_to"] == ["c0"]
    assert excused(said)


def test_an_excuse_that_the_guard_refuses_costs_nobody_the_answer(tmp_path: Path, speech_cache: Path) -> None:
    forbidden = "never_say: [不好意思, 抱歉, 对不起]\nshipping"
    room = make_room(tmp_path / "room", speech_cache, (CUP.replace("shipping", forbidden), LAMP))
    kill_in_answer(room, 0.5, ASKED)
    begun = room.said("answer")[0]["text"]
    assert [event["text"] for event in come_back(room)] == [begun]
    assert settled(room, "c0") == "answered"
    assert len(room.of("refusal")) == 1


def test_a_kill_in_the_excuse_or_soon_behind_it_has_all_of_it_said_again(room: VirtualRoom) -> None:
    kill_in_answer(room, 0.5, ASKED)
    begun = room.said("answer")[0]["text"]

    for sentence, part in ((0, 1.3), (1, 0.6)):
        room.events.clear()
        kill_in_sentence(room, sentence, part)
        assert not room.of("given")
    again = come_back(room)
    assert excused(again)
    assert [event["text"] for event in again[1:]] == [begun]


def kill_in_sentence(room: VirtualRoom, sentence: int, part: float) -> None:
    """Lose everything ``part`` seconds into a sentence of an answer, counted from 0."""

    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        while len(room.said("answer")) <= sentence:
            await sleep(clock, 0.02)
        await clock.sleep_until(room.said("answer")[sentence]["at"] + part)
        raise Killed

    with pytest.raises(BaseExceptionGroup):
        room.run(60, act)


def test_page_and_history_hold_the_answer_once_and_no_excuse(room: VirtualRoom) -> None:
    kill_in_answer(room, 0.5, ASKED)
    begun = room.said("answer")[0]["text"]
    shown: list[str] = []
    history: list[object] = []

    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        (waits,) = desk.state()["comments"]
        assert (waits["fate"], waits["why"]["code"]) == ("queued", "cut_off")
        await sleep(clock, 20)
        shown.extend(comment["answer"] for comment in desk.state()["comments"])
        history.extend(desk._programme.parts.viewers._memory.values())

    room.events.clear()
    room.run(30, act)
    assert shown == [begun]
    assert history == [(("会漏水吗", begun),)]


def test_a_journal_that_knows_nothing_of_it_keeps_the_old_rule(room: VirtualRoom) -> None:
    kill_in_answer(room, 0.5, ASKED)
    events = [{key: value for key, value in event.items() if key != "reply"} for event in room.events]
    memory = recall(events, WALL + timedelta(seconds=9), 0.0, timedelta(minutes=2))
    assert (memory.begun, memory.waiting) == (("c0",), ())


def test_wherever_a_journal_is_cut_each_comment_is_ended_answered_or_waits(room: VirtualRoom) -> None:
    """A whole evening, cut behind each event and a moment later: what was heard is told by the samples on record."""

    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        room.events.clear()
        texts = ["会漏水吗", "包邮吗", "主播好", "我下单了", "袖长", "你是真人吗", "讲一下2号链接", "今天天气怎么样"]
        for number in range(24):
            await sleep(clock, 2.7)
            desk.comment(f"观众{number}", texts[number % len(texts)], f"c{number}")
            if number % 8 == 6:
                await desk.command(Command(command="answer", comment_id=f"c{number - 2}", text="这款没有袖子。"), "op")
            if number % 8 == 3:
                await desk.command(Command(command="say", text="大家稍等。"), "op")

    room.run(150, act)
    for cut in range(1, len(room.events)):
        past = room.events[:cut]
        check_cut(past, past[-1]["at"])


def check_cut(past: Sequence[dict[str, Any]], now: float) -> None:
    """The recall of a journal that ends now."""
    memory = recall(past, datetime.fromisoformat(past[-1]["wall"]) + timedelta(seconds=3), 0.0, timedelta(minutes=2))
    waiting = {waiting.comment.id: waiting for waiting in memory.waiting}
    verdicts = {event["comment"]: event["fate"] for event in past if event["kind"] == "verdict"}
    ended = {name for name, fate in verdicts.items() if fate != "queued"}
    assert len(ended) + len(waiting) + len(memory.begun) + len(memory.stale) == len(verdicts)
    assert {*ended, *waiting, *memory.begun, *memory.stale} == set(verdicts)
    for name, entry in waiting.items():
        assert heard(past, name, now) < 1.0 + 0.05, name
        assert entry.cut_off == bool(sentences(past, name)), name
    for name in memory.begun:
        assert heard(past, name, now) >= 1.0 - 0.05, name


def sentences(past: Sequence[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    return [event for event in past if event["kind"] == "speaking" and name in event["in_reply_to"]]


def heard(past: Sequence[dict[str, Any]], name: str, now: float) -> float:
    """Seconds of the answer to a comment that have been heard; a word of excuse before it is none of it."""
    over = {event["utterance"]: event["heard"] / SAMPLE_RATE for event in past if event["kind"] == "played"}
    said = [event for event in sentences(past, name) if not event.get("excuse")]
    return sum(over.get(event["utterance"], now - event["at"]) for event in said)


@pytest.mark.parametrize("seed", range(6))
def test_over_many_kills_every_comment_ends_and_nothing_that_was_heard_is_said_again(
    tmp_path: Path, speech_cache: Path, seed: int
) -> None:
    room = make_room(tmp_path / "room", speech_cache)
    chance = random.Random(seed)
    texts = ["会漏水吗", "包邮吗", "主播好", "袖长", "2号链接多少钱", "你是真人吗", "does it leak?"]
    asked = itertools.count()
    enough: set[str] = set()
    for life in range(6):
        room.events.clear()

        async def act(desk: RoomDesk, clock: VirtualClock, last: bool = life == 5) -> None:
            for _ in range(chance.randint(1, 4)):
                await sleep(clock, chance.uniform(0.5, 4))
                number = next(asked)
                desk.comment(f"观众{number}", chance.choice(texts), f"c{number}")
            if not last:
                await sleep(clock, chance.uniform(0.1, 5))
                raise Killed

        with contextlib.nullcontext() if life == 5 else pytest.raises(BaseExceptionGroup):
            room.run(150, act)
        said = {name for event in room.said() for name in event["in_reply_to"]}
        assert not said & enough
        now = room.events[-1]["at"]
        enough |= {name for name in said if heard(room.events, name, now) >= 1.0}
    ends = {event["comment"]: event["fate"] for event in read(room.folder / JOURNAL) if event["kind"] == "verdict"}
    assert set(ends) == {f"c{number}" for number in range(next(asked))}
    assert "queued" not in ends.values()
    assert {ends[name] for name in enough} <= {"answered", "greeted", "refused"}
