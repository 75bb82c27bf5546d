"""What a host does without being told: blinking, looking, breathing, swaying, smiling, nodding.

All of it is random and none of it periodic: a fixed rhythm is the first thing that reads as a machine. Each part is a
little state machine advanced once a tick from its own seeded generator, so the same room plays the same life.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from host.core.media import FPS
from host.core.scene import Manner

_BLINK = (0.45, 0.0, 0.0, 0.30, 0.62, 0.86, 0.97)
"""Openness of the lids by frame: shut fast, opened slowly."""
_BLINKS_PER_MINUTE = {Manner.TALKING: 26.0, Manner.LISTENING: 20.0, Manner.IDLE: 17.0}
_BLINK_SIGMA = 0.55
_BLINK_APART = round(0.7 * FPS)

_NOD = tuple(4.0 * math.sin(math.pi * k / 11) ** 2 for k in range(12)) + tuple(
    2.2 * math.sin(math.pi * k / 9) ** 2 for k in range(1, 10)
)
"""Degrees of pitch, by frame, of a listener's nod: one, and a smaller one after it."""

_HEAD_STIRS = {Manner.TALKING: 1.0, Manner.LISTENING: 0.45, Manner.IDLE: 0.8}


@dataclass(frozen=True, slots=True)
class Living:
    """One frame of it. ``lids`` 0 shut to 1 open; gaze -1..1; angles in degrees; ``breath`` and ``smile`` 0..1."""

    lids: float
    gaze_x: float
    gaze_y: float
    yaw: float
    pitch: float
    roll: float
    sway: float
    breath: float
    smile: float
    attention: float
    """0 to 1: how far the host has settled into listening."""


class Life:
    """All of it together."""

    def __init__(self, seed: int) -> None:
        self._blink = Blink(_generator(seed, "blink"))
        self._gaze = Gaze(_generator(seed, "gaze"))
        self._breath = Breath(_generator(seed, "breath"))
        self._nods = Nods(_generator(seed, "nods"))
        self._yaw = Sway(_generator(seed, "yaw"), 1.6, 1.6)
        self._pitch = Sway(_generator(seed, "pitch"), 1.0, 1.4)
        self._roll = Sway(_generator(seed, "roll"), 0.8, 1.8)
        self._body = Sway(_generator(seed, "body"), 0.35, 2.6)
        self._mood = Sway(_generator(seed, "mood"), 0.06, 4.0)
        self._smile = 0.5
        self._attention = 0.0
        self._stir = 0.8

    def step(self, manner: Manner, smile: float) -> Living:
        """The next frame, in a manner and with a smile to settle into."""
        listening = manner is Manner.LISTENING
        self._attention += 0.14 * (float(listening) - self._attention)
        self._stir += 0.08 * (_HEAD_STIRS[manner] - self._stir)
        mood = self._mood.step()
        self._smile += 0.11 * (min(1.0, max(0.0, smile + mood)) - self._smile)
        gaze_x, gaze_y = self._gaze.step()
        yaw, pitch, roll = (part.step() * self._stir for part in (self._yaw, self._pitch, self._roll))
        return Living(
            lids=self._blink.step(manner),
            gaze_x=gaze_x,
            gaze_y=gaze_y,
            yaw=yaw,
            pitch=pitch + self._nods.step(listening),
            roll=roll + 4.2 * self._attention,
            sway=self._body.step(),
            breath=self._breath.step(),
            smile=self._smile,
            attention=self._attention,
        )


