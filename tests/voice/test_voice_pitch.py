"""Pitch against tones whose pitch is known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from host.core.media import SAMPLE_RATE, Pcm
from host.voice.sound.pitch import HOP, pitch, spread


def voice(hertz: np.ndarray, level: float = 0.2, noise: float = 0.0, fundamental: float = 1.0) -> Pcm:
    """A buzz that follows a curve of Hz: harmonics up to 4 kHz that fall by 6 dB an octave."""
    phase = 2 * np.pi * np.cumsum(hertz) / SAMPLE_RATE
    sound = fundamental * np.sin(phase)
    for number in range(2, int(4000 / hertz.max()) + 1):
        sound = sound + np.sin(number * phase) / number
    sound = sound + noise * np.random.default_rng(1).normal(size=len(sound))
    return np.rint(sound * level * 32767 / np.abs(sound).max()).astype(np.int16)


def steady(hertz: float, seconds: float = 0.6) -> np.ndarray:
    return np.full(round(seconds * SAMPLE_RATE), hertz)


@settings(max_examples=40)
@given(
    hertz=st.floats(70, 450),
    level=st.floats(0.05, 0.95),  # less is silence to it: its RMS is 15 dB lower
    noise=st.floats(0, 0.08),
    fundamental=st.sampled_from([1.0, 0.3, 0.0]),
)
def test_a_steady_voice_has_its_pitch(hertz: float, level: float, noise: float, fundamental: float) -> None:
    """Within a tenth of a semitone, in any noise a room has, and where the fundamental itself is missing."""
    found = pitch(voice(steady(hertz), level, noise, fundamental))
    assert np.count_nonzero(found) > 0.9 * len(found)
    middle = spread(found)
    assert abs(12 * np.log2(middle.median / hertz)) < 0.1
    assert middle.deviation < 0.1


@pytest.mark.parametrize("hertz", [80.0, 120.0, 220.0, 400.0])
def test_a_plain_sine_has_its_pitch(hertz: float) -> None:
    time = np.arange(SAMPLE_RATE) / SAMPLE_RATE
    found = pitch(np.rint(8000 * np.sin(2 * np.pi * hertz * time)).astype(np.int16))
    assert spread(found).median == pytest.approx(hertz, rel=0.003)


def test_noise_silence_and_nothing_have_none() -> None:
    noise = np.random.default_rng(0).normal(0, 3000, SAMPLE_RATE).astype(np.int16)
    assert np.count_nonzero(pitch(noise)) < 3
    for nothing in (np.zeros(SAMPLE_RATE, np.int16), np.zeros(0, np.int16), np.zeros(100, np.int16)):
        assert not pitch(nothing).any()
        assert spread(pitch(nothing)).values == 0


@pytest.mark.parametrize("swing", [1.0, 3.0, 6.0])
def test_the_spread_of_a_voice_that_swings_is_found(swing: float) -> None:
    """Sinusoidal in semitones: the deviation is the swing by the root of two. Four whole swings."""
    time = np.arange(5 * SAMPLE_RATE) / SAMPLE_RATE
    found = spread(pitch(voice(180 * 2 ** (swing * np.sin(2 * np.pi * 0.8 * time) / 12))))
    assert found.deviation == pytest.approx(swing / np.sqrt(2), rel=0.06)
    assert found.reach == pytest.approx(2 * swing * np.sin(0.9 * np.pi / 2), rel=0.06)
    assert found.median == pytest.approx(180, rel=0.01)


def test_it_follows_in_time() -> None:
    found = pitch(np.concatenate((voice(steady(110)), np.zeros(SAMPLE_RATE // 2, np.int16), voice(steady(220)))))
    at = np.arange(len(found)) * HOP
    assert np.allclose(found[(at > 0.05) & (at < 0.5)], 110, rtol=0.01)
    assert not found[(at > 0.65) & (at < 1.0)].any()
    assert np.allclose(found[(at > 1.15) & (at < 1.6)], 220, rtol=0.01)
