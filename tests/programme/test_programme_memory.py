"""A room that dies comes back to its line, with the comments that wait, and answers nothing twice."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest
from virtual_room import VirtualRoom, make_room, sleep

from host.core.clock import VirtualClock
from host.programme.desk import Desk


class Killed(BaseException):
    """What SIGKILL is to a process: nothing runs after it, nothing is written."""


def run_and_kill(room: VirtualRoom, at: float, comments: dict[float, str]) -> None:
    """Be on air until ``at`` and lose everything but the journal."""

    async def act(desk: Desk, clock: VirtualClock) -> None:
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

    async def act(desk: Desk, clock: VirtualClock) -> None:
        await sleep(clock, 3)
        desk.comment("小鹿", "会漏水吗", "c0")  # the bridge sends what it sent before

    room.run(40, act)
    replies = [comment for event in room.said("answer") for comment in event["in_reply_to"]]
    assert "c1" in replies
    assert "c0" not in replies


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

    async def act(desk: Desk, clock: VirtualClock) -> None:
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
