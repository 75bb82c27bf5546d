"""The suite itself: every sheet is read whole, every sentence is about one of them, both halves have other products."""

from __future__ import annotations

from collections import Counter

import pytest

from host.bench.truth import HALVES, Suite, judge, load_suite
from host.programme.parts import open_guard

SUITES = {half: load_suite(half) for half in HALVES}


@pytest.mark.parametrize("suite", SUITES.values(), ids=HALVES)
def test_every_sheet_is_read_whole(suite: Suite) -> None:
    for product in suite.products.values():
        assert len(product.facts) >= 16, product.id
        assert product.promotions
        assert product.never_say
        assert product.shipping
        assert product.returns


def test_the_halves_are_about_other_products_and_each_is_balanced() -> None:
    told = {half: {sentence.product for sentence in suite.sentences} for half, suite in SUITES.items()}
    assert not told["tune"] & told["kept"]
    assert len(told["tune"] | told["kept"]) >= 8
    assert sum(len(suite.sentences) for suite in SUITES.values()) >= 600
    for suite in SUITES.values():
        truths = Counter(sentence.ok for sentence in suite.sentences)
        assert abs(truths[True] - truths[False]) < 0.1 * len(suite.sentences)
        assert {sentence.lang for sentence in suite.sentences} == {"zh", "en"}


def test_nothing_is_held_for_an_error() -> None:
    guard = open_guard(None)
    for suite in SUITES.values():
        assert [each.sentence.id for each in judge(suite, guard) if each.ruling.code == "error"] == []
