"""One touch on the console: what is held back is allowed, on record, in force at once, after a restart, and until it
is taken back."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from virtual_room import CUP, ROOM, WALL, VirtualRoom, make_room, sleep

from host.config import load_room
from host.core.clock import VirtualClock
from host.core.control import Command, CommandError
from host.core.reason import reason_of
from host.journal import read
from host.programme.desk import RoomDesk
from host.rehearsal import Rehearsal, rehearse
from host.review.happenings import Topic
from host.review.report import review

CROWD = "这款杯子卖爆了。"
SCRIPT = CUP.replace("大家好，今天讲一款保温杯。", f"大家好，今天讲一款保温杯。{CROWD}")
HELD = SCRIPT.replace(CROWD, "这款杯子卖爆了，加我微信abc123。")

Act = Callable[[RoomDesk, VirtualClock], Awaitable[None]]


def room_of(tmp_path: Path, cache: Path, script: str = SCRIPT, more: str = "") -> VirtualRoom:
    return make_room(tmp_path / "room", cache, scripts=[script], room=ROOM + "jurisdictions: [cn]\n" + more)


def said(room: VirtualRoom) -> list[str]:
    return [event["text"] for event in room.said("script")]


async def command(desk: RoomDesk, **fields: Any) -> dict[str, Any]:
    return await desk.command(Command(**fields), "console")


def allowing(seen: dict[str, Any]) -> Act:
    """Allow what is held back first."""

    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        await sleep(clock, 1)
        seen["before"] = desk.state()
        held = [each for each in desk.state()["held"] if each["allowable"]]
        seen["after"] = await command(desk, command="allow", wording=held[0]["wording"])

    return act


def test_what_is_held_is_told_before_its_turn_with_category_law_and_words(tmp_path: Path, speech_cache: Path) -> None:
    room, seen = room_of(tmp_path, speech_cache), {}
    room.run(5, allowing(seen))
    held = {each["text"]: each for each in seen["before"]["held"]}[CROWD]
    assert held["path"].endswith("0.md")
    assert held["line"] == 19
    assert held["products"] == ["cup"]
    (objected,) = held["objections"]
    assert objected["category"]["names"] == {"zh": "热度", "en": "urgency and popularity"}
    assert any("反不正当竞争法" in source for source in objected["category"]["sources"])
    assert objected["why"]["code"] == "guard_facts"
    assert json.dumps(seen["before"]["held"])


def test_one_touch_is_in_force_at_once_and_after_a_restart_until_it_is_revoked(
    tmp_path: Path, speech_cache: Path
) -> None:
    room, seen = room_of(tmp_path, speech_cache), {}
    room.run(40, allowing(seen))
    (allowed,) = seen["after"]["allowed"]
    assert allowed["text"] == CROWD
    assert allowed["by"] == "console"
    assert allowed["when"].startswith("2026-11-22T20:00")
    assert [each["id"] for each in allowed["categories"]] == ["popularity"]
    assert not [each for each in seen["after"]["held"] if each["text"] == CROWD]
    assert CROWD in said(room)
    assert not [each for each in room.of("refusal") if each["text"] == CROWD]
    acts = [each for each in room.of("operator") if each["command"] == "allow"]
    assert [(each["operator"], each["wording"], each["text"]) for each in acts] == [
        ("console", allowed["wording"], CROWD)
    ]

    room.events.clear()
    after: dict[str, Any] = {}

    async def revoke(desk: RoomDesk, clock: VirtualClock) -> None:
        after["kept"] = desk.state()["allowed"]
        await sleep(clock, 30)
        after["said"] = said(room)
        await command(desk, command="revoke", wording=allowed["wording"])
        room.events.clear()
        await sleep(clock, 60)
        after["state"] = desk.state()

    room.run(100, revoke)
    assert after["kept"] == [allowed]
    assert CROWD in after["said"]
    assert CROWD not in said(room)
    assert after["state"]["allowed"] == []
    assert CROWD in [each["text"] for each in after["state"]["held"]]

    async def look(desk: RoomDesk, clock: VirtualClock) -> None:
        after["third"] = desk.state()["allowed"]

    room.run(2, look)
    assert after["third"] == []


def test_the_warning_of_a_line_that_is_allowed_goes_away(tmp_path: Path, speech_cache: Path) -> None:
    room, seen = room_of(tmp_path, speech_cache), {}

    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        await allowing(seen)(desk, clock)
        await sleep(clock, 2)
        seen["later"] = desk.state()

    room.run(10, act)
    assert any(CROWD in each["hint"] for each in seen["before"]["findings"])
    assert not any(CROWD in each["hint"] for each in seen["later"]["findings"])


def test_what_nobody_may_allow_is_refused_with_its_law_and_stays_held(tmp_path: Path, speech_cache: Path) -> None:
    room = room_of(tmp_path, speech_cache, HELD)
    caught: list[CommandError] = []

    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        await sleep(clock, 1)
        (held,) = desk.state()["held"]
        assert not held["allowable"]
        for wording in (held["wording"], "0" * 32):
            try:
                await command(desk, command="allow", wording=wording)
            except CommandError as error:
                caught.append(error)

    room.run(30, act)
    first, second = map(reason_of, (error for error in caught))
    assert first.code == "not_allowable"
    assert any("网络直播营销管理办法" in source for source in first.details["sources"])
    assert second.code == "wording_unknown"
    assert [event["why"]["code"] for event in room.of("not_done")] == ["not_allowable", "wording_unknown"]
    assert room.of("refusal")
    assert not any("微信" in text for text in said(room))


def test_a_line_of_the_operators_that_is_held_can_be_allowed_and_said(tmp_path: Path, speech_cache: Path) -> None:
    room = room_of(tmp_path, speech_cache, CUP)

    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        await sleep(clock, 3)
        with pytest.raises(CommandError):
            await command(desk, command="say", text="保温杯卖爆了。")
        (held,) = desk.state()["held"]
        await command(desk, command="allow", wording=held["wording"])
        await command(desk, command="say", text="保温杯卖爆了。")

    room.run(20, act)
    assert [event["text"] for event in room.said("operator")] == ["保温杯卖爆了。"]


def test_a_touch_that_cannot_be_kept_is_not_in_force(tmp_path: Path, speech_cache: Path) -> None:
    room, caught = room_of(tmp_path, speech_cache), []

    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        await sleep(clock, 1)
        (room.folder / "data" / "test.vetted.jsonl").mkdir()
        try:
            await command(desk, command="allow", wording=desk.state()["held"][0]["wording"])
        except CommandError as error:
            caught.append(reason_of(error).code)

    room.run(30, act)
    assert caught == ["vetted_unwritable"]
    assert CROWD not in said(room)


def test_lines_that_cannot_be_read_vet_nothing_are_told_and_hide_no_others(tmp_path: Path, speech_cache: Path) -> None:
    room, seen = room_of(tmp_path, speech_cache), {}
    room.run(5, allowing(seen))
    file = room.folder / "data" / "test.vetted.jsonl"
    kept = file.read_text(encoding="utf-8")
    forged = json.dumps({**json.loads(kept), "text": "加我微信abc123。"}, ensure_ascii=False)
    file.write_text(f"{{broken\n{forged}\n\n{kept}{kept[:40]}", encoding="utf-8")

    async def look(desk: RoomDesk, clock: VirtualClock) -> None:
        seen["state"] = desk.state()
        await command(desk, command="revoke", wording=seen["after"]["allowed"][0]["wording"])

    room.run(5, look)
    assert [each["text"] for each in seen["state"]["allowed"]] == [CROWD]
    unread = [each for each in seen["state"]["findings"] if each["why"]["code"] == "vetted_unreadable"]
    assert [each["line"] for each in unread] == [1, 2, 5]
    assert all(each["severity"] == "warning" for each in unread)
    assert json.loads(file.read_text(encoding="utf-8").splitlines()[-1])["how"] == "revoked"


def test_a_wrong_policy_is_told_and_the_room_is_on_air(tmp_path: Path, speech_cache: Path) -> None:
    room, seen = room_of(tmp_path, speech_cache, more="policy: [lawyers.yaml, gone.yaml]\n"), {}
    text = "categories:\n  gifts: {severity: sometimes}\n  popularity: {severity: warn}\n"
    (room.folder / "lawyers.yaml").write_text(text, encoding="utf-8")

    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        await sleep(clock, 1)
        seen["state"] = desk.state()

    room.run(40, act)
    places = [(Path(each["path"]).name, each["line"]) for each in seen["state"]["findings"]]
    assert ("lawyers.yaml", 2) in places
    assert ("gone.yaml", 0) in places
    assert CROWD in said(room), "what is right in the file holds"
    assert any(each["why"]["code"] == "guard_warns" for each in seen["state"]["findings"])


def test_a_rehearsal_and_a_review_know_what_is_allowed(tmp_path: Path, speech_cache: Path) -> None:
    room, seen = room_of(tmp_path, speech_cache), {}
    room.run(5, allowing(seen))
    data = room.folder / "data"
    report = review(read(data / "test.journal.db"), "test")
    (act,) = [each for each in report.groups(Topic.ACT) if each.latest.kind == "allow"]
    assert CROWD in str(act.latest.what)
    outcomes = {}
    for name, allowed in (("without", None), ("with", data / "test.vetted.jsonl")):
        plan = Rehearsal(tmp_path / name, speech_cache, 30, None, False, WALL, allowed)
        rehearse(load_room(room.folder / "room.yaml"), plan)
        outcomes[name] = CROWD in (tmp_path / name / "timeline.json").read_text(encoding="utf-8")
    assert outcomes == {"without": False, "with": True}
