"""A small programme for the recorder's tests, and what PyAV reads back of a recording."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np

from host.core.media import FPS, SAMPLE_RATE, TICK_SAMPLES, Packet, Picture, StreamInfo
from host.stage.encoder import Encoder, EncoderSettings

WIDTH, HEIGHT = 144, 256


class Programme:
    """Flashes and beeps together in the first tick of each second; grey and silence otherwise."""

    def __init__(self, audio: str = "aac", keyframe_every: float = 1.0) -> None:
        settings = EncoderSettings(bitrate=300, width=WIDTH, height=HEIGHT, keyframe_every=keyframe_every)
        self.encoder = Encoder(settings, {audio})  # type: ignore[arg-type]
        self.streams = StreamInfo(WIDTH, HEIGHT, extradata=self.encoder.extradata)
        self._beep = (12_000 * np.sin(2 * np.pi * 1000 / SAMPLE_RATE * np.arange(TICK_SAMPLES))).astype(np.int16)
        self._silence = np.zeros(TICK_SAMPLES, np.int16)

    def tick(self, tick: int) -> list[Packet]:
        """The packets of a tick."""
        loud = tick % FPS == 0
        i420 = np.full((HEIGHT * 3 // 2, WIDTH), 128, np.uint8)
        i420[:HEIGHT] = 220 if loud else 60
        sound = self._beep if loud else self._silence
        return self.encoder.encode_video(tick, Picture(i420)) + self.encoder.encode_audio(tick, sound)


@dataclass
class Recording:
    """What is in a file."""

    pictures: list[float]
    flashes: list[float]
    beeps: list[float]
    label: dict[str, Any]
    codecs: list[str]
    metadata: dict[str, str]


def read(path: Path) -> Recording:
    """Decode a recording from beginning to end."""
    with av.open(str(path)) as container:
        metadata = dict(container.metadata)
        codecs = [stream.codec_context.name for stream in container.streams]
        pictures, flashes, beeps = [], [], []
        for frame in container.decode(video=0):
            pictures.append(float(frame.pts * frame.time_base))
            if frame.to_ndarray()[:HEIGHT].mean() > 150:
                flashes.append(pictures[-1])
    with av.open(str(path)) as container:
        last = -1.0
        for frame in container.decode(audio=0):
            start = float(frame.pts * frame.time_base)
            wave = np.abs(frame.to_ndarray().astype(float).reshape(-1))
            wave /= 1.0 if frame.format.name.startswith("flt") else 32768.0
            for index in np.flatnonzero(wave > 0.2):
                at = start + index / SAMPLE_RATE
                if at - last > 0.5:
                    beeps.append(at)
                last = at
    return Recording(pictures, flashes, beeps, json.loads(metadata.get("AIGC", "{}")), codecs, metadata)
