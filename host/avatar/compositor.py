"""One persistent frame: only what changed since the last picture is put together again.

A picture is a stack of sprites over the set. A sprite is immutable and the same object means the same pixels, so what
changed is found by identity; every dirty box is then rebuilt from the set upwards. A picture therefore never depends
on the one before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from host.avatar.boxes import Rect, contains, disjoint, intersect
from host.avatar.planes import Pixels, channels, pixels_of, planes


@dataclass(frozen=True, slots=True, eq=False)
class Sprite:
    """Premultiplied Y, U, V planes and the light they let through (255 - alpha), ``x`` and ``y`` even.

    ``rest`` and ``chroma_rest`` are None for an opaque sprite.
    """

    x: int
    y: int
    luma: Pixels
    u: Pixels
    v: Pixels
    rest: Pixels | None
    chroma_rest: Pixels | None

    @property
    def rect(self) -> Rect:
        """The box it covers."""
        return self.x, self.y, self.x + self.luma.shape[1], self.y + self.luma.shape[0]

    @staticmethod
    def of(pixels: Pixels, x: int, y: int) -> Sprite:
        """From premultiplied YUVA at any position: the box grows to even edges."""
        height, width = pixels.shape[:2]
        left, top = x & 1, y & 1
        right, bottom = (left + width) & 1, (top + height) & 1
        if left or top or right or bottom:
            grown = cv2.copyMakeBorder(pixels, top, bottom, left, right, cv2.BORDER_CONSTANT, value=(0, 0, 0, 0))
            pixels = pixels_of(grown)
        height, width = pixels.shape[:2]
        half = pixels_of(cv2.resize(pixels, (width // 2, height // 2), interpolation=cv2.INTER_AREA))
        luma, _, _, alpha = channels(pixels)
        _, u, v, chroma_alpha = channels(half)
        rest, chroma_rest = pixels_of(cv2.bitwise_not(alpha)), pixels_of(cv2.bitwise_not(chroma_alpha))
        return Sprite(x - left, y - top, luma, u, v, rest, chroma_rest)

    @staticmethod
    def opaque(i420: Pixels, rect: Rect) -> Sprite:
        """A box cut out of a whole frame."""
        left, top, right, bottom = rect
        luma, u, v = planes(i420)
        chroma = (slice(top // 2, bottom // 2), slice(left // 2, right // 2))
        return Sprite(left, top, luma[top:bottom, left:right].copy(), u[chroma].copy(), v[chroma].copy(), None, None)

    def blend(self, target: tuple[Pixels, Pixels, Pixels], rect: Rect) -> None:
        """Lay the part inside ``rect`` over the planes."""
        left, top, right, bottom = intersect(self.rect, rect)
        if left >= right or top >= bottom:
            return
        full = (slice(top - self.y, bottom - self.y), slice(left - self.x, right - self.x))
        half = tuple(slice(part.start // 2, part.stop // 2) for part in full)
        for plane, own, rest, cut, step in (
            (target[0], self.luma, self.rest, full, 1),
            (target[1], self.u, self.chroma_rest, half, 2),
            (target[2], self.v, self.chroma_rest, half, 2),
        ):
            view = plane[top // step : bottom // step, left // step : right // step]
            if rest is None:
                view[...] = own[cut]
            else:
                cv2.multiply(view, rest[cut], dst=view, scale=1 / 255)
                cv2.add(view, own[cut], dst=view)


class Compositor:
    """Keeps the frame; `draw` brings it up to date."""

    def __init__(self, background: Pixels) -> None:
        self.frame = background.copy()
        self.changed = 0
        """Pixels of the last picture that were put together again."""
        self._planes = planes(self.frame)
        self._background = planes(background)
        self._stack: tuple[Sprite, ...] = ()
        height, width = self._planes[0].shape
        self._whole: Rect = (0, 0, width, height)

    def draw(self, stack: Sequence[Sprite]) -> Pixels:
        """The frame showing ``stack`` (back to front) over the background. The buffer is reused."""
        dirty = disjoint([intersect(rect, self._whole) for rect in self._dirty(stack)])
        # Whatever fails half-way leaves pixels of two pictures: then nothing of the old stack may be trusted.
        self._stack = ()
        try:
            for rect in dirty:
                self._rebuild(rect, stack)
        except BaseException:
            for target, source in zip(self._planes, self._background, strict=True):
                target[...] = source
            raise
        self._stack = tuple(stack)
        self.changed = sum((rect[2] - rect[0]) * (rect[3] - rect[1]) for rect in dirty)
        return self.frame

    def _dirty(self, stack: Sequence[Sprite]) -> list[Rect]:
        before, after = {id(sprite) for sprite in self._stack}, {id(sprite) for sprite in stack}
        kept = [sprite for sprite in stack if id(sprite) in before]
        was = [sprite for sprite in self._stack if id(sprite) in after]
        rects = [sprite.rect for sprite in self._stack if id(sprite) not in after]
        rects += [sprite.rect for sprite in stack if id(sprite) not in before]
        if len(kept) != len(was) or any(a is not b for a, b in zip(kept, was, strict=True)):
            rects += [sprite.rect for sprite in kept]
        return rects

    def _rebuild(self, rect: Rect, stack: Sequence[Sprite]) -> None:
        first = 0
        for i, sprite in enumerate(stack):
            if sprite.rest is None and contains(sprite.rect, rect):
                first = i
        if not stack or stack[first].rest is not None or not contains(stack[first].rect, rect):
            left, top, right, bottom = rect
            for target, source, step in zip(self._planes, self._background, (1, 2, 2), strict=True):
                cut = (slice(top // step, bottom // step), slice(left // step, right // step))
                target[cut] = source[cut]
        for sprite in stack[first:]:
            sprite.blend(self._planes, rect)


def background_frame(yuva: Pixels) -> Pixels:
    """An opaque premultiplied YUVA picture as an I420 buffer."""
    sprite = Sprite.of(yuva, 0, 0)
    return np.concatenate([sprite.luma.ravel(), sprite.u.ravel(), sprite.v.ravel()]).reshape(-1, yuva.shape[1])
