"""Quantities in a text: value, measure, unit, and the part they play (a price, a saving, a threshold).

The same extraction runs over what is about to be said and over the facts, so that ``¥99.9``, 九十九块九 and
``ninety-nine yuan ninety`` meet as one value. It prefers finding too much: a numeral that fits no grammar is a
`Measure.NUMBER`, and only the words in `idioms` and a host's own structure (两个问题, 三点原因) are let go.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from host.mind.quantities.aspects import aspect_of
from host.mind.quantities.bounds import bounded
from host.mind.quantities.countable import countable
from host.mind.quantities.dates import date_at, weekdays
from host.mind.quantities.grammar import (
    A_UNIT,
    AND_A_HALF,
    BUNDLE,
    CODE_AFTER,
    CODE_BEFORE,
    FOLLOWING,
    HALF,
    HAN_RUN,
    LINK_AFTER,
    LINK_BEFORE,
    LINK_SHORT,
    NOUN_AFTER,
    NTH_ITEM,
    OF_PEOPLE,
    OFF_AFTER,
    OFF_BEFORE,
    ORDINAL_SPEC,
    OVER_HUNDRED,
    PERCENT_OF,
    RANGE,
    STRUCTURE_AFTER,
    STRUCTURE_BEFORE,
    STRUCTURE_UNIT,
    TIMES,
)
from host.mind.quantities.numerals import Number, numbers
from host.mind.quantities.quantity import Quantity, Reading, single
from host.mind.quantities.roles import money_role, priced, stocked
from host.mind.quantities.units import MONEY_BEFORE, PERSONS, SYMBOLS, UNIT, UNITS, Measure


def quantities(text: str, currency: str = "CNY") -> tuple[Quantity, ...]:
    """Every quantity of a folded text, in order. ``currency`` is what a bare price counts."""
    return _Extraction(text, currency).all()


class _Extraction:
    """One pass over one text, numeral by numeral."""

    def __init__(self, text: str, currency: str) -> None:
        self.text = text
        self.currency = currency
        self.numbers = countable(text)
        self.found: list[Quantity] = []
        self.unit: tuple[Measure, str, Decimal] | None = None
        """The last unit of time or size, which a number without one may share: hot for 12 hours, cold for 24."""

    def all(self) -> tuple[Quantity, ...]:
        taken = 0
        self._halves()
        self._bundles()
        for match in A_UNIT.finditer(self.text):
            if unit := UNITS.get(match["unit"] or match["within"]):
                self.found.append(single(self.text, *match.span(), Reading(unit[0], unit[2], unit[1])))
        self.found += [single(self.text, start, end, Reading(Measure.DATE, Decimal(day), f"weekday-{day}"))
                       for start, end, day in weekdays(self.text)]  # fmt: skip
        spans = [(item.start, item.end) for item in self.found]
        for index, number in enumerate(self.numbers):
            if number.start < taken or any(start <= number.start < end for start, end in spans):
                continue
            quantity = self._read(index)
            if quantity is None:
                taken = number.end
                continue
            taken = quantity.end
            self.found.append(quantity)
        return tuple(sorted(self.found, key=lambda item: item.start))

    def _halves(self) -> None:
        for match in HALF.finditer(self.text):
            if match["price"]:
                reading = Reading(Measure.DISCOUNT, Decimal("0.5"), self._item(match.start()))
            elif match["share"]:
                reading = Reading(Measure.PERCENT, Decimal(50), "%")
            else:
                surface = match["unit"] or match["en"]
                measure, unit, factor = UNITS.get(surface) or UNITS["个" + surface]
                reading = Reading(measure, factor / 2, unit)
            self.found.append(single(self.text, match.start(), match.end(), reading))
        for match in OVER_HUNDRED.finditer(self.text):
            reading = Reading(Measure.PERCENT, Decimal(100), "%")
            self.found.append(single(self.text, match.start(), match.end(), reading))

    def _bundles(self) -> None:
        for match in BUNDLE.finditer(self.text):
            parts = [part for part in match.groups() if part]
            values = [list(numbers(part)) for part in parts]
            if all(len(value) == 1 for value in values):
                pair = "+".join(f"{value[0].value.normalize():f}" for value in values)
                reading = Reading(Measure.BUNDLE, values[0][0].value, pair)
                self.found.append(single(self.text, match.start(), match.end(), reading))

    def _read(self, index: int) -> Quantity | None:
        """The quantity of the numeral at ``index``; None where it counts nothing."""
        number = self.numbers[index]
        if self._structure(number):
            return None
        exact = (
            self._date(number)
            or self._share(index)
            or self._money(index)
            or self._link(number)
            or self._measured(index)
        )
        if exact is not None:
            return bounded(self.text, exact)
        return self._ranged(index) or self._bare(index)

    def _date(self, number: Number) -> Quantity | None:
        found = date_at(self.text, number, self.numbers)
        if found is None:
            return None
        end, options = found
        readings = tuple(Reading(measure, value, unit) for measure, value, unit in options)
        return Quantity(readings, self.text[number.start : end], number.start, end)

    def _share(self, index: int) -> Quantity | None:
        """百分之二十, 20% off, 三分之一, 1/3."""
        number = self.numbers[index]
        before = self.text[: number.start]
        if match := PERCENT_OF.search(before[-6:]):
            start = number.start - (len(before[-6:]) - match.start())
            return self._percent(start, number.end, number.value)
        unit = UNIT.match(self.text, number.end)
        if unit and UNITS[unit["han"] or unit["latin"]][0] is Measure.PERCENT:
            return self._percent(number.start, unit.end(), number.value * UNITS[unit["han"] or unit["latin"]][2])
        if match := re.compile(r" ?(分之|/) ?").match(self.text, number.end):
            following = self._at(match.end())
            if following and match[1] == "分之" and number.value:
                value = following.value / number.value
                return single(self.text, number.start, following.end, Reading(Measure.NUMBER, value, "fraction"))
            if following and match[1] == "/" and following.value and number.value < following.value:
                value = number.value / following.value
                return single(self.text, number.start, following.end, Reading(Measure.NUMBER, value, "fraction"))
        return None

    def _percent(self, start: int, end: int, value: Decimal) -> Quantity:
        off = OFF_AFTER.match(self.text[end:]) or OFF_BEFORE.search(self.text[:start][-16:])
        if off:
            reading = Reading(Measure.DISCOUNT, 1 - value / 100, self._item(start))
        else:
            reading = Reading(Measure.PERCENT, value, "%")
        return single(self.text, start, end, reading)

    def _money(self, index: int) -> Quantity | None:
        number = self.numbers[index]
        value, end, unit = number.value, number.end, ""
        symbol = MONEY_BEFORE.search(self.text[: number.start][-4:])
        if symbol:
            unit = SYMBOLS[symbol["symbol"]]
            if number.other is not None:
                value = number.other
        suffix = UNIT.match(self.text, number.end)
        if suffix:
            surface = suffix["han"] or suffix["latin"]
            measure, canonical, factor = UNITS[surface]
            if surface in ("pound", "pounds") and self.currency == "GBP":
                measure, canonical, factor = Measure.MONEY, "GBP", Decimal(1)
            pieces = surface == "块" and re.match(
                r"装|/|肥皂|香皂|蛋糕|巧克力|饼|砖|布|手表|屏|电池|糖|面膜", self.text[suffix.end() :]
            )
            if measure is Measure.MONEY and not pieces:
                if number.other is not None and factor == 1:
                    value = number.other
                unit, end, value = canonical, suffix.end(), value * factor
                value, end = self._small_change(index, value, end, surface)
        if not unit:
            return None
        start = number.start - (len(symbol.group()) if symbol else 0)
        return self._priced(index, start, end, value, unit)

    def _small_change(self, index: int, value: Decimal, end: int, surface: str) -> tuple[Decimal, int]:
        """The 九 of 九十九块九, the 九毛五 of 一块九毛五, the ninety of ``fifty-nine dollars ninety``."""
        scale = Decimal("0.1") if surface in ("元", "块", "块钱") else Decimal("0.01")
        for number in self.numbers[index + 1 :]:
            gap = self.text[end : number.start]
            if gap not in ("", " ", " and ", "零", "-"):
                break
            match = re.compile(r" ?(毛钱|毛|角|分钱|分(?!钟)|cents?)").match(self.text, number.end)
            latin = surface.isascii()
            if match:
                factor = Decimal("0.1") if match[1][0] in "毛角" else Decimal("0.01")
                value, end = value + number.value * factor, match.end()
                scale = Decimal("0.01")
                continue
            if latin and gap == " " and number.value < 100 and not UNIT.match(self.text, number.end):
                return value + number.value / 100, number.end
            if not latin and gap == "" and number.value < 10 and not UNIT.match(self.text, number.end):
                return value + number.value * scale, number.end
            if not latin and gap == "" and 10 <= number.value < 100 and not UNIT.match(self.text, number.end):
                return value + number.value / 100, number.end
            break
        return value, end

    def _priced(self, index: int, start: int, end: int, value: Decimal, unit: str) -> Quantity:
        previous = self.numbers[index - 1].end if index else 0
        role = money_role(self.text[previous:start], self.text[end : end + 12])
        return Quantity((Reading(Measure.MONEY, value, unit),), self.text[start:end], start, end, role=role)

    def _link(self, number: Number) -> Quantity | None:
        """A cart position: 3号链接, 链接3, ``link three``; 3号 alone may be a link or a day of the month."""
        if number.value != number.value.to_integral_value():
            return None
        link = Reading(Measure.LINK, number.value)
        before = self.text[max(0, number.start - 16) : number.start]
        if match := LINK_AFTER.match(self.text, number.end):
            return single(self.text, number.start, match.end(), link)
        if match := LINK_BEFORE.search(before):
            return single(self.text, number.start - len(match.group()), number.end, link)
        if match := re.compile(r" ?号(?!色|码|电池|线|楼)").match(self.text, number.end):
            day = Reading(Measure.DATE, number.value, f"*-*-{int(number.value):02d}")
            count = Reading(Measure.COUNT, number.value, "号")
            return Quantity((link, day, count), self.text[number.start : match.end()], number.start, match.end())
        if LINK_SHORT.search(before) and not UNIT.match(self.text, number.end) and before.rstrip()[-1:] in "r.#":
            return Quantity((link, Reading(Measure.NUMBER, number.value)), self.text[number.start : number.end],
                            number.start, number.end)  # fmt: skip
        return None

    def _measured(self, index: int) -> Quantity | None:
        number = self.numbers[index]
        half = AND_A_HALF.match(self.text, number.end)
        if half and (half["unit"] or half["en"] in UNITS):  # 一个半小时, nine and a half inches
            measure, canonical, factor = UNITS["个" + half["unit"] if half["unit"] else half["en"]]
            reading = Reading(measure, (number.value + Decimal("0.5")) * factor, canonical)
            return single(self.text, number.start, half.end(), reading)
        unit = UNIT.match(self.text, number.end)
        if unit is None:
            return None
        surface = unit["han"] or unit["latin"]
        measure, canonical, factor = UNITS[surface]
        if measure is Measure.COUNT and self._uncounted(number, canonical, unit.end()):
            return None
        value, end = number.value, unit.end()
        if surface == "年" and number.read_out:
            measure, canonical, factor = Measure.DATE, f"{int(value):04d}-*-*", Decimal(1)
        if measure in (Measure.DURATION, Measure.PHYSICAL) and self.text.startswith("半", end):
            value, end = value + Decimal("0.5"), end + 1
        if measure is Measure.DISCOUNT:
            if value >= 10:  # 八五折, 85折
                value /= 10
            canonical = self._item(number.start)
        if PERSONS.match(self.text, number.end):
            canonical = "人"
        if re.search(r"(?:零下|minus |(?<![\d\w])-)$", self.text[: number.start]) and canonical in ("°C", "°F"):
            value = -value
        if measure in (Measure.PHYSICAL, Measure.DURATION):
            self.unit = (measure, canonical, factor)
        noun = FOLLOWING.match(self.text, end) if measure is Measure.COUNT else None
        counted = Reading(measure, value * factor, canonical)
        aspect = aspect_of(self.text, number.start, end, counted.measure, canonical)
        return Quantity(
            (counted,),
            self.text[number.start : end],
            number.start,
            end,
            aspect=aspect,
            noun=noun.group() if noun else "",
        )

    def _uncounted(self, number: Number, unit: str, end: int) -> bool:
        """Whether a numeral before a classifier counts nothing: 一款, 第二点, 这两款, 三个问题."""
        before = self.text[max(0, number.start - 10) : number.start]
        if stocked(before, self.text[end : end + 6]):
            return False
        if number.ordinal or before.endswith("第"):
            return number.value <= 10 and not ORDINAL_SPEC.match(self.text, number.end)
        if number.value == 1 and unit not in ("倍", "星", "级", "代", "人", "岁", "点"):
            return True
        return self._structure(number)

    def _structure(self, number: Number) -> bool:
        """The host counts its own points: 两个问题, 以下三点, ``two things``."""
        if not 1 <= number.value <= 9 or number.read_out:
            return False
        if STRUCTURE_AFTER.match(self.text, number.end):
            return True
        before = self.text[max(0, number.start - 10) : number.start]
        if self.text[number.end : number.end + 1] == "遍" and re.search(r"(?:说|讲|看|听|念|强调)$", before):
            return True
        introduced = STRUCTURE_BEFORE.search(before)
        if not introduced:
            return False
        unit = STRUCTURE_UNIT.match(self.text, number.end)
        rest = HAN_RUN.match(self.text, unit.end()) if unit else None
        if unit is None or (rest and OF_PEOPLE.search(rest.group())):
            return False
        return introduced.group().strip() in ("这", "那", "哪", "刚才") or "点" in unit.group()

    def _ranged(self, index: int, more: int = 3) -> Quantity | None:
        """The 12 of 12-24小时: it takes the unit of the number after it, or of one of ``more`` in a row."""
        if not more or index + 1 >= len(self.numbers):
            return None
        number, following = self.numbers[index], self.numbers[index + 1]
        if not RANGE.fullmatch(self.text[number.end : following.start]) or following.value == 0:
            return None
        other = self._money(index + 1) or self._measured(index + 1) or self._ranged(index + 1, more - 1)
        if other is None:
            return None
        reading = other.readings[0]
        scaled = replace(reading, value=number.value * (reading.value / following.value))
        bound = "from" if reading.measure is Measure.DURATION else ""
        return Quantity((scaled,), self.text[number.start : other.end], number.start, number.end, bound, other.role)

    def _bare(self, index: int) -> Quantity | None:
        """A numeral without a unit: an article, a structure, a price by its context, a code, else a number."""
        number = self.numbers[index]
        before, after = self.text[max(0, number.start - 12) : number.start], self.text[number.end : number.end + 6]
        if self._article(number, before, after):
            return None
        if (number.ordinal or before.endswith("第")) and number.value <= 10 and not ORDINAL_SPEC.match(after):
            return None
        end = number.end
        if match := re.compile(r"(?:st|nd|rd|th)(?![a-z])").match(self.text, end):
            end = match.end()
            if number.value <= 10:
                return None
        latin = NOUN_AFTER.match(self.text, number.end)
        if priced(before, after) and not latin:
            value = number.other if number.other is not None else number.value
            return bounded(self.text, self._priced(index, number.start, end, value, self.currency))
        if latin and not (number.ordinal or self.text[number.end : number.end + 1] == "-"):
            noun = latin[1]
            unit = UNITS.get(noun, (Measure.COUNT, noun.removesuffix("s"), Decimal(1)))
            if unit[0] is Measure.COUNT:
                reading = Reading(Measure.COUNT, number.value, unit[1])
                return bounded(self.text, single(self.text, number.start, latin.end(), reading))
        return bounded(self.text, self._code(number, end))

    def _article(self, number: Number, before: str, after: str) -> bool:
        """一 and ``one`` where they do not count: 一杯, 一喝, ``this one``."""
        if number.read_out or stocked(before, after):
            return False
        said = self.text[number.start : number.end]
        if before.endswith(("老", "小", "阿")) and number.value < 10:  # 老六, 小七: people
            return True
        if number.value != 1:
            return False
        if said == "一":
            return not before.endswith(("第", "分之", "星期", "周")) and (after[:1] >= "一" or before.endswith("之"))
        return said == "one" and (not after or after[0] in " ,.!?;'") and not priced(before, after)

    def _code(self, number: Number, end: int) -> Quantity:
        if self.text[number.start : number.end] in TIMES:
            return single(self.text, number.start, end, Reading(Measure.COUNT, number.value, "倍"))
        reading = Reading(Measure.NUMBER, number.value)
        before = CODE_BEFORE.search(self.text[max(0, number.start - 9) : number.start])
        adjacent = self.text[number.start - 1 : number.start] if number.start else ""
        start = number.start
        if before and adjacent and ((adjacent.isalpha() and adjacent.isascii()) or adjacent == "-"):
            start = number.start - len(before[1]) - (adjacent == "-")
            reading = Reading(Measure.CODE, number.value, before[1])
        tail = CODE_AFTER.match(self.text, end)
        if tail and self.text[number.start].isdigit():
            reading = Reading(Measure.CODE, number.value, reading.unit + "+" + tail.group())
            end = tail.end()
        if re.search(r"(?:\*|x|乘以?|times) ?$", self.text[max(0, number.start - 6) : number.start]):
            reading = Reading(Measure.COUNT, number.value, "x")
        shared: tuple[Reading, ...] = ()
        if reading.measure is Measure.NUMBER and self.unit is not None:
            measure, unit, factor = self.unit
            shared = (Reading(measure, number.value * factor, unit),)
        if number.other is not None:  # nineteen sixty
            shared = (*shared, Reading(Measure.MONEY, number.other, self.currency))
        return Quantity((reading, *shared), self.text[start:end], start, end)

    def _item(self, position: int) -> str:
        """``#2`` where a discount counts for the second item only."""
        match = NTH_ITEM.search(self.text[max(0, position - 24) : position])
        if match is None:
            return ""
        return f"#{next(numbers(match[1] or match[2])).value}"

    def _at(self, position: int) -> Number | None:
        return next((number for number in self.numbers if number.start == position), None)


__all__ = ["Quantity", "Reading", "quantities"]
