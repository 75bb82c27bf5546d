"""Units of measure, read from ``units.txt``: one table for whoever says them and whoever compares them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

_LENGTH = "mm"
"""Of whose units squares and cubes have names: 平方米, ``cubic centimeters``."""
_SECTION = re.compile(r"\[(\w+)\]")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: what it measures, how it converts, how it is said."""

    measure: str
    """``physical``, ``duration``, ``percent`` or ``count``."""
    canonical: str
    """Units with one canonical unit convert into each other exactly, others never do."""
    factor: Decimal
    """How many of the canonical unit one of this is."""
    zh: str
    en: str
    en_many: str

    def raised(self, power: int) -> Unit:
        """Square or cubic."""
        zh, en = {2: ("平方", "square "), 3: ("立方", "cubic ")}[power]
        return Unit(self.measure, f"{self.canonical}^{power}", self.factor**power, zh + self.zh, en + self.en,
                    en + self.en_many)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Units:
    """The whole table, by the ways in which units are written."""

    symbols: dict[str, Unit]
    """``ml``, ``kWh``: upper and lower case apart."""
    words: dict[str, Unit]
    """毫升, ``milliliters``: names in running text, in lower case."""
    doubtful: frozenset[str]
    """Symbols that are a unit only beside a cue, such as the A of 2A."""


@cache
def units() -> Units:
    """The table of ``units.txt``."""
    symbols: dict[str, Unit] = {}
    words: dict[str, Unit] = {}
    doubtful: set[str] = set()
    for unit, written, names in _rows():
        for symbol in written:
            doubtful.update([symbol[:-1]] if symbol.endswith("?") else [])
            symbols[symbol.removesuffix("?")] = unit
        for each in (unit.raised(2), unit.raised(3)) if unit.canonical == _LENGTH else ():
            words.update(dict.fromkeys((each.zh, each.en, each.en_many), each))
        for name in names:
            words[name] = unit
    return Units(symbols, words, frozenset(doubtful))


def _rows() -> Iterator[tuple[Unit, list[str], list[str]]]:
    """Each unit with its symbols and its names."""
    measure = ""
    for line in files("host.lang").joinpath("units.txt").read_text(encoding="utf-8").splitlines():
        if section := _SECTION.fullmatch(line):
            measure = section[1]
        elif line and not line.startswith("#"):
            written, canonical, zh, english, others = (_spaced(cell.split()) for cell in line.split("|"))
            one, many = english if len(english) == 2 else (english[0], _plural(english[0]))
            unit = Unit(measure, canonical[0], Decimal(canonical[1]), zh[0].removeprefix("!"), one, many)
            names = [name for name in (*zh, one, many, *others) if not name.startswith("!")]
            yield unit, [symbol for symbol in written if symbol != "-"], list(map(str.lower, names))


def _spaced(words: list[str]) -> list[str]:
    return [word.replace("_", " ") for word in words]


def _plural(name: str) -> str:
    return name if name.endswith("s") else name + "s"
