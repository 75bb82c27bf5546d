"""What viewers wish for is told, and the show goes back to where its order was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from show_builders import WALL, Shape, cut, heard, replaced, show, withdrawn

from host.core.journal_events import PLAYED, ROOM_STARTED, SPEAKING
from host.core.rundown import RundownEntry
from host.core.utterance import Kind, Played, Utterance
from host.show.director import Director, DirectorMemory, DirectorSettings
from host.show.load import Show
from host.show.phrases import PHRASES, fill
from host.show.wishes import ALOUD_EVERY, PER_ROOM, PER_VIEWER, WITHIN, Wish, Wished

LONG: Shape = [[[1], [1]], [[1], [1]]]
"""Four lines of one sentence each."""
FOUR = show(LONG, LONG, LONG, LONG)


class Stage:
    """Plays a director's utterances, two seconds each, and keeps their journal."""

    def __init__(self, shown: Show = FOUR, *rundown: RundownEntry) -> None:
        self.show, self.rundown = shown, rundown
        self.settings = DirectorSettings("zh", remind_ai=1e9)
        self.director = Director(shown, rundown, self.settings)
        self.now = 0.0
        self.events: list[dict[str, Any]] = []
        assert self.play().kind is Kind.NOTICE

    def wall(self) -> datetime:
        return WALL + timedelta(seconds=self.now)

    def next(self) -> Utterance:
        utterance = self.director.next(self.now, self.wall())
        assert utterance is not None
        return utterance

    def play(self) -> Utterance:
        utterance = self.next()
        self.log(SPEAKING, heard(utterance))
        self.now += 2.0
        self.settle(heard(utterance))
        return utterance

    def settle(self, played: Played) -> None:
        self.director.played(played, self.now)
        if played.heard:
            self.log(PLAYED, played)

    def log(self, kind: str, played: Played) -> None:
        u = played.utterance
        place = u.place and [u.place.product, u.place.segment, u.place.line, u.place.alternative, u.place.sentence]
        self.events.append({
            "kind": kind, "at": self.now, "wall": self.wall().isoformat(), "utterance": u.id, "wished": u.wished,
            "utterance_kind": u.kind.value, "text": u.text, "product": u.product, "place": place,
            "heard": played.heard, "total": played.total, "interrupted": played.interrupted,
        })  # fmt: skip

    def restart(self) -> None:
        self.director = Director(self.show, self.rundown, self.settings, DirectorMemory.from_events(self.events))
        self.events.append({"kind": ROOM_STARTED, "at": 0.0, "wall": self.wall().isoformat()})

    def told(self, count: int) -> list[str]:
        """The products told in the next ``count`` sentences of scripts, each with its line: ``p1 0.1``."""
        told: list[str] = []
        while len(told) < count:
            utterance = self.play()
            if utterance.place is not None:
                told.append(f"{utterance.place.product} {utterance.place.segment}.{utterance.place.line}")
        return told

    def turns(self, count: int) -> list[str]:
        """The products told in the next ``count`` sentences of scripts, each once in a row."""
        products = [line.split()[0] for line in self.told(count)]
        return [product for at, product in enumerate(products) if at == 0 or products[at - 1] != product]

    def wish(self, product: str, viewer: str = "") -> Wish | None:
        wished = self.wished(product, viewer)
        return wished and wished.wish

    def wished(self, product: str, viewer: str = "") -> Wished | None:
        self.viewers = getattr(self, "viewers", 0) + 1
        return self.director.wish(product, viewer or self.viewers, self.now, self.wall())

    def later(self, seconds: float) -> None:
        self.now += seconds


ALL = ["0.0", "0.1", "1.0", "1.1"]


def lines(product: str, start: int = 0) -> list[str]:
    return [f"{product} {line}" for line in ALL[start:]]


def test_after_a_wish_the_interrupted_product_goes_on_and_the_order_behind_it() -> None:
    stage = Stage()
    assert stage.told(5) == [*lines("p1"), "p2 0.0"]
    assert stage.wish("p4") is Wish.MET
    assert stage.told(15) == [*lines("p4"), *lines("p2", 1), *lines("p3"), *lines("p4")]


@pytest.mark.parametrize("wished", ["p1", "p3", "p4"])
@pytest.mark.parametrize("told", range(1, 5))
def test_every_product_keeps_its_turn_whenever_the_wish_comes(wished: str, told: int) -> None:
    stage = Stage()
    stage.told(4 + told)
    assert stage.wish(wished) is Wish.MET
    said = [utterance for utterance in (stage.play() for _ in range(40)) if utterance.place]
    assert said[0].product == wished
    own = ["p2", *(utterance.product for utterance in said if not utterance.wished)]
    turns = [product for at, product in enumerate(own) if at == 0 or own[at - 1] != product]
    assert turns == [f"p{1 + at % 4}" for at in range(1, 1 + len(turns))]
    assert len(turns) > 8


