"""What the host does not answer is left to the operator: doubtful questions, complaints, reports of trouble."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest
from test_programme_answers import Scripted
from virtual_room import VirtualRoom, make_room, sleep

from host.console.shapes import public_state
from host.core.clock import VirtualClock
from host.core.control import Command, CommandError
from host.programme.desk import RoomDesk


@pytest.fixture
def room(tmp_path: Path, speech_cache: Path) -> VirtualRoom:
    return make_room(tmp_path / "room", speech_cache)


def progress(desk: RoomDesk) -> dict[str, str]:
    return dict(public_state(cast(Any, desk.state()), frozenset())["progress"])


def published(desk: RoomDesk) -> list[str]:
    return [comment["id"] for comment in public_state(cast(Any, desk.state()), frozenset())["comments"]]


def test_what_perhaps_asks_is_answered_or_left_in_silence(room: VirtualRoom) -> None:
    seen: dict[str, str] = {}

    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        await sleep(clock, 10)
        desk.comment("小鹿", "净重", "known")
        await sleep(clock, 15)
        desk.comment("小马", "袖长", "unknown")
        desk.comment("小羊", "太失望了", "complaint")
        desk.comment("小牛", "哈哈哈好看", "small")
        await sleep(clock, 15)
        seen.update(progress(desk))
        assert published(desk) == ["known"]

    room.run(60, act)
    assert [event["in_reply_to"] for event in room.said("answer")] == [["known"]]
    fates = {name: room.fate(name) for name in ("known", "unknown", "complaint", "small")}
    assert fates == {"known": "answered", "unknown": "escalated", "complaint": "escalated", "small": "ignored"}
    assert seen == {"known": "done", "unknown": "left", "complaint": "left"}


def test_what_it_likeliest_means_is_seen_to_where_nobody_knows_an_answer(room: VirtualRoom) -> None:
    """Whatever may ask what the host is gets the notice; what may report trouble is counted as a report."""

    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        await sleep(clock, 10)
        desk.comment("小鹿", "chatgpt with a wig, admit it", "identity")
        await sleep(clock, 15)
        desk.comment("小马", "it stopped moving again on my tablet", "trouble")

    room.run(60, act)
    assert [event["in_reply_to"] for event in room.said("answer")] == [["identity"]]
    assert (room.fate("identity"), room.fate("trouble")) == ("answered", "escalated")
    last = {event["comment"]: event["intent"] for event in room.of("verdict")}
    assert last == {"identity": "identity", "trouble": "trouble"}


def test_an_answer_to_what_perhaps_asks_that_the_guard_refuses_is_left_too(room: VirtualRoom) -> None:
    room.answerer = Scripted(["今天只要9块9。"])

    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        await sleep(clock, 10)
        desk.comment("小鹿", "袖长", "c1")

    room.run(40, act)
    assert room.said("answer") == []
    assert room.fate("c1") == "escalated"


def test_the_operator_answers_what_was_left_or_puts_it_aside_after_a_restart_too(room: VirtualRoom) -> None:
    async def ask(desk: RoomDesk, clock: VirtualClock) -> None:
        await sleep(clock, 5)
        for name, text in (("one", "袖长"), ("two", "袖口多宽"), ("three", "有线下店没")):
            desk.comment(name, text, name)
        await sleep(clock, 30)

    room.run(45, ask)
    assert [room.fate(name) for name in ("one", "two", "three")] == ["escalated", "refused", "refused"]

    async def settle(desk: RoomDesk, clock: VirtualClock) -> None:
        await desk.command(Command(command="answer", comment_id="one", text="这款没有袖子。"), "op")
        await desk.command(Command(command="dismiss", comment_id="two"), "op")
        with pytest.raises(CommandError):
            await desk.command(Command(command="dismiss", comment_id="two"), "op")
        await sleep(clock, 20)

    room.run(40, settle)
    assert [room.fate(name) for name in ("one", "two", "three")] == ["answered", "ignored", "refused"]


def test_viewers_who_hear_nothing_are_heard_by_the_operator(room: VirtualRoom) -> None:
    told: list[list[str]] = []
    counters: dict[str, float] = {}

    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        for name, text in (("一", "没声音"), ("二", "no sound"), ("一", "还是没声音啊"), ("三", "听不到")):
            desk.comment(name, text, f"{name}{text}")
            await sleep(clock, 5)
            told.append(desk.state()["degraded"])
        desk.comment("四", "卡了", "四")
        await sleep(clock, 5)
        counters.update(desk.state()["counters"])

    room.run(40, act)
    assert told == [[], [], [], ["3 viewers say that there is no sound"]]
    assert (counters["trouble_sound"], counters["trouble_stuck"], counters["trouble_picture"]) == (4, 1, 0)
    assert room.said("answer") == []
    assert room.fate("四") == "escalated"
    assert ["3 viewers say that there is no sound"] in [event["reasons"] for event in room.of("degraded")]
