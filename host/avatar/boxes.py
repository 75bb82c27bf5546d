"""Boxes on a picture: what they share, what they cover, and what they leave free."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

Rect = tuple[int, int, int, int]
"""Left, top, right, bottom; even where pixels of a frame are meant."""


def intersect(a: Rect, b: Rect) -> Rect:
    """What two boxes share; empty where left >= right or top >= bottom."""
    return max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3])


def contains(outer: Rect, inner: Rect) -> bool:
    """Whether ``inner`` lies in ``outer``."""
    return outer[0] <= inner[0] and outer[1] <= inner[1] and outer[2] >= inner[2] and outer[3] >= inner[3]


def disjoint(rects: Sequence[Rect]) -> list[Rect]:
    """Boxes that cover the same and do not overlap: overlapping ones become their common box."""
    out: list[Rect] = []
    for rect in rects:
        if rect[0] >= rect[2] or rect[1] >= rect[3]:
            continue
        merged = rect
        while True:
            touching = [other for other in out if _overlap(other, merged)]
            if not touching:
                break
            out = [other for other in out if other not in touching]
            for other in touching:
                merged = (
                    min(merged[0], other[0]),
                    min(merged[1], other[1]),
                    max(merged[2], other[2]),
                    max(merged[3], other[3]),
                )
        out.append(merged)
    return out


def _overlap(a: Rect, b: Rect) -> bool:
    left, top, right, bottom = intersect(a, b)
    return left < right and top < bottom


def breadth(rect: Rect) -> int:
    """Width; below zero for a box that is none."""
    return rect[2] - rect[0]


def height(rect: Rect) -> int:
    """Height; below zero for a box that is none."""
    return rect[3] - rect[1]


def area(rect: Rect) -> int:
    """Pixels in a box."""
    return max(0, breadth(rect)) * max(0, height(rect))


def grown(rect: Rect, by: int) -> Rect:
    """A box with a margin on every side."""
    return rect[0] - by, rect[1] - by, rect[2] + by, rect[3] + by


def vacant(whole: Rect, taken: Iterable[Rect]) -> list[Rect]:
    """Every box of ``whole`` that touches none of ``taken`` and cannot grow to any side without touching one."""
    free = [whole] if area(whole) else []
    for obstacle in taken:
        parts = dict.fromkeys(part for box in free for part in _around(box, obstacle))
        free = [part for part in parts if not any(contains(other, part) for other in parts if other != part)]
    return free


def _around(box: Rect, obstacle: Rect) -> Iterator[Rect]:
    """What of a box lies wholly to one side of an obstacle."""
    if not _overlap(box, obstacle):
        yield box
        return
    left, top, right, bottom = box
    sides: Sequence[Rect] = (
        (left, top, obstacle[0], bottom),
        (obstacle[2], top, right, bottom),
        (left, top, right, obstacle[1]),
        (left, obstacle[3], right, bottom),
    )
    yield from (side for side in sides if area(side))
