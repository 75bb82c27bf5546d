"""Claims without a number: what carries 比平时便宜, 明天涨价 and 最后几件, and what never does."""

import time
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from guard_corpus import GUARD
from guard_sheets import CUP, LAMP, MUG, WALL, dollars

from host.core.fold import fold
from host.core.product import Faq, Product, Promotion
from host.core.utterance import Kind, Ruling
from host.mind.guard.case import Case
from host.mind.guard.unmask import unmasked


def check(text: str, *products: Product, wall: datetime = WALL) -> Ruling:
    return GUARD.check(Case(text, text, Kind.ANSWER, products[0].lang, products, wall))


def telling(product: Product, words: str) -> Product:
    """The product with an FAQ that says ``words``."""
    return replace(product, faq=(*product.faq, Faq(("?",), words)))


@pytest.mark.parametrize(
    ("words", "product", "other"),
    [
        ("比专柜便宜", CUP, "比别家便宜"),
        ("明天就涨价", CUP, "比专柜便宜"),
        ("库存不多了", CUP, "明天就涨价"),
        ("从来没有这么低过", CUP, "比隔壁便宜"),
        ("It is cheaper than Amazon", MUG, "It is cheaper than Walmart"),
        ("The price goes up tomorrow", MUG, "Almost sold out"),
        ("Only a few left", MUG, "Cheaper than yesterday"),
    ],
)
def test_what_a_fact_states_in_words_passes_and_nothing_else_with_it(words: str, product: Product, other: str) -> None:
    refused = check(words, product)
    assert refused.code == "claim"
    assert refused.offending in fold(words)
    assert check(words, telling(product, words)).allowed
    assert not check(other, telling(product, words)).allowed


def test_a_fact_that_denies_it_carries_nothing() -> None:
    assert not check("比专柜便宜", telling(CUP, "我们不敢说比专柜便宜")).allowed


def test_cheaper_than_its_own_price_needs_a_price_that_is_lower_now() -> None:
    over = WALL.replace(month=12, day=2)
    assert check("比平时便宜", CUP).allowed
    assert not check("比平时便宜", CUP, wall=over).allowed
    assert check("比吊牌价便宜", CUP, wall=over).allowed
    assert not check("比吊牌价便宜", replace(CUP, list_price=None), wall=over).allowed
    assert check("Cheaper than usual", MUG).allowed
    assert not check("Cheaper than usual", replace(MUG, promotions=())).allowed
    assert not check("Cheaper than yesterday", MUG).allowed


def test_cheaper_than_another_product_of_the_room() -> None:
    assert check("1号链接比3号链接便宜", CUP, LAMP).allowed
    assert check("随行保温杯比护眼台灯便宜", CUP, LAMP).allowed
    assert not check("护眼台灯比1号链接便宜", CUP, replace(LAMP, link=2)).allowed
    assert not check("比一杯奶茶还便宜", CUP).allowed


@pytest.mark.parametrize(
    "text", ["比普通杯子轻一点", "比一瓶矿泉水还轻", "比想象中便宜", "我不敢说比别家便宜", "有朋友问是不是比别家便宜"]
)
def test_a_property_compared_with_no_seller_is_the_writers_and_a_denial_claims_nothing(text: str) -> None:
    assert check(text, CUP).allowed


def test_another_seller_is_compared_with_in_nothing_without_a_fact() -> None:
    for text in ("比别家轻", "比隔壁的保温好", "比大牌耐用"):
        assert check(text, CUP).code == "claim"
    assert check("Lighter than any other brand", MUG).code == "claim"
    assert check("Lighter than a paper cup", MUG).allowed


def ending(after: timedelta | None) -> Product:
    ends = None if after is None else WALL + after
    return replace(MUG, promotions=(Promotion("show price", dollars("19.60"), None, ends),))


@pytest.mark.parametrize(
    ("text", "left", "allowed"),
    [
        ("When the offer ends the price goes up", timedelta(days=20), True),
        ("When the offer ends the price goes up", None, False),
        ("The price goes up tomorrow", timedelta(hours=20), True),
        ("The price goes up tomorrow", timedelta(days=2), False),
        ("After tonight the price goes up", timedelta(hours=4), True),
        ("After tonight the price goes up", timedelta(hours=20), False),
        ("Soon it is back to full price", timedelta(hours=20), True),
        ("Soon it is back to full price", timedelta(days=3), False),
        ("The price is about to double", timedelta(hours=2), False),
        ("活动结束后恢复原价", timedelta(days=20), True),
        ("马上恢复原价", timedelta(hours=20), True),
        ("马上恢复原价", timedelta(days=3), False),
        ("明天就涨价", timedelta(days=2), False),
        ("明天就涨价", None, False),
        ("下一场就要涨了", timedelta(days=2), False),
    ],
)
def test_a_price_goes_up_when_the_offer_ends(text: str, left: timedelta | None, allowed: bool) -> None:
    assert check(text, ending(left)).allowed is allowed


def test_a_price_doubles_where_it_does() -> None:
    half = replace(MUG, promotions=(Promotion("half", dollars("12"), None, WALL + timedelta(hours=3)),))
    assert check("The price doubles tonight", half).allowed


def test_an_end_without_a_zone_is_read_in_the_zone_of_the_wall() -> None:
    naive = replace(MUG, promotions=(Promotion("show", dollars("19.60"), None, datetime(2026, 11, 11)),))
    assert check("After tonight the price goes up", naive).allowed


