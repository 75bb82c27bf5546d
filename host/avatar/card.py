"""The product card: picture, link number, name, price, the price it was, badges, and whether it is sold out."""

from __future__ import annotations

import re

import numpy as np

from host.avatar.boxes import Rect
from host.avatar.picture import load_picture, placeholder
from host.avatar.pose import Overlay
from host.avatar.textart import Canvas, Mask, advance, cleaned, rounded, shortened, wrapped
from host.core.packs import pack
from host.core.scene import Card

WIDTH, HEIGHT = 202, 322
"""At a picture 720 wide. A hand that points at the card ends just under it: it never grows."""
_INK, _CORAL, _GREY = (23, 50, 58), (230, 74, 46), (138, 127, 118)
_BADGES = (((226, 240, 236), (43, 106, 110)), ((253, 234, 223), (194, 73, 46)))
_PRICE = re.compile(r"^(?P<sign>[^\d]{0,4}?)\s*(?P<number>\d[\d.,]*)(?P<after>.*)$")
_PAD, _TOP = 40, 180


def card_box(size: tuple[int, int]) -> Rect:
    """Where a picture of ``size`` has its card, whatever stands on it."""
    unit = min(size) / 720
    left, top = size[0] - round((WIDTH + 24) * unit), round(_TOP * unit)
    return left, top, left + round(WIDTH * unit), top + round(HEIGHT * unit)


def product_card(card: Card, unit: float, x: int, y: int, size: tuple[int, int]) -> Overlay:
    """A card with its upper left corner at ``(x, y)``, drawn ``unit`` times as large as on a picture 720 wide; the
    picture is ``size``."""
    return _Drawing(card, unit).draw().overlay(x - round(_PAD * unit), y - round(_PAD * unit), size)


def _window(unit: float, two_lines: bool) -> tuple[int, int]:
    """Width and height of a card's picture; a name of two lines takes some of its height."""
    return round(WIDTH * unit) - 2 * round(10 * unit), round((157 if two_lines else 182) * unit)


