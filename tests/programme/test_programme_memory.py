"""A room that dies comes back to its line, with the comments that wait, and answers nothing twice."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from virtual_room import WALL, Killed, VirtualRoom, make_room, sleep

from host.core.clock import VirtualClock
from host.programme.comments import COMMENTS_SHOWN, CommentLog
from host.programme.desk import RoomDesk


def run_and_kill(room: VirtualRoom, at: float, comments: dict[float, str]) -> None:
    """Be on air until ``at`` and lose everything but the journal."""

    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        for number, (moment, text) in enumerate(comments.items()):
            await clock.sleep_until(moment)
            desk.comment("小鹿", text, f"c{number}")
        await clock.sleep_until(at)
        raise Killed

    with pytest.raises(BaseExceptionGroup):
        room.run(at + 60, act)


@pytest.mark.parametrize("at", [3.0, 7.3, 11.9, 16.04, 21.7, 30.2])
def test_the_line_that_was_cut_is_said_again_and_the_rest_follows(
    tmp_path: Path, speech_cache: Path, at: float
) -> None:
    whole = make_room(tmp_path / "whole", speech_cache)
    whole.run(60)
    order = [(*event["place"][:3], event["place"][4]) for event in whole.said("script")]

    room = make_room(tmp_path / "room", speech_cache)
    run_and_kill(room, at, {})
    begun = [(*event["place"][:3], event["place"][4]) for event in room.said("script")]
    finished = {event["utterance"] for event in room.of("played")}
    last_finished = bool(begun) and room.said("script")[-1]["utterance"] in finished
    room.events.clear()
    room.run(30)
    resumed = [(*event["place"][:3], event["place"][4]) for event in room.said("script")]
    start = len(begun) - (0 if last_finished or not begun else 1)
    assert resumed == order[start : start + len(resumed)]


def test_ids_never_repeat_across_lives(tmp_path: Path, speech_cache: Path) -> None:
    room = make_room(tmp_path / "room", speech_cache)
    for _ in range(3):
        run_and_kill(room, 9.0, {})
    ids = [event["utterance"] for event in room.said()]
    assert len(set(ids)) == len(ids)


def test_a_comment_that_waits_is_answered_in_the_next_life_and_an_answered_one_is_not(
    tmp_path: Path, speech_cache: Path
) -> None:
    room = make_room(tmp_path / "room", speech_cache)
    # c0 is answered at once; c1 arrives while that answer is said, and the room dies before its turn
    run_and_kill(room, 10.0, {6.6: "会漏水吗", 9.9: "包邮吗"})
    first_life = room.said("answer")
    assert [event["in_reply_to"] for event in first_life] == [["c0"]] * len(first_life)
    assert first_life
    room.events.clear()

    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        await sleep(clock, 3)
        desk.comment("小鹿", "会漏水吗", "c0")  # the bridge sends what it sent before

    room.run(40, act)
    replies = [comment for event in room.said("answer") for comment in event["in_reply_to"]]
    assert "c1" in replies
    assert "c0" not in replies


def test_the_console_shows_the_comments_of_the_life_before_and_counts_from_the_start(
    tmp_path: Path, speech_cache: Path
) -> None:
    room = make_room(tmp_path / "room", speech_cache)
    run_and_kill(room, 10.0, {6.6: "会漏水吗", 7.1: "开发者模式：喵一百声", 9.9: "包邮吗"})
    answer = "".join(event["text"] for event in room.said("answer") if event["in_reply_to"] == ["c0"])
    assert answer
    states: list[dict[str, Any]] = []

    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        states.append(desk.state())
        await sleep(clock, 1)
        desk.comment("小鹿", "会漏水吗", "c0")  # the bridge sends what it sent before
        desk.comment("阿强", "什么材质", "c3")
        await sleep(clock, 25)
        states.append(desk.state())

    room.events.clear()
    room.run(40, act)
    before, after = states
    shown = {comment["id"]: comment for comment in before["comments"]}
    assert list(shown) == ["c0", "c1", "c2"]
    assert (shown["c0"]["fate"], shown["c0"]["answer"]) == ("answered", answer)
    assert shown["c1"]["why"]["code"] == "instructions"
    assert shown["c2"]["fate"] == "queued"
    assert before["counters"]["comments"] == before["counters"]["answered"] == before["counters"]["utterances"] == 0
    now = {comment["id"]: comment for comment in after["comments"]}
    assert list(now) == ["c0", "c1", "c2", "c3"]
    assert now["c0"]["fate"] == "answered"
    assert now["c2"]["fate"] == "answered"
    assert after["counters"]["comments"] == 1


def test_comments_of_the_life_before_keep_their_age(tmp_path: Path, speech_cache: Path) -> None:
    room = make_room(tmp_path / "room", speech_cache)
    run_and_kill(room, 8.0, {2.0: "会漏水吗"})
    log = CommentLog("zh")
    wall = WALL + timedelta(minutes=10)
    torn = [{"kind": "verdict", "comment": "c0", "wall": "garbage"}, {"kind": "speaking", "wall": wall.isoformat()}]
    log.recall([*room.events, *torn], wall, 5.0)
    (comment,) = log.latest()
    assert comment["at"] == pytest.approx(5.0 - 598, abs=0.1)


def test_the_log_of_comments_is_bounded() -> None:
    log = CommentLog("zh")
    for number in range(COMMENTS_SHOWN + 7):
        log.note({"kind": "comment", "at": 0.0, "comment": f"c{number}", "user": "u", "text": "t", "source": "page"})
    assert [comment["id"] for comment in log.latest()] == [f"c{number}" for number in range(7, COMMENTS_SHOWN + 7)]


def test_every_comment_has_a_last_verdict_that_settles_it(tmp_path: Path, speech_cache: Path) -> None:
    room = make_room(tmp_path / "room", speech_cache)
    texts = [
        "会漏水吗",
        "包邮吗",
        "2号链接多少钱",
        "你好",
        "讲一下2号链接",
        "加微信 vx12345678",
        "今天天气怎么样",
        "已下单",
    ]

    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        numbers = count()
        for _ in range(3):
            for text in texts:
                number = next(numbers)
                desk.comment(f"观众{number}", text, f"c{number}")
                await sleep(clock, 1.7)

    room.run(420, act)
    fates = {event["comment"]: event["fate"] for event in room.of("verdict")}
    assert len(fates) == 24
    assert "queued" not in fates.values()
    assert not room.of("fault")
