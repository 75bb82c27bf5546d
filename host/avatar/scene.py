"""What lies around the host: product card, caption, the comment being answered, and, always last, the AI label."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import TypeVar

from host.avatar.caption import CaptionBar
from host.avatar.card import WIDTH as CARD_WIDTH
from host.avatar.card import product_card
from host.avatar.label import INK, ai_label
from host.avatar.pose import Overlay
from host.avatar.textart import Canvas, advance, cleaned, rounded, shortened
from host.core.media import HEIGHT, WIDTH
from host.core.product import Lang
from host.core.scene import Caption, Card, Scene

Key = TypeVar("Key")

CARD_Y = 214
CHIP_Y = 252
"""Above the foot of the picture, at 720 wide: just over the caption bar."""


class SceneArtist:
    """Draws a scene's overlays for pictures of one size; the same parts give the same `Overlay` objects.

    ``title`` is the room's, shown under the label; empty for none.
    """

    def __init__(self, size: tuple[int, int] = (WIDTH, HEIGHT), lang: Lang = "zh", title: str = "") -> None:
        self._size = size
        self._unit = min(size) / 720
        self.label = ai_label(size, lang)
        self._bar = CaptionBar(size)
        self._title = self._chip("", cleaned(title, 60), 24, 122) if cleaned(title, 60) else None
        self._cards: OrderedDict[Card, Overlay | None] = OrderedDict()
        self._captions: OrderedDict[Caption, Overlay | None] = OrderedDict()
        self._asked: OrderedDict[str, Overlay | None] = OrderedDict()

    def overlays(self, scene: Scene) -> list[Overlay]:
        """The scene's overlays, back to front; the last is the AI label, whatever the scene."""
        parts = [
            self._title,
            _remembered(self._cards, scene.card, self._card, 16) if scene.card else None,
            _remembered(self._asked, scene.asked, self._question, 8) if scene.asked else None,
            _remembered(self._captions, scene.caption, self._bar.overlay, 8) if scene.caption else None,
        ]
        return [*(part for part in parts if part is not None), self.label]

    def _card(self, card: Card) -> Overlay:
        x = self._size[0] - round((CARD_WIDTH + 24) * self._unit)
        return product_card(card, self._unit, x, round(CARD_Y * self._unit), self._size)

    def _question(self, asked: str) -> Overlay | None:
        user, colon, text = cleaned(asked, 300).partition(": ")
        if not colon:
            user, text = "", user
        if not text.strip():
            return None
        return self._chip(user, text, 26, self._size[1] / self._unit - CHIP_Y)

    def _chip(self, user: str, text: str, em: float, y: float) -> Overlay:
        """A dark pill with a name in warm and a text in white, cut with an ellipsis where it is too long."""
        unit = self._unit
        size, inset, pad = em * unit, round(20 * unit), round(14 * unit)
        room = self._size[0] - 2 * round(28 * unit) - 2 * inset
        user = shortened(user, size, room * 0.35) if user else ""
        gap = round(12 * unit) if user else 0
        text = shortened(text, size, room - advance(user, size) - gap)
        wide = round(advance(user, size) + gap + advance(text, size)) + 2 * inset
        high = round(1.85 * size)
        canvas = Canvas(wide + 2 * pad, high + 2 * pad)
        pill = rounded(wide, high, high / 2)
        canvas.shadow(pill, pad, pad + round(4 * unit), 4 * unit, (26, 15, 8), 0.24)
        canvas.fill(pill, pad, pad, INK, 0.78)
        baseline = pad + round(0.5 * high + 0.36 * size)
        x = canvas.text(user, pad + inset, baseline, size, (255, 179, 143), 0.012)
        canvas.text(text, x + gap, baseline, size, (255, 255, 255), 0.006)
        return canvas.overlay(round(28 * unit) - pad, round(y * unit) - pad, self._size)


def _remembered(
    store: OrderedDict[Key, Overlay | None], key: Key, draw: Callable[[Key], Overlay | None], keep: int
) -> Overlay | None:
    """What was drawn for a key before, else drawn now; the oldest is forgotten."""
    if key in store:
        store.move_to_end(key)
        return store[key]
    store[key] = draw(key)
    if len(store) > keep:
        store.popitem(last=False)
    return store[key]
