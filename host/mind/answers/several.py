"""How much several cost: 两个多少钱, ``how much for two``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from host.core.fold import fold
from host.core.link_numbers import without_links
from host.core.number_words import EN_CARDINALS, ZH_DIGITS
from host.core.packs import pack
from host.core.product import Lang, Money, Product
from host.core.text import guess_lang
from host.mind.answers.around import around
from host.mind.answers.compose import Piece, called, finished, money, price_piece, variant_price_piece
from host.mind.proof.lineup import Choice, line_up
from host.mind.proof.payable import payable

MOST = 10
"""Pieces up to which a sum is told."""
_WORDS = {value: word for word, value in EN_CARDINALS.items() if 1 < value <= MOST}
_NUMBER = "|".join([*_WORDS.values(), r"[2-9]", "10"])
_ZH = re.compile(
    r"(?<![这那哪第前后\d.])(?P<n>[两二三四五六七八九十俩]|[2-9]|10) ?"
    r"(?P<piece>[个件只台把条双套份盏盒瓶包袋箱罐支张本块杯对床副枚颗片])"
    r"(?![人月小钟头装])"
)
_PACKS = "盒瓶包袋箱罐"
_EN = re.compile(
    rf"\b(?:for|of|buy|buying|get|take|want|are) (?P<n>{_NUMBER})\b(?! ?(?:%|percent|dollars|bucks|hours?|days?|weeks?"
    r"|months?|years?|people|kids|ml|l\b|cm|pm|am|in one))"
    rf"|\b(?P<m>{_NUMBER}) (?:of (?:them|these|those|it)|(?!hours|days|weeks|months|years|colors"
    r"|colours|dollars|bucks|minutes|sizes)[a-z]{3,}s\b)",
)


@dataclass(frozen=True, slots=True)
class Several:
    """How many are asked for, and what a piece is called where the language counts in pieces."""

    number: int
    piece: str = "个"


def several(text: str) -> Several | None:
    """How many pieces a folded question about the price is about, where it names a small number above one."""
    plain = without_links(text)
    if found := _ZH.search(plain):
        number = 2 if found["n"] == "俩" else 10 if found["n"] == "十" else ZH_DIGITS.get(found["n"], 0)
        return Several(number or int(found["n"]), found["piece"])
    if found := _EN.search(plain):
        word = found["n"] or found["m"]
        return Several(EN_CARDINALS.get(word, 0) or int(word))
    return None


def several_piece(product: Product, asked: Several, wall: datetime, lang: Lang, named: Sequence[Choice] = ()) -> Piece:
    """What that many cost under the offers in force: of the variants that are named, where it is the same for each, of
    the product where none is; else the price of one, said to be that."""
    priced = variant_price_piece(product, named, wall, lang) if named else price_piece(product, wall, lang)
    offers = product.promotions_in_force(wall)
    wanted = named or (line_up(product).plain,)
    found = [payable(product, each, asked.number, wall) for each in wanted] if _sold_by(asked.piece, product) else []
    bill = found[0] if found and len({(each.total, each.last) if each else None for each in found}) == 1 else None
    if bill is None or any(guess_lang(offer.text) != lang for offer in offers):
        return replace(priced, text=f"{priced.text}{pack(lang).gap}{around(lang)['of_one']}")
    choice = named[0] if named else None
    total = Money(bill.total, product.price.currency)
    one = product.price_in_force(wall) if bill.last is None else product.price
    name = called(product, lang)
    if choice is not None:
        one, name = Money(choice.price, product.price.currency), _common(named)
    if lang == "zh":
        number = "两" if asked.number == 2 else str(asked.number)
        said = f"{name}一{asked.piece}{money(one, lang)}，{number}{asked.piece}一共{money(total, lang)}"
    else:
        said = f"Of {name}, one is {one}, {_WORDS[asked.number]} together are {total}"
    text = pack(lang).gap.join(finished(part, lang) for part in (said, *(offer.text for offer in offers)))
    return replace(priced, text=text, evidence=(bill.facts if choice else priced.evidence))


def _common(named: Sequence[Choice]) -> str:
    """What the names of some choices have in common, in the words of the first: 深灰 of 深灰 M and 深灰 L."""
    first, *others = (each.name.split() for each in named)
    words = [word for word in first if all(word in other for other in others)]
    return " ".join(words) or named[0].name


def _sold_by(piece: str, product: Product) -> bool:
    """Whether the price is that of a ``piece``: of packs only the kind that the sheet counts in, if it is one."""
    if piece not in _PACKS:
        return True
    written = fold(
        " ".join(
            (product.name, *product.facts.values(), product.shipping, *(offer.text for offer in product.promotions))
        )
    )
    return set(re.findall(rf"(?:[\d一二两三四五六七八九十每单] ?)([{_PACKS}])", written)) == {piece}