def test_a_product_that_is_mostly_told_is_not_taken_up_again() -> None:
    stage = Stage()
    stage.told(7)
    assert stage.wish("p4") is Wish.MET
    assert stage.turns(12) == ["p4", "p3", "p4"]


def test_the_next_of_the_order_has_its_own_turn_where_the_one_before_is_mostly_told() -> None:
    stage = Stage(FOUR, RundownEntry("p1"), RundownEntry("p2"), RundownEntry("p3", 100.0), RundownEntry("p4"))
    stage.told(7)
    assert stage.wish("p3") is Wish.MET
    assert stage.turns(60)[:2] == ["p3", "p4"]
    assert not stage.play().wished


def test_the_host_says_where_it_goes_and_where_it_comes_back_to() -> None:
    stage = Stage()
    stage.told(1)
    stage.wish("p3")
    to = stage.play()
    assert (to.kind, to.product) == (Kind.BRIDGE, "p3")
    stage.told(4)
    back = stage.play()
    assert (back.kind, back.product) == (Kind.BRIDGE, "p1")
    assert back.text in [fill(each, "zh", name="商品1", link=1) for each in PHRASES["zh"]["return"]]
    assert stage.play().text == "p1 0.1.0.0。"


def test_the_way_back_is_said_again_where_it_was_withdrawn_and_once_where_it_was_heard() -> None:
    stage = Stage()
    stage.told(1)
    stage.wish("p3")
    stage.play()
    stage.told(4)
    back = stage.next()
    stage.settle(withdrawn(back))
    assert stage.play().kind is Kind.BRIDGE
    sentence = stage.next()
    stage.settle(withdrawn(sentence))
    assert stage.play().text == sentence.text


def test_the_sentence_that_is_heard_to_its_end_after_the_wish_is_not_said_again() -> None:
    stage = Stage()
    playing, queued = stage.next(), stage.next()
    assert stage.wish("p3") is Wish.MET
    assert stage.director.urgent(queued)
    stage.settle(withdrawn(queued))
    stage.settle(heard(playing))
    assert stage.told(5) == [*lines("p3"), "p1 0.1"]


def test_the_sentence_that_is_cut_after_the_wish_is_said_again() -> None:
    stage = Stage()
    stage.told(1)
    playing = stage.next()
    assert stage.wish("p3") is Wish.MET
    stage.settle(cut(playing))
    assert stage.told(5) == [*lines("p3"), "p1 0.1"]


def test_the_time_of_a_product_stands_still_during_a_wish() -> None:
    stage = Stage(FOUR, RundownEntry("p1", 20.0), RundownEntry("p2"), RundownEntry("p3"))
    stage.told(4)
    assert stage.wish("p3") is Wish.MET
    stage.told(4)
    stage.later(100.0)
    assert stage.told(1) == ["p1 0.0"]
    assert stage.turns(11)[:2] == ["p1", "p2"]


def test_what_is_on_air_need_not_be_wished_for() -> None:
    stage = Stage()
    stage.told(1)
    assert stage.wish("p1") is Wish.ON_AIR
    assert stage.told(1) == ["p1 0.1"]


def test_what_has_no_script_cannot_be_told() -> None:
    assert Stage().wish("p9") is None


def test_the_order_has_its_time_before_the_next_wish() -> None:
    stage = Stage()
    stage.told(2)
    assert stage.wish("p4") is Wish.MET
    stage.told(2)
    assert stage.wish("p3") is Wish.BEHIND
    assert stage.told(4) == [*lines("p4", 2), *lines("p1", 2)]
    assert stage.wish("p3") is Wish.BEHIND
    stage.told(2)
    assert stage.wish("p3") is Wish.MET


def test_a_product_is_told_once_in_a_while() -> None:
    stage = Stage()
    stage.told(1)
    assert stage.wish("p4") is Wish.MET
    stage.told(12)
    assert stage.wish("p4") is Wish.LATELY
    stage.later(WITHIN)
    assert stage.wish("p4") is Wish.MET


def test_a_viewer_and_a_room_have_so_many_wishes() -> None:
    stage = Stage(show(*[LONG] * 12))
    met = []
    for number in range(2, 12):
        stage.told(8)
        met.append(stage.wish(f"p{1 + (number + 5) % 12}", "one" if number < 6 else ""))
    assert met[:4] == [Wish.MET] * PER_VIEWER + [Wish.VIEWER] * (4 - PER_VIEWER)
    assert met[4:] == [Wish.MET] * (PER_ROOM - PER_VIEWER) + [Wish.ROOM] * (6 - PER_ROOM + PER_VIEWER)
    stage.later(WITHIN)
    assert stage.wish("p12", "one") is Wish.MET


