"""A number a viewer puts into a question: 1号链接9.9元包邮吗, ``is it really $5?``, 质保三年对吧.

Left standing it would be taken as said by the shop. A wrong one is corrected by the fact, and not repeated; a right
one is confirmed, where nothing else is put with it: 69元是假货吧 gets the price and no 对的. Looked at are the price,
what is left, and the times a fact carries (warranty, returns, dispatch, delivery, how long it stays hot or cold). A
budget, a bid, another seller's price or a threshold is no premise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from host.core.fold import fold
from host.core.link_numbers import without_links
from host.core.product import Lang, Product
from host.core.product_names import names_of
from host.core.text import guess_lang
from host.mind.answers.around import around
from host.mind.answers.compose import Piece, fact_piece, price_piece, same_price_piece, stock_piece
from host.mind.guard.carried import FactIndex, FactIndexes, of_fact
from host.mind.quantities.extraction import quantities
from host.mind.quantities.quantity import Quantity, single
from host.mind.quantities.roles import Role, stocked
from host.mind.quantities.units import STOCKED, Measure

_ASKED = re.compile(
    r"[?？]|吗|么|是不是|真的|对吧|对吗|对不对|没错吧|吧|不是说|听说|"
    r"\b(?:is|isn't|are|aren't|does|doesn't|do|did|really|right|correct|true|still|so|heard|thought|said)\b"
)
_OTHERS_MONEY = re.compile(
    r"预算|只有|够不够|够吗|凑|以内|以下|左右|之间|区别|不如|花了|花|付了|买的|买过|送我|给我|欠|赚|退我"
    r"|差价|降到|隔壁|别家|"
    r"人家|实体店|专柜|淘宝|京东|拼多多|网上|外面|之前|以前|昨天|上次|为什么|怎么变|"
    r"\bbudget|\bi (?:paid|have|only have|spent|got|bought)\b|\bunder\b|\bbetween\b|\bdifference\b|\bamazon"
    r"|\bwalmart|\bother\b|"
    r"\belsewhere|\byesterday|\blast\b|\bbefore\b|\bwhy\b|\bcheaper\b|\bover\b|\babove\b|\bspend"
)
_SEVERAL = re.compile(
    r"(?<![两二三四五六七八九十\d])[两二三四五六七八九十\d]++ ?[件个盒瓶包袋支套只台](?!装)|"
    r"\b(?:two|three|four|five|[2-9]) \w+s\b|\bpair\b"
)
_BARE = re.compile(r"(?<![\d.])(?P<n>\d{1,5}\.\d{1,2})(?= ?(?:吗|么|吧|对|是不是|包邮|\?|？|$))")
_LEFT = re.compile(r"(?:库存|还剩|只剩|就剩|剩下|还有)[^,，。]{0,4}$|\b(?:only|just|are there) $")
_STILL = re.compile(r" ?(?:吗|么|吧|没有?|库存|现货|$)")
"""After the number of 还有300件吗, whose 还有 is where the comment was taken apart."""
_PLAIN = re.compile(
    r"是不是|真的?|对[吧吗]|对不对|没错吧?|[吗么吧呢啊呀哦的]|只要|只|就是?|是|现在|今[天晚]|到手|价[格钱]?|卖"
    r"|这[个款]|它|主播|请问|听说|还[剩有]?|剩下?|库存|现货|质保|保修|无理由|退[货换]|支持|可以|能|发货|保[温冷]|以?内"
    r"|\b(?:is|are|it|this|that|there|the|a|an|does|do|can|i|you|get|have|has|really|still|just|only|so|right|correct|true"
    r"|now|today|for|price|costs?|left|in stock|warranty|returns?|free|within|ships?|stays?|keeps?|hot|cold)\b|'s|[\W_]"
)
"""What may stand beside a number that is confirmed. A yes is said to everything that stands there."""
_TIMES = frozenset({"warranty", "returns", "dispatch", "delivery", "hot", "cold"})
_SHEETS = FactIndexes()


@dataclass(frozen=True, slots=True)
class Premises:
    """What a question takes for granted, set right or confirmed, and what it asks besides."""

    pieces: tuple[Piece, ...]
    rest: str
    """The question without the numbers dealt with and without the product's names."""


def premises(text: str, whole: str, product: Product, wall: datetime, lang: Lang) -> Premises:
    """Each number that ``text``, a part of the comment ``whole``, ascribes to ``product``, against the facts.

    None where it ascribes none, or the facts carry no real value. Pure; takes any text.
    """
    if not _ASKED.search(fold(whole)):
        return Premises((), text)
    folded = fold(text)
    sheet = _SHEETS.of([product], wall)
    pieces: dict[str, Piece] = {}
    rest = folded
    for quantity in _put(folded, product):
        found = _fact(folded, quantity, product, sheet, wall, lang)
        if found is not None and found[0] not in pieces:
            plain = _plain(whole, quantity, product) or (_ASKED.search(folded) and _plain(text, quantity, product))
            pieces[found[0]] = _led(found[0], found[1], quantity, sheet, lang, plain=bool(plain))
            rest = rest.replace(quantity.text, " ", 1)
    if not pieces:
        return Premises((), text)
    for name in sorted(names_of(product), key=len, reverse=True):
        rest = rest.replace(name, " ")
    return Premises(tuple(pieces.values()), rest)


