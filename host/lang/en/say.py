"""What an English speaker says for each token of a reading."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from host.lang.dates import MONTHS
from host.lang.en.amounts import amounts_said
from host.lang.en.numerals import cardinal, decimal, digits, ordinal, plural, year
from host.lang.lexicon import lexicon
from host.lang.tokens import (
    Address,
    Amounts,
    Clock,
    Code,
    Date,
    Grade,
    Height,
    Name,
    Numbered,
    Short,
    Sign,
    Token,
    Version,
    Words,
    Year,
)

_WORDS = lexicon("en")
_DAY_OF = re.compile(r"\d{1,2}(?:st|nd|rd|th)? of ")


def said(token: Token, text: str) -> str:
    """What is said for a token of ``text``, read as English."""
    if isinstance(token, Words):
        return text[token.start : token.end]
    return f" {_SAID[type(token)](token, text)} "


def _sign(token: Sign, _text: str) -> str:
    return _WORDS.signs[token.sign]


def _short(token: Short, _text: str) -> str:
    return token.said


def _address(token: Address, _text: str) -> str:
    bare = re.sub(r"^[A-Za-z]+://", "", token.text)
    parts = re.findall(r"[A-Za-z]+|\d|.", bare.rstrip("/."))
    made = " ".join(digits(part) if part.isdigit() else _WORDS.address.get(part, part) for part in parts)
    return made + ("." if bare.endswith(".") else "")


def _code(token: Code, _text: str) -> str:
    return ", ".join(map(digits, token.groups))


def _name(token: Name, _text: str) -> str:
    parts = [part if part[0].isalpha() else _of_name(part) for part in token.parts]
    if token.dated:
        parts[-1] = year(token.parts[-1])
    return " ".join([*parts, *["plus"] * token.pluses])


def _of_name(number: str) -> str:
    if number.count(".") > 1:
        return " point ".join(map(cardinal, number.split(".")))
    return digits(number) if "." not in number and (len(number) > 2 or number[0] == "0") else decimal(number)


def _grade(token: Grade, _text: str) -> str:
    hundreds, rest = token.digits[0], token.digits[1:]
    return f"{cardinal(hundreds)} {'oh ' if rest[0] == '0' else ''}{cardinal(str(int(rest)))} {token.letter}"


def _numbered(token: Numbered, _text: str) -> str:
    return f"number {(digits if token.is_code else cardinal)(token.digits)}"


def _height(token: Height, _text: str) -> str:
    return f"{cardinal(token.feet)} foot {cardinal(token.inches)}"


def _version(token: Version, _text: str) -> str:
    return " point ".join(map(cardinal, token.parts))


def _year(token: Year, _text: str) -> str:
    made = year(token.digits) if len(token.digits) == 4 else cardinal(token.digits)
    return plural(made) if token.plural else made


def _date(token: Date, text: str) -> str:
    if token.day and _DAY_OF.match(text, token.start):  # the 3rd of May
        year_of = f", {year(token.digits)}" if token.year else ""
        return f"{ordinal(str(token.day))} of {MONTHS[token.month - 1]}{year_of}"
    month = MONTHS[token.month - 1] + (f" {ordinal(str(token.day))}" if token.day else "")
    return f"{month}{',' if token.day else ''} {year(token.digits)}" if token.year else month


def _clock(token: Clock, _text: str) -> str:
    half = token.half or ("p" if 12 < token.hour < 24 else "a" if token.hour in (0, 24) else "")
    made = cardinal(str((token.hour - 1) % 12 + 1))
    if token.minute:
        made += (" oh " if token.minute < 10 else " ") + cardinal(str(token.minute))
    return f"{made} {half} m" if half else made if token.minute else f"{made} o'clock"


_SAID: dict[type[Token], Callable[[Any, str], str]] = {
    Sign: _sign, Short: _short, Address: _address, Code: _code, Name: _name, Grade: _grade, Numbered: _numbered,
    Height: _height, Version: _version, Year: _year, Date: _date, Clock: _clock, Amounts: amounts_said,
}  # fmt: skip
