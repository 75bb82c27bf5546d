"""What becomes of an answer: said whole, refused half-way, cut off, dismissed, or taken over by the operator."""

from __future__ import annotations

import contextlib
import random
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from virtual_room import VirtualRoom, make_room, sleep

from host.core.clock import VirtualClock
from host.core.control import Command, CommandError
from host.core.ports import AnswerError, Draft, Question
from host.programme.desk import RoomDesk


class Scripted:
    """An answerer that says given sentences, with a pause before each; None stands for a failure."""

    name = "scripted"

    def __init__(self, sentences: list[str | None], pause: float = 0.0) -> None:
        self.sentences = sentences
        self.pause = pause
        self.clock: VirtualClock | None = None
        self.questions: list[Question] = []

    async def answer(self, question: Question) -> AsyncIterator[Draft]:
        self.questions.append(question)
        for number, text in enumerate(self.sentences, 1):
            if self.clock and self.pause:
                await sleep(self.clock, self.pause)
            if text is None:
                raise AnswerError("cut")
            yield Draft(text, final=number == len(self.sentences))

    async def close(self) -> None: ...


@pytest.fixture
def room(tmp_path: Path, speech_cache: Path) -> VirtualRoom:
    return make_room(tmp_path / "room", speech_cache)


def ask(room: VirtualRoom, answerer: Scripted, seconds: float = 60.0) -> list[str]:
    """Ask one thing after ten seconds; what the host said in reply."""
    room.answerer = answerer

    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        answerer.clock = clock
        await sleep(clock, 10)
        desk.comment("小鹿", "这个杯子怎么样？", "c1")

    room.run(seconds, act)
    return [event["text"] for event in room.said("answer")]


def test_sentences_are_said_in_order_as_they_come(room: VirtualRoom) -> None:
    said = ask(room, Scripted(["这款杯子只有220克。", "材质是316不锈钢。", "喜欢可以看看。"], pause=0.4))
    assert said == ["这款杯子只有220克。", "材质是316不锈钢。", "喜欢可以看看。"]
    assert room.fate("c1") == "answered"


def test_a_sentence_beyond_the_facts_ends_the_answer_with_a_safe_reply(room: VirtualRoom) -> None:
    said = ask(room, Scripted(["这款杯子只有220克。", "今天只要9块9。", "快来抢购吧。"]))
    assert said[0] == "这款杯子只有220克。"
    assert len(said) == 2
    assert "9" not in said[1]
    assert "快来抢购吧。" not in said
    assert room.fate("c1") == "refused"
    assert [event["offending"] for event in room.of("refusal")]


def test_a_refusal_while_the_model_still_writes_stops_it(room: VirtualRoom) -> None:
    said = ask(room, Scripted(["今天只要9块9。", *["还有更多优惠。"] * 5], pause=1.0))
    assert len(said) == 1
    assert room.fate("c1") == "refused"
    assert not room.of("fault")


def test_a_model_that_dies_half_way_leaves_what_it_said(room: VirtualRoom) -> None:
    said = ask(room, Scripted(["这款杯子只有220克。", None]))
    assert said == ["这款杯子只有220克。"]
    assert room.fate("c1") == "answered"


def test_a_model_that_knows_nothing_gets_a_safe_reply(room: VirtualRoom) -> None:
    said = ask(room, Scripted([]))
    assert len(said) == 1
    assert room.fate("c1") == "refused"


def test_a_model_that_is_slow_is_given_up_and_the_show_goes_on(room: VirtualRoom) -> None:
    said = ask(room, Scripted(["这款杯子只有220克。"], pause=30.0))
    assert len(said) == 1
    assert said != ["这款杯子只有220克。"]
    assert room.of("fault")
    assert len(room.said("script")) > 5


def test_what_was_heard_is_remembered_for_the_next_question(room: VirtualRoom) -> None:
    answerer = Scripted(["这款杯子只有220克。"])
    room.answerer = answerer

    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        await sleep(clock, 10)
        desk.comment("小鹿", "这个杯子怎么样？", "c1")
        await sleep(clock, 15)
        desk.comment("小鹿", "那台灯呢？", "c2")

    room.run(50, act)
    assert answerer.questions[1].history == (("这个杯子怎么样？", "这款杯子只有220克。"),)


