"""What an engine recorded, and resampling, by default to the programme's 48 kHz."""

from __future__ import annotations

from dataclasses import dataclass

import av
import numpy as np
from av.audio.resampler import AudioResampler
from numpy.typing import NDArray

from host.core.media import SAMPLE_RATE, Phone, Word

Samples = NDArray[np.float32]
"""Mono samples, full scale ±1, shape ``[n]``."""


@dataclass(frozen=True, slots=True)
class Take:
    """What an engine recorded, before it is finished. Times count from its first sample."""

    samples: Samples
    sample_rate: int
    phones: tuple[Phone, ...] = ()
    words: tuple[Word, ...] = ()


def resample(samples: Samples, rate: int, to: int = SAMPLE_RATE) -> Samples:
    """To another rate, delay removed: sample ``k`` of the result lies at ``k / to`` s."""
    if rate == to:
        return samples
    resampler = AudioResampler(format="flt", layout="mono", rate=to)
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples[np.newaxis]), format="flt", layout="mono")
    frame.sample_rate = rate
    parts = [part.to_ndarray()[0] for part in (*resampler.resample(frame), *resampler.resample(None))]
    wanted = round(len(samples) * to / rate)
    whole = np.concatenate(parts)[:wanted]
    return whole if len(whole) == wanted else np.pad(whole, (0, wanted - len(whole)))
