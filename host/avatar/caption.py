"""Captions: what is being said, on two lines at most, with the part that has been said lit and the newest word warm."""

from __future__ import annotations

from bisect import bisect_left
from collections import OrderedDict
from dataclasses import dataclass
from itertools import accumulate, pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from host.avatar.boxes import Rect
from host.avatar.pose import Overlay
from host.avatar.textart import (
    NOT_FIRST,
    Canvas,
    Colour,
    Mask,
    advance,
    drawable,
    line,
    pieces,
    place,
    placed,
    rounded,
    wrapped,
)
from host.core.scene import Caption
from host.core.text import clause_ends, guess_lang

MAX_TEXT = 600
"""Characters of a caption that are looked at."""
_SAID, _NOW, _NEXT = (255, 255, 255), (255, 179, 143), (196, 206, 208)
_BARS = ((16, 34, 50, 28, 18), (26, 46, 32, 42, 22), (14, 28, 46, 50, 30), (30, 40, 22, 34, 44))
_STILL = (10, 10, 10, 10, 10)
_METER = (255, 106, 77)
_EM, _HEIGHT, _PAD, _LEFT, _RIGHT = 34, 118, 32, 92, 28
_EDGE, _FOOT = 28, 184
"""What lies free beside the bar, and from its upper edge to the foot of the picture."""


Strip = NDArray[np.uint8]
"""Straight-alpha BGRA, ``[h, w, 4]``."""


@dataclass(frozen=True, slots=True)
class Page:
    """Part of a caption that is shown at once: ``first:last`` of the cleaned text, as one or two lines."""

    first: int
    last: int
    lines: tuple[str, ...]


def paged(text: str, size: float, width: float) -> tuple[Page, ...]:
    """A text as pages of two lines at most: whole where it fits well, else by clauses, else where the lines end.

    Chinese has no spaces to break at, so there a line ends with a clause wherever every clause fits on a line.
    """
    blocks = _blocks(text, size, width)
    pages: list[tuple[str, ...]] = []
    for block in blocks:
        if pages and len(pages[-1]) + len(block) <= 2:
            pages[-1] += block
        else:
            pages += [block[k : k + 2] for k in range(0, len(block), 2)]
    found: list[Page] = []
    at = 0
    for lines in pages:
        found.append(Page(at, at + sum(map(len, lines)), lines))
        at = found[-1].last
    return tuple(found)


def _blocks(text: str, size: float, width: float) -> list[tuple[str, ...]]:
    """Lines that belong on one page where two have room."""
    clauses = _clauses(text)
    packed: list[str] = []
    for clause in clauses:
        if packed and advance((packed[-1] + clause).rstrip(), size) <= width:
            packed[-1] += clause
        else:
            packed.append(clause)
    short = all(advance(clause.rstrip(), size) <= width for clause in clauses)
    if short and (len(packed) <= 2 or guess_lang(text) == "zh"):
        return [balanced(text, size, width)] if len(packed) <= 2 else [(clause,) for clause in packed]
    if len(wrapped(text, size, width)) <= 2:
        return [balanced(text, size, width)]
    return [balanced(line, size, width) for line in _joined(packed, size, width)]


def _joined(packed: list[str], size: float, width: float) -> list[str]:
    """The texts, one that is too short for a page of its own put to its neighbour where two lines hold both."""
    least = 0.35 * width
    joined: list[str] = []
    for text in packed:
        short = joined and min(advance(part.rstrip(), size) for part in (joined[-1], text)) < least
        if short and len(wrapped(joined[-1] + text, size, width)) <= 2:
            joined[-1] += text
        else:
            joined.append(text)
    return joined


def _clauses(text: str) -> list[str]:
    """The clauses of a text, each with the spaces and closing marks after it."""
    ends = []
    for end in clause_ends(text):
        while end < len(text) and (text[end] == " " or text[end] in NOT_FIRST):
            end += 1
        ends.append(end)
    return [text[start:end] for start, end in pairwise([0, *ends, len(text)]) if end > start]


