"""The texts of a sheet that are said as answers: what of them cannot be said, or is not meant to be."""

from __future__ import annotations

from collections.abc import Iterator

from host.core.errors import Finding
from host.core.findings import found, warned
from host.core.product import Product
from host.show.asides import EXAMPLE, asides
from host.show.spoken import Why, unspoken


def unsaid(product: Product) -> Iterator[Finding]:
    """Signs of Markdown and ornaments among what is said, and stage directions, which nothing leaves out here."""
    for key, text in _texts(product):
        line = int(product.place(key).rpartition(":")[2])
        directing = [aside for aside in asides(text) if aside.certain and not aside.label]
        for aside in directing:
            written = text[aside.start : aside.end]
            yield warned("answer_aside", product.source, line, written=written, example=aside.instead or EXAMPLE)
        pieces = unspoken(text, left_out=[(aside.start, aside.end) for aside in directing])
        for sign, why in dict.fromkeys((piece.sign, piece.why) for piece in pieces):
            if why is Why.MARKUP:
                yield found("sign_unspoken", product.source, line, sign=sign)
            elif sign.isprintable():
                yield warned("sign_left_out", product.source, line, sign=sign)


def _texts(product: Product) -> Iterator[tuple[str, str]]:
    yield "name", product.name
    for topic, text in product.facts.items():
        yield f"facts.{topic}", text
    for index, entry in enumerate(product.faq):
        yield f"faq.{index}.a", entry.answer
    yield "shipping", product.shipping
    yield "returns", product.returns
    for index, offer in enumerate(product.promotions):
        yield f"promotions.{index}.text", offer.text
    for variant in product.variants:
        yield f"variants.{variant.id}", variant.name
        for topic, text in variant.facts.items():
            yield f"variants.{variant.id}.facts.{topic}", text
    for detail in product.details:
        yield detail.key, detail.text
