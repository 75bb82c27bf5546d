"""Text helpers."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from host.core.text import bounded, clause_ends, guess_lang, sentences


@given(st.text(max_size=2000), st.integers(1, 500))
def test_bounded_text_is_short_visible_and_one_line(text: str, limit: int) -> None:
    result = bounded(text, limit)
    assert len(result) <= limit
    assert all(unicodedata.category(character)[0] != "C" for character in result)
    assert "\n" not in result
    assert result == result.strip()


def test_a_flood_of_combining_marks_is_cut_before_it_is_normalised() -> None:
    assert len(bounded("a" + "̖́" * 1_000_000, 200)) <= 200


def test_languages() -> None:
    assert [guess_lang(text) for text in ("多少钱 price", "how much", "666", "?")] == ["zh", "en", "zh", "zh"]
    assert guess_lang("666", "en") == "en"


def test_sentences_keep_decimals_and_words_together() -> None:
    assert sentences("现在只要99.9元。真的吗？真的！", "zh") == ["现在只要99.9元。", "真的吗？", "真的！"]
    assert sentences("It is $12.50. Really? Yes!", "en") == ["It is $12.50.", "Really?", "Yes!"]
    assert sentences("  ", "zh") == []


@given(st.text(max_size=200))
def test_clause_ends_lie_inside_and_ascend(text: str) -> None:
    ends = clause_ends(text)
    assert ends == sorted(set(ends))
    assert all(0 < end < len(text) for end in ends)


def test_a_clause_does_not_end_inside_a_price() -> None:
    assert clause_ends("杯子99.9元，包邮。") == [8]
    assert clause_ends("It is $1,299.00 at 20:30. Now") == [25]
    assert clause_ends("It keeps 95, yes") == [12]
