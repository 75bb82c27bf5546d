"""Which product a comment speaks of: by link number, by name or alias, or by a name misspelt."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz import fuzz

from host.core.fold import fold
from host.core.product import Catalogue, Product

_DIGITS = {"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_COUNTED = "zero one two three four five six seven eight nine ten eleven twelve"
_WORDS = {word: value for value, word in enumerate(_COUNTED.split(" "))}
_WORDS |= {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
_SPELT = "|".join(sorted(_WORDS, key=len, reverse=True))
_NUMBER = rf"(?<![a-z\d])(?P<n>\d{{1,4}}|[零一二两三四五六七八九十]{{1,3}}|{_SPELT})"
_LINK = [
    re.compile(rf"{_NUMBER} ?(?:号|號|#)? ?(?:链接|连接|琏接|宝贝|商品|购物车|link\b|item\b|product\b)"),
    re.compile(
        r"(?:链接|连接|购物车|小黄车|宝贝|商品|link|item|product|number|no\.?|#) ?(?:number|no\.?|#|号|第|"
        rf"编号)? ?#?{_NUMBER}(?![\d.a-z])"
    ),
    re.compile(rf"(?<![\d月.]){_NUMBER} ?号(?!色|码|线|楼|电池|发|到|前|之前|下午|上午|晚|\d|左右|的?快递)"),
    re.compile(r"(?:^|[^\d\w])#(?P<n>\d{1,4})\b"),
]
_KIND = re.compile(r"[一-鿿]{2}(?P<zh>[一-鿿]{2})$|[a-z]\S* (?P<en>[a-z]{4,})$")
_NO_KIND = frozenset(
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
"""Ends of product names that name no kind of thing: 农家土蜂蜜 is 蜂蜜, 洗护套装 is not 套装."""
FUZZY = 84
"""Of 100: the likeness from which a misspelt name counts."""


def mentioned(folded: str, catalogue: Catalogue) -> tuple[Product | None, int | None]:
    """The product a folded comment speaks of, and a link number that leads nowhere."""
    unknown: int | None = None
    for number in _links(folded):
        product = catalogue.by_link(number)
        if product is not None:
            return product, None
        unknown = number if unknown is None else unknown
    return _named(folded, catalogue), unknown


def _links(folded: str) -> Iterator[int]:
    for pattern in _LINK:
        for match in pattern.finditer(folded):
            yield _value(match["n"])


def _value(text: str) -> int:
    if text.isdecimal():
        return int(text)
    if text in _WORDS:
        return _WORDS[text]
    tens, mark, ones = text.rpartition("十")
    if not mark:
        return int("".join(str(_DIGITS[character]) for character in text))
    return (_DIGITS.get(tens, 1) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)


def _named(folded: str, catalogue: Catalogue) -> Product | None:
    """The product whose name or alias stands in the text; the longest wins, and two of one length cancel out."""
    best: dict[str, float] = {}
    for product in catalogue:
        for name in names_of(product):
            score = _likeness(name, folded)
            if score:
                best[product.id] = max(best.get(product.id, 0.0), score)
    if not best:
        return None
    top = max(best.values())
    leaders = [product_id for product_id, score in best.items() if score == top]
    return catalogue.get(leaders[0]) if len(leaders) == 1 else None


def names_of(product: Product) -> set[str]:
    """What viewers call it: its name, also without sizes and counts, what it ends in, its aliases. All folded."""
    name = fold(product.name)
    plain = " ".join(word for word in name.split(" ") if not any(character.isdecimal() for character in word))
    tail = _KIND.search(plain)
    kind = (tail["zh"] or tail["en"]) if tail else ""
    return {entry for entry in (name, plain, "" if kind in _NO_KIND else kind, *map(fold, product.aliases)) if entry}


def _likeness(name: str, text: str) -> float:
    """How much of a name is in the text, in characters; 0 for too little."""
    if not name or not text:
        return 0.0
    latin = name.isascii()
    if re.search(rf"(?<![a-z0-9]){re.escape(name)}(?:e?s)?(?![a-z0-9])", text) if latin else name in text:
        return float(len(name))
    if len(name) < (6 if latin else 4) or len(text) < len(name) - 1:
        return 0.0
    ratio = fuzz.partial_ratio(name, text, score_cutoff=FUZZY if latin else 74)
    return len(name) * ratio / 110
