"""Arms: held gestures, and the way from one gesture to another.

Between two gestures the elbow slides and the forearm turns from one line to the other; half-way the old forearm and
hand are exchanged for the new ones, while the hand is squashed across its axis like a palm turning over, so nobody sees
the cut. Sleeves fade into each other before they are laid over the body: two half-transparent ones would let the shirt
through. Fast frames average a few moments, as a shutter would.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeVar, cast

import cv2
import numpy as np

from host.avatar.bundle import ARM_PARTS, SIDES, Bundle, Gesture
from host.avatar.compositor import Sprite
from host.avatar.figure import Figure, Phase, extent, merged, moved
from host.avatar.planes import Ink, Layer, Matrix, Memo, Pixels, after, lay, pixels_of, rotation, warp
from host.avatar.pose import Arm, clamp
from host.avatar.raster import Atlas, arm_layers

_FRAMES = 12
"""A change of gesture takes about so many frames; the speed of a pose follows from it."""
_FLIP, _SQUASH = 0.17, 0.58
_SLEEVES = (0.38, 0.62)
_MAX_LAG = 16.0
_SMEAR_FROM = 6.0
"""Degrees a frame above which a movement smears."""
_SHUTTER = 0.3
"""Of a frame."""
_MOMENT = 2.2
"""Degrees between the moments that are averaged: closer than the eye tells apart."""
_SWINGS, _HANDS = 4, 2
"""Steps to a degree of a held arm: less than a pixel at the fingertips."""
_STEPS = 160
"""Positions kept between two gestures."""
_KEPT = 64
"""Arms remembered, each in a phase of the body: those of a few seconds of gestures."""

P = TypeVar("P")


@dataclass(frozen=True, slots=True)
class _Joints:
    """An arm's joints on the picture."""

    shoulder: tuple[float, float]
    elbow: tuple[float, float]
    wrist: tuple[float, float]
    over: bool

    @property
    def angle(self) -> float:
        """Direction of the forearm, degrees clockwise from the right."""
        return math.degrees(math.atan2(self.wrist[1] - self.elbow[1], self.wrist[0] - self.elbow[0]))

    @property
    def length(self) -> float:
        return math.dist(self.elbow, self.wrist)


