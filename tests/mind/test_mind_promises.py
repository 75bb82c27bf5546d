"""Promises and praise in words: what a sheet bears out is said, and what it does not is not."""

import time
from dataclasses import replace

import pytest
from guard_corpus import GUARD
from guard_sheets import CUP, MUG, WALL
from hypothesis import given, settings
from hypothesis import strategies as st
from promise_corpus import HELD, TUNED, lines, measure, products, rule

from host.core.fold import fold
from host.core.product import Faq, Product
from host.core.reason import data
from host.core.utterance import Kind, Ruling
from host.mind.guard.case import Case

CORPUS = [line for name in TUNED for line in lines(name)]
KNOWN = {"lies": False, "refused": False, "harmless": True, "beyond": True}
MEASURED = {"lies": 24, "harmless": 45}
"""Of 58 lies and 48 harmless lines of ``held.txt``, those judged right; without these rules it would be 12 and 46."""


def check(text: str, *on_air: Product) -> Ruling:
    return GUARD.check(Case(text, text, Kind.ANSWER, on_air[0].lang, on_air, WALL))


def telling(product: Product, words: str) -> Product:
    """The product with an FAQ that says ``words``."""
    return replace(product, faq=(*product.faq, Faq(("?",), words)))


def code(ruling: Ruling) -> str:
    """The code of what is wrong."""
    why = data(ruling.reason)
    return str(why["details"]["what"]["code"]) if why else ""


@pytest.mark.parametrize(("product", "kind", "text"), CORPUS)
def test_the_corpus_the_rules_were_made_with(product: str, kind: str, text: str) -> None:
    ruling = rule(product, text)
    assert ruling.allowed is KNOWN[kind], ruling.reason
    assert ruling.allowed or ruling.offending in ruling.reason


def test_what_was_never_looked_at_is_judged_no_worse_than_it_was() -> None:
    counts = measure(HELD)
    assert all(counts[kind, True] >= least for kind, least in MEASURED.items()), counts


@pytest.mark.parametrize("product", ["pan", "daypack"])
def test_a_fact_with_all_its_exceptions_passes_as_it_stands(product: str) -> None:
    for fact in products()[product].facts_in_force(WALL):
        if any(character.isalpha() for character in fact.text):
            ruling = rule(product, fact.text)
            assert ruling.allowed, ruling.reason


@pytest.mark.parametrize(
    ("words", "product", "lacks"),
    [
        ("坏了一辈子给你修", CUP, "lacks_care"),
        ("用过了也能退", CUP, "lacks_returns"),
        ("满意了再付钱", CUP, "lacks_payment"),
        ("海外也免邮", CUP, "lacks_free_shipping"),
        ("海外的朋友也能寄", CUP, "lacks_destination"),
        ("拍下马上给你发走", CUP, "lacks_speed"),
        ("下单再送一条毛巾", CUP, "lacks_gift"),
        ("内胆是瑞士制造的", CUP, "lacks_origin"),
        ("航天员都在用这个", CUP, "lacks_praise"),
        ("拿到了国家检验检疫的合格证书", CUP, "lacks_certificate"),
        ("全网都在抢这个", CUP, "lacks_crowd"),
        ("We repair it for as long as you own it", MUG, "lacks_care"),
        ("You can return it whenever you like", MUG, "lacks_returns"),
        ("You can pay later", MUG, "lacks_payment"),
        ("We ship to Canada", MUG, "lacks_destination"),
        ("It arrives the following morning", MUG, "lacks_speed"),
        ("Every order includes a free tote bag", MUG, "lacks_gift"),
        ("It is made in Portugal", MUG, "lacks_origin"),
        ("Chefs love it", MUG, "lacks_praise"),
        ("It passed the military drop tests", MUG, "lacks_certificate"),
        ("It flies off the shelves", MUG, "lacks_crowd"),
    ],
)
def test_a_fact_in_words_carries_it_and_a_denial_carries_nothing(words: str, product: Product, lacks: str) -> None:
    refused = check(words, product)
    assert not refused.allowed
    assert code(refused) == lacks
    assert refused.offending in fold(words)
    assert check(words, telling(product, words)).allowed
    denial = f"我们不敢说{words}" if product is CUP else f"We never said that {words[0].lower()}{words[1:]}"
    assert check(denial, product).allowed
    assert not check(words, telling(product, denial)).allowed


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("坏了免费换新", False), ("质保期内坏了给你换新的", False), ("两年以后坏了也给换", False),
        ("退货运费店铺承担", True), ("七天之内不喜欢就退", True),
        ("偏远地区的朋友，运费我们出", True), ("全国包邮，新疆也包", True),
    ],
)  # fmt: skip
def test_how_far_a_promise_goes(text: str, allowed: bool) -> None:
    """The sheet has a warranty without replacement, and free shipping to the whole country without an exception."""
    assert check(text, CUP).allowed is allowed


