"""Amounts that a model leaves to the house: reckoned from the sheet, proven by the guard, or not said."""

from __future__ import annotations

from dataclasses import replace

import pytest
from guard_corpus import GUARD
from guard_sheets import WALL, yuan
from hypothesis import given
from hypothesis import strategies as st

from host.core.offers import Promotion
from host.core.product import Product
from host.core.utterance import Kind, Ruling
from host.core.variants import Variant
from host.lang.normalise import normalise
from host.mind.answers.slots import filled
from host.mind.guard.case import Case

PILLOW = Product(
    "pillow", "荞麦枕", "zh", 1, yuan("99"), list_price=yuan("129"), stock=60, source="pillow.md",
    promotions=(Promotion("第二件半价", None, None, None),),
    variants=(Variant("big", "大号", price=yuan("139")), Variant("small", "小号", price=yuan("99"))),
)  # fmt: skip


def rule(text: str) -> Ruling:
    return GUARD.check(Case(text, normalise(text, "zh"), Kind.ANSWER, "zh", [PILLOW], WALL, free=True))


@pytest.mark.parametrize(
    ("draft", "said"),
    [("现在{price}。", "现在99元。"), ("大号{price:大号}。", "大号139元。"),
     ("两个一共{total:2}。", "两个一共148.5元。"),
     ("两个大号一共{ total：2，大号 }。", "两个大号一共208.5元。"), ("买两个省{saving:2}。", "买两个省49.5元。"),
     ("划线价{list_price}。", "划线价129元。")],
)  # fmt: skip
def test_a_slot_is_filled_from_the_sheet_and_the_guard_proves_it(draft: str, said: str) -> None:
    assert filled(draft, PILLOW, WALL, "zh") == said
    ruling = rule(said)
    assert ruling.allowed, ruling.reason


@pytest.mark.parametrize(
    "draft",
    ["一共{total:2,特大号}。", "一共{total:0}。", "一共{total:1000}。", "省{saving}。", "重{weight}。", "{总价}。"],
)
def test_what_cannot_be_filled_stays_and_is_not_spoken(draft: str) -> None:
    plain = replace(PILLOW, list_price=None)
    assert filled(draft, plain, WALL, "zh") == draft
    ruling = rule(draft)
    assert not ruling.allowed
    assert "{" in ruling.offending


def test_a_coupon_that_has_to_be_fetched_leaves_the_total_open() -> None:
    fetched = replace(PILLOW, promotions=(Promotion("领券满100减30", None, None, None),))
    assert "{" in filled("两个一共{total:2}。", fetched, WALL, "zh")


@given(st.text(alphabet="{}:：,，pricetoal2 大号_", max_size=60))
def test_no_slot_breaks_anything(text: str) -> None:
    assert filled(text, PILLOW, WALL, "zh").count("{") <= text.count("{")
