"""The second lock against a real HTTP server on loopback that judges well, wrongly, slowly, at length, or never."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from guard_sheets import CUP, WALL
from hand_clock import HandClock
from hypothesis import given
from hypothesis import strategies as st
from mind_sse_server import Endpoint, Exchange, refusing, sending, serving, telling

from host.core.clock import MonotonicClock
from host.core.errors import LivehostError
from host.core.ports import Context, JudgeError, Judgement
from host.core.product import Product
from host.core.reason import Reason, reason_of
from host.core.utterance import Kind, Ruling
from host.mind.judges.lock import AbsentJudge, SecondLock
from host.mind.judges.openai_judge import ChatJudge, _judgement, open_judge

FACTS = CUP.facts_in_force(WALL)
PLACE = Path()


def word(carried: bool, facts: list[str] | None = None, reason: str = "") -> str:
    return json.dumps({"carried": carried, "facts": facts or [], "reason": reason}, ensure_ascii=False)


def opened(endpoint: Endpoint, **options: Any) -> ChatJudge:
    given = {"model": "judge-1", "base_url": endpoint.base_url, "deadline": 0.5, **options}
    return open_judge(given, Context(HandClock(), "demo", PLACE, PLACE, PLACE))


async def ruled(script: Any, text: str = "净重260克。", **options: Any) -> tuple[Ruling, Endpoint, SecondLock]:
    async with serving(script) as endpoint:
        lock = SecondLock(opened(endpoint, **options), MonotonicClock())
        ruling = await lock.rule(text, Kind.ANSWER, [CUP], WALL)
        await lock.close()
    return ruling, endpoint, lock


def why(ruling: Ruling) -> Reason:
    assert isinstance(ruling.reason, Reason)
    return ruling.reason.details["what"]


async def test_a_yes_with_ids_lets_it_pass_and_the_judge_sees_facts_and_sentence_alone() -> None:
    number = [fact.id for fact in FACTS].index("cup.facts.净重") + 1
    ruling, endpoint, lock = await ruled(telling([word(True, [f"f{number}"])]))
    assert ruling == Ruling(True, evidence=("cup.facts.净重",))
    assert lock.troubles() == []
    system, user = endpoint.requests[0].body["messages"]
    assert json.loads(user["content"]) == {"sentence": "净重260克。"}
    assert all(fact.text[:400] in system["content"] for fact in FACTS)


async def test_a_no_forbids_and_says_why() -> None:
    ruling, _, lock = await ruled(telling([word(False, reason="the sheet says 260 g")]))
    assert not ruling.allowed
    assert ruling.code == "judge"
    assert why(ruling).code == "judge_forbids"
    assert "the sheet says 260 g" in ruling.reason
    assert lock.troubles() == []


@pytest.mark.parametrize(
    "reply",
    [
        ["Let me see. ", "```json\n", word(True), "\n```", " I hope that helps!"],
        ["<think>Is it {carried}? ", word(False), "</think>", word(True)],
        [f"{{}} {word(True)}", f" {word(True)}"],
        [*word(True)],
    ],
)
async def test_what_stands_around_its_word_counts_for_nothing(reply: list[str]) -> None:
    assert (await ruled(telling(reply)))[0].allowed


async def slow(exchange: Exchange) -> None:
    await exchange.head()
    await exchange.event('{"carried": ')
    await asyncio.Event().wait()


async def silent(exchange: Exchange) -> None:
    await asyncio.Event().wait()


FAULTS: dict[str, tuple[Any, str]] = {
    "says yes in words": (telling(["Yes, that is carried."]), "judge_garbled"),
    "says nothing": (telling([""]), "judge_garbled"),
    "says yes and no": (telling([word(True), word(False)]), "judge_garbled"),
    "says neither": (telling(['{"carried": "yes", "facts": []}']), "judge_garbled"),
    "yes, by a fact that is not there": (telling([word(True, ["f999"])]), "judge_garbled"),
    "yes, by its own words": (telling([word(True, ["the weight"])]), "judge_garbled"),
    "only thinks": (telling([f"<think>{word(True)}"]), "judge_garbled"),
    "never ends": (telling(["blah " * 400] * 20), "judge_garbled"),
    "is cut off": (sending([], done=False), "judge_garbled"),
    "is slow": (slow, "endpoint_slow"),
    "is silent": (silent, "endpoint_slow"),
    "is broken": (refusing(lambda _: ("500 Internal Server Error", "no"), telling([])), "endpoint_status"),
    "is another server": (refusing(lambda _: ("404 Not Found", "<html>"), telling([])), "endpoint_status"),
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_whatever_is_wrong_with_it_a_free_sentence_is_not_said(fault: str) -> None:
    script, code = FAULTS[fault]
    ruling, _, lock = await ruled(script)
    assert not ruling.allowed
    assert why(ruling).code == "judge_failed"
    told = why(ruling).details["why"]
    assert isinstance(told, Reason), told
    assert told.code == code or (code, told.code) == ("endpoint_slow", "too_slow")
    assert lock.troubles()


async def test_nobody_listens() -> None:
    async with serving(telling([])) as endpoint:
        pass
    lock = SecondLock(opened(endpoint), MonotonicClock())
    ruling = await lock.rule("净重260克。", Kind.OPERATOR, [CUP], WALL)
    await lock.close()
    assert not ruling.allowed


async def test_the_same_question_is_asked_once_and_again_when_a_fact_changes() -> None:
    async with serving(telling([word(True)])) as endpoint:
        lock = SecondLock(opened(endpoint), MonotonicClock())
        for text, product in (("它很轻。", CUP), ("它很轻。", CUP), ("它很重。", CUP), ("它很轻。", _heavier())):
            assert (await lock.rule(text, Kind.ANSWER, [product], WALL)).allowed
        await lock.close()
    assert len(endpoint.requests) == 3


def _heavier() -> Product:
    return replace(CUP, facts={**CUP.facts, "净重": "900克"})


async def test_what_keeps_failing_is_not_waited_for_and_is_tried_again_after_its_rest() -> None:
    class Down:
        name, deadline, asked = "down", 1.0, 0

        async def verdict(self, facts: Any, sentence: str, deadline: float) -> Judgement:
            self.asked += 1
            if self.asked < 3:
                raise JudgeError(Reason("endpoint_unreachable"))
            return Judgement(True)

        async def close(self) -> None: ...

    judge, clock = Down(), HandClock()
    lock = SecondLock(judge, clock)
    for number in range(4):
        assert not (await lock.rule(f"第{number}句。", Kind.ANSWER, [CUP], WALL)).allowed
    assert judge.asked == 2
    clock.advance(11)
    assert (await lock.rule("好。", Kind.ANSWER, [CUP], WALL)).allowed
    assert lock.troubles() == []


async def test_a_judge_that_is_not_set_up_lets_nobody_through_and_is_told() -> None:
    with pytest.raises(JudgeError) as missing:
        open_judge({"model": "m"}, Context(HandClock(), "demo", PLACE, PLACE, PLACE))
    lock = SecondLock(AbsentJudge("openai", reason_of(missing.value)), HandClock())
    assert lock.troubles()
    assert not (await lock.rule("好。", Kind.OPERATOR, [CUP], WALL)).allowed


async def test_a_judge_that_raises_anything_forbids() -> None:
    class Odd:
        name, deadline = "odd", 1.0

        async def verdict(self, facts: Any, sentence: str, deadline: float) -> Judgement:
            raise ZeroDivisionError

        async def close(self) -> None: ...

    assert not (await SecondLock(Odd(), HandClock()).rule("好。", Kind.ANSWER, [CUP], WALL)).allowed


@pytest.mark.parametrize("options", [{}, {"model": ""}, {"model": "m", "deadline": 0}, {"model": "m", "speed": 1}])
def test_options_are_checked(options: dict[str, Any]) -> None:
    with pytest.raises(LivehostError):
        open_judge(options, Context(HandClock(), "demo", PLACE, PLACE, PLACE))


@given(st.text(max_size=200) | st.recursive(st.none() | st.booleans() | st.text(), st.lists).map(json.dumps))
def test_only_a_plain_yes_carries(said: str) -> None:
    try:
        judgement = _judgement(said, FACTS)
    except JudgeError:
        return
    assert not judgement.carried or "carried" in said