def test_an_exception_in_the_sheet_takes_it_back() -> None:
    excepting = replace(CUP, shipping="付款后48小时内发货，全国包邮，偏远地区以结算页显示的运费为准")
    assert check("全国包邮", excepting).allowed
    for text in ("新疆包邮", "偏远地区也包邮", "不管在哪里都包邮"):
        assert code(check(text, excepting)) == "lacks_free_shipping"


def test_free_from_two_on_is_not_free_for_one() -> None:
    several = replace(CUP, shipping="2件起包邮，单件运费6元")
    assert check("拍两件就包邮", several).allowed
    assert check("满2件包邮", several).allowed
    assert not check("这个包邮", several).allowed
    assert not check("单件也包邮", several).allowed


def test_free_within_a_place_is_free_nowhere_else() -> None:
    near = replace(CUP, shipping="48小时内发货，江浙沪包邮", faq=())
    close = replace(MUG, shipping="Free shipping to Canada", faq=())
    for text in ("江浙沪包邮", "江浙沪的家人们，今天包邮", "free shipping to Canada"):
        assert check(text, close if text.isascii() else near).allowed, text
    for text in ("全国包邮", "今天包邮", "上海包邮", "新疆也包邮", "free shipping nationwide", "shipping is free"):
        assert not check(text, close if text.isascii() else near).allowed, text


def test_a_gift_for_two_is_none_for_one() -> None:
    gift = telling(CUP, "买2个送一支杯刷")
    assert check("买2个送一支杯刷", gift).allowed
    assert not check("下单就送杯刷", gift).allowed
    assert not check("买2个送一个台灯", gift).allowed


@pytest.mark.parametrize(
    "text",
    [
        "是不是日本进口的？", "有没有明星在用？", "新疆能包邮吗？", "要是一辈子质保就好了", "送台灯吗？",
        "Is it made in Germany?", "Does it ship to Canada?", "I wish we could ship worldwide",
    ],
)  # fmt: skip
def test_a_question_or_a_wish_promises_nothing(text: str) -> None:
    assert check(text, MUG if text.isascii() else CUP).allowed


@pytest.mark.parametrize(
    "text", ["谁家还给你终身包换？", "你知道它是瑞士制造的吗？", "Did you know it is made in Germany?"]
)
def test_a_question_that_wants_no_answer_promises(text: str) -> None:
    assert not check(text, MUG if text.isascii() else CUP).allowed


WORDS = "免费|送|一个|换|新|坏了|退|用过|也|能|随时|包邮|新疆|明天|到|发|日本|进口|医生|都在用|认证|。|不|吗"
WORDS_EN = "free|gift|every|order|we|replace|it|whenever|return|any|time|ship|to|canada|tomorrow|made|in|german"


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS.split("|")), max_size=60),
    st.lists(st.sampled_from(WORDS_EN.split("|")), max_size=40),
)
def test_it_judges_any_order_of_such_words_and_soon(words: list[str], english: list[str]) -> None:
    begun = time.process_time()
    for text, product in (("".join(words), CUP), (" ".join(english), MUG)):
        assert "could not judge" not in check(text, product).reason
    assert time.process_time() - begun < 2


@settings(max_examples=100, deadline=None)
@given(st.sampled_from([(product, text) for product, kind, text in CORPUS if kind == "lies"]), st.data())
def test_a_lie_stays_one_among_true_sentences(lie: tuple[str, str], drawn: st.DataObject) -> None:
    product, text = lie
    true = [text for name, kind, text in CORPUS if name == product and kind == "harmless"]
    before, after = (drawn.draw(st.sampled_from(true)) for _ in range(2))
    assert not rule(product, " ".join((before, text, after))).allowed


@pytest.mark.parametrize(
    "piece", ["送一个", "免费", "坏了就换", "退退", "包邮新疆", "明天到", "made in ", "free gift ", "return it "]
)
def test_the_same_over_and_over_takes_no_time(piece: str) -> None:
    begun = time.process_time()
    check((piece * 400)[:1000], CUP)
    assert time.process_time() - begun < 2
