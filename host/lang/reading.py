"""One pass over a text, from left to right: every number is read once, with what stands around it.

What is tried where, the first that fits, stands in `_AT_DIGIT`, `_AT_LETTER` and `_AT_SIGN`. Nothing reads what another
has read, so that adding a kind of token means one function and its place in a row.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from host.core.product import Lang
from host.lang.amounts import Row, row_at
from host.lang.dates import clock_at, date_at
from host.lang.joins import decided
from host.lang.names import address_at, code_at, grade_at, height_at, name_at, position_at, short_at, version_at
from host.lang.signs import sign_at, times_at
from host.lang.tokens import Item, Token, Words

_WORDS = re.compile(r"[㐀-鿿，。！？；：、“”‘’…\s]+")
"""What begins nothing but words."""
_WORD = re.compile(r"[A-Za-z]+|[^\W\d_A-Za-z]+")
_SIGNED = ("°C", "°F", "%", "dB")
"""Canonical units of what may be below zero behind a word: 温度-20℃. Elsewhere a hyphen behind a word joins: 苏-27."""

Production = Callable[[str, int, Lang], Token | None]


@lru_cache(maxsize=2048)
def read(text: str, lang: Lang) -> tuple[Token, ...]:
    """The tokens of a plain text; they cover it from end to end. Total; time grows with the length."""
    found: list[Token] = []
    at = 0
    while at < len(text):
        found.append(_token_at(text, at, lang))
        at = found[-1].end
    return tuple(found)


def _token_at(text: str, at: int, lang: Lang) -> Token:
    if words := _WORDS.match(text, at):
        return Words(at, words.end())
    character = text[at]
    productions = _AT_DIGIT if character.isdecimal() else _AT_LETTER if character.isalpha() else _AT_SIGN
    for production in productions:
        token = production(text, at, lang)
        if token is not None:
            return token
    word = _WORD.match(text, at)
    return Words(at, word.end() if word else at + 1)


def _amounts(text: str, at: int, lang: Lang) -> Token | None:
    row = row_at(text, at, lang)
    if row is None or (text[at] == "-" and _joins(text, at, row)):
        return None
    if len(row.items) == 1 and _is_name(row.items[0], text, row.end):
        return name_at(text, at, lang)
    return decided(row, text, lang)


def _joins(text: str, at: int, row: Row) -> bool:
    """Whether the hyphen at ``at`` joins a number to a word, and is no minus."""
    before = text[at - 1 : at]
    if not (before.isalnum() or before in ("%", ")", "）")):
        return False
    return before.isascii() or not any(item.unit and item.unit.canonical in _SIGNED for item in row.items)


def _is_name(item: Item, text: str, end: int) -> bool:
    """Whether letters that are no unit stand behind the number: 1080P, 13700H, 12-pack."""
    letters = bool(item.word) and item.unit is None and not item.currency and item.word.isascii()
    return letters or (text[end : end + 1].isascii() and text[end : end + 1].isalpha())


_AT_DIGIT: tuple[Production, ...] = (
    lambda text, at, lang: address_at(text, at),
    clock_at,
    code_at,
    short_at,
    date_at,
    lambda text, at, lang: version_at(text, at),
    lambda text, at, lang: height_at(text, at),
    grade_at,
    lambda text, at, lang: position_at(text, at),
    _amounts,
    name_at,
)
_AT_LETTER: tuple[Production, ...] = (
    lambda text, at, lang: address_at(text, at),
    short_at,
    lambda text, at, lang: position_at(text, at),
    date_at,
    times_at,
    _amounts,
    name_at,
)
_AT_SIGN: tuple[Production, ...] = (
    code_at,
    lambda text, at, lang: position_at(text, at),
    _amounts,
    sign_at,
)
