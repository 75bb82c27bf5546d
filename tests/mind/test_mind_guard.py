"""The guard as a whole: the corpus, the reasons it gives, and what must hold for any text."""

import time
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from guard_corpus import GUARD, lines, rule
from guard_numbers import english, mandarin
from guard_sheets import CUP, LAMP, MUG, WALL, yuan
from hypothesis import given, settings
from hypothesis import strategies as st

from host.core.product import Product
from host.core.reason import data
from host.core.utterance import Kind, Ruling
from host.mind.guard.case import Case
from host.mind.guard.judge import MAX_TEXT, Guard
from host.mind.guard.wordlists import WordList

ATTACKS = [(section, text) for section, text in lines("guard_attacks.txt") if "beyond" not in section]
BEYOND = [(section, text) for section, text in lines("guard_attacks.txt") if "beyond" in section]
HARMLESS = [(section, text) for section, text in lines("guard_harmless.txt") if "refused" not in section]
OVERCAUTIOUS = [(section, text) for section, text in lines("guard_harmless.txt") if "refused" in section]


def check(
    text: str, *products: Product, spoken: str | None = None, kind: Kind = Kind.ANSWER, wall: datetime = WALL
) -> Ruling:
    lang = products[0].lang if products else "zh"
    return GUARD.check(Case(text, text if spoken is None else spoken, kind, lang, products, wall))


def test_the_corpus_is_large_enough() -> None:
    assert len(ATTACKS) >= 150
    assert len(HARMLESS) >= 150


@pytest.mark.parametrize(("section", "text"), ATTACKS)
def test_an_attack_is_refused(section: str, text: str) -> None:
    ruling = rule(section, text)
    assert not ruling.allowed
    assert ruling.code not in ("", "error")
    assert ruling.offending
    assert ruling.offending in ruling.reason


def test_an_attack_is_refused_when_only_one_form_holds_it_and_whoever_says_it() -> None:
    """What is shown and what is spoken are judged both, of every kind of utterance. One test for the whole corpus: a
    test of each would take longer to set up than to run."""
    passed = []
    for section, text in ATTACKS:
        other = "好的。" if section.startswith("zh") else "Okay."
        forms = (rule(section, other, spoken=text), rule(section, text, spoken=other))
        kinds = (rule(section, text, kind=kind) for kind in Kind)
        passed += [text for ruling in (*forms, *kinds) if ruling.allowed]
    assert not passed, "\n".join(passed)


@pytest.mark.parametrize(("section", "text"), HARMLESS)
def test_what_a_host_says_passes(section: str, text: str) -> None:
    ruling = rule(section, text)
    assert ruling.allowed, ruling.reason


@pytest.mark.parametrize(("section", "text"), BEYOND)
def test_known_limits(section: str, text: str) -> None:
    """What the guard cannot see. When this fails it has become better: move the line to the attacks."""
    assert rule(section, text).allowed


@pytest.mark.parametrize(("section", "text"), OVERCAUTIOUS)
def test_known_caution(section: str, text: str) -> None:
    """What it refuses for no good reason. When this fails it has become better: move the line to the harmless."""
    assert not rule(section, text).allowed


def test_the_reason_names_the_piece_the_facts_and_what_to_write() -> None:
    ruling = check("只要59元", CUP, kind=Kind.SCRIPT)
    assert (ruling.code, ruling.offending) == ("price", "59元")
    assert "随行保温杯 (link 1)" in ruling.reason
    assert "scripts/zh/cup.md" in ruling.reason
    why = data(ruling.reason)
    assert why
    assert why["code"] == "guard_facts"
    assert why["details"]["what"] == {"code": "uncarried", "details": {"measure": "money", "role": "", "bound": ""}}
    assert why["details"]["products"] == [{"name": "随行保温杯", "link": 1}]
    assert why["details"]["add"] == "price"


@pytest.mark.parametrize(
    "text", ["这是最好的杯子", "全网第一的杯子", "包你见效", "国家级的杯子", "天下无敌第一名", "加我微信", "看 abc.com"]
)
def test_no_fact_is_asked_for_where_none_would_help(text: str) -> None:
    ruling = check(text, CUP, kind=Kind.SCRIPT)
    assert not ruling.allowed
    assert "fact" not in ruling.reason
    assert ruling.reason.endswith("Rephrase the line")
    assert len(ruling.reason) < 140
    assert "Rephrase" not in check(text, CUP).reason


def test_a_superlative_may_not_be_said_in_advertising() -> None:
    for text in ("这是最好的杯子", "国家级的杯子", "喝了润肺止咳"):
        assert "may not be said in advertising" in check(text, CUP, kind=Kind.SCRIPT).reason
    assert "may not be said on air" in check("你个傻逼", CUP, kind=Kind.SCRIPT).reason


