"""How an utterance is delivered, worked out before it is said: accents on its stresses, gestures on its phrases."""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random

import numpy as np
from numpy.typing import NDArray

from host.avatar.gestures import HOLD, RAISE, Cue
from host.avatar.lipsync_metrics import rms
from host.core.media import FPS, TICK_SAMPLES, Speech
from host.core.mood import MOODS
from host.core.utterance import Kind, Utterance

ACCENT = (0.25, 0.75, 1.0, 1.0, 0.92, 0.8, 0.62, 0.45, 0.3, 0.18, 0.08)
"""A nod and brow beat by frame, from two frames before the peak it marks."""
ACCENTS_APART = round(0.9 * FPS)
WAVE_LASTS = round(2.4 * FPS)

_LINK = re.compile(r"链接|\blink\b|\bcart\b", re.IGNORECASE)
_PRICE = re.compile(
    r"下单|价|元|块|立减|优惠|券|折|\bprice|\bdollars?\b|\bcents?\b|\bpounds?\b|\beuros?\b|\boff\b|\bdeal\b|[¥￥$€£]",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"谢谢|感谢|多谢|已下单|已拍|拍好|\bthanks?\b|\bthank you\b|\byour order\b|\bordered\b|\bbought\b", re.IGNORECASE
)
_ASSURANCE = re.compile(
    r"放心|没问题|当然|都支持|都可以|可以的|包邮|不漏|\bno problem\b|\bof course\b|\bfor sure\b|\bdon't worry\b|"
    r"\bfree shipping\b|\byes\b",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"欢迎|大家好|你好|您好|晚上好|早上好|再见|拜拜|\bwelcome\b|\bhello\b|\bhi\b|\bgood (evening|morning)\b|"
    r"\bgoodbye\b|\bbye\b",
    re.IGNORECASE,
)
_REASONS = (
    ("greeting", _GREETING),
    ("thanks", _THANKS),
    ("price", _LINK),
    ("price", _PRICE),
    ("assurance", _ASSURANCE),
)
_SERIOUS = re.compile(
    r"不支持|不能|禁忌|慎用|注意|过敏|遗憾|抱歉|对不起|售后|退换|\bsorry\b|\bunfortunately\b|\bwarning\b|"
    r"\bnot suitable\b|\breturns?\b|\bterms\b|\ballerg",
    re.IGNORECASE,
)

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
    if utterance.kind is Kind.GREETING or _GREETING.search(text):
        return 0.68
    if utterance.kind is Kind.NOTICE or _SERIOUS.search(text):
        return 0.22
    if _THANKS.search(text):
        return 0.6
    return 0.45 if _LINK.search(text) or _PRICE.search(text) else 0.32


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
    for reason, pattern in _REASONS:
        match = pattern.search(speech.spoken)
        if match is not None:
            return reason, _time_of(speech, match.start())
        if pattern.search(utterance.text):
            return reason, start
    return "fact", start


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
