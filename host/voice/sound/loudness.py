"""Loudness and true peak after ITU-R BS.1770-5, and the gain that brings speech to a loudness under a peak ceiling.

Everything after the K-weighting works on sums over a grid of 1 ms steps, so that trying a gain costs microseconds.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from host.core.media import SAMPLE_RATE
from host.voice.sound.takes import Samples

TARGET_LUFS = -16.0
CEILING_DBTP = -1.3
"""A little under -1 dBTP, for what rounding to 16 bits and another meter's filter add."""
STEP = SAMPLE_RATE // 1000
"""Samples at 48 kHz in one step of the grid."""

Grid = NDArray[np.float64]
"""One value for each millisecond."""

_BLOCK, _HOP = 400, 100
_ABSOLUTE_GATE = -70.0
_RELATIVE_GATE = -10.0
_OFFSET = -0.691
_MAX_GAIN_DB = 40.0
_MAX_RAISE_DB = 6.0
_SHORT_RAISE = 3.0
_INTER_SAMPLE = 1.5
"""How far a true peak lies above its samples at most, in speech whose top octave is quiet."""

# BS.1770-5, tables 1 and 2: the two biquads of the K-weighting at 48 kHz.
_SHELF = ((1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585))
_HIGH_PASS = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))

_FFT, _OVERLAP = 8192, 2048

_TAPS = 10
_REACH = 6
"""Milliseconds the limiter looks ahead and behind."""
_WINDOW = np.hanning(2 * _REACH + 1)[1:-1] / np.hanning(2 * _REACH + 1)[1:-1].sum()


@lru_cache(maxsize=16)
def _k_response(rate: int) -> NDArray[np.complex64]:
    """The K-weighting at the bins of a real FFT over one block. Above half of 48 kHz nothing is left to weigh."""
    z = np.exp(-2j * np.pi * np.fft.rfftfreq(_FFT, 1 / rate) / SAMPLE_RATE)
    response = np.ones_like(z)
    for numerator, denominator in (_SHELF, _HIGH_PASS):
        response *= np.polyval(numerator[::-1], z) / np.polyval(denominator[::-1], z)
    narrow: NDArray[np.complex64] = response.astype(np.complex64)
    return narrow


