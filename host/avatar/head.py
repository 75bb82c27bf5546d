"""The head: its layers stacked, the jaw dropped, the features laid in, and all of it turned by one remap.

The surface is an egg (`bundle.Turn`): a point moves by its depth times the sine of the angle. Layers that stand off
the surface slide a little against it before the remap. Because the whole head goes through one map, no seam can open.
"""

from __future__ import annotations

import math
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from host.avatar.bundle import HeadLayer, Manifest, Turn
from host.avatar.cells import Spot
from host.avatar.features import BrowPainter, EyePainter
from host.avatar.mouth import MouthPainter
from host.avatar.planes import Ink, Layer, Matrix, Memo, Pixels, after, lay, pixels_of, rotation, warp
from host.avatar.pose import Mouth, Pose, clamp
from host.avatar.raster import Atlas

Box = tuple[int, int, int, int]
"""Left, top, right, bottom on the stack."""

_GRID = 6
"""Pixels between the points at which the turn is computed; it is smooth, so the rest is interpolated."""
_ROUNDS = 4
"""Steps to invert the turn: each gains about a factor of three."""
_EDGE = 6
"""Clear pixels round the stack, into which sliding layers move."""
_MARGIN = 4
"""Clear pixels round the turned head, for the soft edge of what the interpolation draws."""
_SLIDE = 2
"""Layers slide in steps of 1 / _SLIDE pixel."""
_JAWS = 24
_SMILES = 32