class _Drawing:
    def __init__(self, card: Card, unit: float) -> None:
        self._card, self._unit = card, unit
        self._pad = round(_PAD * unit)
        self._badge_texts = [text for text in (cleaned(badge, 60) for badge in card.badges) if text]
        self._name = self._lines(cleaned(card.name, 120))

    def draw(self) -> Canvas:
        self._width = round(WIDTH * self._unit)
        self._height = round(HEIGHT * self._unit) - (0 if self._badge_texts else self._px(32))
        self._canvas = Canvas(self._width + 2 * self._pad, self._height + 2 * self._pad)
        self._panel()
        below = self._picture()
        below = self._draw_name(below)
        below = self._draw_price(below)
        self._draw_badges(below)
        return self._canvas

    def _px(self, length: float) -> int:
        return max(1, round(length * self._unit))

    def _lines(self, name: str) -> list[str]:
        """The name on two lines at most, smaller if that helps, else cut with an ellipsis."""
        width = (WIDTH - 28) * self._unit
        for em in (20, 19, 18, 17):
            lines = [text.strip() for text in wrapped(name, em * self._unit, width)]
            self._name_em = em * self._unit
            if len(lines) <= 2:
                return lines
        return [lines[0], shortened(" ".join(lines[1:]), self._name_em, width)]

    def _panel(self) -> None:
        panel = rounded(self._width, self._height, 24 * self._unit)
        self._canvas.shadow(panel, self._pad, self._pad + self._px(10), 11 * self._unit, (75, 47, 31), 0.30)
        self._canvas.fill(panel, self._pad, self._pad, (255, 255, 255), 1.0)
        edge = self._px(1.5)
        inner = rounded(self._width - 2 * edge, self._height - 2 * edge, 23 * self._unit)
        self._canvas.gradient(inner, self._pad + edge, self._pad + edge, (255, 255, 255), (255, 247, 238))

    def _picture(self) -> int:
        """Picture and link number; returns the row below."""
        wide, high = _window(self._unit, two_lines=len(self._name) > 1)
        x = y = self._pad + self._px(10)
        frame = rounded(wide, high, 18 * self._unit)
        self._canvas.gradient(frame, x, y, (253, 231, 217), (246, 205, 184))
        picture = load_picture(self._card.image, wide, high) if self._card.image else None
        if picture is not None:
            self._canvas.lay(picture * frame[:, :, None], x, y)
        else:
            bag = placeholder(self._px(84))
            self._canvas.fill(bag, x + (wide - bag.shape[1]) // 2, y + (high - bag.shape[0]) // 2, (190, 120, 92), 0.8)
        if self._card.sold_out:
            self._draw_sold_out(frame, x, y)
        self._draw_link(x, y)
        return y + high

    def _draw_sold_out(self, frame: Mask, x: int, y: int) -> None:
        """A veil over the picture and the words across it."""
        self._canvas.fill(frame, x, y, (255, 255, 255), 0.62)
        text, size = pack(self._card.lang).table("labels.toml")["sold_out"], 27 * self._unit
        wide, high = round(advance(text, size)) + self._px(36), self._px(50)
        left, top = x + (frame.shape[1] - wide) // 2, y + (frame.shape[0] - high) // 2
        self._canvas.fill(rounded(wide, high, high / 2), left, top, _INK, 0.86)
        self._canvas.text(text, left + self._px(18), top + self._px(35), size, (255, 255, 255), 0.02)

    def _draw_link(self, x: int, y: int) -> None:
        text = pack(self._card.lang).table("labels.toml")["link"].format(link=self._card.link)
        size = 20 * self._unit
        text = shortened(text, size, 150 * self._unit)
        wide, high = round(advance(text, size)) + self._px(22), self._px(34)
        pill = rounded(wide, high, high / 2)
        self._canvas.shadow(pill, x, y + self._px(2), 3 * self._unit, (120, 40, 20), 0.25)
        self._canvas.gradient(pill, x, y, (255, 118, 84), (241, 78, 44))
        self._canvas.text(text, x + self._px(11), y + self._px(24), size, (255, 255, 255), 0.018)

    def _draw_name(self, below: int) -> int:
        for text in self._name:
            below += self._px(25)
            self._canvas.text(text, self._pad + self._px(15), below + self._px(5), self._name_em, _INK, 0.018)
        return below

    def _draw_price(self, below: int) -> int:
        baseline = below + self._px(53)
        match = _PRICE.match(cleaned(self._card.price, 24))
        sign, number, after = match.groups() if match else ("", cleaned(self._card.price, 24), "")
        was = cleaned(self._card.list_price, 24)
        width = (WIDTH - 30) * self._unit
        size = 40 * self._unit
        while size > 14 * self._unit and self._price_width(sign, number, after, was, size) > width:
            size -= 2 * self._unit
        x = self._pad + 14.0 * self._unit
        ink = _GREY if self._card.sold_out else _CORAL
        x = self._canvas.text(sign, x, baseline, 0.58 * size, ink, 0.025) + 0.05 * size
        x = self._canvas.text(number, x, baseline, size, ink, 0.028)
        x = self._canvas.text(after, x, baseline, 0.5 * size, ink, 0.02) + 0.2 * size
        if was:
            self._strike(
                shortened(was, 0.5 * size, max(0.0, self._pad + width + 14 * self._unit - x)), x, baseline, 0.5 * size
            )
        return baseline

    def _price_width(self, sign: str, number: str, after: str, was: str, size: float) -> float:
        parts = ((sign, 0.58), (number, 1.0), (after, 0.5), (was, 0.5))
        return sum(advance(text, share * size) for text, share in parts) + 0.25 * size

    def _strike(self, text: str, x: float, baseline: int, size: float) -> None:
        end = self._canvas.text(text, x, baseline, size, _GREY)
        stroke = np.ones((max(1, round(0.08 * size)), max(1, round(end - x) + 2)), np.float32)
        self._canvas.fill(stroke, round(x) - 1, baseline - round(0.36 * size), _GREY)

    def _draw_badges(self, below: int) -> None:
        """The first two badges, small enough to fit beside each other; one that does not fit is cut or left out."""
        texts, room, gap = self._badge_texts[:2], (WIDTH - 26) * self._unit, 6 * self._unit
        for em in (14, 13.5, 13, 12.5, 12):
            size, inset = em * self._unit, 0.52 * em * self._unit
            widths = [advance(text, size) + 2 * inset for text in texts]
            if sum(widths) + gap * (len(widths) - 1) <= room:
                break
        x, top, high = self._pad + 13.0 * self._unit, below + self._px(12), self._px(26)
        left = room
        for (paper, ink), badge in zip(_BADGES, texts, strict=False):
            text = shortened(badge, size, left - 2 * inset)
            if left < 0.3 * room:
                break
            wide = advance(text, size) + 2 * inset
            self._canvas.fill(rounded(round(wide), high, high / 2), round(x), top, paper)
            self._canvas.text(text, x + inset, top + self._px(18), size, ink, 0.008)
            x, left = x + wide + gap, left - wide - gap
