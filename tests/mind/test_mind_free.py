"""The law for what was written anew: each word is carried by a fact or claims nothing, and is said of its own thing."""

from __future__ import annotations

import pytest
from guard_corpus import GUARD
from guard_sheets import WALL, dollars, yuan
from hypothesis import given
from hypothesis import strategies as st

from host.core.product import Product
from host.core.reason import Reason
from host.core.utterance import Kind, Ruling
from host.core.variants import Variant
from host.lang.alike import alike, groups
from host.lang.everyday import plain_runs, plain_words
from host.lang.normalise import normalise
from host.lang.stems import root
from host.mind.guard.case import Case

LAMP = Product(
    "lamp", "夜航小夜灯", "zh", 1, yuan("69"), stock=80, source="lamp.md",
    facts={
        "灯罩": "灯罩是硅胶，底座是榉木",
        "电池": "内置电池，充满能亮20小时；不支持无线充电",
        "清洁": "灯罩可以水洗，底座不能沾水",
        "包装": "小夜灯1个、充电线1根。不含充电头",
        "人群": "三岁以下孩子请在大人看护下使用，孕妇可以使用",
    },
    returns="七天无理由退货，仅限未使用",
)  # fmt: skip
MUG = Product(
    "mug", "Alder Camp Mug", "en", 2, dollars("22"), stock=60, source="mug.md",
    facts={
        "body": "The body is steel and the lid is bamboo",
        "care": "hand wash only, not for the dishwasher, not for the microwave",
        "box": "one mug and one spare gasket. A carabiner is not included",
        "sizes": "The Large has a handle, the Small has none",
    },
    variants=(Variant("s", "Small", price=dollars("22")), Variant("l", "Large", price=dollars("26"))),
)  # fmt: skip


def rule(text: str, *, free: bool = True) -> Ruling:
    product = MUG if text.isascii() else LAMP
    spoken = normalise(text, product.lang)
    return GUARD.check(Case(
        text, spoken, kind=Kind.ANSWER, lang=product.lang, products=[product], wall=WALL, free=free
    ))  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["灯罩可以直接拿去水洗，底座就别沾水了。", "充满一次能亮二十个小时。", "充电头得自己准备，盒子里没有。",
     "无线充电它不支持哦。", "底座是榉木的，灯罩是硅胶的。", "来，我把灯拿近一点给大家看。",
     "Wash it by hand, please, and keep it out of the dishwasher.", "The lid is bamboo and the body is steel.",
     "There's a spare gasket in the box.", "The Large is the one with the handle."],
)  # fmt: skip
def test_what_the_sheet_carries_is_said_in_other_words(text: str) -> None:
    ruling = rule(text)
    assert ruling.allowed, ruling.reason


@pytest.mark.parametrize(
    ("text", "code"),
    [("这灯是故宫联名款。", "word_uncarried"), ("老板跑路了，大家快退款。", "word_uncarried"),
     ("特朗普也买过。", "word_uncarried"), ("シミが消えます。", "word_uncarried"),
     ("Dieses Spielzeug ist giftig.", "word_uncarried"), ("It cures insomnia.", "word_uncarried"),
     ("Everything here is free.", "word_uncarried"), ("灯罩是榉木，底座是硅胶。", "denied_by_fact"),
     ("The body is bamboo and the lid is steel.", "denied_by_fact"), ("无线充电放上去就行。", "denied_by_fact"),
     ("Put it in the microwave, no problem.", "denied_by_fact"), ("孕妇不能用。", "denied_by_fact"),
     ("任何情况都支持无理由退货。", "passes_over_exception"), ("The Small has a handle.", "said_of_another")],
)  # fmt: skip
def test_what_it_does_not_carry_is_held(text: str, code: str) -> None:
    ruling = rule(text)
    assert not ruling.allowed, text
    assert isinstance(ruling.reason, Reason)
    assert ruling.reason.details["what"].code in (code, "banned", "needs_fact"), ruling.reason


def test_scripts_and_assembled_answers_are_not_under_it() -> None:
    text = "这灯的光打在墙上毛茸茸的，像小时候的夏夜。"
    assert rule(text, free=False).allowed
    assert not rule(text).allowed


@given(st.text(max_size=120))
def test_any_text_is_judged(text: str) -> None:
    assert rule(text).code != "error" or not rule(text).allowed


def test_words_of_one_meaning_meet_in_both_languages() -> None:
    assert groups("可以放洗碗机") & groups("it is dishwasher safe")
    assert groups("锦纶面料") & groups("a nylon shell")
    assert not groups("手洗") & groups("machine wash")


def test_no_word_of_a_group_is_lost_in_another() -> None:
    for text in ("无线充电", "不锈钢", "machine wash"):
        assert [(each.start, each.end) for each in alike(text)] == [(0, len(text))]


@pytest.mark.parametrize("word", ["免费", "最好", "保证", "真人", "假货", "孕妇", "治疗", "倒闭", "送货上门"])
def test_plain_speech_claims_nothing(word: str) -> None:
    assert word not in plain_runs()


@pytest.mark.parametrize("word", ["free", "best", "guarantee", "human", "fake", "pregnant", "cure", "leather", "safe"])
def test_plain_speech_claims_nothing_in_english(word: str) -> None:
    assert not {word, root(word)} & plain_words()


@pytest.mark.parametrize("name", ["索尼", "丽江", "宜家"])
def test_no_surroundings_excuse_an_unknown_name(name: str) -> None:
    told = "灯罩是硅胶，底座是榉木，内置电池，充满能亮20小时"
    assert rule(f"{told}。").allowed
    assert not rule(f"{told}，{name}生产。").allowed
