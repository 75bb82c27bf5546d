"""What viewers call a product: its name, the kind of thing it is, its aliases; and which products a text calls so.

Everything here is folded. A name inside a longer one does not count (黑咖啡 is not 咖啡), and what two products are
called names neither of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from rapidfuzz import fuzz

from host.core.fold import fold
from host.core.product import Product

FUZZY_ZH, FUZZY_EN = 74, 84
"""Of 100: the likeness from which a misspelt name counts."""

_PACK = re.compile(
    r"(?<!\S)[^\s\d]*+\d\S*+(?: (?:ml|l|g|kg|mg|oz|lbs?|cm|mm|m|w|v|pcs?|pieces?|packs?|bags?|count|ct|tablets|"
    r"capsules|sheets|rolls)(?= |$))?"
)
"""A word of a name that is a size or a count, with its unit: 500ml, 24颗, ``600 ml``."""
_KIND = re.compile(r"[一-鿿]{2}(?P<zh>[一-鿿]{2})$|(?<!\S)[^\sa-z]*+[a-z]\S*+ (?P<en>[a-z]{4,})$")
_NO_KIND_WORDS = "套装 礼盒 组合 家用 新款 正品 神器 大号 小号 pack bundle mini plus edition"
_NO_KIND = frozenset(_NO_KIND_WORDS.split())
"""Ends of product names that name no kind of thing: 农家土蜂蜜 is 蜂蜜, 洗护套装 is not 套装."""

_Called = tuple[str, str, tuple[str, ...]]
"""A product by what it is called: id, name, aliases."""


def names_of(product: Product) -> tuple[str, ...]:
    """Its name, also without sizes and counts, its aliases, and its kind."""
    kind = kind_of(product)
    return tuple(dict.fromkeys((*_given(product.name, product.aliases), *([kind] if kind else ()))))


def kind_of(product: Product) -> str:
    """What sort of thing it is, by the end of its name: 农家土蜂蜜 500克 is 蜂蜜; or nothing."""
    return _kind(product.name)


def named(folded: str, products: Iterable[Product]) -> list[Product]:
    """The products that a folded text calls by a name of theirs, in the order of mention, each once."""
    found = named_at(folded, products)
    return list({product.id: product for _, _, product in found}.values())


def named_at(folded: str, products: Iterable[Product]) -> list[tuple[int, int, Product]]:
    """Each place of a folded text that calls a product by a name of its, where it begins and ends, in order."""
    by_id = {product.id: product for product in products}
    found: list[tuple[int, int, Product]] = []
    rest = folded
    for name, owner in _vocabulary_of(by_id.values()):
        if name not in rest:
            continue
        if owner is not None:
            found += [(*match.span(), by_id[owner]) for match in _pattern(name).finditer(rest)]
        rest = _pattern(name).sub(lambda match: "\0" * len(match.group()), rest)
    return sorted(found, key=lambda place: place[:2])


def misspelt(folded: str, products: Iterable[Product]) -> Product | None:
    """The product whose name the text comes nearest to, near enough to be meant; None where two are as near."""
    by_id = {product.id: product for product in products}
    best: dict[str, float] = {}
    for name, owner in _vocabulary_of(by_id.values()):
        if owner is not None and (likeness := _likeness(name, folded)):
            best[owner] = max(likeness, best.get(owner, 0.0))
    leaders = [product_id for product_id, likeness in best.items() if likeness == max(best.values())]
    return by_id[leaders[0]] if len(leaders) == 1 else None


@lru_cache(maxsize=1024)
def _given(name: str, aliases: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(filter(None, dict.fromkeys((fold(name), _plain(name), *map(fold, aliases)))))


def _plain(name: str) -> str:
    """The folded name without sizes and counts."""
    return " ".join(_PACK.sub("", fold(name)).split())


@lru_cache(maxsize=1024)
def _kind(name: str) -> str:
    tail = _KIND.search(_plain(name))
    kind = (tail["zh"] or tail["en"]) if tail else ""
    return "" if kind in _NO_KIND else kind


def _vocabulary_of(products: Iterable[Product]) -> tuple[tuple[str, str | None], ...]:
    return _vocabulary(tuple((product.id, product.name, product.aliases) for product in products))


@lru_cache(maxsize=64)
def _vocabulary(called: tuple[_Called, ...]) -> tuple[tuple[str, str | None], ...]:
    """Every name with the id of the one product it names, None for several: the longest first, kinds last.

    A kind names a product where it alone is of that kind: 蜂蜜 is no name beside 洋槐蜂蜜, but beside 蜂蜜面膜 it is.
    """
    owners: dict[str, set[str]] = {}
    for product_id, name, aliases in called:
        for each in _given(name, aliases):
            owners.setdefault(each, set()).add(product_id)
    kinds = [
        (kind, product_id)
        for product_id, name, _ in called
        if (kind := _kind(name)) and not _is_of_another(kind, product_id, owners)
    ]
    names = [(name, min(ids) if len(ids) == 1 else None) for name, ids in owners.items()]
    return (*sorted(names, key=_longest), *sorted(kinds, key=_longest))


def _is_of_another(kind: str, product_id: str, owners: Mapping[str, set[str]]) -> bool:
    """Whether a kind is the name, or the end of a name, of another product than the one it was read off."""
    end = f" {kind}" if kind.isascii() else kind
    return kind in owners or any(f" {name}".endswith(end) and ids != {product_id} for name, ids in owners.items())


def _longest(entry: tuple[str, str | None]) -> tuple[int, str]:
    return -len(entry[0]), entry[0]


@lru_cache(maxsize=4096)
def _pattern(name: str) -> re.Pattern[str]:
    """The name as it stands in a text: a Latin one as whole words, in the plural too."""
    before = r"(?<![a-z0-9])" if re.match(r"[a-z0-9]", name) else ""
    after = r"(?:e?s)?(?![a-z0-9])" if re.search(r"[a-z0-9]$", name) else ""
    return re.compile(before + re.escape(name) + after)


def _likeness(name: str, text: str) -> float:
    """How much of a name is in the text, in characters; 0 for too little, or for a name too short to tell."""
    latin = name.isascii()
    if len(name) < (6 if latin else 4) or len(text) < len(name) - 1:
        return 0.0
    return len(name) * fuzz.partial_ratio(name, text, score_cutoff=FUZZY_EN if latin else FUZZY_ZH) / 100
