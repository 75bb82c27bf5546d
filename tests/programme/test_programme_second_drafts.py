"""A draft that the locks hold back is asked for again, within the facts; who fails twice gives way to the next."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from virtual_room import VirtualRoom, make_room, sleep

from host.core.clock import VirtualClock
from host.core.comment import Comment
from host.core.ports import Answerer, Draft, Question
from host.core.reason import Reason
from host.core.utterance import Kind, Ruling
from host.mind.answers.embedded import EmbeddedAnswerer
from host.mind.guard.gate import Objected
from host.mind.guard.policy import Category, Grade
from host.programme.desk import RoomDesk
from host.programme.held import Held, Sentence
from host.programme.second_drafts import MOST, TRIES, asked_again

LIE, TRUTH = "它只有90克。", "它净重220克。"


class Model:
    """Says the answers it is given, one after another as it is asked again; each is a list of sentences."""

    name = "model"

    def __init__(self, *answers: list[str], pause: float = 0.0) -> None:
        self.answers, self.pause = answers, pause
        self.clock: VirtualClock | None = None
        self.questions: list[Question] = []

    async def answer(self, question: Question) -> AsyncIterator[Draft]:
        sentences = self.answers[min(len(self.questions), len(self.answers) - 1)]
        self.questions.append(question)
        for text in sentences:
            if self.clock is not None and self.pause:
                await sleep(self.clock, self.pause)
            yield Draft(text, final=text == sentences[-1])

    async def close(self) -> None: ...


@pytest.fixture
def room(tmp_path: Path, speech_cache: Path) -> VirtualRoom:
    return make_room(tmp_path / "room", speech_cache)


def ask(room: VirtualRoom, model: Model, *behind: Answerer) -> list[str]:
    """What the host says to one question about the weight of the cup."""

    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        model.clock = clock
        await sleep(clock, 3)
        desk.comment("小鹿", "这个杯子重吗", "c1")
        await sleep(clock, 25)

    room.answerer, room.behind = model, behind
    room.run(40, act)
    return [event["text"] for event in room.said("answer")]


def test_a_model_that_is_told_what_was_missing_says_it_within_the_facts(room: VirtualRoom) -> None:
    model = Model([LIE], [TRUTH])
    assert ask(room, model) == [TRUTH]
    assert room.fate("c1") == "answered"
    (held,) = model.questions[1].held
    assert (held.text, held.pieces, held.answerer) == (LIE, ("90克",), "model")
    assert [event["text"] for event in room.of("refusal")] == [LIE], "what was held is on record"


def test_what_viewers_were_given_is_not_said_again(room: VirtualRoom) -> None:
    model = Model(["材质是316不锈钢。", LIE], ["材质是316不锈钢。", TRUTH])
    assert ask(room, model) == ["材质是316不锈钢。", TRUTH]
    assert model.questions[1].said == ("材质是316不锈钢。",)


def test_one_that_fails_twice_gives_way_to_the_answerer_behind_it(room: VirtualRoom) -> None:
    model = Model([LIE], ["它只有80克。"])
    said = ask(room, model, EmbeddedAnswerer())
    assert len(model.questions) == TRIES
    assert any("220" in text for text in said), said
    assert room.fate("c1") == "answered"


def test_one_that_took_long_is_not_asked_again(room: VirtualRoom) -> None:
    model = Model([LIE], [TRUTH], pause=5.0)
    said = ask(room, model, EmbeddedAnswerer())
    assert len(model.questions) == 1
    assert any("220" in text for text in said), said


def test_where_nobody_is_left_a_safe_reply_takes_its_place(room: VirtualRoom) -> None:
    model = Model([LIE])
    said = ask(room, model)
    assert len(said) == 1
    assert "90" not in said[0]
    assert room.fate("c1") == "refused"


# --- the decision -----------------------------------------------------------------------------------------------------

WALL = datetime(2026, 11, 10, tzinfo=UTC)


@given(st.lists(st.tuples(st.sampled_from(["", "a", "b"]), st.floats(0, 1)), min_size=MOST, max_size=30))
def test_asking_again_ends_and_asks_nobody_in_vain(tries: list[tuple[str, float]]) -> None:
    question: Question | None = Question(Comment("c", "u", "?", 0.0), "zh", None, None, (), WALL)
    ruling = Ruling(False, Reason("guard_nothing"), "claim", "piece")
    held = Held(Sentence("x", "zh", Kind.ANSWER, ()), (Objected(Category("any", Grade.NEVER), ruling),))
    times = 0
    for answerer, elapsed in tries:
        assert question is not None
        if answerer and answerer in question.without:
            continue
        question = asked_again(question, Draft("x", answerer=answerer), held, ["said"], elapsed)
        times += 1
        if question is None:
            break
        assert question.said == ("said",)
        assert all(sum(each.answerer == name for each in question.held) <= TRIES for name in ("a", "b"))
    assert times <= MOST
