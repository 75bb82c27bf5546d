"""A sentence a fact says word for word is the fact's, whatever other product it names on the way."""

from __future__ import annotations

import pytest
from mind_rooms import WALL, catalogue

from host.core.utterance import Kind, Ruling
from host.lang.normalise import normalise
from host.mind.guard.case import Case
from host.mind.guard.judge import Guard
from host.mind.guard.wordlists import WordList

GUARD = Guard(WordList.load())
CUP, COFFEE = (next(product for product in catalogue("zh") if product.id == name) for name in ("cup", "coffee"))


def ruling(text: str) -> Ruling:
    spoken = normalise(text, "zh")
    return GUARD.check(Case(text, spoken, Kind.ANSWER, "zh", [COFFEE, CUP], WALL))


@pytest.mark.parametrize(
    "text",
    [
        "冰水冰咖啡都能装，杯口4.5厘米，家用冰格的冰块直接放得进去，6小时以后实测9度。",
        "来，晴天，冰水冰咖啡都能装，杯口4.5厘米，家用冰格的冰块直接放得进去，6小时以后实测9度。",
        "冰水冰咖啡都能装，杯口四点五厘米，家用冰格的冰块直接放得进去，六小时以后实测九度。",
    ],
)
def test_a_quote_is_the_facts_own(text: str) -> None:
    assert ruling(text).allowed, ruling(text).reason


@pytest.mark.parametrize(
    "text",
    [
        "冻干黑咖啡直播间专享价69元，下单再送一支杯刷。",
        "冻干黑咖啡，冰水冰咖啡都能装，杯口4.5厘米，家用冰格的冰块直接放得进去，6小时以后实测9度。",
        "冰水冰咖啡都能装，杯口5.5厘米，家用冰格的冰块直接放得进去，6小时以后实测9度。",
        "冰咖啡都能装，杯口4.5厘米。",
    ],
)
def test_a_name_beside_a_quote_and_a_changed_quote_count(text: str) -> None:
    assert not ruling(text).allowed
