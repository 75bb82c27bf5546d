"""A text whose numbers are to be proven, beside the facts of one product: what every way to prove one starts from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cached_property

from host.core.fold import cased, lowered
from host.core.offers import Promotion
from host.core.product import Fact, Product
from host.mind.proof.adjoining import behind_preposition, joined, last_before
from host.mind.proof.lineup import CUES, LineUp, Named, line_up
from host.mind.proof.offers import offered, offers_in_force
from host.mind.proof.orders import Offered
from host.mind.quantities.extraction import quantities
from host.mind.quantities.quantity import Quantity
from host.mind.quantities.units import Measure

_OF_VARIANT = re.compile(r"\.variants\.[^.]+\.price$")
_HEAD = re.compile(r"([^:：,，;；。]{1,16})[:：]")
"""What a list is of: 充绒量：S码150克，M码160克."""
_CLAUSE = re.compile(r"[,，。!！?？;；:：]|\. ")
_LEAD = 24
"""Characters before an amount within which a word says that it is a total."""
_THAN = re.compile(r"比|\bthan\b")
_BEHIND = 32
"""Characters behind an amount within which words say what it is of."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_ASIDE = re.compile(r"[(（][^()（）]{0,40}[)）]")
_ITEM = re.compile(r"[,，;；。、:：(（)）]| and |\. ")


@dataclass(frozen=True, slots=True)
class Known:
    """A quantity of a fact, and what the fact says it is of."""

    fact: str
    label: str
    """The words before it in its item: the M码 of ``M码160克``."""
    quantity: Quantity
    text: str
    """The whole fact, folded."""
    beside: frozenset[tuple[Measure, Decimal, str]] = frozenset()
    """The other amounts of its item: the 5公斤 of 体重5公斤约95克."""

    @property
    def value(self) -> Decimal:
        """In its canonical unit."""
        return self.quantity.readings[0].value

    @property
    def kind(self) -> tuple[Measure, str]:
        """What it counts."""
        reading = self.quantity.readings[0]
        return reading.measure, reading.unit


