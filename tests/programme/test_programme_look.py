"""What the picture shows, tick by tick: a picture that is spoken of, and for how long."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from host.core.media import Speech
from host.core.money import Money
from host.core.product import Catalogue, Product
from host.core.scene import Manner
from host.core.utterance import Direction, Kind, Utterance
from host.programme.look import BREATH, Look
from host.stage.on_air import Item
from host.stage.playout import TickOut

CUP = Product("cup", "保温杯", "zh", 1, Money.parse("79元"), image="/cup.png")
SILENCE = Speech(np.zeros(9600, np.int16), (), (), "看", "zh", "none")


def look() -> Look:
    return Look(
        lang="zh",
        catalogue=lambda: Catalogue((CUP,)),
        on_air=lambda: "cup",
        wall=lambda: datetime(2026, 11, 22, 20, 0, tzinfo=UTC),
        listening=lambda: False,
        question=lambda utterance: "",
    )


def said(show: str) -> Item:
    return Item(Utterance("u", Kind.SCRIPT, "看", "zh", product="cup", direction=Direction(show=show)), SILENCE)


def tick(number: int, item: Item | None) -> TickOut:
    return TickOut(number, np.zeros(1920, np.int16), np.zeros(0, np.int16), item, 0, ())


def test_the_card_keeps_its_own_picture_while_another_is_spoken_of() -> None:
    manner, scene = look()(tick(0, said("/sizes.png")))
    assert manner is Manner.TALKING
    assert scene.shown == "/sizes.png"
    assert scene.card is not None
    assert scene.card.image == "/cup.png"


@pytest.mark.parametrize(("silent", "shown"), [(1, True), (BREATH, True), (BREATH + 1, False), (500, False)])
def test_a_picture_outlasts_a_breath_and_no_more(silent: int, shown: bool) -> None:
    at = look()
    at(tick(7, said("/sizes.png")))
    for number in range(1, silent + 1):
        _, scene = at(tick(7 + number, None))
    assert scene.shown == ("/sizes.png" if shown else "")


def test_the_next_sentence_decides_what_is_shown() -> None:
    at = look()
    at(tick(0, said("/sizes.png")))
    assert at(tick(1, said("/other.png")))[1].shown == "/other.png"
    assert at(tick(2, said("")))[1].shown == ""
    assert at(tick(3, None))[1].shown == ""
