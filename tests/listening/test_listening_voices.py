"""Every voice that comes with livehost is typed back: how much is understood, and that no number is another.

A fixed sample, since a sentence takes some four seconds of a core: each fifth of all, and each of the list that tells a
price. The voices of a language take turns. `livehost bench listen` has the rest.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from host.bench.listening.ear import FIRST, Remembering, Whisper, recognisable
from host.bench.listening.judgement import spoken_form
from host.bench.listening.listening import SPEAKERS, Outcome, Speaker, error_rate, figures, heard, listened
from host.bench.listening.texts import demo, sample, sentences
from host.core.clock import MonotonicClock
from host.core.media import Pcm
from host.core.plugins import VOICES, load
from host.core.ports import Context, Voice
from host.core.product import Lang
from host.voice.engines.espeak import open_voice

BOUNDS: dict[Lang, float] = {"zh": 0.06, "en": 0.05}
"""Syllables without tone, words."""
EVERY = 5


def chosen(lang: Lang) -> list[str]:
    """What is said in this test."""
    return [*demo(lang)[::EVERY], *sample(sentences(lang), lang, EVERY)]


def spoken(voice: Voice, text: str, lang: Lang) -> Pcm:
    """What the voice makes of a text; it is closed."""

    async def speak() -> Pcm:
        try:
            return (await voice.speak(spoken_form(text, lang), lang)).pcm
        finally:
            await voice.close()

    return asyncio.run(speak())


def shown(capsys: pytest.CaptureFixture[str], speaker: Speaker, lang: Lang, found: Sequence[Outcome]) -> None:
    """The figures, in the output of every run."""
    with capsys.disabled():
        sys.stdout.write(f"\n{speaker}, {lang}: {json.dumps(figures(found, lang), ensure_ascii=False)}\n")


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sounds and transcripts of this module."""
    return tmp_path_factory.mktemp("listening")


def test_the_sentences_are_there() -> None:
    assert len(demo("zh")) > 200
    assert len(demo("en")) > 150
    for lang in BOUNDS:
        assert len(sentences(lang)) == 100
        assert 60 <= len(chosen(lang)) <= 110


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_natural_voices_are_understood_and_say_no_other_number(
    lang: Lang, cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    natural = [speaker for speaker in SPEAKERS[lang] if speaker.engine != "espeak"]
    outcomes = []
    for turn, speaker in enumerate(natural):
        found = listened(speaker, chosen(lang)[turn :: len(natural)], lang, cache)
        shown(capsys, speaker, lang, found)
        outcomes += found
    assert error_rate(outcomes) <= BOUNDS[lang]
    assert [outcome.told() for outcome in outcomes if outcome.wrong] == []


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_voice_that_cannot_fail_is_measured(lang: Lang, cache: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outcomes = listened(Speaker("espeak"), chosen(lang)[::10], lang, cache)
    shown(capsys, Speaker("espeak"), lang, outcomes)
    assert outcomes


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lang", "engine", "said", "written"),
    [
        ("en", "hibari", "Only $15 today.", "Only $50 today."),
        ("en", "hibari", "We have 1,050 left.", "We have 1,500 left."),
        ("zh", "kokoro", "满300减50。", "满300减15。"),
        ("zh", "kokoro", "现在只要44元。", "现在只要14元。"),
    ],
)
def test_a_voice_that_says_another_number_is_found_out(
    lang: Lang, engine: str, said: str, written: str, cache: Path
) -> None:
    """The proof that the ear, and all that excuses its spelling, lets no number pass."""
    pcm = spoken(load(VOICES, engine)({}, Context(MonotonicClock(), "test", Path(), cache, cache)), said, lang)
    ear = Remembering(cache, lambda: Whisper(cache))
    assert heard(ear, said, pcm, lang).wrong == 0
    assert heard(ear, written, pcm, lang).wrong > 0


def test_silence_stands_before_the_voice() -> None:
    pcm = np.full(4800, 8000, np.int16)
    sound = recognisable(pcm, FIRST)
    assert len(sound) == pytest.approx(0.35 * 16000, abs=40)
    assert np.abs(sound[:3900]).max() < 0.02


def test_nothing_is_listened_to_twice(tmp_path: Path) -> None:
    class Once:
        def hear(self, pcm: Sequence[int], lang: str, manner: object = FIRST) -> str:
            return "69元"

        def weigh(self, pcm: Sequence[int], lang: str, texts: Sequence[str]) -> list[float]:
            return [-1.0 for _ in texts]

    opened: list[Once] = []

    def listen() -> Once:
        opened.append(Once())
        return opened[-1]

    pcm = np.ones(10, np.int16)
    for _ in range(2):
        ear = Remembering(tmp_path, listen)
        assert ear.hear(pcm, "zh") == "69元"
        assert ear.weigh(pcm, "zh", ["六十九元", "九元"]) == [-1.0, -1.0]
    assert len(opened) == 1
    assert Remembering(tmp_path, listen).hear(pcm + np.int16(1), "zh") == "69元"
    assert len(opened) == 2


def test_the_recogniser_hears_a_voice_and_tells_words_from_others(cache: Path) -> None:
    said = ["Save 20% when you spend $150 or more.", "It costs fourteen dollars."]
    first, second = listened(Speaker("espeak"), said, "en", cache)
    assert (first.wrong, second.wrong) == (0, 0)
    pcm = spoken(open_voice({}, Context(MonotonicClock(), "test", Path(), cache, cache)), said[1], "en")
    right, other = Whisper(cache).weigh(pcm, "en", [said[1], "It costs forty dollars."])
    assert right > other
