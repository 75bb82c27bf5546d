"""Numbers that follow from prices: what several cost under an offer, what is saved, what one comes to, by what part."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import product as every

from host.mind.proof.context import Context
from host.mind.proof.lineup import Choice
from host.mind.proof.named import is_named
from host.mind.proof.orders import Bill, bills
from host.mind.quantities.quantity import Quantity
from host.mind.quantities.roles import Role
from host.mind.quantities.units import STOCKED, Measure

_EACH_NAMES = {
    "day": ("天", "day"),
    "month": ("个月", "月", "month"),
    "件": ("个", "件", "piece"),
    "倍": ("次", "time"),
}
"""How units are said whose canonical name is another."""
MOST = 20
"""Pieces up to which an order is reckoned."""
Proof = tuple[Decimal, str, tuple[str, ...], bool]
"""A value, how it comes about, by which facts, and whether it is rounded when it is said."""
PAIR = re.compile(r"\bpair\b|\bboth\b|一对")
_REGULAR = re.compile(r"原价|券前|不算|没用券|不用券|优惠前|平时|\bbefore\b|\bwithout\b|\bregular|\bnormally")
"""Says that an amount is meant without any offer."""
_IS_LESSENED = re.compile(r" ?[元块]?[,，]?(?:再?减|立减|砍|刨|扣|minus|less|take off)")
"""What follows an amount from which something is taken in the same breath: 338减50."""
_ON_TOP = re.compile(r"运费|邮费|加收|加上?|补|另付|shipping|postage|delivery|\badds?\b|\bplus\b|\bextra\b")
_PACKS = frozenset("盒瓶包袋箱罐")
_PORTIONS = {"g": (500, 1000, 100, 1), "ml": (1000, 100, 1), "oz": (16, 1)}
"""What a price is told by, in canonical units: 斤, 公斤, 100克."""


def money(context: Context, quantity: Quantity) -> Iterator[Proof]:
    """Everything that an amount of money may come from."""
    role, cues = quantity.role, context.cues
    if role is Role.THRESHOLD and quantity.bound:
        role = Role.PRICE  # just over a hundred dollars
    if context.is_total(quantity) and several(context):
        yield from _for_all(context, role)
        return
    for bill in _bills(context, quantity):
        if role is Role.SAVING or ("difference" in cues and not context.compared):
            yield from _saved(bill)
        if role is Role.LIST:
            yield from _usual(bill)
        elif role is not Role.SAVING:
            if bill.payable or _REGULAR.search(context.text) or _IS_LESSENED.match(context.text, quantity.end):
                yield bill.total, bill.how, bill.facts, False
            if bill.last is not None:
                yield bill.last, f"{bill.how}: {bill.last}", bill.facts, False
        if "each" in cues and bill.pieces > 1:
            yield bill.total / bill.pieces, f"({bill.how})/{bill.pieces}", bill.facts, True
    yield from _with_fees(context)
    yield from _with_extras(context)
    if "difference" in cues:
        yield from _apart(context)
    if "lacking" in cues:
        yield from _lacking(context)
    if "each" in cues:
        yield from _by_portion(context)


def _for_all(context: Context, role: Role) -> Iterator[Proof]:
    """What several pieces come to, or save: that of one is nothing of the kind."""
    for bill in _bills(context):
        if bill.pieces > 1 and role is Role.SAVING:
            yield from _saved(bill)
        elif bill.pieces > 1 and (bill.payable or _REGULAR.search(context.text)):
            yield bill.total, bill.how, bill.facts, False
    if role is not Role.SAVING:
        yield from _with_fees(context)
        yield from _with_extras(context)


def _usual(bill: Bill) -> Iterator[Proof]:
    """What an order costs by its list prices, or without the offer that makes it cheaper."""
    if bill.listed is not None:
        yield bill.listed, f"list price of {bill.pieces}", _listed(bill.facts), False
    if bill.total < bill.regular:
        yield bill.regular, bill.how, bill.facts, False


def _listed(facts: tuple[str, ...]) -> tuple[str, ...]:
    """The facts that carry the list prices of the same choices."""
    return tuple(
        dict.fromkeys(fact.removesuffix(".price") + ".list_price" for fact in facts if fact.endswith(".price"))
    )


def shares(context: Context) -> Iterator[Proof]:
    """The parts of a price that are still paid."""
    for bill in _bills(context):
        for whole in (bill.regular, bill.listed):
            if whole and whole != bill.total:
                yield bill.total / whole, f"({bill.how})/{whole}", bill.facts, True
        if bill.last is not None:
            yield bill.last / (bill.regular / bill.pieces), f"{bill.last} of one", bill.facts, True


def _bills(context: Context, quantity: Quantity | None = None) -> Iterator[Bill]:
    """What the orders that a text may speak of cost; with ``quantity`` only those that it can be said of."""
    for order in _orders(context):
        if quantity is None or _is_meant(context, quantity, order):
            yield from bills(order, context.offers)


def _is_meant(context: Context, quantity: Quantity, order: Sequence[tuple[Choice, int]]) -> bool:
    """Whether an amount may be that of an order: of one choice where it is said of that, or of its like in price."""
    if len(order) > 1 or context.compared or "difference" in context.cues:
        return True
    price = order[0][0].price
    return all(any(choice.price == price for choice in name.choices) for name in context.spoken_of(quantity))


def _orders(context: Context) -> Iterator[list[tuple[Choice, int]]]:
    """The orders that a text may speak of."""
    several = sorted(pieces(context))
    groups = [name.choices for name in context.named]
    if len(groups) > 1 and len({choice.id for group in groups for choice in group}) > 1:
        for one, other in every(groups[0][:4], groups[-1][:4]):
            if one.id != other.id:
                yield [(one, 1), (other, 1)]
    meant = list(dict.fromkeys(choice for group in groups for choice in group)) or _unnamed(context)
    for choice in meant:
        for count in (1, *several):
            yield [(choice, count)]


def _unnamed(context: Context) -> list[Choice]:
    """What may be meant where no choice is named: the product at its own price, and what alone an offer is for."""
    restricted = {each for offer in context.offers for term in offer.terms for each in term.variants}
    only = [choice for choice in context.lineup.choices if choice.id and choice.id in restricted]
    return [context.lineup.plain, *only]


def billed(context: Context, count: int, said: Quantity) -> bool:
    """Whether an amount in the text is what an order of so many comes to, saves, or costs by the piece."""
    value = said.readings[0].value
    for bill in _bills(context):
        if bill.pieces == count:
            amounts = (bill.total, bill.regular - bill.total, bill.total / count, bill.last, bill.listed)
            if value in amounts and (value != bill.total or bill.payable or _REGULAR.search(context.text)):
                return True
    return False


def several(context: Context) -> bool:
    """Whether the text speaks of more than one piece."""
    return bool(pieces(context)) or len({name.choices for name in context.named}) > 1


def pieces(context: Context) -> set[int]:
    """How many pieces the text speaks of."""
    found: set[int] = set()
    name = context.product.name.lower() + " " + " ".join(choice.name.lower() for choice in context.lineup.choices)
    for quantity in context.found:
        reading = quantity.readings[0]
        counted = reading.measure is Measure.NUMBER or (
            reading.measure is Measure.COUNT
            and (
                _is_sold_by(reading.unit, context)
                or reading.unit == "人"
                or (reading.unit.isascii() and reading.unit in name)
            )
        )
        bundle = reading.measure is Measure.BUNDLE
        if bundle:
            found.add(sum(int(Decimal(part)) for part in reading.unit.split("+")))
        elif (
            counted
            and reading.value == int(reading.value)
            and 1 < reading.value <= MOST
            and not _stated(context, quantity)
        ):
            found.add(int(reading.value))
    if "nth" in context.cues or PAIR.search(context.text):
        found.add(3 if re.search(r"第[三3]|\bthird\b", context.text) else 2)
    return found


def _stated(context: Context, quantity: Quantity) -> bool:
    """Whether a count is one of the sheet's own, of something that it names and that is no choice: 三个颜色."""
    if any(0 <= name.start - quantity.end <= 1 for name in context.named):
        return False  # 两个大号
    noun = quantity.noun[:2]
    told = (known for known in context.known if ".promotions." not in known.fact)
    return len(noun) > 1 and any(noun in known.label or noun in known.text for known in told)