def test_a_word_a_fact_would_allow_says_so() -> None:
    reason = check("这个杯子全国顺丰", CUP, kind=Kind.SCRIPT).reason
    assert "write a fact that says so into scripts/zh/cup.md" in reason


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("活动价69元", {"cup.promotions.0"}),
        ("原价129元", {"cup.list_price"}),
        ("立省60元", {"cup.list_price", "cup.promotions.0"}),
        ("容量0.5升，净重260克", {"cup.facts.容量", "cup.facts.净重"}),
        ("还有236件", {"cup.stock"}),
        ("1号链接", {"cup.link"}),
        ("11月11日截止", {"cup.promotions.0"}),
        ("48小时内发货", {"cup.shipping"}),
        ("大家好", set()),
    ],
)
def test_the_evidence_is_the_facts_that_carry_it(text: str, facts: set[str]) -> None:
    ruling = check(text, CUP)
    assert ruling.allowed, ruling.reason
    assert facts <= set(ruling.evidence)
    assert bool(facts) == bool(ruling.evidence)


def test_an_offer_is_carried_only_while_it_stands() -> None:
    later = datetime(2026, 11, 12, 0, 0, tzinfo=UTC)
    assert check("只要69元", CUP).allowed
    assert not check("只要69元", CUP, wall=later).allowed
    assert check("只要79元", CUP, wall=later).allowed
    assert not check("第二件半价", CUP).allowed
    assert check("第二件半价", CUP, wall=datetime(2026, 12, 2, tzinfo=UTC)).allowed
    assert not check("一件半价", CUP, wall=datetime(2026, 12, 2, tzinfo=UTC)).allowed


def test_the_list_price_is_no_price_to_pay() -> None:
    assert not check("只要129元", CUP).allowed
    assert check("129元的杯子，今天69元", CUP).allowed
    assert not check("原价79元", CUP, wall=datetime(2026, 10, 1, tzinfo=UTC)).allowed, (
        "no offer stands: 79 is the price"
    )


def test_one_products_price_is_not_said_of_another() -> None:
    assert check("3号链接199元", CUP, LAMP).allowed
    assert not check("3号链接69元", CUP, LAMP).allowed
    assert not check("护眼台灯只要79元", CUP, LAMP).allowed
    assert not check("3号链接在这里", CUP).allowed


def test_without_products_only_words_are_left() -> None:
    assert check("欢迎来到直播间").allowed
    assert not check("今天只要69元").allowed
    assert not check("全网最低价").allowed


def test_what_the_sheet_forbids_is_refused_however_it_is_spelt() -> None:
    for text in ("喝水治病", "喝水治 病", "終身保温", "终.身.保.温"):
        assert not check(text, CUP).allowed
    assert check("It is un-breakable", MUG).code == "never_say"


def test_a_service_is_promised_only_where_a_fact_does() -> None:
    bare = replace(CUP, shipping="", returns="", promotions=())
    assert check("全国包邮", CUP).allowed
    assert check("全国包邮", bare).code == "claim"
    assert check("你问的包邮，资料里没有写", bare).allowed
    assert check("这款不包邮", bare).allowed
    denied = replace(CUP, facts={"防水": "不防水"})
    assert not check("这个杯子防水", denied).allowed
    assert check("这个杯子不防水", denied).allowed


def test_a_contact_is_said_only_where_a_fact_holds_it() -> None:
    hotline = replace(CUP, facts={"客服电话": "400-880-8820"})
    assert check("客服电话400-880-8820", hotline).allowed
    assert check("客服电话四零零八八零八八二零", CUP).code == "link"


@pytest.mark.parametrize("text", ["", "   ", "，。！", "\u200b\u200b", "🎉🎉"])
def test_there_must_be_something_to_say(text: str) -> None:
    assert not check(text, CUP).allowed


def test_it_fails_closed() -> None:
    class Broken(Guard):
        def _judge(self, *_: object) -> Ruling:
            raise RuntimeError("out of order")

    ruling = Broken(WordList.load()).check(Case("大家好", "大家好", Kind.ANSWER, "zh", [CUP], WALL))
    assert (ruling.allowed, ruling.code) == (False, "error")
    assert "out of order" in ruling.reason
    odd = replace(CUP, price=None)  # type: ignore[arg-type]
    assert check("大家好", odd).code == "error"


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300), st.text(max_size=300), st.sampled_from([*Kind]), st.sampled_from([CUP, MUG]))
def test_it_is_total(text: str, spoken: str, kind: Kind, product: Product) -> None:
    ruling = GUARD.check(Case(text, spoken, kind, product.lang, [product], WALL))
    assert ruling.code != "error" or "could not judge" not in ruling.reason, ruling.reason
    assert ruling.allowed or ruling.reason


PIECES = st.text(
    alphabet="0123456789零一二两三十百千万亿半点元块折%¥$.,-:/年月日号时分天个件 第买送满减abckmg百分之", max_size=60
)


@settings(max_examples=500, deadline=None)
@given(PIECES)
def test_it_is_total_on_number_soup(text: str) -> None:
    ruling = check(text, CUP)
    assert "could not judge" not in ruling.reason, ruling.reason


