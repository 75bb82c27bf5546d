"""One reading: its tokens cover the text, whatever the text is, and each kind of number gives the token it should."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from host.core.product import Lang
from host.lang.plain import plain
from host.lang.reading import read
from host.lang.tokens import Amounts, Clock, Code, Date, Join, Name, Token, Words

HOSTILE = "0123456789" * 3 + "-~/*.:,%+$¥€元件个折第万一两月日年点 mlkgWGABxX²½Ⅷ٣#\"'^°，。"


@settings(max_examples=300, deadline=None)
@given(text=st.one_of(st.text(alphabet=HOSTILE, max_size=60), st.text(max_size=60)), lang=st.sampled_from(["zh", "en"]))
def test_the_tokens_cover_the_text(text: str, lang: Lang) -> None:
    written = plain(text)
    tokens = read(written, lang)
    assert [token.start for token in tokens] == [0, *(token.end for token in tokens[:-1])][: len(tokens)]
    assert (tokens[-1].end if tokens else 0) == len(written)


def only(text: str, lang: Lang) -> Token:
    """The one token of a text that is no words."""
    (token,) = (token for token in read(plain(text), lang) if not isinstance(token, Words))
    return token


@pytest.mark.parametrize(
    ("text", "lang", "join"),
    [
        ("3-5天", "zh", Join.RANGE),
        ("28/29/30码", "zh", Join.LIST),
        ("1/3", "zh", Join.FRACTION),
        ("16:9", "zh", Join.RATIO),
        ("10*20*5cm", "zh", Join.BY),
        ("50g*3", "zh", Join.TIMES),
        ("8+256GB", "zh", Join.PLUS),
        ("满300-50", "zh", Join.LESS),
        ("4.9/5", "en", Join.OUT_OF),
        ("18/8 steel", "en", Join.GRADE),
        ("5V2A", "en", Join.GLUED),
        ("3-2-501", "en", Join.SCORE),
    ],
)
def test_what_numbers_in_a_row_are_to_each_other(text: str, lang: Lang, join: Join) -> None:
    token = only(text, lang)
    assert isinstance(token, Amounts)
    assert token.join is join


@pytest.mark.parametrize(
    ("text", "kind"),
    [("2026-11-30", Date), ("20:30", Clock), ("13812345678", Code), ("007", Code), ("iPhone15", Name), ("A4", Name)],
)
def test_what_is_no_amount(text: str, kind: type[Token]) -> None:
    assert type(only(text, "zh")) is kind


@pytest.mark.parametrize(
    ("text", "value", "canonical"),
    [
        ("1.5kg", "1500", "g"),
        ("20 m²", "20000000", "mm^2"),
        ("2小时", "7200", "s"),
        ("-5℃", "-5", "°C"),
        ("1.2万元", "12000", ""),
    ],
)
def test_an_amount_has_its_value(text: str, value: str, canonical: str) -> None:
    token = only(text, "zh")
    assert isinstance(token, Amounts)
    (item,) = token.items
    factor = item.unit.factor if item.unit else 1
    assert item.number.value * factor == int(value)
    assert (item.unit.canonical if item.unit else "") == canonical
