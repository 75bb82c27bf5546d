"""The AI label: what says, on every frame, that the host is synthetic.

Designed for GB 45438-2025: its text is at least 5 % of the picture's shortest side high, measured on the ink. It
carries its own background, so it reads on any picture.
"""

from __future__ import annotations

import math
from functools import lru_cache

import cv2
import numpy as np

from host.avatar.boxes import Rect
from host.avatar.pose import Overlay
from host.avatar.textart import Canvas, Mask, advance, line, rounded
from host.core.packs import pack
from host.core.product import Lang

SHARE = 0.05
"""Height of the text over the shortest side of the picture, at least."""

INK, PAPER, WARM, SPARK = (17, 39, 45), (255, 255, 255), (255, 227, 210), (255, 179, 143)
_BOLD, _MEDIUM = 0.021, 0.011
_PAD = 16


def label_texts(lang: Lang) -> tuple[str, str]:
    """What the label says, large and small."""
    labels = pack(lang).table("labels.toml")
    return labels["ai"], labels["ai_small"]


def label_box(label: Overlay, size: tuple[int, int]) -> Rect:
    """Where the label lies, without its shadow."""
    pad = round(_PAD * min(size) / 720)
    high, wide = label.bgra.shape[:2]
    return label.x + pad, label.y + pad, label.x + wide - pad, label.y + high - pad


def ai_label(size: tuple[int, int], lang: Lang) -> Overlay:
    """The label for a picture of ``size`` (width, height), in the upper left corner."""
    unit = min(size) / 720
    first, second = label_texts(lang)
    height = math.ceil(SHARE * min(size))
    least = 40 * unit
    first_size, second_size = (
        max(least, size_for(text, height, bold)) for text, bold in ((first, _BOLD), (second, _MEDIUM))
    )
    x, pad = round(68 * unit), round(_PAD * unit)
    rule = x + advance(first, first_size) + 16 * unit
    end = rule + 16 * unit + advance(second, second_size)
    wide, high = round(end + 28 * unit), round(68 * unit)
    canvas = Canvas(wide + 2 * pad, high + 2 * pad)
    pill = rounded(wide, high, high / 2)
    canvas.shadow(pill, pad, pad + round(6 * unit), 4 * unit, (26, 15, 8), 0.28)
    canvas.fill(pill, pad, pad, PAPER, 0.35)
    line_width = max(1, round(1.5 * unit))
    inner = rounded(wide - 2 * line_width, high - 2 * line_width, high / 2)
    canvas.fill(inner, pad + line_width, pad + line_width, INK, 0.92)
    spark = _spark(round(34 * unit))
    canvas.fill(spark, pad + round(23 * unit), pad + (high - spark.shape[0]) // 2, SPARK)
    baseline = pad + round(0.5 * high + 0.5 * ink_height(first, first_size, _BOLD) - _descent(first, first_size, _BOLD))
    canvas.text(first, pad + x, baseline, first_size, PAPER, _BOLD)
    mark = np.ones((round(32 * unit), max(1, round(2 * unit))), np.float32)
    canvas.fill(mark, pad + round(rule), pad + (high - mark.shape[0]) // 2, PAPER, 0.4)
    canvas.text(second, pad + rule + 16 * unit, baseline, second_size, WARM, _MEDIUM)
    return canvas.overlay(round(28 * unit) - pad, round(40 * unit) - pad, size)


@lru_cache(maxsize=16)
def size_for(text: str, ink: float, bold: float) -> float:
    """The em at which the ink of a text is at least ``ink`` pixels high."""
    size = ink
    while ink_height(text, size, bold) < ink:
        size += 0.5
    return size


def ink_height(text: str, size: float, bold: float) -> float:
    """Rows of pixels from the top to the bottom of what is drawn at full strength."""
    rows = np.flatnonzero(line(text, size, bold).mask.max(axis=1) > 0.5)
    return float(rows[-1] - rows[0] + 1) if len(rows) else 0.0


def _descent(text: str, size: float, bold: float) -> float:
    drawn = line(text, size, bold)
    rows = np.flatnonzero(drawn.mask.max(axis=1) > 0.5)
    return float(rows[-1] + 1 - drawn.baseline) if len(rows) else 0.0


def _spark(size: int) -> Mask:
    """A four-pointed star with hollow sides: an astroid."""
    over = 4
    turn = np.linspace(0, 2 * np.pi, 200)
    half = size * over / 2
    points = np.stack([half + half * np.cos(turn) ** 3, half + half * np.sin(turn) ** 3], axis=1)
    large = np.zeros((size * over, size * over), np.uint8)
    cv2.fillPoly(large, [points.astype(np.int32)], (255,))
    return cv2.resize(large, (size, size), interpolation=cv2.INTER_AREA).astype(np.float32) / np.float32(255)
