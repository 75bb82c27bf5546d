"""Quantities in a text: value, measure, unit, and the part they play (a price, a saving, a threshold).

The same extraction runs over what is about to be said and over the facts, so that ``¥99.9``, 九十九块九 and
``ninety-nine yuan ninety`` meet as one value. What is a date, a range or a name is told by the reading that the voice
uses too (`host.lang.reading`). It prefers finding too much: a numeral that fits nothing is a `Measure.NUMBER`, and only
the words in `idioms` and a host's own structure (两个问题, 三点原因) are let go.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from host.lang.numerals import Numeral
from host.lang.tokens import Amounts, Clock, Date, Height, Item, Join, Number, Token, Year
from host.mind.quantities.bare import bare, is_structure
from host.mind.quantities.bounds import bounded
from host.mind.quantities.compounds import compounded
from host.mind.quantities.dates import of_clock, of_date, of_year, through
from host.mind.quantities.links import link
from host.mind.quantities.measured import and_a_half, measured
from host.mind.quantities.money import amount
from host.mind.quantities.passage import Passage
from host.mind.quantities.quantity import Quantity, Reading, single
from host.mind.quantities.roles import Role
from host.mind.quantities.units import Measure

_SHARING = (Join.RANGE, Join.OR, Join.LIST, Join.BY)
"""Rows whose unit stands once, behind the last of them."""


def quantities(text: str, currency: str = "CNY") -> tuple[Quantity, ...]:
    """Every quantity of a text, in order. ``currency`` is what a bare price counts.

    The text is folded; one that keeps its case (`host.core.fold.cased`) is read better, and its places are the same.
    """
    passage = Passage(text, currency)
    found = sorted(_Extraction(passage).all(), key=lambda each: each.start)
    return compounded(passage.text, through(passage.text, found))


def _about_so_many(found: Quantity, numeral: Numeral) -> Quantity:
    """A quantity with the lesser of the two numbers that it is told by as a reading of its own: 两三天."""
    low, high = numeral.low or numeral.value, numeral.value
    lesser = tuple(replace(each, value=(each.value * low / high).normalize()) for each in found.readings)
    return replace(found, readings=(*found.readings, *lesser), bound=found.bound or "about")


class _Extraction:
    """One pass over the tokens of one passage."""

    def __init__(self, passage: Passage) -> None:
        self._passage = passage
        self._last: Reading | None = None
        """The last time or size, whose unit a number without one may share: hot for 12 hours, cold for 24."""
        self._factor = Decimal(1)

    def all(self) -> Iterator[Quantity]:
        """Every quantity. What belongs to one is in no other: small change, the 三 of 三点半."""
        yield from self._passage.wholes
        taken = 0
        for token in self._passage.tokens:
            for found in self._of(token):
                if found.end > taken and not self._passage.is_whole(found.start):
                    taken = found.end
                    yield found

    def _of(self, token: Token) -> Iterator[Quantity]:
        if isinstance(token, Amounts):
            yield from self._row(token)
        elif isinstance(token, (Date, Year, Clock, Height)):
            yield from self._whole(token)
        else:
            yield from self._numerals(token)

    def _whole(self, token: Date | Year | Clock | Height) -> Iterator[Quantity]:
        """A token that is one quantity."""
        start, end, text = self._passage.place(token.start), self._passage.place(token.end), self._passage.text
        numeral = self._passage.numeral_at(start)
        if numeral and isinstance(token, Clock) and is_structure(self._passage, numeral):
            return
        match token:
            case Date():
                readings: tuple[Reading, ...] = (of_date(token),)
            case Year():
                readings = (of_year(token),)
            case Clock():
                readings = of_clock(token, text[:start], text[end : end + 20])
            case Height():
                readings = (Reading(Measure.PHYSICAL, 12 * Decimal(token.feet) + Decimal(token.inches), "in"),)
        yield bounded(text, Quantity(readings, text[start:end], start, end))

    def _numerals(self, token: Token) -> Iterator[Quantity]:
        """The numbers of a name, a code, an address."""
        start, end = self._passage.place(token.start), self._passage.place(token.end)
        for numeral in self._passage.numerals:
            if start <= numeral.start < end and (found := link(self._passage, numeral) or self._bare(numeral)):
                yield found

    def _row(self, token: Amounts) -> Iterator[Quantity]:
        if token.join is Join.FRACTION:
            yield from self._fraction(token)
            return
        *some, last = token.items
        for item in some:
            bare = not (item.unit or item.word or item.currency)
            falls = token.join is Join.RANGE and item.number.value > last.number.value  # 减五十到二十六号 is no range
            if bare and token.join in _SHARING and not falls:
                item = replace(item, unit=last.unit, word=last.word, kind=last.kind, currency=last.currency)
            if (found := self._item(item)) is not None:
                low = token.join in (Join.RANGE, Join.OR) and found.readings[0].measure is Measure.DURATION
                yield replace(found, bound="from") if low else found
            yield from self._for(item)
        if (found := self._item(last)) is not None:
            yield self._taken_off(found) if token.join is Join.LESS else found
        yield from self._for(last)

    def _for(self, item: Item) -> Iterator[Quantity]:
        """The 2 of 99元/2件."""
        for per in item.per:
            number = Item(Number(per.number), unit=per.unit, word=per.word, kind=per.word, start=per.start, end=per.end)
            if per.number and (found := self._item(number)):
                yield found

    def _taken_off(self, found: Quantity) -> Quantity:
        """The 50 of 满300-50."""
        reading = found.readings[0]
        money = replace(reading, measure=Measure.MONEY, unit=self._passage.currency)
        return replace(found, readings=(money if reading.measure is Measure.NUMBER else reading,), role=Role.SAVING)

    def _fraction(self, token: Amounts) -> Iterator[Quantity]:
        part, whole = (item.number.value for item in token.items)
        start, end = self._passage.place(token.start), self._passage.place(token.end)
        yield Quantity((Reading(Measure.NUMBER, part / whole, "fraction"),), self._passage.text[start:end], start, end)

    def _item(self, item: Item) -> Quantity | None:
        """The quantity of one amount; None where it counts nothing."""
        numeral = self._passage.numeral_at(self._passage.place(item.start))
        if numeral is None or is_structure(self._passage, numeral):
            return None
        counted = item.per and item.per[0].number  # what it is for is a quantity of its own: 99元/2件
        end = self._passage.place(item.per[0].start if counted else item.end)
        exact = amount(self._passage, numeral, item, end) or link(self._passage, numeral)
        if exact is None:
            exact = and_a_half(self._passage, numeral)
        if exact is None and (item.unit or item.kind):
            exact = measured(self._passage, numeral, item, end)
            if exact is None:
                return None
            if exact.readings[0].measure in (Measure.PHYSICAL, Measure.DURATION, Measure.PERCENT):
                self._last = exact.readings[0]
                self._factor = item.unit.factor if item.unit else Decimal(1)
        if exact is None and (item.number.exponent or item.number.part):
            exact = single(self._passage.text, numeral.start, end, Reading(Measure.NUMBER, item.number.value))
        found = bounded(self._passage.text, exact) if exact else self._bare(numeral, item.word)
        return _about_so_many(found, numeral) if found is not None and numeral.low is not None else found

    def _bare(self, numeral: Numeral, letters: str | None = None) -> Quantity | None:
        """A numeral without a unit, which may share that of the last time or size."""
        found = bare(self._passage, numeral, letters)
        if found is None or self._last is None or found.readings[0].measure is not Measure.NUMBER:
            return found
        unit = self._last
        shared = Reading(unit.measure, numeral.value * self._factor, unit.unit)
        return replace(found, readings=(found.readings[0], shared, *found.readings[1:]))