class ArmPainter:
    """Draws both arms of a pose."""

    def __init__(self, bundle: Bundle, atlas: Atlas, figure: Figure) -> None:
        self._bundle, self._figure = bundle, figure
        self._parts = arm_layers(bundle, atlas)
        self._joints: dict[tuple[str, str], _Joints] = {
            (side, name): self._place(side, gesture)
            for side in SIDES
            for name, gesture in bundle.manifest.arms.gestures.items()
        }
        self._held = {
            held: merged(self._stacked(*held, *(self._parts[held][part] for part in ARM_PARTS)))
            for held in self._joints
        }
        self._memo: Memo[Sprite] = Memo(_KEPT)

    @property
    def at_rest(self) -> list[Layer]:
        """Both arms in the rest pose, back to front."""
        return [self._held[side, self._bundle.manifest.arms.rest] for side in SIDES]

    def rests(self, side: str, arm: Arm) -> bool:
        """Whether an arm is drawn as in `at_rest`."""
        source, target, _, swing, hand = self._quantised(side, arm)
        return source == target == self._bundle.manifest.arms.rest and not (swing or hand)

    def sprite(self, side: str, arm: Arm, phase: Phase) -> Sprite:
        """An arm in a phase of the body."""
        source, target, t, swing, hand = self._quantised(side, arm)
        key = (side, source, target, t, swing, hand, phase)
        painted = (side, source, target, t / _STEPS, swing / _SWINGS, hand / _HANDS, phase)
        return self._memo.get(key, lambda: self._paint(*painted))

    def _quantised(self, side: str, arm: Arm) -> tuple[str, str, int, int, int]:
        """Source, target, and the steps of way, swing and hand; a gesture that is held is its own source."""
        rest = self._bundle.manifest.arms.rest
        source, target = (name if (side, name) in self._joints else rest for name in (arm.source, arm.target))
        t = round(clamp(arm.t, -0.15, 1.15) * _STEPS)
        if t == 0:
            target = source
        if source == target:
            t = _STEPS
        if t == _STEPS:
            source = target
        return source, target, t, round(clamp(arm.swing, -45, 45) * _SWINGS), round(clamp(arm.hand, -60, 60) * _HANDS)

    def _stacked(self, side: str, name: str, upper: P, fore: P, hand: P) -> list[P]:
        """The parts of an arm, back to front."""
        order = [fore, hand] if self._bundle.manifest.arms.hand_over else [hand, fore]
        return [upper, *order] if self._joints[side, name].over else [*order, upper]

    def _place(self, side: str, gesture: Gesture) -> _Joints:
        manifest = self._bundle.manifest
        scale, place = manifest.place.scale, manifest.place

        def at(point: tuple[float, float]) -> tuple[float, float]:
            x = point[0] if side == "left" else manifest.canvas[0] - point[0]
            return x * scale + place.x, point[1] * scale + place.y

        return _Joints(at(manifest.arms.shoulder), at(gesture.elbow), at(gesture.wrist), gesture.over)

    def _paint(self, side: str, source: str, target: str, t: float, swing: float, hand: float, phase: Phase) -> Sprite:
        speed = 0.0
        if t != 1:
            turn = shortest(self._joints[side, source].angle, self._joints[side, target].angle)
            speed = turn * _pace(t) / _FRAMES
        count = min(5, 1 + math.ceil(abs(speed) * _SHUTTER / _MOMENT)) if abs(speed) > _SMEAR_FROM else 1
        shutter = _pace(t) / _FRAMES * _SHUTTER
        moments = [t + shutter * (i / (count - 1) - 0.5) for i in range(count)] if count > 1 else [t]
        sets = [self._pieces(side, source, target, moment, swing, hand, speed, phase) for moment in moments]
        boxes = [extent(matrix, layer.box) for pieces in sets for layer, matrix in pieces]
        left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
        size = (max(box[2] for box in boxes) - left, max(box[3] for box in boxes) - top)
        sheets = [_sheet(pieces, (left, top), size) for pieces in sets]
        if len(sheets) == 1:
            return Sprite.of(sheets[0], left, top)
        total = np.zeros(sheets[0].shape, np.float32)
        for sheet in sheets:
            cv2.accumulate(sheet, total)
        return Sprite.of(pixels_of(cv2.convertScaleAbs(total, alpha=1 / count)), left, top)

    def _pieces(
        self, side: str, source: str, target: str, t: float, swing: float, hand: float, speed: float, phase: Phase
    ) -> list[tuple[Layer, Matrix]]:
        """Drawings and their maps, back to front."""
        sign = 1 if side == "left" else -1
        figure = self._figure.at(phase)
        if source == target and not (swing or hand):
            return [(self._held[side, target], figure)]
        a, b = self._joints[side, source], self._joints[side, target]
        old = t < 0.5
        own, name = (a, source) if old else (b, target)
        turn = shortest(a.angle, b.angle)
        spec = self._bundle.manifest.arms
        out = self._outward(sign, a.angle + turn * t, turn, t)
        tuck = sign * spec.tuck * self._bundle.manifest.place.scale * out
        elbow = (a.elbow[0] + (b.elbow[0] - a.elbow[0]) * t + tuck, a.elbow[1] + (b.elbow[1] - a.elbow[1]) * t)
        turned = (turn * t if old else turn * (t - 1)) + sign * swing
        reach = (a.length + (b.length - a.length) * t) / own.length * (1 - spec.foreshorten * out)
        fore = after(shift(elbow[0] - own.elbow[0], elbow[1] - own.elbow[1]), rotation(turned, *own.elbow))
        # along its own axis the forearm grows into the other's length
        fore_long = after(fore, stretch(own.elbow, own.angle, clamp(reach, 0.4, 1.4), 1.0))
        wrist = cast(Matrix, fore_long @ np.array([*own.wrist, 1.0]))
        lag = clamp(-speed * spec.hand_lag, -_MAX_LAG, _MAX_LAG)
        squash = 1 - (1 - _SQUASH) * clamp(1 - abs(t - 0.5) / _FLIP) if source != target else 1.0
        flat = stretch(own.wrist, own.angle, 1.0, squash)
        palm = after(rotation(turned + sign * hand + lag, *own.wrist), flat)
        palm = after(shift(wrist[0] - own.wrist[0], wrist[1] - own.wrist[1]), palm)
        parts = self._parts[side, name]
        upper = self._sleeve(side, source, target, t, elbow)
        pieces = self._stacked(side, name, upper, (parts["fore"], fore_long), (parts["hand"], palm))
        return [(layer, after(figure, matrix)) for layer, matrix in pieces]

    @staticmethod
    def _outward(sign: int, angle: float, turn: float, t: float) -> float:
        """How far a swinging forearm points away from the body, 0..1; nothing at either end of the way."""
        swing = abs(turn) / 180 * min(1.0, 2.2 * math.sin(math.pi * clamp(t)))
        return float(swing * max(0.0, -sign * math.cos(math.radians(angle))))

    def _sleeve(
        self, side: str, source: str, target: str, t: float, elbow: tuple[float, float]
    ) -> tuple[Layer, Matrix]:
        """The upper arm, turned about the shoulder so that it ends in the elbow."""

        def aimed(name: str) -> tuple[Layer, Matrix]:
            joints = self._joints[side, name]
            was = math.atan2(joints.elbow[1] - joints.shoulder[1], joints.elbow[0] - joints.shoulder[0])
            now = math.atan2(elbow[1] - joints.shoulder[1], elbow[0] - joints.shoulder[0])
            grown = math.dist(elbow, joints.shoulder) / math.dist(joints.elbow, joints.shoulder)
            along = stretch(joints.shoulder, math.degrees(was), grown, 1.0)
            return self._parts[side, name]["upper"], after(rotation(math.degrees(now - was), *joints.shoulder), along)

        part = clamp((t - _SLEEVES[0]) / (_SLEEVES[1] - _SLEEVES[0]))
        if source == target or part >= 1:
            return aimed(target)
        if part <= 0:
            return aimed(source)
        both = [aimed(source), aimed(target)]
        boxes = [extent(matrix, layer.box) for layer, matrix in both]
        left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
        size = (max(box[2] for box in boxes) - left, max(box[3] for box in boxes) - top)
        first, second = (
            warp(layer.pixels, moved(matrix, (layer.x, layer.y), (left, top)), size) for layer, matrix in both
        )
        mixed = cast(Pixels, cv2.addWeighted(first, 1 - part, second, part, 0))
        return Layer(left, top, mixed), shift(0, 0)


