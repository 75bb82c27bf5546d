"""Where a picture that is spoken of lies, and where the host is seen meanwhile: sizes in, boxes out.

The picture is whole, as large as label, card and captions leave room for, and never over the host's face. Where much
more of it can be seen that way, the host moves into a window of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from host.avatar.boxes import Rect, area, breadth, grown, height, intersect, vacant

Size = tuple[int, int]
"""Width and height."""

EDGE, GAP, MAT = 28, 12, 12
"""At a picture 720 wide: what stays free at its edges, between things on it, and around what is shown on its paper."""
LEAST_PAPER = 120
"""Sides of the paper at least: around what is tiny or very narrow it grows."""
LEAST_WINDOW = (190, 230)
WINDOW_SHAPES = (0.36, 1.25)
"""Width over height of the host's window, at least and at most."""
BLOWUP = 2.0
"""A picture is enlarged by no more: beyond, there is nothing to see but its pixels."""
WORTH_MOVING = 1.3
"""How much more area moves the host into a window."""
_HOSTS_SHARE = 0.25
"""What the area of the window counts for beside that of the picture, as a power."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Boxes on the room's picture; ``paper`` and ``window`` are even."""

    paper: Rect
    picture: Rect
    """Within the paper, of the picture's own shape."""
    window: Rect | None = None
    """Where the host is seen; None: everywhere behind the paper."""


def arrange(size: Size, shown: Size, taken: Sequence[Rect], face: Rect | None = None) -> Arrangement | None:
    """The arrangement for a picture of ``shown`` pixels in a room's picture of ``size``. None where there is no room.

    ``taken`` is kept free. ``face`` is the host's; without one there is nobody to make room for.
    """
    unit = min(size) / 720
    whole = grown((0, 0, *size), -round(EDGE * unit))
    gap = round(GAP * unit)
    kept = [grown(box, gap) for box in taken]
    before_face = sorted(vacant(whole, [*kept, *([grown(face, gap)] if face else [])]), key=area, reverse=True)
    calm = [laid for box in before_face for laid in _laid(shown, box, unit, ((1, 1),))]
    best = max(calm, key=_seen, default=None)
    if face is None:
        return best
    windowed = max(_windowed(shown, whole, kept, unit), key=_balance, default=None)
    if best is None or (windowed is not None and _seen(windowed) > WORTH_MOVING * _seen(best)):
        return windowed
    return best


def bust(size: Size, face: Rect, window: Size) -> Rect:
    """What of a picture of the host is seen in a window: head and shoulders, in the window's shape; even."""
    shape = window[0] / window[1]
    high = max(2.1 * height(face), 1.3 * breadth(face) / shape)
    high = min(high, size[1], size[0] / shape)
    wide = min(size[0], round(high * shape) & ~1)
    high = min(size[1], round(high) & ~1)
    left = round((face[0] + face[2] - wide) / 2) & ~1
    top = round(face[1] - 0.22 * height(face)) & ~1
    left, top = max(0, min(left, size[0] - wide)), max(0, min(top, size[1] - high))
    return left, top, left + wide, top + high


def _seen(arrangement: Arrangement) -> int:
    return area(arrangement.picture)


def _balance(arrangement: Arrangement) -> float:
    """The larger the picture the better; among pictures nearly as large, the one that leaves the host more room."""
    window = area(arrangement.window) if arrangement.window else 1
    return float(_seen(arrangement) * window**_HOSTS_SHARE)


def _windowed(shown: Size, whole: Rect, taken: Sequence[Rect], unit: float) -> Iterator[Arrangement]:
    """Arrangements with a window for the host, which takes what the paper leaves."""
    least = round(LEAST_WINDOW[0] * unit), round(LEAST_WINDOW[1] * unit)
    gap = round(GAP * unit)
    boxes = dict.fromkeys(part for box in vacant(whole, taken) for part in _parts(box, least, gap))
    everywhere = tuple(product((0, 1, 2), (0, 1, 2)))
    for laid in dict.fromkeys(laid for box in boxes for laid in _laid(shown, box, unit, everywhere)):
        left = vacant(whole, [*taken, grown(laid.paper, gap)])
        windows = [window for box in left if (window := _window(box, least))]
        if windows:
            yield Arrangement(laid.paper, laid.picture, max(windows, key=area))


def _parts(box: Rect, least: Size, gap: int) -> Iterator[Rect]:
    """A box, and what is left of it beside a window at each of its sides."""
    left, top, right, bottom = box
    yield box
    yield left + least[0] + gap, top, right, bottom
    yield left, top, right - least[0] - gap, bottom
    yield left, top + least[1] + gap, right, bottom
    yield left, top, right, bottom - least[1] - gap


def _window(box: Rect, least: Size) -> Rect | None:
    """The largest window in a box, in its middle."""
    narrow, broad = WINDOW_SHAPES
    wide = min(breadth(box), int(height(box) * broad)) & ~1
    high = min(height(box), int(wide / narrow)) & ~1
    if wide < least[0] or high < least[1]:
        return None
    return _inside(box, wide, high, (1, 1))


def _laid(shown: Size, box: Rect, unit: float, places: Sequence[tuple[int, int]]) -> Iterator[Arrangement]:
    """The picture on its paper, as large as a box allows, at each of ``places``: 0 first, 1 middle, 2 last."""
    box = (box[0] + 1) & ~1, (box[1] + 1) & ~1, box[2] & ~1, box[3] & ~1
    mat, least = round(MAT * unit), round(LEAST_PAPER * unit) & ~1
    room = breadth(box) - 2 * mat, height(box) - 2 * mat
    if min(breadth(box), height(box)) < least or min(room) < 1:
        return
    scale = min(room[0] / shown[0], room[1] / shown[1], BLOWUP * max(1.0, unit))
    wide, high = max(1, round(shown[0] * scale)), max(1, round(shown[1] * scale))
    paper_wide = min(breadth(box), max(least, (wide + 2 * mat + 1) & ~1))
    paper_high = min(height(box), max(least, (high + 2 * mat + 1) & ~1))
    for place in places:
        paper = _inside(box, paper_wide, paper_high, place)
        left = paper[0] + (paper_wide - wide) // 2
        top = paper[1] + (paper_high - high) // 2
        yield Arrangement(paper, (left, top, left + wide, top + high))


def _inside(box: Rect, wide: int, high: int, place: tuple[int, int]) -> Rect:
    """A box of even sides within another, at an even place."""
    left = box[0] + ((breadth(box) - wide) * place[0] // 2)
    top = box[1] + ((height(box) - high) * place[1] // 2)
    left, top = (left + 1) & ~1 if left == box[0] else left & ~1, (top + 1) & ~1 if top == box[1] else top & ~1
    rect = left, top, left + wide, top + high
    return intersect(rect, (left, top, box[2] & ~1, box[3] & ~1))
