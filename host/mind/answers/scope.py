"""What a question is put about: the products in play, and whether they are compared."""

from __future__ import annotations

import re

from host.core.ports import Question
from host.core.product import Product

COMPARING = re.compile(
    r"哪[个款一]|更|区别|不同|对比|相比|比较|还是|跟.+比|\bwhich\b|\bbetter\b|\bcheaper\b|\bdifferen|\bcompare|\bvs\b|\bor\b",
    re.IGNORECASE,
)


def in_play(question: Question) -> tuple[Product, ...]:
    """Every product known, the one asked about and the one on air first, each once."""
    ordered = [product for product in (question.about, question.on_air) if product is not None]
    return tuple({product.id: product for product in (*ordered, *question.products)}.values())
