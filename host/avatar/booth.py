"""The host in a window: what a puppet's figure looks like, cut out and made small."""

from __future__ import annotations

from collections.abc import Sequence

import cv2

from host.avatar.arrangement import bust
from host.avatar.boxes import Rect, breadth, height
from host.avatar.compositor import Compositor, Sprite
from host.avatar.planes import Memo, Pixels, pixels_of, planes
from host.avatar.shown import window_mask


class Booth:
    """Keeps a frame with nothing but the host in it, and gives windows on it."""

    def __init__(self, background: Pixels, face: Rect) -> None:
        self._compositor = Compositor(background)
        self._size = background.shape[1], background.shape[0] * 2 // 3
        self._face = face
        self._masks: Memo[tuple[Pixels, Pixels]] = Memo(4)

    def sprite(self, host: Sequence[Sprite], window: Rect) -> Sprite:
        """Head and shoulders of the host where ``window`` is, in their own proportions, with rounded corners."""
        size = breadth(window), height(window)
        left, top, right, bottom = bust(self._size, self._face, size)
        luma, u, v = planes(self._compositor.draw(host))
        half = slice(top // 2, bottom // 2), slice(left // 2, right // 2)
        mask, half_mask = self._masks.get(size, lambda: self._mask(size))
        return Sprite(
            window[0],
            window[1],
            _lit(luma[top:bottom, left:right], mask),
            _lit(u[half], half_mask),
            _lit(v[half], half_mask),
            pixels_of(cv2.bitwise_not(mask)),
            pixels_of(cv2.bitwise_not(half_mask)),
        )

    def _mask(self, size: tuple[int, int]) -> tuple[Pixels, Pixels]:
        mask = window_mask(*size, self._size)
        half = cv2.resize(mask, (size[0] // 2, size[1] // 2), interpolation=cv2.INTER_AREA)
        return mask, pixels_of(half)


def _lit(plane: Pixels, mask: Pixels) -> Pixels:
    """A plane in the size of a mask, and as much of it as the mask lets through."""
    high, wide = mask.shape
    # Averaging in halves, then between neighbours: a sixth of the time that areas of any other size take.
    while plane.shape[1] >= 2 * wide and plane.shape[0] >= 2 * high:
        halved = plane.shape[1] // 2, plane.shape[0] // 2
        plane = pixels_of(cv2.resize(plane, halved, interpolation=cv2.INTER_AREA))
    fitting = cv2.resize(plane, (wide, high), interpolation=cv2.INTER_LINEAR)
    return pixels_of(cv2.multiply(fitting, mask, scale=1 / 255))
