"""What a text is made of, once it is read: words, and numbers of every kind with what they count.

A reading is one pass from left to right, and decides once what a slash, a hyphen, a colon or a raised number means.
Whoever speaks a text and whoever judges it use the same tokens, so that what is judged is what is said.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from host.lang.units import Unit


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is written."""

    digits: str
    """Without grouping, with a point: ``1299``, ``99.90``; of 5 1/2 the whole."""
    part: tuple[str, str] | None = None
    """Of 5 1/2 what comes on top: ``("1", "2")``."""
    negative: bool = False
    exponent: str = ""
    """Of ``10^9`` the ``9``; may be negative."""
    scale: str = ""
    """What it is multiplied by: 万, 亿, 千, 百, ``thousand``, ``million``, ``billion``."""
    over: bool = False
    """A plus sign stands behind it: 100+, 40+岁."""
    ordinal: bool = False
    """``1st``."""
    year: bool = False
    """One of the years of 2024-2025款."""

    @property
    def value(self) -> Decimal:
        """Its value; of an exponent that nobody means, the base."""
        value = Decimal(self.digits) * _SCALES.get(self.scale, 1)
        if self.part:
            value += Decimal(self.part[0]) / Decimal(self.part[1])
        if self.exponent and abs(int(self.exponent)) <= 30:
            value = value ** int(self.exponent)
        return -value if self.negative else value


_SCALES = {"百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "百亿": 10**10,
           "千亿": 10**11, "万亿": 10**12, "thousand": 1000, "million": 10**6, "billion": 10**9,
           "trillion": 10**12}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Per:
    """What an amount is for: 每袋, ``per square meter``, 每100克."""

    unit: Unit | None
    word: str
    """As it is written, where it is a word."""
    number: str = ""
    start: int = field(default=0, compare=False)
    """Where it begins in the text, with its number if it has one."""
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Item:
    """A number with what belongs to it."""

    number: Number
    unit: Unit | None = None
    currency: str = ""
    """ISO 4217."""
    word: str = ""
    """What stands behind the number and is said as written: 毫升, ``inches``, the A of 92A."""
    kind: str = ""
    """The word of the unit alone, without the 多 of 100多个."""
    per: tuple[Per, ...] = ()
    adjective: bool = False
    """A hyphen joins the unit to the number: a 12-oz bottle."""
    over: bool = False
    """A plus sign stands behind the unit: 40岁+."""
    sign: int = field(default=-1, compare=False)
    """Where the sign of its currency stands before it; -1 where none does."""
    start: int = field(default=0, compare=False)
    """Where its number begins in the text."""
    end: int = field(default=0, compare=False)
    """Where it ends, with its unit."""


class Join(StrEnum):
    """What several numbers in a row are to each other."""

    NONE = "none"
    RANGE = "range"
    """3-5天."""
    OR = "or"
    """两或三天."""
    LIST = "list"
    """28/29/30码, 5V/3A, 3/6/12 months."""
    FRACTION = "fraction"
    """1/3."""
    OUT_OF = "out of"
    """4.9/5."""
    RATIO = "ratio"
    """16:9, 50/50."""
    GRADE = "grade"
    """18/8 steel."""
    BY = "by"
    """20 x 30 cm."""
    TIMES = "times"
    """500ml*2."""
    LESS = "less"
    """满300-50."""
    PLUS = "plus"
    """8+256GB."""
    GLUED = "glued"
    """5V2A."""
    SCORE = "score"
    """Numbers that follow each other and are none of these: 3-2-501."""


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a text, from ``start`` to ``end``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Words(Token):
    """Said as it is written."""


@dataclass(frozen=True, slots=True)
class Sign(Token):
    """A sign with a meaning where it stands: ``=``, ``≈``, ``>``, ``±``, ``&``, ``per``, ``or``, ``and``, ``pair``."""

    sign: str


@dataclass(frozen=True, slots=True)
class Short(Token):
    """An abbreviation or a name, and what is said for it."""

    said: str


@dataclass(frozen=True, slots=True)
class Address(Token):
    """A web or mail address, said sign by sign."""

    text: str


@dataclass(frozen=True, slots=True)
class Code(Token):
    """Digits said one by one, in groups where they are written in groups."""

    groups: tuple[str, ...]
    dialled: bool = False


@dataclass(frozen=True, slots=True)
class Name(Token):
    """Letters and numbers that make one name: iPhone15, i7-13700H, H2O, PM2.5, SPF50+."""

    parts: tuple[str, ...]
    pluses: int = 0
    dated: bool = False
    """Its last part is a year, as of a standard: ISO 9001:2015."""


@dataclass(frozen=True, slots=True)
class Grade(Token):
    """The grade of a steel: 316, 304, 316L."""

    digits: str
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Date(Token):
    """A date in figures; a part that is not written is 0."""

    year: int
    month: int
    day: int
    digits: str = ""
    """The year as it is written."""


@dataclass(frozen=True, slots=True)
class Clock(Token):
    """A time of day in figures."""

    hour: int
    minute: int
    second: int = 0
    half: str = ""
    """``a`` or ``p`` where it is written."""


@dataclass(frozen=True, slots=True)
class Year(Token):
    """A year, said as one; ``plural`` for ``1990s``."""

    digits: str
    plural: bool = False


@dataclass(frozen=True, slots=True)
class Height(Token):
    """Feet and inches: 5'10"."""

    feet: str
    inches: str


@dataclass(frozen=True, slots=True)
class Version(Token):
    """Numbers with more than one point: 1.2.3."""

    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Numbered(Token):
    """A position: #1, No. 3, 1#."""

    digits: str

    @property
    def is_code(self) -> bool:
        """Whether it is an order or a batch rather than a place in a list: #40718, No. 0415."""
        return len(self.digits) > 3 or self.digits.startswith("0")


@dataclass(frozen=True, slots=True)
class Amounts(Token):
    """One number, or several in a row, with units."""

    items: tuple[Item, ...]
    join: Join = Join.NONE
