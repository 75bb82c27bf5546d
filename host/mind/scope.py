"""Which products a comment is about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from host.core.ports import Question
from host.core.product import Product

_DIGITS = {character: number for number, character in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_LINK = re.compile(
    r"(?<![月\d])(?:(?:\d{1,4}|[一二两三四五六七八九十])\s*号(?!电池|之?前|以?后|左右|能?发|能?到|能?收|上午|下午|晚|早)"
    r"|\d{1,4}\s*(?:链接|商品))"
    r"|\b(?:link|item|product|number|no\.)s?\s*#?\d{1,4}(?:\s*(?:,|and|or|&)\s*#?\d{1,4}\b)*|#\d{1,4}\b",
    re.IGNORECASE,
)
"""A cart position; 3号能到吗 asks about a date."""
_NUMBER = re.compile(r"\d{1,4}|[一二两三四五六七八九十]")
COMPARING = re.compile(
    r"哪[个款一]|更|区别|不同|对比|相比|比较|还是|跟.+比|\bwhich\b|\bbetter\b|\bcheaper\b|\bdifferen|\bcompare|\bvs\b|\bor\b",
    re.IGNORECASE,
)


def by_number(text: str, products: Sequence[Product]) -> list[Product]:
    """The products whose link numbers the text gives, in its order, each once."""
    links = {product.link: product for product in products}
    found: dict[str, Product] = {}
    for match in _LINK.finditer(text):
        for written in _NUMBER.findall(match.group()):
            product = links.get(_DIGITS.get(written) or (int(written) if written.isdecimal() else 0))
            if product is not None:
                found.setdefault(product.id, product)
    return list(found.values())


def by_name(text: str, products: Sequence[Product]) -> list[Product]:
    """The products called by name or alias, the longest name first; a name inside a longer one does not count."""
    low = text.lower()
    names = sorted(
        ((name.lower(), product) for product in products for name in (product.name, *product.aliases)),
        key=lambda pair: -len(pair[0]),
    )
    found: dict[str, Product] = {}
    for name, product in names:
        pattern = re.escape(name) if not name.isascii() else rf"(?<![a-z0-9]){re.escape(name)}(?:e?s)?(?![a-z0-9])"
        if name and re.search(pattern, low):
            found.setdefault(product.id, product)
            low = re.sub(pattern, " ", low)
    return list(found.values())


def in_play(question: Question) -> tuple[Product, ...]:
    """Every product known, the one asked about and the one on air first, each once."""
    ordered = [product for product in (question.about, question.on_air) if product is not None]
    return tuple({product.id: product for product in (*ordered, *question.products)}.values())
