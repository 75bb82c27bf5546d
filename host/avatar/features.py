"""Mouth, eyes and brows: a shape between the cells of the atlas, with what moves behind it.

Mouth and eye are both an opening: a base that shows through it, something that moves in it (teeth and tongue, the
iris), and lips or lids over it. Neighbouring cells lie so close that blending them shows no double edge. Parameters
are quantised finer than the eye can see, so that the same shape is the same object.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from itertools import product
from typing import Any, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from host.avatar.bundle import BrowCells, EyeCells, Manifest
from host.avatar.planes import Ink, Layer, Memo, Pixels, channels, pixels_of, warp, yuv_of
from host.avatar.pose import Brows, Eyes, Mouth
from host.avatar.raster import Atlas

_MOUTH_STEPS = (48, 8, 6, 6, 4, 4, 4, 6, 4)
"""Steps of each number of a `Mouth`, in order: an aperture step is less than a pixel of the lips."""
_MOUTHS = 512
"""Mouths kept, 50 kB each: a show comes back to its words, and every other mouth is one of these."""

Weighted = list[tuple[float, tuple[int, ...]]]
Spot = tuple[Ink, int, int]
"""Ink with its place on the picture."""


def clamp(value: float, low: float = 0.0, high: float = 1.0) -> float:
    """``value``, kept between two bounds; what is not a number counts as 0."""
    return max(low, min(high, value if value == value else 0.0))


def corners(axes: Sequence[Sequence[float]], point: Sequence[float]) -> Weighted:
    """The grid cells around a point and their weights (multilinear); outside the grid its edge counts."""
    sides: list[list[tuple[float, int]]] = []
    for axis, value in zip(axes, point, strict=True):
        i = min(max(bisect_right(axis, value) - 1, 0), max(len(axis) - 2, 0))
        if len(axis) == 1:
            sides.append([(1.0, 0)])
            continue
        part = clamp((value - axis[i]) / (axis[i + 1] - axis[i]))
        sides.append([(weight, j) for weight, j in ((1 - part, i), (part, i + 1)) if weight > 0.004])
    out: Weighted = []
    for combination in product(*sides):
        weight = 1.0
        for side in combination:
            weight *= side[0]
        out.append((weight, tuple(side[1] for side in combination)))
    return out


def blend(parts: Sequence[tuple[float, Pixels]]) -> Pixels:
    """The weighted mean of pictures of one size."""
    total = sum(weight for weight, _ in parts)
    if len(parts) == 1:
        return parts[0][1].copy()
    sums: Any = None
    for (a, first), (b, second) in zip(parts[::2], [*parts[1::2], (0.0, parts[0][1])], strict=False):
        pair = cv2.addWeighted(first, a / total, second, b / total, 0, dtype=cv2.CV_32F)
        sums = pair if sums is None else cv2.add(sums, pair)
    return pixels_of(cv2.convertScaleAbs(sums))


class MouthPainter:
    """Draws a `Mouth`."""

    def __init__(self, manifest: Manifest, atlas: Atlas) -> None:
        spec = self._spec = manifest.mouth
        self._scale = scale = manifest.place.scale
        axis = (spec.anchor[0] - spec.box[0]) * scale
        sheets = [(spec.base, spec.over), (spec.pressed.base, spec.pressed.over), (spec.bitten.base, spec.bitten.over)]
        cells = [atlas.cells[name] for pair in sheets for name in pair]
        box = stretched(inked(cells), axis, 1 + spec.stretch, cells[0].shape[-2])
        self._cells, pressed, self._bitten = (_both(atlas, *pair, box) for pair in sheets)
        self._pressed = np.concatenate([self._cells[:1], pressed])
        self._at = (
            round(spec.box[0] * scale) + manifest.place.x + box[0],
            round(spec.box[1] * scale) + manifest.place.y + box[1],
        )
        self._axis = axis - box[0]
        self._colours = {
            "tooth": yuv_of(spec.teeth.colour),
            "root": yuv_of(spec.teeth.shade),
            "lower": yuv_of(spec.teeth.lower),
            "tongue": yuv_of(spec.tongue.colour),
            "light": yuv_of(spec.tongue.light),
            "groove": yuv_of(spec.tongue.groove),
        }
        self._memo: Memo[Ink] = Memo(_MOUTHS)

    def spot(self, mouth: Mouth) -> Spot:
        """The mouth, ready to be laid over the head."""
        values = (
            clamp(mouth.aperture),
            clamp(mouth.width, -1, 1),
            clamp(mouth.round),
            clamp(mouth.smile),
            clamp(mouth.press),
            clamp(mouth.teeth_upper),
            clamp(mouth.teeth_lower),
            clamp(mouth.tongue),
            clamp(mouth.lip_bite),
        )
        key = tuple(round(value * step) for value, step in zip(values, _MOUTH_STEPS, strict=True))
        return self._memo.get(key, lambda: self._paint(key)), *self._at

    def _paint(self, key: tuple[int, ...]) -> Ink:
        mouth = Mouth(*(value / step for value, step in zip(key, _MOUTH_STEPS, strict=True)))
        aperture = mouth.aperture * (1 - self._spec.flatten * max(0.0, mouth.width))
        both = blend(self._parts(mouth, aperture))
        if mouth.width:
            stretch = 1 + self._spec.stretch * mouth.width
            matrix = np.array([[stretch, 0, self._axis * (1 - stretch)], [0, 1, 0]], np.float64)
            both = warp(both, matrix, (both.shape[1], both.shape[0]))
        base, over = both[: len(both) // 2], both[len(both) // 2 :]
        self._fill(base, mouth)
        ink = Ink.of(over)
        cv2.multiply(base, ink.rest, dst=base, scale=1 / 255)
        return Ink.of(pixels_of(cv2.add(base, over)))

    def _parts(self, mouth: Mouth, aperture: float) -> list[tuple[float, Pixels]]:
        """Cells and their weights."""
        spec = self._spec
        press = clamp(1 - aperture / 0.1) * clamp(mouth.press * 2)
        picked: list[tuple[float, Pixels, Weighted]] = []
        free = (1 - mouth.lip_bite) * (1 - press)
        if free:
            around = corners((spec.aperture, spec.round, spec.smile), (aperture, mouth.round, mouth.smile))
            picked.append((free, self._cells, around))
        if press * (1 - mouth.lip_bite):
            axes = ([0.0, *spec.pressed.press], spec.round, spec.smile)
            around = corners(axes, (mouth.press, mouth.round, mouth.smile))
            picked.append((press * (1 - mouth.lip_bite), self._pressed, around))
        if mouth.lip_bite:
            around = corners((spec.bitten.aperture, spec.smile), (aperture, mouth.smile))
            picked.append((mouth.lip_bite, self._bitten, around))
        return [(share * weight, cells[index]) for share, cells, around in picked for weight, index in around]

    def _fill(self, base: Pixels, mouth: Mouth) -> None:
        """Paint tongue and teeth into the opening, whose own edges say where they hang."""
        alpha = channels(base)[3]
        columns = np.flatnonzero(cv2.reduce(alpha, 0, cv2.REDUCE_MAX)[0] > 127)
        if len(columns) < 6:
            return
        left, right = int(columns[0]), int(columns[-1]) + 1
        rows = np.flatnonzero(cv2.reduce(alpha[:, left:right], 1, cv2.REDUCE_MAX)[:, 0])
        canvas = _Opening(base[int(rows[0]) : int(rows[-1]) + 1, left:right], self._scale)
        canvas.tongue(mouth, self._colours)
        canvas.upper_teeth(mouth, self._colours, self._spec.teeth.upper_length)
        canvas.lower_teeth(mouth, self._colours, self._spec.teeth.lower_length)
        canvas.tip(mouth, self._colours)
        canvas.finish()


class _Opening:
    """The inside of a mouth as float planes Y, U, V ``[3, h, w]``, with the curve of its upper edge.

    A mouth is painted for nearly every picture, and so small that the calls count, not the pixels.
    """

    def __init__(self, pixels: Pixels, scale: float) -> None:
        self._pixels, self.scale = pixels, scale
        planes = pixels.transpose(2, 0, 1).astype(np.float32, order="C")
        self.area, self.alpha = planes[:3], planes[3] / np.float32(255)
        height, width = self.alpha.shape
        above = np.argmax(self.alpha > 0.5, axis=0)
        edge = above + (np.float32(0.5) - self.alpha[np.maximum(above - 1, 0), np.arange(width)])
        self.edge = cast(NDArray[np.float32], cv2.blur(edge[None], (7, 1), borderType=cv2.BORDER_REPLICATE)[0])
        self.rows = np.arange(height, dtype=np.float32)[:, None] + np.float32(0.5)
        self.half = width / 2
        self.columns = (np.arange(width, dtype=np.float32)[None] + np.float32(0.5)) - np.float32(self.half)
        self.across = self.columns / np.float32(self.half)
        self.open = float(self.alpha[:, width // 2 - 1 : width // 2 + 1].sum()) / 2
        self.top = float(self.edge[width // 2])
        self.low = self.top + self.open

    def finish(self) -> None:
        """Put the pixels back where they came from."""
        painted = np.rint(_bounded(self.area, 255))
        self._pixels[..., :3] = painted.transpose(1, 2, 0)

    def _cover(self, colour: NDArray[np.float32], coverage: NDArray[np.float32]) -> None:
        self.area *= 1 - coverage
        self.area += (coverage * self.alpha) * colour[:, None, None]

    def _oval(self, x: float, y: float, rx: float, ry: float) -> NDArray[np.float32]:
        """Coverage of an ellipse, its edge one pixel soft."""
        rx, ry = max(rx, 0.5), max(ry, 0.5)
        distance = np.sqrt(np.square((self.columns - x) / rx) + np.square((self.rows - y) / ry))
        return _bounded((1 - distance) * min(rx, ry) + 0.5)

    def tongue(self, mouth: Mouth, colours: dict[str, NDArray[np.float32]]) -> None:
        """The back of the tongue, rising from the floor."""
        strength = clamp(max(mouth.tongue / 0.05, (mouth.aperture - 0.25) / 0.05))
        if not strength:
            return
        at = self.low - 1.5 * self.scale - mouth.tongue * self.open * 0.58
        thick = self.open * 0.62 + 6 * self.scale
        wide = self.half * (0.64 - 0.06 * mouth.round)
        self._cover(colours["tongue"], self._oval(0, at + thick * 0.62, wide, thick * 0.62) * strength)
        light = self._oval(0, at + thick * 0.30, self.half * 0.40, thick * 0.22) * (0.55 * strength)
        self._cover(colours["light"], light)
        groove = clamp((0.9 - mouth.tongue) / 0.2) * 0.5 * strength
        if groove:
            line = _bounded(1.1 - np.abs(self.columns) / (0.7 * self.scale)) * _bounded(self.rows - (at + 2.5))
            self._cover(colours["groove"], line * groove)

    def upper_teeth(self, mouth: Mouth, colours: dict[str, NDArray[np.float32]], length: float) -> None:
        """One band that hangs from the upper lip, shaded towards its root."""
        if mouth.teeth_upper < 0.03:
            return
        drop = min(length * self.scale, self.open * 0.62 + 1.5 * mouth.lip_bite * self.scale) * mouth.teeth_upper
        reach = np.abs(self.across[0]) / np.float32(0.94)
        hang = 1 - np.float32(0.30) * np.minimum(reach, 1.2) ** np.float32(2.4)
        end = 0.35 * self.edge + (0.65 * self.top + drop * hang)
        coverage = _bounded((end + 0.5)[None] - self.rows) * _bounded((1 - reach) * self.half + 0.5)[None]
        first = min(float(self.edge.min()), self.top) - 3 * self.scale
        fall = _bounded((self.rows - first) / (0.55 * max(1.0, float(end.max()) - first)))
        # barely parted lips keep their dark seam: a hairline of teeth would read as an open mouth
        coverage *= clamp((self.open / self.scale - 1.2) / 1.6)
        root, tooth = colours["root"][:, None, None], colours["tooth"][:, None, None]
        self.area *= 1 - coverage
        self.area += (coverage * self.alpha) * (root + fall * (tooth - root))

    def lower_teeth(self, mouth: Mouth, colours: dict[str, NDArray[np.float32]], length: float) -> None:
        """The edge of the lower row."""
        if mouth.teeth_lower < 0.03:
            return
        lift = min(length * self.scale, self.open * 0.50) * mouth.teeth_lower
        reach = np.abs(self.across[0]) / np.float32(0.86)
        start = self.low - lift * (1 - np.float32(0.5) * np.square(reach))
        coverage = _bounded(self.rows - (start - 0.5)[None]) * _bounded((1 - reach) * self.half + 0.5)[None]
        self._cover(colours["lower"], coverage)

    def tip(self, mouth: Mouth, colours: dict[str, NDArray[np.float32]]) -> None:
        """The tip of the tongue between the teeth: it grows out of the floor, so that it never pops."""
        tip = clamp((mouth.tongue - 0.76) / 0.16)
        if not tip:
            return
        at = self.top + self.open * (1 - 0.30 * tip)
        body = self._oval(0, at, self.half * (0.34 + 0.12 * tip), self.open * 0.30)
        self._cover(colours["tongue"], body * clamp(tip * 4))
        light = self._oval(0, at - self.open * 0.04, self.half * 0.28, self.open * 0.12)
        self._cover(colours["light"], light * (0.7 * tip))


def _bounded(values: NDArray[np.float32], high: float = 1.0) -> NDArray[np.float32]:
    """``values`` kept between 0 and ``high``, in place."""
    np.maximum(values, 0, out=values)
    return np.minimum(values, high, out=values)


class EyePainter:
    """Draws one eye; the cells are those of the right one."""

    def __init__(self, manifest: Manifest, atlas: Atlas, side: str) -> None:
        spec: EyeCells = manifest.eyes
        self._spec, self._scale, self._left = spec, manifest.place.scale, side == "left"
        base, over = _sided(atlas.cells[spec.base], side), _sided(atlas.cells[spec.over], side)
        ink = inked([base, over])
        self._base, self._over = cut(base, ink), cut(over, ink)
        box = _mirrored(spec.box, manifest.canvas[0]) if self._left else spec.box
        self._at = (
            round(box[0] * self._scale) + manifest.place.x + ink[0],
            round(box[1] * self._scale) + manifest.place.y + ink[1],
        )
        other = (manifest.canvas[0] - 2 * spec.iris_at[0]) * self._scale if self._left else 0.0
        self._iris = self._relative(atlas.layers[spec.iris], other)
        self._glint = self._relative(atlas.layers[spec.glint], other)
        self._memo: Memo[Ink] = Memo(32)

    def _relative(self, layer: Layer, shift: float) -> tuple[Pixels, float, float]:
        return layer.pixels, layer.x + shift - self._at[0], layer.y - self._at[1]

    def spot(self, eyes: Eyes) -> Spot:
        """The eye, ready to be laid over the head."""
        above, below = self._spec.lid_follow
        y = clamp(eyes.gaze_y, -1, 1)
        lid = (eyes.left if self._left else eyes.right) * (1 - below * max(0.0, y) - above * min(0.0, y))
        key = (
            round(clamp(lid, 0, 1.2) * 64),
            round(clamp(eyes.squint) * 16),
            round(clamp(eyes.gaze_x, -1, 1) * 24),
            round(y * 20),
        )
        return self._memo.get(key, lambda: self._paint(*key)), *self._at

    def _paint(self, lid: int, squint: int, x: int, y: int) -> Ink:
        around = corners((self._spec.open, self._spec.squint), (lid / 64, squint / 16))
        base = blend([(weight, self._base[index]) for weight, index in around])
        over = Ink.of(blend([(weight, self._over[index]) for weight, index in around]))
        hole = cv2.extractChannel(base, 3)
        white = cv2.merge([hole, hole, hole, hole])
        travels = (self._spec.travel, self._spec.glint_travel)
        for (pixels, left, top), travel in zip((self._iris, self._glint), travels, strict=True):
            dx = left + x / 24 * travel[0] * self._scale
            dy = top + y / 20 * travel[1] * self._scale
            matrix = np.array([[1, 0, dx], [0, 1, dy]], np.float64)
            ink = Ink.of(warp(pixels, matrix, (base.shape[1], base.shape[0])))
            cv2.multiply(base, ink.rest, dst=base, scale=1 / 255)
            cv2.add(base, cv2.multiply(ink.pixels, white, scale=1 / 255), dst=base)
        cv2.multiply(base, over.rest, dst=base, scale=1 / 255)
        return Ink.of(pixels_of(cv2.add(base, over.pixels)))


class BrowPainter:
    """Draws one brow; the cells are those of the right one."""

    def __init__(self, manifest: Manifest, atlas: Atlas, side: str) -> None:
        spec: BrowCells = manifest.brows
        self._spec = spec
        cells = _sided(atlas.cells[spec.cells], side)
        ink = inked([cells])
        self._cells = cut(cells, ink)
        box = _mirrored(spec.box, manifest.canvas[0]) if side == "left" else spec.box
        scale = manifest.place.scale
        self._at = (
            round(box[0] * scale) + manifest.place.x + ink[0],
            round(box[1] * scale) + manifest.place.y + ink[1],
        )
        self._memo: Memo[Ink] = Memo(32)

    def spot(self, brows: Brows) -> Spot:
        """The brow, ready to be laid over the head."""
        key = (
            round(clamp(brows.rise, -1, 1) * 40),
            round(clamp(brows.furrow) * 16),
            round(clamp(brows.tilt, -1, 1) * 16),
        )
        return self._memo.get(key, lambda: self._paint(*key)), *self._at

    def _paint(self, rise: int, furrow: int, tilt: int) -> Ink:
        around = corners((self._spec.rise, self._spec.furrow, self._spec.tilt), (rise / 40, furrow / 16, tilt / 16))
        return Ink.of(blend([(weight, self._cells[index]) for weight, index in around]))


Box = tuple[int, int, int, int]
"""Left, top, right, bottom within a cell."""


def inked(sheets: Sequence[Pixels]) -> Box:
    """Where any cell of these sheets ``[..., h, w, 4]`` has something to show: most of a cell's box never has."""
    ink = np.logical_or.reduce([sheet[..., 3].reshape(-1, *sheet.shape[-3:-1]).any(axis=0) for sheet in sheets])
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not len(rows):
        return 0, 0, ink.shape[1], ink.shape[0]
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def stretched(box: Box, axis: float, by: float, width: int) -> Box:
    """A box grown sideways from an axis, within a cell ``width`` pixels wide."""
    left, right = axis - (axis - box[0]) * by - 1, axis + (box[2] - axis) * by + 1
    return max(0, min(box[0], math.floor(left))), box[1], min(width, max(box[2], math.ceil(right))), box[3]


def cut(cells: Pixels, box: Box) -> Pixels:
    """That part of every cell."""
    left, top, right, bottom = box
    return np.ascontiguousarray(cells[..., top:bottom, left:right, :])


def _both(atlas: Atlas, base: str, over: str, box: Box) -> Pixels:
    """That part of the cells of two layers as one, the base above the other, so that both are blended at once."""
    return np.concatenate([cut(atlas.cells[base], box), cut(atlas.cells[over], box)], axis=-3)


def _sided(cells: Pixels, side: str) -> Pixels:
    """The cells of a side: left ones are mirrored."""
    return np.ascontiguousarray(cells[..., ::-1, :]) if side == "left" else cells


def _mirrored(box: tuple[int, int, int, int], width: int) -> tuple[int, int, int, int]:
    return width - box[0] - box[2], box[1], box[2], box[3]
