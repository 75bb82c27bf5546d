"""Sound and picture types, and the grid both lie on: the tick, 1/25 s = 1920 samples at 48 kHz."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE = 48_000
FPS = 25
TICK_SAMPLES = SAMPLE_RATE // FPS
TICK_SECONDS = 1 / FPS
WIDTH, HEIGHT = 720, 1280

Pcm = NDArray[np.int16]
"""Mono samples at 48 kHz, shape ``[n]``."""


def seconds(samples: int) -> float:
    """Samples at 48 kHz as seconds."""
    return samples / SAMPLE_RATE


@dataclass(frozen=True, slots=True)
class Phone:
    """One speech sound. ``start`` and ``end`` in seconds from the first sample; ``label`` in IPA, "" for a pause."""

    start: float
    end: float
    label: str


@dataclass(frozen=True, slots=True)
class Word:
    """One word (in Mandarin often one character). ``first:last`` is its slice of the spoken text."""

    start: float
    end: float
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Speech:
    """What every voice engine ends as: sound at -16 LUFS, with the times of its phones and words.

    The sound carries its own lead-in (the mouth opens before the voice) and tail (it closes), so speeches can be laid
    end to end. The pause between two depends on both and is in neither.
    """

    pcm: Pcm
    phones: tuple[Phone, ...]
    words: tuple[Word, ...]
    spoken: str
    lang: str
    engine: str
    breaks: tuple[int, ...] = ()
    """Sample positions of clause boundaries, ascending: where a speech may be cut without cutting a word."""

    @property
    def duration(self) -> float:
        """Length in seconds."""
        return seconds(len(self.pcm))


def shifted(speech: Speech, by: float) -> Speech:
    """The same speech, as long, with all in it ``by`` seconds later; negative: earlier. What leaves it is cut."""
    if not by:
        return speech
    length, samples = speech.duration, round(by * SAMPLE_RATE)
    pcm = np.zeros_like(speech.pcm)
    kept = max(0, len(pcm) - abs(samples))
    pcm[max(0, samples) : max(0, samples) + kept] = speech.pcm[max(0, -samples) : max(0, -samples) + kept]

    def moved(time: float) -> float:
        return min(max(time + by, 0.0), length)

    phones = (replace(phone, start=moved(phone.start), end=moved(phone.end)) for phone in speech.phones)
    return replace(
        speech,
        pcm=pcm,
        phones=tuple(phone for phone in phones if phone.end > phone.start),
        words=tuple(replace(word, start=moved(word.start), end=moved(word.end)) for word in speech.words),
        breaks=tuple(at + samples for at in speech.breaks if 0 < at + samples < len(pcm)),
    )


@dataclass(frozen=True, slots=True)
class Picture:
    """One frame as planar YUV 4:2:0, BT.709 limited range, in one buffer of shape ``[height * 3 // 2, width]``.

    The planes lie as OpenCV's I420: Y, then U, then V. A renderer may reuse the buffer for its next picture, so
    whoever keeps one copies it (0.04 ms).
    """

    i420: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Packet:
    """One encoded access unit, shared by every output: nobody changes it.

    ``pts`` and ``duration`` count 1/48000 s for sound and 1/90000 s for picture, both from the room's first tick.
    """

    kind: Literal["video", "audio"]
    codec: Literal["h264", "opus", "aac"]
    data: bytes
    pts: int
    duration: int
    keyframe: bool
    tick: int


@dataclass(frozen=True, slots=True)
class StreamInfo:
    """What an output needs to know before the first packet."""

    width: int = WIDTH
    height: int = HEIGHT
    fps: int = FPS
    sample_rate: int = SAMPLE_RATE
    extradata: dict[str, bytes] = field(default_factory=dict)
    """Codec name to its decoder configuration (H.264: SPS and PPS in Annex B)."""
