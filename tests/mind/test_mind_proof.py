"""Numbers that no fact states: proven by reckoning over what facts state and the text names, and by nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from guard_corpus import GUARD
from guard_sheets import dollars, yuan
from hypothesis import given
from hypothesis import strategies as st

from host.core.offers import Term, TermKind
from host.core.product import Product, Promotion
from host.core.utterance import Kind, Ruling
from host.core.variants import SizeChart, SizeRow, Span, Variant
from host.lang.normalise import normalise
from host.mind.guard.case import Case
from host.mind.proof.amounts import agrees, converted
from host.mind.proof.lineup import Choice, line_up
from host.mind.proof.offers import offered
from host.mind.proof.orders import Offered, bills
from host.show.load import parse_script_file

WALL = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)


def span(low: int, high: int, unit: str) -> Span:
    return Span(Decimal(low), Decimal(high), unit)


TEA = Product(
    "tea", "山岚白茶", "zh", 1, yuan("88"), yuan("128"), 300, source="tea.md",
    facts={
        "净重": "小罐50克，大罐150克",
        "冲泡": "每次3克，小罐能泡16次",
        "保质期": "保质期24个月，本批2026年8月20日生产",
        "水温": "建议90度，不超过95度",
        "运费": "新疆、西藏每单加运费15元，其他地区包邮",
    },
    variants=(Variant("s", "小罐 50克", price=yuan("88"), list_price=yuan("128")),
              Variant("l", "大罐 150克", price=yuan("228"), list_price=yuan("328"))),
    promotions=(
        Promotion("同一订单第二罐半价", None, datetime(2026, 11, 10, tzinfo=UTC), datetime(2026, 11, 26, tzinfo=UTC)),
        Promotion("双十二满300减60", None, datetime(2026, 12, 10, tzinfo=UTC), datetime(2026, 12, 13, tzinfo=UTC)),
        Promotion("双十一满200减40", None, datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 12, tzinfo=UTC)),
    ),
)  # fmt: skip
PACK = Product(
    "pack", "Ridge Daypack", "en", 2, dollars("60"), dollars("80"), 90, source="pack.md",
    facts={
        "sizes": "The Small holds 18 liters, the Large holds 26 liters",
        "weight": "The Small weighs 1 lb 4 oz, the Large weighs 1 lb 10 oz",
        "pockets": "2 side pockets and 1 front pocket",
        "ages": "For ages 6 and up",
        "warranty": "Two-year warranty on seams",
    },
    variants=(Variant("s", "Small", price=dollars("60"), list_price=dollars("80")),
              Variant("l", "Large", price=dollars("75"))),
    promotions=(Promotion("Buy one Small and one Large together and take $20 off", None, None, None),),
)  # fmt: skip
SHIRT = Product(
    "shirt", "棉麻衬衫", "zh", 3, yuan("159"), None, 60, source="shirt.md",
    size_chart=SizeChart((
        SizeRow("M", {"height": span(160, 168, "cm"), "weight": span(50, 58, "kg")}),
        SizeRow("L", {"height": span(166, 174, "cm"), "weight": span(57, 66, "kg")}),
    )),
    facts={"尺码": "M码衣长68厘米，L码衣长71厘米"},
)  # fmt: skip


def rule(text: str, product: Product) -> Ruling:
    spoken = normalise(text, product.lang)
    return GUARD.check(Case(text, spoken, Kind.ANSWER, product.lang, [product], WALL))


TRUE = [
    (TEA, "小罐拍两罐，第二罐半价，一共一百三十二。"), (TEA, "大罐比小罐贵一百四十。"),
    (TEA, "大罐比小罐多一百克。"), (TEA, "大罐三两装。"), (TEA, "小罐比划线价省四十。"),
    (TEA, "小罐一克不到两块钱。"), (TEA, "优惠还剩六天。"), (TEA, "这批能放到2028年8月。"),
    (TEA, "发西藏加十五，小罐一罐一共一百零三。"), (TEA, "双十一满两百减四十已经结束了。"),
    (TEA, "双十二满三百减六十。"), (TEA, "不是99，现在88。"), (TEA, "第二罐四十四。"),
    (PACK, "One Small and one Large come to a hundred fifteen with twenty off."),
    (PACK, "The Large holds eight liters more than the Small."), (PACK, "The Large weighs six ounces more."),
    (PACK, "That's twenty dollars off the list price of the Small."), (PACK, "The Large is fifteen dollars more."),
    (PACK, "The Small is twenty-five percent off its list price."), (PACK, "It's fine for a seven-year-old."),
    (PACK, "Three pockets in all, two on the sides and one in front."),
    (SHIRT, "一米六五、一百一十斤穿M。"), (SHIRT, "L码比M码长三厘米。"),
]  # fmt: skip
FALSE = [
    (TEA, "小罐拍两罐一共一百七十六。"), (TEA, "小罐拍两罐一共八十八。"), (TEA, "大罐比小罐贵一百。"),
    (TEA, "大罐一百五十块。"), (TEA, "小罐二百二十八。"), (TEA, "优惠还剩十天。"), (TEA, "这批能放到2027年8月。"),
    (TEA, "小罐一百五十克。"), (TEA, "水温九十六度。"), (TEA, "现在满两百减四十。"),
    (TEA, "大罐四两装。"), (TEA, "一个月之内都能退，保质期24个月。"),
    (PACK, "One Small and one Large come to a hundred thirty-five."), (PACK, "Two Smalls come to a hundred dollars."),
    (PACK, "The Large holds eighteen liters."), (PACK, "The Small holds eight liters more than the Large holds, 26."),
    (PACK, "It's fine for a four-year-old."), (PACK, "The Large is forty percent off."), (PACK, "Five pockets in all."),
    (SHIRT, "一米八、一百五十斤穿M。"), (SHIRT, "M码衣长七十一厘米。"), (SHIRT, "L码比M码长五厘米。"),
]  # fmt: skip


@pytest.mark.parametrize(("product", "text"), TRUE)
def test_what_follows_from_the_facts_is_said(product: Product, text: str) -> None:
    ruling = rule(text, product)
    assert ruling.allowed, ruling.reason


@pytest.mark.parametrize(("product", "text"), FALSE)
def test_what_does_not_follow_is_held(product: Product, text: str) -> None:
    assert not rule(text, product).allowed


def test_a_variant_that_is_gone_is_said_to_be_and_no_other() -> None:
    small, large = TEA.variants
    tea = replace(TEA, variants=(small, replace(large, stock=0)))
    assert rule("大罐已经卖完了。", tea).allowed
    assert not rule("小罐已经卖完了。", tea).allowed
    assert not rule("大罐已经卖完了。", TEA).allowed


def test_a_proof_tells_how_and_on_which_facts() -> None:
    ruling = rule("小罐拍两罐，第二罐半价，一共一百三十二。", TEA)
    total = next(each for each in ruling.derivations if each.said == "一百三十二")
    assert total.how == "2×88-44"
    assert {"tea.variants.s.price", "tea.promotions.0"} <= set(total.facts) <= set(ruling.evidence)


TYPED = """---
名称: 亚麻裙
链接: 4
价格: 129元
尺码表: {M: {身高: 160-168cm}, L: {身高: 166-174cm}}
适用人群: {年龄: 14岁以上}
批次: [{生产日期: 2026-08-20}]
保质期: 24个月
---

