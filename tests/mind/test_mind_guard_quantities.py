"""Quantities: every way to write one meets as one value, and what is no quantity is let go."""

import time
from decimal import Decimal

import pytest
from guard_numbers import english, mandarin
from hypothesis import given, settings
from hypothesis import strategies as st

from host.core.fold import fold
from host.lang.numerals import numerals as numbers
from host.mind.quantities.extraction import quantities
from host.mind.quantities.quantity import Quantity
from host.mind.quantities.roles import Role
from host.mind.quantities.units import Measure


def read(text: str) -> list[str]:
    """Each quantity as ``measure value unit``, its first reading."""
    return [_shown(quantity) for quantity in quantities(fold(text))]


def _shown(quantity: Quantity) -> str:
    reading = quantity.readings[0]
    value = "" if reading.measure in (Measure.DATE, Measure.BUNDLE) else f"{reading.value.normalize():f}"
    return " ".join(part for part in (reading.measure.value, value, reading.unit, quantity.bound) if part)


SAME = {
    "money 99.9 CNY": ["¥99.9", "￥９９．９", "99.90元", "99块9", "99块9毛", "九十九块九", "九十九点九元",
      "九十九元九角", "人民币99.9",
                       "99.9 yuan", "ninety-nine point nine yuan", "RMB 99.9", "玖拾玖块玖"],
    "number 5.5": ["5½", "5 1/2", "5-1/2", "five and a half"],
    "number 0.625 fraction": ["5/8", "⅝", "five eighths"],
    "money 2.5 USD": ["$2½", "$2 1/2", "$2.50", "two and a half dollars"],
    "physical 3.75 in": ["3¾ inches", "3 3/4 inches", "3.75 inches", "three and three quarters inches"],
    "physical 7.125 in": ["7⅛ inches", "seven and an eighth inches"],
    "duration 30 month": ["2½ years", "2.5 years", "two and a half years", "两年半", "2½年"],
    "count 1.5 杯": ["1½杯", "一又二分之一杯", "1½ cups", "one and a half cups", "1.5杯"],
    "money 1299 CNY": ["1299元", "1,299元", "一千二百九十九元", "壹仟贰佰玖拾玖元", "１２９９块钱"],
    "money 2300 CNY": ["两千三百元", "两千三块", "2300元", "2.3千元"],
    "money 15000 CNY": ["1.5万元", "一万五块钱", "15000元", "一点五万元", "一万五千元"],
    "money 24.5 USD": ["$24.50", "$24.5", "24.50 dollars", "twenty-four dollars fifty",
      "twenty-four dollars and fifty cents",
                       "twenty-four fifty dollars", "US$24.50", "24.5美元"],
    "money 1.95 CNY": ["一块九毛五", "1.95元", "1块9毛5分钱"],
    "discount 0.85": ["八五折", "85折", "8.5折", "八点五折", "15% off", "fifteen percent off", "立减15%",
      "优惠百分之十五"],
    "discount 0.5": ["半价", "五折", "half price", "50% off", "对折"],
    "percent 20 %": ["20%", "百分之二十", "两成", "twenty percent", "２０％"],
    "physical 500 g": ["500克", "500g", "0.5kg", "一斤", "半公斤", "五百克", "500 grams", "five hundred grams",
      "0.5公斤", "十两"],
    "physical 500 ml": ["500毫升", "500mL", "0.5L", "半升", "五百毫升", "five hundred milliliters", "500 ml"],
    "physical 1500 mm": ["1.5米", "150厘米", "1.5 m", "1500毫米", "一米半", "one point five meters"],
    "physical -5 °C": ["零下5度", "-5℃", "minus five degrees"],
    "physical 2700 K": ["2700K", "两千七百K", "2700 kelvin"],
    "duration 172800 s": ["48小时", "四十八小时", "48 hours", "forty-eight hours", "48个小时", "48h"],
    "duration 5400 s": ["一个半小时", "1.5小时", "90分钟", "九十分钟", "ninety minutes"],
    "duration 7 day": ["7天", "七天", "一周", "seven days", "7日内", "one week"],
    "duration 12 month": ["12个月", "一年", "十二个月", "twelve months", "one year", "1年"],
    "duration 3 workday": ["3个工作日", "三个工作日", "3 business days", "three working days"],
    "date *-11-11": ["11月11日", "十一月十一号", "11月11", "Nov 11", "November 11th", "the eleventh of November",
      "November eleventh"],
    "date 2026-11-30": ["2026-11-30", "2026年11月30日", "二零二六年十一月三十日", "2026/11/30", "2026.11.30",
      "Nov 30, 2026",
                        "November thirtieth, twenty twenty-six"],
    "clock 1200 min": ["20:00", "二十点", "晚上八点", "晚上8点整", "8 pm", "8:00 p.m.", "eight p m", "20点"],
    "clock 1230 min": ["晚上八点半", "20:30", "8:30 pm", "晚上8点30分", "eight thirty pm"],
    "count 3 件": ["3件", "三件", "３件", "three pieces", "3 items"],
    "count 12 袋": ["12袋", "12 bags", "twelve pyramid tea bags", "十二袋"],
    "bundle 2+1": ["买二送一", "买2送1", "买两件送一件", "buy two get one", "买贰赠壹"],
    "link 3": ["3号链接", "三号链接", "链接3", "链接三", "link 3", "link number three", "link three", "3号宝贝"],
    "code 50 spf": ["SPF50", "spf 50"][:1],
    "money 300 CNY": ["满300元", "三百元", "满300"],
}  # fmt: skip


