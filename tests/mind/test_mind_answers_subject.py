"""Whose price, stock, shipping or weight the embedded answerer tells, in a small shop of its own."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from mind_rooms import WALL, catalogue

from host.core.comment import Comment
from host.core.mentions import mentions
from host.core.ports import Question
from host.core.product import Catalogue, Faq, Money, Product
from host.core.product_names import kind_of
from host.core.text import guess_lang
from host.core.utterance import Kind
from host.lang.normalise import normalise
from host.mind.answers.embedded import EmbeddedAnswerer
from host.mind.guard.case import Case
from host.mind.guard.judge import Guard
from host.mind.guard.wordlists import WordList

KETTLE = Product(
    "kettle",
    "手冲壶 600ml",
    "zh",
    1,
    Money(Decimal(99), "CNY"),
    stock=40,
    aliases=("pour-over kettle", "kettle"),
    facts={"净重": "420克", "容量": "600毫升", "产地": "广东"},
    shipping="付款后48小时内发货，全国包邮",
)
HONEY = Product(
    "honey",
    "农家土蜂蜜 500克",
    "zh",
    2,
    Money(Decimal(49), "CNY"),
    stock=9,
    facts={"净含量": "500克", "产地": "秦岭", "配料": "蜂蜜，不加糖"},
    faq=(Faq(("会结晶吗",), "低温会结晶，属于正常现象。"),),
    shipping="付款后24小时内发货，全国包邮",
)
SHOP = Catalogue([KETTLE, HONEY])
GUARD = Guard(WordList.load())
ANSWERER = EmbeddedAnswerer(7)


def said(text: str, on: str = "kettle", shop: Catalogue = SHOP) -> str:
    on_air = shop.get(on)
    assert on_air is not None
    question = Question(
        Comment(f"c-{text}", "😀", text, 0.0), guess_lang(text, "zh"), on_air, None, tuple(shop), WALL, ()
    )
    return " ".join(draft.text for draft in ANSWERER.drafts(question))


@pytest.mark.parametrize(
    "text",
    [
        "how much is the honey",
        "price of the honey?",
        "the honey price",
        "how much does the honey cost",
        "is the honey in stock",
        "do you ship the honey",
        "how heavy is the honey",
        "how much is the tripod",
        "手机多少钱",
        "请问手机怎么卖",
    ],
)
def test_nothing_is_told_of_a_thing_the_sheet_does_not_know(text: str) -> None:
    assert said(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "how much is it",
        "how much is this",
        "how much is the kettle",
        "what is the final price",
        "how much is the big one",
        "how much for the set",
        "what does the thing cost",
        "how much is the total",
    ],
)
def test_a_price_names_its_product_where_the_name_is_in_another_language(text: str) -> None:
    assert said(text) == "Link 1, the pour-over kettle, is ¥99."


@pytest.mark.parametrize(
    "text", ["多少钱", "这个多少钱", "那个壶多少钱", "一个多少钱", "现在多少钱", "水壶多少钱", "学生多少钱"]
)
def test_a_price_names_its_product(text: str) -> None:
    assert said(text) == "手冲壶现在是99元。"


def test_a_product_without_a_name_in_the_language_is_named_by_its_link() -> None:
    assert said("how much is the honey", "honey") == "Link 2 is ¥49."


def test_stock_and_shipping_name_their_product_unless_the_question_did() -> None:
    assert said("还有货吗") == "手冲壶现在库存还有40件。"
    assert said("包邮吗") == "手冲壶，付款后48小时内发货，全国包邮。"
    assert said("手冲壶包邮吗") == "付款后48小时内发货，全国包邮。"
    assert said("how many left") == "There are 40 left in stock of link 1, the pour-over kettle."
    english = catalogue("en")
    assert said("is shipping free", "bottle", english).startswith("For the Tarnwell Bottle: ")
    sold_out = Catalogue([replace(KETTLE, stock=0)])
    assert said("还有货吗", shop=sold_out) == "手冲壶暂时没有库存了。"
    assert said("any left?", shop=sold_out) == "Link 1, the pour-over kettle, is sold out at the moment."


def test_a_part_that_no_sheet_names_is_not_another_thing() -> None:
    assert "powder coated" in said("will the paint scratch", "bottle", catalogue("en"))


@pytest.mark.parametrize("on", ["kettle", "honey"])
@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("蜂蜜多少钱", "农家土蜂蜜现在是49元"),
        ("2号链接多少克", "500克"),
        ("蜂蜜多少克", "500克"),
        ("蜂蜜一瓶多重", "500克"),
        ("蜂蜜几斤装", "500克"),
        ("净含量", "500克"),
        ("蜂蜜产地", "秦岭"),
        ("加糖了没", "不加糖"),
        ("这个蜜会不会结晶啊", "低温会结晶"),
    ],
)
def test_natural_wordings(text: str, part: str, on: str) -> None:
    assert part in said(text, on)


def test_a_link_number_settles_the_product() -> None:
    assert "手冲壶" not in said("2号链接能装多少水")


def test_the_courier_is_not_the_time_of_dispatch() -> None:
    assert said("发什么快递") == ""
    assert said("which courier do you use") == ""
    shop = Catalogue([replace(KETTLE, shipping="付款后48小时内发货，默认发中通快递")])
    assert said("发什么快递", shop=shop) == "手冲壶，付款后48小时内发货，默认发中通快递。"


@pytest.mark.parametrize("text", ["能装咖啡吗", "咖啡能不能装"])
def test_what_goes_into_the_product_on_air_may_be_a_product_too(text: str) -> None:
    assert "冰咖啡都能装" in said(text, "cup", catalogue("zh"))


@pytest.mark.parametrize("on", ["kettle", "honey"])
@pytest.mark.parametrize(
    "text",
    [
        "多少钱",
        "how much is it",
        "包邮吗",
        "还有货吗",
        "how many left",
        "1号和2号哪个便宜",
        "link 1 or 2, which is cheaper",
    ],
)
def test_the_guard_passes_what_names_its_product(text: str, on: str) -> None:
    answer = said(text, on)
    lang = guess_lang(answer)
    ruling = GUARD.check(Case(answer, normalise(answer, lang), Kind.ANSWER, lang, [KETTLE, HONEY], WALL))
    assert answer
    assert ruling.allowed, ruling.reason


def test_the_kind_of_a_product_is_a_name_of_it() -> None:
    assert [kind_of(KETTLE), kind_of(HONEY)] == ["", "蜂蜜"]
    assert mentions("手冲壶和蜂蜜", [KETTLE, HONEY]).named == (KETTLE, HONEY)
    acacia = replace(HONEY, id="acacia", name="洋槐蜂蜜", link=3)
    assert mentions("蜂蜜多少钱", [HONEY, acacia]).named == ()


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("随行保温杯 500ml", "随行保温杯"),
        ("冻干黑咖啡 2g×24颗", "冻干黑咖啡"),
        ("大米 5公斤装", "大米"),
        ("iPhone 15 Pro 手机壳", "iPhone 15 Pro 手机壳"),
    ],
)
def test_a_name_is_told_without_the_size_of_the_pack(name: str, told: str) -> None:
    answer = said("多少钱", shop=Catalogue([replace(KETTLE, name=name, aliases=())]))
    assert told in answer
    assert name == told or name not in answer
