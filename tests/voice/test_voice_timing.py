"""Phones found in recordings whose times are known: espeak-ng's own, thrown away and found again in another voice."""

from __future__ import annotations

import asyncio
import importlib.util
import os
import signal
from collections.abc import AsyncIterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from voicekit import SENTENCES, check_shape, context

from host.avatar.visemes import visemes_of
from host.core.clock import MonotonicClock
from host.core.media import Phone, Word
from host.core.ports import VoiceError
from host.core.product import Lang
from host.voice.engines import espeak
from host.voice.processes.sphinx_process import SphinxProcess
from host.voice.sound.finish import finish
from host.voice.sound.takes import Samples, Take
from host.voice.timing.arpabet import _tables, ipa_of, models_of, phones
from host.voice.timing.boundaries import met, moved
from host.voice.timing.energy import by_loudness
from host.voice.timing.forced import forced, pronounced
from host.voice.timing.guide import Guide
from host.voice.timing.heard import Heard
from host.voice.timing.lent import lent
from host.voice.timing.phone_loop import phone_loop
from host.voice.timing.phones import gapless
from host.voice.timing.release import released
from host.voice.timing.timeline import METHODS, phones_in, timed

MIXED: list[tuple[str, Lang]] = [
    ("我是AI主播，这条USB C线配iPhone和安卓都行。", "zh"),
    ("TPU手机壳，WiFi音箱，还有LED台灯，都在Tarnwell旗舰店。", "zh"),
    ("这款PP材料的杯子可以进APP下单，VIP再减五元。", "zh"),
    ("The Tarnwell flask, the Kvist lamp and the leak-proof Brixo lid ship together.", "en"),
    ("It's a must-have: don't you think so?", "en"),
]
OTHER = {"variant": "f3", "rate": 170}


@pytest.fixture
async def sphinx() -> AsyncIterator[SphinxProcess]:
    process = SphinxProcess(MonotonicClock())
    yield process
    await process.close()


async def heard_of(folder: Path, spoken: str, lang: Lang) -> tuple[Heard, Take]:
    """A recording by another speaker of what espeak-ng says, and the truth about it."""
    voice, other = espeak.open_voice({}, context(folder)), espeak.open_voice(OTHER, context(folder))
    said, truth = await voice.record(spoken, lang), await other.record(spoken, lang)
    await voice.close()
    await other.close()
    return Heard(truth.samples, truth.sample_rate, spoken, lang, (), said), truth


def labial(phones: tuple[Phone, ...]) -> list[float]:
    """Where lips open after they were shut."""
    return [phone.start if "p" in phone.label else phone.end for phone in phones if "PP" in visemes_of(phone.label)]


@pytest.mark.parametrize(("spoken", "lang"), [*SENTENCES, *MIXED])
async def test_a_text_is_found_in_another_voice(tmp_path: Path, sphinx: SphinxProcess, spoken: str, lang: Lang) -> None:
    heard, truth = await heard_of(tmp_path, spoken, lang)
    took = await timed(heard, sphinx)
    assert took.method == "forced"
    check_shape(finish(took.take, spoken, lang, "test"), spoken, lang)
    assert [(word.first, word.last) for word in took.take.words] == [(word.first, word.last) for word in truth.words]
    off = np.array(
        [
            one.start - real.start
            for one, real in zip(took.take.words, truth.words, strict=True)
            if lang == "en" or not spoken[real.first : real.last].isascii()  # espeak-ng tells of their letters
        ]
    )
    assert np.median(np.abs(off)) < 0.03
    assert np.percentile(np.abs(off), 90) < 0.12
    found, real = labial(took.take.phones), labial(truth.phones)
    missed = [time for time in real if min((abs(time - other) for other in found), default=1.0) > 0.06]
    assert len(missed) <= 0.2 * len(real)


@pytest.mark.parametrize("method", [forced, phone_loop])
async def test_the_same_sound_gives_the_same_phones_whatever_came_before(
    tmp_path: Path, sphinx: SphinxProcess, method: object
) -> None:
    heard, _ = await heard_of(tmp_path, *SENTENCES[0])
    before, _ = await heard_of(tmp_path, *SENTENCES[9])
    one, *_, again = [await timed(each, sphinx, [method]) for each in (heard, before, heard)]  # type: ignore[list-item]
    assert one.take.phones == again.take.phones != ()
    assert sphinx.starts == 1


