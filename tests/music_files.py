"""Music for tests, and files of it."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from host.core.media import SAMPLE_RATE


def chords(seconds: float, rate: int = SAMPLE_RATE, crest: float = 1.0) -> NDArray[np.float32]:
    """Stereo ``[2, n]``: chords with a beat of sharp strokes, ``crest`` times as loud, that never fades out."""
    time = np.arange(round(seconds * rate)) / rate
    steps = np.array([220.0, 247.0, 196.0, 262.0])[(time // 1.7).astype(int) % 4]
    angle = 2 * np.pi * np.cumsum(steps) / rate
    sound = sum(np.sin(angle * ratio) for ratio in (1, 1.25, 1.5)) * 0.1
    stroke = np.exp(-(time % 0.5) * 60) * np.sin(2 * np.pi * 90 * time) * 0.1 * crest
    return np.stack((sound + stroke, sound - 0.3 * stroke)).astype(np.float32)


def write_music(path: Path, sound: NDArray[np.float32], rate: int, codec: str) -> Path:
    """A file as its name and codec say."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate, layout="stereo")
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(sound), format="fltp", layout="stereo")
        frame.sample_rate, frame.pts = rate, 0
        resampler = av.AudioResampler(stream.format, "stereo", rate, frame_size=stream.frame_size or 1024)
        for part in (*resampler.resample(frame), *resampler.resample(None)):
            container.mux(stream.encode(part))
        container.mux(stream.encode(None))
    return path
