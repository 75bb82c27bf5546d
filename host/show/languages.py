"""A sheet in two languages: what is said in one of them is read by the rules of the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from host.core.errors import Finding
from host.core.findings import warned
from host.core.product import Product

_HAN = re.compile(r"[㐀-鿿]")
_WORD = re.compile(r"[A-Za-z]{2,}")
_FEW_HAN, _FEW_WORDS = 4, 4
"""Up to so many characters, and words, are a name: Tarnwell, 保温杯."""


def two_languages(product: Product) -> Iterator[Finding]:
    """The first text of a sheet that is in the other language than the sheet."""
    texts = chain(
        ((f"facts.{topic}", text) for topic, text in product.facts.items()),
        ((f"faq.{index}.a", entry.answer) for index, entry in enumerate(product.faq)),
        ((key, text) for key, text in (("shipping", product.shipping), ("returns", product.returns))),
        ((f"promotions.{index}", offer.text) for index, offer in enumerate(product.promotions)),
        ((detail.key, detail.text) for detail in product.details),
    )
    foreign = [(key, text) for key, text in texts if _in_other(text, product)]
    if foreign:
        key, text = foreign[0]
        line = int(product.place(key).rpartition(":")[2])
        yield warned("sheet_two_languages", product.source, line, text=text[:40], lang=product.lang, count=len(foreign))


def _in_other(text: str, product: Product) -> bool:
    han, words = len(_HAN.findall(text)), len(_WORD.findall(text))
    return han > _FEW_HAN and han > words if product.lang == "en" else not han and words > _FEW_WORDS
