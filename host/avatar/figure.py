"""The figure below the head: breathing, leaning, and the body drawn into the set once for every phase of both."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from host.avatar.boxes import Rect, intersect
from host.avatar.bundle import Manifest
from host.avatar.compositor import Sprite
from host.avatar.planes import Ink, Layer, Matrix, Memo, Pixels, after, lay, planes, rotation, warp
from host.avatar.pose import Pose, clamp

_LEAN_STEPS = 16
"""Steps to a degree: a shoulder moves a pixel from one to the next."""
_BREATH_STEPS = 6
"""Steps of a breath: it lifts a shoulder by some 5 px in all."""


@dataclass(frozen=True, slots=True)
class Phase:
    """Lean and breath, quantised: bodies and arms are kept by it."""

    lean: int
    breath: int


class Figure:
    """Where lean and breath take a point of the resting picture."""

    def __init__(self, manifest: Manifest) -> None:
        place = manifest.place
        self._limit = manifest.body.lean
        self._pivot = tuple(manifest.body.pivot[i] * place.scale + (place.x, place.y)[i] for i in (0, 1))
        breath = manifest.body.breath
        self._stretch, self._ground = breath.scale, breath.base[1] * place.scale + place.y

    def phase(self, pose: Pose) -> Phase:
        """The nearest phase."""
        lean = clamp(pose.sway, -self._limit, self._limit)
        return Phase(round(lean * _LEAN_STEPS), round(clamp(pose.breath) * _BREATH_STEPS))

    def at(self, phase: Phase) -> Matrix:
        """The map of a phase."""
        return self.matrix(phase.lean / _LEAN_STEPS, phase.breath / _BREATH_STEPS)

    def smooth(self, pose: Pose) -> Matrix:
        """The map of the very pose, not of its phase: what the head rides on."""
        lean = clamp(pose.sway, -self._limit, self._limit)
        return self.matrix(lean, clamp(pose.breath))

    def matrix(self, lean: float, breath: float) -> Matrix:
        """Stretch upwards from the ground, then lean about the pivot."""
        k = 1 + self._stretch * breath
        stretch = np.array([[1, 0, 0], [0, k, self._ground * (1 - k)]], np.float64)
        return after(rotation(lean, *self._pivot), stretch)


class BodyPainter:
    """A body and the set behind it, one opaque sprite a phase.

    ``layers`` make the body, back to front, and ``kept`` phases are remembered, each some 0.6 MB.
    """

    def __init__(self, manifest: Manifest, layers: list[Layer], figure: Figure, background: Pixels, kept: int) -> None:
        self._figure, self._background = figure, background
        self._body = merged(layers)
        self._box = self._reach(manifest.body.lean)
        self._memo: Memo[Sprite] = Memo(kept)

    def sprite(self, phase: Phase) -> Sprite:
        """The body in a phase."""
        return self._memo.get(phase, lambda: self._paint(phase))

    def _reach(self, lean: float) -> Rect:
        """The even box that holds the body in every phase, within the frame."""
        left, top, right, bottom = self._body.box
        points = np.array([[x, y, 1] for x in (left, right) for y in (top, bottom)], np.float64)
        moved = np.vstack([points @ self._figure.matrix(a, b).T for a in (-lean, 0, lean) for b in (0, 1)])
        low, high = np.floor(moved.min(0)).astype(int), np.ceil(moved.max(0)).astype(int)
        height, width = planes(self._background)[0].shape
        even = (int(low[0]) & ~1, int(low[1]) & ~1, (int(high[0]) + 1) & ~1, (int(high[1]) + 1) & ~1)
        return intersect(even, (0, 0, width, height))

    def _paint(self, phase: Phase) -> Sprite:
        left, top, right, bottom = self._box
        matrix = moved(self._figure.at(phase), (self._body.x, self._body.y), (left, top))
        pixels = warp(self._body.pixels, matrix, (right - left, bottom - top))
        out = Sprite.opaque(self._background, self._box)
        own = Sprite.of(pixels, 0, 0)
        own.blend((out.luma, out.u, out.v), (0, 0, right - left, bottom - top))
        return out


def merged(layers: list[Layer]) -> Layer:
    """Layers laid over each other, back to front."""
    left, top = min(layer.box[0] for layer in layers), min(layer.box[1] for layer in layers)
    right, bottom = max(layer.box[2] for layer in layers), max(layer.box[3] for layer in layers)
    pixels = np.zeros((bottom - top, right - left, 4), np.uint8)
    for layer in layers:
        lay(pixels, Ink.of(layer.pixels), layer.x - left, layer.y - top)
    return Layer(left, top, pixels)


def moved(matrix: Matrix, source: tuple[int, int], target: tuple[int, int]) -> Matrix:
    """A map between picture points as one between the pixels of two crops with these top left corners."""
    (a, b, c), (d, e, f) = matrix.tolist()
    x, y = source
    return np.array([[a, b, a * x + b * y + c - target[0]], [d, e, d * x + e * y + f - target[1]]], np.float64)


def extent(matrix: Matrix, box: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    """The whole-pixel box that holds ``box`` after the map."""
    (a, b, c), (d, e, f) = matrix.tolist()
    xs = [a * x + b * y + c for x in (box[0], box[2]) for y in (box[1], box[3])]
    ys = [d * x + e * y + f for x in (box[0], box[2]) for y in (box[1], box[3])]
    return math.floor(min(xs)) - 1, math.floor(min(ys)) - 1, math.ceil(max(xs)) + 1, math.ceil(max(ys)) + 1
