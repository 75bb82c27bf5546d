"""Voiceless stops in the way of espeak-ng's events, whoever found them: such a phone begins where the stop is released.

Aligners and models tell where its closure begins, which after a pause nobody can hear. Lips and tongue are shut before
the release, so that is what has to be known, and it can be heard: it is where the sound comes back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from host.core.media import Phone
from host.voice.sound.takes import Samples

CLOSURE = 0.045
"""Seconds from closure to release, where the sound does not tell."""
_STOPS = frozenset("ptk")
_FRAME = 0.005
_RISE, _RISEN = 12.0, 0.35
"""Decibels between the quietest and the loudest of a stop that tell of a release; and the part of them that is over
when it comes."""
_QUIET = 60.0
"""Decibels under the loudest of the whole: quieter is silence."""


def released(phones: Sequence[Phone], samples: Samples, rate: int) -> list[Phone]:
    """Phones with each voiceless stop begun at its release, as it is heard in the sound they were found in."""
    size = max(1, round(rate * _FRAME))
    count = len(samples) // size
    power = np.square(samples[: count * size].reshape(count, size)).mean(axis=1)
    levels = 10 * np.log10(np.maximum(power, power.max(initial=0.0) * 10 ** (-_QUIET / 10)) + 1e-12)
    return [
        replace(phone, start=_release(phone, levels)) if phone.label.rstrip("ʰ") in _STOPS else phone
        for phone in phones
    ]


def _release(stop: Phone, levels: NDArray[np.float32]) -> float:
    """Where the sound has come back after the quietest moment of a stop; of a short one without any, halfway."""
    first = max(0, round(stop.start / _FRAME))
    inside = levels[first : max(first, round(stop.end / _FRAME))]
    if len(inside) and inside.max() - inside.min() >= _RISE:
        quietest = int(inside.argmin())
        risen = np.flatnonzero(inside[quietest:] > inside.min() + _RISEN * (inside.max() - inside.min()))
        if len(risen):
            return float((first + quietest + risen[0]) * _FRAME)
    return min(stop.start + CLOSURE, (stop.start + stop.end) / 2)
