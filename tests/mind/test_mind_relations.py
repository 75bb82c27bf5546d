"""Lines of scripts under the relations of their facts: nothing is said of another choice, swapped, or without its
exception; what other goods are like is the writer's to tell."""

from __future__ import annotations

import pytest
from guard_corpus import GUARD
from guard_sheets import WALL, yuan

from host.core.offers import Promotion
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


PAN = Product(
    "pan", "麦田蒸锅", "zh", 3, yuan("129"), stock=40, source="pan.md",
    facts={
        "存放": "粽子放阴凉处可存3天，放冷冻室（零下18度）可存60天",
        "清单": "盒内有蒸锅1个、蒸格2层，不含计时器；计时器另售，19元一个",
        "适用": "煤气灶、电磁炉都能用，直径22厘米以上的炉盘才放得稳",
        "蒸布": "大号附蒸布1块，小号没有蒸布",
        "批次": "2025年春季生产",
        "保修": "18个月",
    },
    promotions=(Promotion("小号三个一组300元", None, None, None),),
    variants=(Variant("large", "大号", price=yuan("159")), Variant("small", "小号", price=yuan("129"))),
)  # fmt: skip


def draft(text: str) -> Ruling:
    return GUARD.check(Case(text, normalise(text, "zh"), Kind.ANSWER, "zh", [PAN], WALL, free=True))


@pytest.mark.parametrize(
    "text",
    ["放阴凉处能存六十天，放冷冻室是三天。", "盒子里给您配好计时器了。", "盒子里就有计时器，不用另外买。",
     "不管什么炉盘都放得稳。", "小号里也有蒸布。", "这是二三年产的。"],
)  # fmt: skip
def test_a_draft_that_puts_values_in_other_places_is_held(text: str) -> None:
    ruling = draft(text)
    assert not ruling.allowed, text


@pytest.mark.parametrize(
    "text",
    ["放阴凉处能存三天，放冷冻室是六十天。", "盒子里没有计时器，要的话另外买，十九块一个。", "大号里有蒸布。",
     "这是二五年春天产的。", "保修十八个月，就是一年半。", "三个小号三百元，比单买省八十七。"],
)  # fmt: skip
def test_a_draft_that_puts_them_right_is_said(text: str) -> None:
    ruling = draft(text)
    assert ruling.allowed, ruling.reason
