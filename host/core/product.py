"""Products and the facts about them that may be said: the single source for answers, guard, card and page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from host.core.lang import Lang as Lang
from host.core.money import Money as Money
from host.core.offers import Promotion as Promotion
from host.core.variants import SizeChart, Variant


class FactKind(StrEnum):
    """What a fact tells of."""

    NAME = "name"
    LINK = "link"
    PRICE = "price"
    LIST_PRICE = "list_price"
    STOCK = "stock"
    VARIANT = "variant"
    SIZE = "size"
    PROMOTION = "promotion"
    SHIPPING = "shipping"
    RETURNS = "returns"
    SERVICE = "service"
    """Invoices, opening hours, changes of an order."""
    INCLUDED = "included"
    EXCLUDED = "excluded"
    EXTRA = "extra"
    """Sold separately."""
    WARRANTY = "warranty"
    CERTIFICATE = "certificate"
    ORIGIN = "origin"
    CARE = "care"
    AUDIENCE = "audience"
    COMPATIBILITY = "compatibility"
    BATCH = "batch"
    """When it was made, and how long it keeps."""
    FAQ = "faq"
    PROSE = "prose"


SPOKEN_AS_TOLD = frozenset({
    FactKind.SIZE, FactKind.SERVICE, FactKind.INCLUDED, FactKind.EXCLUDED, FactKind.EXTRA, FactKind.WARRANTY,
    FactKind.CERTIFICATE, FactKind.ORIGIN, FactKind.CARE, FactKind.AUDIENCE, FactKind.COMPATIBILITY, FactKind.BATCH,
})  # fmt: skip
"""Kinds of typed entries, whose words are whole sentences already."""


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
    kind: FactKind = FactKind.PROSE


@dataclass(frozen=True, slots=True)
class Faq:
    """A question viewers ask, in one or more wordings, with its answer."""

    questions: tuple[str, ...]
    answer: str


@dataclass(frozen=True, slots=True)
class Warranty:
    """What is mended or replaced for nothing, and for how long."""

    months: int
    covers: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Audience:
    """For whom a product is, and for whom not."""

    fit: tuple[str, ...] = ()
    unfit: tuple[str, ...] = ()
    min_age: int | None = None
    """Months."""
    max_age: int | None = None
    """Months."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What is sent now, and when it was made."""

    made: date
    code: str = ""
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Extra:
    """What is sold separately."""

    name: str
    price: Money | None = None
    link: int | None = None


@dataclass(frozen=True, slots=True)
class Detail:
    """A typed entry of a sheet as it is said."""

    key: str
    """Within the product: ``warranty``, ``included``, ``shop.invoice``."""
    kind: FactKind
    topic: str
    text: str


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
    variants: tuple[Variant, ...] = ()
    size_chart: SizeChart = field(default_factory=SizeChart)
    included: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    extras: tuple[Extra, ...] = ()
    warranty: Warranty | None = None
    certificates: tuple[str, ...] = ()
    origin: str = ""
    care: tuple[str, ...] = ()
    audience: Audience | None = None
    works_with: tuple[str, ...] = ()
    not_with: tuple[str, ...] = ()
    batches: tuple[Batch, ...] = ()
    shelf_life: int | None = None
    """Months."""
    details: tuple[Detail, ...] = ()
    """The typed entries, the shop's among them, in the words in which they are said."""
    source: str = ""
    lines: Mapping[str, int] = field(default_factory=dict)
    """Key of the sheet (``price``, ``facts.净重``, ``faq.2``) to its line in ``source``."""
    kinds: Mapping[str, FactKind] = field(default_factory=dict)
    """What the facts of these topics tell of; of the others nobody knows."""
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    """Key of what stands in no sheet of its own, the shop's, to its ``path:line``."""

    @property
    def sold_out(self) -> bool:
        """Whether the sheet says that none is left."""
        return self.stock == 0

    def promotions_in_force(self, wall: datetime) -> tuple[Promotion, ...]:
        """The offers that stand at ``wall``, in the order written."""
        return tuple(offer for offer in self.promotions if offer.in_force(wall))

    def price_in_force(self, wall: datetime) -> Money:
        """What a viewer pays at ``wall``: the lowest price of an offer that stands for all variants, else the price."""
        offers = [offer.price for offer in self.promotions_in_force(wall) if offer.price and not offer.variants]
        return min([self.price, *offers], key=lambda money: money.amount)

    def facts_in_force(self, wall: datetime) -> tuple[Fact, ...]:
        """Everything that may be said of the product at ``wall``."""
        return tuple(self._facts(wall))

    def place(self, key: str) -> str:
        """``path:line`` of what stands under a key, or of the nearest key around it."""
        line = next((self.lines[name] for name in _outwards(key) if name in self.lines), 0)
        return self.elsewhere.get(key) or f"{self.source}:{line}"

    def _facts(self, wall: datetime) -> Iterator[Fact]:
        def fact(key: str, topic: str, text: str, kind: FactKind) -> Fact:
            return Fact(f"{self.id}.{key}", self.id, topic, text, self.place(key), kind)

        yield fact("name", "name", self.name, FactKind.NAME)
        yield fact("link", "link", str(self.link), FactKind.LINK)
        yield fact("price", "price", str(self.price), FactKind.PRICE)
        if self.list_price:
            yield fact("list_price", "list_price", str(self.list_price), FactKind.LIST_PRICE)
        if self.stock is not None:
            yield fact("stock", "stock", str(self.stock), FactKind.STOCK)
        for variant in self.variants:
            for key, topic, text, kind in _told_of(variant):
                yield fact(f"variants.{variant.id}.{key}".rstrip("."), topic, text, kind)
        for topic, text in self.facts.items():
            yield fact(f"facts.{topic}", topic, text, self.kinds.get(topic, FactKind.PROSE))
        for detail in self.details:
            yield fact(detail.key, detail.topic, detail.text, detail.kind)
        for index, entry in enumerate(self.faq):
            yield fact(f"faq.{index}", entry.questions[0], entry.answer, FactKind.FAQ)
        if self.shipping:
            yield fact("shipping", "shipping", self.shipping, FactKind.SHIPPING)
        if self.returns:
            yield fact("returns", "returns", self.returns, FactKind.RETURNS)
        for index, offer in enumerate(self.promotions):
            if offer.in_force(wall):
                yield fact(f"promotions.{index}", "promotion", offer.text, FactKind.PROMOTION)
                if offer.told and offer.told != offer.text:
                    yield fact(f"promotions.{index}.terms", "promotion", offer.told, FactKind.PROMOTION)
                if offer.price:
                    yield fact(f"promotions.{index}.price", "price", str(offer.price), FactKind.PRICE)


def _told_of(variant: Variant) -> Iterator[tuple[str, str, str, FactKind]]:
    """Key, topic, text and kind of everything that a sheet says of a variant."""
    yield "", variant.name, variant.name, FactKind.VARIANT
    if variant.price:
        yield "price", variant.name, str(variant.price), FactKind.PRICE
    if variant.list_price:
        yield "list_price", variant.name, str(variant.list_price), FactKind.LIST_PRICE
    if variant.stock is not None:
        yield "stock", variant.name, str(variant.stock), FactKind.STOCK
    for topic, text in variant.facts.items():
        yield f"facts.{topic}", f"{variant.name} {topic}", text, FactKind.VARIANT


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