def test_a_wish_that_is_not_met_is_told_after_which_product_it_comes() -> None:
    stage = Stage()
    stage.told(5)
    assert stage.wished("p4") == Wished(Wish.MET)
    stage.told(1)
    assert stage.wished("p3") == Wished(Wish.BEHIND, "p2")
    assert stage.wished("p2") == Wished(Wish.BEHIND, "p4", aloud=False)
    assert stage.wished("p1") == Wished(Wish.BEHIND, "p4", aloud=False), "told in its turn after the fourth"


def test_one_viewer_in_a_while_is_told_aloud() -> None:
    stage = Stage()
    stage.told(1)
    aloud = []
    for _ in range(20):
        wished = stage.wished("p1")
        aloud.append(wished is not None and wished.aloud)
        stage.later(ALOUD_EVERY / 5)
    assert aloud == [True, False, False, False, False] * 4


def test_what_comes_first_is_told_in_its_turn() -> None:
    stage = Stage()
    assert stage.wish("p1") is Wish.MET
    assert stage.told(5) == [*lines("p1"), "p2 0.0"]
    other = Stage()
    assert other.wish("p3") is Wish.MET
    assert other.turns(12) == ["p3", "p1", "p2"]


def test_what_is_not_in_the_rundown_comes_after_nothing() -> None:
    stage = Stage(FOUR, RundownEntry("p1"), RundownEntry("p2"))
    stage.told(1)
    assert stage.wished("p4") == Wished(Wish.MET)
    stage.told(1)
    assert stage.wished("p3") == Wished(Wish.BEHIND, None)


def test_the_operator_goes_where_he_likes_and_the_order_goes_on_there() -> None:
    stage = Stage()
    stage.told(1)
    for product in ("p4", "p2", "p4", "p2", "p3") * 4:
        assert stage.director.goto(product, stage.now)
    assert stage.turns(12) == ["p3", "p4", "p1"]
    stage.wish("p2")
    stage.told(1)
    assert stage.director.goto("p3", stage.now)
    assert stage.turns(8) == ["p3", "p4"]


def test_what_sold_out_or_left_meanwhile_is_not_gone_back_to() -> None:
    stage = Stage()
    stage.told(5)
    stage.wish("p4")
    stage.told(1)
    stage.director.reload(replaced(FOUR, [each for key, each in FOUR.scripts.items() if key != "p2"]), stage.now)
    assert stage.turns(11) == ["p4", "p3", "p4"]


def test_an_edit_meanwhile_moves_the_place_to_go_back_to() -> None:
    stage = Stage()
    stage.told(5)
    stage.wish("p4")
    stage.told(1)
    stage.director.reload(replaced(FOUR, [each for key, each in FOUR.scripts.items() if key != "p1"]), stage.now)
    assert stage.told(7) == [*lines("p4", 1), *lines("p2", 1), "p3 0.0"]


@pytest.mark.parametrize("told", range(1, 4))
def test_a_room_killed_during_a_wish_comes_back_to_its_order(told: int) -> None:
    stage = Stage()
    stage.told(6)
    stage.wish("p4")
    stage.told(told)
    stage.restart()
    assert stage.told(8 - told) == [*lines("p4", told), *lines("p2", 2), *lines("p3")[:2]]


def test_a_room_killed_after_a_wish_goes_on_in_its_order() -> None:
    stage = Stage()
    stage.told(6)
    stage.wish("p4")
    stage.told(5)
    stage.restart()
    assert stage.told(3) == ["p2 1.1", *lines("p3")[:2]]


@given(
    wishes=st.lists(st.tuples(st.integers(0, 12), st.integers(1, 4), st.integers(0, 2)), max_size=80),
    lengths=st.lists(st.integers(1, 5), min_size=2, max_size=4),
    wait=st.sampled_from([2.0, 60.0, WITHIN]),
)
@settings(max_examples=60, deadline=None)
def test_whatever_is_wished_for_every_product_has_its_turn(
    wishes: Sequence[tuple[int, int, int]], lengths: list[int], wait: float
) -> None:
    stage = Stage(show(*([[[1]] * length] for length in lengths)))
    own: list[str] = []
    for told, number, viewer in wishes:
        stage.later(wait)
        for _ in range(told):
            utterance = stage.play()
            if utterance.place is not None and not utterance.wished:
                own.append(utterance.text)
        stage.wish(f"p{number}", str(viewer))
    counts = {f"p{number}": 0 for number in range(1, len(lengths) + 1)}
    aside = 0
    for _ in range(4 * sum(lengths) + 2 * max(lengths)):
        utterance = stage.play()
        if utterance.place is not None:
            counts[utterance.place.product] += not utterance.wished
            aside += utterance.wished
        stage.later(wait)
        stage.wish("p1")
        stage.wish("p2")
    assert min(counts.values()) > 0
    assert aside <= sum(counts.values()) + max(lengths)
    assert all(own[at] != own[at - 1] for at in range(1, len(own)) if len(lengths) > 1 and max(lengths) > 1)
