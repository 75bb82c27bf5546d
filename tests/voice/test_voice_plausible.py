"""What comes back is held against the guide before it is heard or kept, by whichever engine it was said."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sounds import encoded, wav
from test_voice_openai import speech_server
from voicekit import SENTENCES, context

from host.config import Backend
from host.core.bundled import bundled
from host.core.media import Speech
from host.core.product import Lang
from host.core.utterance import Saying
from host.lang.normalise import normalise
from host.show.load import load_show
from host.voice.engines import edge, espeak, openai_speech
from host.voice.opening import open_voices
from host.voice.sound.plausible import fault, sounding_seconds
from host.voice.sound.takes import Samples, resample
from host.voice.timing.guide import Guide

SPOKEN = "这款保温杯今天直播间到手价六十九元，四十八小时内发货。"
"""25 syllables."""
RATE = 24_000
NOISE = np.random.default_rng(1)


async def said(folder: Path, spoken: str, lang: Lang, **options: Any) -> Samples:
    """Another speaker, at 24 kHz."""
    voice = espeak.open_voice({"variant": "f3"} | options, context(folder))
    take = await voice.record(spoken, lang)
    await voice.close()
    return resample(take.samples, take.sample_rate)[::2]


@cache
def sentence() -> Samples:
    return asyncio.run(said(Path("/nowhere"), SPOKEN, "zh"))


def hiss(seconds: float, level: float = 0.05) -> Samples:
    return (NOISE.standard_normal(round(seconds * RATE)) * level).astype(np.float32)


def hum(seconds: float, level: float = 0.05) -> Samples:
    at = np.arange(round(seconds * RATE)) / RATE
    return (level * sum(np.sin(2 * np.pi * 50 * k * at) / k for k in (1, 2, 3))).astype(np.float32)


def rumble(seconds: float) -> Samples:
    """Brown noise: 6 dB less with each octave."""
    wander = np.cumsum(NOISE.standard_normal(round(seconds * RATE)))
    return (0.3 * wander / np.abs(wander).max()).astype(np.float32)


def quiet(seconds: float) -> Samples:
    return np.zeros(round(seconds * RATE), np.float32)


def joined(*parts: Samples) -> Samples:
    return np.concatenate(parts)


def cut(samples: Samples, first: float, last: float = 1.0) -> Samples:
    return samples[round(len(samples) * first) : round(len(samples) * last)]


FAULTS: dict[str, tuple[Callable[[Samples], Samples], str]] = {
    "0.05 s": (lambda whole: cut(whole, 0.5)[:1200], "are usual"),
    "a third": (lambda whole: cut(whole, 0, 0.33), "are usual"),
    "62 s": (lambda whole: joined(*[whole] * 12), "are usual"),
    "four times": (lambda whole: joined(*[whole] * 4), "are usual"),
    "a hole": (lambda whole: joined(cut(whole, 0, 0.5), quiet(6), cut(whole, 0.5)), "silent for 6"),
    "a hole of 2 s": (lambda whole: joined(cut(whole, 0, 0.5), quiet(2), cut(whole, 0.5)), "silent for 2"),
    "a noisy hole": (lambda whole: joined(cut(whole, 0, 0.5), hiss(3, 1e-4), cut(whole, 0.5)), "silent for 3"),
    "hiss behind": (lambda whole: joined(whole, hiss(10)), "noise"),
    "soft hiss behind": (lambda whole: joined(whole, hiss(6, 0.01)), "noise"),
    "faint hiss behind": (lambda whole: joined(whole, hiss(8, 0.003)), "silent|noise"),
    "hiss before": (lambda whole: joined(hiss(4), whole), "noise"),
    "rumble behind": (lambda whole: joined(whole, rumble(5)), "silent|noise"),
    "fading hiss behind": (lambda whole: joined(whole, hiss(5, 0.2) * np.linspace(1, 0.01, 5 * RATE)), "noise"),
    "hum behind": (lambda whole: joined(whole, hum(5)), "noise"),
    "nothing but hiss": (lambda _: hiss(5, 0.2), "noise"),
}


@pytest.mark.parametrize("name", FAULTS)
@pytest.mark.parametrize("kind", ["wav", "mp3"])
async def test_the_next_voice_speaks_and_nothing_is_kept(tmp_path: Path, name: str, kind: str) -> None:
    make, message = FAULTS[name]
    whole = await asyncio.to_thread(sentence)
    async with speech_server("good", encoded(make(whole), kind), f"audio/{kind}") as server:
        spec = Backend(name="openai", options={"base_url": server.url})
        chain = open_voices({"zh": [spec]}, context(tmp_path))
        assert (await chain.speak(SPOKEN, "zh")).engine == "espeak"
        error = chain.status()["engines"]["zh"][0]["error"]
        chain.expect([Saying(SPOKEN, "zh")])
        await chain.prepared()
        await chain.close()
        server.sound = encoded(whole, kind)
        again = open_voices({"zh": [spec]}, context(tmp_path))
        speech = await again.speak(SPOKEN, "zh")
        await again.close()
    assert re.search(message, error), error
    assert speech.engine == "openai"
    assert speech.duration == pytest.approx(len(whole) / RATE, abs=0.8)


async def test_a_third_partys_engine_is_held_against_the_guide_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Odd:
        name = "odd"

        async def speak(self, spoken: str, lang: Lang) -> Speech:
            return Speech((hiss(9) * 32767).astype(np.int16), (), (), spoken, lang, "odd")

        async def close(self) -> None: ...

    factories = {"odd": lambda *_: Odd(), "espeak": espeak.open_voice}
    monkeypatch.setattr("host.voice.opening.load", lambda _, name: factories[name])
    chain = open_voices({"zh": [Backend(name="odd")]}, context(tmp_path))
    assert (await chain.speak(SPOKEN, "zh")).engine == "espeak"
    await chain.close()


def lines() -> list[tuple[str, Lang]]:
    """Every wording of the bundled scripts."""
    found: list[tuple[str, Lang]] = [*SENTENCES]
    for lang in ("zh", "en"):
        for script in load_show(sorted(bundled("scripts", lang).glob("[0-9]*.md"))).scripts.values():
            wordings = [each.text for segment in script.segments for line in segment.lines for each in line.wordings]
            found += [(normalise(text, lang), lang) for text in wordings]  # type: ignore[arg-type, misc]
    return found


def short() -> list[tuple[str, Lang]]:
    """What is short, or said slowly."""
    texts: dict[Lang, list[str]] = {
        "zh": ["嗯。", "在。", "好的。", "欢迎。", "好，好，好！", "幺三八零零一三八零零零。", "小鹿，你好。"],
        "en": ["Yes.", "OK.", "Hi!", "Sure.", "Thanks!", "One three eight, zero zero one three, eight zero zero zero."],
    }
    return [(text, lang) for lang, written in texts.items() for text in written]


SPEAKERS: list[dict[str, Any]] = [{}, {"variant": "f3"}, {"variant": "f3", "rate": 120}, {"rate": 170}, {"rate": 300}]


@pytest.mark.parametrize("speaker", range(len(SPEAKERS)))
async def test_good_speech_is_never_refused(tmp_path: Path, speaker: int) -> None:
    """Other speakers, from half the guide's rate to nearly twice it, who share both demo rooms among them."""
    guide = Guide(espeak.open_voice({}, context(tmp_path)))
    other = espeak.open_voice(SPEAKERS[speaker], context(tmp_path))
    refused = []
    for spoken, lang in [*lines()[speaker :: len(SPEAKERS)], *short()]:
        speech, expected = await other.speak(spoken, lang), await guide.length(spoken, lang)
        assert expected
        if wrong := fault(speech.pcm, 48_000, expected):
            refused.append((spoken, wrong))
    await other.close()
    await guide.close()
    assert refused == []