@pytest.mark.parametrize(("meaning", "text"), [(meaning, text) for meaning, texts in SAME.items() for text in texts])
def test_one_value_in_many_ways(meaning: str, text: str) -> None:
    assert read(text) == [meaning]


@pytest.mark.parametrize(
    ("text", "meanings"),
    [
        ("500mL*2", ["physical 500 ml", "count 2 x"]),
        ("12-24小时", ["duration 43200 s from", "duration 86400 s"]),
        ("三到五天", ["duration 3 day from", "duration 5 day"]),
        ("three to five days", ["duration 3 day from", "duration 5 day"]),
        ("8-9折", ["discount 0.8", "discount 0.9"]),
        ("满300减50", ["money 300 CNY", "money 50 CNY"]),
        ("第二件半价", ["discount 0.5 #2"]),
        ("每袋100g，一盒12袋", ["physical 100 g", "count 12 袋"]),
        ("周一到周五9:00-18:00", ["date weekday-1", "date weekday-5", "clock 540 min", "clock 1080 min"]),
        ("1.5万人买过", ["count 15000 人"]),
        ("hot for 12 hours, cold for 24", ["duration 43200 s", "number 24"]),
    ],
)
def test_several_quantities(text: str, meanings: list[str]) -> None:
    assert read(text) == meanings


@pytest.mark.parametrize(
    ("text", "bound"),
    [("不到79元", "below"), ("79元以上", "above"), ("一百多块", "above"), ("约79元", "about"), ("几百块", "several"),
     ("over 100 dollars", "above"), ("under $20", "below"), ("about $20", "about"), ("79元起", "above"),
     ("12小时以上", "above"), ("不低于79元", "least"), ("不超过30度", "most"), ("别超过30度", "most"),
     ("5公斤以内", "most"), ("最多5公斤", "most"), ("up to 5 kg", "most"), ("no more than $20", "most"),
     ("no less than $20", "least"),
     ("48小时内", ""), ("within 30 days", ""), ("晚上8点", ""), ("79元", "")],
)  # fmt: skip
def test_bounds_are_kept(text: str, bound: str) -> None:
    (quantity,) = quantities(fold(text))
    assert quantity.bound == bound


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("原价129元，现在79元", [Role.LIST, Role.PRICE]),
        ("原价129现价79", [Role.LIST, Role.PRICE]),
        ("从129元降到79元", [Role.LIST, Role.PRICE]),
        ("立省50元", [Role.SAVING]),
        ("领20元优惠券", [Role.COUPON]),
        ("券在详情页里领了就是159元", [Role.PRICE]),
        ("用完券以后就是159元", [Role.PRICE]),
        ("领了就是159元的大额券", [Role.COUPON]),
        ("券是159元", [Role.COUPON]),
        ("领了就减30元", [Role.SAVING]),
        ("满300减50", [Role.THRESHOLD, Role.SAVING]),
        ("运费10元", [Role.FEE]),
        ("定金20元", [Role.DEPOSIT]),
        ("it was $32, now $19", [Role.LIST, Role.PRICE]),
        ("you save $5", [Role.SAVING]),
        ("$5 off", [Role.SAVING]),
        ("free shipping over $35", [Role.THRESHOLD]),
        ("shipping is $5", [Role.FEE]),
        ("only $19", [Role.PRICE]),
    ],
)
def test_money_has_a_role(text: str, roles: list[Role]) -> None:
    assert [quantity.role for quantity in quantities(fold(text))] == roles


