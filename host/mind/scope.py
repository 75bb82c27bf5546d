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
_PACK = re.compile(r"\s+\d.*$")
_HAN_TAIL = re.compile(r"[一-鿿]{2}([一-鿿]{2})$")
_LATIN_TAIL = re.compile(r"[a-z]\S* ([a-z]{4,})$")
_NO_NAME = frozenset(
    {
        "套装",
        "礼盒",
        "组合",
        "家用",
        "新款",
        "正品",
        "神器",
        "大号",
        "小号",
        "pack",
        "bundle",
        "mini",
        "plus",
        "edition",
    }
)
"""Ends of product names that name no kind of thing."""
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
        ((name.lower(), product) for product in products for name in names_of(product)),
        key=lambda pair: -len(pair[0]),
    )
    found: dict[str, Product] = {}
    for name, product in names:
        pattern = re.escape(name) if not name.isascii() else rf"(?<![a-z0-9]){re.escape(name)}(?:e?s)?(?![a-z0-9])"
        if name and re.search(pattern, low):
            found.setdefault(product.id, product)
            low = re.sub(pattern, " ", low)
    for kind, product in kinds(products).items():
        if re.search(kind if not kind.isascii() else rf"(?<![a-z0-9]){kind}(?:e?s)?(?![a-z0-9])", low):
            found.setdefault(product.id, product)
    return list(found.values())


def names_of(product: Product) -> tuple[str, ...]:
    """Its name, the name without the size of the pack, and its aliases."""
    return tuple(dict.fromkeys((product.name, _PACK.sub("", product.name), *product.aliases)))


def kind_of(product: Product) -> str:
    """What sort of thing a product is, by the end of its name: 农家土蜂蜜 500克 is 蜂蜜; or nothing."""
    match = _HAN_TAIL.search(plain := _PACK.sub("", product.name.lower())) or _LATIN_TAIL.search(plain)
    return match[1] if match and match[1] not in _NO_NAME else ""


def kinds(products: Sequence[Product]) -> dict[str, Product]:
    """The kinds that only one of the products is, and that no other is called."""
    found = {kind: product for product in products if (kind := kind_of(product))}
    return {
        kind: product
        for kind, product in found.items()
        if not any(
            kind in name.lower() for other in products if other is not product for name in (other.name, *other.aliases)
        )
    }


def in_play(question: Question) -> tuple[Product, ...]:
    """Every product known, the one asked about and the one on air first, each once."""
    ordered = [product for product in (question.about, question.on_air) if product is not None]
    return tuple({product.id: product for product in (*ordered, *question.products)}.values())
