"""What an order costs: pieces of choices, with or without one of the offers in force, or several that add up.

Every outcome tells how it comes about, so that whoever speaks it and whoever judges it mean the same sum.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from host.core.offers import Promotion, Term, TermKind
from host.mind.proof.lineup import Choice


@dataclass(frozen=True, slots=True)
class Offered:
    """An offer in force with its terms, and the fact that states it."""

    offer: Promotion
    terms: tuple[Term, ...]
    fact: str
    combinable: bool
    automatic: bool = True
    """Whether every order has it that meets its terms: no coupon has to be fetched, no code typed."""
    certain: bool = True
    """Whether its terms are all that it does: they could be read, and everybody has it."""


@dataclass(frozen=True, slots=True)
class Bill:
    """What an order costs without any offer, with it, and by its list prices; how, and by which facts."""

    regular: Decimal
    total: Decimal
    listed: Decimal | None
    pieces: int
    facts: tuple[str, ...]
    """Those that carry the total; the list prices stand beside the prices."""
    how: str
    payable: bool = True
    """Whether it is what has to be paid: no offer makes the order cheaper without anybody's doing, or perhaps does."""
    last: Decimal | None = None
    """What the piece costs that an offer makes cheaper: 第二件."""


def told(amount: Decimal) -> str:
    """An amount without zeros that say nothing."""
    return f"{amount.normalize():f}"


def bills(order: Sequence[tuple[Choice, int]], offers: Sequence[Offered]) -> Iterator[Bill]:
    """Every way to pay for an order."""
    pieces = [choice for choice, count in order for _ in range(count)]
    regular = sum((choice.price for choice in pieces), Decimal(0))
    olds = [choice.list_price for choice in pieces]
    listed = sum((old for old in olds if old is not None), Decimal(0)) if all(old is not None for old in olds) else None
    facts = tuple(dict.fromkeys(choice.facts[0] for choice in pieces))
    how = "+".join(f"{count}×{told(choice.price)}" if count > 1 else told(choice.price) for choice, count in order)
    effects = [(offered, effect) for offered in offers if (effect := _best(pieces, regular, offered.terms))]
    payable = len(pieces) == 1 or not (effects or any(not offered.certain for offered in offers))
    yield Bill(regular, regular, listed, len(pieces), facts, how, payable)
    for offered, (saved, last, by) in effects:
        total = regular - saved
        yield Bill(regular, total, listed, len(pieces), (*facts, offered.fact), f"{how}{by}", True, last)
    for (one, (first, _, by)), (other, (second, _, more)) in combinations(effects, 2):
        if one.combinable or other.combinable:
            both = (*facts, one.fact, other.fact)
            yield Bill(regular, regular - first - second, listed, len(pieces), both, f"{how}{by}{more}")


def _best(
    pieces: Sequence[Choice], regular: Decimal, terms: Sequence[Term]
) -> tuple[Decimal, Decimal | None, str] | None:
    """What the best of some terms saves, what the piece costs that it is for, and the sum of it; None for nothing."""
    found = [effect for term in terms if (effect := _effect(pieces, regular, term)) is not None and effect[0] > 0]
    return max(found, key=lambda effect: effect[0], default=None)


def _effect(pieces: Sequence[Choice], regular: Decimal, term: Term) -> tuple[Decimal, Decimal | None, str] | None:
    counted = sorted((one.price for one in pieces if not term.variants or one.id in term.variants), reverse=True)
    whole = sum(counted, Decimal(0))
    amount, share = term.amount, term.share
    if term.beside and not _beside(pieces, term):
        return None
    if len(counted) < max(1, term.pieces if term.kind is not TermKind.NTH else 1):
        return None
    match term.kind:
        case TermKind.PRICE if amount is not None:
            return whole - amount * len(counted), None, f"→{told(amount)}"
        case TermKind.AMOUNT_OFF if amount is not None:
            return amount, None, f"-{told(amount)}"
        case TermKind.PERCENT_OFF if share is not None:
            return whole * (1 - share), None, f"×{told(share)}"
        case TermKind.THRESHOLD if term.above is not None and regular >= term.above:
            saved = amount if amount is not None else regular * (1 - share) if share is not None else Decimal(0)
            return saved, None, f"-{told(saved)}"
        case TermKind.BUNDLE if amount is not None and len(counted) == term.pieces:
            return whole - amount, None, f"→{told(amount)}"
        case TermKind.BUY_GET if term.free:
            free = len(counted) // (term.pieces + term.free) * term.free
            return sum(counted[len(counted) - free :], Decimal(0)), None, f"-{free}×"
        case TermKind.NTH if len(pieces) >= term.pieces:
            return _nth(pieces, counted, term)
    return None


def _beside(pieces: Sequence[Choice], term: Term) -> bool:
    """Whether an order has what an offer wants beside what it is for."""
    wanted = [one for one in pieces if one.id in term.beside]
    return bool(wanted) and any(one.id in term.variants and one is not wanted[0] for one in pieces)


def _nth(
    pieces: Sequence[Choice], counted: Sequence[Decimal], term: Term
) -> tuple[Decimal, Decimal | None, str] | None:
    """Of every so many pieces the cheapest ones cost less."""
    groups = min(len(pieces) // term.pieces, len(counted))
    cheap = sorted(counted)[:groups]
    paid = [term.amount if term.amount is not None else price * (term.share or 1) for price in cheap]
    saved = sum(cheap, Decimal(0)) - sum(paid, Decimal(0))
    return saved, paid[0] if paid else None, f"-{told(saved)}"
