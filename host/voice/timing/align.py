"""Two recordings of the same text brought onto one time line by their sound (dynamic time warping).

Used to lend espeak-ng's phones to engines that tell no times: after Sakoe and Chiba, "Dynamic programming algorithm
optimization for spoken word recognition" (1978), over log mel bands with the mean of each recording removed, so that
neither the speaker's timbre nor the loudness counts.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from host.voice.sound.takes import Samples

HOP = 0.010
"""Seconds from one frame to the next: the grid of the result."""
_WINDOW = 0.025
_BANDS, _LOWEST, _HIGHEST = 24, 150.0, 7000.0
_BAND = 0.15
"""How far, as a share of the length, the two may run apart from an even stretch."""
_UNEVEN = 0.35
"""What a step that holds or skips costs more than an even one, in units of the mean distance."""

Features = NDArray[np.float32]
Times = NDArray[np.float64]


def align(source: Samples, source_rate: int, target: Samples, target_rate: int) -> tuple[Times, Times]:
    """Times in ``source`` and the times in ``target`` that sound the same, both ascending, in seconds."""
    first, second = features(source, source_rate), features(target, target_rate)
    path = _warp(_distances(first, _stretched(second, len(first))))
    scale = len(second) / len(first)
    smooth = np.convolve(np.pad(path, 2, mode="edge"), np.full(5, 0.2), mode="valid")
    middle = _WINDOW / 2
    times: Times = np.arange(len(first), dtype=np.float64) * HOP + middle
    return times, np.maximum.accumulate(smooth * scale) * HOP + middle


def features(samples: Samples, rate: int) -> Features:
    """Log energies in mel bands and how they change, each with mean 0 and comparable spread: ``[frames, 48]``."""
    window, hop = round(_WINDOW * rate), round(HOP * rate)
    padded = np.pad(samples, (0, window))
    frames = np.lib.stride_tricks.sliding_window_view(padded, window)[::hop][: max(2, len(samples) // hop)]
    spectrum = np.abs(np.fft.rfft(frames * np.hanning(window).astype(np.float32), axis=1))
    bands = np.log(spectrum @ _mel(window, rate) + 1e-3 * spectrum.max(initial=1e-6))
    bands -= bands.mean(axis=0)
    change = np.gradient(bands, axis=0)
    made: Features = np.hstack((bands / (bands.std() + 1e-6), change / (change.std() + 1e-6))).astype(np.float32)
    return made


@lru_cache(maxsize=16)
def _mel(window: int, rate: int) -> NDArray[np.float32]:
    """Triangles evenly spaced on the mel scale, shape ``[bins, bands]``."""
    highest = min(_HIGHEST, rate * 0.45)
    edges = 700 * (np.exp(np.linspace(np.log1p(_LOWEST / 700), np.log1p(highest / 700), _BANDS + 2)) - 1)
    bins = np.fft.rfftfreq(window, 1 / rate)[:, np.newaxis]
    rising, falling = (bins - edges[:-2]) / np.diff(edges)[:-1], (edges[2:] - bins) / np.diff(edges)[1:]
    triangles: NDArray[np.float32] = np.clip(np.minimum(rising, falling), 0, None).astype(np.float32)
    return triangles


def _stretched(second: Features, length: int) -> Features:
    """``second`` evenly stretched to ``length`` frames: what is left for the warp is a matter of rhythm."""
    at = np.linspace(0, len(second) - 1, length)
    left = np.floor(at).astype(int).clip(0, max(0, len(second) - 2))
    part = (at - left)[:, np.newaxis].astype(np.float32)
    stretched: Features = second[left] * (1 - part) + second[left + 1] * part
    return stretched


def _distances(first: Features, second: Features) -> NDArray[np.float32]:
    squares = np.square(first).sum(axis=1)[:, np.newaxis] + np.square(second).sum(axis=1) - 2 * first @ second.T
    distances: NDArray[np.float32] = np.sqrt(np.maximum(squares, 0))
    return distances


def _warp(distances: NDArray[np.float32]) -> Times:
    """For each row the column of the cheapest path from corner to corner; steps of 0, 1 or 2 columns a row."""
    rows = len(distances)
    reach = max(8, round(rows * _BAND))
    uneven = np.float32(_UNEVEN * distances.mean())
    columns = np.arange(rows)
    cost = np.full(rows + 2, np.inf, dtype=np.float32)
    cost[2] = distances[0, 0]
    steps = np.zeros((rows, rows), dtype=np.int8)
    for row in range(1, rows):
        choices = np.stack((cost[2:] + uneven, cost[1:-1], cost[:-2] + uneven))
        steps[row] = choices.argmin(axis=0)
        best = choices.min(axis=0) + distances[row]
        best[np.abs(columns - row) > reach] = np.inf
        cost[2:] = best
    path = np.zeros(rows)
    column = rows - 1
    for row in range(rows - 1, -1, -1):
        path[row] = column
        column = max(0, column - int(steps[row, column]))
    return path
