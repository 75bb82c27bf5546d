"""The pitch of a voice, by YIN: for figures, not for speech.

De Cheveigné and Kawahara (2002), "YIN, a fundamental frequency estimator for speech and music", steps 1 to 5: the
difference of a frame with itself moved, over its mean up to there, has its first deep dip at the period.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from host.core.media import SAMPLE_RATE, Pcm

LOWEST, HIGHEST = 60.0, 500.0
"""Hz: between them lies what people speak with."""
HOP = 0.010
"""Seconds from one value to the next."""
_EVERY = 3
_RATE = SAMPLE_RATE // _EVERY
_WINDOW = round(0.030 * _RATE)
_LONGEST, _SHORTEST = int(_RATE / LOWEST) + 2, int(_RATE / HIGHEST)
_DIP = 0.15
"""How deep a dip is a period; above it a frame has none."""
_AUDIBLE = 10 ** (-45 / 20)
_FFT = 2048

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Spread:
    """How a voice moves: its median in Hz, the standard deviation around it and the range of its middle nine tenths in
    semitones, and how many values they rest on."""

    median: float
    deviation: float
    reach: float
    values: int


def pitch(pcm: Pcm) -> Values:
    """Hz at every `HOP` of a sound, 0 where it has no pitch."""
    count = len(pcm) // _EVERY
    sound = pcm[: count * _EVERY].reshape(count, _EVERY).mean(axis=1) / 32768.0
    span, hop = _WINDOW + _LONGEST, round(HOP * _RATE)
    if count < span:
        return np.zeros(0)
    frames = np.lib.stride_tricks.sliding_window_view(sound, span)[::hop]
    dips = _dips(frames)
    found = np.array([_period(dip) for dip in dips])
    loud = np.sqrt(np.square(frames[:, :_WINDOW]).mean(axis=1)) > _AUDIBLE
    hertz: Values = np.where(loud & (found > 0), _RATE / np.maximum(found, 1.0), 0.0)
    return hertz


def spread(values: Values) -> Spread:
    """What the values of a voice tell, those without pitch left out."""
    voiced = values[values > 0]
    if not len(voiced):
        return Spread(0.0, 0.0, 0.0, 0)
    middle = float(np.median(voiced))
    semitones = 12 * np.log2(voiced / middle)
    low, high = np.percentile(semitones, (5, 95))
    return Spread(middle, float(np.std(semitones)), float(high - low), len(voiced))


def _dips(frames: Values) -> Values:
    """The cumulative mean normalised difference of each frame, by lag: steps 2 and 3."""
    moved = np.fft.irfft(np.fft.rfft(frames, _FFT) * np.conj(np.fft.rfft(frames[:, :_WINDOW], _FFT)), _FFT)
    energy = np.cumsum(np.pad(np.square(frames), ((0, 0), (1, 0))), axis=1)
    power = energy[:, _WINDOW : _WINDOW + _LONGEST] - energy[:, :_LONGEST]
    difference = np.maximum(0.0, power[:, :1] + power - 2 * moved[:, :_LONGEST])
    lags = np.arange(1, _LONGEST)
    mean = np.cumsum(difference[:, 1:], axis=1) / lags
    normal: Values = np.ones_like(difference)
    np.divide(difference[:, 1:], mean, out=normal[:, 1:], where=mean > 1e-12)
    return normal


def _period(dip: Values) -> float:
    """The bottom of the first dip that is deep enough, in samples, between the lags: steps 4 and 5. 0 for none."""
    deep = np.flatnonzero(dip[_SHORTEST:-1] < _DIP)
    if not len(deep):
        return 0.0
    lag = int(deep[0]) + _SHORTEST
    while lag + 1 < len(dip) - 1 and dip[lag + 1] < dip[lag]:
        lag += 1
    before, at, after = dip[lag - 1], dip[lag], dip[lag + 1]
    bend = before - 2 * at + after
    return lag + (0.5 * float(before - after) / float(bend) if bend > 1e-12 else 0.0)
