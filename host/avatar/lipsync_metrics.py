"""How well a mouth follows the sound, in figures that stand for what viewers see.

No single figure can be trusted: shuffled frames still close on most bilabials, and a mouth driven by loudness alone
moves in time but hardly ever shuts. So closures, false closures, open vowels, lag and the largest step are
reported together, beside controls.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from host.avatar.coarticulation import APERTURE, LEAD, Track, closure_window, mouth_track
from host.avatar.pose import Mouth
from host.avatar.visemes import CLOSURES, visemes_of
from host.core.media import FPS, TICK_SAMPLES, Phone, Speech

SHUT = 0.05
"""Aperture below which lips count as shut."""
OPEN = 0.36
"""Aperture an open vowel must reach at some frame."""
_MIN_VOWEL = 0.06
_SUB = 8

_OPENNESS = {
    "sil": 0.0, "PP": 0.0, "FF": 0.15, "TH": 0.25, "DD": 0.25, "kk": 0.35, "CH": 0.25, "CHs": 0.2, "SS": 0.2,
    "nn": 0.2, "RR": 0.3, "aa": 0.85, "E": 0.5, "ih": 0.3, "oh": 0.6, "ou": 0.3,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class LipSync:
    """Counts over one or more speeches; the rates are properties."""

    closures: int
    closures_hit: int
    frames_apart: int
    """Frames where nothing asks for shut lips."""
    frames_falsely_shut: int
    open_vowels: int
    open_vowels_hit: int
    lag: float
    """Seconds the mouth is behind the sound; negative: ahead."""
    largest_step: float
    """Largest change of aperture from one frame to the next."""

    @property
    def closure_hit(self) -> float:
        """Of the bilabials, how many are seen shut."""
        return self.closures_hit / max(1, self.closures)

    @property
    def false_closure(self) -> float:
        """Of the frames that should be open, how many are shut."""
        return self.frames_falsely_shut / max(1, self.frames_apart)

    @property
    def open_vowel_hit(self) -> float:
        """Of the open vowels of 60 ms or more, how many are seen open."""
        return self.open_vowels_hit / max(1, self.open_vowels)


def measure(aperture: NDArray[np.floating], speech: Speech) -> LipSync:
    """Hold a mouth opening per frame, shape ``[frames]``, against the phones of a speech."""
    frames = len(aperture)
    # A frame is seen for 1/25 s and shown LEAD ahead: these are the moments of sound it stands for.
    at = np.arange(frames) / FPS + LEAD
    sounds = [(phone, visemes_of(phone.label)) for phone in speech.phones if phone.end > phone.start]
    rest = _rest(at, [phone for phone, names in sounds if names != ("sil",)])
    closures = hit = vowels = vowels_hit = 0
    for phone, names in sounds:
        if CLOSURES & set(names):
            start, end = closure_window(phone)
            rest |= (at >= start - 1 / FPS) & (at <= end + 1 / FPS)
            near = (at >= start - 0.02) & (at <= end + 0.02)
            closures += 1
            hit += bool(near.any() and aperture[near].min() < SHUT)
        elif "FF" in names:
            rest |= (at >= phone.start - 0.02) & (at <= phone.end + 0.02)
        elif "aa" in names and phone.end - phone.start >= _MIN_VOWEL:
            near = (at >= phone.start - 0.02) & (at <= phone.end + 0.02)
            vowels += 1
            vowels_hit += bool(near.any() and aperture[near].max() >= OPEN)
    apart = ~rest
    return LipSync(
        closures=closures,
        closures_hit=hit,
        frames_apart=int(apart.sum()),
        frames_falsely_shut=int((aperture[apart] < SHUT).sum()),
        open_vowels=vowels,
        open_vowels_hit=vowels_hit,
        lag=lag(reference(speech, frames), aperture),
        largest_step=float(np.abs(np.diff(aperture)).max()) if frames > 1 else 0.0,
    )


def pooled(results: Iterable[LipSync]) -> LipSync:
    """Several measurements as one: counts added, lag averaged, largest step kept."""
    parts = list(results)

    def total(name: str) -> int:
        return sum(getattr(part, name) for part in parts)

    return LipSync(
        closures=total("closures"),
        closures_hit=total("closures_hit"),
        frames_apart=total("frames_apart"),
        frames_falsely_shut=total("frames_falsely_shut"),
        open_vowels=total("open_vowels"),
        open_vowels_hit=total("open_vowels_hit"),
        lag=float(np.mean([part.lag for part in parts])) if parts else 0.0,
        largest_step=max((part.largest_step for part in parts), default=0.0),
    )


def compare(speeches: Sequence[Speech], visemes: Mapping[str, Mouth], seed: int = 0) -> dict[str, LipSync]:
    """Our track beside controls that must do worse: frames shuffled, loudness for a driver, track shifted in time."""
    tracks = [mouth_track(speech, visemes) for speech in speeches]
    rng = np.random.default_rng(seed)
    drivers: dict[str, list[NDArray[np.floating]]] = {
        "phones": [track[:, APERTURE] for track in tracks],
        "shuffled frames": [rng.permutation(track[:, APERTURE]) for track in tracks],
        "loudness": [loudness_driver(speech, track) for speech, track in zip(speeches, tracks, strict=True)],
        "120 ms late": [np.roll(track[:, APERTURE], 3) for track in tracks],
        "120 ms early": [np.roll(track[:, APERTURE], -3) for track in tracks],
    }
    return {
        name: pooled(measure(aperture, speech) for aperture, speech in zip(driver, speeches, strict=True))
        for name, driver in drivers.items()
    }


def loudness_driver(speech: Speech, track: Track) -> NDArray[np.floating]:
    """The usual cheap mouth, as a control: the loudness envelope, scaled to the range of the real track."""
    level = np.log1p(rms(speech, len(track)))
    low, high = np.percentile(level, [10, 95])
    scaled = np.clip((level - low) / max(1e-9, high - low), 0.0, 1.0)
    smooth: NDArray[np.floating] = np.convolve(scaled, [0.25, 0.5, 0.25], "same") * float(track[:, APERTURE].max())
    return smooth


def rms(speech: Speech, frames: int) -> NDArray[np.float64]:
    """Root mean square of the samples under each frame, in units of full scale, shape ``[frames]``."""
    padded = np.zeros(frames * TICK_SAMPLES, np.float32)
    pcm = speech.pcm[: len(padded)]
    padded[: len(pcm)] = pcm / np.float32(32768)
    power: NDArray[np.float64] = np.sqrt((padded.reshape(frames, -1) ** 2).mean(axis=1, dtype=np.float64))
    return power


def reference(speech: Speech, frames: int) -> NDArray[np.float64]:
    """How open the mouth would be if each phone took its shape at once: the yardstick for `lag`, free of our blending.

    Frame k is the mean over the time it is about, the 1/25 s around ``k / 25``.
    """
    at = ((np.arange(frames * _SUB) + 0.5) / _SUB - 0.5) / FPS
    openness = np.zeros(len(at))
    for phone in speech.phones:
        names = visemes_of(phone.label)
        if names and phone.end > phone.start:
            inside = (at >= phone.start) & (at < phone.end)
            place = ((at[inside] - phone.start) / (phone.end - phone.start) * len(names)).astype(int)
            openness[inside] = np.array([_OPENNESS[name] for name in names])[np.minimum(place, len(names) - 1)]
    mean: NDArray[np.float64] = openness.reshape(frames, _SUB).mean(axis=1)
    return mean


def lag(sound: NDArray[np.floating], mouth: NDArray[np.floating], reach: int = 8) -> float:
    """Seconds by which ``mouth`` is behind ``sound`` where their cross-correlation is highest, to a part of a frame."""
    if len(sound) < 4 or sound.std() < 1e-9 or mouth.std() < 1e-9:
        return 0.0
    one, other = sound - sound.mean(), mouth - mouth.mean()
    reach = min(reach, len(one) - 2)
    scores = np.array(
        [float((one[max(0, -k) : len(one) - max(0, k)] * other[max(0, k) : len(one) - max(0, -k)]).sum())
         for k in range(-reach, reach + 1)]
    )  # fmt: skip
    best = int(scores.argmax())
    peak = 0.0
    if 0 < best < len(scores) - 1:
        before, top, after = scores[best - 1 : best + 2]
        bend = before - 2 * top + after
        peak = 0.5 * (before - after) / bend if bend else 0.0
    return (best - reach + peak) / FPS


def _rest(at: NDArray[np.float64], sounds: Sequence[Phone]) -> NDArray[np.bool_]:
    """Moments outside every sound, where a mouth may well be shut."""
    rest = np.ones(len(at), bool)
    for phone in sounds:
        rest &= ~((at >= phone.start) & (at <= phone.end))
    return rest
