"""Sound in and out of PyAV: decoding what an engine sends, resampling to the programme's 48 kHz."""

from __future__ import annotations

import io
from dataclasses import dataclass

import av
import numpy as np
from av.audio.resampler import AudioResampler
from numpy.typing import NDArray

from host.core.media import SAMPLE_RATE, Phone, Word
from host.core.ports import VoiceError

Samples = NDArray[np.float32]
"""Mono samples, full scale ±1, shape ``[n]``."""
MAX_SECONDS = 180


@dataclass(frozen=True, slots=True)
class Take:
    """What an engine recorded, before it is finished. Times count from its first sample."""

    samples: Samples
    sample_rate: int
    phones: tuple[Phone, ...] = ()
    words: tuple[Word, ...] = ()


def decode(data: bytes) -> tuple[Samples, int]:
    """Any sound file or stream FFmpeg knows, as mono samples and their rate. Raises `VoiceError`."""
    chunks: list[Samples] = []
    rate = 0
    try:
        with av.open(io.BytesIO(data), mode="r") as container:
            if not container.streams.audio:
                raise VoiceError("what came is not sound")
            resampler: AudioResampler | None = None
            for frame in container.decode(container.streams.audio[0]):
                if resampler is None:
                    rate = frame.sample_rate
                    resampler = AudioResampler(format="flt", layout="mono", rate=rate)
                chunks += [part.to_ndarray()[0] for part in resampler.resample(frame)]
                if sum(map(len, chunks)) > MAX_SECONDS * rate:
                    raise VoiceError(f"more than {MAX_SECONDS} s of sound for one sentence")
    except (av.error.FFmpegError, ValueError) as error:
        if not chunks:
            raise VoiceError(f"the sound cannot be decoded: {error}") from error
    if not chunks:
        raise VoiceError("no sound came")
    return np.concatenate(chunks).astype(np.float32), rate


def resample(samples: Samples, rate: int) -> Samples:
    """To 48 kHz, delay removed: sample ``k`` of the result lies at ``k / 48000`` s."""
    if rate == SAMPLE_RATE:
        return samples
    resampler = AudioResampler(format="flt", layout="mono", rate=SAMPLE_RATE)
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples[np.newaxis]), format="flt", layout="mono")
    frame.sample_rate = rate
    parts = [part.to_ndarray()[0] for part in (*resampler.resample(frame), *resampler.resample(None))]
    wanted = round(len(samples) * SAMPLE_RATE / rate)
    whole = np.concatenate(parts)[:wanted]
    return whole if len(whole) == wanted else np.pad(whole, (0, wanted - len(whole)))
