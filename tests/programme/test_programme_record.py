"""What is put on record for those who read of it afterwards: refused commands, signs of life, every kind of end."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from virtual_room import CUP, VirtualRoom, make_room, sleep

from host.core import journal_events as kinds
from host.core.clock import VirtualClock
from host.core.control import Command, CommandError
from host.core.media import Speech
from host.core.ports import Context
from host.core.product import Lang
from host.programme.desk import RoomDesk
from host.programme.programme import ALIVE_EVERY
from host.voice.chain import VoiceChain
from host.voice.opening import open_voices


@pytest.fixture
def room(tmp_path: Path, speech_cache: Path) -> VirtualRoom:
    return make_room(tmp_path / "room", speech_cache)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"command": "say", "text": "今天只要9块9。"}, "guard_refuses"),
        ({"command": "say", "text": " "}, "nothing_to_say"),
        ({"command": "goto", "link": 9}, "no_such_product"),
        ({"command": "answer", "comment_id": "c9", "text": "你好。"}, "comment_unknown"),
        ({"command": "dismiss", "comment_id": "c9"}, "comment_not_waiting"),
    ],
)
def test_a_command_that_is_not_carried_out_is_on_record_with_the_reason(
    room: VirtualRoom, arguments: dict[str, Any], code: str
) -> None:
    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        await sleep(clock, 2)
        with pytest.raises(CommandError):
            await desk.command(Command(**arguments), "anna")

    room.run(5, act)
    (event,) = room.of(kinds.NOT_DONE)
    assert event["why"]["code"] == code
    assert event["operator"] == "anna"
    assert {key: event[key] for key in arguments} == arguments
    assert room.of(kinds.OPERATOR) == []


def test_a_room_that_is_leaving_records_that_it_obeys_no_more(room: VirtualRoom) -> None:
    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        await sleep(clock, 3)
        room.stop()
        with pytest.raises(CommandError):
            await desk.command(Command(command="skip"), "op")

    room.run(60, act)
    assert [event["why"]["code"] for event in room.of(kinds.NOT_DONE)] == ["leaving"]
    assert [event["reason"] for event in room.of(kinds.ROOM_STOPPED)] == ["stopped"]


def test_a_silent_room_gives_signs_of_life_and_a_talking_one_does_not(room: VirtualRoom) -> None:
    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        await clock.sleep_until(100)
        await desk.command(Command(command="pause"), "op")
        await clock.sleep_until(400)
        await desk.command(Command(command="resume"), "op")

    room.run(500, act)
    signs = [event["at"] for event in room.of(kinds.ALIVE)]
    assert all(100 < at < 400 for at in signs)
    everything = [event["at"] for event in room.events]
    assert max(after - before for before, after in pairwise(everything)) < ALIVE_EVERY + 5


def test_a_room_that_is_cancelled_ends_on_record_too(room: VirtualRoom) -> None:
    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        await sleep(clock, 3)
        running = [task for task in asyncio.all_tasks() if task.get_coro().__qualname__ == "VirtualRoom._run"]  # type: ignore[union-attr]
        running[0].cancel()

    with pytest.raises((asyncio.CancelledError, KeyboardInterrupt)):
        room.run(20, act)
    assert [event["reason"] for event in room.of(kinds.ROOM_STOPPED)] == ["cancelled"]


def test_what_is_wrong_in_an_edited_script_is_on_record_as_data(room: VirtualRoom) -> None:
    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        await sleep(clock, 2)
        (room.folder / "scripts" / "0.md").write_text(CUP.replace("price: 79元", "price: 很便宜"), encoding="utf-8")
        room.reload()

    room.run(5, act)
    (event,) = room.of(kinds.RELOADED)
    assert [(found["line"], found["why"]["code"]) for found in event["found"]] == [(5, "at_key")]
    assert len(event["findings"]) == 1


@pytest.mark.parametrize("cloned", [True, False])
def test_whose_voice_it_is_stands_on_record_where_it_is_somebodys(room: VirtualRoom, cloned: bool) -> None:
    consent = {"who": "李雷", "when": "2026-11-22T20:00:00+08:00", "sentence": "我同意。", "audio_sha256": "0" * 64}

    def opened(context: Context) -> VoiceChain:
        chain = open_voices({}, context)
        if cloned:
            chain._engines["zh"][0].voice = Lent(chain._engines["zh"][0].voice, (consent,))
        return chain

    room.voice = opened
    room.run(1)
    (started,) = [event for event in room.events if event["kind"] == kinds.ROOM_STARTED]
    assert started.get("consents") == ([consent] if cloned else None)


@dataclass
class Lent:
    """The embedded voice, said to be somebody's."""

    voice: Any
    consents: tuple[dict[str, str], ...]
    name: str = "espeak"

    async def speak(self, spoken: str, lang: Lang) -> Speech:
        speech: Speech = await self.voice.speak(spoken, lang)
        return speech

    async def close(self) -> None:
        await self.voice.close()
