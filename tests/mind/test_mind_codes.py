"""Licences, standards, batches and models are codes: told under their label, in the viewer's language, and passed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from guard_corpus import GUARD
from guard_sheets import CUP, MUG, WALL

from host.core.comment import Comment
from host.core.ports import Question
from host.core.product import Lang, Product
from host.core.text import guess_lang
from host.core.utterance import Kind
from host.mind.answers.embedded import EmbeddedAnswerer
from host.mind.guard.case import Case

ZH = {
    "许可证": "SC11734012300456", "执行标准": "GB/T 18401-2010", "批号": "20261103A", "条码": "6901234567892",
    "型号": "XK-200 Pro",
}  # fmt: skip
EN = {"license": "SC11734012300456", "standard": "EN 12546-1:2000", "model": "TW-600", "lot": "L20261103"}
CUP_WITH_CODES = replace(CUP, facts={**CUP.facts, **ZH}, promotions=())
MUG_WITH_CODES = replace(MUG, facts={**MUG.facts, **EN})
ANSWERER = EmbeddedAnswerer()


def answer(text: str, product: Product, lang: Lang) -> str:
    question = Question(Comment("c", "😀", text, 0.0), guess_lang(text, lang), product, None, (product,), WALL)
    drafts = ANSWERER.drafts(question)
    for draft in drafts:
        said_in = guess_lang(draft.text, lang)
        ruling = GUARD.check(Case(draft.text, draft.text, Kind.ANSWER, said_in, [product], WALL))
        assert ruling.allowed, ruling.reason
    return " ".join(draft.text for draft in drafts)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("许可证号多少", "许可证是SC11734012300456。"),
        ("有生产许可证吗", "许可证是SC11734012300456。"),
        ("許可證號是多少", "许可证是SC11734012300456。"),
        ("执行标准是什么", "执行标准是GB/T 18401-2010。"),
        ("什么标准的", "执行标准是GB/T 18401-2010。"),
        ("批号多少", "批号是20261103A。"),
        ("条形码是多少", "条码是6901234567892。"),
        ("什么型号", "型号是XK-200 Pro。"),
        ("what's the license number", "The license number is SC11734012300456."),
        ("which model number is it", "The model number is XK-200 Pro."),
        ("what standard does it meet", "The standard is GB/T 18401-2010."),
    ],
)
def test_a_code_is_told_in_the_viewers_language(text: str, said: str) -> None:
    assert answer(text, CUP_WITH_CODES, "zh") == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("what's the license number", "The license is SC11734012300456."),
        ("model number?", "The model is TW-600."),
        ("lot number please", "The lot is L20261103."),
        ("许可证号多少", "许可证号是SC11734012300456。"),
        ("什么型号的", "型号是TW-600。"),
    ],
)
def test_so_is_one_of_an_english_sheet(text: str, said: str) -> None:
    assert answer(text, MUG_WITH_CODES, "en") == said


@pytest.mark.parametrize(
    "said", ["许可证是SC11734012300457。", "执行标准是GB/T 18401-2011。", "批号是20261104A。", "条码是6901234567893。"]
)
def test_another_code_than_the_sheets_is_refused(said: str) -> None:
    ruling = GUARD.check(Case(said, said, Kind.ANSWER, "zh", [CUP_WITH_CODES], WALL))
    assert not ruling.allowed
