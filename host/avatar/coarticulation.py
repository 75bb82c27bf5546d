"""From phones to a mouth per frame, by dominance functions.

Cohen & Massaro, "Modeling coarticulation in synthetic visual speech" (1993): every segment pulls each articulator
towards its target with a strength that decays exponentially with distance in time, and the mouth is the weighted mean,

    mouth(t) = sum_k D_k(t) T_k / sum_k D_k(t),    D_k(t) = a_k exp(-theta_k |t - segment k|).

What that leaves out at 25 frames a second is put right afterwards: a bilabial must be shut on the frames viewers see,
and a labiodental must touch. So their centres are moved onto the frame grid before the sum and their frames set
after it; nothing may be smoothed after that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, fields

import numpy as np
from numpy.typing import NDArray

from host.avatar.pose import Mouth
from host.avatar.visemes import CLOSURES, DEFAULT, ROUNDED, SPREAD_CH, VOWELS, shares, visemes_of
from host.core.media import FPS, TICK_SAMPLES, Phone, Speech

LEAD = 0.020
"""Seconds the mouth runs ahead of the sound: viewers find a late mouth sooner than an early one (ITU-R BT.1359)."""
OPENS_AHEAD = 0.150
"""Seconds before the first sound at which the lips part."""
STOP_GAP = 0.045
"""Seconds of silent closure before a voiceless stop written in IPA: as espeak-ng reports it, and with it every voice
that borrows its phones, such a phone begins at its release. An aligner's ARPAbet includes the closure."""
PAUSE = 0.10
"""Seconds of silence below which the mouth does not come to rest: it is the closure of a stop, or no pause at all."""

CHANNELS = tuple(field.name for field in fields(Mouth))
APERTURE, WIDTH, ROUND, PRESS, LIP_BITE = (
    CHANNELS.index(name) for name in ("aperture", "width", "round", "press", "lip_bite")
)

_HOLD = 0.28
"""Of a vowel's length, on each side of its middle."""
_THETA, _THETA_ROUND = 22.0, 15.0
_STRENGTH = {"sil": (1.2, 18.0), "PP": (12.0, 45.0), "FF": (6.0, 36.0)}
_WEAK = {"DD": 0.55, "nn": 0.55, "kk": 0.55, "SS": 0.9, "CH": 0.9, SPREAD_CH: 0.9}

Track = NDArray[np.float32]
"""Mouths ``[frames, 9]``, in the order of `Mouth`'s fields; frame k is the one shown with sample ``k * 1920``."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One viseme in time, seconds from the first sample. ``first:last`` is where it pulls with full strength."""

    viseme: str
    start: float
    end: float
    first: float
    last: float


