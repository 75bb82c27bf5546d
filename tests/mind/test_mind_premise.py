"""Numbers that viewers take for granted: a wrong one is set right first, a right one confirmed, others let be."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mind_rooms import WALL, asking, catalogue

from host.core.ports import Draft
from host.core.utterance import Kind
from host.mind.answers.embedded import EmbeddedAnswerer
from host.mind.answers.premise import premises
from host.mind.answers.prompt import build
from host.mind.answers.retrieval import Library
from host.mind.guard.case import Case
from host.mind.guard.judge import Guard
from host.mind.guard.wordlists import WordList

ANSWERER = EmbeddedAnswerer(seed=7)
GUARD = Guard(WordList.load())


def drafts(text: str, room: str, on: str | None = None) -> list[Draft]:
    return ANSWERER.drafts(asking(text, room, on, user="😀"))


def answer(text: str, room: str, on: str | None = None) -> str:
    said = drafts(text, room, on)
    products = tuple(catalogue(room))
    for draft in said:
        ruling = GUARD.check(
            Case(
                draft.text,
                draft.text,
                kind=Kind.ANSWER,
                lang="zh" if room == "zh" else "en",
                products=products,
                wall=WALL,
            )
        )
        assert ruling.allowed, ruling.reason
    return " ".join(draft.text for draft in said)


@pytest.mark.parametrize(
    ("text", "room", "first", "then", "never"),
    [
        ("1号链接9.9元包邮吗", "zh", "69元", "全国包邮", "9.9"),
        ("是不是只要9.9，包邮吗", "zh", "69元", "全国包邮", "9.9"),
        ("这个9.9吗", "zh", "69元", "", "9.9"),
        ("保温杯129元对吧", "zh", "69元", "", "129"),
        ("2号链接99元包邮吗，护眼吗", "zh", "159元", "无可视频闪", "99元"),
        ("还剩3件吗", "zh", "236", "", "3件"),
        ("还有300件吗", "zh", "236", "", "300"),
        ("质保三年吗", "zh", "12个月", "", "三年"),
        ("支持15天无理由退货吗", "zh", "7天", "", "15天"),
        ("24小时发货吗", "zh", "48小时", "", "24小时"),
        ("is it really $5?", "en", "$19.90", "", "$5"),
        ("Is it still $24.90, and does it leak?", "en", "$19.90", "silicone ring", "$100"),
        ("can I still get it for $5 and is shipping free?", "en", "$19.90", "free shipping", "$5"),
        ("only 5 left?", "en", "180", "", " 5 "),
        ("is the warranty 5 years?", "en", "24 months", "", "5 years"),
        ("can I return it within 60 days?", "en", "30 days", "", "60"),
        ("how much is link 2, $20?", "en", "$39.00", "", "$20"),
    ],
)
def test_a_wrong_number_is_set_right_first(text: str, room: str, first: str, then: str, never: str) -> None:
    said = answer(text, room)
    assert said.startswith(("价格跟你更正一下", "库存跟你更正一下", "时间跟你更正一下", "Let me correct"))
    assert said.find(first) > 0
    assert not then or said.find(then) > said.find(first)
    assert never not in said


@pytest.mark.parametrize(
    ("text", "room", "parts"),
    [
        ("真的只要69元吗", "zh", ["对的，", "69元", "平时79元"]),
        ("3号链接59元吗", "zh", ["对的，", "59元"]),
        ("还剩236件吗", "zh", ["对的，", "236"]),
        ("质保一年吗", "zh", ["对的，", "12个月"]),
        ("7天无理由退货吗", "zh", ["对的，", "7天"]),
        ("Is it $19.90?", "en", ["Yes, that is right", "$19.90", "usually $24.90"]),
        ("are there 180 left?", "en", ["Yes, that is right", "180"]),
        ("24 months warranty right?", "en", ["Yes, that is right", "24 months"]),
    ],
)
def test_a_right_number_is_confirmed(text: str, room: str, parts: list[str]) -> None:
    said = answer(text, room)
    assert said.startswith(parts[0])
    assert all(part in said for part in parts), said


@pytest.mark.parametrize(
    ("text", "room", "price"),
    [
        ("69元是假货吧", "zh", "69元"),
        ("69元是骗人的吧", "zh", "69元"),
        ("69元，你们卖假货对吧", "zh", "69元"),
        ("69元不对吧", "zh", "69元"),
        ("69元一箱吗", "zh", "69元"),
        ("明天还是69元吗", "zh", "69元"),
        ("台灯和保温杯都是69元吗", "zh", "69元"),
        ("台灯159元不用券吗", "zh", "159元"),
        ("7天内退货要扣钱吗", "zh", "7天"),
        ("质保12个月以内随便摔都赔吗", "zh", "12个月"),
        ("is $19.90 a scam?", "en", "$19.90"),
        ("is it $19.90 for two?", "en", "$19.90"),
        ("will it be $19.90 forever?", "en", "$19.90"),
        ("can I return after 30 days?", "en", "30 days"),
    ],
)
def test_a_right_number_beside_another_claim_gets_the_fact_and_no_yes(text: str, room: str, price: str) -> None:
    said = answer(text, room)
    assert price in said
    assert "更正" not in said
    assert "对的" not in said
    assert "that is right" not in said


@pytest.mark.parametrize(
    ("text", "room"),
    [
        ("50元卖不卖", "zh"),
        ("预算50元能买吗", "zh"),
        ("满300减50吗", "zh"),
        ("隔壁卖50元，你们呢？", "zh"),
        ("两个150元吗", "zh"),
        ("我买的旧杯子花了50元，质量好吗", "zh"),
        ("手机99元吗", "zh"),
        ("多少钱", "zh"),
        ("would you take $10", "en"),
        ("I paid $30 for my old one, is this better?", "en"),
        ("is there anything under $50?", "en"),
        ("Amazon has it for $15, why?", "en"),
        ("how much is it", "en"),
    ],
)
def test_a_bid_a_budget_or_another_sellers_price_is_no_premise(text: str, room: str) -> None:
    said = answer(text, room)
    assert "更正" not in said
    assert "correct" not in said
    assert not said.startswith(("对的，", "Yes, that is right"))


def test_the_offers_end_changes_what_is_right() -> None:
    later = replace(asking("79元对吧", user="😀"), wall=WALL.replace(year=2030))
    assert ANSWERER.drafts(later)[0].text.startswith("对的，随行保温杯现在就是79元")
    assert "更正" in answer("79元对吧", "zh")


def test_without_a_fact_nothing_is_corrected() -> None:
    cup = catalogue("zh").get("cup")
    assert cup is not None
    bare = replace(cup, stock=None, facts={}, faq=(), shipping="", returns="")
    for text in ("还剩3件吗", "质保三年吗", "15天无理由退货吗"):
        assert premises(text, text, bare, WALL, "zh").pieces == ()


def test_what_is_said_rests_on_facts_in_force() -> None:
    cup = catalogue("zh").get("cup")
    assert cup is not None
    known = {fact.id for fact in cup.facts_in_force(WALL)}
    for text in ("9.9元吗", "69元吗", "还剩3件吗", "质保三年吗"):
        (piece,) = premises(text, text, cup, WALL, "zh").pieces
        assert set(piece.evidence) <= known
        assert piece.about == ("cup",)


@settings(max_examples=200, deadline=None)
@given(
    text=st.text(alphabet="0123456789.元块件还剩质保天年吗？ 号链接包邮是$only left warranty days?", max_size=40),
    room=st.sampled_from(["zh", "en"]),
)
def test_it_takes_any_text(text: str, room: str) -> None:
    product = next(iter(catalogue(room)))
    found = premises(text, text, product, WALL, product.lang)
    assert len(found.pieces) <= 3
    assert found.pieces or found.rest == text


@pytest.mark.parametrize(
    ("text", "room", "rule"), [("9.9元吗", "zh", "更正"), ("is it $5?", "en", "correct it politely")]
)
def test_a_language_model_is_told_to_do_the_same(text: str, room: str, rule: str) -> None:
    assert rule in build(asking(text, room), Library()).messages[0]["content"]
