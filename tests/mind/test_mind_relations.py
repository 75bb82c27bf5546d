"""Lines of scripts under the relations of their facts: nothing is said of another choice, swapped, or without its
exception; what other goods are like is the writer's to tell."""

from __future__ import annotations

import pytest
from guard_corpus import GUARD
from guard_sheets import WALL, yuan

from host.core.product import Product
from host.core.utterance import Kind, Ruling
from host.core.variants import Variant
from host.lang.normalise import normalise
from host.mind.guard.case import Case

SHIRT = Product(
    "shirt", "防晒衬衫", "zh", 1, yuan("159"), stock=90, source="shirt.md",
    facts={
        "面料": "面料为锦纶，里料为聚酯纤维",
        "口袋": "长款有两个侧口袋；短款没有口袋",
        "收纳": "长款可收进自带的袋子",
        "包邮": "包邮，新疆、西藏除外",
    },
    variants=(Variant("long", "长款", yuan("179")), Variant("short", "短款", yuan("159"))),
)  # fmt: skip


def rule(text: str) -> Ruling:
    return GUARD.check(Case(text, normalise(text, "zh"), Kind.SCRIPT, "zh", [SHIRT], WALL))


@pytest.mark.parametrize("text", ["面料是聚酯纤维，里料是锦纶。", "短款也能收进自带的袋子。", "不管您在哪都包邮。"])
def test_what_a_fact_does_not_say_so_is_held(text: str) -> None:
    ruling = rule(text)
    assert not ruling.allowed, text
    assert ruling.offending


@pytest.mark.parametrize(
    "text",
    ["面料是锦纶，里料是聚酯纤维。", "长款能收进自带的袋子。", "有的衬衫口袋浅，手机一蹲就掉出来。",
     "出门晒黑一圈，谁都不想这样。"],
)  # fmt: skip
def test_what_it_says_passes_and_a_life_without_is_the_writers_to_tell(text: str) -> None:
    ruling = rule(text)
    assert ruling.allowed, ruling.reason
