"""Eyes and brows: a shape between the cells of the atlas, with the iris that moves behind the lids.

Parameters are quantised finer than the eye can see, so that the same shape is the same object.
"""

from __future__ import annotations

import cv2
import numpy as np

from host.avatar.bundle import BrowCells, EyeCells, Manifest
from host.avatar.cells import Spot, blend, corners, cut, inked, mirrored, placed, sided
from host.avatar.planes import Ink, Layer, Memo, Pixels, pixels_of, warp
from host.avatar.pose import Brows, Eyes, clamp
from host.avatar.raster import Atlas


class EyePainter:
    """Draws one eye; the cells are those of the right one."""

    def __init__(self, manifest: Manifest, atlas: Atlas, side: str) -> None:
        spec: EyeCells = manifest.eyes
        self._spec, self._scale, self._left = spec, manifest.place.scale, side == "left"
        base, over = sided(atlas.cells[spec.base], side), sided(atlas.cells[spec.over], side)
        ink = inked([base, over])
        self._base, self._over = cut(base, ink), cut(over, ink)
        box = mirrored(spec.box, manifest.canvas[0]) if self._left else spec.box
        self._at = placed(manifest, box, ink)
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
        cells = sided(atlas.cells[spec.cells], side)
        ink = inked([cells])
        self._cells = cut(cells, ink)
        box = mirrored(spec.box, manifest.canvas[0]) if side == "left" else spec.box
        self._at = placed(manifest, box, ink)
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
