"""Money, promotions and the facts in force."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from host.core.product import Faq, Money, Product, Promotion
from host.core.rundown import RundownEntry

NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)


def product(**changes: object) -> Product:
    sheet: dict[str, object] = {
        "id": "cup",
        "name": "随行保温杯",
        "lang": "zh",
        "link": 1,
        "price": Money(Decimal(79), "CNY"),
        "list_price": Money(Decimal(129), "CNY"),
        "stock": 236,
        "facts": {"净重": "220克"},
        "faq": (Faq(("能装咖啡吗",), "可以"),),
        "shipping": "48小时内发货",
        "source": "cup.md",
        "lines": {"price": 5, "facts.净重": 9, "faq": 11},
    }
    return Product(**(sheet | changes))  # type: ignore[arg-type]


def test_facts_carry_ids_and_the_line_they_stand_on() -> None:
    facts = {fact.id: fact for fact in product().facts_in_force(NOW)}
    assert facts["cup.price"].text == "¥79"
    assert facts["cup.facts.净重"].source == "cup.md:9"
    assert facts["cup.faq.0"].source == "cup.md:11"


@given(st.integers(-100, 100))
def test_a_promotion_counts_only_while_it_stands(hours: int) -> None:
    offer = Promotion("立减20元", Money(Decimal(59), "CNY"), NOW, NOW + timedelta(hours=10))
    wall = NOW + timedelta(hours=hours)
    stands = 0 <= hours < 10
    cup = product(promotions=(offer,))
    assert (cup.price_in_force(wall).amount == 59) is stands
    assert any(fact.id == "cup.promotions.0" for fact in cup.facts_in_force(wall)) is stands


def test_a_time_without_a_zone_is_local_to_the_room() -> None:
    offer = Promotion("x", starts=datetime(2026, 11, 22, 19, 0))
    assert offer.in_force(NOW)


@given(st.times(), st.times(), st.times())
def test_a_window_and_its_complement_cover_the_day(starts: time, ends: time, moment: time) -> None:
    if starts == ends:
        return
    inside = RundownEntry("cup", None, starts, ends).open_at(moment)
    outside = RundownEntry("cup", None, ends, starts).open_at(moment)
    assert inside != outside
