"""What a puppet can do, in numbers: the meeting point of performance (decides) and puppet (draws).

Sides are the viewer's: ``left`` is the left of the picture.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from host.avatar.boxes import Rect


def clamp(value: float, low: float = 0.0, high: float = 1.0) -> float:
    """``value``, kept between two bounds; what is not a number counts as 0."""
    return max(low, min(high, value if value == value else 0.0))


@dataclass(frozen=True, slots=True)
class Mouth:
    """A mouth shape; every number blends. ``width`` and ``smile`` may be negative; the others run from 0 to 1."""

    aperture: float = 0.0
    width: float = 0.0
    round: float = 0.0
    smile: float = 0.0
    press: float = 0.0
    teeth_upper: float = 0.0
    teeth_lower: float = 0.0
    tongue: float = 0.0
    lip_bite: float = 0.0


def smiling(mouth: Mouth, amount: float) -> Mouth:
    """The same sound said with a smile, 0..1: rounded, pressed and bitten shapes keep theirs."""
    keep = amount * max(0.0, 1 - 0.55 * mouth.round - 0.15 * mouth.press - 0.45 * mouth.lip_bite)
    return replace(
        mouth,
        smile=min(1.0, mouth.smile + 0.62 * keep),
        width=min(1.0, mouth.width + 0.28 * keep),
        teeth_upper=min(1.0, mouth.teeth_upper + 0.25 * amount * min(1.0, mouth.aperture / 0.15)),
    )


@dataclass(frozen=True, slots=True)
class Eyes:
    """Lids 0 (shut) to 1.15 (wide); gaze -1..1, x to the viewer's right, y down; squint 0..1."""

    left: float = 1.0
    right: float = 1.0
    gaze_x: float = 0.0
    gaze_y: float = 0.0
    squint: float = 0.0


@dataclass(frozen=True, slots=True)
class Brows:
    """Raise -1..1, furrow 0..1, tilt -1..1 (inner ends up)."""

    rise: float = 0.0
    furrow: float = 0.0
    tilt: float = 0.0


@dataclass(frozen=True, slots=True)
class Arm:
    """An arm on its way from one gesture to another; ``t`` 0..1 is eased already. ``swing`` degrees at the elbow,
    ``hand`` degrees at the wrist on top of it; both positive outwards, away from the middle of the body."""

    source: str = "clasp"
    target: str = "clasp"
    t: float = 1.0
    swing: float = 0.0
    hand: float = 0.0


@dataclass(frozen=True, slots=True)
class Pose:
    """One frame of a host. Angles in degrees; ``breath`` and ``smile`` 0..1; ``sway`` leans the whole figure.

    Signs as seen in the picture: yaw turns the face to the right, pitch nods it down, roll and sway go clockwise.
    ``mouth`` is final, the smile is in it already (see `smiling`)."""

    mouth: Mouth = field(default_factory=Mouth)
    eyes: Eyes = field(default_factory=Eyes)
    brows: Brows = field(default_factory=Brows)
    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0
    sway: float = 0.0
    breath: float = 0.0
    smile: float = 0.0
    left: Arm = field(default_factory=Arm)
    right: Arm = field(default_factory=Arm)


@dataclass(frozen=True, slots=True, eq=False)
class Overlay:
    """A picture laid over the host: straight-alpha BGRA ``[h, w, 4]`` with its top left corner at ``(x, y)``.

    ``x``, ``y``, ``h`` and ``w`` are even, so that chroma planes line up. The same object means the same pixels: a
    changed overlay is a new object.
    """

    x: int
    y: int
    bgra: NDArray[np.uint8]

    @property
    def rect(self) -> Rect:
        """The box it covers."""
        return self.x, self.y, self.x + self.bgra.shape[1], self.y + self.bgra.shape[0]
