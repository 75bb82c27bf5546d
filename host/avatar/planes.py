"""Pixels of the puppet: premultiplied YUVA while a figure is put together, planar YUV 4:2:0 once it meets the frame.

Everything is BT.709 limited range from the moment a drawing is rasterised. Laying one premultiplied picture over
another is linear, so it works on Y, U and V as it does on R, G and B, and no frame is ever converted.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Matrix = NDArray[np.float64]
"""A 2x3 affine map, as OpenCV takes it."""

V = TypeVar("V")


def pixels_of(array: Any) -> Pixels:
    """What OpenCV made of pixels, which are still pixels; its stubs allow for any number."""
    return cast(Pixels, array)


# Rec. ITU-R BT.709-6, items 3.2 to 3.4, for BGR input of 0..255 and limited range output
_FROM_BGR = np.array(
    [
        [0.0722 * 219 / 255, 0.7152 * 219 / 255, 0.2126 * 219 / 255, 16.0],
        [0.5 * 224 / 255, -0.3854 * 224 / 255, -0.1146 * 224 / 255, 128.0],
        [-0.0458 * 224 / 255, -0.4542 * 224 / 255, 0.5 * 224 / 255, 128.0],
    ],
    np.float32,
)


def yuv_of(hex_colour: str) -> NDArray[np.float32]:
    """``#rrggbb`` as Y, U, V."""
    red, green, blue = (int(hex_colour[i : i + 2], 16) for i in (1, 3, 5))
    return (_FROM_BGR @ np.array([blue, green, red, 1], np.float32)).astype(np.float32)


def channels(pixels: Pixels) -> list[Pixels]:
    """The planes of ``[h, w, channels]``, each its own ``[h, w]``."""
    apart = [np.empty(pixels.shape[:2], np.uint8) for _ in range(pixels.shape[2])]
    cv2.split(pixels, apart)  # into given planes: a quarter of the time that making them takes it
    return apart


def premultiply(bgra: Pixels) -> Pixels:
    """Straight-alpha BGRA ``[h, w, 4]`` as premultiplied YUVA ``[h, w, 4]``."""
    yuv = cv2.transform(cv2.cvtColor(bgra, cv2.COLOR_BGRA2BGR), _FROM_BGR)
    alpha = channels(bgra)[3]
    light = cv2.multiply(yuv, cv2.merge([alpha, alpha, alpha]), scale=1 / 255)
    return pixels_of(cv2.merge([*channels(pixels_of(light)), alpha]))


def to_bgr(i420: Pixels) -> Pixels:
    """A frame as BGR ``[h, w, 3]``, for pictures that people look at."""
    luma, u, v = planes(i420)
    size = (luma.shape[1], luma.shape[0])
    yuv = cv2.merge([luma, cv2.resize(u, size), cv2.resize(v, size)]).astype(np.float32)
    inverse = np.linalg.inv(_FROM_BGR[:, :3].astype(np.float64))
    back = np.column_stack([inverse, -inverse @ _FROM_BGR[:, 3]])
    return cast(Pixels, np.clip(np.rint(cv2.transform(yuv, back)), 0, 255).astype(np.uint8))


def planes(i420: Pixels) -> tuple[Pixels, Pixels, Pixels]:
    """Y, U and V as views of an I420 buffer."""
    width = i420.shape[1]
    height = i420.shape[0] * 2 // 3
    chroma = i420[height:].reshape(2, height // 2, width // 2)
    return i420[:height], chroma[0], chroma[1]


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """Premultiplied YUVA pixels with their top left corner on the picture."""

    x: int
    y: int
    pixels: Pixels

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, right, bottom."""
        return self.x, self.y, self.x + self.pixels.shape[1], self.y + self.pixels.shape[0]


@dataclass(frozen=True, slots=True, eq=False)
class Ink:
    """Pixels ready to be laid over others: premultiplied YUVA, and the rest of the light on four channels."""

    pixels: Pixels
    rest: Pixels

    @staticmethod
    def of(pixels: Pixels) -> Ink:
        """Ink from premultiplied YUVA."""
        rest = cv2.bitwise_not(channels(pixels)[3])
        return Ink(pixels, cast(Pixels, cv2.merge([rest, rest, rest, rest])))


def lay(under: Pixels, ink: Ink, x: int, y: int) -> None:
    """Lay ``ink`` over ``under`` in place with its top left corner at (x, y); what sticks out is cut."""
    height, width = under.shape[:2]
    h, w = ink.pixels.shape[:2]
    left, top, right, bottom = max(0, x), max(0, y), min(width, x + w), min(height, y + h)
    if left >= right or top >= bottom:
        return
    target = under[top:bottom, left:right]
    cut = (slice(top - y, bottom - y), slice(left - x, right - x))
    cv2.multiply(target, ink.rest[cut], dst=target, scale=1 / 255)
    cv2.add(target, ink.pixels[cut], dst=target)


def warp(pixels: Pixels, matrix: Matrix, size: tuple[int, int]) -> Pixels:
    """``pixels`` through an affine map, on a transparent sheet of ``size`` (width, height)."""
    return cast(Pixels, cv2.warpAffine(pixels, matrix, size, flags=cv2.INTER_LINEAR))


def rotation(degrees: float, x: float, y: float) -> Matrix:
    """Clockwise on the picture about (x, y)."""
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return np.array([[c, -s, x - c * x + s * y], [s, c, y - s * x - c * y]], np.float64)


def after(second: Matrix, first: Matrix) -> Matrix:
    """The map that does ``first``, then ``second``."""
    # by hand: numpy takes ten times as long for matrices this small, and a picture needs dozens
    (a, b, c), (d, e, f) = second.tolist()
    (g, h, i), (j, k, m) = first.tolist()
    return np.array(
        [[a * g + b * j, a * h + b * k, a * i + b * m + c], [d * g + e * j, d * h + e * k, d * i + e * m + f]],
        np.float64,
    )


class Memo(Generic[V]):
    """The last ``capacity`` results of a pure function, so that what was drawn once is not drawn again."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._kept: OrderedDict[Hashable, V] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], V]) -> V:
        """The result kept under ``key``, or a new one."""
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        value = self._kept[key] = make()
        if len(self._kept) > self._capacity:
            self._kept.popitem(last=False)
        return value
