"""Drawing for overlays: text in any script without a font file, rounded panels, soft shadows.

Text comes from the face OpenCV 5 carries inside (``FontFace("uni")``, one weight): drawn four times as large, made
bolder by dilation, and averaged down. Canvases hold premultiplied float BGRA, so layers add without dark seams.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

import cv2
import numpy as np
from numpy.typing import NDArray

from host.avatar.pose import Overlay

Colour = tuple[int, int, int]
"""Red, green, blue, 0..255."""
Mask = NDArray[np.float32]
"""Coverage 0..1, shape ``[h, w]``."""

_FACE = cv2.FontFace("uni")
_USING_FACE = Lock()
"""OpenCV lets other threads run while it draws, and says nothing of one face in two of them."""
_OVER = 4
"""Text is drawn this many times as large."""
_SPACES = frozenset(" \u00a0\u3000")
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me", "Zl", "Zp"})

# Punctuation that may not begin a line, and that may not end one (after the Chinese line-breaking rules, GB/T 15834).
NOT_FIRST = frozenset("，。、；：！？）》」』】”’…—,.;:!?)]}%°℃～~·")
NOT_LAST = frozenset("（《「『【“‘([{¥￥$€£#")


_JOINS = frozenset("'’-/_")
_NUMERALS = frozenset("零〇一二三四五六七八九十百千万亿两半")
_UNITS = frozenset("元块角分折克斤升米年月日号点时秒天个件款瓶杯只盒袋包片支小毫厘公千")
_LONG_UNITS = frozenset({"小时", "分钟", "毫升", "毫米", "厘米", "公斤", "公里", "千克"})


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A line of text as coverage: the pen starts at ``(pad, baseline)`` of the mask and moves ``advance`` pixels."""

    mask: Mask
    pad: int
    baseline: int
    advance: float


@lru_cache(maxsize=8192)
def drawable(character: str) -> bool:
    """Whether the face has a glyph for it. Emoji and what is invisible have none: they are left out, never boxed."""
    if character in _SPACES:
        return True
    if unicodedata.category(character) in _INVISIBLE or ord(character) > 0xFFFF or "\ufe00" <= character <= "\ufe0f":
        return False
    glyph = _glyph(character)
    return bool(glyph.any()) and (character == "?" or not np.array_equal(glyph, _glyph("?")))


def cleaned(text: str, limit: int = 400) -> str:
    """What of a text can be drawn, with white space collapsed and its length bounded."""
    kept = "".join(" " if c.isspace() else c for c in text[:limit] if c.isspace() or drawable(c))
    return " ".join(kept.split(" ")).strip() if "  " not in kept else " ".join(kept.split())


def advance(text: str, size: float) -> float:
    """How far the pen moves, in pixels. The face does not kern: a text is as wide as its characters."""
    drawn_at = round(size * _OVER)
    return sum(_advance(character, drawn_at) for character in text) / _OVER


@lru_cache(maxsize=32)
def line(text: str, size: float, bold: float = 0.0) -> Line:
    """A line of text; ``size`` is the em in pixels, ``bold`` what is added to each side of a stroke, in ems."""
    grow = round(bold * size * _OVER)
    pad = 2 + -(-grow // _OVER)
    ascent, descent = round(1.02 * size) + pad, round(0.32 * size) + pad
    width = int(np.ceil(advance(text, size))) + 2 * pad
    large = np.zeros(((ascent + descent) * _OVER, width * _OVER), np.uint8)
    with _USING_FACE:
        cv2.putText(large, text, (pad * _OVER, ascent * _OVER), (255,), _FACE, round(size * _OVER))
    if grow:
        disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * grow + 1, 2 * grow + 1))
        large = np.asarray(cv2.dilate(large, disc), np.uint8)
    mask = cv2.resize(large, (width, ascent + descent), interpolation=cv2.INTER_AREA)
    return Line(mask.astype(np.float32) / np.float32(255), pad, ascent, advance(text, size))


