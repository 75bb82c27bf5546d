"""No click where two sounds meet: speech and speech, speech and room tone, cuts, a bed coming and going."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from host.core.clock import MonotonicClock
from host.core.media import SAMPLE_RATE, TICK_SAMPLES, Pcm, Speech
from host.core.ports import Context
from host.core.product import Lang
from host.core.utterance import Cut, Kind, Utterance
from host.stage.bed import HOLD, RELEASE, Bed
from host.stage.on_air import Item, Started
from host.stage.playout import CLAUSE_FADE, NOW_FADE, Playout
from host.voice.engines import espeak
from host.voice.sound.meter import click, ebur128
from host.voice.sound.music import levelled, looped

HEARD = 6.0
"""Decibels from which a joint may be heard."""
SAID: list[tuple[str, Lang]] = [
    ("这款保温杯很轻，放包里没感觉，你包里有这样的杯子吗？", "zh"),
    ("现在七十九元，在一号链接。", "zh"),
    ("沙发上四十四只石狮子，试试就知道，喜欢的可以先收藏。", "zh"),
    ("This bottle is light, it keeps tea hot, and it does not leak.", "en"),
    ("Six sizzling sausages, she said, and so they ship.", "en"),
]


@pytest.fixture(scope="module")
def speeches(speech_cache: Path) -> list[Speech]:
    return asyncio.run(_spoken(speech_cache))


async def _spoken(speech_cache: Path) -> list[Speech]:
    voice = espeak.open_voice({}, Context(MonotonicClock(), "test", Path(), speech_cache, speech_cache))
    try:
        return [await voice.speak(text, lang) for text, lang in SAID]
    finally:
        await voice.close()


def bed() -> Bed:
    time = np.arange(9 * SAMPLE_RATE) / SAMPLE_RATE
    music = sum(np.sin(2 * np.pi * pitch * time) for pitch in (220, 277.2, 329.6)) * 3000
    return Bed(levelled(looped(music.astype(np.int16)), -30.0), -14.0)


BEDS = pytest.mark.parametrize("under", [lambda: None, bed], ids=["alone", "over a bed"])


def items(speeches: list[Speech], pause: int = 4800) -> list[Item]:
    return [
        Item(Utterance(f"u{n}", Kind.SCRIPT, speech.spoken, "zh"), speech, pause=pause)
        for n, speech in enumerate(speeches)
    ]


class Air:
    """What goes out, and where joints are in it."""

    def __init__(self, under: Bed | None) -> None:
        self.playout = Playout(bed=under)
        self.parts: list[Pcm] = []
        self.joints: list[int] = []

    def pull(self, ticks: int = 1) -> None:
        for _ in range(ticks):
            out = self.playout.pull()
            self.parts.append(out.pcm)
            self.joints += [e.position if isinstance(e, Started) else e.start + e.heard for e in out.events]

    @property
    def sound(self) -> Pcm:
        return np.concatenate(self.parts)

    def worst(self) -> float:
        return max(click(self.sound, at) for at in self.joints)


@BEDS
@pytest.mark.parametrize("pause", [0, 1, 4800, 30_000])
def test_speech_and_speech_and_room_tone(speeches: list[Speech], under: Callable[[], Bed | None], pause: int) -> None:
    air = Air(under())
    air.pull(20)
    for item in items(speeches, pause):
        assert air.playout.enqueue(item)
        air.pull(30)
        while air.playout.queued or air.playout.buffered_seconds > 1:
            air.pull()
    air.pull(HOLD + RELEASE + 40)
    assert len(air.joints) == 2 * len(speeches)
    assert air.worst() < HEARD


@BEDS
@pytest.mark.parametrize("where", ["now", "clause"])
def test_what_is_cut_off_anywhere(speeches: list[Speech], under: Callable[[], Bed | None], where: Cut) -> None:
    """Cut at every eleventh tick of every sentence, with the next one waiting behind it."""
    chance = np.random.default_rng(1)
    fade = NOW_FADE if where == "now" else CLAUSE_FADE
    loop = under()
    for item, after in zip(items(speeches), items(speeches)[1:] + items(speeches)[:1], strict=True):
        for ticks in range(3, len(item.speech.pcm) // TICK_SAMPLES, 11):
            air = Air(loop)
            air.playout.enqueue(item)
            air.pull(ticks)
            air.playout.enqueue(replace(after, utterance=replace(after.utterance, id="after")))
            air.playout.cut(where)
            air.joints += [air.playout.position, air.playout.position + fade]
            while air.playout.queued:
                air.pull()
            air.pull(int(chance.integers(4, 9)))
            assert air.worst() < HEARD, (item.speech.spoken, ticks)


def test_the_bed_goes_and_comes_without_a_click(speeches: list[Speech]) -> None:
    air = Air(bed())
    for item in items(speeches[:2]):
        air.pull(HOLD + RELEASE + 3)
        air.playout.enqueue(item)
        air.pull(len(item.speech.pcm) // TICK_SAMPLES + 5)
    edges = range(0, len(air.sound), TICK_SAMPLES)
    assert max(click(air.sound, at) for at in edges) < HEARD


def test_a_hard_cut_is_found(speeches: list[Speech]) -> None:
    """The figure tells a click from none: samples broken off in a vowel, against the same place whole."""
    for speech in speeches:
        loudest = int(np.argmax(np.abs(speech.pcm)))
        broken = speech.pcm.copy()
        broken[loudest:] = 0
        assert click(broken, loudest) > 3 * HEARD
        assert click(speech.pcm, loudest) < HEARD


def test_the_sum_of_voice_bed_and_room_tone_stays_under_its_peak(speeches: list[Speech]) -> None:
    air = Air(bed())
    for item in items(speeches):
        air.playout.enqueue(item)
        air.pull(len(item.speech.pcm) // TICK_SAMPLES + 4)
    loudness, peak = ebur128(air.sound)
    assert peak <= -1.0
    assert -17.5 < loudness < -15.5
