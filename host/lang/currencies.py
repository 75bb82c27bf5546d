"""Currencies as they are read in any text, from the table of the house (`host.core.currencies`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from host.core.currencies import CURRENCIES, Currency


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
    """The table."""
    listed = CURRENCIES.values()
    signs = {sign: currency for currency in listed for sign in currency.signs}
    words = {
        name.lower(): currency
        for currency in listed
        for name in (currency.zh, currency.en, currency.en_many, *currency.names)
    }
    return Currencies(CURRENCIES, signs, words)


def either(words: dict[str, Currency]) -> str:
    """A pattern for any of the words, longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
