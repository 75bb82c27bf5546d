"""From one arrangement of the picture to the next: the old one fades out over the new, where the two differ."""

from __future__ import annotations

import cv2

from host.avatar.boxes import Rect, intersect
from host.avatar.planes import Pixels, planes
from host.avatar.shown import Shown

TICKS = 8
"""A third of a second."""


class Dissolve:
    """Lays what is left of the arrangement before over each frame. Holds a frame of its own only while that lasts.

    ``within`` bounds what fades: captions change with every word, and two of them at once could not be read.
    """

    def __init__(self, within: Rect) -> None:
        self._within = within
        self._shown: Shown | None = None
        self._since = 0
        self._last: Pixels | None = None
        self._leaving: Pixels | None = None
        self._box = within

    def turn(self, shown: Shown | None, tick: int) -> None:
        """What comes next shows ``shown``. Called before it is drawn: frames share one buffer."""
        if shown is self._shown:
            return
        self._box = self._differing(self._shown, shown)
        self._shown, self._since = shown, tick
        self._leaving = self._last.copy() if self._last is not None else None

    def over(self, frame: Pixels, tick: int) -> Pixels:
        """The frame that was drawn, or a new one with the arrangement before still in it."""
        share = (tick - self._since + 1) / (TICKS + 1)
        if self._leaving is not None and 0 < share < 1:
            frame = self._mixed(frame, self._leaving, share)
        else:
            self._leaving = None
        self._last = frame
        return frame

    def _mixed(self, frame: Pixels, leaving: Pixels, share: float) -> Pixels:
        mixed = frame.copy()
        left, top, right, bottom = self._box
        for plane, before, step in zip(planes(mixed), planes(leaving), (1, 2, 2), strict=True):
            cut = slice(top // step, bottom // step), slice(left // step, right // step)
            cv2.addWeighted(plane[cut], share, before[cut], 1 - share, 0, dst=plane[cut])
        return mixed

    def _differing(self, one: Shown | None, other: Shown | None) -> Rect:
        """Where two arrangements differ: everywhere, if the host moves; else a host who stays does not fade."""
        present = [shown for shown in (one, other) if shown is not None]
        if any(shown.window for shown in present):
            return self._within
        rects = [overlay.rect for shown in present for overlay in shown.overlays]
        lefts, tops, rights, bottoms = zip(*rects, strict=True)
        return intersect(self._within, (min(lefts), min(tops), max(rights), max(bottoms)))
