"""Which products a text speaks of: link numbers, names, misspellings, and what only looks like one."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from host.core.fold import fold
from host.core.link_numbers import link_numbers, without_links
from host.core.mentions import mentioned, mentions
from host.core.product import Lang, Money, Product
from host.core.product_names import kind_of, misspelt, named, names_of


def product(product_id: str, name: str, link: int, *aliases: str, lang: Lang = "zh") -> Product:
    return Product(product_id, name, lang, link, Money(Decimal(79), "CNY"), aliases=aliases)


CUP = product("cup", "随行保温杯 500ml", 1, "保温杯", "杯子")
LAMP = product("lamp", "护眼台灯", 2, "台灯")
COFFEE = product("coffee", "冻干黑咖啡 24颗", 3, "咖啡", "黑咖啡")
SHOP = [CUP, LAMP, COFFEE]
BOTTLE = product("bottle", "Tarnwell Bottle 600 ml", 1, lang="en")
DESK = product("desk", "Glowmere Desk Lamp", 2, lang="en")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("3号链接多少钱", [3]),
        ("３號鏈接", [3]),
        ("3链接", [3]),
        ("链接3还有吗", [3]),
        ("链接no.3", [3]),
        ("三号链接", [3]),
        ("两号链接", [2]),
        ("十二号链接", [12]),
        ("二十号链接", [20]),
        ("第三个链接", [3]),
        ("第3个宝贝多少钱", [3]),
        ("说说3号", [3]),
        ("9号链接", [9]),
        ("看#2", [2]),
        ("看link2", [2]),
        ("3 link", [3]),
        ("link 3号", [3]),
        ("show me #2", [2]),
        ("show me link 2.", [2]),
        ("link two", [2]),
        ("number one", [1]),
        ("no. 2", [2]),
        ("item #4", [4]),
        ("the third item", [3]),
        ("second link please", [2]),
        ("is the number 2 dishwasher safe", [2]),
    ],
)
def test_a_link_number(text: str, numbers: list[int]) -> None:
    assert link_numbers(fold(text)) == numbers
    assert link_numbers(without_links(fold(text))) == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1号和2号哪个好", [1, 2]),
        ("1号2号3号都要", [1, 2, 3]),
        ("2和1号链接哪个好", [2, 1]),
        ("1、2、3号都要", [1, 2, 3]),
        ("链接1和2哪个好", [1, 2]),
        ("链接1和链接2", [1, 2]),
        ("link 1 or 2", [1, 2]),
        ("links 2 and 1", [2, 1]),
        ("links 1, 2, and 3", [1, 2, 3]),
        ("link one or two", [1, 2]),
        ("link 1, 2 pcs please", [1]),
        ("link 1和2号", [1, 2]),
    ],
)
def test_several_link_numbers(text: str, numbers: list[int]) -> None:
    assert link_numbers(fold(text)) == numbers


@pytest.mark.parametrize(
    "text",
    [
        # a day of the month
        "3号能到吗",
        "3号可以到吗",
        "3号会到吗",
        "3号前发货吗",
        "3号发货",
        "3号晚上",
        "3号10点",
        "11月3号",
        "活动到3号",
        "截止3号",
        "2和3号能到吗",
        "1号或2号能到吗",
        "我3号买的还没发",
        # a battery, a size, an address
        "要两节3号电池吗",
        "7号碱性电池",
        "2号色",
        "3号码有吗",
        "人民路15号",
        # how many, how old
        "有3个链接吗",
        "两商品哪个好",
        "宝贝3岁能用吗",
        "for a 1 and 2 year old",
        "i bought 1 item",
        "one item per order",
        # words that begin like a number
        "链接一直打不开",
        "链接一样吗",
        "商品一共几个",
        "唯一链接",
        "send the link first",
        "blink 3",
        # praise and figures of speech
        "the number one brand",
        "the #1 seller",
        "number one in the market",
        "you are number one",
        "no two are the same",
        "no 5 star reviews",
        "product 100% original",
        "99.9",
        "买3送1",
    ],
)
def test_what_only_looks_like_a_link_number(text: str) -> None:
    assert link_numbers(fold(text)) == []


@pytest.mark.parametrize(
    "text", ["3号到底多少钱", "3号到手价", "3号发热吗", "3号发什么快递", "3号前面那个", "3号链接能到吗", "链接3包邮吗"]
)
def test_what_only_looks_like_a_day(text: str) -> None:
    assert link_numbers(fold(text)) == [3]


@pytest.mark.parametrize(
    ("text", "called", "by_name", "nowhere"),
    [
        ("保温杯和3号链接哪个好", [COFFEE], [CUP], []),
        ("台灯和随行保温杯包邮吗", [], [LAMP, CUP], []),
        ("黑咖啡多少钱", [], [COFFEE], []),
        ("保溫杯", [], [CUP], []),
        ("2号和9号链接", [LAMP], [], [9]),
        ("9号链接和8号链接", [], [], [9, 8]),
        ("3号能到吗", [], [], []),
        ("随行保暖杯", [], [], []),
        ("", [], [], []),
    ],
)
def test_mentions(text: str, called: list[Product], by_name: list[Product], nowhere: list[int]) -> None:
    found = mentions(fold(text), SHOP)
    assert (list(found.called), list(found.named), list(found.nowhere)) == (called, by_name, nowhere)


@pytest.mark.parametrize(
    ("text", "about", "nowhere"),
    [
        ("保温杯和3号链接哪个好", COFFEE, None),
        ("9号链接和2号链接", LAMP, None),
        ("台灯和保温杯哪个好", LAMP, None),
        ("9号链接多少钱", None, 9),
        ("9号链接的台灯", LAMP, 9),
        ("随行保暖杯多少钱", CUP, None),
        ("多少钱", None, None),
    ],
)
def test_the_one_product_a_comment_is_about(text: str, about: Product | None, nowhere: int | None) -> None:
    assert mentioned(fold(text), SHOP) == (about, nowhere)


@pytest.mark.parametrize(
    ("name", "kind", "names"),
    [
        ("随行保温杯 500ml", "温杯", ["随行保温杯 500ml", "随行保温杯", "温杯"]),
        ("500ml 随行保温杯", "温杯", ["500ml 随行保温杯", "随行保温杯", "温杯"]),
        ("农家土蜂蜜 500克", "蜂蜜", ["农家土蜂蜜 500克", "农家土蜂蜜", "蜂蜜"]),
        ("Tarnwell Bottle 600 ml", "bottle", ["tarnwell bottle 600 ml", "tarnwell bottle", "bottle"]),
        ("iPhone 15 Pro 手机壳", "", ["iphone 15 pro 手机壳", "iphone pro 手机壳"]),
        ("手冲壶", "", ["手冲壶"]),
        ("山茶花洗护套装", "", ["山茶花洗护套装"]),
        ("Travel Mini", "", ["travel mini"]),
    ],
)
def test_the_names_of_a_product(name: str, kind: str, names: list[str]) -> None:
    assert kind_of(product("x", name, 1)) == kind
    assert list(names_of(product("x", name, 1))) == names


HONEY = product("honey", "农家土蜂蜜 500克", 4)


@pytest.mark.parametrize(
    ("text", "products", "found"),
    [
        ("蜂蜜多少钱", [CUP, HONEY], [HONEY]),
        ("蜂蜜多少钱", [HONEY, product("acacia", "洋槐蜂蜜", 5)], []),
        ("蜂蜜多少钱", [HONEY, product("mask", "补水蜂蜜面膜", 5)], [HONEY]),
        ("蜂蜜多少钱", [HONEY, mixed := product("mixed", "调味品", 5, "蜂蜜")], [mixed]),
        ("杯子多少钱", [CUP, product("glass", "玻璃杯", 5, "杯子")], []),
        ("lamps are nice", [BOTTLE, DESK], [DESK]),
        ("a lampoon", [BOTTLE, DESK], []),
        ("the lamp", [DESK, product("clamp", "Steel C Clamp", 5)], [DESK]),
        ("is the bottle ok", [BOTTLE, DESK], [BOTTLE]),
        ("黑咖啡", [COFFEE, product("latte", "拿铁", 5, "咖啡")], [COFFEE]),
        ("买iphone手机壳吗", [case := product("case", "iPhone手机壳", 5)], [case]),
    ],
)
def test_what_calls_a_product(text: str, products: list[Product], found: list[Product]) -> None:
    assert named(fold(text), products) == found


def test_a_misspelt_name_is_guessed_where_one_product_is_nearest() -> None:
    assert misspelt("随行保暖杯多少钱", SHOP) == CUP
    assert misspelt("how much is the glowmere desk lmap", [BOTTLE, DESK]) == DESK
    assert misspelt("随行保暖杯", [CUP, product("other", "随行保温杯 300ml", 5)]) is None
    assert misspelt("今天天气怎么样", SHOP) is None
    assert misspelt("随行保暖杯", []) is None


WORDS = "讲 一下 3 号 链接 #9999 零零 十 十十 link two 和 、 and or number 1 能到 电池 保温杯 台灯 黑咖啡 bottle lamp"
PIECES = [*WORDS.split(), " "]
TEXTS = st.text(max_size=200) | st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
PRODUCTS = st.lists(st.sampled_from([*SHOP, HONEY, BOTTLE, DESK]), max_size=6)


@settings(max_examples=500)
@given(TEXTS, PRODUCTS)
@example("十十号链接", SHOP)
@example("", [product("nameless", "", 1, "")])
def test_mentions_is_total_and_bounded(text: str, products: list[Product]) -> None:
    folded = fold(text)
    found = mentions(folded, products)
    ids = {each.id for each in products}
    for part in (found.called, found.named):
        assert len({each.id for each in part}) == len(part) <= len(ids)
        assert {each.id for each in part} <= ids
    numbers = link_numbers(folded)
    links = {each.link for each in products}
    assert list(found.nowhere) == list(dict.fromkeys(number for number in numbers if number not in links))
    assert [each.link for each in found.called] == list(dict.fromkeys(number for number in numbers if number in links))
    assert len(without_links(folded)) == len(folded)
    about, nowhere = mentioned(folded, products)
    assert about is None or about.id in ids
    assert nowhere is None or nowhere not in links


@given(st.permutations(SHOP), st.integers(1, 3))
def test_products_come_in_the_order_of_mention(order: list[Product], most: int) -> None:
    wanted = tuple(order[:most])
    assert mentions("，".join(each.aliases[0] for each in wanted), SHOP).named == wanted
    assert mentions("和".join(f"{each.link}号" for each in wanted), SHOP).called == wanted
    assert mentions("links " + " and ".join(str(each.link) for each in wanted), SHOP).called == wanted


@given(st.integers(1, 9999))
def test_any_link_number_is_read_in_either_language(number: int) -> None:
    for text in (f"{number}号链接", f"链接{number}", f"讲讲{number}号吧", f"link {number}", f"#{number}"):
        assert link_numbers(text) == [number]


@pytest.mark.parametrize("text", ["1,", "十和", "1号和", "link 1 and ", "第 ", "3号能", "号,1", "no ", "1"])
def test_hostile_texts_are_read_soon(text: str) -> None:
    long = (text * 500)[:500]
    began = time.perf_counter()
    mentions(long, SHOP)
    assert time.perf_counter() - began < 0.5
