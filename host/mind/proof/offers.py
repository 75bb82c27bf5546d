"""What an offer's words say it does to an order: 拍2套减20元, 第二件半价, ``$15 off any order of $129 or more``.

The terms that a sheet spells out count as they are. Where it has only a text, its amounts are read in order, each by
what stands before it in its sentence: how many pieces, from which sum on, for which variants. What cannot be read so
has no terms, and no number that would follow from it is proven.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from host.core.fold import cased, lowered
from host.core.offers import Promotion, Term, TermKind
from host.core.product import Product
from host.mind.proof.adjoining import behind_preposition
from host.mind.proof.lineup import LineUp, Named
from host.mind.proof.orders import Offered
from host.mind.quantities.extraction import quantities
from host.mind.quantities.quantity import Quantity
from host.mind.quantities.roles import Role
from host.mind.quantities.units import STOCKED, Measure

_SENTENCE = re.compile(r"[;；。!！]|\. ")
_NOT_ALL = re.compile(
    r"前 ?\d+ ?[名位单件]|抽奖|随机|新人|新客|会员|粉丝|首单|学生"
    r"|\bfirst (?:\d+|order)|\bdraw\b|\bnew customers?\b|\bmembers?\b"
)
"""An offer that not everybody gets changes no order for certain."""
_PRICED = re.compile(r"[减折省价元券¥$%]|\b(?:off|save|price|half|code|coupon|voucher)\b")
"""Words of an offer that changes what is paid; one without them gives something."""
_FETCHED = re.compile(r"券|领|码|\b(?:code|coupon|voucher)\b")
_NTH = re.compile(r"第 ?([二两三四2-9]) ?[一-鿿]{1,2}[^,，]{0,4}$|\b(second|third)\b[a-z ]{0,16}$")
_OTHER = re.compile(r"\bget (?:one|the|a)\b[^,.]{0,30}$|加购[^,，]{0,12}$|换购[^,，]{0,12}$")
_SAME_FREE = re.compile(r" ?[一-鿿]?(?:同款|相同的?|free)?(?:$|[,，。;；!！. ])")
"""What stands behind 买二送一 where more of the same comes with it, and not something else."""
_LOWER = re.compile(r"lower-priced|cheaper|less expensive|低价|价低")
_BUYS = re.compile(r"\b(?:buy|any|get) ?$")
_AT_A_PRICE = re.compile(r" [^.;,]{0,40}\bfor [$€£]")
"""Behind how many there are at a price: ``Three 30 ml tubes for $21``."""
_PER = re.compile(r"每[人单个张位]|限|最多|limit|per (?:order|customer)|\bmax")
_ADDS_UP = re.compile(r"同享|叠加|可与|can be combined|stack")
_NOT = re.compile(r"不|无法|cannot|can't|can not|not ")
_STOP = re.compile(r"[,，;；。!！]|\. ")
_NOT_FOR = re.compile(r"(?:\bnot for|不含|不包括|除了?)(?: the)? ?$")
_OR = re.compile(r"(?:,|、|和|或)? ?(?:or|and)?(?: the)? ?")
_OUT = re.compile(r"不参加|不参与|不享受|除外|不在|不送|不含|not included|excluded|does not|doesn't|not eligible")
_ORDINALS = {"二": 2, "两": 2, "三": 3, "四": 4, "second": 2, "third": 3}


@dataclass
class _Reading:
    """What stands before an amount in its sentence."""

    named: Sequence[Named]
    pieces: int = 1
    above: Decimal | None = None
    terms: list[Term] = field(default_factory=list)


def offered(promotion: Promotion, fact: str, lineup: LineUp) -> Offered:
    """An offer with its terms, as its sheet has them or as its text says. Kept: a sheet is immutable."""
    kept = lineup.offers_read.get(fact)
    if not isinstance(kept, Offered) or kept.offer is not promotion:
        kept = lineup.offers_read[fact] = _offered(promotion, fact, lineup)
    return kept


def _offered(promotion: Promotion, fact: str, lineup: LineUp) -> Offered:
    text = lowered(cased(promotion.text))
    adds_up = promotion.combinable
    if adds_up is None and (found := _ADDS_UP.search(text)):
        adds_up = not _NOT.search(text[max(0, found.start() - 8) : found.end()])
    terms = promotion.terms or tuple(_terms(promotion.text, lineup))
    if promotion.price is not None and not any(term.kind is TermKind.PRICE for term in terms):
        terms = (*terms, Term(TermKind.PRICE, amount=promotion.price.amount))
    if promotion.variants:
        terms = tuple(term if term.variants else replace(term, variants=promotion.variants) for term in terms)
    certain = not _NOT_ALL.search(text) and (bool(terms) or not _PRICED.search(text))
    automatic = not (promotion.code or _FETCHED.search(text))
    return Offered(promotion, terms if certain else (), fact, bool(adds_up), automatic, certain)


def offers_in_force(product: Product, lineup: LineUp, wall: datetime) -> tuple[Offered, ...]:
    """The offers of a product that stand at a moment, with their terms."""
    return tuple(
        offered(offer, f"{product.id}.promotions.{index}", lineup)
        for index, offer in enumerate(product.promotions)
        if offer.in_force(wall)
    )


def _terms(written: str, lineup: LineUp) -> Iterator[Term]:
    text = cased(written)
    folded = lowered(text)
    found = quantities(text, lineup.product.price.currency)
    without = _left_out(folded, lineup.named(folded, found))
    named = [name for name in lineup.named(folded, found) if name not in without]
    ends = [match.start() for match in _SENTENCE.finditer(folded)] + [len(folded)]
    start = 0
    for end in ends:
        reading = _Reading([name for name in named if start <= name.start < end])
        for quantity in found:
            if start <= quantity.start < end:
                _read(folded, start, quantity, reading)
        yield from (_but(term, without, lineup) for term in reading.terms)
        start = end


def _left_out(text: str, named: Sequence[Named]) -> list[Named]:
    """The choices that an offer is not for: 奶白不参加, ``the Glide is not included``."""
    found: list[Named] = []
    for name in named:
        stop = _STOP.search(text, name.end)
        goes_on = bool(found) and _OR.fullmatch(text[found[-1].end : name.start])
        behind = text[name.end : stop.start() if stop else len(text)]
        if goes_on or _NOT_FOR.search(text[: name.start]) or _OUT.search(behind):
            found.append(name)
    return found


def _but(term: Term, without: Sequence[Named], lineup: LineUp) -> Term:
    """A term that is for all but some choices."""
    if term.variants or not without:
        return term
    ids = set(_ids(without))
    return replace(term, variants=tuple(choice.id for choice in lineup.choices if choice.id not in ids))


def _read(text: str, start: int, quantity: Quantity, reading: _Reading) -> None:
    """Take one quantity of a sentence that begins at ``start``."""
    value, measure = quantity.readings[0].value, quantity.readings[0].measure
    before = text[start : quantity.start]
    if (
        measure is Measure.COUNT
        and quantity.readings[0].unit in STOCKED | {"套", "双"}
        and not _PER.search(before[-6:])
    ) or (measure is Measure.NUMBER and (_BUYS.search(before) or _AT_A_PRICE.match(text, quantity.end))):
        reading.pieces = int(value)
    elif measure is Measure.BUNDLE and _SAME_FREE.match(text, quantity.end):
        bought, free = (int(Decimal(part)) for part in quantity.readings[0].unit.split("+"))
        reading.terms.append(Term(TermKind.BUY_GET, pieces=bought, free=free, variants=_for(text, quantity, reading)))
    elif measure is Measure.DISCOUNT:
        reading.terms.append(_share(text, quantity, reading))
    elif measure is Measure.MONEY and quantity.role is Role.THRESHOLD:
        reading.above = value
        if reading.terms and reading.terms[-1].kind is TermKind.AMOUNT_OFF:  # $10 off orders over $50
            reading.terms[-1] = replace(reading.terms[-1], kind=TermKind.THRESHOLD, above=value)
    elif measure is Measure.MONEY and quantity.role in (Role.SAVING, Role.COUPON):
        kind = TermKind.AMOUNT_OFF if reading.above is None else TermKind.THRESHOLD
        first, second = _together(quantity, reading)
        if first:
            reading.terms.append(Term(kind, value, above=reading.above, variants=second, beside=first))
        else:
            reading.terms.append(
                Term(kind, value, None, reading.pieces, 0, reading.above, "", _for(text, quantity, reading))
            )
    elif measure is Measure.MONEY and quantity.role is Role.PRICE:
        reading.terms.extend(_price(text, start, quantity, reading))


def _price(text: str, start: int, quantity: Quantity, reading: _Reading) -> Iterator[Term]:
    before = text[start : quantity.start]
    value = quantity.readings[0].value
    nth = _NTH.search(before)
    if nth:
        pieces = _ORDINALS.get(nth[1] or nth[2]) or int(nth[1])
        yield Term(TermKind.NTH, value, None, pieces, variants=_for(text, quantity, reading))
    elif _OTHER.search(before):
        first, second = _together(quantity, reading)
        yield Term(TermKind.NTH, value, None, 2, variants=second or _for(text, quantity, reading), beside=first)
    elif reading.pieces > 1:
        yield Term(TermKind.BUNDLE, value, None, reading.pieces, variants=_for(text, quantity, reading))
    elif not reading.terms:  # 领40元券，券后329元 says one thing twice
        yield Term(TermKind.PRICE, value, variants=_for(text, quantity, reading))


def _share(text: str, quantity: Quantity, reading: _Reading) -> Term:
    value, unit = quantity.readings[0].value, quantity.readings[0].unit
    meant = _for(text, quantity, reading)
    if unit.startswith("#"):
        return Term(TermKind.NTH, None, value, int(unit[1:]), variants=meant)
    if _LOWER.search(text, quantity.end, quantity.end + 40):
        return Term(TermKind.NTH, None, value, max(2, reading.pieces), variants=meant)
    if reading.above is not None:
        return Term(TermKind.THRESHOLD, None, value, above=reading.above, variants=meant)
    return Term(TermKind.PERCENT_OFF, None, value, reading.pieces, variants=meant)


def _for(text: str, quantity: Quantity, reading: _Reading) -> tuple[str, ...]:
    """Ids of the variants that an amount is for: ``$40 off the Pet``, else those named last before it, else those named
    first behind it; where it is for all, all but those that the offer leaves out."""
    if behind := behind_preposition(text, quantity.end, reading.named):
        return _ids(behind)
    before = [name for name in reading.named if name.end <= quantity.start]
    return _ids(before[-1:] or reading.named[:1])


def _together(quantity: Quantity, reading: _Reading) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Ids of two choices that an offer is for together: a Cabin and a Cabin Plus; empty where it names no two."""
    before = [name for name in reading.named if name.end <= quantity.start]
    if len(before) != 2 or reading.terms or set(_ids(before[:1])) & set(_ids(before[1:])):
        return (), ()
    return _ids(before[:1]), _ids(before[1:])


def _ids(named: Sequence[Named]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(choice.id for name in named for choice in name.choices))