def test_an_answer_cut_by_the_operator_is_taken_up_and_settled_once(room: VirtualRoom) -> None:
    room.answerer = Scripted(["这款杯子只有220克，带着不累。"])

    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        await sleep(clock, 10)
        desk.comment("小鹿", "这个杯子怎么样？", "c1")
        while not room.said("answer"):
            await sleep(clock, 0.1)
        await sleep(clock, 0.5)
        await desk.command(Command(command="say", text="大家稍等。"), "op")

    room.run(60, act)
    assert [event["fate"] for event in room.of("verdict") if event["comment"] == "c1"] == ["queued", "answered"]
    assert len(room.said("answer")) == 2


def test_the_operator_dismisses_and_answers(room: VirtualRoom) -> None:
    room.answerer = Scripted(["这款杯子只有220克。"])

    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        await sleep(clock, 8)
        await desk.command(Command(command="pause"), "op")
        desk.comment("小鹿", "这个杯子怎么样？", "c1")
        desk.comment("阿杰", "台灯呢，亮不亮？", "c2")
        await sleep(clock, 5)
        await desk.command(Command(command="dismiss", comment_id="c1"), "op")
        await desk.command(Command(command="answer", comment_id="c2", text="台灯的光很柔和。"), "op")
        with pytest.raises(CommandError):
            await desk.command(Command(command="dismiss", comment_id="gone"), "op")
        await desk.command(Command(command="resume"), "op")

    room.run(50, act)
    assert [(event["in_reply_to"], event["text"]) for event in room.said("answer")] == [(["c2"], "台灯的光很柔和。")]
    assert room.fate("c1") == "ignored"
    assert room.fate("c2") == "answered"
    assert not room.of("fault")


def test_questions_alike_get_one_answer(room: VirtualRoom) -> None:
    answerer = Scripted(["这款杯子只有220克。"])
    room.answerer = answerer

    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        await sleep(clock, 8)
        for number in range(6):
            desk.comment(f"观众{number}", "多少钱？", f"c{number}")

    room.run(80, act)
    assert len(answerer.questions) <= 2
    assert {room.fate(f"c{number}") for number in range(6)} == {"answered"}


def test_buyers_cannot_keep_questions_from_their_turn(room: VirtualRoom) -> None:
    answerer = Scripted(["这款杯子只有220克。"])
    room.answerer = answerer

    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        await sleep(clock, 8)
        for number in range(30):
            desk.comment(f"买家{number}", "我下单了", f"o{number}")
            if number == 3:
                desk.comment("小鹿", "这个杯子怎么样？", "c1")
            await sleep(clock, 2)

    room.run(90, act)
    assert room.fate("c1") == "answered"
    (asked,) = [event["at"] for event in room.of("comment") if event["comment"] == "c1"]
    assert room.said("answer")[0]["at"] - asked < 20


def test_a_name_the_guard_refuses_does_not_cost_its_owner_the_answer(room: VirtualRoom) -> None:
    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        await sleep(clock, 8)
        for number, name in enumerate(("玖玖", "贰拾", "满减")):
            desk.comment(name, "主播好", f"g{number}")
            await sleep(clock, 8)
            desk.comment(name, "会漏水吗？", f"q{number}")
            await sleep(clock, 12)

    room.run(90, act)
    assert {room.fate(f"g{number}") for number in range(3)} <= {"greeted", "refused"}
    assert {room.fate(f"q{number}") for number in range(3)} == {"answered"}


@pytest.mark.parametrize("act_of_operator", ["answer", "dismiss"])
@pytest.mark.parametrize("paused", [True, False])
def test_the_operator_sees_to_one_of_several_viewers_and_the_others_have_their_answer(
    room: VirtualRoom, act_of_operator: str, paused: bool
) -> None:
    """Made and not begun where paused; where not, still being made."""
    answerer = Scripted(["这款杯子只有220克。"], pause=0.0 if paused else 2.0)
    room.answerer = answerer

    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        answerer.clock = clock
        await sleep(clock, 8)
        if paused:
            await desk.command(Command(command="pause"), "op")
        for number in range(3):
            desk.comment(f"观众{number}", "这个杯子怎么样？", f"c{number}")
        await sleep(clock, 1)
        text = "台灯的光很柔和。" if act_of_operator == "answer" else ""
        await desk.command(Command(command=act_of_operator, comment_id="c0", text=text), "op")  # type: ignore[arg-type]
        await desk.command(Command(command="resume"), "op")

    room.run(70, act)
    fates = {"answer": "answered", "dismiss": "ignored"}
    assert [room.fate(f"c{number}") for number in range(3)] == [fates[act_of_operator], "answered", "answered"]
    ends = [event["comment"] for event in room.of("verdict") if event["fate"] != "queued"]
    assert sorted(ends) == ["c0", "c1", "c2"]
    assert not room.of("fault")


