"""What the operator has said, and whose facts it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from host.core.comment import MAX_TEXT
from host.core.fold import fold
from host.core.mentions import mentioned, mentions
from host.core.product import Catalogue, Lang, Product
from host.core.text import bounded, guess_lang


@dataclass(frozen=True, slots=True)
class OperatorLine:
    """A line with the products it is held against."""

    text: str
    lang: Lang
    products: tuple[Product, ...]
    """Whose facts it may rest on: of those it names each part on its own (`host.mind.guard.topics`)."""
    names: bool
    """Whether it names a product of the room."""

    @property
    def about(self) -> tuple[str, ...]:
        """Ids of the products, for when its turn comes and another may be on air."""
        return tuple(product.id for product in self.products)


def operator_line(text: str, lang: Lang, catalogue: Catalogue, on_air: str | None, question: str = "") -> OperatorLine:
    """Read what the operator wrote in a room of language ``lang``.

    A line that names no product speaks of the one that the ``question`` it answers is about, else of the one on air.
    """
    text = bounded(text, MAX_TEXT)
    found = mentions(fold(text), catalogue)
    named = {product.id: product for product in (*found.called, *found.named)}
    shown = catalogue.get(on_air)
    asked = mentioned(fold(question), catalogue)[0] if question and not named else None
    meant = [asked] if asked else [*([shown] if shown else []), *named.values()]
    products = tuple({product.id: product for product in meant}.values())
    return OperatorLine(text, guess_lang(text, lang), products, bool(named))