def shortened(text: str, size: float, width: float) -> str:
    """The text, or as much of it as fits with an ellipsis."""
    if advance(text, size) <= width:
        return text
    # The face centres its ellipsis as Chinese does; Latin text takes full stops.
    mark = "..." if text.isascii() else "…"
    while text and advance(text + mark, size) > width:
        text = text[:-1]
    return text.rstrip(" ,，、") + mark


def pieces(text: str) -> list[str]:
    """What may not be broken: Latin words and numbers, Chinese numbers with their unit, single Han characters;
    punctuation and spaces go with the left."""
    found: list[str] = []
    for character in text:
        if found and _sticks(found[-1], character):
            found[-1] += character
        else:
            found.append(character)
    return found


def _sticks(piece: str, character: str) -> bool:
    last = piece[-1]
    before = piece[-2:-1]
    return (
        character in NOT_FIRST
        or character in _SPACES
        or last in NOT_LAST
        or (_is_latin(character) and _is_latin(last))
        # 99.90, 1,200 and 20:30; don't, BPA-free, km/h and °C.
        or (last in ".,:" and before.isdecimal() and character.isdecimal())
        or (character in _JOINS and _is_latin(last))
        or (last in _JOINS and _is_latin(before) and _is_latin(character))
        or (last == "°" and character in "CF")
        # 二百二十克 and 500克: digits, then one character for what they count.
        or (last in _NUMERALS and _is_han(character))
        or (last.isdecimal() and character in _UNITS)
        or (last + character in _LONG_UNITS and piece[0].isdecimal())
    )


def wrapped(text: str, size: float, width: float) -> list[str]:
    """Lines no wider than ``width``, broken between `pieces`; a piece that is too wide is broken anywhere."""
    lines: list[str] = []
    current = ""
    for piece in pieces(text):
        if advance((current + piece).rstrip(), size) <= width:
            current += piece
            continue
        if current:
            lines.append(current)
        current = ""
        for character in piece if advance(piece.rstrip(), size) > width else (piece,):
            if current and advance(current + character, size) > width:
                lines.append(current)
                current = ""
            current += character
    return [*lines, current] if current else lines


def rounded(width: int, height: int, radius: float) -> Mask:
    """A rounded rectangle that fills its mask, with smooth edges."""
    over = _OVER
    large = np.zeros((height * over, width * over), np.uint8)
    r = int(min(radius, width / 2, height / 2) * over)
    right, bottom = width * over - 1, height * over - 1
    large[r : bottom + 1 - r, :] = 255
    large[:, r : right + 1 - r] = 255
    for x in (r, right - r):
        for y in (r, bottom - r):
            cv2.circle(large, (x, y), r, (255,), -1)
    return cv2.resize(large, (width, height), interpolation=cv2.INTER_AREA).astype(np.float32) / np.float32(255)


