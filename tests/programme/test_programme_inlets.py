"""Whatever was accepted gets a verdict, however full the way in is."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from virtual_room import VirtualRoom, make_room, sleep
from websockets.asyncio.client import connect

from host.chat.inlet import Inlet
from host.chat.websocket import WebSocketComments
from host.core.clock import MonotonicClock, VirtualClock
from host.core.comment import Comment
from host.programme.desk import RoomDesk

LIMIT = 500
"""Comments the room's own inlet holds."""


@pytest.fixture
def room(tmp_path: Path, speech_cache: Path) -> VirtualRoom:
    return make_room(tmp_path / "room", speech_cache)


def first_verdicts(room: VirtualRoom) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for event in room.of("verdict"):
        found.setdefault(event["comment"], event)
    return found


def test_a_comment_that_finds_the_inlet_full_is_dropped_and_says_so(room: VirtualRoom) -> None:
    ids: list[str] = []
    states: list[dict[str, Any]] = []

    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        ids.extend(desk.comment(f"观众{number}", f"问题{number}", f"c{number}") for number in range(LIMIT + 40))
        states.append(desk.state())
        await sleep(clock, 2)
        states.append(desk.state())

    room.run(5, act)
    verdicts = first_verdicts(room)
    assert verdicts.keys() == set(ids)
    late = [verdicts[comment] for comment in ids[LIMIT:]]
    assert {(verdict["fate"], verdict["why"]["code"]) for verdict in late} == {("dropped", "inlet_full")}
    assert all(
        verdict["why"]["code"] != "inlet_full" for comment, verdict in verdicts.items() if comment in ids[:LIMIT]
    )
    assert states[0]["counters"]["comments_dropped/page"] == 40
    assert (states[0]["gauges"]["comments_unread/page"], states[1]["gauges"]["comments_unread/page"]) == (LIMIT, 0)
    shown = {comment["id"]: comment["fate"] for comment in states[0]["comments"]}
    assert shown[ids[-1]] == "dropped"


def test_what_was_dropped_may_be_sent_again(room: VirtualRoom) -> None:
    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        for number in range(LIMIT):
            desk.comment(f"观众{number}", "。", f"c{number}")
        desk.comment("小鹿", "会漏水吗", "again")
        await sleep(clock, 20)
        desk.comment("小鹿", "会漏水吗", "again")

    room.run(45, act)
    fates = [event["fate"] for event in room.of("verdict") if event["comment"] == "again"]
    assert fates[0] == "dropped"
    assert fates[-1] == "answered"


async def test_a_bridge_is_told_at_once_and_the_room_keeps_a_record() -> None:
    clock = MonotonicClock()
    source = WebSocketComments("127.0.0.1", 0, "a-token-for-tests", Inlet(clock, limit=3, name="websocket"))
    turned_away: list[Comment] = []
    source.when_full(turned_away.append)
    reading = source.comments()
    first = asyncio.ensure_future(anext(reading))
    await source.listening.wait()
    uri = f"ws://127.0.0.1:{source.address[1]}"
    async with connect(uri, additional_headers={"Authorization": "Bearer a-token-for-tests"}) as bridge:
        answers = []
        for number in range(8):
            await bridge.send(json.dumps({"user": "a", "text": f"{number}", "id": f"b{number}"}))
            answers.append(json.loads(await bridge.recv()))
    await first
    busy = [answer["comment_id"] for answer in answers if "error" in answer]
    assert busy == [comment.id for comment in turned_away] == ["b4", "b5", "b6", "b7"]
    assert (source.status().dropped, source.status().unread) == (4, 3)
    await reading.aclose()  # type: ignore[attr-defined]
