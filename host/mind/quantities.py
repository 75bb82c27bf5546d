"""Quantities in a text: value, measure, unit, and the part they play (a price, a saving, a threshold).

The same extraction runs over what is about to be said and over the facts, so that ``¥99.9``, 九十九块九 and
``ninety-nine yuan ninety`` meet as one value. It prefers finding too much: a numeral that fits no grammar is a
`Measure.NUMBER`, and only the words in `host.mind.idioms` and a host's own structure (两个问题, 三点原因) are let go.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from host.mind.aspects import aspect_of
from host.mind.dates import date_at, weekdays
from host.mind.idioms import idioms
from host.mind.numerals import ZH_NUMERALS, Number, numbers
from host.mind.roles import Role, money_role, priced, stocked
from host.mind.units import MONEY_BEFORE, PERSONS, SYMBOLS, UNIT, UNITS, Measure


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a numeral. ``value`` counts ``unit``, which is canonical (g, ml, CNY, 件, 2026-11-30)."""

    measure: Measure
    value: Decimal
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity at ``start:end`` of the folded text, with every reading it has."""

    readings: tuple[Reading, ...]
    text: str
    start: int
    end: int
    bound: str = ""
    """``above``, ``below`` or ``about`` where the text does not give the exact value."""
    role: Role = Role.PRICE
    """For money only."""
    aspect: str = ""
    """For times and lengths: what lasts or is so long (``hot``, ``dispatch``, ``height``), where the text says."""
    noun: str = ""
    """For counts: the Han characters that follow, which name what is counted."""


_NUMBER_CLASS = f"0-9{ZH_NUMERALS}"
_HALF = re.compile(
    r"(?P<price>半价|对折|half[ -]price|half[ -]off|半折)|(?P<share>一半(?!是)|半数)"
    r"|(?<![个年两斤米])半(?P<unit>个?小时|个月|年|斤|公斤|升|米|个?钟头|块钱)|half an? (?P<en>hour|kilo|"
    r"litre|liter|pound|metre|meter|mile|inch|year|day|ounce)"
)
_PERCENT_OF = re.compile(r"百分之 ?$")
_OVER_HUNDRED = re.compile(r"百分百|百分之百")
_OFF_AFTER = re.compile(r"^ ?(?:off|discount|cheaper|less|reduction|的?(?:折扣|优惠|折让))")
_OFF_BEFORE = re.compile(
    r"(?:立减|直降|便宜|优惠|减免|降价|让利|save|discount of|reduced by|down by|off by) ?(?:百分之)? ?$"
)
_FRACTION = re.compile(r" ?分之 ?$")
_BUNDLE = re.compile(
    rf"[买拍购] ?([{_NUMBER_CLASS}]+) ?[件个盒瓶包袋支份套双箱罐只]?,?，? ?(?:送|赠|得|免) ?([{_NUMBER_CLASS}]+)"
    r"|buy (\w+),? ?(?:and )?get (\w+)"
)
_NTH_ITEM = re.compile(
    rf"第 ?([{_NUMBER_CLASS}]+) ?[件个盒瓶包袋支份套双杯只][^,，。!！?？;；]{{0,3}}$|(second|third)[a-z ]{{0,16}}$"
)
_RANGE = re.compile(r" ?(?:-|~|到|至|to|or|或|或者) ?")
_LINK_AFTER = re.compile(r" ?号? ?(?:链接|连接|宝贝|商品|购物车|小黄车|link|product|item(?!s))")
_LINK_BEFORE = re.compile(
    r"(?:链接|连接|购物车|小黄车|宝贝|商品|link|product|item|cart) ?(?:number|no\.?|#|编号|号|第)? ?#?$"
)
_LINK_SHORT = re.compile(r"(?:拍|点|点击|上|挂|看|选|讲|讲解|介绍|number|no\.|#) ?$")
_STRUCTURE_AFTER = re.compile(
    r" ?(?:个|位|点|种|件事|句话|句|方面|条|步)?(?:问题|疑问|原因|理由|建议|方面|优点|特点|卖点|要点|重点|"
    r"朋友|老铁|宝宝|家人|姐妹|小伙伴|"
    r"场景|步骤|件事|句话|提醒|小贴士|小技巧|办法|注意|要注意|要说|要讲)"
    r"|[ -](?:quick |more |big |little |simple |small |main |good |other |common |different )*(?:questions?|"
    r"things?|reasons?|"
    r"steps?|ways?|points?|words|tips?|friends|sides|halves|of (?:you|us|them)|minds)\b"
)
_STRUCTURE_BEFORE = re.compile(
    r"(?:这|那|哪|前面?|后面?|刚才|以下|下面|分|有|讲|记住|总结|these|those|the last|the first|the other|last|next) ?$"
)
_STRUCTURE_UNIT = re.compile(r" ?(?:款|个|位|句|点|条|种|样|方面|件事|步)(?![一-鿿]*?(?:装|人|用户|顾客|粉丝))")
_ORDINAL_SPEC = re.compile(r" ?(?:代|名|届|世|高|大|方)")
_CODE_BEFORE = re.compile(r"(?:^|[^a-z])([a-z]{1,6})[ -]?$")
_CODE_AFTER = re.compile(r"[a-z]+")
_NOUN_AFTER = re.compile(
    r"[ -](?:[a-z]+[ -]){0,2}?((?!means|is|was|has|does|costs|looks|keeps|gives|makes|gets|goes|comes|works|"
    r"fits|holds|takes|lets|says|always|plus|across|this|its|yes)[a-z]{2,}[^su\W]s|people|children|women|"
    r"men)\b"
)
_MORE_BEFORE = re.compile(
    r"(?P<above>超过|多于|高达|至少|不止|(?<![晚早])上|大于|最少|起码|more than|over|above|at least|up from|exceeding)"
    r"|(?P<below>不到|低于|少于|不足|小于|under|below|less than|fewer than|within)"
    r"|(?P<about>最多|不超过|最高|最长|最久|up to|at most|大约|约|差不多|接近|近|将近|about|around|roughly|"
    r"nearly|almost|some)"
)
_MORE_AFTER = re.compile(
    r" ?(?:(?P<above>\+|以上|多(?!少)|起(?!来)|or more|and up|plus)|(?P<below>以下|以内|之内|内|or less)"
    r"|(?P<about>左右|上下|出头|or so))"
)
_AND_A_HALF = re.compile(r" ?个半(?P<unit>小时|钟头|月|星期)| and a half[ -](?P<en>[a-z]+)")
_FOLLOWING = re.compile(r"[一-鿿]{0,8}")
_LASTING = re.compile(r"(?:保温|保冷|保鲜|续航|待机|冰|热|凉|送达|发货)[^,，。!！?？]{0,4}$")
_A_UNIT = re.compile(
    r"(?<!times )(?<!once )(?<!twice )(?<![a-z])an? (?:full |whole )?(?P<unit>year|month|week|liter|litre|"
    r"kilo|kilogram|gallon|dollar|buck)"
    r"(?![a-z])|(?:in|within|under|for) an? (?P<within>hour|day)(?![a-z])"
)
_TIMES = {"twice", "thrice", "double", "triple"}
_CLAUSE = re.compile(r"[,，。!！?？;；:：、]|\. ")


def quantities(text: str, currency: str = "CNY") -> tuple[Quantity, ...]:
    """Every quantity of a folded text, in order. ``currency`` is what a bare price counts."""
    return _Extraction(text, currency).all()


class _Extraction:
    """One pass over one text, numeral by numeral."""

    def __init__(self, text: str, currency: str) -> None:
        self.text = text
        self.currency = currency
        self.numbers = _countable(text)
        self.found: list[Quantity] = []
        self.unit: tuple[Measure, str, Decimal] | None = None
        """The last unit of time or size, which a number without one may share: hot for 12 hours, cold for 24."""

    def all(self) -> tuple[Quantity, ...]:
        taken = 0
        self._halves()
        self._bundles()
        for match in _A_UNIT.finditer(self.text):
            if unit := UNITS.get(match["unit"] or match["within"]):
                self.found.append(_quantity(self.text, *match.span(), Reading(unit[0], unit[2], unit[1])))
        self.found += [_quantity(self.text, start, end, Reading(Measure.DATE, Decimal(day), f"weekday-{day}"))
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
        for match in _HALF.finditer(self.text):
            if match["price"]:
                reading = Reading(Measure.DISCOUNT, Decimal("0.5"), self._item(match.start()))
            elif match["share"]:
                reading = Reading(Measure.PERCENT, Decimal(50), "%")
            else:
                surface = match["unit"] or match["en"]
                measure, unit, factor = UNITS.get(surface) or UNITS["个" + surface]
                reading = Reading(measure, factor / 2, unit)
            self.found.append(_quantity(self.text, match.start(), match.end(), reading))
        for match in _OVER_HUNDRED.finditer(self.text):
            reading = Reading(Measure.PERCENT, Decimal(100), "%")
            self.found.append(_quantity(self.text, match.start(), match.end(), reading))

    def _bundles(self) -> None:
        for match in _BUNDLE.finditer(self.text):
            parts = [part for part in match.groups() if part]
            values = [list(numbers(part)) for part in parts]
            if all(len(value) == 1 for value in values):
                pair = "+".join(f"{value[0].value.normalize():f}" for value in values)
                reading = Reading(Measure.BUNDLE, values[0][0].value, pair)
                self.found.append(_quantity(self.text, match.start(), match.end(), reading))

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
            return self._bounded(exact)
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
        if match := _PERCENT_OF.search(before[-6:]):
            start = number.start - (len(before[-6:]) - match.start())
            return self._percent(start, number.end, number.value)
        unit = UNIT.match(self.text, number.end)
        if unit and UNITS[unit["han"] or unit["latin"]][0] is Measure.PERCENT:
            return self._percent(number.start, unit.end(), number.value * UNITS[unit["han"] or unit["latin"]][2])
        if match := re.compile(r" ?(分之|/) ?").match(self.text, number.end):
            following = self._at(match.end())
            if following and match[1] == "分之" and number.value:
                value = following.value / number.value
                return _quantity(self.text, number.start, following.end, Reading(Measure.NUMBER, value, "fraction"))
            if following and match[1] == "/" and following.value and number.value < following.value:
                value = number.value / following.value
                return _quantity(self.text, number.start, following.end, Reading(Measure.NUMBER, value, "fraction"))
        return None

    def _percent(self, start: int, end: int, value: Decimal) -> Quantity:
        off = _OFF_AFTER.match(self.text[end:]) or _OFF_BEFORE.search(self.text[:start][-16:])
        if off:
            reading = Reading(Measure.DISCOUNT, 1 - value / 100, self._item(start))
        else:
            reading = Reading(Measure.PERCENT, value, "%")
        return _quantity(self.text, start, end, reading)

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
        if match := _LINK_AFTER.match(self.text, number.end):
            return _quantity(self.text, number.start, match.end(), link)
        if match := _LINK_BEFORE.search(before):
            return _quantity(self.text, number.start - len(match.group()), number.end, link)
        if match := re.compile(r" ?号(?!色|码|电池|线|楼)").match(self.text, number.end):
            day = Reading(Measure.DATE, number.value, f"*-*-{int(number.value):02d}")
            count = Reading(Measure.COUNT, number.value, "号")
            return Quantity((link, day, count), self.text[number.start : match.end()], number.start, match.end())
        if _LINK_SHORT.search(before) and not UNIT.match(self.text, number.end) and before.rstrip()[-1:] in "r.#":
            return Quantity((link, Reading(Measure.NUMBER, number.value)), self.text[number.start : number.end],
                            number.start, number.end)  # fmt: skip
        return None

    def _measured(self, index: int) -> Quantity | None:
        number = self.numbers[index]
        half = _AND_A_HALF.match(self.text, number.end)
        if half and (half["unit"] or half["en"] in UNITS):  # 一个半小时, nine and a half inches
            measure, canonical, factor = UNITS["个" + half["unit"] if half["unit"] else half["en"]]
            reading = Reading(measure, (number.value + Decimal("0.5")) * factor, canonical)
            return _quantity(self.text, number.start, half.end(), reading)
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
        noun = _FOLLOWING.match(self.text, end) if measure is Measure.COUNT else None
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
            return number.value <= 10 and not _ORDINAL_SPEC.match(self.text, number.end)
        if number.value == 1 and unit not in ("倍", "星", "级", "代", "人", "岁", "点"):
            return True
        return self._structure(number)

    def _structure(self, number: Number) -> bool:
        """The host counts its own points: 两个问题, 以下三点, ``two things``."""
        if not 1 <= number.value <= 9 or number.read_out:
            return False
        if _STRUCTURE_AFTER.match(self.text, number.end):
            return True
        before = self.text[max(0, number.start - 10) : number.start]
        if self.text[number.end : number.end + 1] == "遍" and re.search(r"(?:说|讲|看|听|念|强调)$", before):
            return True
        introduced = _STRUCTURE_BEFORE.search(before)
        if not introduced:
            return False
        unit = _STRUCTURE_UNIT.match(self.text, number.end)
        return bool(unit) and (introduced.group().strip() in ("这", "那", "哪", "刚才") or "点" in unit.group())  # type: ignore[union-attr]

    def _ranged(self, index: int) -> Quantity | None:
        """The 12 of 12-24小时: it takes the unit of the number after it."""
        if index + 1 >= len(self.numbers):
            return None
        number, following = self.numbers[index], self.numbers[index + 1]
        if not _RANGE.fullmatch(self.text[number.end : following.start]) or following.value == 0:
            return None
        other = self._money(index + 1) or self._measured(index + 1) or self._ranged(index + 1)
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
        if (number.ordinal or before.endswith("第")) and number.value <= 10 and not _ORDINAL_SPEC.match(after):
            return None
        end = number.end
        if match := re.compile(r"(?:st|nd|rd|th)(?![a-z])").match(self.text, end):
            end = match.end()
            if number.value <= 10:
                return None
        latin = _NOUN_AFTER.match(self.text, number.end)
        if priced(before, after) and not latin:
            value = number.other if number.other is not None else number.value
            return self._bounded(self._priced(index, number.start, end, value, self.currency))
        if latin and not (number.ordinal or self.text[number.end : number.end + 1] == "-"):
            noun = latin[1]
            unit = UNITS.get(noun, (Measure.COUNT, noun.removesuffix("s"), Decimal(1)))
            if unit[0] is Measure.COUNT:
                reading = Reading(Measure.COUNT, number.value, unit[1])
                return self._bounded(_quantity(self.text, number.start, latin.end(), reading))
        return self._bounded(self._code(number, end))

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
        if self.text[number.start : number.end] in _TIMES:
            return _quantity(self.text, number.start, end, Reading(Measure.COUNT, number.value, "倍"))
        reading = Reading(Measure.NUMBER, number.value)
        before = _CODE_BEFORE.search(self.text[max(0, number.start - 9) : number.start])
        adjacent = self.text[number.start - 1 : number.start] if number.start else ""
        start = number.start
        if before and adjacent and ((adjacent.isalpha() and adjacent.isascii()) or adjacent == "-"):
            start = number.start - len(before[1]) - (adjacent == "-")
            reading = Reading(Measure.CODE, number.value, before[1])
        tail = _CODE_AFTER.match(self.text, end)
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
        match = _NTH_ITEM.search(self.text[max(0, position - 24) : position])
        if match is None:
            return ""
        return f"#{next(numbers(match[1] or match[2])).value}"

    def _bounded(self, quantity: Quantity) -> Quantity:
        """The quantity with the 超过, 不到 or 左右 around it."""
        if quantity.readings[0].measure in (Measure.LINK, Measure.CODE):
            return quantity
        if re.search(r"[几数]$", self.text[: quantity.start]) or re.search(r"[十百千万]几", quantity.text):
            return replace(quantity, bound="several")
        if re.search(r"[多余来](?!少)", quantity.text):
            return replace(quantity, bound="above")
        after = _MORE_AFTER.match(self.text, quantity.end)
        clause = _CLAUSE.split(self.text[max(0, quantity.start - 14) : quantity.start])[-1]
        before = [match for match in _MORE_BEFORE.finditer(clause) if len(clause) - match.end() <= 3]
        if after:
            bound = after.lastgroup or ""
            # 48小时内 is how everyone writes a time limit, and exactly what the fact says
            if quantity.readings[0].measure is Measure.DURATION and bound == "below":
                return quantity
            return replace(quantity, bound=bound)
        if before:
            bound = before[-1].lastgroup or ""
            if quantity.readings[0].measure is Measure.DURATION and before[-1].group() == "within":
                return quantity
            return replace(quantity, bound=bound)
        return quantity

    def _at(self, position: int) -> Number | None:
        return next((number for number in self.numbers if number.start == position), None)


def _quantity(text: str, start: int, end: int, reading: Reading) -> Quantity:
    return Quantity((reading,), text[start:end], start, end)


def _countable(text: str) -> Sequence[Number]:
    """The numerals of a text without those inside an idiom."""
    masked: list[tuple[int, int]] = []
    for start, end in idioms(text):
        if text[start] in ZH_NUMERALS and start and text[start - 1] in ZH_NUMERALS + "0123456789":
            continue
        if end < len(text) and text[end] in ZH_NUMERALS and (text[end - 1] in ZH_NUMERALS + "点"):
            continue
        masked.append((start, end))
    found = []
    for number in numbers(text):
        if text[number.start : number.end] == "百" and text.startswith("百分", number.start):
            continue
        span = next(((start, end) for start, end in masked if start <= number.start and number.end <= end), None)
        if span is not None:
            lasting = text[span[1] - 1] in "天夜年" and _LASTING.search(text[: number.start])
            unit = UNIT.match(text, number.end)
            clock = text.startswith("点", number.end) and re.search(
                r"(?:早上|上午|中午|下午|晚上|今晚|凌晨) ?$", text[: number.start]
            )
            if not clock and not lasting and (unit is None or unit.end() <= span[1]):
                continue
        found.append(number)
    return found