COMMENTS = ["会漏水吗", "包邮吗", "多少钱", "2号链接多少钱", "你好", "我下单了", "讲一下2号链接"]


@pytest.mark.parametrize("seed", range(8))
def test_whatever_the_operator_does_every_comment_gets_its_verdict(
    tmp_path: Path, speech_cache: Path, seed: int
) -> None:
    """Random acts and comments; then the room is left to itself, and nothing may be left over."""
    room = make_room(tmp_path / "room", speech_cache)
    chance = random.Random(seed)
    left: list[object] = []

    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        for number in range(40):
            await sleep(clock, chance.random() * 4)
            if chance.random() < 0.5:
                text = chance.choice(
                    ["会漏水吗", "包邮吗", "多少钱", "2号链接多少钱", "你好", "我下单了", "讲一下2号链接"]
                )
                desk.comment(f"观众{number}", text, f"c{number}")
            with contextlib.suppress(CommandError):
                await desk.command(_random_command(chance, number), "op")
        await desk.command(Command(command="resume"), "op")
        await sleep(clock, 260)
        left.extend(desk._programme.conversation._exchanges)

    room.run(500, act)
    assert not left
    fates = {event["comment"]: event["fate"] for event in room.of("verdict")}
    assert "queued" not in fates.values()
    assert set(fates) == {event["comment"] for event in room.of("comment")}
    assert not room.of("fault")
    ids = [event["utterance"] for event in room.said()]
    assert len(ids) == len(set(ids))
    quiet = [event for event in room.said() if event["at"] > 450]
    assert [event for event in quiet if event["utterance_kind"] == "script"]


def _random_command(chance: random.Random, number: int) -> Command:
    name = chance.choice(["pause", "resume", "resume", "skip", "goto", "say", "hush", "answer", "answer", "dismiss"])
    earlier = f"c{chance.randint(max(0, number - 4), number)}"
    match name:
        case "goto":
            return Command(command="goto", link=chance.choice([1, 2, 9]))
        case "say":
            return Command(command="say", text=chance.choice(["大家稍等，马上回来。", "欢迎新来的朋友。"]))
        case "answer":
            return Command(command="answer", comment_id=earlier, text="拧紧以后倒过来也不漏水。")
        case "dismiss":
            return Command(command="dismiss", comment_id=earlier)
    return Command.model_validate({"command": name})


def test_state_journal_and_comments_say_who_answered_and_why_those_before_did_not(room: VirtualRoom) -> None:
    """An endpoint nobody listens at, named before the embedded answerer."""
    file = room.folder / "room.yaml"
    spec = 'answerer: [openai: {base_url: "http://127.0.0.1:9/v1"}, embedded]'
    file.write_text(file.read_text(encoding="utf-8").replace("answerer: [embedded]", spec), encoding="utf-8")
    states: list[dict[str, Any]] = []

    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        await sleep(clock, 10)
        desk.comment("小鹿", "这个杯子多少钱？", "c1")
        await sleep(clock, 40)
        states.append(desk.state())

    room.run(60, act)
    verdict = [event for event in room.of("verdict") if event["comment"] == "c1"][-1]
    (state,) = states
    (comment,) = [comment for comment in state["comments"] if comment["id"] == "c1"]
    unreachable = "the endpoint cannot be reached, or the connection broke"
    for told in (verdict, comment):
        assert told["answerer"] == "embedded"
        assert [(one["name"], one["reason"], one["why"]["code"]) for one in told["passed"]] == [
            ("openai", unreachable, "endpoint_unreachable")
        ]
    assert state["answerer"]["last"] == {"name": "embedded", "passed": comment["passed"]}
    assert f"answerer openai: {unreachable}" in state["degraded"]
