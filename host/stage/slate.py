"""The slate: what is on the picture while no renderer has made one. It carries the AI label like every other frame."""

from __future__ import annotations

import cv2
import numpy as np

from host.core.media import Picture

LABEL = "AI 生成  AI-generated"
_GROUND, _INK, _GREY = 32, 235, 128


def make_slate(width: int, height: int, label: str = LABEL) -> Picture:
    """A dark picture with the AI label across the middle, its height 6 % of the shorter side.

    GB 45438-2025 asks for at least 5 %. Where that is wider than the picture it shrinks to fit.
    """
    font = cv2.FontFace("uni")
    size = max(8, round(min(width, height) * 0.06))
    _, _, text_width, _ = cv2.getTextSize((width, height), label, (0, 0), font, size)
    size = min(size, size * width * 9 // (10 * max(1, text_width)))
    _, _, text_width, _ = cv2.getTextSize((width, height), label, (0, 0), font, size)
    i420 = np.full((height * 3 // 2, width), _GREY, np.uint8)
    luma = np.full((height, width), _GROUND, np.uint8)
    cv2.putText(luma, label, (max(0, (width - text_width) // 2), height // 2), (_INK,), font, size)
    i420[:height] = luma
    return Picture(i420)
