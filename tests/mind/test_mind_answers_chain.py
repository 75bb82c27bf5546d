"""The chain of answerers and its circuit breakers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hand_clock import HandClock
from mind_rooms import asking
from mind_sse_server import serving, telling

from host.core.errors import LivehostError
from host.core.ports import AnswerError, Context, Draft, Question
from host.mind.answers.chain import FIRST_REST, AnswererChain, open_answerers


@dataclass
class Backend:
    name: str
    options: dict[str, Any] = field(default_factory=dict)


class Scripted:
    """An answerer that gives out what it is told to, then fails if it is told to."""

    def __init__(self, name: str, said: Sequence[str] = (), fails: Exception | None = None) -> None:
        self.name, self.said, self.fails = name, said, fails
        self.asked = self.closed = 0

    async def answer(self, question: Question) -> AsyncIterator[Draft]:
        self.asked += 1
        try:
            for text in self.said:
                yield Draft(text)
            if self.fails:
                raise self.fails
        finally:
            self.closed += 1

    async def close(self) -> None:
        self.closed = -1


QUESTION = asking("多少钱")


async def texts(chain: AnswererChain) -> list[str]:
    return [draft.text async for draft in chain.answer(QUESTION)]


async def test_the_first_that_can_answers() -> None:
    first, second = Scripted("a", ["一"]), Scripted("b", ["二"])
    assert await texts(AnswererChain([first, second], HandClock())) == ["一"]
    assert second.asked == 0


@pytest.mark.parametrize("error", [AnswerError("down"), KeyError("bug")])
async def test_a_failure_before_the_first_sentence_goes_unheard(error: Exception) -> None:
    chain = AnswererChain([Scripted("a", fails=error), Scripted("b", ["二"])], HandClock())
    assert await texts(chain) == ["二"]
    assert chain.status()["degraded"][0].startswith("answerer a: ")


async def test_a_failure_after_the_first_sentence_drops_the_rest() -> None:
    second = Scripted("b", ["二"])
    assert await texts(AnswererChain([Scripted("a", ["一"], AnswerError("cut")), second], HandClock())) == ["一"]
    assert second.asked == 0


async def test_an_empty_answer_asks_the_next() -> None:
    assert await texts(AnswererChain([Scripted("a"), Scripted("b", ["二"])], HandClock())) == ["二"]
    assert await texts(AnswererChain([Scripted("a"), Scripted("b")], HandClock())) == []


async def test_all_failing_is_an_error_but_not_knowing_is_none() -> None:
    down = Scripted("a", fails=AnswerError("down"))
    with pytest.raises(AnswerError, match="a: down; b: slow"):
        await texts(AnswererChain([down, Scripted("b", fails=AnswerError("slow"))], HandClock()))
    assert await texts(AnswererChain([down, Scripted("b")], HandClock())) == []


async def test_the_circuit_opens_and_lets_one_through_later() -> None:
    clock = HandClock()
    first = Scripted("a", fails=AnswerError("down"))
    chain = AnswererChain([first, Scripted("b", ["二"])], clock)
    for _ in range(5):
        assert await texts(chain) == ["二"]
    assert first.asked == 2
    assert chain.status()["answerers"][0]["state"] == "resting"
    clock.advance(FIRST_REST)
    await texts(chain)
    assert first.asked == 3
    clock.advance(FIRST_REST)
    await texts(chain)
    assert first.asked == 3
    first.said, first.fails = ["一"], None
    clock.advance(FIRST_REST)
    assert await texts(chain) == ["一"]
    assert chain.status()["degraded"] == []


async def test_the_last_is_asked_even_when_its_circuit_is_open() -> None:
    last = Scripted("a", fails=AnswerError("down"))
    chain = AnswererChain([last], HandClock())
    for _ in range(4):
        with pytest.raises(AnswerError):
            await texts(chain)
    assert last.asked == 4


async def test_stopping_early_closes_the_answerer_and_is_no_failure() -> None:
    first = Scripted("a", ["一", "二"])
    chain = AnswererChain([first, Scripted("b")], HandClock())
    stream = chain.answer(QUESTION)
    await anext(stream)
    await stream.aclose()  # type: ignore[attr-defined]
    assert first.closed == 1
    assert chain.status()["degraded"] == []


def context(**env: str) -> Context:
    return Context(HandClock(), "demo", Path(), Path(), Path(), env=env)


async def test_openai_is_passed_over_without_a_key() -> None:
    chain = open_answerers([Backend("openai"), Backend("embedded")], context())
    assert "69元" in "".join(await texts(chain))
    status = chain.status()
    assert [(row["name"], row["state"]) for row in status["answerers"]] == [
        ("embedded", "ready"),
        ("openai", "passed over"),
    ]
    assert status["degraded"] == []
    await chain.close()


async def test_an_endpoint_down_at_start_degrades_to_the_embedded_answerer() -> None:
    async with serving(telling([])) as endpoint:
        pass
    env = {"OPENAI_API_KEY": "sk-x", "OPENAI_BASE_URL": endpoint.base_url}
    chain = open_answerers([Backend("openai"), Backend("embedded")], context(**env))
    await chain.probe()
    assert chain.status()["degraded"] == ["answerer openai: the endpoint cannot be reached, or the connection broke"]
    assert "69元" in "".join(await texts(chain))
    await chain.close()


def test_unknown_names_and_options_are_errors() -> None:
    with pytest.raises(LivehostError, match=r"there are: .*embedded"):
        open_answerers([Backend("oracle")], context())
    with pytest.raises(LivehostError, match="'depth'"):
        open_answerers([Backend("embedded", {"depth": 3})], context())


async def test_no_answerer_at_all_says_so() -> None:
    chain = open_answerers([Backend("openai")], context())
    assert await texts(chain) == []
    assert chain.status()["degraded"]
