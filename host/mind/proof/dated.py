"""Numbers that follow from dates: the days until an offer ends, the day until which something keeps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

from host.core.fold import cased
from host.mind.proof.bought import Proof
from host.mind.proof.context import Context, Known
from host.mind.proof.lineup import CUES
from host.mind.quantities.extraction import quantities
from host.mind.quantities.quantity import Reading
from host.mind.quantities.units import Measure

_ABOUT_NOW = 15
"""Minutes by which what is told as the present may be off."""


def days_left(context: Context) -> Iterator[Proof]:
    """The days until the last day of an offer in force, without today and with it."""
    if "left" not in context.cues:
        return
    today = context.wall.date()
    for offer in context.offers:
        if offer.offer.ends is None:
            continue
        last = last_day(offer.offer.ends)
        for days in ((last - today).days, (last - today).days + 1):
            yield Decimal(days), f"{last}-{today}", (offer.fact,), False


def last_day(ends: datetime) -> date:
    """The last day on which what ends then stands; what ends at midnight ends on the day before."""
    return (ends - timedelta(microseconds=1)).date()


def keeps_until(context: Context) -> Iterator[tuple[Reading, str, tuple[str, ...]]]:
    """Until when each batch keeps, as a date, how that comes about, and by which facts."""
    if not context.cues & {"keeps", "life"}:
        return
    lives = [known for known in context.known if known.kind == (Measure.DURATION, "month") and _tells(known, "life")]
    for made in _made(context):
        for life in lives:
            when = _months_on(made[0], int(life.value))
            reading = Reading(Measure.DATE, Decimal(0), when)
            yield reading, f"{made[0]}+{life.value} months", (made[1], life.fact)
    for index, batch in enumerate(context.product.batches):
        if context.product.shelf_life:
            when = _months_on(batch.made.isoformat(), context.product.shelf_life)
            facts = (f"{context.product.id}.batches.{index}", f"{context.product.id}.shelf_life")
            yield Reading(Measure.DATE, Decimal(0), when), f"{batch.made}+{context.product.shelf_life} months", facts


def _made(context: Context) -> Iterator[tuple[str, str]]:
    """The days, or months, on which batches were made; of the choices that the text names, if their labels tell."""
    found = [known for known in context.known if known.kind[0] is Measure.DATE and _tells(known, "made")]
    words = {word for name in context.named for choice in name.choices for word in choice.words}
    sizes = {amount for name in context.named for choice in name.choices for amount in choice.amounts}
    meant = [known for known in found if any(word in known.label for word in words) or _beside(context, known, sizes)]
    for known in meant or found:
        yield known.kind[1], known.fact


def _beside(context: Context, known: Known, sizes: set[tuple[Measure, Decimal, str]]) -> bool:
    """Whether the amount named last before a date in its fact is one of these: 2公斤装本批生产日期2026-09-10."""
    before = [
        other
        for other in context.known
        if other.fact == known.fact
        and other.quantity.start < known.quantity.start
        and other.kind[0] is Measure.PHYSICAL
    ]
    last = before[-1] if before else None
    return last is not None and (*last.kind[:1], last.value, last.kind[1]) in sizes


def _tells(known: Known, kind: str) -> bool:
    kinds = (kind, "keeps") if kind == "life" else (kind,)
    return any(word.kind in kinds for word in CUES.read(known.text))


def _months_on(day: str, months: int) -> str:
    """A date or month of the form ``2026-09-10`` or ``2026-09-*``, so many months on; ``*`` where it cannot be told."""
    year, month, rest = day.split("-")
    if not year.isdigit() or not month.isdigit():
        return "*-*-*"
    total = int(year) * 12 + int(month) - 1 + months
    return f"{total // 12}-{total % 12 + 1:02d}-{rest}"


def is_now(context: Context, said: Reading) -> bool:
    """Whether a time of day is the present one, or a weekday today's or that of the last day of an offer."""
    if said.measure is Measure.CLOCK:
        minutes = context.wall.hour * 60 + context.wall.minute
        return "now" in context.cues and abs(said.value - minutes) <= _ABOUT_NOW
    if said.measure is Measure.DATE and said.unit.startswith("weekday"):
        days = [last_day(offer.offer.ends) for offer in context.offers if offer.offer.ends]
        days += [context.wall.date()] if "now" in context.cues or not context.cues & {"left", "over", "keeps"} else []
        return any(day.isoweekday() == said.value for day in days)
    return False


def of_another_time(context: Context, said: Reading) -> tuple[str, tuple[str, ...]] | None:
    """Whether a number is one of an offer that the text says is over, or is to come, and of which."""
    for index in (*context.told_over, *context.told_ahead):
        offer = context.product.promotions[index]
        known = [reading for each in quantities(cased(offer.text), context.product.price.currency)
                 for reading in each.readings[:1]]  # fmt: skip
        days = [f"{at:%Y-%m-%d}" for at in (offer.starts, offer.ends and last_day(offer.ends)) if at]
        dated = said.measure is Measure.DATE and any(
            all(a in ("*", b) for a, b in zip(said.unit.split("-"), day.split("-"), strict=False)) for day in days
        )
        number = said.measure in (Measure.MONEY, Measure.NUMBER, Measure.COUNT, Measure.DISCOUNT)
        if dated or (number and any(said.value == each.value for each in known)):
            return offer.text, (f"{context.product.id}.promotions.{index}",)
    return None
