"""Captions: what is being said, on two lines at most, with the part that has been said lit and the newest word warm."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from host.avatar.pose import Overlay
from host.avatar.textart import Canvas, advance, drawable, pieces, placed, rounded, wrapped
from host.core.scene import Caption
from host.core.text import clause_ends

MAX_TEXT = 600
"""Characters of a caption that are looked at."""
_SAID, _NOW, _NEXT = (255, 255, 255), (255, 179, 143), (196, 206, 208)
_BARS = ((16, 34, 50, 28, 18), (26, 46, 32, 42, 22), (14, 28, 46, 50, 30), (30, 40, 22, 34, 44))
_STILL = (10, 10, 10, 10, 10)
_PAD = 32


@dataclass(frozen=True, slots=True)
class Page:
    """Part of a caption that is shown at once: ``first:last`` of the cleaned text, as one or two lines."""

    first: int
    last: int
    lines: tuple[str, ...]


def paged(text: str, size: float, width: float) -> tuple[Page, ...]:
    """A text as pages of two lines at most: whole where it fits, else by clauses, else where the lines end."""
    ends = [0, *clause_ends(text), len(text)]
    clauses = [text[start:end] for start, end in pairwise(ends) if end > start]
    pages: list[str] = []
    for clause in [text] if len(wrapped(text, size, width)) <= 2 else clauses:
        if pages and len(wrapped(pages[-1] + clause, size, width)) <= 2:
            pages[-1] += clause
            continue
        lines = wrapped(clause, size, width)
        pages += ["".join(lines[k : k + 2]) for k in range(0, len(lines), 2)]
    found: list[Page] = []
    at = 0
    for page in pages:
        found.append(Page(at, at + len(page), balanced(page, size, width)))
        at += len(page)
    return tuple(found)


def balanced(text: str, size: float, width: float) -> tuple[str, ...]:
    """One line, or two broken at a clause if that leaves neither short, else where they are most alike."""
    if len(wrapped(text, size, width)) < 2:
        return (text,)
    ends = set(clause_ends(text))
    best: tuple[float, int] | None = None
    at = 0
    for piece in pieces(text)[:-1]:
        at += len(piece)
        first, second = advance(text[:at].rstrip(), size), advance(text[at:].rstrip(), size)
        if max(first, second) <= width:
            cost = abs(first - second) / width - (0.45 if at in ends else 0.0) + (0.1 if second > first else 0.0)
            best = min(best, (cost, at)) if best else (cost, at)
    if best is None:
        return tuple(wrapped(text, size, width)[:2])
    return text[: best[1]], text[best[1] :]


class CaptionBar:
    """Draws captions into a bar at the foot of a picture. Keeps the last few pages, so that a step is a copy."""

    KEPT = 6

    def __init__(self, size: tuple[int, int]) -> None:
        width, height = size
        self._unit = min(size) / 720
        self._em = 34 * self._unit
        self._bar = (width - 2 * round(28 * self._unit), round(118 * self._unit))
        self._pad = round(_PAD * self._unit)
        self._size = size
        self._text_width = self._bar[0] - (92 + 30) * self._unit
        self._corner = round(28 * self._unit) - self._pad, height - round(184 * self._unit) - self._pad
        self._panel = self._draw_panel()
        self._layouts: OrderedDict[str, tuple[str, tuple[int, ...], tuple[Page, ...]]] = OrderedDict()
        self._pages: OrderedDict[tuple[str, ...], _Drawn] = OrderedDict()

    def overlay(self, caption: Caption) -> Overlay | None:
        """The bar for a caption; None where there is nothing to show."""
        text, origins, pages = self._layout(caption.text)
        if not pages:
            return None
        said = sum(1 for origin in origins if origin < caption.said)
        page = next((page for page in pages if said < page.last), pages[-1])
        drawn = self._page(page)
        pixels = drawn.at(max(0, said - page.first), _newest(text, said) - page.first, finished=said >= len(text))
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
            pages = paged(text, self._em, self._text_width) if text.strip() else ()
            self._layouts[raw] = text, tuple(index for index, _ in kept), pages
            if len(self._layouts) > self.KEPT:
                self._layouts.popitem(last=False)
        return self._layouts[raw]

    def _page(self, page: Page) -> _Drawn:
        if page.lines not in self._pages:
            self._pages[page.lines] = _Drawn(self._panel, page.lines, self._em, self._unit, self._pad, self._bar[1])
            if len(self._pages) > self.KEPT:
                self._pages.popitem(last=False)
        return self._pages[page.lines]

    def _draw_panel(self) -> Canvas:
        (width, height), unit = self._bar, self._unit
        canvas = Canvas(width + 2 * self._pad, height + 2 * self._pad)
        panel = rounded(width, height, 30 * unit)
        canvas.shadow(panel, self._pad, self._pad + round(10 * unit), 9 * unit, (26, 15, 8), 0.26)
        canvas.fill(panel, self._pad, self._pad, (255, 255, 255), 0.16)
        edge = max(1, round(1.5 * unit))
        inner = rounded(width - 2 * edge, height - 2 * edge, 29 * unit)
        canvas.gradient(inner, self._pad + edge, self._pad + edge, (23, 50, 58), (15, 36, 42), (0.86, 0.92))
        return canvas


class _Drawn:
    """A page drawn three times: unsaid, newest, said. Any step of it is put together from columns of these."""

    def __init__(self, panel: Canvas, lines: tuple[str, ...], em: float, unit: float, pad: int, height: int) -> None:
        self._lines = lines
        self._left = pad + round(92 * unit)
        self._edges = [[0.0, *(advance(text[: k + 1], em) for k in range(len(text)))] for text in lines]
        baselines = [50, 98] if len(lines) == 2 else [71]
        self._rows = [
            slice(pad + round((baseline - 38) * unit), pad + round((baseline + 14) * unit)) for baseline in baselines
        ]
        self._unit, self._pad, self._height = unit, pad, height
        self._unsaid, self._newest, self._said = (
            self._draw(panel, em, unit, baselines, colour, alpha)
            for colour, alpha in ((_NEXT, 0.78), (_NOW, 1.0), (_SAID, 1.0))
        )
        self._bars = [self._level(panel, heights) for heights in (*_BARS, _STILL)]

    def at(self, said: int, newest: int, finished: bool) -> NDArray[np.uint8]:
        """The page with ``said`` of its characters said, those from ``newest`` on just now."""
        pixels = self._unsaid.copy()
        if finished:
            newest = said
        first = 0
        for text, rows, edges in zip(self._lines, self._rows, self._edges, strict=True):
            lit = min(len(text), max(0, min(newest, said) - first))
            warm = min(len(text), max(0, said - first))
            start = 0 if lit == 0 else self._left + round(edges[lit])
            end = start if warm == lit else self._left + round(edges[warm])
            pixels[rows, : start if lit else 0] = self._said[rows, : start if lit else 0]
            if warm > lit:
                begin = start if lit else self._left - 2
                pixels[rows, begin:end] = self._newest[rows, begin:end]
            first += len(text)
        bars, where = self._bars[-1] if finished else self._bars[said % len(_BARS)], self._bar_place
        pixels[where] = bars
        return pixels

    def _draw(
        self, panel: Canvas, em: float, unit: float, baselines: list[int], colour: tuple[int, int, int], alpha: float
    ) -> NDArray[np.uint8]:
        canvas = panel.copy()
        for text, baseline in zip(self._lines, baselines, strict=True):
            canvas.text(text, self._left, self._pad + round(baseline * unit), em, colour, 0.008, alpha)
        return canvas.straight()

    def _level(self, panel: Canvas, heights: tuple[int, ...]) -> NDArray[np.uint8]:
        """The little level meter on the left, cut out of a panel."""
        canvas = panel.copy()
        for index, height in enumerate(heights):
            bar = rounded(max(1, round(5 * self._unit)), max(1, round(height * self._unit)), 2.5 * self._unit)
            x = self._pad + round((26 + 9 * index) * self._unit)
            canvas.fill(bar, x, self._pad + (self._height - bar.shape[0]) // 2, (255, 106, 77))
        rows = slice(self._pad + round(30 * self._unit), self._pad + self._height - round(30 * self._unit))
        self._bar_place = rows, slice(self._pad + round(22 * self._unit), self._pad + round(72 * self._unit))
        return canvas.straight()[self._bar_place]


def _newest(text: str, said: int) -> int:
    """Where the word that has just been said begins."""
    at = 0
    for piece in pieces(text):
        if at + len(piece) >= said:
            return at
        at += len(piece)
    return at
