"""Cells of the atlas: drawings of one thing in a grid of shapes, cut to their ink and blended between.

Neighbouring cells lie so close that blending them shows no double edge.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from itertools import product
from typing import Any

import cv2
import numpy as np

from host.avatar.bundle import Manifest
from host.avatar.planes import Ink, Pixels, pixels_of
from host.avatar.pose import clamp
from host.avatar.raster import Atlas

Weighted = list[tuple[float, tuple[int, ...]]]
"""Cells of a grid and their weights."""
Spot = tuple[Ink, int, int]
"""Ink with its place on the picture."""
Box = tuple[int, int, int, int]
"""Left, top, right, bottom within a cell."""


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


def placed(manifest: Manifest, corner: Sequence[float], ink: Box) -> tuple[int, int]:
    """Where on the picture the ink of cells lies whose box has its top left corner there on the drawing."""
    place = manifest.place
    return round(corner[0] * place.scale) + place.x + ink[0], round(corner[1] * place.scale) + place.y + ink[1]


def paired(atlas: Atlas, base: str, over: str, box: Box) -> Pixels:
    """That part of the cells of two layers as one, the base above the other, so that both are blended at once."""
    return np.concatenate([cut(atlas.cells[base], box), cut(atlas.cells[over], box)], axis=-3)


def sided(cells: Pixels, side: str) -> Pixels:
    """The cells of a side: left ones are mirrored."""
    return np.ascontiguousarray(cells[..., ::-1, :]) if side == "left" else cells


def mirrored(box: Box, width: int) -> Box:
    return width - box[0] - box[2], box[1], box[2], box[3]
