"""Pictures of products: upright, by OpenCV, drawings by resvg, bounded in size; a broken one is None."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
import resvg_py
from numpy.typing import NDArray

from host.avatar.planes import pixels_of
from host.avatar.textart import Mask, place
from host.core.pictures import read_picture

MAX_SVG_BYTES = 4 * 2**20
MAX_SIDE = 2048
"""Of a picture that is kept to be shown whole: more than any room's picture shows of it."""


def load_picture(path: str, width: int, height: int) -> NDArray[np.float32] | None:
    """A picture cut to fill ``width`` x ``height``: premultiplied float BGRA 0..1. None where there is none to show.

    A picture with transparent edges is fitted whole instead of cut.
    """
    try:
        stat = Path(path).stat()
        return _load(path, (stat.st_mtime_ns, stat.st_size), width, height)
    except (OSError, ValueError, cv2.error, MemoryError):
        return None


@lru_cache(maxsize=24)
def _load(path: str, stamp: tuple[int, int], width: int, height: int) -> NDArray[np.float32] | None:
    """As `load_picture`, remembered until the file changes; shared, so nobody writes into it."""
    pixels = _decode(Path(path), max(width, height) * 2)
    if pixels is None:
        return None
    fitted = _fitted(pixels, width, height)
    fitted.flags.writeable = False
    return fitted


def whole_picture(path: str) -> NDArray[np.uint8] | None:
    """A picture to be shown whole, upright: straight-alpha BGR or BGRA, no side above `MAX_SIDE`. None as above."""
    try:
        pixels = _decode(Path(path), MAX_SIDE)
    except (OSError, ValueError, cv2.error, MemoryError):
        return None
    if pixels is None:
        return None
    longest = max(pixels.shape[:2])
    if longest <= MAX_SIDE:
        return pixels
    high, wide = (max(1, round(side * MAX_SIDE / longest)) for side in pixels.shape[:2])
    return pixels_of(cv2.resize(pixels, (wide, high), interpolation=cv2.INTER_AREA))


def placeholder(size: int) -> Mask:
    """A neutral shopping bag, for a product without a picture."""
    over = 4
    large = np.zeros((size * over, size * over), np.uint8)
    unit = size * over / 100
    thick = round(6 * unit)

    def at(x: float, y: float) -> tuple[int, int]:
        return round(x * unit), round(y * unit)

    body = np.array([at(20, 36), at(80, 36), at(86, 88), at(14, 88)], np.int32)
    cv2.polylines(large, [body], True, (255,), thick, cv2.LINE_AA)
    cv2.ellipse(large, at(50, 38), at(17, 22), 0, 180, 360, (255,), thick, cv2.LINE_AA)
    cv2.ellipse(large, at(50, 54), at(14, 12), 0, 0, 180, (255,), thick, cv2.LINE_AA)
    return cv2.resize(large, (size, size), interpolation=cv2.INTER_AREA).astype(np.float32) / np.float32(255)


def _decode(path: Path, wide: int) -> NDArray[np.uint8] | None:
    """BGR or BGRA, 8 bits, or None. A drawing is made ``wide`` pixels wide."""
    if path.suffix.lower() not in (".svg", ".svgz"):
        return read_picture(path)
    if path.stat().st_size > MAX_SVG_BYTES:
        return None
    data = np.frombuffer(resvg_py.svg_to_bytes(svg_path=str(path), width=wide), np.uint8)
    return pixels_of(cv2.imdecode(data, cv2.IMREAD_UNCHANGED))


def _fitted(pixels: NDArray[np.uint8], width: int, height: int) -> NDArray[np.float32]:
    """Filling the frame, or whole inside it where an edge is transparent."""
    alpha = pixels[:, :, 3] if pixels.shape[2] == 4 else np.full(pixels.shape[:2], 255, np.uint8)
    rows, columns = alpha.shape
    whole = min(edge.min() for edge in (alpha[0], alpha[-1], alpha[:, 0], alpha[:, -1])) < 128
    choose = min if whole else max
    scale = choose(width / columns, height / rows)
    sized = (max(1, round(columns * scale)), max(1, round(rows * scale)))
    frame = np.zeros((height, width, 4), np.float32)
    place(frame, resized(pixels, sized), (width - sized[0]) // 2, (height - sized[1]) // 2)
    return frame


def resized(pixels: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.float32]:
    """Straight-alpha BGR or BGRA in another size: premultiplied float BGRA 0..1. Areas are averaged, never sampled."""
    way = cv2.INTER_AREA if size[0] < pixels.shape[1] else cv2.INTER_CUBIC
    if pixels.shape[2] == 3 or pixels[:, :, 3].min() == 255:  # the usual case, eight bits all the way
        colour = np.asarray(cv2.resize(pixels[:, :, :3], size, interpolation=way), np.float32) / np.float32(255)
        return np.dstack([colour, np.ones(colour.shape[:2], np.float32)])
    share = pixels[:, :, 3:].astype(np.float32) / np.float32(255)
    solid = np.dstack([pixels[:, :, :3] * (share / np.float32(255)), share])
    return np.clip(cv2.resize(solid, size, interpolation=way), 0, 1)
