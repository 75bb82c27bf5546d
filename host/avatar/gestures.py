"""Arms: which gesture when, and the way from one to the next.

A gesture starts on a phrase boundary, is held for a second at least, and none starts before the last is done. Between
a rest and a raised hand lie 14 frames, between two raised hands 9, on a minimum-jerk path with a little wind-up before
and overshoot after, which is what separates an arm from a lever.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from host.avatar.pose import Arm
from host.core.media import FPS

RAISE, CHANGE = 14, 9
HOLD = FPS
"""Frames a gesture is held at least."""
TURN_OVER = 0.6
"""How far one arm must be on its way before the other may start: both at once read as a robot."""

RIGHT = frozenset({"point", "present"})
"""Gestures towards the product card, which lies on the right of the picture. The others are made on the left."""
BOTH = frozenset({"clasp", "relaxed"})

_WIND_UP, _OVERSHOOT = 2.6, 3.6
_WAVE_HZ, _WAVE_SWING, _WAVE_HAND = 1.9, 8.0, 7.0
_WAVE_IN = 5.0
"""Degrees towards the host about which a wave swings: further out the fingertips leave the picture."""
_BEAT, _DRIFT = 3.2, 0.8


@dataclass(frozen=True, slots=True)
class Cue:
    """A gesture from one frame of a speech to another, made by hands that have rested for ``patience`` frames; the
    writer's wishes need none."""

    first: int
    last: int
    gesture: str
    patience: int = 0


def min_jerk(x: float) -> float:
    """The path of least jerk from 0 to 1 (Flash & Hogan 1985)."""
    x = max(0.0, min(1.0, x))
    return x * x * x * (10 - 15 * x + 6 * x * x)


class ArmMotion:
    """One arm, advanced once a frame."""

    def __init__(self, rest: str) -> None:
        self._rest = rest
        self.gesture = rest
        """What the arm holds, or is on its way from."""
        self._target = rest
        self._frame = self._frames = 0
        self._held = HOLD
        self._waving = 0.0
        self._wave_phase = 0.0

    @property
    def moving(self) -> bool:
        """Whether the arm is on its way."""
        return self._frame < self._frames

    @property
    def progress(self) -> float:
        """How far it is on its way, 0..1; 1 at rest."""
        return self._frame / self._frames if self.moving else 1.0

    @property
    def raised(self) -> bool:
        """Whether the arm is up, or on its way there."""
        return self._target != self._rest

    def step(self, wanted: str, may_start: bool, accent: float, drift: float) -> Arm:
        """The next frame. ``accent`` 0..1 is the beat of the speech, ``drift`` about -1..1 a slow unrest."""
        if self.moving:
            self._frame += 1
            if not self.moving:
                self.gesture, self._held = self._target, 0
        else:
            self._held += 1
        wave = self._wave(wanted)
        settled = self._held >= HOLD and self._waving < 0.05
        if not self.moving and wanted != self.gesture and may_start and (settled or self.gesture == self._rest):
            self._target, self._frame = wanted, 1
            self._frames = RAISE if self._rest in (wanted, self.gesture) else CHANGE
        if self.moving:
            x = self._frame / self._frames
            lift = 1.0 if self.raised else -0.6
            swing = lift * (_OVERSHOOT * _bump(x, 0.68, 1.0) - _WIND_UP * _bump(x, 0.0, 0.3))
            return Arm(self.gesture, self._target, min_jerk(x), swing, 0.0)
        if self.gesture == self._rest:
            return Arm(self._rest, self._rest, 1.0)
        # Unrest fades in over the first frames of the hold, so that the arm arrives before it stirs.
        stir = min(1.0, self._held / 6)
        swing = stir * (_BEAT * accent + _DRIFT * drift) * (1 - self._waving) + wave[0]
        return Arm(self.gesture, self.gesture, 1.0, swing, wave[1])

    def _wave(self, wanted: str) -> tuple[float, float]:
        """Swing of forearm and hand while waving, in and out over half a cycle; the hand lags by a radian."""
        on = not self.moving and self.gesture == "wave" and (wanted == "wave" or self._held < HOLD)
        rate = 2 * _WAVE_HZ / FPS
        self._waving = min(1.0, self._waving + rate) if on else max(0.0, self._waving - rate)
        if not self._waving:
            self._wave_phase = 0.0
            return 0.0, 0.0
        self._wave_phase += 2 * math.pi * _WAVE_HZ / FPS
        phase = self._wave_phase
        return (
            self._waving * (_WAVE_IN + _WAVE_SWING * math.sin(phase)),
            self._waving * _WAVE_HAND * math.sin(phase - 1.0),
        )


class Arms:
    """Both arms, one starting at a time."""

    def __init__(self, rest: str, gestures: Sequence[str]) -> None:
        self._rest = rest
        self._known = frozenset(gestures) | {rest}
        self.left = ArmMotion(rest)
        self.right = ArmMotion(rest)

    @property
    def busy(self) -> bool:
        """Whether an arm is up or on its way."""
        return any(arm.moving or arm.raised for arm in (self.left, self.right))

    def step(self, gesture: str, accent: float, drift: float) -> tuple[Arm, Arm]:
        """The next frame of both, left then right. An unknown gesture, or none, is the rest pose."""
        gesture = gesture if gesture in self._known else self._rest
        on_right = gesture in RIGHT or gesture in BOTH
        on_left = gesture not in RIGHT
        left_may = self.right.progress >= TURN_OVER
        left = self.left.step(gesture if on_left else self._rest, left_may, accent, drift)
        right_may = self.left.progress >= TURN_OVER
        right = self.right.step(gesture if on_right else self._rest, right_may, accent, -drift)
        return left, right


def _bump(x: float, start: float, end: float) -> float:
    """A smooth hump of height 1 between two points, 0 outside."""
    if not start < x < end:
        return 0.0
    return math.sin(math.pi * (x - start) / (end - start)) ** 2
