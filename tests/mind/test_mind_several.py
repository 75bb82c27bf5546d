"""What several cost: the one sum the answerer makes, and the guard follows."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from guard_corpus import GUARD
from guard_sheets import CUP, MUG, WALL, dollars, yuan
from hypothesis import given
from hypothesis import strategies as st
from mind_rooms import asking, catalogue

from host.core.product import Product, Promotion
from host.core.utterance import Kind, Ruling
from host.mind.answers.embedded import EmbeddedAnswerer
from host.mind.answers.several import Several, several, several_piece
from host.mind.guard.case import Case

PLAIN = replace(CUP, promotions=())
PLAIN_MUG = replace(MUG, promotions=())
ANSWERER = EmbeddedAnswerer()


def check(text: str, product: Product) -> Ruling:
    return GUARD.check(Case(text, text, Kind.ANSWER, product.lang, [product], WALL))


def offering(text: str, product: Product = PLAIN, price: str = "") -> Product:
    money = (yuan(price) if product.lang == "zh" else dollars(price)) if price else None
    return replace(product, promotions=(Promotion(text, money),))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("两个多少钱", Several(2, "个")), ("买3盒多少钱", Several(3, "盒")), ("十件呢", Several(10, "件")),
        ("how much for two", Several(2)), ("3 of them, what price", Several(3)), ("two bottles, how much", Several(2)),
        ("多少钱", None), ("一个多少钱", None), ("2号多少钱", None), ("这两个多少钱", None), ("两个人用多少钱", None),
        ("500个多少钱", None), ("how much is it", None), ("how much is link 2", None), ("price for 2 days", None),
    ],
)  # fmt: skip
def test_how_many_are_asked_for(text: str, found: Several | None) -> None:
    assert several(text) == found


@pytest.mark.parametrize(
    ("text", "room", "on", "parts"),
    [
        ("两个多少钱", "zh", "cup", ["一个69元，两个一共138元", "杯刷"]),
        ("买3盒多少钱", "zh", "coffee", ["一盒59元，3盒一共177元", "手摇杯"]),
        ("两台多少钱", "zh", "lamp", ["159元", "券", "单件的价格"]),
        ("how much for two", "en", "bottle", ["one is $19.90, two together are $39.80", "brush"]),
    ],
)
def test_the_answer_shows_how_it_came_by_its_sum(text: str, room: str, on: str, parts: list[str]) -> None:
    drafts = ANSWERER.drafts(asking(text, room, on))
    said = " ".join(draft.text for draft in drafts)
    assert all(part in said for part in parts), said
    product = catalogue(room).get(on)
    assert product
    for draft in drafts:
        assert check(draft.text, product).allowed, draft.text


@pytest.mark.parametrize("terms", ["领券79元", "新人价79元", "前100名79元", "会员价79元"])
def test_terms_that_look_at_who_orders_leave_the_price_of_one(terms: str) -> None:
    product = offering(terms)
    said = several_piece(product, Several(2), WALL, "zh").text
    assert "158" not in said
    assert "单件的价格" in said
    assert not check("一个79元，两个一共158元。", product).allowed


@pytest.mark.parametrize(
    ("terms", "total"),
    [
        ("满200减50", "158"),
        ("满150减50", "108"),
        ("第二件半价", "118.5"),
        ("两件8折", "126.4"),
        ("每单立减10元", "148"),
    ],
)
def test_terms_that_look_at_the_order_are_reckoned_with(terms: str, total: str) -> None:
    product = offering(terms)
    assert f"两个一共{total}元" in several_piece(product, Several(2), WALL, "zh").text
    assert check(f"两个一共{total}元。", product).allowed
    for other in {"158", "128", "118.5", "148"} - {total}:
        assert not check(f"两个一共{other}元。", product).allowed, other


def test_a_gift_changes_no_price() -> None:
    assert check("一个79元，两个一共158元。", offering("买2个送一支杯刷")).allowed


@pytest.mark.parametrize(
    ("terms", "total"),
    [("$5 off orders over $40", "$44"), ("Second one half price", "$36.75"), ("20% off two", "$39.20")],
)
def test_terms_in_english(terms: str, total: str) -> None:
    product = offering(terms, PLAIN_MUG)
    said = several_piece(product, Several(2), WALL, "en").text
    assert total in said
    assert check(f"Two together are {total}.", product).allowed
    assert not check("One is $24.50, two together are $49.", product).allowed


def test_a_code_has_to_be_typed() -> None:
    product = offering("Use code MUG", PLAIN_MUG)
    said = several_piece(product, Several(2), WALL, "en").text
    assert "$49" not in said
    assert "a single piece" in said
    assert not check("One is $24.50, two together are $49.", product).allowed
    assert check("That is what a single piece costs; the checkout page shows what several do.", product).allowed


def test_packs_are_multiplied_where_the_sheet_counts_in_them() -> None:
    coffee = catalogue("zh").get("coffee")
    assert coffee
    assert "单件的价格" in several_piece(coffee, Several(2, "箱"), WALL, "zh").text


@pytest.mark.parametrize(
    "text",
    [
        "两个一共148元。", "一个79元，两个一共148元。", "一个74元，两个一共148元。", "一个79元，两盒一共158元。",
        "一个79元，两个148元。", "一个79元，两个一共省158元。", "一个129元，两个一共258元。", "两个一共只要79元。",
        "一个79元，20个一共1590元。", "一个79元，半个一共39.5元。", "一个79元，两个一共158美元。",
    ],
)  # fmt: skip
def test_no_other_sum_is_followed(text: str) -> None:
    assert not check(text, PLAIN).allowed


@given(st.integers(2, 10), st.integers(1, 9999), st.integers(1, 99_999))
def test_a_sum_passes_if_it_is_right(number: int, price: int, claimed: int) -> None:
    product = replace(PLAIN, price=yuan(str(price)), list_price=None)
    said = several_piece(product, Several(number), WALL, "zh").text
    ruling = check(said, product)
    assert ruling.allowed, ruling.reason
    assert ruling.evidence == ("cup.price",)
    total = Decimal(price * number)
    if claimed not in (total, price):
        assert not check(said.replace(f"一共{total}元", f"一共{claimed}元"), product).allowed


def test_yes_or_no_comes_first() -> None:
    for text, room, on, first in (
        ("能放洗碗机吗", "zh", "cup", "洗碗机"),
        ("is it dishwasher safe", "en", "bottle", "dishwasher"),
    ):
        drafts = ANSWERER.drafts(asking(text, room, on))
        assert first in drafts[0].text


def test_what_the_sheet_does_not_tell_of_two_questions_is_said() -> None:
    def said(text: str, room: str, on: str) -> str:
        return " ".join(draft.text for draft in ANSWERER.drafts(asking(text, room, on)))

    assert "几天能到，资料里没有写" in said("包邮吗几天到", "zh", "cup")
    assert "全国包邮" in said("包邮吗几天到", "zh", "cup")
    assert "资料里没有写" not in said("包邮吗", "zh", "cup")
    assert "do not say" not in said("free shipping? how long does it take", "en", "bottle")
