"""How an utterance is delivered, worked out before it is said: accents on its stresses, gestures on its phrases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from random import Random

import numpy as np
from numpy.typing import NDArray

from host.avatar.gestures import HOLD, RAISE, Cue
from host.avatar.lipsync_metrics import rms
from host.core.fold import fold
from host.core.lexicon import Lexicon
from host.core.media import FPS, TICK_SAMPLES, Speech
from host.core.mood import MOODS
from host.core.utterance import Kind, Utterance
from host.lang.stance.polarity import Polarity, read

ACCENT = (0.25, 0.75, 1.0, 1.0, 0.92, 0.8, 0.62, 0.45, 0.3, 0.18, 0.08)
"""A nod and brow beat by frame, from two frames before the peak it marks."""
ACCENTS_APART = round(0.9 * FPS)
WAVE_LASTS = round(2.4 * FPS)

_REASONS = {"greeting": "greeting", "thanks": "thanks", "link": "price", "price": "price", "assurance": "assurance",
            "assured": "assurance"}  # fmt: skip
"""Why the hands would move, by the kind of the word that makes them; what comes first goes first."""
_MEANT = frozenset({Polarity.ASSERTED, Polarity.CONDITIONAL})

# What fits what is said, best first; the host takes the first one its artwork has.
_FITTING: dict[str, tuple[str, ...]] = {
    "greeting": ("wave", "present"),
    "thanks": ("thanks", "thumb", "ok"),
    "assurance": ("ok", "thumb", "present"),
    "price": ("point", "present"),
    "fact": ("present", "ok"),
}
_PATIENCE = {"greeting": (4.0, 4.0), "thanks": (4.0, 4.5), "assurance": (4.0, 8.0), "price": (4.0, 8.0),
             "fact": (6.0, 12.0)}  # fmt: skip
"""Seconds the hands must have rested before they move for a reason: drawn anew for every phrase, so that no rhythm
shows. Hands that never rest are as lifeless as hands that never move."""
_HELD, _HELD_ASKED = (1.4, 3.4), 3.2
"""Seconds a gesture is held at most: of the host's own drawn from a range, of the writer's always as long."""


def smile_of(utterance: Utterance) -> float:
    """How much the host smiles while saying it, 0..1: never one constant, which is what reads as frozen."""
    if utterance.direction.mood in MOODS:
        return MOODS[utterance.direction.mood].smile
    text = utterance.text
    said = kinds_of(text)
    if utterance.kind is Kind.GREETING or "greeting" in said:
        return 0.68
    if utterance.kind is Kind.NOTICE or "serious" in said:
        return 0.22
    if "thanks" in said:
        return 0.6
    return 0.45 if "link" in said or "price" in said else 0.32


def accents(speech: Speech, frames: int, random: Random) -> NDArray[np.float32]:
    """Strength of the nod and brow beat of every frame, 0..1, on energy peaks at least 0.9 s apart."""
    level = np.convolve(rms(speech, frames), [0.25, 0.5, 0.25], "same")
    curve = np.zeros(frames + len(ACCENT), np.float32)
    voiced = level[level > 0.1 * max(1e-9, float(level.max()))]
    floor = float(np.median(voiced)) if len(voiced) else 1.0
    peaks = [k for k in range(1, frames - 1) if level[k - 1] < level[k] >= level[k + 1] and level[k] > floor]
    taken: list[int] = []
    for peak in sorted(peaks, key=lambda k: -level[k]):
        if all(abs(peak - other) >= ACCENTS_APART for other in taken):
            taken.append(peak)
    for peak in sorted(taken):
        strength = random.uniform(0.65, 1.0)
        if random.random() < 0.12:
            continue
        first = max(0, peak - 2)
        shape = strength * np.array(ACCENT[first - (peak - 2) :], np.float32)
        curve[first : first + len(shape)] = np.maximum(curve[first : first + len(shape)], shape)
    return curve[:frames]


def gestures(utterance: Utterance, speech: Speech, known: Sequence[str], random: Random) -> tuple[Cue, ...]:
    """The gestures of an utterance, in order: the one the writer asked for, else one for every phrase that has time
    for it. The performer makes those for which the hands have rested long enough."""
    frames = max(1, -(-len(speech.pcm) // TICK_SAMPLES))
    asked = utterance.direction.gesture
    if asked:
        return (_cue(0, frames, asked, 0, round(_HELD_ASKED * FPS)),) if asked in known else ()
    reason, at = _reason(utterance, speech)
    reasons = {_frame(position): "fact" for position in (0, *speech.breaks)} | {_boundary_before(speech, at): reason}
    cues = []
    for first, why in sorted(reasons.items()):
        gesture = next((name for name in _FITTING[why] if name in known), "")
        patience, held = (round(random.uniform(*span) * FPS) for span in (_PATIENCE[why], _HELD))
        if gesture and frames - first >= RAISE + HOLD // 2:
            cues.append(_cue(first, frames, gesture, patience, held))
    return tuple(cues)


def _cue(first: int, frames: int, gesture: str, patience: int, held: int) -> Cue:
    longest = WAVE_LASTS if gesture == "wave" else held
    # Back at rest when the sentence ends, where it is long enough for that; the hold comes first.
    last = min(first + RAISE + longest, max(first + RAISE + HOLD, frames - RAISE + 4))
    return Cue(first, last, gesture, patience)


def _reason(utterance: Utterance, speech: Speech) -> tuple[str, float]:
    """Why the hands would move, and the time of the word that makes them."""
    start = speech.words[0].start if speech.words else 0.0
    if utterance.kind is Kind.GREETING:
        return "greeting", start
    spoken, written = kinds_of(speech.spoken), kinds_of(utterance.text)
    for kind, reason in _REASONS.items():
        if kind in spoken:
            return reason, _time_of(speech, spoken[kind])
        if kind in written:
            return reason, start
    return "fact", start


@lru_cache(maxsize=64)
def kinds_of(text: str) -> Mapping[str, int]:
    """The kinds of words that a text has, and where the first of each stands: a word that reassures only where it is
    meant, and is not denied or asked."""
    found: dict[str, int] = {}
    folded = fold(text)
    reading = read(folded)
    for word in _words().read(folded):
        if word.kind != "assurance" or reading.stance(word.start, word.end).polarity in _MEANT:
            found.setdefault(word.kind, word.start)
    return found


@cache
def _words() -> Lexicon:
    return Lexicon.load("delivery.txt")


def _time_of(speech: Speech, position: int) -> float:
    """When the word at a position of the spoken text begins."""
    return next((word.start for word in speech.words if word.last > position), 0.0)


def _boundary_before(speech: Speech, at: float) -> int:
    """The frame of the last phrase boundary at or before a time."""
    before = [position for position in speech.breaks if position <= (at + 0.05) * TICK_SAMPLES * FPS]
    return _frame(max(before, default=0))


def _frame(position: int) -> int:
    """The frame of a sample."""
    return position // TICK_SAMPLES