class Canvas:
    """Premultiplied BGRA, float 0..1, shape ``[h, w, 4]``; what is laid on it may hang over its edges."""

    def __init__(self, width: int, height: int) -> None:
        self.pixels = np.zeros((height, width, 4), np.float32)

    def cut(self, rows: slice, columns: slice) -> Canvas:
        """A canvas of its own with part of the pixels."""
        part = Canvas(0, 0)
        part.pixels = self.pixels[rows, columns].copy()
        return part

    def fill(self, mask: Mask, x: int, y: int, colour: Colour, alpha: float = 1.0) -> None:
        """One colour through a mask."""
        self.gradient(mask, x, y, colour, colour, (alpha, alpha))

    def gradient(
        self, mask: Mask, x: int, y: int, top: Colour, bottom: Colour, alpha: tuple[float, float] = (1.0, 1.0)
    ) -> None:
        """From one colour at the top to another at the bottom, through a mask."""
        part = np.linspace(0, 1, mask.shape[0], dtype=np.float32)[:, None]
        first = np.array([*(channel / 255 for channel in reversed(top)), 1.0], np.float32) * alpha[0]
        last = np.array([*(channel / 255 for channel in reversed(bottom)), 1.0], np.float32) * alpha[1]
        colours = first + part * (last - first)
        self.lay(mask[:, :, None] * colours[:, None, :], x, y)

    def shadow(self, mask: Mask, x: int, y: int, sigma: float, colour: Colour, alpha: float) -> None:
        """A blurred copy of a mask."""
        edge = int(3 * sigma)
        wide = cv2.GaussianBlur(np.pad(mask, edge), (0, 0), sigma)
        self.fill(np.asarray(wide, np.float32), x - edge, y - edge, colour, alpha)

    def text(
        self, text: str, x: float, baseline: int, size: float, colour: Colour, bold: float = 0.0, alpha: float = 1.0
    ) -> float:
        """Text with the pen starting at ``(x, baseline)``; returns where it ends."""
        drawn = line(text, size, bold)
        self.fill(drawn.mask, round(x) - drawn.pad, baseline - drawn.baseline, colour, alpha)
        return x + drawn.advance

    def lay(self, layer: NDArray[np.float32], x: int, y: int) -> None:
        """Premultiplied pixels over what is there, clipped to the canvas."""
        under, over = _common(self.pixels, layer, x, y)
        under *= 1 - over[:, :, 3:]
        under += over

    def straight(self) -> NDArray[np.uint8]:
        """The pixels as straight-alpha BGRA, 8 bits."""
        alpha = self.pixels[:, :, 3:]
        colour = self.pixels[:, :, :3] / np.maximum(alpha, np.float32(1e-4))
        return np.clip(np.concatenate([colour, alpha], axis=2) * 255 + 0.5, 0, 255).astype(np.uint8)

    def overlay(self, x: int, y: int, size: tuple[int, int]) -> Overlay:
        """The canvas as an overlay at an even place of a picture of an even size, cut off at its edges."""
        return placed(self.straight(), x, y, size)


def place(under: NDArray[np.float32], over: NDArray[np.float32], x: int, y: int) -> None:
    """Set pixels at a place, clipped to what is there."""
    part, source = _common(under, over, x, y)
    part[:] = source


def _common(
    under: NDArray[np.float32], over: NDArray[np.float32], x: int, y: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Views of the part that two pictures share when one lies at ``(x, y)`` of the other."""
    left, top = max(0, x), max(0, y)
    right = max(left, min(under.shape[1], x + over.shape[1]))
    bottom = max(top, min(under.shape[0], y + over.shape[0]))
    return under[top:bottom, left:right], over[top - y : bottom - y, left - x : right - x]


def placed(pixels: NDArray[np.uint8], x: int, y: int, size: tuple[int, int]) -> Overlay:
    """Pixels as an overlay, its place moved up and left to even numbers and what is outside the picture cut off."""
    x, y = x - x % 2, y - y % 2
    left, top = max(0, -x), max(0, -y)
    inside = pixels[top : max(top, size[1] - y), left : max(left, size[0] - x)]
    odd = inside.shape[0] % 2, inside.shape[1] % 2
    if any(odd):
        inside = np.pad(inside, ((0, odd[0]), (0, odd[1]), (0, 0)))
    return Overlay(x + left, y + top, np.ascontiguousarray(inside))


@lru_cache(maxsize=16384)
def _advance(character: str, size: int) -> int:
    with _USING_FACE:
        return int(cv2.getTextSize((0, 0), character, (0, 0), _FACE, size)[2]) - 1


def _glyph(character: str) -> NDArray[np.uint8]:
    image = np.zeros((40, 40), np.uint8)
    with _USING_FACE:
        cv2.putText(image, character, (4, 30), (255,), _FACE, 24)
    return image


def _is_latin(character: str) -> bool:
    return character.isalnum() and not "\u2e80" <= character <= "\uffff"


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"