def mouth_track(speech: Speech, visemes: Mapping[str, Mouth], unknown: Counter[str] | None = None) -> Track:
    """The mouth of every frame of a speech. ``visemes`` maps the fifteen names (see `visemes.VISEMES`) to shapes.

    Phones nobody can read are counted in ``unknown``. Raises KeyError where ``visemes`` lacks a shape that is needed.
    """
    frames = max(1, -(-len(speech.pcm) // TICK_SAMPLES))
    segments = segments_of(speech, unknown)
    times = np.arange(frames) / FPS + LEAD
    track = _blend(times, segments, visemes)
    _close(track, times, segments, visemes)
    _touch(track, times, segments, visemes)
    return track


def segments_of(speech: Speech, unknown: Counter[str] | None = None) -> list[Segment]:
    """The speech as visemes in time, with rests at both ends, closures and touches on the frame grid.

    Phones nobody can read are counted in ``unknown``.
    """
    phones = [phone for phone in speech.phones if phone.end > phone.start]
    sounds = [segment for phone in phones for segment in _segments(phone, unknown)]
    if not sounds:
        return [Segment("sil", 0.0, speech.duration, 0.0, speech.duration)]
    rests = _rests(sounds, speech.duration)
    return sorted([*sounds, *rests], key=lambda segment: (segment.start, segment.end))


def shape_of(viseme: str, visemes: Mapping[str, Mouth]) -> Mouth:
    """The mouth of a viseme. A host without a spread CH of its own gets one between CH and ih."""
    if viseme in visemes:
        return visemes[viseme]
    if viseme != SPREAD_CH:
        return visemes[DEFAULT] if viseme not in ("sil", "PP") else Mouth(press=float(viseme == "PP"))
    around, spread = astuple(visemes["CH"]), astuple(visemes["ih"])
    mixed = Mouth(*(0.5 * (one + other) for one, other in zip(around, spread, strict=True)))
    return Mouth(*(0.0 if name == "round" else getattr(mixed, name) for name in CHANNELS))


def closure_window(phone: Phone) -> tuple[float, float]:
    """When the lips are shut for a bilabial: before a voiceless one that begins at its release, else during it."""
    if "p" in phone.label:
        return phone.start - STOP_GAP, phone.start
    return phone.start, phone.end


def _segments(phone: Phone, unknown: Counter[str] | None) -> list[Segment]:
    """The visemes of one phone. Silence gives none: rests are found between the sounds."""
    names = visemes_of(phone.label, unknown)
    if names == ("sil",):
        return []
    found: list[Segment] = []
    at, length = phone.start, phone.end - phone.start
    for name, share in zip(names, shares(names), strict=True):
        start, end = at, at + share * length
        at = end
        if name in CLOSURES:
            found.append(_on_grid(name, *closure_window(phone)))
        elif name == "FF":
            found.append(_touching(start, end))
        else:
            if name in ("DD", "kk") and phone.label.startswith(("t", "k")):
                start, end = start - STOP_GAP, min(end, phone.start + 0.5 * length)
            middle, hold = 0.5 * (start + end), _HOLD * (end - start) if name in VOWELS else 0.0
            found.append(Segment(name, start, end, middle - hold, middle + hold))
    return found


def _on_grid(name: str, start: float, end: float) -> Segment:
    """A closure with its centre midway between two frames, so that two are shut; a long one shuts more of them."""
    first = last = np.floor((0.5 * (start + end) - LEAD) * FPS)
    first = min(first, np.ceil((start + 0.01 - LEAD) * FPS))
    last = max(last, np.floor((end - 0.02 - LEAD) * FPS) - 1)
    return Segment(name, start, end, float((first + 0.5) / FPS + LEAD), float((last + 0.5) / FPS + LEAD))


def _touching(start: float, end: float) -> Segment:
    """Teeth on lip, with the centre on a frame."""
    snapped = float(np.round((0.5 * (start + end) - LEAD) * FPS) / FPS + LEAD)
    return Segment("FF", start, end, snapped, snapped)


def _rests(sounds: Sequence[Segment], duration: float) -> list[Segment]:
    """Where the mouth is at rest: before the first sound, after the last, and in every real pause between."""
    edges = [(-1.0, sounds[0].start)]
    end = sounds[0].end
    for sound in sounds[1:]:
        if sound.start - end >= PAUSE:
            edges.append((end, sound.start))
        end = max(end, sound.end)
    edges.append((end, max(duration, end) + 1.0))
    rests = []
    for start, stop in edges:
        opens = max(start, stop - OPENS_AHEAD) if stop - start > 2 * OPENS_AHEAD else 0.5 * (start + stop)
        shuts = min(start + 0.06, opens)
        rests.append(Segment("sil", start, stop, shuts, opens))
    first, last = rests[0], rests[-1]
    rests[0] = Segment("sil", first.start, first.end, first.start, first.last)
    rests[-1] = Segment("sil", last.start, last.end, last.first, last.end)
    return rests


def _blend(times: NDArray[np.float64], segments: Sequence[Segment], visemes: Mapping[str, Mouth]) -> Track:
    """The dominance sum, for all frames and articulators at once."""
    names = [segment.viseme for segment in segments]
    targets = np.array([astuple(shape_of(name, visemes)) for name in names])
    first = np.array([segment.first for segment in segments])
    last = np.array([segment.last for segment in segments])
    distance = np.maximum(np.maximum(first - times[:, None], times[:, None] - last), 0.0)
    strength = np.array([_STRENGTH.get(name, (_WEAK.get(name, 1.0), _THETA)) for name in names])
    base = strength[:, 0] * np.exp(-strength[:, 1] * distance)
    rounding = np.array([_round_strength(name) for name in names]) * np.exp(-_THETA_ROUND * distance)
    track = _mean(base, targets)
    around = _mean(rounding, targets[:, [WIDTH, ROUND]])
    track[:, ROUND] = around[:, 1]
    track[:, WIDTH] = 0.5 * (track[:, WIDTH] + around[:, 0])
    return track.astype(np.float32)


def _mean(dominance: NDArray[np.float64], targets: NDArray[np.float64]) -> NDArray[np.float64]:
    total = dominance.sum(axis=1, keepdims=True)
    mean: NDArray[np.float64] = (dominance @ targets) / np.maximum(total, 1e-12)
    return mean


def _round_strength(name: str) -> float:
    """Rounding starts early and ends late: it goes through consonants that do not care."""
    if name in ROUNDED:
        return 1.5
    return 1.0 if name in VOWELS or name == "sil" else 0.5


def _close(track: Track, times: NDArray[np.float64], segments: Sequence[Segment], visemes: Mapping[str, Mouth]) -> None:
    """Shut the lips on the two frames around each closure, and for as long as a long one lasts."""
    shut = astuple(shape_of("PP", visemes))
    for segment in segments:
        if segment.viseme in CLOSURES:
            frames = (times > segment.first - 0.75 / FPS) & (times < segment.last + 0.75 / FPS)
            track[frames, APERTURE] = 0.0
            track[frames, PRESS] = max(0.5, shut[PRESS])
            track[frames, LIP_BITE] = 0.0


def _touch(track: Track, times: NDArray[np.float64], segments: Sequence[Segment], visemes: Mapping[str, Mouth]) -> None:
    """Put the upper teeth on the lower lip on the frame of each labiodental, unless a closure has it."""
    shape = shape_of("FF", visemes)
    for segment in segments:
        if segment.viseme == "FF":
            near = (np.abs(times - segment.first) < 0.25 / FPS) & (track[:, APERTURE] > 0.0)
            track[near, APERTURE] = shape.aperture
            track[near, LIP_BITE] = shape.lip_bite
            track[near, PRESS] = 0.0