def _is_sold_by(unit: str, context: Context) -> bool:
    """Whether a piece that is ordered is counted so; packs only as the sheet counts what is ordered."""
    if unit not in _PACKS:
        return unit in STOCKED
    alone = any(known.kind == (Measure.COUNT, unit) and known.value == 1 for known in context.known)  # 盒内1瓶
    texts = (*(offer.text for offer in context.product.promotions), *(choice.name for choice in context.lineup.choices))
    return alone or bool(re.search(rf"[\d一二两三四五六七八九十每单] ?{unit}", " ".join(texts)))


def _saved(bill: Bill) -> Iterator[Proof]:
    if bill.regular > bill.total:
        yield bill.regular - bill.total, f"{bill.regular}-({bill.how})", bill.facts, False
        if bill.pieces > 1 and bill.listed is None:
            yield (
                (bill.regular - bill.total) / bill.pieces,
                f"({bill.regular}-({bill.how}))/{bill.pieces}",
                bill.facts,
                False,
            )
    if bill.listed is not None and bill.listed > bill.total:
        yield bill.listed - bill.total, f"{bill.listed}-({bill.how})", (*bill.facts, *_listed(bill.facts)), False


def _with_fees(context: Context) -> Iterator[Proof]:
    """What an order comes to with a fee that the text tells: 加运费12，一共101元."""
    fees = [
        each.readings[0].value
        for each, carried in zip(context.found, context.carried, strict=True)
        if carried and each.readings[0].measure in (Measure.MONEY, Measure.NUMBER) and _is_fee(context, each)
    ]
    for bill in _bills(context) if "sum" in context.cues else ():
        for fee in fees:
            if bill.payable and fee not in (bill.total, bill.regular):
                yield bill.total + fee, f"{bill.how}+{fee}", bill.facts, False


