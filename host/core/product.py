"""Products and the facts about them that may be said: the single source for answers, guard, card and page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from host.core.lang import Lang as Lang
from host.core.money import Money as Money


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that may be said about a product, and where it is written."""

    id: str
    """Unique in the catalogue: ``cup.price``, ``cup.facts.净重``, ``cup.faq.2``."""
    product: str
    topic: str
    """What it is about, in the writer's words: ``price``, ``shipping``, ``净重``, or an FAQ question."""
    text: str
    source: str
    """``path:line``."""


@dataclass(frozen=True, slots=True)
class Faq:
    """A question viewers ask, in one or more wordings, with its answer."""

    questions: tuple[str, ...]
    answer: str


@dataclass(frozen=True, slots=True)
class Promotion:
    """An offer, in force from ``starts`` to ``ends`` (either may be open). With a price it replaces the product's."""

    text: str
    price: Money | None = None
    starts: datetime | None = None
    ends: datetime | None = None

    def in_force(self, wall: datetime) -> bool:
        """Whether the offer stands at ``wall``; a time without a zone is read in the zone of ``wall``."""
        starts, ends = (at and (at if at.tzinfo else at.replace(tzinfo=wall.tzinfo)) for at in (self.starts, self.ends))
        return not (starts and wall < starts) and not (ends and wall >= ends)


@dataclass(frozen=True, slots=True)
class Product:
    """A product sheet: the front matter of its script."""

    id: str
    name: str
    lang: Lang
    link: int
    """The number viewers type: its position in the cart."""
    price: Money
    list_price: Money | None = None
    stock: int | None = None
    image: str = ""
    """Absolute path of its picture, or empty."""
    aliases: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    faq: tuple[Faq, ...] = ()
    shipping: str = ""
    returns: str = ""
    promotions: tuple[Promotion, ...] = ()
    never_say: tuple[str, ...] = ()
    source: str = ""
    lines: Mapping[str, int] = field(default_factory=dict)
    """Key of the sheet (``price``, ``facts.净重``, ``faq.2``) to its line in ``source``."""

    @property
    def sold_out(self) -> bool:
        """Whether the sheet says that none is left."""
        return self.stock == 0

    def promotions_in_force(self, wall: datetime) -> tuple[Promotion, ...]:
        """The offers that stand at ``wall``, in the order written."""
        return tuple(offer for offer in self.promotions if offer.in_force(wall))

    def price_in_force(self, wall: datetime) -> Money:
        """What a viewer pays at ``wall``: the lowest promotion price that stands, else the price."""
        offers = [offer.price for offer in self.promotions_in_force(wall) if offer.price]
        return min([self.price, *offers], key=lambda money: money.amount)

    def facts_in_force(self, wall: datetime) -> tuple[Fact, ...]:
        """Everything that may be said of the product at ``wall``."""
        return tuple(self._facts(wall))

    def _facts(self, wall: datetime) -> Iterator[Fact]:
        def fact(key: str, topic: str, text: str) -> Fact:
            line = next((self.lines[name] for name in _outwards(key) if name in self.lines), 0)
            return Fact(f"{self.id}.{key}", self.id, topic, text, f"{self.source}:{line}")

        yield fact("name", "name", self.name)
        yield fact("link", "link", str(self.link))
        yield fact("price", "price", str(self.price))
        if self.list_price:
            yield fact("list_price", "list_price", str(self.list_price))
        if self.stock is not None:
            yield fact("stock", "stock", str(self.stock))
        for topic, text in self.facts.items():
            yield fact(f"facts.{topic}", topic, text)
        for index, entry in enumerate(self.faq):
            yield fact(f"faq.{index}", entry.questions[0], entry.answer)
        if self.shipping:
            yield fact("shipping", "shipping", self.shipping)
        if self.returns:
            yield fact("returns", "returns", self.returns)
        for index, offer in enumerate(self.promotions):
            if offer.in_force(wall):
                yield fact(f"promotions.{index}", "promotion", offer.text)
                if offer.price:
                    yield fact(f"promotions.{index}.price", "price", str(offer.price))


def _outwards(key: str) -> Iterator[str]:
    """``promotions.0.price``, ``promotions.0``, ``promotions``."""
    while key:
        yield key
        key = key.rpartition(".")[0]


class Catalogue:
    """The products of a room, by id and by link number. Immutable; a reload makes a new one."""

    def __init__(self, products: Iterable[Product]) -> None:
        self._by_id = {product.id: product for product in products}
        self._by_link = {product.link: product for product in self._by_id.values()}

    def __iter__(self) -> Iterator[Product]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def get(self, product_id: str | None) -> Product | None:
        """The product with that id."""
        return self._by_id.get(product_id) if product_id else None

    @property
    def sold_out(self) -> frozenset[str]:
        """Ids of the products of which none is left."""
        return frozenset(product.id for product in self if product.sold_out)

    def by_link(self, link: int) -> Product | None:
        """The product at that cart position."""
        return self._by_link.get(link)