class Blink:
    """Blinks at log-normal distances, more of them in talk; four in ten are partial."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._due = self._draw()
        self._waited = 0.0
        self._since = _BLINK_APART
        self._depth = 1.0

    def step(self, manner: Manner) -> float:
        """Openness of the lids, 0..1."""
        self._since += 1
        self._waited += _BLINKS_PER_MINUTE[manner] / (60 * FPS)
        if self._waited >= self._due and self._since >= _BLINK_APART:
            self._waited, self._since, self._due = 0.0, 0, self._draw()
            self._depth = self._random.uniform(0.5, 0.75) if self._random.random() < 0.4 else 1.0
        if self._since < len(_BLINK):
            return 1 - self._depth * (1 - _BLINK[self._since])
        return 1.0

    def _draw(self) -> float:
        """A distance in units of the mean one: log-normal with mean 1."""
        return self._random.lognormvariate(-0.5 * _BLINK_SIGMA**2, _BLINK_SIGMA)


class Gaze:
    """Fixations, six in ten on the camera, with jumps of two frames between them."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._away = False
        self._x = self._y = 0.0
        self._to = (0.0, 0.0)
        self._left = round(1.5 * FPS)

    def step(self) -> tuple[float, float]:
        """Where the eyes look, x to the viewer's right and y down."""
        self._left -= 1
        if self._left <= 0:
            self._left = round(self._random.uniform(0.9, 2.6) * FPS)
            self._to = self._fixation()
        # Two frames: most of the way in the first, all of it in the second.
        near = abs(self._to[0] - self._x) < 0.2 and abs(self._to[1] - self._y) < 0.2
        share = 1.0 if near else 0.7
        self._x += share * (self._to[0] - self._x)
        self._y += share * (self._to[1] - self._y)
        return self._x, self._y

    def _fixation(self) -> tuple[float, float]:
        # From aside the eyes come back five times in six; so six fixations in ten are on the camera.
        self._away = self._random.random() < (1 / 6 if self._away else 5 / 9)
        if not self._away:
            return _clip(self._random.gauss(0, 0.06), 0.2), _clip(self._random.gauss(0, 0.04), 0.15)
        side = self._random.choice((-1, 1))
        return side * self._random.uniform(0.25, 0.45), _clip(self._random.gauss(0.02, 0.1), 0.25)


class Breath:
    """Breaths of about 4.3 s, in a little faster than out, no two alike."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._phase = random.random()
        self._draw()

    def step(self) -> float:
        """How full the chest is, 0..1."""
        self._phase += self._rate
        if self._phase >= 1:
            self._phase -= 1
            self._draw()
        inhale = 0.42
        part = self._phase / inhale if self._phase < inhale else (self._phase - inhale) / (1 - inhale)
        level = 0.5 - 0.5 * math.cos(math.pi * part)
        return self._depth * (level if self._phase < inhale else 1 - level)

    def _draw(self) -> None:
        self._rate = 1 / (FPS * 4.3 * self._random.lognormvariate(0, 0.09))
        self._depth = self._random.uniform(0.82, 1.0)


class Nods:
    """A listener's nods: one soon, then every few seconds; one that has begun is finished."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._wait = 0
        self._at = len(_NOD)
        self._size = 1.0
        self._listening = False

    def step(self, listening: bool) -> float:
        """Degrees of pitch."""
        if listening and not self._listening:
            self._wait = round(self._random.uniform(0.3, 0.8) * FPS)
        self._listening = listening
        if self._at >= len(_NOD):
            self._wait -= 1
            if not listening or self._wait > 0:
                return 0.0
            self._at = 0
            self._size = self._random.uniform(0.7, 1.0)
            self._wait = round(self._random.lognormvariate(1.25, 0.4) * FPS)
        self._at += 1
        return self._size * _NOD[self._at - 1]


class Sway:
    """A smooth random walk that stays near 0: an Ornstein-Uhlenbeck process, smoothed twice.

    ``sd`` is the standard deviation of what comes out; ``tau`` the seconds over which it forgets where it was.
    """

    _SMOOTH = 1 - math.exp(-1 / (0.2 * FPS))

    def __init__(self, random: Random, sd: float, tau: float) -> None:
        self._random = random
        self._keep = math.exp(-1 / (tau * FPS))
        self._limit = 2.8 * sd
        self._states = [0.0, 0.0, 0.0]
        self._kick = 1.0
        self._kick = sd / _energy(self._impulse())
        self._states = [0.0, 0.0, 0.0]
        for _ in range(4 * round(tau * FPS)):  # so that the first frame is not the middle of the road
            self.step()

    def step(self) -> float:
        return _clip(self._advance(self._random.gauss(0, 1)), self._limit)

    def _advance(self, noise: float) -> float:
        first, second, third = self._states
        first = self._keep * first + self._kick * noise
        second += self._SMOOTH * (first - second)
        third += self._SMOOTH * (second - third)
        self._states = [first, second, third]
        return third

    def _impulse(self) -> list[float]:
        """The response to one unit of noise, from which the size of the noise follows."""
        return [self._advance(1.0), *(self._advance(0.0) for _ in range(60 * FPS))]


def _energy(response: Sequence[float]) -> float:
    return math.sqrt(sum(value * value for value in response))


def _clip(value: float, limit: float) -> float:
    return max(-limit, min(limit, value))


def _generator(seed: int, part: str) -> Random:
    """A generator of its own for each part, so that one part's draws never shift another's."""
    return Random(f"{seed}/{part}")
