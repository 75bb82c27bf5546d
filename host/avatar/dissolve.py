"""From one arrangement of the picture to the next: the old one fades out over the new."""

from __future__ import annotations

from collections.abc import Hashable

import cv2

from host.avatar.planes import Pixels, pixels_of

TICKS = 8
"""A third of a second."""


class Dissolve:
    """Lays what is left of the arrangement before over each frame. Holds a frame of its own only while that lasts."""

    def __init__(self) -> None:
        self._key: Hashable = None
        self._since = 0
        self._last: Pixels | None = None
        self._leaving: Pixels | None = None

    def turn(self, key: Hashable, tick: int) -> None:
        """What comes next is of the arrangement ``key``. Called before it is drawn: frames share one buffer."""
        if key != self._key:
            self._key, self._since = key, tick
            self._leaving = self._last.copy() if self._last is not None else None

    def over(self, frame: Pixels, tick: int) -> Pixels:
        """The frame that was drawn, or a new one with the arrangement before still in it."""
        share = (tick - self._since + 1) / (TICKS + 1)
        if self._leaving is not None and 0 < share < 1:
            frame = pixels_of(cv2.addWeighted(frame, share, self._leaving, 1 - share, 0))
        else:
            self._leaving = None
        self._last = frame
        return frame
