"""Which facts are in force: sheets, changes and the clock alter them, and whoever leans on them is told at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from host.core.clock import Clock
from host.core.livefacts.checks import in_zone
from host.core.product import Catalogue, Product
from host.programme.conversation import Conversation
from host.programme.presenter import Presenter
from host.programme.price_corrections import PriceCorrections


class InForce:
    """Has what is prepared judged again, comments asked again and prices set right, whenever facts are altered: also
    when an offer begins or ends."""

    def __init__(
        self,
        clock: Clock,
        catalogue: Callable[[], Catalogue],
        presenter: Presenter,
        conversation: Conversation,
        corrections: PriceCorrections,
    ) -> None:
        self._clock = clock
        self._catalogue = catalogue
        self._presenter = presenter
        self._conversation = conversation
        self.corrections = corrections
        self._turns_at = next_turn(catalogue(), clock.wall())

    def altered(self) -> None:
        """Other facts are in force from now on."""
        now, wall = self._clock.now(), self._clock.wall()
        self._turns_at = next_turn(self._catalogue(), wall)
        self._presenter.facts_changed()
        self._conversation.facts_changed(now)
        self.corrections.facts_changed(now, wall)

    def on_tick(self) -> None:
        """Called between ticks."""
        wall = self._clock.wall()
        if self._turns_at is not None and wall >= self._turns_at:
            self.altered()
        self.corrections.on_tick(self._clock.now(), wall)


def next_turn(products: Iterable[Product], wall: datetime) -> datetime | None:
    """When the next offer begins or ends after ``wall``; None where none does."""
    offers = (offer for product in products for offer in product.promotions)
    moments = (in_zone(moment, wall) for offer in offers for moment in (offer.starts, offer.ends) if moment)
    return min((moment for moment in moments if moment > wall), default=None)