async def test_a_process_that_dies_is_tried_once_more(tmp_path: Path, sphinx: SphinxProcess) -> None:
    heard, _ = await heard_of(tmp_path, *SENTENCES[1])
    first = await timed(heard, sphinx)
    assert sphinx.pid is not None
    os.killpg(sphinx.pid, signal.SIGKILL)
    assert (await timed(heard, sphinx)).take.phones == first.take.phones
    task = asyncio.create_task(timed(heard, sphinx))
    await asyncio.sleep(0.1)
    assert sphinx.pid is not None
    os.killpg(sphinx.pid, signal.SIGKILL)
    again = await task
    assert again.method == "forced"
    assert again.take.phones == first.take.phones


async def test_without_pocketsphinx_the_text_is_lent(
    tmp_path: Path, sphinx: SphinxProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard, _ = await heard_of(tmp_path, *SENTENCES[2])
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert (await timed(heard, sphinx)).method == "lent"
    assert (await timed(replace(heard, spoken="", said=None), sphinx)).method == "energy"
    assert sphinx.starts == 0


async def test_a_sound_too_short_for_its_text_is_lent(tmp_path: Path, sphinx: SphinxProcess) -> None:
    heard, _ = await heard_of(tmp_path, *SENTENCES[4])
    third = heard.samples[heard.rate // 4 : heard.rate // 4 + len(heard.samples) // 6]
    assert (await timed(replace(heard, samples=third), sphinx)).method == "lent"


async def test_a_text_of_no_words_goes_by_the_sound(tmp_path: Path) -> None:
    take = (await heard_of(tmp_path, *SENTENCES[0]))[1]
    guide = Guide(espeak.open_voice({}, context(tmp_path)))
    assert (await guide.complete(take.samples, take.sample_rate, (), "……", "zh")).phones
    await guide.close()


@pytest.mark.parametrize("index", [0, 8])
async def test_sound_without_a_text_has_phones(tmp_path: Path, sphinx: SphinxProcess, index: int) -> None:
    heard, truth = await heard_of(tmp_path, *SENTENCES[index])
    found = await phones_in(heard.samples, heard.rate, sphinx)
    assert 0.4 < len([phone for phone in found if phone.label]) / len([p for p in truth.phones if p.label]) < 1.6
    assert all(a.end <= b.start + 1e-6 for a, b in pairwise(found))
    sounding = sum(phone.end - phone.start for phone in found if phone.label)
    assert sounding > 0.6 * len(heard.samples) / heard.rate


@pytest.mark.parametrize("seconds", [0.0, 0.01, 0.2, 3.0])
async def test_silence_has_none(sphinx: SphinxProcess, seconds: float) -> None:
    assert await phones_in(np.zeros(round(seconds * 24_000), np.float32), 24_000, sphinx) == ()


async def test_the_first_method_that_can_is_taken(sphinx: SphinxProcess) -> None:
    heard = Heard(np.zeros(10, np.float32), 24_000, words=(Word(0, 1, 0, 1),))
    asked = []

    def method(name: str, can: bool) -> object:
        async def found(heard: Heard, sphinx: SphinxProcess) -> Take:
            asked.append(name)
            if not can:
                raise VoiceError(name)
            return Take(heard.samples, heard.rate, (Phone(0, 1, name),))

        found.__name__ = name
        return found

    took = await timed(heard, sphinx, [method("a", False), method("b", True), method("c", True)])  # type: ignore[list-item]
    assert (took.method, asked) == ("b", ["a", "b"])
    nothing = await timed(heard, sphinx, [])
    assert (nothing.method, nothing.take.phones, nothing.take.words) == ("", (), heard.words)
    assert (forced, lent, phone_loop, METHODS[-1]) == METHODS


async def test_an_engines_words_are_met_where_a_word_was_found_elsewhere(tmp_path: Path) -> None:
    truth = (await heard_of(tmp_path, *SENTENCES[0]))[1]
    span = (truth.phones[0].start, truth.phones[-1].end)
    late = [replace(word, start=word.start + 0.03, end=word.end + 0.03) for word in truth.words]
    assert met(truth, late, span, 0.06) is truth
    before, middle, after = (truth.words[index].start for index in (4, 6, 8))
    astray = moved(truth.words, (0, before, middle, after, span[1]), (0, before, middle - 0.1, after, span[1]))
    mended = met(replace(truth, words=astray), late, span, 0.06)
    off = [a.start - b.start for a, b in zip(mended.words[1:], truth.words[1:], strict=True)]
    assert np.abs(off).max() < 0.02


@pytest.mark.parametrize(("spoken", "lang"), [*SENTENCES, *MIXED])
async def test_every_word_has_phones_that_the_model_knows(tmp_path: Path, spoken: str, lang: Lang) -> None:
    take = (await heard_of(tmp_path, spoken, lang))[0].said
    assert take is not None
    said = pronounced(take, spoken)
    labels = [label for _, own in said for label in own]
    assert len(labels) == len([phone for phone in take.phones if phone.label])
    assert all(models_of(label) for label in labels)


def test_the_tables_agree_with_the_model_and_the_mouth() -> None:
    tables = _tables()
    known = {phone for table in ("models", "mandarin") for phones in tables[table].values() for phone in phones.split()}
    assert known <= set(phones())
    for phone in phones():
        assert models_of(ipa_of(phone)) == (phone,)
        assert ("PP" in visemes_of(phone)) is ("PP" in visemes_of(ipa_of(phone)))
    assert models_of("") == models_of("☃") == ()
    assert ipa_of("SIL") == ""
    assert models_of("p", mandarin=True) == models_of("b")
    assert models_of("pʰ", mandarin=True) == models_of("p")


RATE = 16_000


def stop(quiet: float, breath: float) -> Samples:
    """A vowel, a stop with a closure and a breath of so many seconds, a vowel."""
    at = np.arange(round(0.2 * RATE)) / RATE
    vowel = (0.5 * np.sin(2 * np.pi * 150 * at)).astype(np.float32)
    burst = 0.05 * np.random.default_rng(1).standard_normal(round(breath * RATE)).astype(np.float32)
    return np.concatenate((vowel, np.zeros(round(quiet * RATE), np.float32), burst, vowel))


@pytest.mark.parametrize("quiet", [0.03, 0.06, 0.1, 0.4])
@pytest.mark.parametrize("breath", [0.01, 0.03, 0.08])
@pytest.mark.parametrize("label", ["p", "pʰ", "t", "k", "kʰ"])
def test_a_stop_begins_where_its_release_is_heard(quiet: float, breath: float, label: str) -> None:
    release = 0.2 + quiet
    for early, late in ((0.0, 0.0), (-0.02, 0.02)):
        (phone,) = released([Phone(0.2 + early, release + breath + late, label)], stop(quiet, breath), RATE)
        assert phone.start == pytest.approx(release, abs=0.011)


def test_a_stop_without_a_release_gives_half_of_itself_at_most() -> None:
    sound = np.full(RATE, 0.3, np.float32)
    assert released([Phone(0.5, 0.54, "p")], sound, RATE)[0].start == pytest.approx(0.52)
    assert released([Phone(0.5, 0.9, "p")], sound, RATE)[0].start == pytest.approx(0.545)
    assert released([Phone(0.5, 0.9, "b"), Phone(0.5, 0.9, "tʃ")], sound, RATE) == [
        Phone(0.5, 0.9, "b"), Phone(0.5, 0.9, "tʃ")
    ]  # fmt: skip


times = st.floats(0, 1.2)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(times, times, st.sampled_from(["p", "t", "a", "m", ""])), max_size=12))
def test_phones_of_any_times_are_put_in_order(parts: list[tuple[float, float, str]]) -> None:
    sounds = [Phone(min(a, b), max(a, b), label) for a, b, label in parts]
    whole = gapless(released(sounds, np.zeros(RATE, np.float32), RATE))
    assert all(phone.end > phone.start for phone in whole)
    assert all(a.end == pytest.approx(b.start) for a, b in pairwise(whole))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.floats(-1, 1, width=32), min_size=1, max_size=200),
    st.integers(1, 200),
    st.sampled_from([8000, 24_000, 48_000]),
)
def test_loudness_gives_phones_for_any_sound(data: list[float], stretch: int, rate: int) -> None:
    samples = np.repeat(np.array(data, np.float32), stretch)
    try:
        take = by_loudness(Heard(samples, rate, "你好", "zh"))
    except VoiceError:
        loud = np.flatnonzero(np.abs(samples) >= 1e-2)  # silence, or less than a hundredth of a second of sound
        assert not len(loud) or loud[-1] - loud[0] < rate // 100
        return
    assert take.phones
    assert all(phone.end > phone.start for phone in take.phones)
    assert len(take.words) == 2


def test_loudness_shuts_the_lips_where_the_sound_falls() -> None:
    at = np.arange(round(0.25 * RATE)) / RATE
    vowel = sum(0.1 * np.sin(2 * np.pi * 150 * harmonic * at) for harmonic in range(1, 16)).astype(np.float32)
    murmur = (0.05 * np.sin(2 * np.pi * 150 * at[: round(0.08 * RATE)])).astype(np.float32)
    take = by_loudness(Heard(np.concatenate((vowel, murmur, vowel)), RATE))
    (shut,) = [phone for phone in take.phones if phone.label == "m"]
    assert shut.start == pytest.approx(0.25, abs=0.02)
    assert shut.end == pytest.approx(0.33, abs=0.02)
