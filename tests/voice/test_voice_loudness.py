"""Loudness and peaks against FFmpeg's meter, on signals where ours could go wrong."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from host.core.media import SAMPLE_RATE, Phone, Word
from host.core.ports import VoiceError
from host.voice.sound import loudness
from host.voice.sound.finish import LEAD_IN, TAIL, breaks, finish
from host.voice.sound.meter import ebur128
from host.voice.sound.takes import Samples, Take, resample


def syllables(seconds: float, rate: int, crest: float = 1.0, seed: int = 0) -> Samples:
    """Noise and tone in syllable-like bursts; ``crest`` sharpens single peaks."""
    generator = np.random.default_rng(seed)
    time = np.arange(int(seconds * rate)) / rate
    bursts = np.clip(np.sin(2 * np.pi * 4 * time), 0, None) ** 0.5
    sound = bursts * (np.sin(2 * np.pi * 140 * time) + 0.3 * generator.standard_normal(len(time)))
    sound[:: rate // 7] *= crest
    return (0.05 * sound).astype(np.float32)


@pytest.mark.parametrize("rate", [16_000, 22_050, 24_000, 44_100, 48_000])
def test_our_meter_agrees_with_ffmpeg(rate: int) -> None:
    sound = syllables(4, rate)
    measured, _ = ebur128((resample(sound, rate) * 32767).astype(np.int16))
    assert loudness.integrated(loudness.k_power(sound, rate)) == pytest.approx(measured, abs=0.15)


def test_a_full_scale_sine_measures_minus_three() -> None:
    """BS.1770-5: 997 Hz at 0 dBFS in one channel reads -3.01 LKFS."""
    time = np.arange(SAMPLE_RATE * 3) / SAMPLE_RATE
    sine = np.sin(2 * np.pi * 997 * time).astype(np.float32)
    assert loudness.integrated(loudness.k_power(sine)) == pytest.approx(-3.01, abs=0.03)


def test_a_peak_between_samples_is_found() -> None:
    """A sine at a quarter of the rate, sampled 45 degrees off its crests: 3 dB above every sample."""
    sine = np.sin(2 * np.pi * np.arange(4800) / 4 + np.pi / 4).astype(np.float32) * np.float32(0.5)
    assert loudness.true_peaks(sine, 0.1)[20:80].max() == pytest.approx(0.5, rel=0.02)
    assert np.abs(sine).max() == pytest.approx(0.354, abs=0.001)


@settings(max_examples=25, deadline=None)
@given(
    seconds=st.floats(0.8, 4.0),
    level=st.floats(-24, 12),
    crest=st.floats(1, 12),
    rate=st.sampled_from([22_050, 24_000]),
)
def test_any_level_ends_at_the_target(seconds: float, level: float, crest: float, rate: int) -> None:
    sound = syllables(seconds, rate, crest) * np.float32(10 ** (level / 20))
    speech = finish(Take(sound, rate), "好。", "zh", "test")
    measured, peak = ebur128(speech.pcm)
    assert peak <= -1.0
    assert measured == pytest.approx(-16, abs=1.0)


@pytest.mark.parametrize("seconds", [0.02, 0.1, 0.2, 0.39])
def test_a_very_short_sound_is_not_raised_beyond_speech(seconds: float) -> None:
    speech = finish(Take(syllables(1, 22_050)[: int(seconds * 22_050) + 400], 22_050), "嗯。", "zh", "test")
    loud = speech.pcm[np.abs(speech.pcm) > 0].astype(np.float64) / 32768
    assert 10 * np.log10(np.mean(loud**2)) < -8
    assert ebur128(speech.pcm)[1] <= -1.0


@pytest.mark.parametrize("sound", [np.zeros(22_050), np.zeros(0), np.full(22_050, 1e-5), np.full(22_050, np.nan)])
def test_silence_is_an_error(sound: Samples) -> None:
    with pytest.raises(VoiceError):
        finish(Take(sound.astype(np.float32), 22_050), "好。", "zh", "test")


def test_silence_is_trimmed_and_times_move_with_it() -> None:
    rate = 24_000
    sound = np.concatenate((np.zeros(rate), syllables(1, rate), np.zeros(2 * rate))).astype(np.float32)
    take = Take(sound, rate, (Phone(1.1, 1.3, "a"),), (Word(1.1, 1.3, 0, 1),))
    speech = finish(take, "好。", "zh", "test")
    assert speech.duration < 1.7
    assert speech.phones[0].start == pytest.approx(1.1 - 1.0 + LEAD_IN, abs=0.02)
    assert speech.words[0].start == speech.phones[0].start


def test_a_recording_ends_alike_whatever_its_text_and_length() -> None:
    """How long the host is silent is decided where two meet (`host.programme.pauses`)."""
    ends = []
    for seconds, text in ((1, "好，"), (1, "好。"), (4, "好？"), (8, "ok?”"), (20, "好")):
        pcm = finish(Take(syllables(seconds, 22_050), 22_050), text, "zh", "test").pcm
        ends.append((len(pcm) - int(np.flatnonzero(pcm)[-1])) / SAMPLE_RATE)
    assert ends == pytest.approx([TAIL] * 5, abs=0.06)


def test_resampling_keeps_time() -> None:
    rate = 22_050
    click = np.zeros(rate, np.float32)
    click[rate // 2] = 1
    assert abs(int(np.argmax(resample(click, rate))) - SAMPLE_RATE // 2) <= 1
    assert len(resample(click, rate)) == SAMPLE_RATE


def test_breaks_lie_between_clauses() -> None:
    words = (Word(0.2, 0.5, 0, 2), Word(0.7, 0.9, 3, 5), Word(0.9, 1.2, 6, 8))
    first, second = breaks("你好，世界，再见。", words)
    assert 0.5 < first / SAMPLE_RATE < 0.7
    assert second / SAMPLE_RATE == pytest.approx(0.9)


def test_one_syllable_is_as_loud_as_a_sentence() -> None:
    speech = finish(Take(syllables(1, 22_050)[: int(0.3 * 22_050)], 22_050), "好。", "zh", "test")
    assert ebur128(speech.pcm)[0] == pytest.approx(-16, abs=1.0)