class HeadPainter:
    """Draws the head of a `Pose` at its place on the picture."""

    def __init__(self, manifest: Manifest, atlas: Atlas) -> None:
        self._spec, self._scale = manifest.head, manifest.place.scale
        self._layers = [(layer, atlas.layers[layer.file]) for layer in manifest.head.layers if layer.file]
        boxes = [layer.box for _, layer in self._layers]
        self._x, self._y = min(box[0] for box in boxes) - _EDGE, min(box[1] for box in boxes) - _EDGE
        right = max(box[2] for box in boxes) + _EDGE
        bottom = max(box[3] for box in boxes) + _EDGE + math.ceil(self._spec.jaw.drop * self._scale)
        self._size = (right - self._x, bottom - self._y)
        self._mouth = MouthPainter(manifest, atlas)
        self._eyes = [EyePainter(manifest, atlas, side) for side in ("left", "right")]
        self._brows = [BrowPainter(manifest, atlas, side) for side in ("left", "right")]
        self._turn = _Turning(self._spec.turn, manifest, (self._x, self._y), self._size)
        self._jaw_layer = max((i for i, (spec, _) in enumerate(self._layers) if spec.jaw), default=-1)
        self._slid: Memo[tuple[Ink, int, int]] = Memo(64)
        self._jaws: Memo[Layer] = Memo(len(self._layers) + _JAWS)
        self._rear: Memo[tuple[Pixels, Box]] = Memo(32)
        self._smiles: Memo[Ink] = Memo(_SMILES + 1)

    def pixels(self, pose: Pose, figure: Matrix) -> tuple[Pixels, int, int]:
        """Premultiplied YUVA of the head and its place. ``figure`` maps the resting picture to the leaning one."""
        limit = self._spec.turn
        yaw, pitch = clamp(pose.yaw, -limit.yaw, limit.yaw), clamp(pose.pitch, -limit.pitch, limit.pitch)
        stack, box = self._stack(pose, yaw, pitch)
        pivot = (self._spec.pivot[0], self._spec.pivot[1])
        return self._turn.apply(stack, box, yaw, pitch, clamp(pose.roll, -15, 15), pivot, figure)

    def _stack(self, pose: Pose, yaw: float, pitch: float) -> tuple[Pixels, Box]:
        """The head looking straight ahead, with the slide of its layers, and the box outside of which it is clear."""
        side, down = math.sin(math.radians(yaw)) * self._scale, math.sin(math.radians(pitch)) * self._scale
        jaw = round(clamp(pose.mouth.aperture * (1 - self._spec.jaw.round * pose.mouth.round)) * _JAWS)
        split = self._jaw_layer + 1
        slides = [self._slide(layer, side, down) for layer, _ in self._layers]
        rear, box = self._rear.get((jaw, *slides[:split]), lambda: self._rear_stack(jaw, slides[:split]))
        stack = rear.copy()
        index = 0
        for spec in self._spec.layers:
            if spec.feature:
                for ink, x, y in self._feature(spec.feature, pose):
                    box = self._laid(stack, box, ink, x - self._x, y - self._y)
                continue
            if index >= split:
                ink, x, y = self._slid_ink(index, slides[index])
                if spec.opacity == "smile":
                    ink = self._faded(index, slides[index], ink, pose.smile)
                box = self._laid(stack, box, ink, x, y)
            index += 1
        return stack, box

    def _rear_stack(self, jaw: int, slides: list[tuple[int, int]]) -> tuple[Pixels, Box]:
        """The layers up to the one that carries the jaw."""
        stack = np.zeros((self._size[1], self._size[0], 4), np.uint8)
        box = (self._size[0], self._size[1], 0, 0)
        for i, slide in enumerate(slides):
            ink, x, y = self._slid_ink(i, slide, jaw if self._layers[i][0].jaw else 0)
            box = self._laid(stack, box, ink, x, y)
        return stack, box

    def _laid(self, stack: Pixels, box: Box, ink: Ink, x: int, y: int) -> Box:
        """Lay ink over the stack; the box that holds both."""
        lay(stack, ink, x, y)
        left, top, right, bottom = box
        height, width = ink.pixels.shape[:2]
        return (
            max(0, min(left, x)),
            max(0, min(top, y)),
            min(self._size[0], max(right, x + width)),
            min(self._size[1], max(bottom, y + height)),
        )

    def _dropped(self, index: int, jaw: int) -> Layer:
        """A layer with its chin lower: rows are stretched, from nothing at the cheek to the whole drop at the chin."""
        layer = self._layers[index][1]
        if not jaw:
            return layer
        spec, scale = self._spec.jaw, self._scale
        drop = math.ceil(spec.drop * scale * 1.3)
        grown = cv2.copyMakeBorder(layer.pixels, 0, drop, 0, 0, cv2.BORDER_CONSTANT, value=(0, 0, 0, 0))
        height, width = grown.shape[:2]
        start = spec.below * scale + self._place_y - layer.y
        rows = np.arange(height, dtype=np.float64)
        stretch = (np.maximum(0, rows - start) / (spec.span * scale)) ** spec.power
        source = np.interp(rows, rows + spec.drop * scale * jaw / _JAWS * stretch, rows).astype(np.float32)
        columns = np.arange(width, dtype=np.float32)
        mapx = np.broadcast_to(columns, (height, width)).copy()
        mapy = np.broadcast_to(source[:, None], (height, width)).copy()
        dropped = pixels_of(cv2.remap(grown, mapx, mapy, cv2.INTER_LINEAR, borderValue=(0, 0, 0, 0)))
        foot = height - int(np.argmax(dropped[::-1, :, 3].any(axis=1)))
        return Layer(layer.x, layer.y, dropped[:foot])

    @property
    def _place_y(self) -> int:
        return self._turn.place[1]

    def _slide(self, layer: HeadLayer, side: float, down: float) -> tuple[int, int]:
        return round(layer.lift * side * _SLIDE), round(layer.lift * down * _SLIDE)

    def _slid_ink(self, index: int, slide: tuple[int, int], jaw: int = 0) -> tuple[Ink, int, int]:
        """A layer shifted by parts of a pixel, with its place in the stack."""

        def shift() -> tuple[Ink, int, int]:
            layer = self._jaws.get((index, jaw), lambda: self._dropped(index, jaw))
            x, y = slide[0] / _SLIDE, slide[1] / _SLIDE
            left, top = math.floor(x), math.floor(y)
            matrix = np.array([[1, 0, x - left], [0, 1, y - top]], np.float64)
            height, width = layer.pixels.shape[:2]
            moved = warp(layer.pixels, matrix, (width + 1, height + 1)) if slide != (0, 0) else layer.pixels
            return Ink.of(moved), layer.x - self._x + left, layer.y - self._y + top

        return self._slid.get((index, slide, jaw), shift)

    def _faded(self, index: int, slide: tuple[int, int], ink: Ink, amount: float) -> Ink:
        level = round(clamp(amount) * _SMILES)
        return self._smiles.get(
            (index, slide, level), lambda: Ink.of(pixels_of(cv2.convertScaleAbs(ink.pixels, alpha=level / _SMILES)))
        )

    def _feature(self, name: str, pose: Pose) -> list[Spot]:
        if name == "eyes":
            return [painter.spot(pose.eyes) for painter in self._eyes]
        if name == "brows":
            return [painter.spot(pose.brows) for painter in self._brows]
        return [self._mouth.spot(pose.mouth)]

    def mouth(self, mouth: Mouth) -> Spot:
        """A mouth alone, as it lies on the resting head."""
        return self._mouth.spot(mouth)


