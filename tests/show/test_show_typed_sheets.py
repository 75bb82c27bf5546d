"""Typed entries of sheets, as sellers of different trades write them: what is read, said, and named as wrong."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from host.core.bundled import bundled
from host.core.offers import Promotion, Term, TermKind
from host.core.product import Audience, Batch, Extra, Fact, FactKind, Money, Product, Warranty
from host.core.reason import Reason
from host.core.variants import Span
from host.show.load import Examined, parsed
from host.show.ranges import cell, period
from host.show.understood import understood

D = Decimal
WALL = datetime(2026, 11, 5, 20, 0, tzinfo=UTC)
BODY = {"zh": "大家好。", "en": "Hello there."}
BASE = {"zh": "name: 羽绒服\nlink: 1\nprice: 399元\n", "en": "name: Feeder\nlink: 1\nprice: $49.00\n"}
"""Three rows of a sheet: what a test adds begins in line 5 of its file."""


def examined(rows: str, lang: str = "zh") -> Examined:
    return parsed(f"---\n{BASE[lang]}{rows.strip(chr(10))}\n---\n{BODY[lang]}\n", Path("p.md"))


def product(rows: str, lang: str = "zh") -> Product:
    read = examined(rows, lang)
    assert read.file is not None
    errors = [str(finding) for finding in read.findings if finding.severity == "error"]
    assert errors == []
    return read.file.product


def told(rows: str, lang: str = "zh") -> dict[str, Fact]:
    """The facts of a sheet that its base has not, by their keys."""
    facts = {fact.id.removeprefix("p."): fact for fact in product(rows, lang).facts_in_force(WALL)}
    return {key: fact for key, fact in facts.items() if key not in ("name", "link", "price")}


def refusal(read: Callable[[str], object], text: str) -> str | None:
    """The code of why a text is refused."""
    try:
        read(text)
    except ValueError as error:
        return str(error.args[0].code)
    return None


def codes(rows: str, lang: str = "zh") -> list[tuple[int, str, str]]:
    """Line, code and severity of every finding."""
    return [(each.line, _code(each.message), each.severity) for each in examined(rows, lang).findings]


def _code(message: str) -> str:
    assert isinstance(message, Reason)
    inner = message.details.get("why")
    return inner.code if message.code == "at_key" and isinstance(inner, Reason) else message.code


# Variants

CLOTHES = """
规格:
  - {颜色: 炭黑, 尺码: M, 价格: 399元, 库存: 20, 重量: 480克}
  - {颜色: 米白, 尺码: L, 价格: 429元, 原价: 799元, 库存: 0}