def _plain(text: str, quantity: Quantity, product: Product) -> bool:
    """Whether ``text`` asks for ``quantity`` of ``product`` and for nothing else."""
    rest = without_links(fold(text).replace(quantity.text, " ", 1))
    for name in sorted(names_of(product), key=len, reverse=True):
        rest = rest.replace(name, " ")
    return not _PLAIN.sub("", rest)


def _led(matter: str, piece: Piece, quantity: Quantity, sheet: FactIndex, lang: Lang, *, plain: bool) -> Piece:
    """The piece with its correction before it, or its confirmation if the question is ``plain``, in its language."""
    tongue = guess_lang(piece.text, lang)
    right = _borne_out(quantity, sheet)
    if right and not plain:
        return piece
    return replace(piece, text=around(tongue)["right" if right else f"wrong_{matter}"] + _continued(piece.text, tongue))


def _put(folded: str, product: Product) -> Iterator[Quantity]:
    """The quantities of a folded question, a bare 9.9 that can only be a price among them."""
    currency = product.price.currency
    bare = {match.start("n"): match.end("n") for match in _BARE.finditer(folded)}
    for quantity in quantities(folded, currency):
        if quantity.start in bare and quantity.readings[0].measure is Measure.NUMBER:
            reading = replace(quantity.readings[0], measure=Measure.MONEY, unit=currency)
            yield single(folded, quantity.start, bare[quantity.start], reading)
        else:
            yield quantity


def _fact(
    folded: str, quantity: Quantity, product: Product, sheet: FactIndex, wall: datetime, lang: Lang
) -> tuple[str, Piece] | None:
    """The matter and what the sheet says of it in place of ``quantity``, or nothing where that is no premise."""
    reading = quantity.readings[0]
    piece: Piece | None = None
    if quantity.bound:
        return None
    if reading.measure is Measure.MONEY:
        if quantity.role is not Role.PRICE or _OTHERS_MONEY.search(folded) or _SEVERAL.search(folded):
            return None
        if _borne_out(quantity, sheet):
            return "price", same_price_piece(product, wall, lang)
        return ("price", price_piece(product, wall, lang)) if _is_price(quantity, product, sheet) else None
    if reading.measure is Measure.NUMBER or (reading.measure is Measure.COUNT and reading.unit in STOCKED):
        before, after = folded[: quantity.start], folded[quantity.end :]
        left = stocked(before[-10:], after[:10]) or _LEFT.search(before) or (not before and _STILL.match(after))
        piece = stock_piece(product, lang) if left else None
        return ("stock", piece) if piece else None
    if reading.measure is Measure.DURATION and quantity.aspect in _TIMES:
        piece = _timed(quantity, product, wall, lang)
    return ("time", piece) if piece else None


def _is_price(quantity: Quantity, product: Product, sheet: FactIndex) -> bool:
    """Whether an amount is put as the price: not one that an offer or the shipping carries in another part."""
    carrying = sheet.evidence(quantity)
    prices = {f"{product.id}.price", f"{product.id}.list_price"}
    return not carrying or bool(prices & set(carrying))


def _borne_out(quantity: Quantity, sheet: FactIndex) -> bool:
    """Whether the facts bear ``quantity`` out; of prices, only the one that is paid now."""
    if quantity.readings[0].measure is not Measure.MONEY:
        return bool(sheet.evidence(quantity))
    paid = {(sheet.payable[product.id], product.price.currency) for product in sheet.products}
    return any((reading.value, reading.unit) in paid for reading in quantity.readings)


def _timed(quantity: Quantity, product: Product, wall: datetime, lang: Lang) -> Piece | None:
    """The fact that tells a time of the same aspect; one that carries this very time first."""
    facts = [
        (fact, known)
        for fact in product.facts_in_force(wall)
        for known in of_fact(fact, product)
        if known.aspect == quantity.aspect and known.readings[0].measure is Measure.DURATION
    ]
    equal = [fact for fact, known in facts if known.readings[0] == quantity.readings[0]]
    plain = [fact for fact, _ in facts if ".faq." not in fact.id]
    chosen = next(iter([*equal, *plain, *(fact for fact, _ in facts)]), None)
    return fact_piece(chosen, lang) if chosen else None


def _continued(text: str, lang: Lang) -> str:
    """A sentence as it goes on after a colon: without a capital that only its start gave it."""
    if lang == "zh" or not re.match(r"(?:You|The|It|Ships?|There|Free|We|At|In|For|Link)\b", text):
        return text
    return text[0].lower() + text[1:]
