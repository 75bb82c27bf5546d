"""What a Mandarin speaker says for each token of a reading."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

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
from host.lang.zh.amounts import amounts_said
from host.lang.zh.numerals import cardinal, decimal, digits

_WORDS = lexicon("zh")
_DIGIT_BY_DIGIT = ("IP",)
"""Letters whose number is said so: IP67."""
_ROUND = re.compile(r"[1-9]\d?00")
_NUMBER = re.compile(r"\d+")
_GAPS = {(True, True): "杠", (False, False): " "}
"""What is said between two numbers, or two words, of a name."""


def said(token: Token, text: str) -> str:
    """What is said for a token of ``text``, read as Chinese."""
    return _SAID[type(token)](token, text)


def _words(token: Words, text: str) -> str:
    return text[token.start : token.end]


def _sign(token: Sign, _text: str) -> str:
    return _WORDS.signs[token.sign]


def _short(token: Short, _text: str) -> str:
    return token.said


def _address(token: Address, _text: str) -> str:
    bare = re.sub(r"^[A-Za-z]+://", "", token.text).rstrip("/")
    parts = re.findall(r"[A-Za-z]+|\d|.", bare)
    return " " + " ".join(digits(part) if part.isdigit() else _WORDS.address.get(part, part) for part in parts) + " "


def _code(token: Code, _text: str) -> str:
    return digits("".join(token.groups), "幺" if token.dialled else "一")


def _name(token: Name, text: str) -> str:
    made, coded = "", _WORDS.behind("code", text, token.start)
    for before, part in zip(("", *token.parts), token.parts, strict=False):
        gap = _GAPS.get((before[:1].isdigit(), part[0].isdigit()), "") if before else ""
        made += gap + (
            _of_name(before, part, coded=coded) if part[0].isdigit() else _WORDS.letters.get(part.lower(), part)
        )
    return made + (f"{cardinal(str(token.pluses))}个加" if token.pluses > 2 else "加" * token.pluses)


def _of_name(before: str, number: str, *, coded: bool) -> str:
    """A number in a name: one long or with a zero ahead is said digit by digit, but a round one behind letters is not,
    unless the name is a code: AX3000 is AX三千, and 货号AX3000 is not."""
    if number.count(".") > 1:
        return "点".join(map(cardinal, number.split(".")))
    if before.isalpha() and _ROUND.fullmatch(number) and not coded:
        return cardinal(number)
    if "." not in number and (len(number) > 2 or number[0] == "0" or before.upper() in _DIGIT_BY_DIGIT):
        return digits(number)
    return decimal(number)


def _grade(token: Grade, _text: str) -> str:
    return digits(token.digits) + token.letter


def _numbered(token: Numbered, text: str) -> str:
    number = (digits if token.is_code else cardinal)(token.digits)
    return f"第{number}" if text[token.start].isalpha() else f"{number}号"


def _height(token: Height, _text: str) -> str:
    return f"{cardinal(token.feet)}英尺{cardinal(token.inches)}英寸"


def _version(token: Version, _text: str) -> str:
    return "点".join(map(cardinal, token.parts))


def _year(token: Year, _text: str) -> str:
    return digits(token.digits)


def _date(token: Date, text: str) -> str:
    written = text[token.start : token.end]
    if not written.isascii():  # 11月30号
        return _NUMBER.sub(lambda found: (digits if len(found[0]) == 4 else cardinal)(found[0].lstrip("0")), written)
    year = f"{digits(token.digits)}年" if token.year else ""
    day = f"{cardinal(str(token.day))}日" if token.day else ""
    return f"{year}{cardinal(str(token.month))}月{day}"


def _of_clock(match: re.Match[str]) -> str:
    """The hour, 两点, or the minutes, 零五, of a time with words."""
    written = match.group()
    if match.start() == 0:
        return "两" if int(written) == 2 else cardinal(str(int(written)))
    return ("零" if written[0] == "0" else "") + cardinal(str(int(written)))


def _clock(token: Clock, text: str) -> str:
    written = text[token.start : token.end]
    if not written.isascii():  # 8点半
        return _NUMBER.sub(_of_clock, written)
    hour = token.hour if token.hour <= 12 or not token.half else token.hour - 12
    part = {"a": "上午", "p": "下午" if hour < 6 else "中午" if hour == 12 else "晚上"}.get(token.half, "")
    made = part + ("两" if hour == 2 else cardinal(str(hour))) + "点"
    if token.minute or token.second:
        made += ("零" if token.minute < 10 else "") + cardinal(str(token.minute)) + "分"
    return made + (f"{cardinal(str(token.second))}秒" if token.second else "")


_SAID: dict[type[Token], Callable[[Any, str], str]] = {
    Words: _words, Sign: _sign, Short: _short, Address: _address, Code: _code, Name: _name, Grade: _grade,
    Numbered: _numbered, Height: _height, Version: _version, Year: _year, Date: _date, Clock: _clock,
    Amounts: amounts_said,
}  # fmt: skip
