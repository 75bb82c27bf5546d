"""What lies around the host: a picture that is spoken of, product card, caption, the comment being answered, and,
always last, the AI label."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import TypeVar

from host.avatar.boxes import Rect
from host.avatar.caption import CaptionBar, caption_box
from host.avatar.card import card_box, product_card
from host.avatar.label import INK, PAPER, SPARK, ai_label, label_box
from host.avatar.pose import Overlay
from host.avatar.shown import Shown, ShownPictures
from host.avatar.textart import Canvas, advance, cleaned, rounded, shortened, wrapped
from host.core.media import HEIGHT, WIDTH
from host.core.product import Lang
from host.core.scene import Caption, Card, Scene

Key = TypeVar("Key")

CHIP_FOOT, CHIP_HEIGHT = 198, 86
"""Lower edge of a comment above the foot of the picture, at 720 wide: just over the caption bar. Its height at most."""


class SceneArtist:
    """Draws a scene's overlays for pictures of one size; the same parts give the same `Overlay` objects.

    ``face`` is where the host's is, which no picture that is shown may cover.
    """

    def __init__(self, size: tuple[int, int] = (WIDTH, HEIGHT), lang: Lang = "zh", face: Rect | None = None) -> None:
        self._size = size
        self._unit = min(size) / 720
        self.label = ai_label(size, lang)
        self._bar = CaptionBar(size)
        self._cards: OrderedDict[Card, Overlay | None] = OrderedDict()
        self._captions: OrderedDict[Caption, Overlay | None] = OrderedDict()
        self._asked: OrderedDict[str, Overlay | None] = OrderedDict()
        self._pictures = ShownPictures(size, face)

    def overlays(self, scene: Scene) -> list[Overlay]:
        """The scene's overlays, back to front; the last is the AI label, whatever the scene."""
        shown = self.shown(scene)
        parts = [
            *(shown.overlays if shown else ()),
            _remembered(self._cards, scene.card, self._card, 16) if scene.card else None,
            _remembered(self._asked, scene.asked, self._question, 8) if scene.asked else None,
            _remembered(self._captions, scene.caption, self._bar.overlay, 8) if scene.caption else None,
        ]
        return [*(part for part in parts if part is not None), self.label]

    def foresee(self, path: str) -> None:
        """Read and draw a picture that will be shown beside a card; for any thread."""
        self._pictures.foresee(path, self._taken(card=True, asked=False))

    def shown(self, scene: Scene) -> Shown | None:
        """What is drawn for the picture that is spoken of; None where there is none, or none that can be shown."""
        if not scene.shown:
            return None
        return self._pictures.at(scene.shown, self._taken(scene.card is not None, bool(scene.asked)))

    def _taken(self, card: bool, asked: bool) -> Sequence[Rect]:
        """What a picture that is shown keeps free. Captions come and go, so their place is kept all the time."""
        caption = caption_box(self._size)
        foot = self._size[1] - round(CHIP_FOOT * self._unit)
        chip = caption[0], foot - round(CHIP_HEIGHT * self._unit), caption[2], foot
        return [
            label_box(self.label, self._size),
            caption,
            *([card_box(self._size)] if card else []),
            *([chip] if asked else []),
        ]

    def _card(self, card: Card) -> Overlay:
        left, top, *_ = card_box(self._size)
        return product_card(card, self._unit, left, top, self._size)

    def _question(self, asked: str) -> Overlay | None:
        user, colon, text = cleaned(asked, 300).partition(": ")
        if not colon:
            user, text = "", user
        if not text.strip():
            return None
        return self._chip(user, text, 26, self._size[1] - round(CHIP_FOOT * self._unit))

    def _chip(self, user: str, text: str, em: float, foot: int) -> Overlay:
        """A dark panel with a name in warm and a text in white, on two lines at most; ``foot`` is its lower edge."""
        unit, size, gap = self._unit, em * self._unit, "  "
        inset, pad, leading = round(20 * unit), round(14 * unit), round(1.4 * size)
        room = self._size[0] - 2 * round(28 * unit) - 2 * inset
        user = shortened(user, size, room * 0.4) + gap if user else ""
        lines = wrapped(user + text, size, room)
        if len(lines) > 2:
            lines = [lines[0], shortened("".join(lines[1:]), size, room)]
        wide = round(max(advance(line.rstrip(), size) for line in lines)) + 2 * inset
        high = round(0.45 * size) + leading * len(lines)
        canvas = Canvas(wide + 2 * pad, high + 2 * pad)
        pill = rounded(wide, high, 24 * unit)
        canvas.shadow(pill, pad, pad + round(4 * unit), 4 * unit, (26, 15, 8), 0.24)
        canvas.fill(pill, pad, pad, INK, 0.8)
        named = len(user)
        for row, line in enumerate(lines):
            baseline = pad + round(1.28 * size) + row * leading
            x = canvas.text(line[:named], pad + inset, baseline, size, SPARK, 0.012)
            canvas.text(line[named:], x, baseline, size, PAPER, 0.006)
            named = max(0, named - len(line))
        return canvas.overlay(round(28 * unit) - pad, foot - high - pad, self._size)


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
