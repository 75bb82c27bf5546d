"""Currencies, read from ``currencies.txt``: how they are written and said. The one table of the house."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency by its ISO 4217 code. Without a hundredth, ``cent`` is empty."""

    code: str
    digits: int
    """Of its minor unit in use: 2 for cents, 0 where there is none."""
    point: str
    """What stands before the cents where it is at home: ``.`` or ``,``."""
    signs: tuple[str, ...]
    """``¥``, ``US$``, ``RMB``: before an amount or behind it, in any text."""
    zh: str
    en: str
    en_many: str
    cent: str
    cents: str
    names: tuple[str, ...]
    """What else it is called behind an amount, in any text."""
    in_prices: tuple[str, ...]
    """What it is called in the price of a sheet, where nothing else can be meant."""

    @property
    def shown(self) -> str:
        """What stands before an amount that is shown: a sign, or the code and a space."""
        return self.code + " " if self.signs[0] == self.code else self.signs[0]

    @property
    def known_as(self) -> str:
        """Code and sign, for lists of what can be written."""
        return self.code if self.signs[0] == self.code else f"{self.code} ({self.signs[0]})"

    @property
    def forms(self) -> tuple[str, ...]:
        """Everything it is written as in a price, in lower case."""
        written = (*self.signs, self.zh, self.en, self.en_many, *self.names, *self.in_prices)
        return tuple(dict.fromkeys(form.casefold() for form in written))


def _currency(row: str) -> Currency:
    cells = [[word.replace("_", " ") for word in cell.split()] for cell in row.split("|")]
    (code, digits, point), signs, (zh,), (en, en_many), cents, names, *more = cells
    cent, cents_many = cents if len(cents) == 2 else ("", "")
    in_prices = tuple(more[0]) if more else ()
    return Currency(code, int(digits), point, tuple(signs), zh, en, en_many, cent, cents_many, tuple(names), in_prices)


def _rows() -> list[str]:
    text = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8")
    return [row for row in text.splitlines() if row and not row.startswith("#")]


CURRENCIES = {currency.code: currency for currency in map(_currency, _rows())}
"""By code."""
BY_FORM = {form: currency for currency in CURRENCIES.values() for form in currency.forms}
"""By everything a currency is written as in a price, in lower case."""
