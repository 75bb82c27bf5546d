"""Which lines name what is sold out, and what is told of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from show_builders import WALL, heard, product, show, withdrawn

from host.core.product import Catalogue, Product
from host.core.utterance import Utterance
from host.core.variants import Variant
from host.show.director import Director, DirectorSettings
from host.show.interludes import MOST_NAMED
from host.show.load import Show
from host.show.variants_gone import names_gone

LINES = [[[1], [1]], [[1], [1]]]
COLOURS = ("炭黑", "米白", "雾蓝", "砖红", "墨绿")


def variants(gone: str = "", sizes: str = "ML") -> tuple[Variant, ...]:
    return tuple(
        Variant(f"{colour}-{size}", f"{colour} {size}", {"颜色": colour, "尺码": size}, stock=int(colour not in gone))
        for colour in COLOURS
        for size in sizes
    )


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("炭黑的也有。", "炭黑"), ("炭黑M码给大家留着。", "炭黑 M"), ("炭黑 L 看一下。", "炭黑 L"),
        ("炭黑、米白都有。", "炭黑"),
        ("米白的也有。", ""), ("M码的朋友看过来。", ""), ("今天讲一款衬衫。", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_line_that_names_what_is_sold_out(text: str, named: str) -> None:
    assert names_gone(text, replace(product(1), variants=variants("炭黑"))) == named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("The Slate 22-inch is here.", "Slate 22-inch"), ("slate  22-INCH!", "Slate 22-inch"),
        ("Slates and stones", ""), ("In slate.", "Slate"),
        ("It has a 36 month warranty, size M.", ""), ("It's made to last.", ""), ("Translated into words", ""),
    ],
)  # fmt: skip
def test_in_english_whole_words_count(text: str, named: str) -> None:
    gone = (Variant("a", "Slate 22-inch", {"size": "S"}, stock=0), Variant("b", "36", {"n": "36"}, stock=0),
            Variant("c", "Slate", {}, stock=0), Variant("d", "Red", stock=3))  # fmt: skip
    assert names_gone(text, replace(product(1), variants=gone)) == named


def test_with_several_thousand_it_takes_no_time() -> None:
    many = tuple(Variant(f"v{n}", f"款式{n}号", stock=n % 2) for n in range(10_000))
    assert names_gone("款式4242号也有。", replace(product(1), variants=many)) == "款式4242号"


# What is said of it


def stocked(there: Show, gone: str) -> Show:
    first, *others = there.catalogue
    return Show(Catalogue([replace(first, variants=variants(gone)), *others]), there.scripts)


def said(host: Director, count: int) -> list[Utterance]:
    found = []
    for number in range(count):
        if utterance := host.next(float(number), WALL):
            found.append(utterance)
            host.played(heard(utterance), float(number))
    return found


@pytest.fixture
def host() -> Director:
    there = stocked(show(LINES, LINES), "")
    host = Director(there, [], DirectorSettings("zh", greet=False, remind_ai=36_000))
    said(host, 2)
    return host


def told(utterances: list[Utterance]) -> list[str]:
    return [each.text for each in utterances if "没有库存" in each.text]


def test_it_is_said_once_before_the_next_line(host: Director) -> None:
    host.reload(stocked(show(LINES, LINES), "炭黑"), 2.0)
    following = said(host, 30)
    assert "炭黑 M、炭黑 L" in following[0].text
    assert following[0].product == "p1"
    assert len(told(following)) == 1


def test_what_was_sold_out_from_the_start_is_no_news() -> None:
    host = Director(stocked(show(LINES), "炭黑"), [], DirectorSettings("zh", greet=False, remind_ai=36_000))
    assert not told(said(host, 20))


def test_of_many_some_are_named(host: Director) -> None:
    host.reload(stocked(show(LINES, LINES), "炭黑米白雾蓝"), 2.0)
    (words,) = told(said(host, 30))
    assert sum(colour in words for colour in ("炭黑", "米白", "雾蓝")) <= MOST_NAMED
    assert words.count("、") == MOST_NAMED - 1


def test_taken_back_before_it_began_it_is_still_to_be_said(host: Director) -> None:
    host.reload(stocked(show(LINES, LINES), "炭黑"), 2.0)
    first = host.next(3.0, WALL)
    assert first is not None
    assert told([first])
    host.played(withdrawn(first), 3.0)
    assert len(told(said(host, 30))) == 1


def test_refused_in_every_wording_it_is_left_out(host: Director) -> None:
    host.reload(stocked(show(LINES, LINES), "炭黑"), 2.0)
    for _ in range(5):
        utterance = host.next(3.0, WALL)
        if utterance and told([utterance]):
            host.refused(utterance, 3.0)
    assert not told(said(host, 30))


def test_there_again_before_it_was_said_it_is_not(host: Director) -> None:
    host.reload(stocked(show(LINES, LINES), "炭黑"), 2.0)
    host.reload(stocked(show(LINES, LINES), ""), 2.0)
    assert not told(said(host, 30))


def test_of_another_product_it_is_said_when_that_has_its_turn(host: Director) -> None:
    there = show(LINES, LINES)
    first, second = there.catalogue
    with_variants: list[Product] = [first, replace(second, variants=variants(""))]
    host.reload(Show(Catalogue(with_variants), there.scripts), 2.0)
    host.reload(Show(Catalogue([first, replace(second, variants=variants("砖红"))]), there.scripts), 2.0)
    following = said(host, 40)
    assert {each.product for each in following if told([each])} == {"p2"}