def _sheet(pieces: list[tuple[Layer, Matrix]], at: tuple[int, int], size: tuple[int, int]) -> Pixels:
    """The pieces laid over each other on one transparent sheet."""
    sheet = np.zeros((size[1], size[0], 4), np.uint8)
    for i, (layer, matrix) in enumerate(pieces):
        left, top, right, bottom = extent(matrix, layer.box)
        pixels = warp(layer.pixels, moved(matrix, (layer.x, layer.y), (left, top)), (right - left, bottom - top))
        if i:
            lay(sheet, Ink.of(pixels), left - at[0], top - at[1])
        else:
            sheet[top - at[1] : bottom - at[1], left - at[0] : right - at[0]] = pixels
    return sheet


def _pace(t: float) -> float:
    """Speed on a minimum-jerk path at the point ``t`` of its way, in ways per duration (1.875 at the middle)."""
    return 1.875 * math.pow(4 * clamp(t) * (1 - clamp(t)), 0.67)


def shortest(a: float, b: float) -> float:
    """The turn from one direction to another, -180..180 degrees."""
    return (b - a + 180) % 360 - 180


def shift(x: float, y: float) -> Matrix:
    """A translation."""
    return np.array([[1, 0, x], [0, 1, y]], np.float64)


def stretch(point: tuple[float, float], degrees: float, along: float, across: float) -> Matrix:
    """Scale by ``along`` in a direction and by ``across`` at right angles to it, about a point."""
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    xx, xy, yy = along * c * c + across * s * s, (along - across) * c * s, along * s * s + across * c * c
    x, y = point
    return np.array([[xx, xy, x - xx * x - xy * y], [xy, yy, y - xy * x - yy * y]], np.float64)
