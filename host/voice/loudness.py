"""Loudness and true peak after ITU-R BS.1770-5, and the gain that brings speech to a loudness under a peak ceiling.

Everything after the K-weighting works on sums over a grid of 1 ms steps, so that trying a gain costs microseconds.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from host.core.media import SAMPLE_RATE
from host.voice.sound import Samples

TARGET_LUFS = -16.0
CEILING_DBTP = -1.2
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

# BS.1770-5, tables 1 and 2: the two biquads of the K-weighting at 48 kHz.
_SHELF = ((1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585))
_HIGH_PASS = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))

_REACH = 6
"""Milliseconds the limiter looks ahead and behind."""
_WINDOW = np.hanning(2 * _REACH + 1)[1:-1] / np.hanning(2 * _REACH + 1)[1:-1].sum()


@lru_cache(maxsize=64)
def _k_response(size: int, rate: int) -> NDArray[np.complex64]:
    """The K-weighting at the bins of a real FFT. Above half of 48 kHz nothing is left to weigh."""
    z = np.exp(-2j * np.pi * np.fft.rfftfreq(size, 1 / rate) / SAMPLE_RATE)
    response = np.ones_like(z)
    for numerator, denominator in (_SHELF, _HIGH_PASS):
        response *= np.polyval(numerator[::-1], z) / np.polyval(denominator[::-1], z)
    narrow: NDArray[np.complex64] = response.astype(np.complex64)
    return narrow


def k_power(samples: Samples, rate: int = SAMPLE_RATE) -> Grid:
    """K-weighted energy of each millisecond, as its sum of squares at 48 kHz divided by 48000: shape ``[ms]``."""
    steps = len(samples) * 1000 // rate
    size = fast_size(len(samples) + rate // 5)
    weighted = np.fft.irfft(np.fft.rfft(samples, size) * _k_response(size, rate), size)[: len(samples)]
    total = np.concatenate(([0.0], np.cumsum(np.square(weighted, dtype=np.float64))))
    edges = np.arange(steps + 1, dtype=np.int64) * rate // 1000
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

    Milliseconds whose own samples and neighbours stay under ``floor`` keep their sample peak: in speech that is
    nearly all of them, and an inter-sample peak is not more than 3 dB above the samples around it there.
    """
    steps = -(-len(samples) // STEP)
    padded = np.zeros(steps * STEP + 2 * _TAPS, dtype=np.float32)
    padded[_TAPS : _TAPS + len(samples)] = samples
    peaks: Grid = np.abs(padded[_TAPS : _TAPS + steps * STEP]).reshape(steps, STEP).max(axis=1).astype(np.float64)
    loud = np.flatnonzero(peaks >= floor)
    if len(loud):
        windows = np.lib.stride_tricks.sliding_window_view(padded, STEP + 2 * _TAPS)[loud * STEP]
        spread = np.abs(windows @ _oversampler()).max(axis=1)
        peaks[loud] = np.maximum(peaks[loud], spread)
    return peaks


_TAPS = 12


@lru_cache(maxsize=1)
def _oversampler() -> NDArray[np.float32]:
    """A matrix from ``[48 + 2 * 12]`` samples to the three values between each of the 48 in the middle and the next."""
    matrix = np.zeros((STEP + 2 * _TAPS, STEP * 3), dtype=np.float64)
    reach = np.arange(-_TAPS + 1, _TAPS + 1)
    for phase in (1, 2, 3):
        distance = reach - phase / 4
        taps = np.sinc(distance) * np.cos(np.pi * distance / (2 * _TAPS + 1)) ** 2
        taps /= taps.sum()
        for sample in range(STEP):
            matrix[sample + _TAPS + reach, sample * 3 + phase - 1] = taps
    return matrix.astype(np.float32)


def gain_curve(power: Grid, peaks: Grid, target: float = TARGET_LUFS, ceiling: float = CEILING_DBTP) -> Grid:
    """Linear gain for each millisecond that brings speech to ``target`` LUFS with peaks under ``ceiling`` dBTP.

    One gain for the whole, and a look-ahead limiter under the ceiling; the gain is raised by what limiting took.
    ``power`` and ``peaks`` have the same length and lie as they will be heard, pauses included.
    """
    if not np.any(power > 0):
        return np.ones_like(power)
    limit = 10 ** (ceiling / 20)
    curve = np.ones_like(power)
    decibels = target - spoken_loudness(power)
    for _ in range(4):
        gain = 10 ** (min(decibels, _MAX_GAIN_DB) / 20)
        curve = gain * _limiter(peaks * gain, limit)
        missing = target - spoken_loudness(power * curve * curve)
        if abs(missing) < 0.1:
            break
        decibels += missing
    return curve


def spoken_loudness(power: Grid) -> float:
    """`integrated`, or for less than one block of voice the loudness of that voice alone.

    A syllable of 200 ms in its pauses would else be raised as if the silence around it were part of it.
    """
    voiced = np.flatnonzero(power > power.max() * 1e-4)
    length = voiced[-1] - voiced[0] + 1 if len(voiced) else 0
    whole = integrated(power) if length >= _BLOCK else float("-inf")
    if whole > float("-inf"):
        return whole
    return _lufs(float(power[voiced[0] : voiced[-1] + 1].sum()) * 1000 / length) if length else float("-inf")


def _limiter(peaks: Grid, limit: float) -> Grid:
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
    middles = (np.arange(len(curve)) + 0.5) * STEP - 0.5
    gain = np.interp(np.arange(len(samples)), middles, curve)
    return samples * gain.astype(np.float32)


@lru_cache(maxsize=256)
def fast_size(least: int) -> int:
    """The smallest number from ``least`` on without prime factors above 5: an FFT of that size is quick."""
    size = least
    while True:
        rest = size
        for factor in (2, 3, 5):
            while rest % factor == 0:
                rest //= factor
        if rest == 1:
            return size
        size += 1


def _lufs(power: float) -> float:
    return _OFFSET + 10 * float(np.log10(power)) if power > 0 else float("-inf")


def _power(lufs: float) -> float:
    return float(10 ** ((lufs - _OFFSET) / 10))
