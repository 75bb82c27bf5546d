"""The second lock in a room: a model's draft and an operator's line are put to it, scripts and assembled ones not."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from virtual_room import VirtualRoom, make_room, sleep

from host.core.clock import VirtualClock
from host.core.control import Command, CommandError
from host.core.ports import Draft, JudgeError, Judgement, Question
from host.core.product import Fact
from host.core.reason import Reason, reason_of
from host.mind.judges.lock import SecondLock
from host.programme.desk import RoomDesk


class Judge:
    """Forbids what holds a word, and may be down."""

    name, deadline = "scripted", 2.0

    def __init__(self, forbidden: str = "轻便", down: bool = False) -> None:
        self.forbidden, self.down, self.asked = forbidden, down, list[tuple[str, tuple[str, ...]]]()

    async def verdict(self, facts: Sequence[Fact], sentence: str, deadline: float) -> Judgement:
        self.asked.append((sentence, tuple(dict.fromkeys(fact.product for fact in facts))))
        if self.down:
            raise JudgeError(Reason("endpoint_unreachable"))
        return Judgement(self.forbidden not in sentence, (), "not in the facts")

    async def close(self) -> None: ...


class Model:
    """Answers with the sentences it is given, and asked again with none."""

    name = "model"

    def __init__(self, *drafts: str, free: bool = True) -> None:
        self.drafts, self.free = drafts, free

    async def answer(self, question: Question) -> AsyncIterator[Draft]:
        for text in () if question.held else self.drafts:
            yield Draft(text, free=self.free, final=text == self.drafts[-1])

    async def close(self) -> None: ...


def room_of(tmp_path: Path, cache: Path, judge: Judge, model: Any, monkeypatch: pytest.MonkeyPatch) -> VirtualRoom:
    monkeypatch.setattr("host.programme.parts.open_lock", lambda _, context: SecondLock(judge, context.clock))
    room = make_room(tmp_path / "room", cache)
    room.answerer = model
    return room


async def ask(desk: RoomDesk, clock: VirtualClock) -> None:
    await sleep(clock, 3)
    desk.comment("小鹿", "这个杯子重吗", "c1")
    await sleep(clock, 25)


def said(room: VirtualRoom, kind: str = "answer") -> list[str]:
    return [event["text"] for event in room.said(kind)]


def test_what_it_forbids_of_a_draft_is_not_said_and_a_safe_reply_is(
    tmp_path: Path, speech_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge = Judge("慢慢")
    room = room_of(tmp_path, speech_cache, judge, Model("它有220克。", "慢慢看。", "放心用。"), monkeypatch)
    room.run(40, ask)
    assert said(room)[0] == "它有220克。"
    assert not {"慢慢看。", "放心用。"} & {*said(room)}
    assert len(said(room)) == 2, "a safe reply takes its place"
    assert [sentence for sentence, _ in judge.asked] == ["它有220克。", "慢慢看。"]
    assert judge.asked[0][1] == ("cup",)
    (refusal,) = room.of("refusal")
    assert refusal["code"] == "judge"
    assert refusal["in_reply_to"] == ["c1"]
    assert refusal["why"]["details"]["what"]["code"] == "judge_forbids"
    assert room.fate("c1") == "refused"


def test_one_that_is_down_lets_no_draft_through_and_makes_the_room_degraded(
    tmp_path: Path, speech_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge = Judge(down=True)
    room = room_of(tmp_path, speech_cache, judge, Model("它有220克。"), monkeypatch)
    room.run(40, ask)
    assert "它有220克。" not in said(room)
    assert len(said(room)) == 1
    assert any(why["code"] == "judge_down" for event in room.of("degraded") for why in event["why"])
    assert room.said("script"), "scripts go on"


def test_what_is_assembled_and_what_is_written_beforehand_is_not_put_to_it(
    tmp_path: Path, speech_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge = Judge(down=True)
    room = room_of(tmp_path, speech_cache, judge, Model("它有220克。", free=False), monkeypatch)
    room.run(40, ask)
    assert said(room) == ["它有220克。"]
    assert room.said("script")
    assert judge.asked == []


def test_what_the_guard_refuses_is_not_put_to_it(
    tmp_path: Path, speech_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge = Judge()
    room = room_of(tmp_path, speech_cache, judge, Model("它有990克。"), monkeypatch)
    room.run(40, ask)
    assert judge.asked == []
    assert "它有990克。" not in said(room)


def test_an_operators_line_is_put_to_it_told_at_once_and_may_be_allowed(
    tmp_path: Path, speech_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge, told = Judge(), []
    room = room_of(tmp_path, speech_cache, judge, Model("好。"), monkeypatch)

    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        await sleep(clock, 3)
        await desk.command(Command(command="say", text="这款保温杯欢迎来看。"), "console")
        try:
            await desk.command(Command(command="say", text="这款保温杯很轻便。"), "console")
        except CommandError as error:
            told.append(reason_of(error))
        (held,) = desk.state()["held"]
        assert held["allowable"]
        await desk.command(Command(command="allow", wording=held["wording"]), "console")
        await desk.command(Command(command="say", text="这款保温杯很轻便。"), "console")

    room.run(30, act)
    assert told[0].code == "guard_refuses"
    assert said(room, "operator") == ["这款保温杯欢迎来看。", "这款保温杯很轻便。"]
    assert len(judge.asked) == 2


def test_a_room_without_a_key_for_its_judge_goes_on_air_and_says_so(
    tmp_path: Path, speech_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    room = make_room(tmp_path / "room", speech_cache)
    file = room.folder / "room.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "judge: {openai: {model: m}}\n", encoding="utf-8")
    room.run(10)
    assert room.said("script")
    assert any(why["code"] == "judge_down" for event in room.of("degraded") for why in event["why"])


def test_where_the_policy_says_so_nobody_overrules_the_judge(
    tmp_path: Path, speech_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge, told = Judge(), []
    room = room_of(tmp_path, speech_cache, judge, Model("好。"), monkeypatch)
    file = room.folder / "room.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "policy: [strict.yaml]\n", encoding="utf-8")
    strict = "categories:\n  second-lock: {allowable: no}\n"
    (room.folder / "strict.yaml").write_text(strict, encoding="utf-8")

    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        await sleep(clock, 3)
        with pytest.raises(CommandError):
            await desk.command(Command(command="say", text="这款保温杯很轻便。"), "console")
        (held,) = desk.state()["held"]
        try:
            await desk.command(Command(command="allow", wording=held["wording"]), "console")
        except CommandError as error:
            told.append(reason_of(error).code)

    room.run(20, act)
    assert told == ["not_allowable"]
    assert not said(room, "operator")