def balanced(text: str, size: float, width: float) -> tuple[str, ...]:
    """One line, or two broken at a clause if that leaves neither short, else where they are most alike; more lines
    only where two have no room for it."""
    if len(wrapped(text, size, width)) < 2:
        return (text,)
    ends = set(accumulate(map(len, _clauses(text))))
    best: tuple[float, int] | None = None
    at = 0
    for piece in pieces(text)[:-1]:
        at += len(piece)
        first, second = advance(text[:at].rstrip(), size), advance(text[at:].rstrip(), size)
        if max(first, second) <= width:
            cost = abs(first - second) / width - (0.45 if at in ends else 0.0) + (0.1 if second > first else 0.0)
            best = min(best, (cost, at)) if best else (cost, at)
    if best is None:
        return tuple(wrapped(text, size, width))
    return text[: best[1]], text[best[1] :]


def caption_box(size: tuple[int, int]) -> Rect:
    """Where a picture of ``size`` has its captions."""
    unit = min(size) / 720
    left, top = round(_EDGE * unit), size[1] - round(_FOOT * unit)
    return left, top, size[0] - left, top + round(_HEIGHT * unit)


class CaptionBar:
    """Draws captions into a bar at the foot of a picture. Keeps the last few pages, so that a step is a copy."""

    KEPT = 6

    def __init__(self, size: tuple[int, int]) -> None:
        unit = min(size) / 720
        self._size = size
        left, top, right, _ = caption_box(size)
        self._bar = _Panel(right - left, unit)
        self._corner = left - self._bar.pad, top - self._bar.pad
        self._layouts: OrderedDict[str, tuple[str, tuple[int, ...], tuple[Page, ...]]] = OrderedDict()
        self._pages: OrderedDict[tuple[str, ...], _Drawn] = OrderedDict()

    def overlay(self, caption: Caption) -> Overlay | None:
        """The bar for a caption; None where there is nothing to show."""
        text, origins, pages = self._layout(caption.text)
        if not pages:
            return None
        said = bisect_left(origins, caption.said)
        page = next((page for page in pages if said < page.last), pages[-1])
        newest, said = _word(text, said)
        finished = newest == said or said >= len(text)
        pixels = self._page(page).at(max(0, said - page.first), newest - page.first, finished)
        return placed(pixels, *self._corner, self._size)

    def _layout(self, raw: str) -> tuple[str, tuple[int, ...], tuple[Page, ...]]:
        """The text that can be drawn, where each of its characters comes from, and its pages."""
        if raw not in self._layouts:
            kept = [
                (index, " " if character.isspace() else character)
                for index, character in enumerate(raw[:MAX_TEXT])
                if character.isspace() or drawable(character)
            ]
            text = "".join(character for _, character in kept)
            pages = paged(text, self._bar.em, self._bar.text_width) if text.strip() else ()
            self._layouts[raw] = text, tuple(index for index, _ in kept), pages
            if len(self._layouts) > self.KEPT:
                self._layouts.popitem(last=False)
        return self._layouts[raw]

    def _page(self, page: Page) -> _Drawn:
        if page.lines not in self._pages:
            self._pages[page.lines] = _Drawn(self._bar, page.lines)
            if len(self._pages) > self.KEPT:
                self._pages.popitem(last=False)
        return self._pages[page.lines]


class _Drawn:
    """A page with its lines drawn three times: unsaid, newest, said. A step is put together from columns of these."""

    def __init__(self, bar: _Panel, lines: tuple[str, ...]) -> None:
        self._bar = bar
        self._lines = lines
        self._edges = [_edges(text, bar.em) for text in lines]
        baselines = [50, 98] if len(lines) == 2 else [71]
        self._rows = [bar.rows(baseline - 37, baseline + 13) for baseline in baselines]
        drawn = [self._draw(text, rows) for text, rows in zip(lines, self._rows, strict=True)]
        self._unsaid, self._newest, self._said = zip(*drawn, strict=True)

    def at(self, said: int, newest: int, finished: bool) -> NDArray[np.uint8]:
        """The page with ``said`` of its characters said, those from ``newest`` on just now."""
        pixels = self._bar.pixels.copy()
        first = 0
        for index, (text, rows, edges) in enumerate(zip(self._lines, self._rows, self._edges, strict=True)):
            lit = min(len(text), max(0, (said if finished else min(newest, said)) - first))
            warm = min(len(text), max(0, said - first))
            strip = pixels[rows, self._bar.columns]
            strip[:] = self._unsaid[index]
            strip[:, : edges[warm]] = self._newest[index][:, : edges[warm]]
            strip[:, : edges[lit]] = self._said[index][:, : edges[lit]]
            first += len(text)
        rows, columns = self._bar.meter
        pixels[rows, columns] = self._bar.levels[-1 if finished else said % len(_BARS)]
        return pixels

    def _draw(self, text: str, rows: slice) -> tuple[Strip, Strip, Strip]:
        """A line over its part of the bar: unsaid, newest, said."""
        under = self._bar.pixels[rows, self._bar.columns]
        cover = np.zeros(under.shape[:2], np.float32)
        drawn = line(text, self._bar.em, 0.008)
        place(cover, drawn.mask, self._bar.inset - drawn.pad, round(37 * self._bar.unit) - drawn.baseline)
        return _inked(under, cover * np.float32(0.78), _NEXT), _inked(under, cover, _NOW), _inked(under, cover, _SAID)


