"""An answer that was wrong is set right by the operator: marked, guarded, once at a time, on record."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from virtual_room import CUP, LAMP, ROOM, WALL, VirtualRoom, make_room, sleep

from host.core.clock import VirtualClock
from host.core.comment import Intent
from host.core.control import Command, CommandError
from host.core.reason import data
from host.programme.corrections import correction, marks
from host.programme.desk import RoomDesk
from host.programme.recall import Recall, recall

ENGLISH = ("---\nid: mug\nname: Travel Mug\nlink: 1\nprice: $24\nlang: en\nfacts:\n  weight: 220 g\n---\n\n"
           "## One\n\nHello and have a seat.\n\nLook at this mug.\n")  # fmt: skip


@pytest.fixture(params=["zh", "en"])
def room(request: pytest.FixtureRequest, tmp_path: Path, speech_cache: Path) -> VirtualRoom:
    scripts = (CUP, LAMP) if request.param == "zh" else (ENGLISH,)
    return make_room(tmp_path / "room", speech_cache, scripts, ROOM.replace("lang: zh", f"lang: {request.param}"))


def lang_of(room: VirtualRoom) -> str:
    return "en" if "lang: en" in (room.folder / "room.yaml").read_text() else "zh"


ASKED = {"zh": "多少钱", "en": "how much is it"}
RIGHT = {"zh": "这款现在79元。", "en": "It is $24."}
WRONG = {"zh": "这款现在99元。", "en": "It is $99."}


async def answered(desk: RoomDesk, clock: VirtualClock, room: VirtualRoom, comment: str = "c1") -> None:
    await sleep(clock, 5)
    desk.comment("小鹿", ASKED[lang_of(room)], comment)
    await settled(clock, room, comment)


async def settled(clock: VirtualClock, room: VirtualRoom, comment: str, times: int = 1) -> None:
    while len([event for event in verdicts(room, comment) if event["fate"] == "answered"]) < times:
        await sleep(clock, 0.2)


def verdicts(room: VirtualRoom, comment: str) -> list[dict[str, Any]]:
    return [event for event in room.of("verdict") if event["comment"] == comment]


def codes(room: VirtualRoom, comment: str = "c1") -> list[str]:
    return [event["why"]["code"] for event in verdicts(room, comment)]


async def correct(desk: RoomDesk, text: str, comment: str = "c1") -> str:
    """Correct an answer; the code of the refusal, or nothing."""
    try:
        await desk.command(Command(command="correct", comment_id=comment, text=text), "op")
    except CommandError as error:
        why = data(error.args[0])
        return why["code"] if why else "?"
    return ""


def entry(desk: RoomDesk, comment: str = "c1") -> dict[str, Any]:
    return next(each for each in desk.state()["comments"] if each["id"] == comment)


def test_it_is_said_marked_and_is_the_last_of_the_comments_history(room: VirtualRoom) -> None:
    lang = lang_of(room)
    seen: list[dict[str, Any]] = []

    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        await answered(desk, clock, room)
        seen.append(entry(desk))
        assert await correct(desk, RIGHT[lang]) == ""
        seen.append(entry(desk))
        assert await correct(desk, RIGHT[lang]) == "still_being_answered", "not twice at once"
        await settled(clock, room, "c1", 2)
        seen.append(entry(desk))
        assert await correct(desk, RIGHT[lang]) == "", "but again"

    room.run(60, act)
    said = [event for event in room.said("answer") if event["in_reply_to"] == ["c1"]]
    assert said[-2]["text"].endswith(RIGHT[lang])
    assert marks(lang)[0] in said[-2]["text"].lower() or "correct" in said[-2]["text"]
    assert codes(room)[-3:] == ["answered", "corrected", "corrected"]
    before, during, after = seen
    assert (before["correcting"], during["correcting"], after["correcting"]) == (False, True, False)
    assert (during["fate"], after["fate"]) == ("answered", "answered")
    assert after["answer"].startswith(before["answer"])
    assert after["answer"].endswith(RIGHT[lang])
    assert [event["command"] for event in room.of("operator")] == ["correct", "correct"]
    assert after["intent"] == before["intent"]


def test_it_is_held_against_the_facts_like_every_line_of_the_operators(room: VirtualRoom) -> None:
    lang = lang_of(room)
    refused: list[str] = []

    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        await answered(desk, clock, room)
        refused.append(await correct(desk, WRONG[lang]))
        refused.append(await correct(desk, "   "))

    room.run(30, act)
    assert refused == ["guard_refuses", "nothing_to_say"]
    assert codes(room)[-1] == "answered"


def test_only_what_was_answered_can_be_corrected(room: VirtualRoom) -> None:
    lang = lang_of(room)
    refused: list[str] = []

    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        refused.append(await correct(desk, RIGHT[lang], "c9"))
        await desk.command(Command(command="pause"), "op")
        desk.comment("小鹿", ASKED[lang], "c1")
        desk.comment("小马", "哈哈哈", "c2")
        await sleep(clock, 0.5)
        refused.append(await correct(desk, RIGHT[lang], "c1"))
        refused.append(await correct(desk, RIGHT[lang], "c2"))

    room.run(30, act)
    assert refused[0] == "comment_unknown"
    assert refused[1] in ("still_being_answered", "comment_not_answered")
    assert refused[2] == "comment_not_answered"


def test_one_that_is_not_heard_is_told_of_and_can_be_made_again(room: VirtualRoom) -> None:
    lang = lang_of(room)

    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        await answered(desk, clock, room)
        await desk.command(Command(command="pause"), "op")
        assert await correct(desk, RIGHT[lang]) == ""
        await sleep(clock, 100)
        assert codes(room)[-1] == "correction_unheard"
        assert not entry(desk)["correcting"]
        await desk.command(Command(command="resume"), "op")
        assert await correct(desk, RIGHT[lang]) == ""

    room.run(160, act)
    assert [event["fate"] for event in verdicts(room, "c1")][-3:] == ["answered"] * 3
    assert codes(room)[-2:] == ["correction_unheard", "corrected"]


def test_one_that_waits_when_the_room_is_killed_is_said_after_it(room: VirtualRoom) -> None:
    lang = lang_of(room)

    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        await answered(desk, clock, room)
        await desk.command(Command(command="pause"), "op")
        assert await correct(desk, RIGHT[lang]) == ""

    room.run(30, act)
    assert codes(room)[-1] == "answered"
    began = len(room.events)
    room.run(20)
    said = [event for event in room.events[began:] if event["kind"] == "speaking" and event["in_reply_to"] == ["c1"]]
    assert [event["text"].endswith(RIGHT[lang]) for event in said] == [True]
    assert codes(room)[-1] == "corrected"
    began = len(room.events)
    room.run(20)
    assert not [event for event in room.events[began:] if event["kind"] == "speaking" and event["in_reply_to"]]


def test_what_was_answered_before_a_restart_can_be_corrected_after_it(room: VirtualRoom) -> None:
    lang = lang_of(room)

    async def first(desk: RoomDesk, clock: VirtualClock) -> None:
        await answered(desk, clock, room)

    async def second(desk: RoomDesk, clock: VirtualClock) -> None:
        await sleep(clock, 2)
        assert await correct(desk, RIGHT[lang]) == ""
        await settled(clock, room, "c1", 2)
        assert entry(desk)["answer"].endswith(RIGHT[lang])

    room.run(30, first)
    room.run(30, second)
    assert codes(room)[-2:] == ["answered", "corrected"]


def past(*steps: str, later: float = 0.0) -> Recall:
    """What is remembered of an answered comment after the steps behind its correction."""
    base = {"at": 0.0, "wall": WALL.isoformat(), "comment": "c1", "comment_id": "c1", "in_reply_to": ["c1"]}
    spoken = {"kind": "speaking", "text": "99元。", "reply": "r1"}
    verdict = {"kind": "verdict", "intent": "spam", "product": "cup"}
    events: list[dict[str, Any]] = [
        {"kind": "comment", "user": "u", "text": "t"}, {**verdict, "fate": "queued"}, spoken, {"kind": "given"},
        {**verdict, "fate": "answered", "why": {"code": "answered", "details": {}}},
        {"kind": "operator", "command": "correct", "text": "79元。"},
    ]  # fmt: skip
    events += [{**spoken, "reply": "r2"} if step == "speaking" else {"kind": step} for step in steps]
    return recall((base | event for event in events), WALL + timedelta(seconds=later), 0.0, timedelta(minutes=2))


def test_one_that_had_not_begun_at_a_kill_or_not_enough_is_still_to_be_said() -> None:
    for steps, cut_off in (((), False), (("speaking",), True)):
        memory = past(*steps)
        (waiting,) = memory.waiting
        assert (waiting.words, waiting.corrects, waiting.cut_off) == ("79元。", True, cut_off)
        assert (waiting.intent, waiting.product) == (Intent.SPAM, "cup")
        assert not memory.begun


def test_one_of_which_enough_was_heard_is_not_said_again() -> None:
    memory = past("speaking", "given")
    assert not memory.waiting
    assert memory.begun == ("c1",)
    assert [(each.comment.id, each.intent) for each in memory.answered] == [("c1", Intent.SPAM)]


def test_one_that_is_too_old_is_told_of() -> None:
    memory = past(later=300.0)
    assert not memory.waiting
    assert not memory.stale
    assert [each.comment.id for each in memory.uncorrected] == ["c1"]


def test_a_correction_is_no_second_comment_answered(room: VirtualRoom) -> None:
    counted: list[int] = []

    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        await answered(desk, clock, room)
        await correct(desk, RIGHT[lang_of(room)])
        await settled(clock, room, "c1", 2)
        counted.append(desk.state()["counters"]["answered"])

    room.run(40, act)
    assert counted == [1]


@pytest.mark.parametrize(
    ("text", "lang"),
    [("更正一下，是79元。", "zh"), ("更正：79元。", "zh"), ("纠正一下，79元。", "zh"),
     ("Correction: it is $24.", "en"), ("A correction: $24.", "en"), ("Let me correct that: $24.", "en")],
)  # fmt: skip
def test_one_that_says_what_it_is_gets_no_second_mark(text: str, lang: Any) -> None:
    assert correction(text, lang, "seed") == text


@pytest.mark.parametrize(("text", "lang"), [("是79元。", "zh"), ("It is $24.", "en")])
def test_it_is_marked_in_more_ways_than_one(text: str, lang: Any) -> None:
    said = {correction(text, lang, str(seed)) for seed in range(40)}
    assert len(said) >= 3
    assert all(each.endswith(text) and len(each) > len(text) for each in said)
