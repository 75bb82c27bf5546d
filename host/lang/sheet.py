"""How the typed entries of a product sheet are said: templates of ``sheet.toml``, one for each language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from host.core.lang import Lang
from host.core.packs import pack
from host.core.wording import Words


@dataclass(frozen=True)
class SheetWords:
    """The words of one language."""

    topics: Mapping[str, str]
    said: Words
    offers: Words
    fees: Mapping[str, Sequence[str]]
    """What makes an exception one without shipping (``none``), or without a fee (``free``)."""
    separator: str
    last: str
    """Between the last two of a list."""
    clause: str
    sentence: str
    """Between texts that are clauses, and sentences, of their own."""
    counter: str
    """With which pieces are counted where the writer has no other word."""

    def say(self, code: str, /, **details: Any) -> str:
        """An entry of a sheet in words."""
        return self.said.say(code, details)

    def offer(self, code: str, /, **details: Any) -> str:
        """A term of an offer in words."""
        return self.offers.say(code, details)

    def together(self, items: Sequence[str]) -> str:
        """Things in a row: a、b和c; ``a, b and c``."""
        return self.last.join(filter(None, (self.separator.join(items[:-1]), *items[-1:])))


@cache
def sheet_words(lang: Lang) -> SheetWords:
    """The words of ``lang``."""
    table = pack(lang).table("sheet.toml")
    said, offers = (
        Words(table[part], {"ordinals": table["ordinals"]}, table["separator"]) for part in ("said", "offers")
    )
    return SheetWords(table["topics"], said, offers, table["fees"], table["separator"], table["last"],
                      table["clause"], table["sentence"], table["counter"])  # fmt: skip
