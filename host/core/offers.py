"""Promotions with their terms: what an offer does to an order, when it stands, and on what conditions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from host.core.money import Money


class TermKind(StrEnum):
    """What an offer does to an order."""

    PRICE = "price"
    """One piece costs ``amount``, in an order of ``above`` or more where that is given."""
    AMOUNT_OFF = "amount_off"
    """``amount`` less, for ``pieces`` or more."""
    PERCENT_OFF = "percent_off"
    """``share`` of the price is still paid, for ``pieces`` or more."""
    NTH = "nth"
    """Of every ``pieces`` the last costs ``share`` of its price, or ``amount``."""
    BUY_GET = "buy_get"
    """``free`` more with every ``pieces``."""
    THRESHOLD = "threshold"
    """``amount`` less, or ``share`` still paid, from ``above`` on."""
    BUNDLE = "bundle"
    """``pieces`` together cost ``amount``."""
    GIFT = "gift"
    """``gift`` comes with ``pieces``, or from ``above`` on."""


@dataclass(frozen=True, slots=True)
class Term:
    """One effect of an offer. Amounts count the product's currency."""

    kind: TermKind
    amount: Decimal | None = None
    share: Decimal | None = None
    """Part of the price that is still paid: 0.5 for half price, 0.8 for 八折 and ``20% off``."""
    pieces: int = 1
    free: int = 0
    above: Decimal | None = None
    gift: str = ""
    variants: tuple[str, ...] = ()
    """Ids of the variants it is for; empty for all that the offer is for."""
    beside: tuple[str, ...] = ()
    """Ids of the variants of which one more has to be in the order."""


@dataclass(frozen=True, slots=True)
class Promotion:
    """An offer, in force from ``starts`` to ``ends`` (either may be open). With a price it replaces the product's."""

    text: str
    price: Money | None = None
    starts: datetime | None = None
    ends: datetime | None = None
    terms: tuple[Term, ...] = ()
    """Its effects; of several that an order meets, the best one counts, they do not add up."""
    variants: tuple[str, ...] = ()
    """Ids of the variants it is for; empty for all."""
    limit: int | None = None
    """How often one order, or one customer, has it."""
    combinable: bool | None = None
    """Whether it adds up with others; None where the sheet does not say."""
    code: str = ""
    """What the customer types or fetches to have it."""
    told: str = ""
    """Its terms in words, where the sheet gives terms."""

    def in_force(self, wall: datetime) -> bool:
        """Whether the offer stands at ``wall``; a time without a zone is read in the zone of ``wall``."""
        starts, ends = (at and (at if at.tzinfo else at.replace(tzinfo=wall.tzinfo)) for at in (self.starts, self.ends))
        return not (starts and wall < starts) and not (ends and wall >= ends)
