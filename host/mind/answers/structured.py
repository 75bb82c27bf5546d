"""What a sheet's own keys answer: prices, offers, stock, variants, what is in the box, shipping, returns, link.

Each is asked for by its concept (`concepts`), and told from its type; what only prose tells is found by `retrieval`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from host.core.comment import MAX_FOLDED, MAX_TEXT
from host.core.fold import fold
from host.core.number_words import ZH_DIGITS
from host.core.ports import Question
from host.core.product import Fact, FactKind, Lang, Product
from host.core.text import bounded
from host.mind.answers.compose import (
    Piece,
    choices_piece,
    fact_piece,
    link_piece,
    listed_piece,
    named_piece,
    price_piece,
    stock_piece,
    until_piece,
    variant_price_piece,
    variant_stock_piece,
)
from host.mind.answers.concepts import terms, words
from host.mind.answers.fitting import with_no_gift, with_what_is_open
from host.mind.answers.retrieval import own_names
from host.mind.answers.several import several, several_piece
from host.mind.answers.sizing import size_piece
from host.mind.guard.places import abroad, regions
from host.mind.proof.lineup import Choice, line_up
from host.mind.quantities.extraction import quantities

_LISTED = re.compile(
    r"划线价|吊牌价|标价|原来(?:卖)?多少|原价|(?:省|便宜)了?(?:多少|几块)"
    r"|\blist price\b|\bbefore the (?:discount|sale|offer)\b|\boriginal(?:ly)? (?:price|cost)"
    r"|\b(?:am|are) (?:i|we) saving\b"
)
_UNTIL = re.compile(
    r"到(?:什么时候|啥时候|几号|哪天|几时)|(?:几号|什么时候|啥时候|哪天)(?:结束|截止|到期|过期|没)|多久结束|还有几天"
    r"|\buntil when\b|\bhow long\b|\bwhen (?:does|do|will|is)\b.{0,30}\b(?:end|over|expire|run out)"
)
_TOTAL = re.compile(r"(?:一共|总共|合计|拢共|算下来)(?:是|要|得|付|给)?(?:多少|几块)|\bin total\b|\btotal\b")
"""Asks for a sum without a word for the price."""
_AND_MORE = re.compile(r"再加|加上|外加|另加|连同|\bplus\b|\+")
"""Something else in the same order: its price is in no sum of pieces."""
_OF_THE_BOX = frozenset({FactKind.INCLUDED, FactKind.EXCLUDED, FactKind.EXTRA})
_NUMERALS = frozenset(ZH_DIGITS)
"""一盒 names nothing, whatever comes in boxes."""
_APART = frozenset({FactKind.EXTRA})
STRUCTURED = frozenset({"price", "promo", "gift", "stock", "shipping", "returns", "link"})
"""Concepts that keys of the sheet answer, whatever its FAQ says."""


def as_read(question: Question) -> str:
    """The comment as it is read: folded, so that it can be compared with sheets."""
    return fold(bounded(question.comment.text, MAX_TEXT))[:MAX_FOLDED]


def structured(
    part: str, concepts: frozenset[str], product: Product, question: Question, *, named: bool
) -> Iterator[Piece]:
    """What the sheet's own keys answer; the product is named where the question did not (``named``)."""
    facts = {fact.id: fact for fact in product.facts_in_force(question.wall)}
    summed = None if _AND_MORE.search(part) else several(part)
    if summed and _TOTAL.search(part):
        concepts |= {"price"}
    choices = _choices(part, product) if "price" in concepts else []
    if size := size_piece(part, as_read(question), product, question.lang):
        yield size
        return
    apart = _told_of(part, product, facts, _APART) if "price" in concepts and not choices else None
    if apart is not None:
        yield fact_piece(apart, question.lang)
    elif "price" in concepts and summed:
        yield several_piece(product, summed, question.wall, question.lang, choices)
    elif choices:
        yield variant_price_piece(product, choices, question.wall, question.lang)
    elif _LISTED.search(part) and (old := listed_piece(product, question.wall, question.lang)):
        yield old
    elif "promo" in concepts and _UNTIL.search(part) and (ends := until_piece(product, question.wall, question.lang)):
        yield ends
    elif "gift" in concepts and (told := _told_of(part, product, facts, _OF_THE_BOX)):
        yield fact_piece(told, question.lang)
    elif concepts & {"price", "promo", "gift"}:
        price = price_piece(product, question.wall, question.lang)
        gift = "gift" in concepts and not concepts - STRUCTURED  # 充电头送不送 is answered by what is in the box
        yield with_no_gift(price, facts.values()) if gift else price
    if "colour" in concepts and not any("colour" in terms(f"{each.topic} {each.text}").concepts
                                        for each in facts.values() if each.kind is FactKind.PROSE):  # fmt: skip
        yield from filter(None, [choices_piece(product, question.lang)])
    if left := _left(part, concepts, product, question.lang):
        yield left
    for key in ("shipping", "returns"):
        fact: Fact | None = facts.get(f"{product.id}.{key}")
        if key == "shipping" and key in concepts and (places := abroad(part)):
            yield from (fact_piece(each, question.lang) for each in _sent_to(places, facts))
            continue
        if key in concepts and (special := _of_what_is_named(part, product, key, facts)):
            yield fact_piece(special, question.lang)
        elif fact is not None and (key in concepts or (key == "shipping" and _tells_courier(concepts, fact))):
            piece = fact_piece(fact, question.lang) if named else named_piece(fact, product, question.lang)
            yield with_what_is_open(piece, as_read(question)) if key == "shipping" else piece
    if "link" in concepts and not product.sold_out:
        yield link_piece(product, question.lang)


