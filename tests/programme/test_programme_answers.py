"""What becomes of an answer: said whole, refused half-way, cut off, dismissed, or taken over by the operator."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from virtual_room import VirtualRoom, make_room, sleep

from host.core.clock import VirtualClock
from host.core.control import Command, CommandError
from host.core.ports import AnswerError, Draft, Question
from host.programme.desk import Desk


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

    async def act(desk: Desk, clock: VirtualClock) -> None:
        answerer.clock = clock
        await sleep(clock, 10)
        desk.comment("小鹿", "这个杯子怎么样？", "c1")

    room.run(seconds, act)
    return [event["text"] for event in room.said("answer")]


def test_sentences_are_said_in_order_as_they_come(room: VirtualRoom) -> None:
    said = ask(room, Scripted(["这款杯子很轻。", "净重220克。", "喜欢可以看看。"], pause=0.4))
    assert said == ["这款杯子很轻。", "净重220克。", "喜欢可以看看。"]
    assert room.fate("c1") == "answered"


def test_a_sentence_beyond_the_facts_ends_the_answer_with_a_safe_reply(room: VirtualRoom) -> None:
    said = ask(room, Scripted(["这款杯子很轻。", "今天只要9块9。", "快来抢购吧。"]))
    assert said[0] == "这款杯子很轻。"
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
    said = ask(room, Scripted(["这款杯子很轻。", None]))
    assert said == ["这款杯子很轻。"]
    assert room.fate("c1") == "answered"


def test_a_model_that_knows_nothing_gets_a_safe_reply(room: VirtualRoom) -> None:
    said = ask(room, Scripted([]))
    assert len(said) == 1
    assert room.fate("c1") == "refused"


def test_a_model_that_is_slow_is_given_up_and_the_show_goes_on(room: VirtualRoom) -> None:
    said = ask(room, Scripted(["这款杯子很轻。"], pause=30.0))
    assert len(said) == 1
    assert said != ["这款杯子很轻。"]
    assert room.of("fault")
    assert len(room.said("script")) > 5


def test_what_was_heard_is_remembered_for_the_next_question(room: VirtualRoom) -> None:
    answerer = Scripted(["这款杯子很轻。"])
    room.answerer = answerer

    async def act(desk: Desk, clock: VirtualClock) -> None:
        await sleep(clock, 10)
        desk.comment("小鹿", "这个杯子怎么样？", "c1")
        await sleep(clock, 15)
        desk.comment("小鹿", "那台灯呢？", "c2")

    room.run(50, act)
    assert answerer.questions[1].history == (("这个杯子怎么样？", "这款杯子很轻。"),)


def test_an_answer_cut_by_the_operator_is_taken_up_and_settled_once(room: VirtualRoom) -> None:
    room.answerer = Scripted(["这款杯子很轻，放包里没感觉。"])

    async def act(desk: Desk, clock: VirtualClock) -> None:
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
    room.answerer = Scripted(["这款杯子很轻。"])

    async def act(desk: Desk, clock: VirtualClock) -> None:
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
    answerer = Scripted(["这款杯子很轻。"])
    room.answerer = answerer

    async def act(desk: Desk, clock: VirtualClock) -> None:
        await sleep(clock, 8)
        for number in range(6):
            desk.comment(f"观众{number}", "多少钱？", f"c{number}")

    room.run(80, act)
    assert len(answerer.questions) <= 2
    assert {room.fate(f"c{number}") for number in range(6)} == {"answered"}
