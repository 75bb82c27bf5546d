"""Pictures that people bring: how large they are, and their pixels, upright. Read in one way by whoever checks them and
whoever draws them. PNG, JPEG and WebP; bounded before anything is decoded.
"""

from __future__ import annotations

import struct
from functools import lru_cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

# A damaged picture is told of by whoever asked for it, with its line; the library would print a line of its own.
cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_ERROR)

MAX_BYTES = 20 * 2**20
MAX_PIXELS = 64_000_000

Size = tuple[int, int]
"""Width and height."""

_JPEG = b"\xff\xd8"
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""JPEG markers that begin a frame (ITU-T T.81, table B.1)."""
_BARE = frozenset({0x01, *range(0xD0, 0xDA)})
"""JPEG markers without a length."""
_ORIENTATION = 0x0112
_TURNS = {3: cv2.ROTATE_180, 6: cv2.ROTATE_90_CLOCKWISE, 8: cv2.ROTATE_90_COUNTERCLOCKWISE}


def read_picture(path: Path) -> NDArray[np.uint8] | None:
    """Straight-alpha BGR or BGRA, 8 bits, turned as its EXIF says. None for what is no picture, or larger than the
    bounds. Raises `OSError` and `cv2.error`."""
    data = _data(path)
    if data is None or not _bounded(data):
        return None
    decoded = _decoded(data)
    if decoded is None:
        return None
    pixels: NDArray[Any] = np.asarray(decoded)
    if pixels.dtype == np.uint16:
        pixels = (pixels >> 8).astype(np.uint8)
    if pixels.ndim == 2:
        pixels = np.repeat(pixels[:, :, None], 3, axis=2)
    if pixels.dtype != np.uint8 or pixels.shape[2] not in (3, 4):
        return None
    return np.asarray(pixels, np.uint8)


def measured(path: Path) -> Size | None:
    """Width and height as stored of a picture that can be decoded; else None. Remembered until the file changes.

    Raises `OSError`.
    """
    status = path.stat()
    return _measured(path, (status.st_mtime_ns, status.st_size))


def dimensions(data: bytes) -> Size | None:
    """What a file says of its width and height, before any turn; None where it is of no kind known here."""
    try:
        if data[:8] == b"\x89PNG\r\n\x1a\n":
            size: Size = struct.unpack_from(">II", data, 16)
        elif data[:2] == _JPEG:
            return _jpeg_dimensions(data)
        elif data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return _webp_dimensions(data)
        else:
            return None
    except struct.error:
        return None
    return size if min(size) > 0 else None


def _jpeg_dimensions(data: bytes) -> Size | None:
    at = 2
    while at < len(data) - 9:
        if data[at] != 0xFF or data[at + 1] in (0x00, 0xFF):
            at += 1
        elif data[at + 1] in _BARE:
            at += 2
        elif data[at + 1] in _FRAMES:
            high, wide = struct.unpack_from(">HH", data, at + 5)
            return (wide, high) if wide and high else None
        else:
            at += 2 + int(struct.unpack_from(">H", data, at + 2)[0])
    return None


def _webp_dimensions(data: bytes) -> Size | None:
    """RFC 9649: extended, lossless and lossy files."""
    kind = data[12:16]
    if kind == b"VP8X":
        return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    if kind == b"VP8L":
        (bits,) = struct.unpack_from("<I", data, 21)
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 ":
        wide, high = struct.unpack_from("<HH", data, 26)
        return wide & 0x3FFF, high & 0x3FFF
    return None


def _data(path: Path) -> NDArray[np.uint8] | None:
    if not 0 < path.stat().st_size <= MAX_BYTES:
        return None
    return np.fromfile(path, np.uint8)


def _bounded(data: NDArray[np.uint8]) -> bool:
    size = dimensions(data.tobytes())
    return size is not None and 0 < size[0] * size[1] <= MAX_PIXELS


@lru_cache(maxsize=256)
def _measured(path: Path, stamp: tuple[int, int]) -> Size | None:
    data = _data(path)
    if data is None or not _bounded(data):
        return None
    size = dimensions(data.tobytes())
    # an eighth of each side is decoded at a fraction of the cost, and tells as much; of very few pixels nothing is left
    flag = cv2.IMREAD_REDUCED_GRAYSCALE_8 if size and min(size) >= 64 else cv2.IMREAD_GRAYSCALE
    try:
        decoded: Any = cv2.imdecode(data, flag)
    except cv2.error:
        return None
    return size if decoded is not None else None


def _decoded(data: NDArray[np.uint8]) -> Any:
    # IMREAD_COLOR turns a picture upright and drops its transparency, IMREAD_UNCHANGED does neither.
    if data[:2].tobytes() == _JPEG:
        return cv2.imdecode(data, cv2.IMREAD_COLOR)
    pixels, kinds, blocks = cv2.imdecodeWithMetadata(data, flags=cv2.IMREAD_UNCHANGED)
    exif = [block for kind, block in zip(kinds, blocks, strict=True) if kind == cv2.IMAGE_METADATA_EXIF]
    return _upright(pixels, np.asarray(exif[0], np.uint8).tobytes() if exif else b"")


def _upright(pixels: Any, exif: bytes) -> Any:
    """Pixels as their EXIF says they are looked at (CIPA DC-008, 4.6.4, tag 274); as they are where it says nothing."""
    if pixels is None or len(exif) < 8:
        return pixels
    order = "<" if exif[:2] == b"II" else ">"
    try:
        (first,) = struct.unpack_from(order + "I", exif, 4)
        (count,) = struct.unpack_from(order + "H", exif, first)
        entries = [struct.unpack_from(order + "HHIH", exif, first + 2 + 12 * index) for index in range(count)]
    except struct.error:
        return pixels
    way = next((value for tag, _, _, value in entries if tag == _ORIENTATION), 1)
    if way in (2, 4, 5, 7):  # a mirror, then a turn
        pixels, way = cv2.flip(pixels, 1), {2: 1, 4: 3, 5: 8, 7: 6}[way]
    return cv2.rotate(pixels, _TURNS[way]) if way in _TURNS else pixels