@pytest.mark.parametrize(
    ("text", "most"),
    [("最后几件了", 9), ("就剩个位数了", 9), ("Only a handful left", 9), ("库存不多了", 30), ("快卖完了", 30),
     ("Almost sold out", 30), ("已经售罄", 0), ("It is sold out", 0)],
)  # fmt: skip
def test_few_are_left_where_the_stock_says_so(text: str, most: int) -> None:
    product = MUG if text.isascii() else CUP
    assert check(text, replace(product, stock=most)).allowed
    assert not check(text, replace(product, stock=most + 1)).allowed
    assert not check(text, replace(product, stock=None)).allowed


def test_the_stock_of_the_product_that_is_named_counts() -> None:
    few = replace(LAMP, stock=3)
    assert check("护眼台灯最后几台", CUP, few).allowed
    assert not check("随行保温杯最后几件", CUP, few).allowed


@pytest.mark.parametrize(
    "text", ["最后几个问题", "最后几分钟", "还有几位朋友", "Only a few minutes left", "A few of you asked"]
)
def test_few_of_something_else_are_no_stock(text: str) -> None:
    assert check(text, MUG if text.isascii() else CUP).allowed


def test_marks_between_the_characters_hide_nothing() -> None:
    for text in ("比 隔 壁 便 宜", "最·后·几·件", "明-天-就-涨-价", "骨.折.价"):
        assert not check(text, CUP).allowed


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("jiu kuai jiu", "九块九"),
        ("到手wu shi kuai", "到手五十块"),
        ("jiǔ jiǔ yuan", "九九元"),
        ("wushikuai", "五十块"),
        ("只要jiu jiu", "只要九九"),
        ("only si yuan", "only 四元"),
        ("er shi块", "二十块"),
        ("久块九", "九块九"),
        ("酒块酒包邮", "九块九包邮"),
        ("久十酒元", "九十九元"),
        ("只要久久", "只要九九"),
        ("酒块酒带回家", "九块九带回家"),
        ("这个杯子酒块酒", "这个杯子九块九"),
        ("卖你依久元", "卖你一九元"),
        ("只要依百元", "只要一百元"),
        ("现价久拾玖元", "现价九十九元"),
        ("三百久十九元", "三百九十九元"),
        ("今天酒块钱", "今天九块钱"),
        ("79块酒", "79块九"),
        ("79块久包邮", "79块九包邮"),
        ("这个杯子久块钱", "这个杯子九块钱"),
        ("參佰元", "叁佰元"),
        ("參拾玖元", "叁拾玖元"),
        ("n i n e dollars", "nine dollars"),
        ("n.i.n.e dollars", "nine dollars"),
    ],
)
def test_a_numeral_in_disguise_is_read(text: str, plain: str) -> None:
    assert unmasked(fold(text)) == plain


@pytest.mark.parametrize(
    "text",
    [
        "久等了", "韭菜盒子", "喝酒的朋友", "酒元素", "长久元气满满", "吾辈", "尔等",
        "买块酒心巧克力", "依旧", "喝酒块头大", "今天这件卫衣99元", "毛衣199元", "大衣九十九元", "睡衣一百元",
        "卫衣十元", "红酒99元",
        "红酒百元起", "啤酒9块9", "白酒九块九", "雨伞99元", "雨伞二十元一把", "喇叭99元", "油漆99元", "浴霸399元",
        "诺贝尔99元",
        "久等99元", "依旧99元", "买2件衣99元", "酒99元一瓶", "9块酒水", "69块衣服", "红酒折后99",
        "雨伞折叠", "卫衣五折",
        "妻子99块", "艾灸贴39元", "参加活动", "米酒两元",
        "welcome wu yuan", "hi shi yuan", "ba ba black sheep", "a b c", "u s a", "si senor", "the yuan is a currency",
    ],
)  # fmt: skip
def test_ordinary_words_are_left_alone(text: str) -> None:
    assert unmasked(text) == text


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("内胆是塑料的", False), ("内胆是不锈钢的", True), ("内胆不是塑料的", True), ("普通杯子的内胆是塑料的", True),
        ("盖子是塑料的", True), ("这款是玻璃的", False), ("外壳采用铝合金", False), ("有黑色和金色可选", False),
        ("有白色和粉色可选", True), ("没有黑色可选", True), ("里面是热水", True),
        ("The body is plastic", False), ("It is made of titanium", False), ("It is not plastic", True),
        ("Most cheap mugs are plastic", True), ("The lid is plastic", True), ("It is stainless steel", True),
    ],
)  # fmt: skip
def test_a_material_or_colour_against_the_sheet(text: str, allowed: bool) -> None:
    assert check(text, MUG if text.isascii() else CUP).allowed is allowed


def test_a_sheet_without_materials_contradicts_none() -> None:
    bare = replace(CUP, facts={}, promotions=())
    assert check("内胆是塑料的", bare).allowed
    assert check("有黑色和金色可选", bare).allowed


def test_a_comparison_that_never_comes_takes_no_time() -> None:
    words = "abc"
    for _ in range(8):  # no two stretches in a row are alike: nothing here is a flood
        words = "".join({"a": "abc", "b": "ac", "c": "b"}[word] for word in words)
    text = "比它" + "".join({"a": "还要", "b": "都要", "c": "更还要"}[word] for word in words)[:990] + "好"
    begun = time.process_time()
    assert check(text, CUP).allowed
    assert time.process_time() - begun < 5