def _with_extras(context: Context) -> Iterator[Proof]:
    """What a piece comes to with something that is sold beside it: the Single plus the hose."""
    if "sum" not in context.cues:
        return
    currency = context.product.price.currency
    beside = [known for known in context.known
              if ".facts." in known.fact and known.kind == (Measure.MONEY, currency)
              and known.quantity.role is Role.PRICE and is_named(context, known)]  # fmt: skip
    for known in beside[:6]:
        for bill in _bills(context):
            if bill.payable:
                yield bill.total + known.value, f"{bill.how}+{known.value}", (*bill.facts, known.fact), False


def _each_of(context: Context, unit: str) -> bool:
    """Whether the text tells of one such thing: 一天三块三, ``a recipe``."""
    names = _EACH_NAMES.get(unit, (unit,))
    return any(re.search(rf"(?:[每一]|\b(?:a|an|per|each|every) ){re.escape(name)}", context.text) for name in names)


def _is_fee(context: Context, quantity: Quantity) -> bool:
    """Whether an amount is told as one that comes on top."""
    start, end = context.clause_of(quantity)
    return quantity.role is Role.FEE or bool(_ON_TOP.search(context.text, start, end))


def _lacking(context: Context) -> Iterator[Proof]:
    """What an order lacks of the sum from which on an offer stands."""
    for offer in context.offers:
        for term in offer.terms:
            for bill in _bills(context) if term.above is not None else ():
                if term.above is not None and bill.total < term.above:
                    yield term.above - bill.total, f"{term.above}-({bill.how})", (*bill.facts, offer.fact), False


def _apart(context: Context) -> Iterator[Proof]:
    """What two choices differ by; where one is named, by which the others differ from it."""
    groups = [name.choices for name in context.named]
    if not groups:
        return
    others = groups[1:] or [context.lineup.choices]
    for one in groups[0]:
        for other in dict.fromkeys(choice for group in others for choice in group):
            for name, first, second in (("", one.price, other.price), ("list ", one.list_price, other.list_price)):
                if first is not None and second is not None and context.is_so(first, second):
                    high, low = max(first, second), min(first, second)
                    yield high - low, f"{name}{high}-{low}", (one.facts[0], other.facts[0]), False


def _by_portion(context: Context) -> Iterator[Proof]:
    """What a pound, a piece, a page comes to."""
    wanted = [choice for name in context.named for choice in name.choices] or _unnamed(context)
    for choice in dict.fromkeys(wanted):
        sizes = {(kind, unit, value) for kind, value, unit in choice.amounts}
        own = f"{context.product.id}.variants.{choice.id}."
        for known in context.known:
            if known.kind[0] in (Measure.COUNT, Measure.DURATION) and not is_named(context, known):
                continue
            if known.fact.startswith(own) or ".variants." not in known.fact:
                sizes.add((known.kind[0], known.kind[1], known.value))
        for bill in bills([(choice, 1)], context.offers):
            for measure, unit, size in sizes:
                if measure in (Measure.COUNT, Measure.DURATION) and size > 1 and _each_of(context, unit):
                    yield bill.total / size, f"({bill.how})/{size}", bill.facts, True
                for portion in _PORTIONS.get(unit, ()) if measure is Measure.PHYSICAL else ():
                    if size > portion:
                        yield bill.total * portion / size, f"({bill.how})/({size}/{portion})", bill.facts, True
