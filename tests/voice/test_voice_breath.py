"""A breath before a sentence: in its band, at its level, in its shape, and nothing else of the speech changed."""

from __future__ import annotations

import numpy as np
import pytest

from host.core.media import SAMPLE_RATE, TICK_SAMPLES, Phone, Speech, Word
from host.voice.sound.breath import BREATH, LENGTH, breath_of, make_breath, with_breath

SPEECH = Speech(
    np.arange(9000, dtype=np.int16), (Phone(0.16, 0.3, "a"),), (Word(0.16, 0.3, 0, 1),), "好", "zh", "test", (5000,)
)


@pytest.mark.parametrize("seed", range(6))
def test_it_lies_where_an_inhalation_lies(seed: int) -> None:
    breath = make_breath(seed).astype(float)
    power = np.abs(np.fft.rfft(breath)) ** 2
    hertz = np.fft.rfftfreq(len(breath), 1 / SAMPLE_RATE)
    assert power[(hertz >= 1000) & (hertz <= 6000)].sum() > 0.85 * power.sum()
    assert power[hertz < 400].sum() < 0.01 * power.sum()
    assert 0.3 <= len(breath) / SAMPLE_RATE <= 0.7
    loudest = max(np.sqrt(np.mean(part**2)) for part in np.array_split(breath, 8))
    assert -46 < 20 * np.log10(loudest / 32768) < -38, "20 to 30 dB under speech, whose RMS is some -18 dBFS"


def test_it_swells_slowly_and_ends_soon_without_a_click() -> None:
    parts = [np.sqrt(np.mean(part.astype(float) ** 2)) for part in np.array_split(make_breath(3), 11)]
    assert 6 <= int(np.argmax(parts)) <= 8
    assert parts[0] < 0.1 * max(parts)
    assert parts[-1] < 0.25 * max(parts)
    assert make_breath(3)[0] == make_breath(3)[-1] == 0


def test_the_speech_behind_it_is_the_same_and_later() -> None:
    breathed = with_breath(SPEECH)
    assert LENGTH % TICK_SAMPLES == 0
    np.testing.assert_array_equal(breathed.pcm[LENGTH:], SPEECH.pcm)
    late = LENGTH / SAMPLE_RATE
    assert breathed.phones[0].label == BREATH
    assert breathed.phones[1].start == pytest.approx(0.16 + late)
    assert breathed.words[0].end == pytest.approx(0.3 + late)
    assert breathed.breaks == (5000 + LENGTH,)
    assert (breath_of(breathed), breath_of(SPEECH)) == (LENGTH, 0)
    np.testing.assert_array_equal(breathed.pcm, with_breath(SPEECH).pcm)
