"""The mouth: lips between the cells of the atlas, with the teeth and the tongue that show through them."""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from host.avatar.bundle import Manifest
from host.avatar.cells import Spot, Weighted, blend, corners, inked, paired, placed, stretched
from host.avatar.planes import Ink, Memo, Pixels, channels, pixels_of, warp, yuv_of
from host.avatar.pose import Mouth, clamp
from host.avatar.raster import Atlas

_MOUTH_STEPS = (48, 8, 6, 6, 4, 4, 4, 6, 4)
"""Steps of each number of a `Mouth`, in order: an aperture step is less than a pixel of the lips."""
_MOUTHS = 512
"""Mouths kept, 50 kB each: a show comes back to its words, and every other mouth is one of these."""


class MouthPainter:
    """Draws a `Mouth`."""

    def __init__(self, manifest: Manifest, atlas: Atlas) -> None:
        spec = self._spec = manifest.mouth
        self._scale = scale = manifest.place.scale
        axis = (spec.anchor[0] - spec.box[0]) * scale
        sheets = [(spec.base, spec.over), (spec.pressed.base, spec.pressed.over), (spec.bitten.base, spec.bitten.over)]
        cells = [atlas.cells[name] for pair in sheets for name in pair]
        box = stretched(inked(cells), axis, 1 + spec.stretch, cells[0].shape[-2])
        self._cells, pressed, self._bitten = (paired(atlas, *pair, box) for pair in sheets)
        self._pressed = np.concatenate([self._cells[:1], pressed])
        self._at = placed(manifest, spec.box, box)
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
