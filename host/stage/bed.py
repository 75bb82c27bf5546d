"""A music bed below the programme: looped without a seam, and down while somebody speaks.

Gains move on straight lines in decibels, from tick to tick. Down is quick: a recording begins with 0.16 s in which only
the mouth opens, and the bed is down before the voice is there. Up is slow, and waits, so that it does not pump between
sentences. All of it follows from the ticks pulled: the same programme has the same bed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from host.core.media import FPS, TICK_SAMPLES, Pcm

ATTACK = 4
"""Ticks in which the bed goes down: the lead-in of a recording."""
HOLD = round(1.5 * FPS)
"""Ticks without speech after which it comes up: more than any pause between two sentences."""
RELEASE = 2 * FPS
"""Ticks in which it comes up."""

_RAMP: NDArray[np.float32] = np.linspace(1 / TICK_SAMPLES, 1, TICK_SAMPLES, dtype=np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Bed:
    """``loop`` runs from its end into its beginning without a seam; it is heard as it is where nobody speaks, and
    ``under`` decibels (<= 0) above that where somebody does."""

    loop: Pcm
    under: float


class DuckedBed:
    """Plays a bed tick by tick. Total: a bed of any length is looped, an empty one is silence."""

    def __init__(self, bed: Bed) -> None:
        self._length = max(1, len(bed.loop))
        self._loop = np.resize(bed.loop, self._length + TICK_SAMPLES) if len(bed.loop) else None
        self._under = min(0.0, bed.under)
        self._at = 0
        self._quiet = HOLD
        self._gain = 0.0

    @property
    def gain(self) -> float:
        """Decibels at the end of the last tick."""
        return self._gain

    def next(self, speech: bool) -> Pcm:
        """The bed of the next tick, shape ``[1920]``; ``speech`` says whether an utterance is heard in it."""
        self._quiet = 0 if speech else min(HOLD, self._quiet + 1)
        before, self._gain = self._gain, self._towards()
        if self._loop is None:
            return np.zeros(TICK_SAMPLES, dtype=np.int16)
        sound = self._loop[self._at : self._at + TICK_SAMPLES]
        self._at = (self._at + TICK_SAMPLES) % self._length
        if before == self._gain == 0.0:
            return sound
        decibels = before + (self._gain - before) * _RAMP
        louder: Pcm = np.rint(sound * np.power(np.float32(10), decibels / np.float32(20))).astype(np.int16)
        return louder

    def _towards(self) -> float:
        if self._quiet < HOLD:
            return max(self._under, self._gain + self._under / ATTACK) if self._quiet == 0 else self._gain
        return min(0.0, self._gain - self._under / RELEASE)