"""


def test_variants_are_read_with_what_is_true_of_each() -> None:
    black, white = product(CLOTHES).variants
    assert (black.id, black.name, black.options) == ("炭黑-M", "炭黑 M", {"颜色": "炭黑", "尺码": "M"})
    assert (black.price, black.stock, black.facts) == (Money(D(399), "CNY"), 20, {"重量": "480克"})
    assert (white.list_price, white.sold_out) == (Money(D(799), "CNY"), True)


def test_variants_are_facts_with_the_line_they_stand_on() -> None:
    facts = told(CLOTHES)
    weight = facts["variants.炭黑-M.facts.重量"]
    assert (weight.topic, weight.text, weight.source, weight.kind) == (
        "炭黑 M 重量",
        "480克",
        "p.md:6",
        FactKind.VARIANT,
    )
    assert facts["variants.米白-L.price"].source == "p.md:7"
    assert facts["stock"].text == "20"


VARIANT_FORMS = [
    ("zh", "款式:\n  炭黑: 399元\n  米白: 429元", ["炭黑", "米白"], [399, 429]),
    ("zh", "款式:\n- 黑色 399元\n- 白色: 429元\n- 鞋 42", ["黑色", "白色", "鞋 42"], [399, 429, None]),
    ("zh", "款式: [炭黑, 米白]", ["炭黑", "米白"], [None, None]),
    ("zh", "sku:\n  - 款式: 小号\n    现价: 399\n  - 款式: 大号\n    现价: 459", ["小号", "大号"], [399, 459]),
    ("zh", "款式:\n  炭黑: {价格: 399元, 库存: 3}\n  米白:", ["炭黑", "米白"], [399, None]),
    ("zh", "款式:\n  颜色: [黑, 白]\n  尺码: [M, L]", ["黑 M", "黑 L", "白 M", "白 L"], [None] * 4),
    ("en", "variants:\n  Carry-on: $49\n  Check-in 28 in.: $89", ["Carry-on", "Check-in 28 in."], [49, 89]),
    ("en", "Variants:\n- {Color: Slate, Size: XL, Price: $52, Stock: 4}", ["Slate XL"], [52]),
]


@pytest.mark.parametrize(("lang", "rows", "names", "prices"), VARIANT_FORMS)
def test_variants_are_taken_as_they_are_written(
    lang: str, rows: str, names: list[str], prices: list[int | None]
) -> None:
    made = product(rows, lang).variants
    assert [each.name for each in made] == names
    assert [each.price and int(each.price.amount) for each in made] == prices


def test_facts_stay_facts_under_a_key_that_variants_have_too() -> None:
    for rows in ("规格:\n  面料: 棉\n  重量: 480克", "规格:\n  - 面料: 棉\n  - 重量: 480克"):
        made = product(rows)
        assert (dict(made.facts), made.variants) == ({"面料": "棉", "重量": "480克"}, ())


def test_a_text_in_the_place_of_variants_is_said_as_it_stands() -> None:
    fact = told("款式: 有黑白两色可选")["variants"]
    assert (fact.text, fact.kind, fact.source) == ("有黑白两色可选", FactKind.VARIANT, "p.md:5")


# Size charts

CHARTS = [
    ("zh", "尺码表:\n  M: {身高: 155-163cm, 体重: 90-105斤}\n  L: {身高: 163-170cm, 体重: 105-120斤}"),
    (
        "zh",
        "尺码表:\n  - {尺码: M, 身高(cm): 155-163, 体重(斤): 90-105}\n"
        "  - {尺码: L, 身高(cm): 163-170, 体重(斤): 105-120}",
    ),
    ("zh", "尺码表:\n  M: 身高155-163cm，体重90-105斤\n  L: 身高163-170cm，体重105-120斤"),
    ("zh", "尺码表:\n  身高: {M: 155-163厘米, L: 163-170厘米}\n  体重: {M: 45-52.5公斤, L: 52.5-60公斤}"),
    ("en", "size_chart:\n  M: {height: 155-163 cm, weight: 45-52.5 kg}\n  L: {height: 163-170 cm, weight: 52.5-60 kg}"),
    ("en", "size guide:\n  M: height 155 to 163 cm, weight 45–52.5 kg\n  L: height 163~170 cm, weight 52.5-60 kg"),
]


@pytest.mark.parametrize(("lang", "rows"), CHARTS)
def test_a_size_chart_leads_from_a_body_to_a_size(lang: str, rows: str) -> None:
    chart = product(rows, lang).size_chart
    assert [row.size for row in chart.rows] == ["M", "L"]
    assert chart.rows[0].spans == {"height": Span(D(155), D(163), "cm"), "weight": Span(D(45), D("52.5"), "kg")}
    assert chart.sizes({"height": D(168), "weight": D(55)}) == ("L",)
    facts = told(rows, lang)
    assert facts["size_chart.M"].kind is FactKind.SIZE
    assert "155" in facts["size_chart.M"].text
    assert facts["size_chart.L"].source != "p.md:0"


RANGES = [
    ("155-163 cm", (155, 163, "cm")), ("96~108斤", (48, 54, "kg")), ("155cm-163cm", (155, 163, "cm")),
    ("1.55–1.63m", (155, 163, "cm")), ("54公斤以下", (None, 54, "kg")), ("100斤以上", (50, None, "kg")),
    ("under 120 lb", (None, 120, "lb")), ("120 lb and up", (120, None, "lb")), ("60kg+", (60, None, "kg")),
    ("5'4\"-5'8\"", (64, 68, "in")), ("5’4” to 5’8”", (64, 68, "in")), ("5 ft 4 in - 5 ft 8 in", (64, 68, "in")),
    ("三岁以上", (36, None, "month")), ("3-12岁", (36, 144, "month")), ("6个月到3岁", (6, 36, "month")),
    ("12 months+", (12, None, "month")), ("3+ years", (36, None, "month")), ("8至12岁", (96, 144, "month")),
    ("不超过54kg", (None, 54, "kg")), ("１５５－１６３ｃｍ", (155, 163, "cm")), ("48 to 54 kilograms", (48, 54, "kg")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "span"), RANGES)
def test_a_range_is_read_with_its_unit(text: str, span: tuple[int | None, int | None, str]) -> None:
    low, high = (None if end is None else D(end) for end in span[:2])
    assert cell(text).span == Span(low, high, span[2])


@pytest.mark.parametrize(
    ("text", "code"),
    [("155-163", "span_no_unit"), ("163-155cm", "span_reversed"), ("165/88A", "span_unread"), ("均码", "span_unread"),
     ("3-5度", "span_unit_unknown")],
)  # fmt: skip
def test_what_is_no_range_is_told(text: str, code: str) -> None:
    assert refusal(cell, text) == code


@pytest.mark.parametrize(
    ("text", "months"),
    [("12个月", 12), ("一年", 12), ("两年", 24), ("半年", 6), ("2 years", 24), ("24-month warranty", 24),
     ("整机保修3年", 36), ("1.5年", 18), ("eighteen months", 18)],
)  # fmt: skip
def test_a_period_is_read_in_months(text: str, months: int) -> None:
    assert period(text) == months


@given(st.text(max_size=60))
def test_any_text_is_a_range_or_told(text: str) -> None:
    for read in (cell, period):
        assert refusal(read, text) in (
            None,
            "span_unread",
            "span_no_unit",
            "span_reversed",
            "span_unit_unknown",
            "not_months",
        )


@given(st.integers(1, 250), st.integers(1, 250), st.sampled_from(["cm", "斤", "公斤", "kg", "in", "lb", "厘米"]))
def test_a_range_holds_its_ends(low: int, width: int, unit: str) -> None:
    span = cell(f"{low}-{low + width}{unit}").span
    assert span.low is not None
    assert span.high is not None
    assert [span.holds(each) for each in (span.low, span.high, span.high + D("0.1"))] == [True, True, False]


# Offers

OFFERS: list[tuple[str, str, Promotion]] = [
    ("zh", "满: 500元\n减: 50元\n叠加: 否", Promotion("满¥500减¥50，不与其他优惠同享", terms=(
        Term(TermKind.THRESHOLD, D(50), above=D(500)),), combinable=False)),
    ("zh", "第二件: 半价", Promotion("第二件半价", terms=(Term(TermKind.NTH, share=D("0.5"), pieces=2),))),
    ("zh", "第二杯: 免费", Promotion("第二杯免费", terms=(Term(TermKind.NTH, share=D(0), pieces=2),))),
    ("zh", "买: 2盒\n送: 手摇杯", Promotion("买2盒送手摇杯", terms=(Term(TermKind.GIFT, pieces=2, gift="手摇杯"),))),
    ("zh", "第3件: 1元", Promotion("第三件¥1", terms=(Term(TermKind.NTH, D(1), pieces=3),))),
    ("zh", "nth: 2\npay: 7折", Promotion("第二件7折", terms=(Term(TermKind.NTH, share=D("0.7"), pieces=2),))),
    ("zh", "打折: 85折", Promotion("打8.5折", terms=(Term(TermKind.PERCENT_OFF, share=D("0.85")),))),
    ("zh", "立减: 20", Promotion("立减¥20", terms=(Term(TermKind.AMOUNT_OFF, D(20)),))),
    ("zh", "件数: 2件\n打折: 八折", Promotion("满2件打8折", terms=(
        Term(TermKind.PERCENT_OFF, share=D("0.8"), pieces=2),))),
    ("zh", "买: 2件\n送: 1", Promotion("买2送1", terms=(Term(TermKind.BUY_GET, pieces=2, free=1),))),
    ("zh", "买: 2\n送: 收纳袋\n限购: 每人限2件", Promotion("买2件送收纳袋，每人限2件", terms=(
        Term(TermKind.GIFT, pieces=2, gift="收纳袋"),), limit=2)),
    ("zh", "赠品: [袜子, 手套]", Promotion("下单送袜子，下单送手套", terms=(
        Term(TermKind.GIFT, gift="袜子"), Term(TermKind.GIFT, gift="手套")))),
    ("zh", "件数: 2\n价格: 699元", Promotion("2件¥699", terms=(Term(TermKind.BUNDLE, D(699), pieces=2),))),
    ("zh", "活动价: 359元", Promotion("活动价¥359", Money(D(359), "CNY"))),
    ("zh", "text: 双11价\n价格: 359元\n券: LIVE10", Promotion("双11价", Money(D(359), "CNY"), code="LIVE10")),
    ("zh", "terms:\n- {满: 300, 减: 30}\n- {满: 500, 减: 80}", Promotion("满¥300减¥30，满¥500减¥80", terms=(
        Term(TermKind.THRESHOLD, D(30), above=D(300)), Term(TermKind.THRESHOLD, D(80), above=D(500))))),
    ("en", "off: 20%\ncode: CAT20", Promotion("20% off, with code CAT20", code="CAT20", terms=(
        Term(TermKind.PERCENT_OFF, share=D("0.8")),))),
    ("en", "off: $5 off\nabove: over $80", Promotion("$5 off orders of $80 or more", terms=(
        Term(TermKind.THRESHOLD, D(5), above=D(80)),))),
    ("en", "second: half price", Promotion("the second at half price", terms=(
        Term(TermKind.NTH, share=D("0.5"), pieces=2),))),
    ("en", "buy: 2\nget: 1", Promotion("buy 2 get 1 free", terms=(Term(TermKind.BUY_GET, pieces=2, free=1),))),
    ("en", "pieces: 2\nprice: $90\ncombine: yes", Promotion("2 for $90, can be combined with other offers", terms=(
        Term(TermKind.BUNDLE, D(90), pieces=2),), combinable=True)),
    ("en", "third piece: free", Promotion("the third is free", terms=(Term(TermKind.NTH, share=D(0), pieces=3),))),
    ("en", "gift: a scoop\nabove: $80\nlimit: 1 per order", Promotion(
        "a scoop comes free with orders of $80 or more, limit 1 per customer", limit=1, terms=(
            Term(TermKind.GIFT, above=D(80), gift="a scoop"),))),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "rows", "offer"), OFFERS)
def test_an_offer_is_read_into_terms_and_said(lang: str, rows: str, offer: Promotion) -> None:
    indented = "\n    ".join(rows.splitlines())
    (made,) = product(f"promotions:\n  - {indented}", lang).promotions
    assert (made.text, made.price, made.terms, made.limit, made.combinable, made.code) == (
        offer.text, offer.price, offer.terms, offer.limit, offer.combinable, offer.code)  # fmt: skip


def test_the_words_of_terms_stand_beside_the_text_of_an_offer() -> None:
    facts = told("优惠:\n  - 文案: 囤货价\n    第二件: 半价\n    until: 2026-11-11")
    assert (facts["promotions.0"].text, facts["promotions.0.terms"].text) == ("囤货价", "第二件半价")
    over = product("优惠:\n  - 文案: 囤货价\n    第二件: 半价\n    until: 2026-11-11").facts_in_force(
        WALL.replace(day=12)
    )
    assert not [fact for fact in over if ".promotions." in fact.id]


def test_an_offer_for_some_variants_is_no_price_of_the_product() -> None:
    made = product(CLOTHES + "优惠:\n  - {价格: 359元, 适用: 炭黑}")
    (offer,) = made.promotions
    assert (offer.price, offer.variants, offer.text) == (None, ("炭黑-M",), "炭黑 M活动价¥359")
    assert offer.terms == (Term(TermKind.PRICE, D(359)),)
    assert made.price_in_force(WALL) == made.price


# The rest of a sheet

ENTRIES: list[tuple[str, str, str, Any, str, str, FactKind]] = [
    ("zh", "包含: 杯子、杯刷", "included", ("杯子", "杯刷"), "included", "包装里有杯子和杯刷", FactKind.INCLUDED),
    ("zh", "不含: [腰带]", "excluded", ("腰带",), "not_included", "不含腰带", FactKind.EXCLUDED),
    ("zh", "另购:\n  帽子: 39元", "extras", (Extra("帽子", Money(D(39), "CNY")),), "sold_separately.0", "帽子另购，¥39",
     FactKind.EXTRA),
    ("zh", "质保: 一年", "warranty", Warranty(12), "warranty", "质保12个月", FactKind.WARRANTY),
    ("zh", "质保: {年: 2, 范围: [电机], 不保: 进水}", "warranty", Warranty(24, ("电机",), ("进水",)), "warranty",
     "质保24个月，包括电机，不包括进水", FactKind.WARRANTY),
    ("zh", "质保: 非人为损坏免费换新", "warranty", None, "warranty", "非人为损坏免费换新", FactKind.WARRANTY),
    ("zh", "认证: [3C认证]", "certificates", ("3C认证",), "certificates", "认证有3C认证", FactKind.CERTIFICATE),
    ("zh", "产地: 浙江嘉兴", "origin", "浙江嘉兴", "origin", "产地是浙江嘉兴", FactKind.ORIGIN),
    ("zh", "保养: [不可漂白, 不可烘干]", "care", ("不可漂白", "不可烘干"), "care", "不可漂白；不可烘干", FactKind.CARE),
    ("zh", "人群: {不适合: 孕妇, 年龄: 3岁以上}", "audience", Audience((), ("孕妇",), 36),
     "audience.unfit", "不适合孕妇", FactKind.AUDIENCE),
    ("zh", "人群: 成年人都能用", "audience", None, "audience", "成年人都能用", FactKind.AUDIENCE),
    ("zh", "兼容: USB-C接口的充电头", "works_with", ("USB-C接口的充电头",), "works_with", "兼容USB-C接口的充电头",
     FactKind.COMPATIBILITY),
    ("zh", "不兼容: [电磁炉]", "not_with", ("电磁炉",), "not_with", "不兼容电磁炉", FactKind.COMPATIBILITY),
    ("zh", "生产日期: 2026-10-08", "batches", (Batch(date(2026, 10, 8)),), "batches.0", "生产日期是2026年10月8日",
     FactKind.BATCH),
    ("zh", "另购:\n- 帽子 39元", "extras", (Extra("帽子", Money(D(39), "CNY")),), "sold_separately.0", "帽子另购，¥39",
     FactKind.EXTRA),
    ("zh", "保质期: 18个月", "shelf_life", 18, "shelf_life", "保质期是18个月", FactKind.BATCH),
    ("en", "included: [one bottle, a spare ring, a leaflet]", "included", ("one bottle", "a spare ring", "a leaflet"),
     "included", "In the box you get one bottle, a spare ring and a leaflet", FactKind.INCLUDED),
    ("en", "not included: batteries", "excluded", ("batteries",), "not_included", "It does not include batteries",
     FactKind.EXCLUDED),
    ("en", "sold separately:\n- {name: Filter pack, price: $9.90, link: 5}", "extras",
     (Extra("Filter pack", Money(D("9.90"), "USD"), 5),), "sold_separately.0",
     "Filter pack is sold separately, at $9.90, link 5", FactKind.EXTRA),
    ("en", "warranty: {years: 2, covers: [motor, pump], excludes: water damage}", "warranty",
     Warranty(24, ("motor", "pump"), ("water damage",)), "warranty",
     "24 months of warranty, it covers motor and pump, it does not cover water damage", FactKind.WARRANTY),
    ("en", "audience: {ages: 12 months+}", "audience", Audience(min_age=12), "audience.ages",
     "It is for ages 12 months+", FactKind.AUDIENCE),
    ("en", "batches: [{made: 2026-03-01, code: A01}]", "batches", (Batch(date(2026, 3, 1), "A01"),), "batches.0",
     "batch A01, made on 2026-3-1", FactKind.BATCH),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "rows", "attribute", "value", "key", "text", "kind"), ENTRIES)
def test_an_entry_is_an_attribute_and_a_fact(
    lang: str, rows: str, attribute: str, value: Any, key: str, text: str, kind: FactKind
) -> None:
    assert getattr(product(rows, lang), attribute) == value
    fact = told(rows, lang)[key]
    assert (fact.text, fact.kind) == (text, kind)
    assert int(fact.source.rpartition(":")[2]) >= 5


def test_service_is_told_by_a_product_itself() -> None:
    facts = told("发票: 可以开电子发票\n客服时间: 9点到23点\n改地址: 发货前可以改\n快递公司: [顺丰, 京东]")
    assert {key: fact.text for key, fact in facts.items()} == {
        "couriers": "快递发顺丰和京东", "invoice": "可以开电子发票", "hours": "9点到23点",
        "address_change": "发货前可以改",
    }  # fmt: skip


# Bad input, by name and line

BAD = [
    ("优惠:\n- {text: a, 价格: 299元}\n- {text: b, 价格: 199元}", 7, "offers_contradict", "error"),
    ("优惠:\n- {text: a, 价格: 299元}\n- {text: b, 价格: 199元, from: 2026-11-11}", 7, "offers_overlap", "warning"),
    ("优惠:\n- {text: a, from: 2026-11-11, until: 2026-11-01}", 6, "offer_ends_first", "error"),
    ("优惠:\n- {text: a, 价格: 499元}", 6, "offer_above_price", "error"),
    ("优惠:\n- {满: 300, 减: 300}", 6, "offer_takes_all", "error"),
    ("优惠:\n- {立减: 400元}", 6, "offer_takes_all", "error"),
    ("优惠:\n- {买: 2件}", 6, "offer_no_effect", "error"),
    ("优惠:\n- {nth: 2}", 6, "offer_needs", "error"),
    ("优惠:\n- {until: 2026-11-11}", 6, "is_missing", "error"),
    ("优惠:\n- {打折: 120%}", 6, "money_unknown", "error"),
    ("款式: [黑, 白]\n优惠:\n- {立减: 20元, 适用: 红}", 7, "variant_unknown", "error"),
    ("款式:\n- {名称: 黑, 库存: 3}\n- {名称: 黑, 库存: 4}", 7, "variant_twice", "error"),
    ("款式:\n- {名称: 黑, 库存: -3}", 6, "count_negative", "error"),
    ("库存: -1", 5, "count_negative", "error"),
    ("款式:\n- {名称: 黑, 库存: 3}\n- {名称: 白}", 7, "variants_no_stock", "warning"),
    ("库存: 9\n款式:\n- {名称: 黑, 库存: 3}\n- {名称: 白, 库存: 4}", 5, "stock_differs", "warning"),
    ("款式:\n- {名称: 黑, 库存: 3, 价格: 429元}", 4, "price_of_no_variant", "warning"),
    ("款式:\n- {名称: 黑, 库存: 3, 价格: $39}", 6, "price_currencies", "error"),
    ("原价: 500元\n款式:\n- {名称: 黑, 库存: 3, 价格: 599元}", 7, "variant_above_list", "warning"),
    ("款式:\n- {名称: 黑, 库存: 3, 价格: 599元, 原价: 500元}", 6, "variant_above_list", "error"),
    ("尺码表:\n  M: {身高: 155-163cm}\n  L: {身高: 168-175cm}", 7, "chart_hole", "warning"),
    ("尺码表:\n  M: {身高: 155-163cm}\n  L: {身高: 160-170cm}", 7, "chart_overlap", "warning"),
    ("尺码表:\n  M: {身高: 163-155cm}", 6, "span_reversed", "error"),
    ("尺码表:\n  M: {体重: 45-54kg}\n  L: {体重: 120-130 lb}", 7, "chart_units", "error"),
    ("尺码表:\n  M: {体重: 90-105}", 6, "span_no_unit", "warning"),
    ("质保: {月: 很久}", 5, "not_months", "error"),
    ("人群: {年龄: 大朋友}", 5, "ages_unread", "warning"),
    ("发货: Ships within two business days from our warehouse", 5, "sheet_two_languages", "warning"),
    ("图片: ../x.png", 5, "picture_outside", "error"),
    ("款式:\n- {名称: 黑, 库存: 3, 图片: ../x.png}", 6, "picture_outside", "error"),
]


@pytest.mark.parametrize(("rows", "line", "code", "severity"), BAD)
def test_what_contradicts_is_named_with_its_line(rows: str, line: int, code: str, severity: str) -> None:
    assert (line, code, severity) in codes(rows)
    assert examined(rows).file is not None


GOOD = [
    "尺码表:\n  M: {身高: 155-163cm}\n  L: {身高: 164-170cm}",
    "尺码表:\n  M: {身高: 155-163cm}\n  L: {身高: 163-170cm}",
    "尺码表:\n  M: {身高: 155-165cm, 体重: 90-105斤}\n  L: {身高: 160-170cm, 体重: 105-120斤}",
    "尺码表:\n  M: {胸围: 108cm, 衣长: 66cm}\n  L: {胸围: 112cm, 衣长: 68cm}",
    "尺码表:\n  L: {身高: 164-170cm}\n  M: {身高: 155-163cm}\n  XL: {身高: 171cm以上}",
    "优惠:\n- {text: a, 价格: 299元, until: 2026-11-10}\n- {text: b, 价格: 199元, from: 2026-11-11}",
    "优惠:\n- {text: a, 价格: 299元}\n- {text: b, 价格: 199元, 券: VIP}",
    "款式:\n- {名称: 黑, 库存: 3}\n- {名称: 白, 库存: 0}",
    "参数: {品牌: Tarnwell Outdoor, 型号: USB-C PD 3.0 Fast Charge}",
]


@pytest.mark.parametrize("rows", GOOD)
def test_what_is_meant_is_not_told(rows: str) -> None:
    assert codes(rows) == []


def test_what_is_wrong_in_one_variant_leaves_the_others() -> None:
    read = examined("款式:\n- {名称: 黑, 库存: -3}\n- {名称: 白, 库存: 4}\n产地: 浙江")
    assert read.file is not None
    assert not read.good
    assert [each.name for each in read.file.product.variants] == ["白"]
    assert read.file.product.origin == "浙江"


@pytest.mark.parametrize(("place", "price", "lang"), [(0, "399元", "zh"), (1, "$129", "en")])
def test_the_examples_for_writers_are_understood_whole(place: int, price: str, lang: str) -> None:
    guide = bundled("scripts", "README.md").read_text(encoding="utf-8")
    example = re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)[place]
    read = parsed(f"---\nname: x\nlink: 1\nprice: {price}\n{example}---\n{BODY[lang]}\n", Path("p.md"))
    assert read.findings == ()
    assert read.file is not None
    assert not [each.what for each in understood(read.file.product) if getattr(each.what, "code", "") == "read_said"]


def test_markup_in_a_typed_entry_is_told_like_any_other() -> None:
    assert (5, "sign_unspoken", "error") in codes("保养: '**不可漂白**'")
    assert (6, "sign_unspoken", "error") in codes("款式:\n- {名称: 黑, 库存: 1, 重量: '`480克`'}")


def test_ten_thousand_variants_are_refused_in_time() -> None:
    for rows in (
        "\n".join(f"- 款{index}" for index in range(10_000)),
        "\n".join(f"  k{i}: 9元" for i in range(10_000)),
    ):
        start = time.perf_counter()
        found = codes(f"款式:\n{rows}")
        assert time.perf_counter() - start < 5.0  # two seconds on a machine of its own
        assert found == [(5, "too_many_entries", "error")]


KEYS = ["款式", "尺码表", "优惠", "质保", "人群", "批次", "另购", "例外地区", "保质期", "包含", "sku", "规格"]
SCALARS = st.sampled_from(
    ["黑", "3", "-1", "半价", "39元", "155-163cm", "2026-10-08", "满300", "", "是", "{}", "3岁以上"]
)
NAMES = st.sampled_from(
    ["名称", "价格", "库存", "尺码", "身高", "满", "减", "terms", "text", "年龄", "for", "第二件", "x", "链接"]
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3), max_leaves=8
)


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(each)}" for key, each in value.items()) + "}"
    return "[" + ", ".join(map(_flow, value)) + "]" if isinstance(value, list) else f'"{value}"'


@given(st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=5))
def test_any_shape_makes_a_product_or_findings_with_lines(groups: dict[str, Any]) -> None:
    read = examined("\n".join(f"{key}: {_flow(value)}" for key, value in groups.items()))
    assert all(finding.line for finding in read.findings)
    assert read.file is not None
    for fact in read.file.product.facts_in_force(WALL):
        assert fact.text
        assert not fact.source.endswith(":0")


def test_nothing_is_held_against_a_price_that_cannot_be_read() -> None:
    rows = "price: 很便宜\n款式:\n- {名称: 黑, 库存: 1, 价格: 399元}\n优惠:\n- {text: a, 价格: 299元}\n- {立减: 20元}"
    read = parsed(f"---\nname: x\nlink: 1\n{rows}\n---\n好。\n", Path("p.md"))
    assert [(each.line, _code(each.message)) for each in read.findings] == [(4, "money_none")]
