"""Currencies, read from ``currencies.txt``: how they are written and said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency by its ISO 4217 code. Without a hundredth, ``cent`` is empty."""

    code: str
    zh: str
    en: str
    en_many: str
    cent: str
    cents: str


@dataclass(frozen=True, slots=True)
class Currencies:
    """The whole table, by code and by how an amount shows them."""

    by_code: dict[str, Currency]
    signs: dict[str, Currency]
    """``¥``, ``US$``, ``RMB``: before an amount or behind it."""
    words: dict[str, Currency]
    """元, ``dollars``: behind an amount, in lower case."""


@cache
def currencies() -> Currencies:
    """The table of ``currencies.txt``."""
    table = Currencies({}, {}, {})
    for line in files("host.lang").joinpath("currencies.txt").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        (code,), signs, (zh,), (en, en_many), cents, names = (
            [word.replace("_", " ") for word in cell.split()] for cell in line.split("|")
        )
        cent, cents_many = cents if len(cents) == 2 else ("", "")
        currency = Currency(code, zh, en, en_many, cent, cents_many)
        table.by_code[code] = currency
        table.signs.update(dict.fromkeys(signs, currency))
        table.words.update(dict.fromkeys((name.lower() for name in (zh, en, en_many, *names)), currency))
    return table


def either(words: dict[str, Currency]) -> str:
    """A pattern for any of the words, longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
