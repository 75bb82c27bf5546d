"""Facts that change on air: laid over the sheets, refused whole, made once, on record for any second."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from host.core.livefacts.change import Change, ChangeRefused, Refusal
from host.core.livefacts.history import facts_at
from host.core.livefacts.ledger import WHOLE_EVERY, LiveFacts
from host.core.livefacts.values import offer_data, offer_of, values_of, with_values
from host.core.money import Money
from host.core.offers import Promotion, Term, TermKind
from host.core.product import Product
from host.core.reason import Reason, in_words
from host.core.variants import Variant

WALL = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)


def yuan(amount: str | int, currency: str = "CNY") -> Money:
    return Money(Decimal(amount), currency)


SHIRT = Product(
    "shirt", "亚麻衬衫", "zh", 1, yuan(139), list_price=yuan(199), stock=30,
    variants=(Variant("m", "米白 M", stock=10), Variant("xl", "炭黑 XL", price=yuan(149), stock=20)),
    promotions=(Promotion("两件八折", terms=(Term(TermKind.PERCENT_OFF, share=Decimal("0.8"), pieces=2),)),),
)  # fmt: skip
MUG = Product("mug", "Travel Mug", "en", 2, yuan(24, "USD"))


class Room:
    """A ledger with the journal that a room would keep, through JSON as a journal has it."""

    def __init__(self, *sheets: Product, events: list[dict[str, Any]] | None = None, wall: datetime = WALL) -> None:
        self.events = events if events is not None else []
        self.wall = wall
        self.facts = LiveFacts(self.events)
        self.take_up(*sheets)

    def take_up(self, *sheets: Product) -> None:
        self._record(self.facts.take_up(sheets))

    def change(self, product: str = "shirt", *, key: str = "", version: int | None = None, **values: Any) -> int:
        outcome = self.facts.change(Change(product, values, "api", key, version), self.wall)
        self._record(outcome.event)
        return outcome.version

    def refused(self, product: str = "shirt", **values: Any) -> str:
        before = self.facts.catalogue
        with pytest.raises(ChangeRefused) as refused:
            self.change(product, **values)
        assert self.facts.catalogue is before, "nothing is changed"
        assert in_words(refused.value.reason, "zh") != str(refused.value.reason)
        return _innermost(refused.value.reason).code

    def killed(self, *sheets: Product) -> Room:
        """The room that comes after this one."""
        return Room(*sheets, events=self.events, wall=self.wall + timedelta(hours=1))

    def _record(self, event: dict[str, Any] | None) -> None:
        if event is not None:
            whole = {"kind": "facts", "at": 0.0, "wall": self.wall.isoformat(), **event}
            self.events.append(json.loads(json.dumps(whole)))
            self.facts.recorded(whole)

    def __getitem__(self, product: str) -> Product:
        found = self.facts.catalogue.get(product)
        assert found is not None
        return found


def _innermost(reason: Reason) -> Reason:
    why = reason.details.get("why")
    return _innermost(why) if isinstance(why, Reason) else reason


@pytest.fixture
def room() -> Room:
    return Room(SHIRT, MUG)


class TestChange:
    def test_it_is_laid_over_the_sheet_and_counted(self, room: Room) -> None:
        assert room.change(price="129元", stock=3) == 2
        assert (room["shirt"].price, room["shirt"].stock) == (yuan(129), 3)
        assert replace(room["shirt"], price=SHIRT.price, stock=SHIRT.stock) == SHIRT
        assert room["mug"] == MUG

    @pytest.mark.parametrize("price", ["129", 129, 129.0, "129元", "¥129.00", "129 CNY", "129.00 CNY"])
    def test_a_price_is_read_as_a_sheet_reads_it(self, room: Room, price: Any) -> None:
        room.change(price=price)
        assert room["shirt"].price.amount == 129

    def test_a_bare_number_is_in_the_currency_of_the_product(self, room: Room) -> None:
        room.change("mug", price=19.5)
        assert room["mug"].price == yuan("19.5", "USD")

    def test_none_takes_a_value_away(self, room: Room) -> None:
        room.change(list_price=None, stock=None, promotions=None, variants={"xl": {"price": None}})
        shirt = room["shirt"]
        assert (shirt.list_price, shirt.stock, shirt.promotions, shirt.variants[1].price) == (None, None, (), None)

    def test_variants_change_alone_and_their_stock_adds_up(self, room: Room) -> None:
        room.change(variants={"xl": {"stock": 0, "price": "159元"}})
        assert [each.stock for each in room["shirt"].variants] == [10, 0]
        assert (room["shirt"].variants[1].price, room["shirt"].stock) == (yuan(159), 10)
        room.change(variants={"m": {"stock": 0}})
        assert room["shirt"].sold_out

    def test_a_stock_that_is_given_is_not_added_up(self, room: Room) -> None:
        room.change(stock=7, variants={"xl": {"stock": 0}})
        assert room["shirt"].stock == 7

    def test_offers_are_replaced_as_a_whole(self, room: Room) -> None:
        term = {"kind": "threshold", "amount": 20, "above": 200, "variants": ["m"]}
        room.change(promotions=[{"text": "今晚满200减20", "until": "2026-11-22T22:00:00+00:00", "terms": [term]}])
        (offer,) = room["shirt"].promotions
        assert offer.ends == datetime(2026, 11, 22, 22, tzinfo=UTC)
        assert offer.terms == (Term(TermKind.THRESHOLD, Decimal(20), above=Decimal(200), variants=("m",)),)

    def test_a_bare_date_that_ends_an_offer_includes_its_day(self, room: Room) -> None:
        room.change(promotions=[{"text": "周末优惠", "from": "2026-11-21", "until": "2026-11-22"}])
        (offer,) = room["shirt"].promotions
        assert (offer.starts, offer.ends) == (datetime(2026, 11, 21), datetime(2026, 11, 23))

    def test_a_reduced_price_is_gone_to_the_second(self, room: Room) -> None:
        ends = WALL + timedelta(minutes=5)
        room.change(sale={"price": "99元", "until": ends.isoformat()})
        assert room["shirt"].price_in_force(ends - timedelta(seconds=1)) == yuan(99)
        assert room["shirt"].price_in_force(ends) == yuan(139)
        assert len(room["shirt"].promotions) == 2, "beside the sheet's own offers"

    def test_that_of_a_variant_is_not_the_products(self, room: Room) -> None:
        room.change(variants={"xl": {"sale": {"price": "99元"}}})
        assert room["shirt"].price_in_force(WALL) == yuan(139)
        assert room["shirt"].promotions[-1].variants == ("xl",)

    def test_what_changes_nothing_makes_no_version(self, room: Room) -> None:
        count = len(room.events)
        assert room.change(price="139元", stock=30) == 1
        assert len(room.events) == count


REFUSED = [
    ({}, "live_nothing"),
    ({"name": "别的"}, "live_unknown_key"),
    ({"variants": {"xl": {"image": "x"}}}, "live_unknown_key"),
    ({"variants": {"xxl": {"stock": 1}}}, "live_no_variant"),
    ({"variants": [1]}, "expects_group"),
    ({"variants": {"xl": 3}}, "expects_group"),
    ({"price": None}, "live_no_price"),
    ({"price": 0}, "money_not_above_zero"),
    ({"price": "0.00"}, "money_not_above_zero"),
    ({"price": -5}, "money_not_above_zero"),
    ({"price": "free"}, "money_none"),
    ({"price": True}, "money_none"),
    ({"price": {"amount": 3}}, "money_none"),
    ({"price": "20 USD"}, "live_currency"),
    ({"price": "79元 89元"}, "money_several"),
    ({"price": float("inf")}, "money_none"),
    ({"price": 1e300}, "money_too_large"),
    ({"price": 10**400}, "money_too_large"),
    ({"stock": -1}, "live_count"),
    ({"stock": 1.5}, "live_count"),
    ({"stock": "12"}, "live_count"),
    ({"stock": True}, "live_count"),
    ({"stock": 10**12}, "live_count"),
    ({"price": "229元"}, "live_above_list"),
    ({"list_price": "99元"}, "live_above_list"),
    ({"variants": {"xl": {"list_price": "100元"}}}, "live_above_list"),
    ({"sale": {"price": "300元"}}, "live_offer_above"),
    ({"sale": {"until": "2026-11-30"}}, "money_none"),
    ({"sale": 3}, "expects_group"),
    ({"promotions": "none"}, "expects_list"),
    ({"promotions": [{"text": "…"}]}, "text_is_none"),
    ({"promotions": [{"text": "x", "price": "10 EUR"}]}, "live_currency"),
    ({"promotions": [{"text": "x", "from": "2026-11-23", "until": "2026-11-22"}]}, "live_ends_first"),
    ({"promotions": [{"text": "x", "until": "soon"}]}, "not_a_date"),
    ({"promotions": [{"text": "x", "terms": [{"kind": "magic"}]}]}, "one_of"),
    ({"promotions": [{"text": "x", "variants": ["nope"]}]}, "live_no_variant"),
    ({"promotions": [{"text": "x"}] * 501}, "too_many_entries"),
    ({"promotions": [{"text": "好" * 2001}]}, "too_many_characters"),
]


@pytest.mark.parametrize(("values", "code"), REFUSED, ids=lambda value: str(value)[:60])
def test_what_cannot_be_true_is_refused_whole(room: Room, values: dict[str, Any], code: str) -> None:
    assert room.refused(**values) == code
    assert room.refused(**values) == code, "and the same again"


def test_one_that_is_wrong_in_part_is_refused_in_all(room: Room) -> None:
    assert room.refused(price="119元", stock=-1) == "live_count"
    assert room["shirt"].price == yuan(139)


def test_an_unknown_product_is_named_with_those_there_are(room: Room) -> None:
    with pytest.raises(ChangeRefused) as refused:
        room.change("hat", stock=1)
    assert refused.value.refusal is Refusal.UNKNOWN
    assert refused.value.reason.details["known"] == ["shirt", "mug"]


def test_a_contradiction_of_the_sheet_keeps_no_change_from_being_made() -> None:
    odd = replace(SHIRT, list_price=yuan(100))
    room = Room(odd)
    assert room.change(stock=1) == 2
    assert room.refused(price="150元") == "live_above_list"
    assert room.change(price="90元") == 3


def test_an_offer_that_is_over_contradicts_nothing(room: Room) -> None:
    room.change(promotions=[{"text": "早场130元", "price": "130元", "until": "2026-11-22T19:00:00+00:00"}])
    room.change(price="120元")
    assert room["shirt"].price == yuan(120)


class TestOnce:
    def test_a_change_with_a_key_is_made_once(self, room: Room) -> None:
        assert room.change(stock=5, key="a") == 2
        room.change(stock=4)
        assert room.change(stock=5, key="a") == 2, "as it was answered then"
        assert room["shirt"].stock == 4

    def test_also_after_the_room_was_killed(self, room: Room) -> None:
        room.change(stock=5, key="a")
        room.change(stock=4)
        again = room.killed(SHIRT, MUG)
        assert again.change(stock=5, key="a") == 2
        assert again["shirt"].stock == 4

    def test_one_key_stands_for_one_change(self, room: Room) -> None:
        room.change(stock=5, key="a")
        with pytest.raises(ChangeRefused) as refused:
            room.change(stock=6, key="a")
        assert refused.value.refusal is Refusal.REUSED

    def test_a_refused_change_leaves_its_key_free(self, room: Room) -> None:
        room.refused(stock=-5, key="a")
        assert room.change(stock=5, key="a") == 2

    def test_a_change_for_another_version_conflicts(self, room: Room) -> None:
        room.change(stock=5, version=1)
        with pytest.raises(ChangeRefused) as refused:
            room.change(stock=4, version=1)
        assert (refused.value.refusal, refused.value.version) == (Refusal.CONFLICT, 2)
        assert room["shirt"].stock == 5


class TestSheets:
    """Of file and change the newer holds, value by value."""

    def test_a_sheet_edited_elsewhere_leaves_what_was_changed(self, room: Room) -> None:
        room.change(price="129元", stock=3)
        room.take_up(replace(SHIRT, list_price=yuan(189), shipping="明天发"), MUG)
        assert (room["shirt"].price, room["shirt"].stock, room["shirt"].list_price) == (yuan(129), 3, yuan(189))

    def test_a_value_edited_in_the_sheet_takes_the_place_of_what_was_changed(self, room: Room) -> None:
        room.change(price="129元", stock=3)
        room.take_up(replace(SHIRT, price=yuan(119)), MUG)
        assert (room["shirt"].price, room["shirt"].stock) == (yuan(119), 3)
        room.take_up(SHIRT, MUG)
        assert room["shirt"].price == yuan(139), "what was changed does not come back"

    def test_also_where_it_was_edited_while_the_room_was_off(self, room: Room) -> None:
        room.change(price="129元", stock=3)
        again = room.killed(replace(SHIRT, price=yuan(119)), MUG)
        assert (again["shirt"].price, again["shirt"].stock) == (yuan(119), 3)

    def test_a_product_that_leaves_and_comes_back_is_as_it_was(self, room: Room) -> None:
        room.change(stock=3)
        room.take_up(MUG)
        assert room.facts.in_force("shirt", WALL) is None
        room.take_up(SHIRT, MUG)
        assert room["shirt"].stock == 3

    def test_a_variant_that_is_no_more_leaves_nothing(self, room: Room) -> None:
        room.change(variants={"xl": {"stock": 0}})
        room.take_up(replace(SHIRT, variants=SHIRT.variants[:1]), MUG)
        assert room["shirt"].variants == SHIRT.variants[:1]

    def test_each_edit_makes_a_version(self, room: Room) -> None:
        room.take_up(replace(SHIRT, stock=29), MUG)
        room.take_up(replace(SHIRT, stock=29, shipping="明天发"), MUG)
        assert (room.facts.version("shirt"), room.facts.version("mug")) == (2, 1)


class TestRecord:
    def test_what_was_changed_outlives_the_room(self, room: Room) -> None:
        room.change(price="129元", list_price=None, variants={"xl": {"stock": 0}})
        again = room.killed(SHIRT, MUG)
        assert again["shirt"] == room["shirt"]
        assert again.facts.version("shirt") == 2
        assert again.killed(SHIRT, MUG)["shirt"] == room["shirt"]

    def test_any_second_can_be_told(self, room: Room) -> None:
        moments = [WALL + timedelta(minutes=minute) for minute in range(4)]
        ends = (moments[3] + timedelta(seconds=30)).isoformat()
        changes = ({"price": "129元"}, {"stock": 0}, {"sale": {"price": "99元", "until": ends}})
        for moment, values in zip(moments[1:], changes, strict=True):
            room.wall = moment
            room.change(**values)

        def at(moment: datetime) -> dict[str, Any]:
            found = facts_at(room.events, "shirt", moment)
            assert found is not None
            return found

        assert facts_at(room.events, "shirt", WALL - timedelta(seconds=1)) is None
        assert (at(moments[0])["price"], at(moments[0])["version"], at(moments[0])["live"]) == ("139 CNY", 1, [])
        assert at(moments[1] - timedelta(seconds=1))["price"] == "139 CNY"
        assert (at(moments[1])["price"], at(moments[1])["by"], at(moments[1])["live"]) == ("129 CNY", "api", ["price"])
        assert (at(moments[2])["stock"], at(moments[2])["since"]) == (0, moments[2].isoformat())
        assert at(moments[3])["price_in_force"] == "99 CNY"
        assert at(moments[3] + timedelta(seconds=29))["sale"]["price"] == "99 CNY"
        assert at(moments[3] + timedelta(seconds=30))["price_in_force"] == "129 CNY"
        assert "sale" not in at(moments[3] + timedelta(seconds=30))
        assert at(moments[3])["variants"]["xl"] == {"price": "149 CNY", "stock": 20}
        assert at(moments[3]) == room.facts.in_force("shirt", moments[3])

    def test_a_reader_need_not_go_back_further_than_the_last_whole_event(self, room: Room) -> None:
        room.change("mug", stock=4)
        for stock in range(2 * WHOLE_EVERY + 50):
            room.change(stock=stock)
        latest = room.events[-2 * WHOLE_EVERY :]
        assert LiveFacts(latest).version("mug") == 2
        again = Room(SHIRT, MUG, events=latest)
        assert (again["mug"].stock, again["shirt"]) == (4, room["shirt"])
        assert (facts_at(latest, "mug", WALL) or {})["since"] == WALL.isoformat()

    def test_what_cannot_be_read_is_passed_by(self, room: Room) -> None:
        room.change(stock=3)
        broken: list[dict[str, Any]] = [
            {"kind": "facts"}, {"kind": "facts", "whole": False, "products": [], "by": "api", "wall": "x"},
            {"kind": "facts", "whole": False, "products": {"shirt": {}}, "by": "api", "wall": WALL.isoformat()},
        ]  # fmt: skip
        assert Room(SHIRT, MUG, events=[*room.events, *broken])["shirt"].stock == 3
        assert facts_at([*broken, *room.events], "shirt", WALL)

    def test_ten_thousand_variants_are_no_burden(self) -> None:
        many = replace(SHIRT, stock=None, variants=tuple(Variant(f"v{n}", f"款{n}", stock=5) for n in range(10_000)))
        room = Room(many)
        room.change(variants={"v77": {"stock": 0}})
        assert room["shirt"].variants[77].sold_out
        assert room["shirt"].stock == 49_995
        assert len(json.dumps(room.events[-1])) < 1000


# Shapes

prices = st.integers(1, 10**6).map(lambda cents: f"{Decimal(cents) / 100} CNY")
stocks = st.integers(0, 1000) | st.none()
sent = st.fixed_dictionaries(
    {},
    optional={
        "price": prices, "list_price": prices | st.none(), "stock": stocks,
        "variants": st.dictionaries(st.sampled_from(["m", "xl", "no"]), st.fixed_dictionaries(
            {}, optional={"price": prices | st.none(), "stock": stocks})),
        "sale": st.none() | st.fixed_dictionaries({"price": prices}),
        "promotions": st.none() | st.just([{"text": "今晚优惠"}]),
    },
)  # fmt: skip
steps = st.lists(sent | st.tuples(st.integers(1, 300), st.integers(0, 9)), max_size=12)


@given(steps)
@settings(max_examples=200, deadline=None)
def test_whatever_happens_the_journal_tells_what_is_in_force(happening: list[Any]) -> None:
    room, sheet = Room(SHIRT, MUG), SHIRT
    for number, step in enumerate(happening):
        room.wall = WALL + timedelta(seconds=number)
        if isinstance(step, tuple):
            sheet = replace(sheet, price=yuan(step[0]), list_price=None, stock=step[1])
            room.take_up(sheet, MUG)
            continue
        before, version = room.facts.catalogue, room.facts.version("shirt")
        try:
            assert room.change(**step) in (version, version + 1)
        except ChangeRefused:
            assert room.facts.catalogue is before
            assert room.facts.version("shirt") == version
    again = room.killed(sheet, MUG)
    assert again["shirt"] == room["shirt"]
    assert again.facts.version("shirt") == room.facts.version("shirt")
    at = WALL + timedelta(days=1)
    assert facts_at(room.events, "shirt", at) == room.facts.in_force("shirt", at)
    assert (room.facts.in_force("shirt", at) or {})["price"] == values_of(room["shirt"])["price"]


numbers = st.none() | st.integers(1, 10**6).map(lambda n: Decimal(n) / 100)
moments = st.none() | st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1))
offers = st.builds(
    Promotion, st.text(min_size=1), st.none() | st.just(yuan(99)), moments, moments,
    st.lists(st.builds(Term, st.sampled_from(TermKind), numbers, numbers, st.integers(1, 9), st.integers(0, 9), numbers,
                       st.text(max_size=5)), max_size=3).map(tuple),
    st.just(()), st.none() | st.integers(1, 9), st.none() | st.booleans(), st.text(max_size=5),
)  # fmt: skip


@given(offers)
def test_an_offer_is_the_same_from_its_data(offer: Promotion) -> None:
    data = json.loads(json.dumps(offer_data(offer)))
    assert offer_of(data) == offer
    assert offer_data(offer_of(data)) == data


def test_values_laid_over_their_own_product_change_nothing() -> None:
    assert with_values(SHIRT, values_of(SHIRT)) == SHIRT
    assert with_values(MUG, values_of(MUG)) == MUG
