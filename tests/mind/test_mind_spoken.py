"""What hosts really say of a sheet: of which choice, in which bounds, by whose measures, and what they only decline."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from guard_corpus import GUARD
from hypothesis import given
from hypothesis import strategies as st

from host.core.fold import fold
from host.core.product import Product
from host.core.utterance import Kind, Ruling
from host.lang.normalise import normalise
from host.lang.numerals import numerals
from host.mind.guard.case import Case
from host.mind.quantities.bounds import holds
from host.mind.quantities.extraction import quantities
from host.show.load import parse_script_file

WALL = datetime(2026, 11, 22, 20, 30, tzinfo=timezone(timedelta(hours=8)))


def sheet(name: str, front: str) -> Product:
    return parse_script_file(f"---\n{front}---\n\n来看这一款。\n", Path(f"{name}.md")).product


FRYER = sheet("fryer", """
name: 炊禾 空气炸锅
link: 1
price: 299元
variants:
  - {name: CF4 4升 奶油白, price: 239元}
  - {name: CF6 6升 奶油白, price: 299元}
  - {name: CF6 6升 雾灰, price: 319元}
facts:
  容量: CF4为4升，适合1到3人；CF6为6升，适合3到5人
  烤架: CF6另附烤架1个，CF4不附
  视窗: CF6抽屉正面有玻璃可视窗；CF4没有可视窗
  承重: 托盘最大承重3公斤
  清洗: 机身不能冲水，水温不超过40度
  保修: 整机2年，风扇电机5年
  围裙: 同系列围裙另售，99元一条
  童锁: 没有童锁
  酒精: 不能用酒精擦拭
shipping: 2到4天到，港澳台不发货
""")  # fmt: skip
JEANS = sheet("jeans", """
name: 栀野 直筒牛仔裤
link: 2
price: 169元
variants:
  - {name: 复古蓝 28码}
  - {name: 复古蓝 31码}
  - {name: 奶白 28码}
facts:
  尺码: 28码身高156-164厘米、体重50-53公斤、腰围70-72厘米；31码身高162-172厘米、体重63-67公斤、腰围80-83厘米
  年龄: 适用于12岁及以上
promotions:
  - {text: 同一订单买两条立减50元，奶白不参加, from: 2026-11-20, until: 2026-11-26}
""")  # fmt: skip


def said(product: Product, text: str, *, free: bool = False) -> Ruling:
    return GUARD.check(Case(text, normalise(text, "zh"), Kind.ANSWER, "zh", [product], WALL, free))


TRUE = [
    (FRYER, "CF6比CF4多两升。"), (FRYER, "托盘放三公斤以内。"), (FRYER, "水温别超过四十度。"),
    (FRYER, "CF4二百三十九，CF6雾灰三百一十九。"), (FRYER, "整机保两年，风扇电机保五年。"),
    (FRYER, "一到三个人用CF4。"), (FRYER, "奶油白的CF6是299元。"), (FRYER, "围裙另外买，九十九一条。"),
    (FRYER, "快的两天，慢的四天到。"), (FRYER, "港澳台的家人，这个寄不了。"),
    (JEANS, "一米六、一百零四斤、腰围七十一，拿28就对了。"), (JEANS, "一百三十斤上下的拿31码。"),
    (JEANS, "复古蓝拍两条，三百三十八减五十，二百八十八。"), (JEANS, "不到十二岁的孩子不能穿。"),
]  # fmt: skip
FALSE = [
    (FRYER, "CF6雾灰是二百九十九。"), (FRYER, "雾灰跟奶油白一个价，都是299元。"), (FRYER, "托盘放五公斤以内。"),
    (FRYER, "现在一号链接九十九。"), (FRYER, "十七八天到。"), (FRYER, "CF4比CF6多两升。"),
    (JEANS, "一米六、一百零四斤，拿31就对了。"), (JEANS, "奶白拍两条立减五十，二百八十八。"),
]  # fmt: skip


@pytest.mark.parametrize(("product", "text"), TRUE)
def test_what_the_sheet_bears_out_is_said(product: Product, text: str) -> None:
    assert said(product, text).allowed, said(product, text).reason


@pytest.mark.parametrize(("product", "text"), FALSE)
def test_what_it_does_not_bear_out_is_held(product: Product, text: str) -> None:
    assert not said(product, text).allowed


@pytest.mark.parametrize(
    "text",
    [
        "喜欢雾灰的，CF4也有。",
        "买CF4的箱子里也有一个烤架。",
        "有童锁。",
        "跟没开一样，一点声都没有。",
        "孩子一个人用都不用管。",
    ],
)
def test_under_the_law_of_drafts(text: str) -> None:
    assert not said(FRYER, text, free=True).allowed


@pytest.mark.parametrize("text", ["酒精？别用。", "CF4没有可视窗。"])
def test_what_is_declined_or_denied_of_one_choice_is_not_asserted(text: str) -> None:
    assert said(FRYER, text, free=True).allowed, said(FRYER, text, free=True).reason


@pytest.mark.parametrize(
    ("text", "values"),
    [("两三天", (3, 2)), ("三五个人", (5, 3)), ("十七八度", (18, 17)), ("二三十块", (30, 20)),
     ("一百二三十斤", (130, 120)), ("一两分钟", (2, 1)), ("三四百克", (400, 300))],
)  # fmt: skip
def test_two_neighbours_are_about_so_many(text: str, values: tuple[int, int]) -> None:
    number = next(numerals(text))
    assert (number.value, number.low) == values
    assert quantities(text)[0].bound == "about"


@pytest.mark.parametrize("text", ["八九年产的", "二三号楼", "一三八", "一两茶叶", "八九折"])
def test_years_codes_weights_and_prices_are_none(text: str) -> None:
    assert next(numerals(text)).low is None


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [("俩月一换", "month", 2), ("仨月", "month", 3), ("五块美金", "USD", 5), ("九刀", "USD", 9),
     ("five foot three", "in", 63), ("一块铁", "", 0)],
)  # fmt: skip
def test_amounts_as_people_say_them(text: str, unit: str, value: int) -> None:
    readings = [(each.readings[0].unit, each.readings[0].value) for each in quantities(text)]
    assert readings == ([(unit, value)] if unit else [])


def test_a_comma_between_number_words_is_none_of_thousands() -> None:
    assert [each.readings[0].value for each in quantities(fold("七十九加四十九，一百二十八"))] == [79, 49, 128]


@given(st.sampled_from(["", "about", "least", "most", "above", "below"]))
def test_a_bound_holds_of_itself_and_never_of_its_contrary(bound: str) -> None:
    contrary = {"least": "most", "above": "below", "most": "above", "below": "least"}
    assert holds(bound, bound)
    assert bound not in contrary or not holds(bound, contrary[bound])
