"""Traditional characters are judged and answered like simplified ones: the whole corpora, in three forms."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from guard_corpus import GUARD, lines, rule, sheets
from guard_sheets import CUP, LAMP, MUG, WALL
from mind_answer_eval import SPLITS, rows
from mind_rooms import asking, catalogue
from traditional import FORMS

from host.core.fold import fold
from host.core.product import Faq, Product
from host.core.utterance import Kind, Ruling
from host.mind.answers.embedded import EmbeddedAnswerer
from host.mind.answers.replies import situation_of
from host.mind.guard.case import Case
from host.mind.guard.wordlists import WordList
from host.mind.names import address, display_name

SAID = [line for name in ("guard_attacks.txt", "guard_harmless.txt") for line in lines(name)]
ASKED = [row for split in SPLITS for row in rows(split) if not row["q"].isascii()]
NAMES = ["豆豆妈", "加微信领红包", "操你妈", "国家领导", "小鹿", "阿May", "张伟", "免费送", "主播是骗子", "卖货王"]


plainly = cache(rule)


def written(product: Product, form: str) -> Product:
    """The sheet as a seller would have written it who writes ``form``."""
    to = FORMS[form]
    return replace(
        product,
        name=to(product.name),
        aliases=tuple(map(to, product.aliases)),
        facts={to(topic): to(text) for topic, text in product.facts.items()},
        faq=tuple(Faq(tuple(map(to, each.questions)), to(each.answer)) for each in product.faq),
        shipping=to(product.shipping),
        returns=to(product.returns),
        promotions=tuple(replace(offer, text=to(offer.text)) for offer in product.promotions),
        never_say=tuple(map(to, product.never_say)),
    )


@pytest.mark.parametrize("form", FORMS)
def test_the_guard_rules_alike(form: str) -> None:
    def ruled(section: str, text: str) -> Ruling:
        lang: Any = "en" if section.startswith("en") else "zh"
        return GUARD.check(Case(FORMS[form](text), FORMS[form](text), kind=Kind.ANSWER, lang=lang,
                           products=sheets(section, text), wall=WALL))  # fmt: skip

    apart = [
        f"{text}: {plain.code or 'passes'}, {other.code or 'passes'}"
        for section, text in SAID
        if (plain := plainly(section, text)).code != (other := ruled(section, text)).code
    ]
    assert not apart, "\n".join(apart)


@pytest.mark.parametrize("form", FORMS)
def test_the_guard_rules_alike_by_a_sheet_in_that_form(form: str) -> None:
    in_form = {product.id: written(product, form) for product in (CUP, LAMP, MUG)}

    def ruled(section: str, text: str) -> str:
        products = [in_form[product.id] for product in sheets(section, text)]
        lang: Any = "en" if section.startswith("en") else "zh"
        return GUARD.check(Case(FORMS[form](text), FORMS[form](text), kind=Kind.ANSWER, lang=lang, products=products,
                           wall=WALL)).code  # fmt: skip

    apart = [
        f"{text}: {plain.code or 'passes'}, {code or 'passes'}"
        for section, text in SAID
        if (plain := plainly(section, text)).code != (code := ruled(section, text))
    ]
    assert not apart, "\n".join(apart)


@pytest.mark.parametrize("form", FORMS)
def test_questions_get_the_same_answer(form: str) -> None:
    answerer = EmbeddedAnswerer()

    def said(row: dict[str, Any], text: str) -> list[tuple[str, tuple[str, ...]]]:
        question = asking(row["q"], row["room"], row["on"])
        question = replace(question, comment=replace(question.comment, text=text))
        return [(draft.text, draft.evidence) for draft in answerer.drafts(question)]

    apart = [row["q"] for row in ASKED if said(row, row["q"]) != said(row, FORMS[form](row["q"]))]
    assert not apart, "\n".join(apart)
    assert all(situation_of(row["q"]) == situation_of(FORMS[form](row["q"])) for row in ASKED)


@pytest.mark.parametrize("form", FORMS)
def test_a_sheet_in_that_form_answers_the_same_questions(form: str) -> None:
    answerer = EmbeddedAnswerer()

    def evidence(row: dict[str, Any], products: tuple[Product, ...]) -> set[str]:
        question = asking(row["q"], row["room"], row["on"])
        on_air = next(each for each in products if question.on_air and each.id == question.on_air.id)
        drafts = answerer.drafts(replace(question, products=products, on_air=on_air))
        return {FORMS[form](fact) for draft in drafts for fact in draft.evidence}

    plain = {room: tuple(catalogue(room)) for room in ("zh", "unseen")}
    other = {room: tuple(written(product, form) for product in products) for room, products in plain.items()}
    asked = [row for row in ASKED if row["room"] in plain]
    apart = [row["q"] for row in asked if evidence(row, plain[row["room"]]) != evidence(row, other[row["room"]])]
    assert not apart, "\n".join(apart)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", NAMES)
def test_names_are_spoken_and_shown_alike(form: str, name: str) -> None:
    other = FORMS[form](name)
    assert bool(address(name, "zh")) == bool(address(other, "zh"))
    assert (display_name(name, "zh") == name) == (display_name(other, "zh") == other)


@pytest.mark.parametrize(
    "text",
    [
        "全國免運。",
        "終身保固",
        "保固三年",
        "醫師推薦",
        "加我LINE",
        "私訊我",
        "滿千免運",
        "三十天鑑賞期",
        "貨到付款",
        "台灣製造",
    ],
)
def test_what_taiwan_calls_otherwise_is_refused_alike(text: str) -> None:
    bare = replace(CUP, facts={"净重": "260克"}, faq=(), shipping="付款后48小时内发货", returns="", promotions=())
    assert not GUARD.check(Case(text, text, Kind.ANSWER, "zh", [bare], WALL)).allowed


@pytest.mark.parametrize("form", FORMS)
def test_listed_words_are_found(form: str) -> None:
    words = WordList.load()
    entries = [entry.word for entry in words._entries if not entry.word.isascii()]
    assert not [word for word in entries if not words.find(fold(FORMS[form](word)))]
