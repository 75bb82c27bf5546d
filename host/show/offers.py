"""Promotions as a sheet has them, made into terms, in words where the writer gives none; what contradicts in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from host.core.fold import fold
from host.core.money import Money
from host.core.offers import Promotion, Term, TermKind
from host.core.reason import Reason
from host.core.variants import Variant
from host.core.yamlnodes import Key
from host.show.build import PLACEHOLDER, Site
from host.show.model import PromotionEntry, TermEntry
from host.show.offer_words import told

MOST_KNOWN = 10
"""Variants that are listed where one is unknown."""


def promotions(
    entries: Sequence[PromotionEntry], price: Money, variants: Sequence[Variant], site: Site
) -> tuple[Promotion, ...]:
    """The offers of a sheet."""
    made = tuple(_promotion(entry, price, variants, site, ("promotions", index)) for index, entry in enumerate(entries))
    for index, offer in enumerate(made):
        _check(offer, price, site, ("promotions", index))
    _contradicting(made, site)
    return made


def _promotion(
    entry: PromotionEntry, price: Money, variants: Sequence[Variant], site: Site, at: tuple[Key, ...]
) -> Promotion:
    only = _meant(entry.only, variants, site, (*at, "for"))
    plain = not (only or entry.only or entry.above) and max(entry.pieces or 1, entry.buy or 1) == 1
    terms = [*_effects(entry, (), replaces=plain)]
    for number, each in enumerate(entry.terms):
        place = (*at, "terms", number)
        terms += _effects(each, _meant(each.only, variants, site, (*place, "for")), replaces=False)
        _whole(each, site, place)
    if not entry.terms:
        _whole(entry, site, at)
    offer = Promotion(
        text=entry.text or "",
        price=entry.price if plain else None,
        starts=entry.starts,
        ends=entry.ends,
        terms=tuple(terms),
        variants=only,
        limit=entry.limit,
        combinable=entry.combine,
        code=entry.code,
    )
    prose = [each.text for each in entry.terms if each.text and not [*_effects(each, (), replaces=False)]]
    words = told(offer, price.currency, site.words, variants, prose, _counter(entry))
    if not (entry.text or words):
        site.lacks(*at, "text")
    bare = not (terms or prose or entry.code or entry.limit or entry.combine is not None)
    return replace(offer, text=entry.text or words or PLACEHOLDER, told="" if bare else words)


def _counter(entry: PromotionEntry) -> str:
    """The word with which the writer counts pieces: the 盒 of 2盒."""
    given = (number for each in (entry, *entry.terms) for number in (each.buy, each.pieces, each.nth))
    return next((number.unit for number in given if number and number.unit), "")


def _effects(entry: TermEntry, only: tuple[str, ...], *, replaces: bool) -> Iterator[Term]:
    """What an entry does to an order. A price that ``replaces`` that of the product is no term of its own."""
    many = int(entry.pieces or entry.buy or 1)
    above = entry.above.amount if entry.above else None
    if entry.price and not replaces:
        kind = TermKind.BUNDLE if many > 1 else TermKind.PRICE
        yield Term(kind, entry.price.amount, pieces=many, above=above, variants=only)
    if entry.off is not None:
        amount, share = _either(entry.off)
        less = TermKind.PERCENT_OFF if share is not None else TermKind.AMOUNT_OFF
        kind = TermKind.THRESHOLD if above is not None else less
        yield Term(kind, amount, share, pieces=many, above=above, variants=only)
    if entry.nth and entry.pay is not None:
        yield Term(TermKind.NTH, *_either(entry.pay), pieces=int(entry.nth), variants=only)
    if entry.buy and isinstance(entry.get, int) and entry.get:
        yield Term(TermKind.BUY_GET, pieces=int(entry.buy), free=entry.get, variants=only)
    gifts = [*entry.gift, *([entry.get] if isinstance(entry.get, str) else [])]
    for gift in gifts:
        yield Term(TermKind.GIFT, pieces=many, above=above, gift=gift, variants=only)


def _either(value: Money | Decimal) -> tuple[Decimal | None, Decimal | None]:
    """An amount, or a share."""
    return (value.amount, None) if isinstance(value, Money) else (None, value)


def _whole(entry: TermEntry, site: Site, at: tuple[Key, ...]) -> None:
    """Tell of conditions without an effect, and halves of a term."""
    if entry.nth == 1:
        site.refuse_at((*at, "nth"), Reason("at_least", limit=2))
    elif entry.nth and entry.pay is None:
        site.refuse("offer_needs", *at, "nth", key="nth", other="pay")
    elif entry.pay is not None and not entry.nth:
        site.refuse("offer_needs", *at, "pay", key="pay", other="nth")
    elif isinstance(entry.get, int) and not entry.buy:
        site.refuse("offer_needs", *at, "get", key="get", other="buy")
    else:
        conditions = [key for key in ("buy", "pieces", "above") if getattr(entry, key)]
        if conditions and not [*_effects(entry, (), replaces=False)]:
            site.refuse("offer_no_effect", *at, conditions[0], key=conditions[0])


def _meant(names: Sequence[str], variants: Sequence[Variant], site: Site, at: tuple[Key, ...]) -> tuple[str, ...]:
    """The ids of the variants that are named, by their whole name, their id, or one of their options."""
    found: list[str] = []
    for name in names:
        wanted = fold(name)
        meant = [each.id for each in variants if wanted in (fold(each.name), fold(each.id))]
        meant = meant or [each.id for each in variants if wanted in map(fold, each.options.values())]
        if not meant:
            known = [each.name for each in variants[:MOST_KNOWN]]
            site.refuse("variant_unknown", *at, name=name, known=known)
        found += meant
    return tuple(dict.fromkeys(found))


variants_meant = _meant


def _check(offer: Promotion, price: Money, site: Site, at: tuple[Key, ...]) -> None:
    """Tell of amounts and times in one offer that cannot be meant."""
    known = "price" not in site.broken
    if known and offer.price and offer.price.currency != price.currency:
        site.refuse("price_currencies", *at, "price", key="promotions")
    elif known and offer.price and offer.price.amount > price.amount:
        site.refuse("offer_above_price", *at, "price", price=str(price), offer=str(offer.price))
    for term in offer.terms if known else ():
        less = term.kind in (TermKind.AMOUNT_OFF, TermKind.THRESHOLD) and term.amount is not None
        whole = term.above if term.above is not None else price.amount * term.pieces
        if less and term.amount is not None and term.amount >= whole and not (offer.variants or term.variants):
            site.refuse("offer_takes_all", *at, "off", off=str(Money(term.amount, price.currency)))
    if offer.starts and offer.ends and _naive(offer.starts) >= _naive(offer.ends):
        site.refuse("offer_ends_first", *at, "until")


def _contradicting(offers: Sequence[Promotion], site: Site) -> None:
    """Tell of two prices in force at once: of the same time nobody can know which is meant, of times that overlap the
    lower one counts."""
    priced = [(index, offer) for index, offer in enumerate(offers) if offer.price and not offer.code]
    for place, (index, offer) in enumerate(priced):
        for first, other in priced[:place]:
            if offer.price == other.price or not _together(offer, other):
                continue
            details = {"one": str(other.price), "other": str(offer.price), "line": site.line("promotions", first)}
            same = (offer.starts, offer.ends) == (other.starts, other.ends)
            tell = site.refuse if same else site.warn
            tell("offers_contradict" if same else "offers_overlap", "promotions", index, "price", **details)


def _together(one: Promotion, other: Promotion) -> bool:
    """Whether there is a moment at which both stand."""
    starts = [_naive(each.starts) for each in (one, other) if each.starts]
    ends = [_naive(each.ends) for each in (one, other) if each.ends]
    return not starts or not ends or max(starts) < min(ends)


def _naive(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None)
