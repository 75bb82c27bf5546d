"""What a sheet denies is not asserted, in whatever words it was denied; and the host has no experiences of its own."""

from __future__ import annotations

import pytest
from guard_corpus import GUARD
from guard_sheets import WALL, dollars, yuan

from host.core.fold import fold
from host.core.product import Lang, Product
from host.core.utterance import Kind, Ruling
from host.lang.normalise import normalise
from host.mind.answers.replies import Situation, wordings
from host.mind.guard.case import Case
from host.mind.guard.experience import experiences
from host.show.phrases import PHRASES

FAN = Product(
    "fan", "桌面循环扇", "zh", 1, yuan("199"), stock=90, source="fan.md",
    facts={
        "摆头": "左右自动摆头，上下要用手调；没有遥控器",
        "电源": "插电使用，不带电池，不能用充电宝供电",
        "清洗": "前网罩可拆下来水洗，扇叶不能泡水",
        "包装": "风扇1台、说明书1份。不含转换插头和收纳袋",
        "声音": "最低档约22分贝，不支持语音控制",
        "认证": "通过3C认证，没有做过母婴认证",
        "人群": "三岁以下孩子的房间不建议使用",
    },
)  # fmt: skip
TENT = Product(
    "tent", "Two-person Tent", "en", 2, dollars("129"), stock=40, source="tent.md",
    facts={
        "season": "three-season tent, not made for snow",
        "in the box": "tent, 8 stakes and a carry bag. A footprint is not included",
        "care": "wipe clean, do not machine wash, do not tumble dry",
        "poles": "aluminum poles; they do not glow in the dark",
        "warranty": "one year against defects; it does not cover sun damage",
        "pets": "the floor cannot stand dog claws",
    },
)  # fmt: skip


def rule(text: str) -> Ruling:
    product = FAN if any("一" <= character <= "鿿" for character in text) else TENT
    spoken = normalise(text, product.lang)
    return GUARD.check(Case(text, spoken, Kind.ANSWER, product.lang, [product], WALL))


@pytest.mark.parametrize(
    "text",
    ["它配了遥控器，躺着也能关。", "出门接个充电宝供电就能吹。", "扇叶脏了泡水里刷一刷。",
     "盒子里连收纳袋都给您备好了。", "喊一声语音控制就开了。", "这款还有母婴认证呢。",
     "要是停电，内置电池还能顶一晚。", "The poles glow in the dark.", "Take it out in the snow, no problem.",
     "There's a footprint in the box.", "Throw it in the machine wash when it gets muddy.",
     "The warranty covers sun damage too."],
)  # fmt: skip
def test_what_the_sheet_denies_is_not_asserted(text: str) -> None:
    ruling = rule(text)
    assert not ruling.allowed
    assert "denies" in ruling.reason, ruling


@pytest.mark.parametrize(
    "text",
    ["没有遥控器，得自己走过去按。", "遥控器它是没有的。", "充电宝供电不行的。", "扇叶就别泡水了。",
     "收纳袋要自己另配。", "语音控制也用不了。", "有人问有没有母婴认证，没有的。",
     "左右自动摆头，上下用手调。", "前网罩拆下来水洗就行。",
     "通过了3C认证。", "它带遥控器吗？", "不含转换插头，别买错了。",
     "No, a footprint is not included.", "You can't machine wash it.", "It isn't made for snow.",
     "Sun damage isn't covered.", "Does it glow in the dark? It doesn't.", "The poles are aluminum.",
     "Just wipe it clean.", "It comes with 8 stakes and a carry bag."],
)  # fmt: skip
def test_what_it_says_may_be_said(text: str) -> None:
    ruling = rule(text)
    assert "denies" not in str(ruling.reason), ruling


@pytest.mark.parametrize(
    "text",
    ["我自己用了两年都没坏。", "亲测很安静。", "我家一直在用这台。", "上周我拿它吹了一整晚。", "我妈天天用它吹头发。",
     "I've used this tent every summer.", "My kids slept in it last weekend.", "I took mine to the coast last year.",
     "Speaking from experience, it stays dry."],
)  # fmt: skip
def test_the_host_has_no_experience(text: str) -> None:
    ruling = rule(text)
    assert not ruling.allowed
    assert "program" in ruling.reason


@pytest.mark.parametrize(
    "text",
    ["我没用过，我是AI。", "我给大家拿近一点看。", "我昨天说过，它有三档。", "您用过就知道了。", "我现在装上给大家看。",
     "I haven't tried it, I'm an AI.", "Let me show you the bag I have here.", "You can use it every summer.",
     "I said it every time: wipe it clean."],
)  # fmt: skip
def test_to_show_to_deny_and_to_speak_of_others_is_none(text: str) -> None:
    assert "program" not in str(rule(text).reason)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_none_of_the_hosts_own_wordings_is_one(lang: Lang) -> None:
    texts = [text for situation in Situation for text in wordings(situation, lang, "小鹿" if lang == "zh" else "Mia")]
    texts += [text for phrases in PHRASES[lang].values() for text in phrases]
    assert [text for text in texts if list(experiences(fold(text)))] == []
