"""Small talk is what is known to be small talk: nobody's question is ignored for want of a question mark."""

from __future__ import annotations

import pytest
from chat_room import EN, ZH, comment
from traditional import FORMS

from host.chat.triage import Triage
from host.core.comment import Fate, Intent, Verdict

ASKS = """
会起球不
掉色不
孕妇能吃嘛
有赠品没
内蒙包邮不
能用微信付不
送运费险不
小个子能穿不
有现货没有
头发细能用不
是纯棉的不
拍下多久到嘛
买两瓶送什么
买三个有啥优惠
给我便宜10块我就买
少20我就拍
拍两件多少
要两个发什么快递
我要买 怎么下单
if i buy two is it cheaper
i'll take it if you do a discount
""".strip().split("\n")
PERHAPS = """
咋洗
咋买啊
假货吧
发票
色温
袖长
配送费
团购价
保价
一米七八 八十公斤
灰的还是米的
头层还是二层
送老师
公司年会用
battery life
sleeve length in inches
mens or womens
safe with bad knees
price tag
need a receipt for work
black or grey help me pick
i'm 5 foot 4 and 130
""".strip().split("\n")
SMALL = """
今天好冷
哈哈哈哈
666
不错
支持一下
好看
刚下班
声音真好听
主播真好看
杯子颜色真好看
主播辛苦了
谢谢主播
知道了
来了来了
我也不
我先走了拜拜
晚安
主播吃了没
nice
lol
so cute
it's raining here
love your voice
cool
the lamp is pretty
thank you so much
good night everyone
me too
i love it
""".strip().split("\n")
COMPLAINTS = [
    "太失望了",
    "没人理我",
    "还没发货",
    "买回来就坏了",
    "质量太差",
    "never got my refund",
    "waste of money",
    "it fell apart",
]


def judge(text: str) -> Verdict:
    catalogue = EN if text.isascii() else ZH
    return Triage().judge(comment(text), catalogue=catalogue, on_air=None, now=0.0)


@pytest.mark.parametrize("text", ASKS)
def test_who_asks_is_asked_for_certain(text: str) -> None:
    verdict = judge(text)
    assert (verdict.intent, verdict.fate, verdict.certain) == (Intent.QUESTION, Fate.QUEUED, True)


@pytest.mark.parametrize("text", PERHAPS)
def test_what_nobody_can_place_is_asked_too(text: str) -> None:
    verdict = judge(text)
    assert (verdict.intent, verdict.fate) == (Intent.QUESTION, Fate.QUEUED)


@pytest.mark.parametrize("text", SMALL)
def test_small_talk_is_ignored(text: str) -> None:
    verdict = judge(text)
    assert verdict.fate is Fate.IGNORED or verdict.intent is Intent.GREETING, verdict.reason


@pytest.mark.parametrize("text", COMPLAINTS)
def test_a_complaint_is_left_to_the_operator(text: str) -> None:
    verdict = judge(text)
    assert (verdict.intent, verdict.fate, verdict.reason.split(":")[0]) == (Intent.CHAT, Fate.ESCALATED, "a complaint")


@pytest.mark.parametrize("form", FORMS)
def test_traditional_characters_are_taken_alike(form: str) -> None:
    def placed(text: str) -> tuple[Intent, Fate, bool]:
        verdict = judge(text)
        return verdict.intent, verdict.fate, verdict.certain

    said = [*ASKS, *PERHAPS, *SMALL, *COMPLAINTS]
    assert [text for text in said if placed(text) != placed(FORMS[form](text))] == []


def test_a_question_in_plain_words_is_worth_more_than_what_perhaps_is_one() -> None:
    assert judge("多少钱").score > judge("袖长").score > 0
