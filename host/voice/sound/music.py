"""Music to run below a programme: read, looped without a seam, brought to a loudness and under a peak.

Ten minutes are 58 MB, and 240 MB while they are made: everything goes by pieces of ten seconds but for the samples.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
from av.audio.resampler import AudioResampler

from host.core.media import SAMPLE_RATE, Pcm
from host.core.reason import Reason
from host.voice.sound.loudness import STEP, apply, limiter, true_peaks
from host.voice.sound.meter import ebur128
from host.voice.sound.takes import Samples

LONGEST, SHORTEST = 600, 4
"""Seconds: what is longer is played to there, what is shorter is no music."""
CREST = 11.0
"""Decibels that peaks lie over the loudness at most."""
CROSSFADE = 3 * SAMPLE_RATE
_PIECE = 10 * SAMPLE_RATE
_MOST_LOST = 0.1
"""Share of the packets that may be damaged."""


class NoMusic(Exception):
    """A file that cannot be a bed; the argument is a `Reason`."""


def read_music(path: Path) -> Pcm:
    """Up to `LONGEST` seconds of a file, mono at 48 kHz. Raises `NoMusic` for what is none, OSError for no file."""
    with path.open("rb") as file:
        if not path.stat().st_size:
            raise NoMusic(Reason("music_undecodable", error="it is empty"))
        try:
            with av.open(file, "r", metadata_errors="replace") as container:
                if not container.streams.audio:
                    raise NoMusic(Reason("music_no_sound"))
                found = np.concatenate([np.zeros(0, np.int16), *_decoded(container)])
        except av.FFmpegError as error:
            raise NoMusic(Reason("music_undecodable", error=error.strerror or str(error))) from None
    if len(found) < SHORTEST * SAMPLE_RATE:
        raise NoMusic(Reason("music_short", seconds=round(len(found) / SAMPLE_RATE, 1), least=SHORTEST))
    return found[: LONGEST * SAMPLE_RATE]


def _decoded(container: av.container.InputContainer) -> Iterator[Pcm]:
    resampler = AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)
    packets = lost = samples = 0
    for packet in container.demux(container.streams.audio[0]):
        packets += 1
        try:
            frames = packet.decode()
        except av.error.InvalidDataError:
            lost += 1
            continue
        for frame in frames:
            frame.pts = None
            for part in resampler.resample(frame):
                samples += part.samples
                yield part.to_ndarray()[0]
        if samples >= LONGEST * SAMPLE_RATE:
            break
    if lost > _MOST_LOST * packets:
        raise NoMusic(Reason("music_undecodable", error=f"{lost} of {packets} packets"))


def looped(music: Pcm) -> Pcm:
    """Music whose end runs into its beginning: shorter by the part in which the one fades into the other at equal
    power. Whole milliseconds."""
    fade = min(CROSSFADE, len(music) // 4)
    length = (len(music) - fade) // STEP * STEP
    loop = music[:length].copy()
    angle = (np.arange(fade, dtype=np.float32) + np.float32(0.5)) * np.float32(np.pi / 2 / max(1, fade))
    mixed = music[:fade] * np.sin(angle) + music[length : length + fade] * np.cos(angle)
    loop[:fade] = np.rint(mixed).clip(-32768, 32767)
    return loop


def levelled(loop: Pcm, level: float) -> Pcm:
    """A loop at ``level`` LUFS, a little under where peaks were held at `CREST` over it. Raises `NoMusic` for silence.

    The limiter looks round the seam too.
    """
    loudness, _ = ebur128(loop)
    if loudness <= -70:
        raise NoMusic(Reason("music_silent"))
    gain = 10 ** ((level - loudness) / 20)
    limit = 10 ** ((level + CREST) / 20)
    around = 20 * STEP
    samples = np.concatenate((loop[-around:], loop, loop[:around]))
    peaks = np.concatenate([true_peaks(piece * np.float32(gain), limit / 2)[1:-1] for piece in _pieces(samples)])
    curve = np.pad(gain * limiter(peaks, limit), 1, mode="edge")
    made = np.empty(len(samples), dtype=np.int16)
    for number, piece in enumerate(_pieces(samples)):
        first, steps = number * _PIECE // STEP, len(piece) // STEP
        sound = apply(piece, curve[first : first + steps])[STEP:-STEP]
        made[number * _PIECE : number * _PIECE + len(sound)] = np.rint(sound * np.float32(32767))
    return made[around:-around]


def _pieces(samples: Pcm) -> Iterator[Samples]:
    """Ten seconds each, full scale ±1, with a millisecond of what lies around on either side."""
    for start in range(0, len(samples), _PIECE):
        piece = samples[max(0, start - STEP) : start + _PIECE + STEP]
        left = STEP if start == 0 else 0
        right = max(0, start + _PIECE + STEP - len(samples)) if start + _PIECE < len(samples) else STEP
        yield np.pad(piece, (left, right)).astype(np.float32) / np.float32(32768)
