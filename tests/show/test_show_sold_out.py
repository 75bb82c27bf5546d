"""What is sold out is not presented: its turn is passed over, that is said once, and with nothing left now and then."""

from __future__ import annotations

from dataclasses import replace

from show_builders import WALL, heard, show, withdrawn

from host.core.product import Catalogue
from host.core.utterance import Kind, Utterance
from host.show.director import Director, DirectorSettings
from host.show.interludes import SOLD_OUT_EVERY
from host.show.lint import lint
from host.show.load import Show

LINES = [[[1], [1]]]


def stocked(old: Show, **stock: int) -> Show:
    """The show with other stocks."""
    products = [replace(each, stock=stock[each.id]) if each.id in stock else each for each in old.catalogue]
    return Show(Catalogue(products), old.scripts)


def director(there: Show) -> Director:
    return Director(there, [], DirectorSettings("zh", greet=False, remind_ai=36_000))


def said(host: Director, count: int, now: float = 0.0, step: float = 5.0) -> list[Utterance]:
    """What is said next, each heard to its end; at most ``count``, over as many steps of time."""
    found = []
    for number in range(count):
        at = now + number * step
        if utterance := host.next(at, WALL):
            found.append(utterance)
            host.played(heard(utterance), at)
    return found


def kinds(utterances: list[Utterance]) -> list[str]:
    return [f"{each.kind.value} {each.product}" for each in utterances if each.kind is not Kind.NOTICE]


def test_a_sold_out_product_is_passed_over_and_that_is_said_once() -> None:
    host = director(stocked(show(LINES, LINES, LINES), p2=0))
    told = said(host, 14)
    assert kinds(told)[:8] == [
        "script p1", "script p1", "bridge p2", "script p3", "script p3", "script p1", "script p1", "script p3",
    ]  # fmt: skip
    word = next(each for each in told if each.kind is Kind.BRIDGE)
    assert "卖完" in word.text
    assert "p2.stock" in word.evidence


def test_one_that_sells_out_on_air_is_left_at_once() -> None:
    host = director(show([[[1]] * 5], LINES))
    assert kinds(said(host, 2)) == ["script p1"]
    host.reload(stocked(show([[[1]] * 5], LINES), p1=0), 10.0)
    assert kinds(said(host, 6, 10.0)) == ["bridge p1", "script p2", "script p2", "script p2", "script p2", "script p2"]


def test_what_was_prepared_of_it_is_taken_back() -> None:
    host = director(show([[[1]] * 5], LINES))
    said(host, 2)
    queued = host.next(10.0, WALL)
    assert queued
    host.reload(stocked(show([[[1]] * 5], LINES), p1=0), 10.0)
    assert host.urgent(queued)
    host.played(withdrawn(queued), 10.0)
    assert kinds(said(host, 3, 10.0)) == ["bridge p1", "script p2", "script p2"]


def test_the_word_on_it_that_was_not_heard_is_said_again() -> None:
    host = director(stocked(show(LINES, LINES), p2=0))
    said(host, 3)
    word = host.next(20.0, WALL)
    assert word
    assert word.kind is Kind.BRIDGE
    host.played(withdrawn(word), 20.0)
    assert kinds(said(host, 2, 20.0)) == ["bridge p2", "script p1"]


def test_back_in_stock_it_has_its_turn_again_and_selling_out_again_is_said_again() -> None:
    there = show(LINES, LINES)
    host = director(stocked(there, p2=0))
    assert "bridge p2" in kinds(said(host, 6))
    host.reload(stocked(there, p2=3), 40.0)
    assert "script p2" in kinds(said(host, 5, 40.0))
    host.reload(stocked(there, p2=0), 80.0)
    assert kinds(said(host, 10, 80.0)).count("bridge p2") == 1


def test_with_everything_sold_out_there_is_a_word_now_and_then() -> None:
    host = director(stocked(show(LINES, LINES), p1=0, p2=0))
    told = [each for each in said(host, 60, step=SOLD_OUT_EVERY / 10) if each.kind is not Kind.NOTICE]
    assert not [each for each in told if each.kind is Kind.SCRIPT]
    assert kinds(told[:2]) == ["bridge p1", "bridge p2"]
    assert 5 <= len(told) - 2 <= 7
    assert all("卖完" in each.text for each in told)


def test_a_room_begins_with_what_there_is() -> None:
    host = director(stocked(show(LINES, LINES), p1=0))
    assert kinds(said(host, 4)) == ["bridge p1", "script p2", "script p2"]


def test_whoever_goes_there_presents_it_all_the_same() -> None:
    host = director(stocked(show(LINES, LINES), p1=0))
    said(host, 3)
    host.goto("p1", 20.0)
    assert "script p1" in kinds(said(host, 3, 20.0))


def test_what_comes_up_is_told_without_saying_it() -> None:
    host = director(stocked(show(LINES, LINES), p1=0))
    said(host, 1)
    first = [each.text for each in host.upcoming(3, 5.0, WALL)]
    assert first == [each.text for each in host.upcoming(3, 5.0, WALL)]
    assert "卖完" in first[0]


def test_a_check_says_that_it_will_be_passed_over() -> None:
    stock = stocked(show(LINES, LINES), p2=0)
    listed = [each for product in stock.catalogue for each in lint(product, stock.scripts[product.id])]
    findings = [each for each in listed if "sold out" in each.message]
    assert [each.severity for each in findings] == ["warning"]
    assert findings[0].path == "p2.md"
