"""A breath taken before a sentence: noise in the shape that an inhalation through the open mouth has.

Readers inhale for 0.3 to 0.7 s, 20 to 30 dB under what they say, in a band of about 1 to 6 kHz; it swells slowly and
ends at once, a moment before the voice. Made from noise of our own, the same for the same text.
"""

from __future__ import annotations

import zlib
from dataclasses import replace

import numpy as np

from host.core.media import SAMPLE_RATE, TICK_SAMPLES, Pcm, Phone, Speech, seconds

BREATH = "ə̥"
"""The phone of a breath: a vowel without voice, for which the lips are a little open."""
LENGTH = 8 * TICK_SAMPLES
"""0.32 s: short enough for a pause between two lines, and whole ticks, as whatever is planned goes by ticks."""
LEVEL_DBFS = -43.0
"""RMS at its fullest: 25 dB under speech at -16 LUFS."""
_SWELLS = 0.7
"""Share of its length in which it grows."""
_FORMANTS = ((1600.0, 700.0, 1.0), (3100.0, 1100.0, 0.7), (5000.0, 1600.0, 0.4))
"""Centre and width in Hz, and strength."""


def make_breath(seed: int) -> Pcm:
    """An inhalation of `LENGTH` samples. Same seed, same samples."""
    frequencies = np.fft.rfftfreq(LENGTH, 1 / SAMPLE_RATE)
    shape = sum(strength / (1 + ((frequencies - at) / width) ** 2) for at, width, strength in _FORMANTS)
    shape = shape / (1 + (700.0 / np.maximum(frequencies, 1.0)) ** 4) / (1 + (frequencies / 7000.0) ** 6)
    random = np.random.default_rng(seed)
    noise = np.fft.irfft(shape * np.exp(2j * np.pi * random.uniform(size=len(frequencies))), LENGTH)
    at = np.linspace(0.0, 1.0, LENGTH)
    swell = np.sin(0.5 * np.pi * np.minimum(1.0, at / _SWELLS)) ** 2
    fall = np.cos(0.5 * np.pi * np.clip((at - _SWELLS) / (1 - _SWELLS), 0.0, 1.0)) ** 2
    loudness = 32768.0 * 10.0 ** (LEVEL_DBFS / 20.0) / np.sqrt(np.mean(noise**2))
    breath: Pcm = np.rint(noise * swell * fall * loudness).astype(np.int16)
    return breath


def with_breath(speech: Speech) -> Speech:
    """The speech with a breath before it. Everything in it is later by `LENGTH`."""
    late = seconds(LENGTH)
    taken = Phone(0.04, late, BREATH)
    return replace(
        speech,
        pcm=np.concatenate((make_breath(zlib.crc32(speech.spoken.encode("utf-8", "replace"))), speech.pcm)),
        phones=(taken, *(replace(phone, start=phone.start + late, end=phone.end + late) for phone in speech.phones)),
        words=tuple(replace(word, start=word.start + late, end=word.end + late) for word in speech.words),
        breaks=tuple(place + LENGTH for place in speech.breaks),
    )


def breath_of(speech: Speech) -> int:
    """Samples of breath that a speech begins with."""
    return LENGTH if speech.phones and speech.phones[0].label == BREATH else 0
