"""The terms of an offer in the words of the sheet's language."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from host.core.money import Money
from host.core.offers import Promotion, Term, TermKind
from host.core.variants import Variant
from host.lang.sheet import SheetWords


def told(
    offer: Promotion,
    currency: str,
    words: SheetWords,
    variants: Sequence[Variant] = (),
    prose: Sequence[str] = (),
    counter: str = "",
) -> str:
    """Everything that the terms of an offer say, and nothing where it has none; ``prose`` is said as it stands, and
    pieces are counted with ``counter``, else with the language's own word."""
    unit = counter or words.counter
    names = {each.id: each.name for each in variants}

    def only(ids: Sequence[str], said: str) -> str:
        named = words.separator.join(names.get(each, each) for each in ids)
        return words.offer("only", items=named, said=said) if ids else said

    parts = [words.offer("price", amount=str(offer.price))] if offer.price else []
    parts += [only(term.variants, _term(term, currency, words, unit)) for term in offer.terms]
    said = [*parts, *prose]
    if not said and not (offer.code or offer.limit):
        return ""
    said[:1] = [only(offer.variants, said[0])] if said else []
    said += [words.offer("code", code=offer.code)] if offer.code else []
    said += [words.offer("limit", limit=offer.limit, unit=unit)] if offer.limit else []
    if offer.combinable is not None and parts:
        said.append(words.offer("combines" if offer.combinable else "combines_not"))
    return words.clause.join(said)


def _term(term: Term, currency: str, words: SheetWords, unit: str) -> str:
    def money(amount: Decimal | None) -> str:
        return str(Money(amount, currency)) if amount is not None else ""

    details = {
        "amount": money(term.amount), "above": money(term.above), "pieces": term.pieces, "free": term.free,
        "gift": term.gift, "unit": unit,
        "tenths": _number((term.share or Decimal(0)) * 10),
        "percent": _number(100 - (term.share or Decimal(0)) * 100),
    }  # fmt: skip
    return words.offer(_code(term), **details)


def _code(term: Term) -> str:
    """The template of a term."""
    if term.kind is TermKind.NTH:
        named = {Decimal("0.5"): "nth_half", Decimal(0): "nth_free"}
        return "nth_amount" if term.share is None else named.get(term.share, "nth_share")
    if term.kind is TermKind.THRESHOLD:
        return "threshold_share" if term.amount is None else "threshold_amount"
    if term.above is not None:
        return f"{term.kind}_above"
    many = term.pieces > 1 and term.kind in (TermKind.AMOUNT_OFF, TermKind.PERCENT_OFF, TermKind.GIFT)
    return f"{term.kind}_many" if many else str(term.kind)


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}"