def _inked(under: Strip, cover: Mask, colour: Colour) -> Strip:
    """A colour through a mask over straight-alpha pixels."""
    below = under[:, :, 3].astype(np.float32) / np.float32(255)
    alpha = below + (1 - below) * cover
    share = cover / np.maximum(alpha, np.float32(1e-4))
    ink = np.empty_like(under)
    ink[:] = (*reversed(colour), 255)
    mixed = np.asarray(cv2.blendLinear(ink, under, share, 1 - share), np.uint8)
    mixed[:, :, 3] = alpha * 255 + 0.5
    return mixed


class _Panel:
    """The empty bar, drawn once, and where things lie on it."""

    def __init__(self, width: int, unit: float) -> None:
        self.unit, self.em = unit, _EM * unit
        self.pad, self.inset = round(_PAD * unit), round(4 * unit)
        self._height = round(_HEIGHT * unit)
        self.text_width = width - (_LEFT + _RIGHT) * unit
        self.columns = slice(
            self.pad + round(_LEFT * unit) - self.inset, self.pad + width - round(_RIGHT * unit) + 2 * self.inset
        )
        self.canvas = self._draw(width)
        self.pixels = self.canvas.straight()
        self.meter = self.rows(30, _HEIGHT - 30), slice(self.pad + round(22 * unit), self.pad + round(74 * unit))
        self.levels = [self._level(heights) for heights in (*_BARS, _STILL)]

    def rows(self, top: float, bottom: float) -> slice:
        """Rows of the canvas, from lengths below the top of the bar."""
        return slice(self.pad + round(top * self.unit), self.pad + round(bottom * self.unit))

    def _draw(self, width: int) -> Canvas:
        height, pad, unit = self._height, self.pad, self.unit
        canvas = Canvas(width + 2 * pad, height + 2 * pad)
        panel = rounded(width, height, 30 * unit)
        canvas.shadow(panel, pad, pad + round(10 * unit), 9 * unit, (26, 15, 8), 0.26)
        canvas.fill(panel, pad, pad, (255, 255, 255), 0.16)
        edge = max(1, round(1.5 * unit))
        inner = rounded(width - 2 * edge, height - 2 * edge, 29 * unit)
        canvas.gradient(inner, pad + edge, pad + edge, (23, 50, 58), (15, 36, 42), (0.86, 0.92))
        return canvas

    def _level(self, heights: tuple[int, ...]) -> NDArray[np.uint8]:
        """The little level meter on the left."""
        canvas = self.canvas.cut(*self.meter)
        for index, height in enumerate(heights):
            bar = rounded(max(1, round(5 * self.unit)), max(1, round(height * self.unit)), 2.5 * self.unit)
            canvas.fill(bar, round((4 + 9 * index) * self.unit), (canvas.pixels.shape[0] - bar.shape[0]) // 2, _METER)
        return canvas.straight()


def _edges(text: str, em: float) -> list[int]:
    """The column where each character of a line begins, and where the last one ends; 0 is left of the text."""
    widths = np.cumsum([advance(character, em) for character in text])
    return [0, *(round(float(width)) + 4 for width in widths)]


def _word(text: str, said: int) -> tuple[int, int]:
    """Where the word being said begins and ends; where nothing is, or all has been, both are ``said``."""
    at = 0
    for piece in pieces(text) if 0 < said < len(text) else ():
        if at < said <= at + len(piece):
            return at, at + len(piece)
        at += len(piece)
    return said, said
