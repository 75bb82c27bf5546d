"""What a quantity measures, and which things are counted alike."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum

from host.lang.currencies import currencies
from host.lang.units import units


class Measure(StrEnum):
    """What a quantity measures."""

    MONEY = "money"
    PERCENT = "percent"
    DISCOUNT = "discount"
    """The part of the price still paid: 八五折 and 15% off are 0.85."""
    PHYSICAL = "physical"
    """Mass, volume, length, power, …; the canonical unit tells which."""
    DURATION = "duration"
    DATE = "date"
    CLOCK = "clock"
    """A time of day, in minutes."""
    COUNT = "count"
    """So many of something; the unit is the classifier or the noun."""
    BUNDLE = "bundle"
    """买二送一: the unit is ``2+1``."""
    LINK = "link"
    """A cart position."""
    CODE = "code"
    """A number that belongs to letters: SPF50, B12, 304L."""
    NUMBER = "number"
    """A number without a unit."""


GENERIC = frozenset("个件只款份种样颗粒枚")
"""Classifiers that count the same things in everyday speech, if the thing is the same."""
STOCKED = GENERIC | frozenset("套瓶盒袋包把张条台双支单罐箱本对杯块副床")
"""Classifiers a stock count may take."""
PERSONS = re.compile(
    r"[个位名](?:人|用户|顾客|客户|粉丝|家庭|姐妹|宝宝|宝妈|买家|观众|老铁|家人|回头客|会员|朋友|网友|老客|学员|妈妈)"
)


def named(name: str) -> tuple[Measure, str, Decimal] | None:
    """What one of a unit measures, by its name, in which canonical unit and how many of them: ``dollar``, 小时, 月."""
    unit = units().words.get(name) or units().words.get("个" + name) or units().symbols.get(name)
    if unit:
        return Measure(unit.measure), unit.canonical, unit.factor
    currency = currencies().words.get(name)
    return (Measure.MONEY, currency.code, Decimal(1)) if currency else None
