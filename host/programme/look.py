"""What the picture shows besides the host: the card, the caption, the comment being answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache

from host.core.media import TICK_SECONDS
from host.core.product import Catalogue, Lang, Product
from host.core.scene import Caption, Card, Manner, Scene
from host.core.utterance import Utterance
from host.programme.captions import CaptionTrack
from host.stage.playout import Item, TickOut

_STOCK = {"zh": "剩余 {} 件", "en": "{} left"}


def card_of(product: Product, wall: datetime, image: str = "") -> Card:
    """The card of a product at a moment: the price in force, the list price if that is higher, what is left of it."""
    price = product.price_in_force(wall)
    was = product.list_price or (product.price if product.price.amount > price.amount else None)
    badges = (_STOCK[product.lang].format(product.stock),) if product.stock else ()
    return Card(
        product=product.id,
        name=product.name,
        link=product.link,
        price=str(price),
        list_price=str(was) if was and was.amount > price.amount else "",
        image=image or product.image,
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
        self._scene = lru_cache(maxsize=16)(Scene)

    def __call__(self, tick: TickOut) -> tuple[Manner, Scene]:
        item = tick.item
        if item is None:
            manner = Manner.LISTENING if self._listening() else Manner.IDLE
            return manner, self._scene(self.card(), None, "", self._lang)
        if self._track is None or self._track[0] is not item:
            self._track = (item, CaptionTrack(item.utterance.text, item.speech), self._question(item.utterance))
        _, track, asked = self._track
        caption = Caption(item.utterance.text, track.said(tick.frame * TICK_SECONDS))
        return Manner.TALKING, self._scene(self.card(item.utterance), caption, asked, item.utterance.lang)

    def card(self, utterance: Utterance | None = None) -> Card | None:
        """The card now: the product of what is said, or the one on air. Made anew at most once a second."""
        product_id = (utterance.product if utterance else None) or self._on_air()
        show = utterance.direction.show if utterance else ""
        catalogue = self._catalogue()
        wall = self._wall()
        key = (catalogue, product_id, show, int(wall.timestamp()))
        if self._card[0] != key:
            product = catalogue.get(product_id)
            card = card_of(product, wall, show) if product else None
            self._card = (key, self._card[1] if card == self._card[1] else card)
        return self._card[1]