def _k_weighted(samples: Samples, rate: int) -> Samples:
    """The K-weighted signal at its own rate, by overlap-save: the filter has died away within the overlap."""
    hop = _FFT - _OVERLAP
    blocks = -(-len(samples) // hop)
    padded = np.zeros(_OVERLAP + blocks * hop, dtype=np.float32)
    padded[_OVERLAP : _OVERLAP + len(samples)] = samples
    windows = np.lib.stride_tricks.sliding_window_view(padded, _FFT)[::hop]
    weighted = np.fft.irfft(np.fft.rfft(windows, axis=1) * _k_response(rate), _FFT, axis=1)
    return weighted[:, _OVERLAP:].reshape(-1)[: len(samples)].astype(np.float32, copy=False)


def k_power(samples: Samples, rate: int = SAMPLE_RATE) -> Grid:
    """K-weighted energy of each whole millisecond, a sum of squares divided by the rate: shape ``[ms]``."""
    total = np.concatenate(([0.0], np.cumsum(np.square(_k_weighted(samples, rate)), dtype=np.float64)))
    edges = np.arange(len(samples) * 1000 // rate + 1, dtype=np.int64) * rate // 1000
    power: Grid = np.diff(total[edges]) / rate
    return power


def integrated(power: Grid) -> float:
    """Integrated loudness in LUFS (two gates) of a grid of K-weighted energy; -inf where no 400 ms block passes."""
    total = np.concatenate(([0.0], np.cumsum(power)))
    starts = np.arange(0, len(power) - _BLOCK + 1, _HOP)
    blocks = (total[starts + _BLOCK] - total[starts]) * (1000 / _BLOCK)
    blocks = blocks[blocks > _power(_ABSOLUTE_GATE)]
    if not len(blocks):
        return float("-inf")
    blocks = blocks[blocks > blocks.mean() * 10 ** (_RELATIVE_GATE / 10)]
    return _lufs(float(blocks.mean()))


def true_peaks(samples: Samples, floor: float) -> Grid:
    """The true peak (linear, 4 times oversampled) of each millisecond at 48 kHz.

    A true peak lies next to a sample that is itself a local maximum. Where those stay under ``floor`` the sample
    peak is kept: in speech that is nearly everywhere.
    """
    steps = -(-len(samples) // STEP)
    size = np.zeros(steps * STEP + 2 * _TAPS, dtype=np.float32)
    np.abs(samples, out=size[_TAPS : _TAPS + len(samples)])
    peaks: Grid = size[_TAPS : _TAPS + steps * STEP].reshape(steps, STEP).max(axis=1).astype(np.float64)
    middle = size[1:-1]
    crests = np.flatnonzero((middle >= floor) & (middle >= size[:-2]) & (middle >= size[2:])) + 1 - _TAPS
    if len(crests):
        padded = np.zeros(len(samples) + 2 * _TAPS, dtype=np.float32)
        padded[_TAPS : _TAPS + len(samples)] = samples
        around = np.lib.stride_tricks.sliding_window_view(padded, 2 * _TAPS + 1)[crests]
        between = np.abs(around @ _interpolator()).max(axis=1)
        np.maximum.at(peaks, crests // STEP, between)
    return peaks


@lru_cache(maxsize=1)
def _interpolator() -> NDArray[np.float32]:
    """Windowed sincs, shape ``[2 * taps + 1, 6]``: from the samples around one to the quarters before and after it."""
    distance = np.arange(-_TAPS, _TAPS + 1)[:, np.newaxis] - np.array([-3, -2, -1, 1, 2, 3]) / 4
    taps = np.sinc(distance) * np.cos(np.pi * distance / (2 * _TAPS + 2)) ** 2
    narrow: NDArray[np.float32] = (taps / taps.sum(axis=0)).astype(np.float32)
    return narrow


def level(sound: Samples, power: Grid, target: float = TARGET_LUFS, ceiling: float = CEILING_DBTP) -> Samples:
    """Sound at 48 kHz brought to ``target`` LUFS with true peaks under ``ceiling`` dBTP.

    One gain for the whole, and a look-ahead limiter under the ceiling; the gain is raised by what limiting took.
    ``power`` is the sound's K-weighted energy for each millisecond, pauses included.
    """
    limit = 10 ** (ceiling / 20)
    decibels = min(target - spoken_loudness(power), _MAX_GAIN_DB)
    if not np.isfinite(decibels):
        return sound
    # Raised once more for what limiting takes, the gain stays within 6 dB of the first: peaks below never matter.
    peaks = true_peaks(sound, floor=limit / 10 ** ((decibels + _MAX_RAISE_DB) / 20) / _INTER_SAMPLE)
    power = np.pad(power, (0, max(0, len(peaks) - len(power))))[: len(peaks)]
    curve = np.ones_like(power)
    raised = 0.0
    for _ in range(4):
        gain = 10 ** ((decibels + raised) / 20)
        curve = gain * limiter(peaks * gain, limit)
        missing = target - spoken_loudness(power * curve * curve)
        if abs(missing) < 0.1:
            break
        raised = min(_MAX_RAISE_DB, raised + missing)
    return apply(sound, curve)


def spoken_loudness(power: Grid) -> float:
    """`integrated`, but not more than 3 LU under the loudness of the voice between its pauses.

    A syllable of 100 ms would else be raised as if the silence that fills its block were part of it.
    """
    voiced = np.flatnonzero(power > power.max(initial=0.0) * 1e-4)
    if not len(voiced):
        return float("-inf")
    inside = power[voiced[0] : voiced[-1] + 1]
    return max(integrated(power), _lufs(float(inside.sum()) * 1000 / len(inside)) - _SHORT_RAISE)


def limiter(peaks: Grid, limit: float) -> Grid:
    """Gain <= 1 for each millisecond so that peak times gain stays at the limit, smooth over `_REACH` both ways."""
    needed = np.minimum(1.0, limit / np.maximum(peaks, limit))
    if needed.min() >= 1.0:
        return needed
    # One more step than the window reaches: the samples of a step see the interpolation from its neighbours too.
    padded = np.pad(needed, _REACH + 1, constant_values=1.0)
    lowest = np.lib.stride_tricks.sliding_window_view(padded, 2 * (_REACH + 1) + 1).min(axis=1)
    smooth = np.convolve(np.pad(lowest, len(_WINDOW) // 2, mode="edge"), _WINDOW, mode="valid")
    return np.minimum(smooth, 1.0)


def apply(samples: Samples, curve: Grid) -> Samples:
    """Samples at 48 kHz with the gain of each millisecond, interpolated between the middles of the steps."""
    if np.ptp(curve) < 1e-9:
        return samples * np.float32(curve[0])
    half = STEP // 2
    known = np.concatenate((curve[:1], curve, curve[-1:])).astype(np.float32)
    ramp = (np.arange(STEP, dtype=np.float32) + 0.5) / STEP
    gain = (known[:-1, np.newaxis] + ramp * np.diff(known)[:, np.newaxis]).reshape(-1)
    return samples * gain[half : half + len(samples)].astype(np.float32, copy=False)


def _lufs(power: float) -> float:
    return _OFFSET + 10 * float(np.log10(power)) if power > 0 else float("-inf")


def _power(lufs: float) -> float:
    return float(10 ** ((lufs - _OFFSET) / 10))
