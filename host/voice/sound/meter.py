"""Measuring what was made: for the benchmark and the tests, by FFmpeg's meter, independent of the one that levels."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import av
import numpy as np

from host.core.clock import MonotonicClock
from host.core.media import SAMPLE_RATE, Pcm
from host.core.ports import Voice
from host.core.product import Lang


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
    frame = av.AudioFrame.from_ndarray(pcm[np.newaxis], format="s16", layout="mono")
    frame.sample_rate, frame.pts = SAMPLE_RATE, 0
    graph.push(frame)
    graph.push(None)
    found: dict[str, str] = {}
    while True:
        try:
            found.update(graph.pull().metadata)
        except (av.BlockingIOError, av.EOFError):
            break
    peak = float(found["lavfi.r128.true_peaks_ch0"])
    return float(found["lavfi.r128.I"]), 20 * math.log10(max(peak, 1e-9))