AMOUNTS = "69 79 129 60 50 10 300 236 1 3 12 12.40 15 19.60 24.50 32 35 4.95 7.50 4.90"
KNOWN = {Decimal(value) for value in AMOUNTS.split()}
AMOUNT = st.decimals(min_value=2, max_value=99_999, places=1).filter(lambda value: value not in KNOWN)
ZH_TEMPLATES = [
    "今天只要{}元",
    "这款{}块钱带走",
    "到手价{}元，喜欢就拍",
    "原价{}元",
    "给大家便宜{}元",
    "大家好，{}元包邮",
    "{}元",
]
EN_TEMPLATES = [
    "It is only {} dollars today",
    "Pay {} dollars now",
    "You save {} dollars",
    "It was {} dollars",
    "Hello, {} bucks",
]


@settings(max_examples=200, deadline=None)
@given(AMOUNT, st.sampled_from(ZH_TEMPLATES), st.booleans())
def test_a_price_that_is_no_fact_is_refused_in_mandarin(amount: Decimal, template: str, written_out: bool) -> None:
    number = mandarin(amount) if written_out else f"{amount.normalize():f}"
    assert not check(template.format(number), CUP).allowed


@settings(max_examples=200, deadline=None)
@given(AMOUNT, st.sampled_from(EN_TEMPLATES), st.booleans())
def test_a_price_that_is_no_fact_is_refused_in_english(amount: Decimal, template: str, written_out: bool) -> None:
    number = english(amount) if written_out else f"{amount.normalize():f}"
    assert not check(template.format(number), MUG).allowed


NUMBER = st.integers(min_value=11, max_value=99_999).filter(lambda value: Decimal(value) not in KNOWN | {
    Decimal(known) for known in (500, 260, 316, 304, 95, 62, 21, 48, 600, 318, 24, 180, 30, 20)})  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(NUMBER, st.sampled_from([text for _, text in HARMLESS]), st.booleans(), st.data())
def test_a_number_put_anywhere_into_a_harmless_sentence_is_refused(
    number: int, sentence: str, written_out: bool, data: st.DataObject
) -> None:
    zh = not sentence.isascii()
    words = sentence.split(" ")
    at = data.draw(st.integers(0, len(words)))
    said = (mandarin(number) if zh else english(Decimal(number))) if written_out else str(number)
    unit = "块钱，" if zh else "dollars"
    text = " ".join([*words[:at], said + unit if zh else f"{said} {unit}", *words[at:]])
    assert not check(text, CUP if zh else MUG).allowed


@pytest.mark.parametrize("product", [CUP, LAMP, MUG], ids=lambda product: product.id)
def test_a_facts_own_text_passes(product: Product) -> None:
    for fact in product.facts_in_force(WALL):
        if any(character.isalpha() for character in fact.text):
            ruling = check(fact.text, product)
            assert ruling.allowed, ruling.reason


UNITS = [
    "元",
    "克",
    "公斤",
    "毫升",
    "升",
    "厘米",
    "小时",
    "天",
    "个月",
    "件",
    "瓶",
    "片",
    "%",
    "瓦",
    "度",
    "折",
    "层",
    "岁",
]


@settings(max_examples=200, deadline=None)
@given(st.integers(2, 9999), st.sampled_from(UNITS), st.booleans())
def test_any_fact_carries_its_own_text_in_either_numerals(value: int, unit: str, written_out: bool) -> None:
    product = replace(CUP, facts={"说明": f"一共{value}{unit}"})
    said = f"百分之{mandarin(value)}" if unit == "%" else f"{mandarin(value)}{unit}"
    ruling = check(f"一共{said}" if written_out else f"一共{value}{unit}", product)
    assert ruling.allowed, ruling.reason


HOSTILE = [
    "一" * 10_000, "9" * 10_000, "买一" * 5_000, "1-" * 5_000, "百分之" * 3_000, "a." * 5_000,
    "点com" * 2_500, "é́" * 5_000,
    "one " * 2_500, "one hundred and " * 700, "喵" * 10_000, "ab" * 5_000, "加.微.信" * 2_000,
    "((((" * 2_500, "<" * 10_000,
    "1.1.1.1." * 1_250, "第一第二" * 2_500, "w w w " * 1_700, "0 0 0 0-" * 1_250, "\U0001f600" * 10_000, "｟" * 10_000,
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("length", [10_000, MAX_TEXT])
def test_hostile_text_is_judged_soon(text: str, length: int) -> None:
    began = time.process_time()
    ruling = check(text[:length], CUP)
    assert not ruling.allowed
    assert time.process_time() - began < 2.0


def test_a_letter_that_is_folded_into_eighteen_counts_as_eighteen() -> None:
    ruling = check("\ufdfa" * 300, CUP)
    assert (ruling.allowed, ruling.code) == (False, "error")
    assert "5400" in ruling.reason


def test_money_in_another_currency_is_another_price() -> None:
    assert not check("69 dollars", CUP).allowed
    assert not check("only 19.60 yuan", MUG).allowed
    assert check("只要69元", replace(CUP, promotions=(), price=yuan("69"))).allowed