def _sent_to(places: frozenset[str], facts: Mapping[str, Fact]) -> Iterator[Fact]:
    """The fact on sending to some places beyond the home market, if one speaks of them: what a sheet says of the whole
    country is no answer to whoever lives in another."""
    told = [(abroad(fold(fact.text)), fact) for fact in facts.values()]
    named = [fact for of, fact in told if of & places]
    yield from (named or [fact for of, fact in told if "海外" in of])[:1]


def _left(part: str, concepts: frozenset[str], product: Product, lang: Lang) -> Piece | None:
    """How many are left of the variants that a question names, else of the product: where that is asked, and where
    none is left of what somebody wants to buy."""
    asked, buying = "stock" in concepts, bool(concepts & {"price", "link"})
    choices = _choices(part, product) if asked or buying else []
    named = {choice.id for choice in choices}
    gone = any(variant.sold_out and variant.id in named for variant in product.variants)
    if (asked or (buying and gone)) and (piece := variant_stock_piece(product, choices, lang)):
        return piece
    return stock_piece(product, lang) if asked or (buying and product.sold_out) else None


def _told_of(part: str, product: Product, facts: Mapping[str, Fact], kinds: frozenset[FactKind]) -> Fact | None:
    """The fact of some kinds that has what a question names: 送滤杯吗, 雨裤怎么卖."""
    own = {word for name in own_names(product) for word in words(name)}
    named = [word for word in words(part) if len(word) > 1 and word not in own and word[0] not in _NUMERALS]
    return next((fact for fact in facts.values() if fact.kind in kinds
                 and any(word in fold(fact.text) for word in named)), None)  # fmt: skip


MOST_CHOICES = 3
"""Variants whose prices are told in one answer."""


def _choices(part: str, product: Product) -> list[Choice]:
    """The variants that a question names, where they are few."""
    lineup = line_up(product)
    named = lineup.named(part, quantities(part, product.price.currency))
    found = list({choice.id: choice for name in named if not name.split for choice in name.choices}.values())
    return found if len(found) <= MOST_CHOICES else []


def _of_what_is_named(part: str, product: Product, key: str, facts: Mapping[str, Fact]) -> Fact | None:
    """The fact of the same concept on what a question names, where ``key`` has no word of it: 香港能寄吗."""
    named = [word for word in terms(part, own_names(product)).words if len(word) > 1]
    places = regions(part)

    def speaks(fact: Fact) -> bool:
        told = fold(fact.text)
        return any(word in told for word in named) or bool(places & regions(told))

    general = facts.get(f"{product.id}.{key}")
    if general is not None and speaks(general):
        return None
    single = (fact for name, fact in facts.items() if "." in name.removeprefix(f"{product.id}."))
    of_key = (fact for fact in single if speaks(fact))
    return next((fact for fact in of_key if key in terms(f"{fact.topic} {fact.text}").concepts), None)


def _tells_courier(concepts: frozenset[str], shipping: Fact) -> bool:
    """Whether the courier is asked for, and the sheet names one: the time of dispatch is no answer to that."""
    return "courier" in concepts & terms(shipping.text).concepts
