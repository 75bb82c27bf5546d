"""What the picture shows besides the host: the card, the caption, the comment being answered, a picture spoken of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache

from host.core.media import FPS, TICK_SECONDS
from host.core.packs import pack
from host.core.product import Catalogue, Lang, Product
from host.core.scene import Caption, Card, Manner, Scene
from host.core.utterance import Utterance
from host.programme.captions import CaptionTrack
from host.stage.on_air import Item
from host.stage.playout import TickOut

BREATH = FPS
"""Ticks of silence after which a picture that was spoken of is no longer shown."""


def card_of(product: Product, wall: datetime) -> Card:
    """The card of a product at a moment: the price in force, the list price if that is higher, what is left of it."""
    price = product.price_in_force(wall)
    was = product.list_price or (product.price if product.price.amount > price.amount else None)
    badges = (pack(product.lang).table("labels.toml")["stock"].format(stock=product.stock),) if product.stock else ()
    return Card(
        product=product.id,
        name=product.name,
        link=product.link,
        price=str(price),
        list_price=str(was) if was and was.amount > price.amount else "",
        image=product.image,
        badges=badges,
        lang=product.lang,
        sold_out=product.sold_out,
    )


class Look:
    """Tells the pump, for each tick, how the host carries itself and what is around it.

    Equal scenes are the same object, so that a renderer sees at once that nothing changed.
    """

    def __init__(
        self,
        lang: Lang,
        catalogue: Callable[[], Catalogue],
        on_air: Callable[[], str | None],
        wall: Callable[[], datetime],
        listening: Callable[[], bool],
        question: Callable[[Utterance], str],
    ) -> None:
        self._lang: Lang = lang
        self._catalogue = catalogue
        self._on_air = on_air
        self._wall = wall
        self._listening = listening
        self._question = question
        self._track: tuple[Item, CaptionTrack, str] | None = None
        self._card: tuple[object, Card | None] = (None, None)
        self._shown: tuple[str, int] = ("", 0)
        self._scene = lru_cache(maxsize=16)(Scene)

    def __call__(self, tick: TickOut) -> tuple[Manner, Scene]:
        item = tick.item
        if item is None:
            manner = Manner.LISTENING if self._listening() else Manner.IDLE
            return manner, self._scene(self.card(), None, "", self._lang, self._still_shown(tick.tick))
        if self._track is None or self._track[0] is not item:
            self._track = (item, CaptionTrack(item.text, item.speech), self._question(item.utterance))
        _, track, asked = self._track
        utterance = item.utterance
        caption = Caption(utterance.text, item.begins + track.said(tick.frame * TICK_SECONDS))
        shown = utterance.direction.show
        self._shown = shown, tick.tick
        return Manner.TALKING, self._scene(self.card(utterance), caption, asked, utterance.lang, shown)

    def _still_shown(self, tick: int) -> str:
        """The picture that was spoken of: two sentences about it may have a breath between them."""
        shown, last = self._shown
        return shown if tick - last <= BREATH else ""

    def card(self, utterance: Utterance | None = None) -> Card | None:
        """The card now: the product of what is said, or the one on air. Made anew at most once a second."""
        product_id = (utterance.product if utterance else None) or self._on_air()
        catalogue = self._catalogue()
        wall = self._wall()
        key = (catalogue, product_id, int(wall.timestamp()))
        if self._card[0] != key:
            product = catalogue.get(product_id)
            card = card_of(product, wall) if product else None
            self._card = (key, self._card[1] if card == self._card[1] else card)
        return self._card[1]
