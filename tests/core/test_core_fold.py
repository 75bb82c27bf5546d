"""Folding: one face for text that can wear many, and every pattern that reads folded text written in that face."""

from __future__ import annotations

import re
import time

import pytest
from adversary import patterns
from hypothesis import given
from hypothesis import strategies as st
from traditional import FORMS

from host.core.fold import fold

LANGUAGE_TESTS = "host.core.text._HAN"
"""It looks at what was written, compatibility forms among it."""
EVERYDAY = "".join(chr(code) for code in range(0x4E00, 0xA000) if chr(code).encode("gb2312", "ignore"))
OTHERWISE = """
多少錢=多少钱 包郵嗎=包邮吗 還有貨嗎=还有货吗 幾天發貨=几天发货 能放洗碗機嗎=能放洗碗机吗 全國包郵=全国包邮
明天就漲價=明天就涨价 孕婦能用=孕妇能用 羣=群 群=群 裏面=里面 裡面=里面 臺燈=台灯 台燈=台灯 檯燈=台灯
枱燈=台灯 試著=试着 試着=试着 轉帳=转账 轉賬=转账 甚麼=什么 什麽=什么 項鍊=项链 衞生=卫生 衛生=卫生 麵=面
麪=面 啟用=启用 啓用=启用 為=为 爲=为 妳=你 瞭解=了解 価格=价格 気=气 弍拾=二拾 弐=贰 㐅=五 後天=后天
皇后=皇后 餘下=余下 乾淨=干净 這裡沒有=这里没有 舊款=旧款 什么=什么
"""
HAN = re.compile("[㐀-鿿]")
CLASS = re.compile("[㐀-鿿]-[㐀-鿿]")
HAN_TEXT = st.text(st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF, categories=["Lo"]), max_size=40)


@pytest.mark.parametrize(("written", "read"), [pair.split("=") for pair in OTHERWISE.split()])
def test_other_forms_of_a_character_are_read_as_the_simplified_one(written: str, read: str) -> None:
    assert fold(written) == read


@pytest.mark.parametrize("form", FORMS)
def test_every_everyday_character_is_itself_in_every_form(form: str) -> None:
    written = FORMS[form]("\n".join(EVERYDAY)).split("\n")
    apart = [(one, other) for one, other in zip(EVERYDAY, written, strict=True) if fold(one) != fold(other)]
    assert [pair for pair in apart if pair != ("幺", "么")] == []  # 么 is half of 什么, and 幺 the one of 幺幺零


@given(HAN_TEXT, HAN_TEXT)
def test_characters_keep_their_places(one: str, other: str) -> None:
    folded = fold(one + other)
    assert len(folded) == len(one + other)
    assert folded == fold(one) + fold(other) == fold(folded)


def test_patterns_look_for_characters_as_folded_text_has_them() -> None:
    never = {
        f"{place}: {character}"
        for place, pattern in patterns("host.chat", "host.core", "host.mind").items()
        for character in HAN.findall(CLASS.sub("", pattern.pattern))
        if fold(character) != character and place != LANGUAGE_TESTS
    }
    assert not never


def test_folding_takes_time_in_proportion_to_the_length() -> None:
    fold("羣")
    began = time.perf_counter()
    fold("羣裡還沒有這麼多錢" * 2_000)
    assert time.perf_counter() - began < 0.2
