"""Variants that are sold out: which of them a line names, and which sold out since the sheets were read before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from host.core.fold import fold
from host.core.product import Product
from host.show.load import Show

Gone = tuple[str, str]
"""Ids of a product and of a variant of it."""

_PIECES = re.compile(r"[a-z0-9]+|[^\sa-z0-9]+")
_LETTER_OR_DIGIT = "[a-z0-9]"


def names_gone(text: str, product: Product) -> str:
    """What a text names of a product that is sold out, by its name or by an option that none is left with; empty for
    nothing."""
    folded = fold(text)
    return max((name for name in _gone_names(product) if _names(folded, fold(name))), key=len, default="")


def _gone_names(product: Product) -> Iterator[str]:
    """The names of variants that are sold out, and the options that only those have."""
    left = {value for variant in product.variants if not variant.sold_out for value in variant.options.values()}
    gone = [variant for variant in product.variants if variant.sold_out]
    for name in dict.fromkeys(name for variant in gone for name in (variant.name, *variant.options.values())):
        bare = fold(name)
        if name not in left and not bare.isdecimal() and (len(bare) > 1 or not bare.isascii()):
            yield name


def _names(folded: str, name: str) -> bool:
    first = _PIECES.search(name)
    return first is not None and first.group() in folded and bool(_pattern(name).search(folded))


@lru_cache(maxsize=4096)
def _pattern(name: str) -> re.Pattern[str]:
    """A folded name as it may be written: with spaces between its parts or without, and never inside a word."""
    inside = r"\s*".join(re.escape(piece) for piece in _PIECES.findall(name))
    before = f"(?<!{_LETTER_OR_DIGIT})" if name[:1].isascii() else ""
    behind = f"(?!{_LETTER_OR_DIGIT})" if name[-1:].isascii() else ""
    return re.compile(before + inside + behind)


def newly_gone(old: Show, new: Show) -> tuple[Gone, ...]:
    """What is sold out in the new show, of what the old one had left."""
    had = {(product.id, each.id) for product in old.catalogue for each in product.variants if not each.sold_out}
    return tuple(each for each in _sold_out(new) if each in had)


def still_gone(gone: tuple[Gone, ...], show: Show) -> tuple[Gone, ...]:
    """Those of ``gone`` that are sold out in a show whose product has others left."""
    sold_out = {*_sold_out(show)}
    return tuple(each for each in dict.fromkeys(gone) if each in sold_out)


def _sold_out(show: Show) -> Iterator[Gone]:
    """The variants that are sold out of products that are not."""
    for product in show.catalogue:
        for variant in () if product.sold_out else product.variants:
            if variant.sold_out:
                yield product.id, variant.id