@pytest.mark.parametrize(
    ("text", "prices"),
    [
        ("129一瓶，两瓶219", ["129", "219"]), ("一袋29.9", ["29.9"]), ("一个79两个150", ["79", "150"]),
        ("129每瓶", ["129"]), ("价格就是79", ["79"]), ("九块九一斤", ["9.9"]), ("二十五一瓶", ["25"]),
        ("一百二一件", ["120"]), ("两百五一套", ["250"]), ("三块五一个", ["3.5"]),
        ("一盒12支", []), ("一瓶500ml", []), ("身高165穿M", []), ("二十一瓶", []), ("九十一条", []),
    ],
)  # fmt: skip
def test_a_number_beside_a_piece_is_its_price(text: str, prices: list[str]) -> None:
    money = [each.readings[0] for each in quantities(fold(text), "CNY") if each.readings[0].measure is Measure.MONEY]
    assert [f"{reading.value:f}" for reading in money] == prices


WORDS = """一下 一起 一定 一点 一样 第一次 第一步 三心二意 独一无二 说一不二 双十一 十分好看 千万别 万一 一边看一边聊
 乱七八糟 一杯水 一款好杯子 这一个 一个人 两个问题 三点建议
以下三点 这两款 那三个 有三个原因 第二点 第三个问题 四面八方 五颜六色 百搭 一键开盖
一分钱一分货 再一次 之一 618大促 零食 九牛一毛 一一回答"""


@pytest.mark.parametrize("text", WORDS.split())
def test_words_are_no_quantities(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    "text",
    ["one of them", "this one", "first of all", "one more thing", "two questions", "three things", "the first time",
      "no one",
     "one by one", "give me a second", "Second, the lid", "at first", "everyone", "someone", "there are two sides",
       "often", "attend",
     "stone", "weight", "freight", "canine"],
)  # fmt: skip
def test_english_words_are_no_quantities(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    "text", ["十分钟", "一点五升", "二十一点五元", "一千万元", "万元", "一天送达", "一折", "百元", "一倍", "一元"]
)
def test_an_idiom_hides_no_quantity(text: str) -> None:
    assert read(text)


@settings(max_examples=500)
@given(st.integers(0, 99_999_999))
def test_every_mandarin_number_is_read(value: int) -> None:
    (number,) = numbers(mandarin(value))
    assert number.value == value


@settings(max_examples=500)
@given(st.integers(0, 999_999))
def test_every_english_number_is_read(value: int) -> None:
    text = english(Decimal(value))
    (number,) = numbers(text)
    assert (number.value, number.end) == (value, len(text))


@given(st.decimals(min_value=Decimal("0.01"), max_value=9_999, places=2))
def test_every_price_is_read_however_written(value: Decimal) -> None:
    for text in (f"{value}元", f"¥{value}", f"{mandarin(value)}元"):
        (quantity,) = quantities(fold(text))
        assert (quantity.readings[0].value, quantity.readings[0].unit) == (value, "CNY")
    (quantity,) = quantities(fold(f"{english(value)} dollars"))
    assert (quantity.readings[0].value, quantity.readings[0].unit) == (value, "USD")


@settings(max_examples=500, deadline=None)
@given(st.text(max_size=200))
def test_extraction_is_total_and_in_order(text: str) -> None:
    folded = fold(text)
    found = quantities(folded)
    assert [quantity.start for quantity in found] == sorted(quantity.start for quantity in found)
    for quantity in found:
        assert quantity.readings
        assert 0 <= quantity.start <= quantity.end <= len(folded)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="零一二两三四五六七八九十百千万亿点半0123456789.", min_size=1, max_size=30))
def test_no_numeral_soup_breaks_it(text: str) -> None:
    list(numbers(text))
    quantities(text)


def test_a_chain_of_ranges_takes_no_time() -> None:
    begun = time.process_time()
    assert len(quantities("9-9-" * 250)) >= 1
    assert time.process_time() - begun < 1
