"""From text to the symbols of a neural voice, and back from its durations to phones and words."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from host.voice.processes.neural_process import Reading
from host.voice.reading.mandarin_ipa import ipa
from host.voice.reading.phonemes import ALPHABET, PAUSES, latin_runs, spell
from host.voice.timing.durations import EARLY, timed

RATE = 24_000
TEXTS = st.text(alphabet="你好一不三上水果熊窘哪儿，。！？“”（）—… abcUSB'é㐀🎉\n", max_size=60)


@pytest.mark.parametrize(
    ("syllable", "symbols"),
    [
        ("zhong1", "ꭧʊ→ŋ"),
        ("xiong2", "ɕjʊ↗ŋ"),
        ("lv4", "ly↘"),
        ("nve4", "nɥe↘"),
        ("yuan2", "ɥɛ↗n"),
        ("jun1", "ʨy→n"),
        ("wo3", "wo↓"),
        ("bo1", "pwo→"),
        ("o1", "ɔ→"),
        ("er4", "ɚ↘"),
        ("zi5", "ʦɨ"),
        ("shi4", "ʂɨ↘"),
        ("yi1", "i→"),
        ("wu3", "u↓"),
        ("yong4", "jʊ↘ŋ"),
        ("liu4", "ljou↘"),
        ("gui4", "kwei↘"),
        ("dun4", "twə↘n"),
        ("ng2", "ŋ↗"),
        ("", ""),
        ("x", ""),
    ],
)
def test_syllables_in_the_alphabet_of_the_model(syllable: str, symbols: str) -> None:
    assert ipa(syllable) == symbols


def test_every_syllable_of_the_dictionary_can_be_written() -> None:
    from pypinyin.constants import PINYIN_DICT
    from pypinyin.contrib.tone_convert import to_normal

    syllables = {to_normal(one) for readings in PINYIN_DICT.values() for one in readings.split(",")}
    assert len(syllables) > 400
    written = {syllable + tone: ipa(syllable + tone) for syllable in syllables for tone in "12345"}
    assert [syllable for syllable, symbols in written.items() if not symbols or set(symbols) - set(ALPHABET)] == []
    assert len(set(written.values())) > 0.97 * len(written)  # not the same for different ones: lo and luo are


def test_latin_words_in_mandarin_are_read_as_english() -> None:
    text = "我是AI主播，配USB C线和iPhone壳。"
    assert latin_runs(text, "zh") == ["AI", "USB C", "iPhone"]
    assert latin_runs("A四和LED十二瓦，T恤", "zh") == []
    english = {"AI": (Reading("AI", False, "ˈAˌI"),), "iPhone": (Reading("iPhone", False, "ˈIfˌOn"),)}
    spelled = spell(text, "zh", english)
    assert spelled.symbols == "wo↓ ʂɨ↘ ˈAˌI ꭧu↓ pwo→, pʰei↘ ɕjɛ↘n xɤ↗ ˈIfˌOn kʰɤ↗."
    heard = {text[span.first : span.last]: spelled.symbols[span.begin : span.end] for span in spelled.spans}
    assert heard["AI"] == "ˈAˌI"
    assert heard["壳"] == "kʰɤ↗"


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("打印纸是A四的", "ta↓ i↘n ꭧɨ↓ ʂɨ↘ ˈA sɨ↘ tɤ"),
        ("型号AX一八零零", "ɕi↗ŋxau↘ ˈAˈɛks, jau→pa→li↗ŋli↗ŋ"),
        ("型号F五一二", "ɕi↗ŋxau↘ ˈɛfə, u↓jau→ɚ↘"),
        ("XL码", "ˈɛksə ˈɛl ma↓"),
        ("型号A五一二", "ɕi↗ŋxau↘ ˈA u↓jau→ɚ↘"),
        ("货号五一二", "xwo↘ xau↘ u↓i→ɚ↘"),
        ("SPF五十加", "ˈɛspˈiˈɛf, u↓ ʂɨ↗ ʨja→"),
        ("二零二五零六幺幺零零七", "ɚ↘li↗ŋɚ↘u↓, li↗ŋljou↘jau→jau→, li↗ŋli↗ŋʨʰi→"),
        ("一三八零零幺三八零零零", "i→sa→npa→, li↗ŋli↗ŋjau→sa→n, pa→li↗ŋli↗ŋli↗ŋ"),
        ("四零零五五五零幺零二", "sɨ↘li↗ŋli↗ŋ, u↗ u↗ u↓, li↗ŋjau→li↗ŋɚ↘"),
        ("二零二六年", "ɚ↘li↗ŋɚ↘ljou↘ njɛ↗n"),
    ],
)
def test_codes_are_read_out(text: str, symbols: str) -> None:
    assert spell(text, "zh", {}).symbols.replace("ta↓i↘nꭧɨ↓", "ta↓ i↘n ꭧɨ↓") == symbols


def test_english_keeps_its_words() -> None:
    text = "It's here, now."
    said = (Reading("It's", True, "ɪts"), Reading("here", False, "hˈɪɹ"), Reading(",", True, ","), Reading("now", False, "nˈW"), Reading(".", False, "."))  # fmt: skip # noqa: E501
    spelled = spell(text, "en", {text: said})
    assert spelled.symbols == "ɪts hˈɪɹ, nˈW."
    assert [text[span.first : span.last] for span in spelled.spans] == ["It's", "here", "now"]


@given(TEXTS)
def test_whatever_is_written_is_within_the_alphabet_and_leads_back(text: str) -> None:
    spelled = spell(text, "zh", {run: (Reading(run, False, "ˈAˌI"),) for run in latin_runs(text, "zh")})
    assert set(spelled.symbols) <= set(ALPHABET)
    assert spelled.tokens[0] == spelled.tokens[-1] == 0
    places = [(span.first, span.last, span.begin, span.end) for span in spelled.spans]
    assert places == sorted(places)
    assert all(0 <= a < b <= len(text) and 0 <= c < d <= len(spelled.symbols) for a, b, c, d in places)


@given(TEXTS, st.integers(min_value=4, max_value=40))
def test_pieces_lose_nothing(text: str, longest: int) -> None:
    whole = spell(text, "zh", {run: (Reading(run, False, "ˈAˌI"),) for run in latin_runs(text, "zh")})
    pieces = list(whole.cut(longest))
    assert all(len(piece.symbols) <= longest for piece in pieces)
    sounds = "".join(symbol for piece in pieces for symbol in piece.symbols if symbol not in PAUSES)
    assert sounds == "".join(symbol for symbol in whole.symbols if symbol not in PAUSES)
    assert {span.first for piece in pieces for span in piece.spans} == {span.first for span in whole.spans}


@given(TEXTS, st.integers(min_value=0, max_value=2**31))
def test_phones_follow_the_durations(text: str, seed: int) -> None:
    spelled = spell(text, "zh", {run: (Reading(run, False, "ˈAˌI"),) for run in latin_runs(text, "zh")})
    random = np.random.default_rng(seed)
    durations = random.integers(1, 12, len(spelled.tokens)) * 0.025
    samples = random.uniform(-0.5, 0.5, round(float(durations.sum()) * RATE)).astype(np.float32)
    phones, anchors = timed(spelled, durations, samples, RATE)
    assert all(phone.end > phone.start >= 0 for phone in phones)
    assert all(abs(a.end - b.start) < 1e-9 for a, b in pairwise(phones))
    assert [anchor.position for anchor in anchors] == [span.first for span in spelled.spans]
    times = [anchor.time for anchor in anchors]
    assert times == sorted(times)


def test_the_sound_comes_before_the_plan_says() -> None:
    spelled = spell("妈", "zh", {})
    durations = np.array([0.4, 0.1, 0.2, 0.05, 0.3])
    samples = np.full(round(1.05 * RATE), 0.5, np.float32)
    phones, anchors = timed(spelled, durations, samples, RATE)
    assert [phone.label for phone in phones] == ["m", "a"]
    assert anchors[0].time == pytest.approx(0.4 - EARLY)
    assert phones[0].start == pytest.approx(0.4 - EARLY)
    assert phones[1].end == pytest.approx(0.75 - EARLY)
