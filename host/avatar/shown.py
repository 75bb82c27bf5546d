"""A picture that is spoken of, on its paper, and the frame of the window from which the host looks on meanwhile."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

import cv2
import numpy as np
from numpy.typing import NDArray

from host.avatar.arrangement import Arrangement, Size, arrange
from host.avatar.boxes import Rect, breadth, height
from host.avatar.picture import resized, whole_picture
from host.avatar.pose import Overlay
from host.avatar.textart import Canvas, Colour, rounded

_PAD, _RADIUS, _BORDER = 40, 24, 4
_SHADOW: Colour = (46, 29, 18)
_LIGHT: tuple[Colour, Colour] = ((255, 255, 255), (252, 249, 245))
_DARK: tuple[Colour, Colour] = ((38, 66, 74), (30, 54, 61))
_PALE = 190
"""Mean luma of what is drawn on a transparent ground, from which on it takes a dark paper."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What is drawn for a picture: overlays back to front, and where the host is seen."""

    overlays: tuple[Overlay, ...]
    window: Rect | None


@dataclass(frozen=True, slots=True, eq=False)
class _Read:
    """A picture as its file had it."""

    pixels: NDArray[np.uint8] | None
    stamp: tuple[int, int] | None
    drawn: dict[tuple[Rect, ...], Shown | None] = field(default_factory=dict)
    """By what lies around it."""


class ShownPictures:
    """Draws pictures that are spoken of, each once. For several threads: what comes next is drawn ahead of its time."""

    KEPT = 6

    def __init__(self, size: Size, face: Rect | None) -> None:
        self._size, self._face = size, face
        self._unit = min(size) / 720
        self._lock = Lock()
        self._read: OrderedDict[str, _Read] = OrderedDict()

    def foresee(self, path: str, taken: Sequence[Rect]) -> None:
        """Draw a picture ahead of its time, and anew if its file has changed."""
        known = self._known(path)
        if known is None or known.stamp != _stamp(path):
            known = _read(path)
        self._drawn(known, tuple(taken))
        self._keep(path, known)

    def at(self, path: str, taken: Sequence[Rect]) -> Shown | None:
        """A picture beside ``taken``; None where it cannot be read, or has no room."""
        known = self._known(path)
        if known is None:
            known = _read(path)
            self._keep(path, known)
        return self._drawn(known, tuple(taken))

    def _known(self, path: str) -> _Read | None:
        with self._lock:
            return self._read.get(path)

    def _keep(self, path: str, read: _Read) -> None:
        with self._lock:
            self._read[path] = read
            self._read.move_to_end(path)
            while len(self._read) > self.KEPT:
                self._read.popitem(last=False)

    def _drawn(self, read: _Read, taken: tuple[Rect, ...]) -> Shown | None:
        if taken not in read.drawn:
            drawn = self._draw(read.pixels, taken) if read.pixels is not None else None
            read.drawn.setdefault(taken, drawn)  # another thread may have been faster: one picture, one object
        return read.drawn[taken]

    def _draw(self, pixels: NDArray[np.uint8], taken: tuple[Rect, ...]) -> Shown | None:
        arrangement = arrange(self._size, (pixels.shape[1], pixels.shape[0]), taken, self._face)
        if arrangement is None:
            return None
        frame = (_frame(arrangement.window, self._unit, self._size),) if arrangement.window else ()
        return Shown((*frame, _paper(pixels, arrangement, self._unit, self._size)), arrangement.window)


def _read(path: str) -> _Read:
    stamp = _stamp(path)
    return _Read(whole_picture(path), stamp)


def _stamp(path: str) -> tuple[int, int] | None:
    """What tells that a file changed; None where there is none."""
    try:
        status = Path(path).stat()
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_size


def window_mask(wide: int, high: int, size: Size) -> NDArray[np.uint8]:
    """What of a host's window lets it be seen: all but its corners."""
    return (rounded(wide, high, _RADIUS * min(size) / 720) * 255 + 0.5).astype(np.uint8)


def _paper(pixels: NDArray[np.uint8], arrangement: Arrangement, unit: float, size: Size) -> Overlay:
    paper, picture = arrangement.paper, arrangement.picture
    wide, high, pad = breadth(paper), height(paper), round(_PAD * unit)
    canvas = Canvas(wide + 2 * pad, high + 2 * pad)
    sheet = rounded(wide, high, _RADIUS * unit)
    canvas.shadow(sheet, pad, pad + round(10 * unit), 11 * unit, _SHADOW, 0.34)
    canvas.gradient(sheet, pad, pad, *(_DARK if _pale(pixels) else _LIGHT))
    layer = resized(pixels, (breadth(picture), height(picture)))
    canvas.lay(layer, pad + picture[0] - paper[0], pad + picture[1] - paper[1])
    return canvas.overlay(paper[0] - pad, paper[1] - pad, size)


def _pale(pixels: NDArray[np.uint8]) -> bool:
    """Whether white paper would swallow what is drawn on a transparent ground."""
    if pixels.shape[2] == 3 or pixels[:, :, 3].min() > 127:
        return False
    drawn = pixels[:, :, 3] > 127
    luma = cv2.cvtColor(np.ascontiguousarray(pixels[:, :, :3]), cv2.COLOR_BGR2GRAY)
    return bool(drawn.any()) and float(luma[drawn].mean()) > _PALE


def _frame(window: Rect, unit: float, size: Size) -> Overlay:
    """A white rim around a window, with a shadow outside; what is inside is left open."""
    wide, high, pad, rim = breadth(window), height(window), round(_PAD * unit), max(2, round(_BORDER * unit))
    canvas = Canvas(wide + 2 * pad, high + 2 * pad)
    outer = rounded(wide, high, _RADIUS * unit)
    canvas.shadow(outer, pad, pad + round(10 * unit), 11 * unit, _SHADOW, 0.34)
    canvas.fill(outer, pad, pad, (255, 255, 255))
    inner = rounded(wide - 2 * rim, high - 2 * rim, (_RADIUS - _BORDER) * unit)
    opening = canvas.pixels[pad + rim : pad + high - rim, pad + rim : pad + wide - rim]
    opening *= 1 - inner[:, :, None]
    return canvas.overlay(window[0] - pad, window[1] - pad, size)
