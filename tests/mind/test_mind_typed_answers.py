"""What a sheet says in types is answered without a key: the price of a variant, several of it, what is in the box."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from guard_corpus import GUARD

from host.core.comment import Comment
from host.core.ports import Question
from host.core.text import guess_lang
from host.core.utterance import Kind
from host.lang.normalise import normalise
from host.mind.answers.embedded import EmbeddedAnswerer
from host.mind.guard.case import Case
from host.show.load import parse_script_file

WALL = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)
SHEET = """---
名称: 手冲壶
链接: 1
价格: 99元
划线价: 129元
款式:
  - {名称: 榉木手柄, 价格: 99元, 库存: 90}
  - {名称: 胡桃木手柄, 价格: 119元, 库存: 30}
  - {名称: 竹手柄, 价格: 109元, 库存: 0}
优惠: [{text: 第二件半价, until: 2026-12-31}]
包装清单: [玻璃壶, 木手柄]
不含: [滤杯]
不兼容: [电磁炉]
质保: {月数: 12, 包括: 手柄开裂}
产地: 江西景德镇
发货: 48小时内发货，全国包邮
例外地区: {海外: 不发货}
---

来看这款壶。
"""
PRODUCT = parse_script_file(SHEET, Path("pot.md")).product


def said(text: str) -> str:
    question = Question(Comment("c1", "小鹿", text, 0.0), "zh", PRODUCT, None, (PRODUCT,), WALL, ())
    drafts = EmbeddedAnswerer().drafts(question)
    for draft in drafts:
        spoken = normalise(draft.text, "zh")
        ruling = GUARD.check(Case(draft.text, spoken, Kind.ANSWER, "zh", [PRODUCT], WALL))
        assert ruling.allowed, ruling.reason
    return " ".join(draft.text for draft in drafts)


@pytest.mark.parametrize(
    ("asked", "told"),
    [("胡桃木的多少钱", "119元"), ("胡桃木两个多少钱", "178.5元"), ("两个多少钱", "148.5元"),
     ("榉木和胡桃木分别多少钱", "胡桃木手柄119元"), ("质保多久", "12个月"), ("有滤杯吗", "不含滤杯"),
     ("电磁炉能用吗", "不兼容电磁炉"), ("胡桃木的还有货吗", "胡桃木手柄还有30件"),
     ("竹手柄还有货吗", "竹手柄暂时没货了"),
     ("竹手柄还有货吗", "榉木手柄、胡桃木手柄还有货"), ("竹手柄多少钱", "竹手柄暂时没货了"), ("还有货吗", "120件"),
     ("哪里产的", "景德镇"),
     ("海外能寄吗", "海外不发货"),
     ("送滤杯吗", "不含滤杯"), ("都包括什么", "玻璃壶和木手柄"), ("有什么款式的颜色", "可选"),
     ("优惠到什么时候", "到12月31日为止"),
     ("活动几号结束", "12月31日"), ("划线价多少", "便宜30元"), ("比划线价便宜多少", "划线价129元"),
     ("买两支一共多少钱", "148.5元")],
)  # fmt: skip
def test_a_question_is_answered_from_its_type(asked: str, told: str) -> None:
    assert told in said(asked)


COAT = """---
名称: 雨衣
链接: 1
价格: 149元
款式:
  - {颜色: 荧光黄, 尺码: M, 价格: 149元, 库存: 40}
  - {颜色: 荧光黄, 尺码: L, 价格: 149元, 库存: 25}
  - {颜色: 深灰, 尺码: M, 价格: 169元, 库存: 12}
  - {颜色: 深灰, 尺码: L, 价格: 169元, 库存: 0}
尺码表:
  M: {身高: 155-168cm, 体重: 45-62kg}
  L: {身高: 168-182cm, 体重: 62-82kg}
优惠:
  - {第二件: 半价, 适用: 荧光黄, 叠加: 否}
  - {满: 300元, 减: 30元, 叠加: 否}
不含: [雨裤]
另购: {雨裤: 79元}
发货: 48小时内发货，全国包邮
例外地区: {海外: 不发货, 新疆: 15元}
---

来看这件雨衣。
"""


@pytest.mark.parametrize(
    ("asked", "told", "untold"),
    [
        ("深灰L码多少钱", "深灰 L是169元", "149"), ("两件深灰多少钱", "深灰一件169元，两件一共308元", "298"),
        ("荧光黄拍两件多少钱", "两件一共223.5元", "298"), ("荧光黄两件一共多少钱", "223.5元", "298"),
        ("雨裤怎么卖", "雨裤另购，¥79", "149"), ("雨衣怎么卖", "149元", "79"),
        ("寄到新加坡吗", "海外不发货", "全国包邮"), ("do you ship to Japan", "海外不发货", "全国包邮"),
        ("do you ship to Xinjiang", "新疆发货运费15元", "全国包邮"), ("包邮吗", "全国包邮", "海外"),
        ("172/70公斤穿多大", "L码", "M"), ("一米六 100斤穿什么码", "你穿M码", "L"),
        ("168，62公斤穿哪个码", "M码或者L码", "没有"),
        ("175，100公斤穿啥码", "没有正好对得上的", "你穿"), ("165高65公斤，要多大的", "没有正好对得上的", "你穿"),
        ("5'8 and 150 lbs, what size", "you take size L", "M"), ("160cm 50kg what size", "you take size M", "168"),
        ("172/70公斤穿多大，多少钱", "149元", "对得上"), ("149元还能便宜吗", "149元", "尺码"),
        ("168块卖不卖", "价格", "尺码"),
    ],
)  # fmt: skip
def test_a_chart_an_exception_and_what_variants_share(asked: str, told: str, untold: str) -> None:
    product = parse_script_file(COAT, Path("coat.md")).product
    question = Question(Comment("c1", "", asked, 0.0), guess_lang(asked), product, None, (product,), WALL, ())
    drafts = EmbeddedAnswerer().drafts(question)
    said = " ".join(draft.text for draft in drafts)
    assert told in said
    assert untold not in said
    for draft in drafts:
        spoken = normalise(draft.text, guess_lang(draft.text))
        ruling = GUARD.check(Case(draft.text, spoken, Kind.ANSWER, guess_lang(draft.text), [product], WALL))
        assert ruling.allowed, ruling.reason
