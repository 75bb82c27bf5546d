"""Measuring what was made: for the benchmark and the tests, by FFmpeg's meter, independent of the one that levels."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import av
import numpy as np
from numpy.typing import NDArray

from host.core.clock import MonotonicClock
from host.core.media import SAMPLE_RATE, Pcm
from host.core.ports import Voice
from host.core.product import Lang

_PIECE = 10 * SAMPLE_RATE
"""Samples the filter is given at once."""

_WINDOW, _AROUND = 5 * SAMPLE_RATE // 1000, 120 * SAMPLE_RATE // 1000
_INAUDIBLE = 10.0
"""Power of -80 dBFS, in steps of 16 bits."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One sentence: how long it took, how long it lasts (seconds), how loud it is (LUFS, dBTP), who said it."""

    spoken: str
    took: float
    lasts: float
    loudness: float
    peak: float
    engine: str


async def measure(voice: Voice, texts: Iterable[tuple[str, Lang]]) -> list[Measured]:
    """Say each text once and measure it. Real seconds, whatever the voice's clock."""
    clock = MonotonicClock()
    found = []
    for spoken, lang in texts:
        began = clock.now()
        speech = await voice.speak(spoken, lang)
        took = clock.now() - began
        loudness, peak = ebur128(speech.pcm)
        found.append(Measured(spoken, took, speech.duration, loudness, peak, speech.engine))
    return found


def ebur128(pcm: Pcm) -> tuple[float, float]:
    """Integrated loudness in LUFS and true peak in dBTP, as FFmpeg's ebur128 filter measures them."""
    graph = av.filter.Graph()
    source = graph.add_abuffer(sample_rate=SAMPLE_RATE, format="s16", layout="mono")
    meter = graph.add("ebur128", "peak=true:metadata=1:framelog=quiet")
    sink = graph.add("abuffersink")
    source.link_to(meter)
    meter.link_to(sink)
    graph.configure()
    found: dict[str, str] = {}
    for start in range(0, len(pcm), _PIECE):
        piece = pcm[start : start + _PIECE]
        frame = av.AudioFrame.from_ndarray(piece[np.newaxis], format="s16", layout="mono")
        frame.sample_rate, frame.pts = SAMPLE_RATE, start
        graph.push(frame)
        found |= _metadata(graph)
    graph.push(None)
    found |= _metadata(graph)
    peak = float(found["lavfi.r128.true_peaks_ch0"])
    return float(found["lavfi.r128.I"]), 20 * math.log10(max(peak, 1e-9))


def click(pcm: Pcm, position: int) -> float:
    """How far a joint at a position sticks out, in decibels: of what lies above 13 kHz, the loudest 5 ms there against
    the loudest beside, within 120 ms. Nearly all engines speak at 24 kHz or less, so that their voices leave that band
    to clicks. Over 6 dB it may be heard.
    """
    first = max(0, position - _AROUND)
    around = pcm[first : position + _AROUND].astype(np.float64)
    if len(around) < 3 * _WINDOW:
        return 0.0
    high = np.square(np.convolve(around, _high_pass(), "same"))
    energy = np.convolve(high, np.ones(_WINDOW) / _WINDOW, "same")
    energy[:_WINDOW] = energy[-_WINDOW:] = 0.0  # the excerpt's own ends are no joints
    at = position - first
    joint = float(energy[max(0, at - _WINDOW // 2) : at + _WINDOW // 2].max(initial=0.0))
    beside = np.concatenate((energy[: max(0, at - 2 * _WINDOW)], energy[at + 2 * _WINDOW :]))
    return 10 * math.log10(max(_INAUDIBLE, joint) / max(_INAUDIBLE, float(beside.max(initial=0.0))))


@cache
def _high_pass() -> NDArray[np.float64]:
    """What lies above 13 kHz: 63 taps, 40 dB down at 11.5 kHz."""
    at = np.arange(-31, 32)
    low = np.sinc(at * 2 * 13_000 / SAMPLE_RATE) * 2 * 13_000 / SAMPLE_RATE * np.blackman(65)[1:-1]
    taps: NDArray[np.float64] = -low
    taps[31] += 1.0
    return taps


def _metadata(graph: av.filter.Graph) -> dict[str, str]:
    """What the filter has said since it was asked last."""
    found: dict[str, str] = {}
    while True:
        try:
            found.update(graph.pull().metadata)
        except (av.BlockingIOError, av.EOFError):
            return found
