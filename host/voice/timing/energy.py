"""A mouth from loudness alone, for when nothing else answers: pauses, closures, hisses and more or less open vowels.

Loudness in three bands, every 10 ms. While the lips are shut little but a murmur under 500 Hz comes through, for 30 to
160 ms: the middle of the spectrum falls, and rises again. What the tongue shuts looks much the same, so that t and d
shut the lips too: a mouth that shuts a little often looks better than one that only flaps.
"""

from __future__ import annotations

import asyncio
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from host.core.media import Phone
from host.core.ports import VoiceError
from host.voice.processes.sphinx_process import SphinxProcess
from host.voice.sound.finish import voiced_span
from host.voice.sound.takes import Samples, Take, resample
from host.voice.timing.heard import Heard
from host.voice.timing.phones import words_of

_RATE = 16_000
_HOP, _WINDOW = 160, 400
_BANDS = ((80, 500), (500, 3500), (3500, 7600))
_PAUSE_BELOW, _DIP, _HISS, _OPEN = 38.0, 12.0, 3.0, 9.0
"""Decibels: under the loudest for a pause; that the middle falls in a closure; that a hiss has more of the top than of
the middle; under the loudest middle for a vowel that is open."""
_CLOSURE = (3, 16)
"""Frames that a closure lasts."""
_AROUND = 14
"""Frames on each side in which the middle is louder than in a closure."""
_SHORTEST_PAUSE = 10
_LABELS = ("", "m", "s", "ə", "ɑ")
_SILENT, _SHUT, _HISSING, _HALF, _WIDE = range(len(_LABELS))

Levels = NDArray[np.float64]


async def energy(heard: Heard, sphinx: SphinxProcess) -> Take:
    """Phones by loudness, and the words of the text, if there is one, by their length. Raises
    `VoiceError` for silence."""
    return await asyncio.to_thread(by_loudness, heard)


def by_loudness(heard: Heard) -> Take:
    """`energy`, pure; about 2 ms for a second of sound."""
    first, last = voiced_span(heard.samples, heard.rate)
    low, middle, high = _levels(resample(heard.samples[first:last], heard.rate, _RATE))
    kinds = np.where(middle >= middle.max() - _OPEN, _WIDE, _HALF)
    kinds[high > middle + _HISS] = _HISSING
    for begin, end in _runs(_fallen(middle)):
        if _CLOSURE[0] <= end - begin <= _CLOSURE[1] and low[begin:end].mean() > high[begin:end].mean():
            kinds[begin:end] = _SHUT
    loudest = np.maximum(np.maximum(low, middle), high)
    for begin, end in _runs(loudest < loudest.max() - _PAUSE_BELOW):
        if end - begin >= _SHORTEST_PAUSE:
            kinds[begin:end] = _SILENT
    phones = _phones(kinds, first / heard.rate)
    return Take(heard.samples, heard.rate, phones, heard.words or words_of(heard.spoken, (), phones))


def _levels(sound: Samples) -> tuple[Levels, Levels, Levels]:
    """Decibels in each band, one for each frame."""
    frames = np.lib.stride_tricks.sliding_window_view(np.pad(sound, _WINDOW // 2), _WINDOW)[::_HOP]
    power = np.square(np.abs(np.fft.rfft(frames * np.hanning(_WINDOW), axis=1)))
    bins = np.fft.rfftfreq(_WINDOW, 1 / _RATE)
    low, middle, high = (
        10 * np.log10(power[:, (bins >= bottom) & (bins < top)].sum(axis=1) + 1e-9) for bottom, top in _BANDS
    )
    return low, middle, high


def _fallen(middle: Levels) -> NDArray[np.bool_]:
    """Frames where the middle is lower by `_DIP` than it was shortly before, and than it will be shortly after."""
    padded = np.pad(middle, _AROUND, mode="edge")
    around = np.lib.stride_tricks.sliding_window_view(padded, _AROUND + 1)
    loudest = around.max(axis=1)
    fallen: NDArray[np.bool_] = middle < np.minimum(loudest[: len(middle)], loudest[_AROUND:]) - _DIP
    return fallen


def _runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First and last-plus-one index of each run of true ones."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    return [(int(begin), int(end)) for begin, end in zip(edges[::2], edges[1::2], strict=True)]


def _phones(kinds: NDArray[np.int_], start: float) -> tuple[Phone, ...]:
    """Frames of one kind in a row as one phone."""
    if not len(kinds):
        raise VoiceError("no sound came")
    edges = [0, *(np.flatnonzero(np.diff(kinds)) + 1).tolist(), len(kinds)]
    hop = _HOP / _RATE
    return tuple(Phone(start + begin * hop, start + end * hop, _LABELS[kinds[begin]]) for begin, end in pairwise(edges))