@dataclass(frozen=True, eq=False)
class Context:
    """What is said, and of what."""

    text: str
    """Folded and in lower case."""
    found: Sequence[Quantity]
    carried: Sequence[bool]
    """Which of them facts state as they are said, or are proven; grows as proofs are found."""
    product: Product
    wall: datetime
    named_amounts: dict[int, bool] = field(default_factory=dict)
    """Which amounts of facts the text names, as far as anybody asked, by their identity."""
    _spoken: dict[int, tuple[Named, ...]] = field(default_factory=dict)
    """The names that each quantity is said of, by where it begins."""

    @cached_property
    def lineup(self) -> LineUp:
        """What the product can be ordered as."""
        return line_up(self.product)

    @cached_property
    def named(self) -> tuple[Named, ...]:
        """The choices that the text names."""
        return self.lineup.named(self.text, self.found)

    @cached_property
    def cues(self) -> frozenset[str]:
        """The kinds of words that say how a number comes about."""
        kinds = frozenset(word.kind for word in CUES.read(self.text))
        kinds |= {"sum"} if "total" in kinds else set()
        return kinds | {"difference"} if kinds & {"greater", "lesser", "lacking"} else kinds

    @cached_property
    def compared(self) -> bool:
        """Whether two choices are held against each other: A比B, ``A … than B``."""
        return len({name.choices for name in self.named}) > 1 and bool(_THAN.search(self.text))

    @cached_property
    def subject(self) -> frozenset[str]:
        """Ids of the choices that are held against others: those named last before 比, else those named first."""
        than = _THAN.search(self.text) if self.compared else None
        before = [name for name in self.named if than and name.end <= than.start()]
        return frozenset(choice.id for name in (before[-1:] or self.named[:1]) for choice in name.choices)

    def is_so(self, mine: Decimal, other: Decimal) -> bool:
        """Whether two amounts differ as the text says, of what is named first and what it is held against."""
        kinds = self.cues & {"greater", "lesser"}
        if mine == other:
            return False
        if not self.compared or len(kinds) != 1:
            return True
        return (mine > other) == ("greater" in kinds)

    def is_total(self, quantity: Quantity) -> bool:
        """Whether an amount is said to be for all: 两个一共158元."""
        start, _ = self.clause_of(quantity)
        before = self.text[start : quantity.start]
        return any(word.kind == "total" for word in CUES.read(before[-_LEAD:]))

    @cached_property
    def offers(self) -> tuple[Offered, ...]:
        """The offers in force, with their terms."""
        ahead = [self.product.promotions[index] for index in self.told_ahead]
        ids = [f"{self.product.id}.promotions.{index}" for index in self.told_ahead]
        told = tuple(offered(offer, fact, self.lineup) for offer, fact in zip(ahead, ids, strict=True))
        return (*offers_in_force(self.product, self.lineup, self.wall), *told)

    @cached_property
    def told_ahead(self) -> tuple[int, ...]:
        """The offers to come that the text tells of with their day, or by their occasion, and not as of now."""
        return tuple(
            index
            for index, offer in enumerate(self.product.promotions)
            if offer.starts and not offer.in_force(self.wall) and self._begins(offer) and self._names(offer)
        )

    @cached_property
    def told_over(self) -> tuple[int, ...]:
        """The offers that are over, where the text says so."""
        if "over" not in self.cues:
            return ()
        return tuple(
            index
            for index, offer in enumerate(self.product.promotions)
            if offer.ends and not offer.in_force(self.wall) and not self._begins(offer)
        )

    def _begins(self, offer: Promotion) -> bool:
        starts = offer.starts and (
            offer.starts if offer.starts.tzinfo else offer.starts.replace(tzinfo=self.wall.tzinfo)
        )
        return bool(starts and starts > self.wall)

    def _names(self, offer: Promotion) -> bool:
        days = [reading.unit for each in self.found for reading in each.readings if reading.measure is Measure.DATE]
        starts = f"{offer.starts:%Y-%m-%d}" if offer.starts else ""
        dated = any(all(a in ("*", b) for a, b in zip(day.split("-"), starts.split("-"), strict=False)) for day in days)
        folded = lowered(cased(offer.text))
        occasions = {word.text for word in CUES.read(self.text) if word.kind == "occasion"}
        return dated or ("now" not in self.cues and any(occasion in folded for occasion in occasions))

    @cached_property
    def known(self) -> tuple[Known, ...]:
        """Every quantity of the product's facts, with its label."""
        return known_of(self.product, self.wall)

    def clause_of(self, quantity: Quantity) -> tuple[int, int]:
        """Where the clause around a quantity begins and ends."""
        start = max((match.end() for match in _CLAUSE.finditer(self.text, 0, quantity.start)), default=0)
        behind = _CLAUSE.search(self.text, quantity.end)
        return start, behind.start() if behind else len(self.text)

    def spoken_of(self, quantity: Quantity) -> tuple[Named, ...]:
        """The names of choices that a quantity of the text is said of: in its clause, or joined last before it."""
        if quantity.start not in self._spoken:
            self._spoken[quantity.start] = self._spoken_of(quantity)
        return self._spoken[quantity.start]

    def _spoken_of(self, quantity: Quantity) -> tuple[Named, ...]:
        start, end = self.clause_of(quantity)
        if behind := behind_preposition(self.text, quantity.end, self.named):
            return behind
        here = [name for name in self.named if start <= name.start < end]
        before = [name for name in here if name.end <= quantity.start]
        kind = quantity.readings[0].measure
        rivals = (other for other in self.found if other is not quantity and start <= other.start < end)
        if before and not self.compared and any(other.readings[0].measure is kind for other in rivals):
            return joined(self.text, before)
        return tuple(here) or joined(self.text, [name for name in self.named if name.end <= quantity.start])

    def said_of(self, quantity: Quantity) -> frozenset[str]:
        """Ids of the choices that a quantity of the text is said of."""
        return frozenset(choice.id for name in self.spoken_of(quantity) for choice in name.choices)

    def choices_of(self, known: Known) -> frozenset[str]:
        """Ids of the choices that a fact's number is of, empty where it is of any."""
        kept = self.lineup.choices_told.get(id(known))
        if kept is None or kept[0] is not known:
            if len(self.lineup.choices_told) >= _MOST_TOLD:
                self.lineup.choices_told.clear()
            kept = self.lineup.choices_told[id(known)] = (known, self._choices_of(known))
        return kept[1]

    def _choices_of(self, known: Known) -> frozenset[str]:
        key = f"{self.product.id}.variants."
        if known.fact.startswith(key):
            return frozenset([known.fact.removeprefix(key).split(".")[0]])
        return frozenset(choice.id for name in _names_of(known, self.lineup) for choice in name.choices)


