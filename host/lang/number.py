"""One number as it is written: grouping, decimals, powers, multipliers."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from host.core.product import Lang
from host.lang.tokens import Number

_PLAIN = re.compile(
    r"(?:(?<!\d,)(?:\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}|\d{1,3}(?:'\d{3})+)(?!\d|,\d|\.\d+,)|\d+)(?:\.\d+)?"
    r"|(?<![\w.])\.\d+"
)
"""1,299 and, as in Switzerland and India, 1'299 and 1,25,000."""
_CONTINENTAL = re.compile(r"(?:\d{1,3}(?:\.\d{3}){1,4}(?:,\d{1,2})?|\d{1,12},\d{1,2})(?![\d.,]{0,12}\d)")
"""1.299,00 and 27,50, as most of Europe writes money."""
_PART = re.compile(r"[ -](\d{1,2})/(\d{1,2})(?![\d/])")
"""Behind a whole number: 5 1/2, 5-1/2."""
_MOST_WHOLE = 3
"""Digits of a whole number with a part: what is longer stands by itself, 2026 1/2."""
_EXPONENT = re.compile(r"\^([-+]?\d{1,3})(?!\d)|的(负?\d{1,3})次方")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)(?![A-Za-z])")
_SCALE = {
    "zh": re.compile(r"\s?(?P<word>[百千]?[万亿]|[百千](?![万亿]))(?![分货])|\s?(?P<letter>[kK])(?=\+)"),
    "en": re.compile(
        r"\s(?P<word>(?i:hundred|thousand|million|billion|trillion))(?![A-Za-z])|\s?(?P<letter>k|m|b|bn|K(?=\+))(?![A-Za-z\d])",
    ),
}
_OF_MONEY = re.compile(r"\s?(?P<letter>[kKmMbB]|bn)(?![A-Za-z\d])")
"""Behind an amount of money a large letter multiplies too: $12K, but 4K and 12K followers."""
_LETTERS = {"k": "thousand", "m": "million", "b": "billion", "bn": "billion"}
_LONGEST = 18
"""Digits of a number; what is longer is a code."""


def number_at(text: str, at: int, *, continental: bool = False) -> tuple[Number, int] | None:
    """The number that begins at ``at`` and where it ends; ``continental`` where a comma may be its point."""
    if continental and (match := _CONTINENTAL.match(text, at)):
        digits = match.group().replace(".", "").replace(",", ".")
    elif (match := _PLAIN.match(text, at)) and not _steps(match.group()):
        digits = match.group().replace(",", "").replace("'", "")
    elif match := re.compile(r"\d+").match(text, at):  # 90,100,110 are three
        digits = match.group()
    else:
        return None
    if len(digits) > _LONGEST:
        return None
    end = match.end()
    if mixed := _mixed(digits, text, end):
        return mixed
    exponent = ""
    if raised := _EXPONENT.match(text, end):
        exponent, end = (raised[1] or raised[2]).lstrip("+").replace("负", "-"), raised.end()
    ordinal = _ORDINAL.match(text, end)
    number = Number("0" + digits if digits.startswith(".") else digits, exponent=exponent, ordinal=bool(ordinal))
    return number, ordinal.end() if ordinal else end


def scaled(number: Number, text: str, at: int, lang: Lang, *, money: bool = False) -> tuple[Number, int]:
    """The number with the multiplier that stands at ``at``, if there is one."""
    match = _SCALE[lang].match(text, at) or (_OF_MONEY.match(text, at) if money and lang == "en" else None)
    if match is None:
        return number, at
    word = match.groupdict().get("word")
    scale = word.lower() if word else _LETTERS[match["letter"].lower()]
    if lang == "zh" and match["letter"]:
        scale = "千"
    return replace(number, scale=scale), match.end()


def _mixed(whole: str, text: str, at: int) -> tuple[Number, int] | None:
    match = _PART.match(text, at)
    if match is None or not whole.isdecimal() or len(whole) > _MOST_WHOLE or not 0 < int(match[1]) < int(match[2]):
        return None
    return Number(whole, part=(match[1], match[2])), match.end()


def _steps(written: str) -> bool:
    """Whether commas part sizes that grow by one step, 90,100,110, and not thousands."""
    parts = written.split(",")
    if len(parts) < 3 or "." in written:
        return False
    steps = {int(after) - int(before) for before, after in pairwise(parts)}
    return len(steps) == 1 and steps.pop() > 0