async def test_a_text_of_no_words_has_no_length(tmp_path: Path) -> None:
    guide = Guide(espeak.open_voice({}, context(tmp_path)))
    assert await guide.length("", "zh") is None
    await guide.close()


@pytest.mark.parametrize(
    ("pace", "took", "good"),
    [(1.0, 5.0, True), (1.0, 2.4, True), (1.0, 12.5, True), (1.0, 2.0, False), (1.0, 14.0, False),
     (2.0, 2.5, True), (2.0, 1.3, True), (2.0, 5.0, True), (2.0, 0.5, False), (0.5, 10.0, True), (0.5, 24.0, True),
     (0.5, 5.0, True), (0.5, 30.0, False), (4.0, 1.3, True)],
)  # fmt: skip
def test_the_bounds_heed_the_pace_that_was_asked_for(pace: float, took: float, good: bool) -> None:
    at = np.arange(round(took * RATE)) / RATE
    voice = (np.sin(2 * np.pi * 200 * at) * (0.52 - 0.48 * np.cos(2 * np.pi * 4 * at))).astype(np.float32)
    assert (fault(voice, RATE, 5.0, pace) is None) is good


def test_voices_tell_their_pace(tmp_path: Path) -> None:
    local = {"base_url": "http://127.0.0.1:9/v1"}
    assert openai_speech.open_voice({**local, "speed": 1.5}, context(tmp_path)).pace == 1.5
    assert edge.open_voice({"rate": "-25%"}, context(tmp_path)).pace == 0.75
    assert edge.open_voice({"rate": "-100%"}, context(tmp_path)).pace > 0


@settings(max_examples=50, deadline=None)
@given(
    data=st.lists(st.floats(-1, 1, width=32), max_size=300), rate=st.sampled_from([8000, 24_000]),
    expected=st.none() | st.floats(0.01, 100), stretch=st.integers(1, 400),
)  # fmt: skip
def test_any_sound_is_judged(data: list[float], rate: int, expected: float | None, stretch: int) -> None:
    samples = np.repeat(np.array(data, np.float32), stretch)
    fault(samples, rate, expected)
    assert 0 <= sounding_seconds(samples, rate) <= len(samples) / rate + 0.02


async def test_whole_sentences_in_parts_pass(tmp_path: Path) -> None:
    whole = await asyncio.to_thread(sentence)
    parts = [cut(whole, 0, 0.3), cut(whole, 0.3, 0.7), cut(whole, 0.7)]
    bodies = {
        "mp3": b"".join(encoded(part, "mp3") for part in parts),
        "wav": b"".join(encoded(part, "wav") for part in parts),
        "wavs": wav(encoded(whole, "pcm"), told=len(encoded(parts[0], "pcm"))),
    }
    for name, body in bodies.items():
        async with speech_server("good", body, "audio/mpeg" if name == "mp3" else "audio/wav") as server:
            spec = Backend(name="openai", options={"base_url": server.url})
            chain = open_voices({"zh": [spec]}, context(tmp_path / name))
            speech = await chain.speak(SPOKEN, "zh")
            await chain.close()
        assert speech.engine == "openai", chain.degraded()
        assert speech.duration == pytest.approx(len(whole) / RATE, abs=0.9)
