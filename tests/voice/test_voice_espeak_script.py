"""From characters to the pinyin espeak-ng is given."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from host.voice.reading.espeak_script import script


def said(text: str) -> str:
    return " ".join(script(text).text.split())


@pytest.mark.parametrize(
    ("text", "pinyin"),
    [
        ("你好", "ni2hao3"),
        ("我很好", "wo3 hen2 hao3"),
        ("不累", "bu2 lei4"),
        ("不行", "bu4xing2"),
        ("一瓶", "yi4 ping2"),
        ("一件", "yi2 jian4"),
        ("一个", "yi2ge4"),
        ("第一名", "di4yi1ming2"),
        ("一号", "yi1 hao4"),
        ("三一六", "san1 yi1 liu4"),
        ("银行行长", "yin2hang2 hang2zhang3"),
        ("还不行，还给我", "hai2 bu4xing2 ， huan2 gei2 wo3"),
        ("二十瓦USB快充", "er4 shi2 wa3 USB kuai4 chong1"),
    ],
)
def test_readings_and_sandhi(text: str, pinyin: str) -> None:
    assert said(text).replace(" ", "") == pinyin.replace(" ", "")


def test_syllables_that_espeak_spells_out_are_given_as_phones() -> None:
    assert "[[S;j'ong35]]" in script("熊猫").text
    assert "[[tS;hj'ong35]]" in script("穷").text


@given(st.text(alphabet="你好一不三上水果熊窘，。 abcUSB'㐀🎉", max_size=40))
def test_every_place_leads_back_into_the_text(text: str) -> None:
    written = script(text)
    assert len(written.origin) == len(written.text)
    assert list(written.origin) == sorted(written.origin)
    assert all(0 <= place < max(1, len(text)) for place in written.origin)
    for word in written.words:
        assert (
            written.origin[word.position] == word.first
            if word.position < len(written.origin)
            else not any(word.syllables)
        )