def _names_of(known: Known, lineup: LineUp) -> tuple[Named, ...]:
    """The names of choices by which a fact tells what a number is of: before it, ``0.7 liter on the Max``, or behind it
    in a clause that has none before."""
    named, text = lineup.named_in(known.text), known.text
    start, end = known.quantity.start, known.quantity.start + len(known.quantity.text)
    if behind := behind_preposition(text, end, named):
        return behind
    if before := last_before(text, named, end):
        return before
    stop = _CLAUSE.search(text, end)
    return tuple(name for name in named if start <= name.start < (stop.start() if stop else len(text)))


_KEPT: dict[tuple[int, tuple[bool, ...]], tuple[Product, tuple[Known, ...]]] = {}
_MOST_KEPT = 64
_MOST_TOLD = 4096


def known_of(product: Product, wall: datetime) -> tuple[Known, ...]:
    """Every quantity of a product's facts in force. Kept: products are immutable, and only offers come and go."""
    key = (id(product), tuple(offer.in_force(wall) for offer in product.promotions))
    if key not in _KEPT or _KEPT[key][0] is not product:
        if len(_KEPT) >= _MOST_KEPT:
            _KEPT.clear()
        found = tuple(each for fact in product.facts_in_force(wall) for each in _of(fact, product.price.currency))
        _KEPT[key] = (product, found)
    return _KEPT[key][1]


def _of(fact: Fact, currency: str) -> Iterator[Known]:
    """The quantities of one fact."""
    if fact.id.endswith((".list_price", ".stock", ".link")) or (
        fact.id.endswith(".price") and not _OF_VARIANT.search(fact.id)
    ):
        return
    head = "" if fact.topic.isdigit() else lowered(cased(fact.topic))
    text = cased(fact.text)
    folded, last = lowered(text), 0
    opening = _HEAD.match(folded)
    head += f" {opening.group(1)}" if opening else ""
    found = quantities(text, currency)
    for quantity in found:
        before = _ITEM.split(_ASIDE.sub("", folded[last : quantity.start]))[-1]
        behind = _ITEM.split(folded[quantity.end : quantity.end + _BEHIND])[0]
        noun = _NUMBER.sub(" ", quantity.text)
        label = f"{head} {before} {noun} {behind}".strip()
        yield Known(fact.id, label, quantity, folded, frozenset(_item_of(folded, quantity, found)))
        if not _is_aside(folded, quantity.start):
            last = quantity.end


def _is_aside(text: str, at: int) -> bool:
    """Whether a place lies in brackets: 放冰箱冷藏（4到8度）可存30天 says of the 30 days where they hold."""
    before = text[:at]
    return max(before.rfind("("), before.rfind("（")) > max(before.rfind(")"), before.rfind("）"))


def _item_of(text: str, quantity: Quantity, found: Sequence[Quantity]) -> Iterator[tuple[Measure, Decimal, str]]:
    """The amounts that stand in one item with another."""
    start = max((match.end() for match in _ITEM.finditer(text, 0, quantity.start)), default=0)
    ends = _ITEM.search(text, quantity.end)
    end = ends.start() if ends else len(text)
    for other in found:
        if other is not quantity and start <= other.start < end:
            reading = other.readings[0]
            yield reading.measure, reading.value, reading.unit