来看这条裙子。
"""


@pytest.mark.parametrize(
    ("text", "fact"),
    [("一米六五穿M。", "size_chart.M"), ("十五岁可以穿。", "audience.ages"), ("能放到2028年8月。", "batches.0")],
)
def test_what_a_typed_entry_proves_names_a_fact_that_there_is(text: str, fact: str) -> None:
    product = parse_script_file(TYPED, Path("skirt.md")).product
    ruling = rule(text, product)
    assert ruling.allowed, ruling.reason
    assert f"skirt.{fact}" in ruling.evidence
    assert set(ruling.evidence) <= {each.id for each in product.facts_in_force(WALL)}


def test_a_fee_comes_on_top_in_english_too() -> None:
    pack = replace(PACK, facts={**PACK.facts, "alaska": "Alaska is $12 more per order"})
    assert rule("Alaska adds twelve dollars, so one Small comes to seventy-two.", pack).allowed
    assert not rule("Alaska adds twelve dollars, so one Small comes to seventy-four.", pack).allowed


def test_what_is_said_is_not_kept_for_ever() -> None:
    lineup = line_up(TEA)
    for number in range(5000):
        lineup.named_in(f"小罐第{number}句")
    assert len(lineup._read) < 5000


OFFERS = [
    ("满300减50", [Term(TermKind.THRESHOLD, Decimal(50), above=Decimal(300))]),
    ("满200减20，满400减60", [Term(TermKind.THRESHOLD, Decimal(20), above=Decimal(200)),
                          Term(TermKind.THRESHOLD, Decimal(60), above=Decimal(400))]),
    ("拍2罐减20元", [Term(TermKind.AMOUNT_OFF, Decimal(20), pieces=2)]),
    ("第二罐半价", [Term(TermKind.NTH, None, Decimal("0.5"), 2)]),
    ("第二罐19.9元", [Term(TermKind.NTH, Decimal("19.9"), None, 2)]),
    ("买二送一", [Term(TermKind.BUY_GET, pieces=2, free=1)]),
    ("买2罐送茶漏", []), ("两罐99元", [Term(TermKind.BUNDLE, Decimal(99), pieces=2)]),
    ("全场8折", [Term(TermKind.PERCENT_OFF, None, Decimal("0.8"))]),
    ("券后66元", [Term(TermKind.PRICE, Decimal(66))]), ("前100名半价", []), ("新人立减20", []),
    ("$10 off orders over $50", [Term(TermKind.THRESHOLD, Decimal(10), above=Decimal(50))]),
    ("20% off", [Term(TermKind.PERCENT_OFF, None, Decimal("0.8"))]),
    ("Second one half price", [Term(TermKind.NTH, None, Decimal("0.5"), 2)]),
    ("Buy 2 get 1 free", [Term(TermKind.BUY_GET, pieces=2, free=1)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "terms"), OFFERS)
def test_what_an_offers_words_say_it_does(text: str, terms: list[Term]) -> None:
    product = Product("x", "茶", "zh", 1, yuan("88") if not text.isascii() else dollars("30"))
    assert list(offered(Promotion(text), "x.promotions.0", line_up(product)).terms) == terms


def choice(price: int) -> Choice:
    return Choice("", "x", Decimal(price), None, ("x.price", "x.list_price"))


@given(st.integers(1, 999), st.integers(2, 9), st.integers(1, 500), st.integers(0, 100))
def test_no_offer_makes_an_order_dearer_or_pays_back(price: int, pieces: int, off: int, share: int) -> None:
    part = Decimal(share) / 100
    terms = (Term(TermKind.NTH, None, part, 2), Term(TermKind.PERCENT_OFF, None, part),
             Term(TermKind.THRESHOLD, Decimal(off), above=Decimal(off)),
             Term(TermKind.BUY_GET, pieces=2, free=1))  # fmt: skip
    for term in terms:
        offer = Offered(Promotion("x"), (term,), "x.promotions.0", combinable=False)
        for bill in bills([(choice(price), pieces)], [offer]):
            assert 0 <= bill.total <= bill.regular == price * pieces


@given(st.decimals(1, 10_000, places=2))
def test_a_change_of_unit_and_back_is_the_same(value: Decimal) -> None:
    for unit in ("g", "mm", "ml", "s"):
        for other, name in converted(value, unit):
            assert any(abs(back - value) < value / 1000 for back, known in converted(other, name) if known == unit)


@pytest.mark.parametrize(
    ("said", "bound", "known", "true"),
    [("7", "about", "7.05", True), ("7", "about", "8", False), ("51", "about", "50", False),
     ("6", "below", "5.8", True),
     ("6", "below", "6", False), ("3", "above", "3.1", True), ("3", "above", "3", False), ("3", "above", "9", False)],
)  # fmt: skip
def test_a_bound_is_true_of_what_lies_near(said: str, bound: str, known: str, true: bool) -> None:
    assert agrees(Decimal(said), bound, Decimal(known)) is true
