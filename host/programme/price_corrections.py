"""A price that was said and has changed since is set right aloud, while those who heard it are still there."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from host.core.lang import Lang
from host.core.product import Catalogue, Product
from host.core.utterance import Kind, Utterance
from host.mind.answers.compose import money, price_piece
from host.show.director import Director, Reply
from host.show.phrases import fill, phrase

REMEMBERED = 30.0
"""Seconds after its last word for which a price that was said is set right."""

_VARIANTS = "variants."


@dataclass(frozen=True, slots=True)
class Subject:
    """What a price was said of, and in which language."""

    product: str
    variant: str
    """Empty for the product as a whole."""
    lang: Lang


@dataclass
class _Said:
    """A price that viewers heard."""

    subject: Subject
    text: str
    """Of the fact it rested on."""
    paid: str
    """What one piece cost then."""
    utterance: str
    until: float | None = None
    """When its last word was said; None while it is being said."""
    owed: bool = False
    """Whether it is to be set right."""


class PriceCorrections:
    """Remembers the prices said last, and has the director say what they are now."""

    def __init__(self, director: Director, catalogue: Callable[[], Catalogue], seed: int) -> None:
        self._director = director
        self._catalogue = catalogue
        self._seed = seed
        self._said: list[_Said] = []
        self._waiting: dict[Subject, str] = {}
        """Ids of the corrections that are with the director."""
        self._numbers = itertools.count(1)

    def started(self, utterance: Utterance, wall: datetime) -> None:
        """An utterance begins: what it says of prices, and what it sets right."""
        for subject in [subject for subject, reply in self._waiting.items() if reply == utterance.reply]:
            del self._waiting[subject]
            self._said = [said for said in self._said if not (said.owed and said.subject == subject)]
        for product, variant, text in self._prices(utterance, wall):
            subject = Subject(product.id, variant, utterance.lang)
            self._said.append(_Said(subject, text, str(product.price_in_force(wall)), utterance.id))

    def played(self, utterance: Utterance, now: float) -> None:
        """An utterance is over, or was cut."""
        for said in self._said:
            if said.utterance == utterance.id:
                said.until = now

    def facts_changed(self, now: float, wall: datetime) -> None:
        """Other facts are in force: what was said lately is held against them, and what waits is put anew."""
        for reply in self._waiting.values():
            self._director.drop(reply)
        self._waiting.clear()
        self._said = [said for said in self._said if said.owed or said.until is None or now - said.until <= REMEMBERED]
        for said in self._said:
            said.owed = self._outdated(said, wall)

    def on_tick(self, now: float, wall: datetime) -> None:
        """Have said what is owed, unless the operator has the host be silent."""
        if self._director.paused:
            return
        for subject in dict.fromkeys(said.subject for said in self._said if said.owed):
            product = self._catalogue().get(subject.product)
            if product is not None and subject not in self._waiting:
                self._waiting[subject] = reply = f"correction-{next(self._numbers)}"
                self._director.reply(self._correction(reply, product, subject, wall), now)

    def _prices(self, utterance: Utterance, wall: datetime) -> Iterator[tuple[Product, str, str]]:
        """The prices an utterance rests on: product, variant, and the text of the fact."""
        for fact in utterance.evidence:
            name, _, key = fact.partition(".")
            product = self._catalogue().get(name)
            variant = _variant(key)
            texts = _told_of_prices(product, variant, wall) if product else {}
            if product and key in texts:
                yield product, variant, texts[key]

    def _outdated(self, said: _Said, wall: datetime) -> bool:
        subject = said.subject
        product = self._catalogue().get(subject.product)
        if product is None or product.sold_out:
            return False
        if said.text not in _told_of_prices(product, subject.variant, wall).values():
            return True
        return not subject.variant and str(product.price_in_force(wall)) != said.paid

    def _correction(self, reply: str, product: Product, subject: Subject, wall: datetime) -> Reply:
        lang = subject.lang
        text = _price_of_variant(product, subject) or price_piece(product, wall, lang).text
        template = phrase(lang, "price_correction", (), (), f"{self._seed}:{reply}")
        said = fill(template, lang, text=text) if template else text
        return Reply(reply, Kind.OPERATOR, said, lang, about=(product.id,))


def _variant(key: str) -> str:
    """The id of the variant that a fact with this key is about; empty for the product as a whole."""
    return key.removeprefix(_VARIANTS).partition(".")[0] if key.startswith(_VARIANTS) else ""


def _told_of_prices(product: Product, variant: str, wall: datetime) -> dict[str, str]:
    """What `Product.facts_in_force` tells of what is paid, by key: of one variant, or of the product as a whole.

    Not asked of the facts themselves, of which a product with many variants has very many: this is asked between two
    ticks.
    """
    if variant:
        prices = (each.price for each in product.variants if each.id == variant)
        return {f"{_VARIANTS}{variant}.price": str(price) for price in prices if price}
    told = {"price": str(product.price)}
    for index, offer in enumerate(product.promotions):
        if offer.in_force(wall):
            told[f"promotions.{index}"] = offer.text
            told |= {f"promotions.{index}.price": str(offer.price)} if offer.price else {}
    return told


def _price_of_variant(product: Product, subject: Subject) -> str:
    """What a variant costs now; nothing where it is none of the product's."""
    variant = next((each for each in product.variants if each.id == subject.variant), None)
    if variant is None:
        return ""
    price = variant.price or product.price
    if subject.lang == "zh":
        return f"{product.name}的{variant.name}现在是{money(price, 'zh')}。"
    return f"{product.name} in {variant.name} is {money(price, 'en')}."
