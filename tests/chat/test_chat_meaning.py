"""Rules first, the model where they are silent: what becomes of comments in words no list has."""

from __future__ import annotations

import pytest
from chat_room import EN, ZH, comment, product
from hypothesis import given, settings
from hypothesis import strategies as st

from host.chat.meaning import Talk, insult_of, talk_of, trouble_of
from host.chat.triage import Triage
from host.core.comment import Fate, Intent, Verdict
from host.core.fold import fold
from host.core.product import Catalogue


def judge(text: str, catalogue: Catalogue | None = None) -> Verdict:
    room = catalogue or (EN if text.isascii() else ZH)
    return Triage().judge(comment(text), catalogue=room, on_air=None, now=0.0)


@pytest.mark.parametrize(
    "text",
    [
        "屏幕里那个是大活人吗",
        "主波你系真仁吗",
        "嗰個主播係咪AI嚟㗎",
        "讲话的是人还是程序呀",
        "is the host some kind of bot",
        "r u even a real human",
    ],
)
def test_who_asks_what_the_host_is_in_other_words_is_told(text: str) -> None:
    verdict = judge(text)
    assert (verdict.intent, verdict.fate) == (Intent.IDENTITY, Fate.QUEUED)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("sound", "声音滋啦滋啦的"),
        ("sound", "theres no sound coming through"),
        ("stuck", "卡到看不了"),
        ("stuck", "ur stream keeps lagging"),
        ("blurry", "its super blurry for me"),
        ("other", "一进直播间就闪退"),
        ("other", "app keeps crashing on me"),
    ],
)
def test_trouble_in_other_words_is_left_to_the_operator_with_its_kind(kind: str, text: str) -> None:
    verdict = judge(text)
    assert (verdict.intent, verdict.fate) == (Intent.TROUBLE, Fate.ESCALATED)
    assert verdict.reason.details["trouble"] == kind  # type: ignore[attr-defined]


def test_trouble_with_goods_on_sale_is_no_trouble_with_the_show() -> None:
    shop = Catalogue([product("vacuum", "扫地机器人", 1, "zh"), product("buds", "降噪耳机", 2, "zh")])
    for text in ("扫地机器人卡住不动了", "降噪耳机没声音了", "扫地机器人老是掉线"):
        assert judge(text, shop).intent is not Intent.TROUBLE, text


@pytest.mark.parametrize(
    "text",
    [
        "臭傻子滚啊",
        "主播是不是脑子有病",
        "what a bunch of scamming crooks",
    ],
)
def test_an_insult_in_other_words_is_seen_by_no_viewer(text: str) -> None:
    verdict = judge(text)
    assert (verdict.intent, verdict.fate) == (Intent.SPAM, Fate.IGNORED)
    assert verdict.reason.startswith("an insult")


@pytest.mark.parametrize(
    ("text", "fate"),
    [
        ("垃圾东西，上次买的漏水！退钱", Fate.ESCALATED),
        ("狗东西，买的杯子三天就裂了", Fate.ESCALATED),
        ("傻逼主播", Fate.IGNORED),
        ("shut up b1tch", Fate.IGNORED),
    ],
)
def test_who_insults_over_what_he_was_sold_is_left_to_the_operator(text: str, fate: Fate) -> None:
    verdict = judge(text)
    assert (verdict.intent, verdict.fate) == (Intent.SPAM, fate)


@pytest.mark.parametrize(
    "text",
    [
        "最小扭力几cNm",
        "2B铅笔多少钱一盒",
        "这螺丝刀扭力多少cnm",
        "2b的铅笔有吗",
        "how many cnm of torque",
        "2b or hb pencil?",
    ],
)
def test_a_unit_or_a_grade_is_no_insult(text: str) -> None:
    stationer = Catalogue([product("pencil", "绘图铅笔", 1, "zh", "铅笔"), product("driver", "螺丝刀", 2, "zh")])
    for verdict in (judge(text), judge(text, stationer)):
        assert (verdict.intent, verdict.fate) == (Intent.QUESTION, Fate.QUEUED)


@pytest.mark.parametrize(
    "text",
    [
        "cnm",
        "2b",
        "你2b吧",
        "主播sb",
        "cnm骗子",
        "tmd",
        "wtf",
        "sb host",
    ],
)
def test_the_same_letters_alone_or_at_somebody_are_one(text: str) -> None:
    assert judge(text).intent is Intent.SPAM


@pytest.mark.parametrize(
    "text",
    [
        "今天下班好累啊",
        "主播笑得好甜",
        "我先睡啦姐妹们",
        "just got home from work",
        "omg so pretty",
    ],
)
def test_chatter_is_not_left_to_the_operator(text: str) -> None:
    verdict = judge(text)
    assert (verdict.intent, verdict.fate) == (Intent.CHAT, Fate.IGNORED)


@pytest.mark.parametrize(
    "text",
    [
        "绑带款",
        "外婆那种老房子",
        "东北冬天零下三十",
        "hikers with wide feet",
        "the newer port",
    ],
)
def test_what_neither_can_place_is_put_to_the_answerer(text: str) -> None:
    verdict = judge(text)
    assert (verdict.intent, verdict.fate) == (Intent.QUESTION, Fate.QUEUED)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300))
def test_any_text_has_a_meaning(text: str) -> None:
    folded = fold(text)
    assert talk_of(folded) in Talk
    assert isinstance(insult_of(folded), str)
    assert trouble_of(folded) is None or trouble_of(folded)