class _Turning:
    """Turns a flat head: yaw, pitch, roll and the lean of the figure in one remap."""

    def __init__(self, spec: Turn, manifest: Manifest, at: tuple[int, int], size: tuple[int, int]) -> None:
        self._spec, self._scale = spec, manifest.place.scale
        self.place = (manifest.place.x, manifest.place.y)
        self._at, self._size = at, size
        width, height = size
        x = (np.arange(width) + at[0] - self.place[0]) / self._scale
        y = (np.arange(height) + at[1] - self.place[1]) / self._scale
        u = ((x - spec.centre[0]) / spec.radius[0])[None]
        v = (y - spec.centre[1])[:, None]
        v = v / np.where(v < 0, spec.radius[1], spec.radius[2])
        self._depth = (spec.bulge * self._scale * np.maximum(0, 1 - u * u - v * v) ** spec.power).astype(np.float32)
        self._centre = tuple(spec.centre[i] * self._scale + self.place[i] - at[i] for i in (0, 1))
        self._edges: Memo[float] = Memo(64)

    def apply(
        self, stack: Pixels, box: Box, yaw: float, pitch: float, roll: float, pivot: tuple[float, float], figure: Matrix
    ) -> tuple[Pixels, int, int]:
        """The turned head and its place on the picture. Outside ``box`` the stack is clear."""
        forward = after(figure, self._rolled(roll, pivot))
        left, top, right, bottom = self._bounds(forward, box, yaw, pitch)
        columns, rows = -(-(right - left) // _GRID), -(-(bottom - top) // _GRID)
        inverse = cv2.invertAffineTransform(forward)
        px = (np.arange(columns, dtype=np.float32) * _GRID + (_GRID - 1) / 2 + left)[None]
        py = (np.arange(rows, dtype=np.float32) * _GRID + (_GRID - 1) / 2 + top)[:, None]
        qx = (inverse[0, 0] * px + inverse[0, 1] * py + inverse[0, 2] - self._at[0]).astype(np.float32)
        qy = (inverse[1, 0] * px + inverse[1, 1] * py + inverse[1, 2] - self._at[1]).astype(np.float32)
        sx, sy = self._unturned(qx, qy, math.radians(yaw), math.radians(pitch))
        whole = (columns * _GRID, rows * _GRID)
        mapx, mapy = (cv2.resize(part, whole, interpolation=cv2.INTER_LINEAR) for part in (sx, sy))
        turned = cv2.remap(stack, mapx, mapy, cv2.INTER_LINEAR, borderValue=(0, 0, 0, 0))
        return cast(Pixels, turned), left, top

    def _rolled(self, roll: float, pivot: tuple[float, float]) -> Matrix:
        x, y = (pivot[i] * self._scale + self.place[i] for i in (0, 1))
        return rotation(roll, x, y)

    def _bounds(self, forward: Matrix, box: Box, yaw: float, pitch: float) -> tuple[int, int, int, int]:
        """Where the head can come to lie: its box, grown by what a turn adds, and moved. Left and top are even: such a
        sprite needs no border."""
        depth = self._edges.get(box, lambda: self._depth_at_edge(box))
        across = depth * abs(math.tan(math.radians(yaw))) + _MARGIN
        down = depth * abs(math.tan(math.radians(pitch))) + _MARGIN
        left, right = box[0] + self._at[0] - across, box[2] + self._at[0] + across
        top, bottom = box[1] + self._at[1] - down, box[3] + self._at[1] + down
        (a, b, c), (d, e, f) = forward.tolist()
        xs = [a * x + b * y + c for x in (left, right) for y in (top, bottom)]
        ys = [d * x + e * y + f for x in (left, right) for y in (top, bottom)]
        return math.floor(min(xs)) & ~1, math.floor(min(ys)) & ~1, math.ceil(max(xs)), math.ceil(max(ys))

    def _depth_at_edge(self, box: Box) -> float:
        """How far the surface stands out at most where the box ends: a turn moves its edge by that much."""
        left, top, right, bottom = box
        depth = self._depth[top:bottom, left:right]
        return max((float(edge.max()) for edge in (depth[0], depth[-1], depth[:, 0], depth[:, -1])), default=0.0)

    def _unturned(
        self, qx: NDArray[np.float32], qy: NDArray[np.float32], yaw: float, pitch: float
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Where on the flat head the turned points come from, by fixed-point steps."""
        cx, cy = self._centre
        sx, sy = qx, qy
        if not (yaw or pitch):
            return sx, sy
        flat_x = (cx + (qx - cx) / math.cos(yaw)).astype(np.float32)
        flat_y = (cy + (qy - cy) / math.cos(pitch)).astype(np.float32)
        across, down = np.float32(math.tan(yaw)), np.float32(math.tan(pitch))
        for _ in range(_ROUNDS):
            depth = cv2.remap(self._depth, sx, sy, cv2.INTER_NEAREST, borderMode=cv2.BORDER_REPLICATE)
            sx, sy = flat_x - across * depth, flat_y - down * depth
        return sx, sy
