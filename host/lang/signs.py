"""Signs between words and numbers: what they mean where they stand. One without a meaning is not said."""

from __future__ import annotations

import re

from host.core.product import Lang
from host.lang.lexicon import lexicon
from host.lang.measures import measure_at
from host.lang.tokens import Sign

_SPELT = {">=": "≥", "<=": "≤", "~": "≈", "->": "→"}
_BEFORE_NUMBER = re.compile(r"(?P<sign>>=|<=|[<>≥≤±≈~])\s?(?=[-¥$€£₹]?\d)")
_BETWEEN = re.compile(r"(?P<sign>->|[=≈+&→])\s?(?=[\w¥$€£])")
_HYPHEN = re.compile(r"(?P<sign>[-~–—]{1,2})\s?(?=\w)")
_POWER = re.compile(r"\^([23])(?!\d)")
_CHARGE = re.compile(r"\^\d?[+-]")
_SLASH = re.compile(r"/\s?(?=\w)")
_TIMES = re.compile(r"\*\s?(?=\d)|×\s?(?=\w)|[xX](?=\d{1,3}(?![\dA-Za-z]))")
_BY = re.compile(r"by\s(?=\d)")
_AND_OR = re.compile(r"or\b")
_CLOSING = ("%", ")", "）", '"', "°", "+", "”")
_REACH = 3
"""White space before a sign that is looked over."""


def sign_at(text: str, at: int, lang: Lang) -> Sign | None:
    """The sign at ``at`` with what it means."""
    before = text[max(0, at - _REACH) : at].rstrip()[-1:]
    if match := _BEFORE_NUMBER.match(text, at):
        sign = _SPELT.get(match["sign"], match["sign"])
        if sign == "≈" and not before.isalnum():
            sign = "about"
        return Sign(at, match.end(), "range" if match["sign"] == "~" and before.isalnum() else sign)
    if not (before.isalnum() or before in _CLOSING):
        return None
    if match := _CHARGE.match(text, at):
        return Sign(at, match.end(), "charge")
    if match := _POWER.match(text, at):
        return Sign(at, match.end(), {"2": "squared", "3": "cubed"}[match[1]])
    if match := _BETWEEN.match(text, at):
        return Sign(at, match.end(), _SPELT.get(match["sign"], match["sign"]))
    if match := _SLASH.match(text, at):
        return Sign(at, match.end(), _slash(text, before, match.end(), lang))
    if match := _HYPHEN.match(text, at):
        return _hyphen(text, before, match, lang)
    match = _TIMES.match(text, at) or (_BY.match(text, at) if before.isdecimal() and lang == "en" else None)
    return Sign(at, match.end(), "times") if match else None


def times_at(text: str, at: int, lang: Lang) -> Sign | None:
    """The x of 面膜x3."""
    before = text[max(0, at - 1) : at]
    match = _TIMES.match(text, at) if before and not (before.isascii() and before.isalnum()) else None
    return Sign(at, match.end(), "times") if match and lang == "zh" else None


def _slash(text: str, before: str, end: int, lang: Lang) -> str:
    """What a slash between words means: ``per``, ``and`` of and/or, ``or``, or a list."""
    if not before.isascii() or not text[end].isascii():
        measure = measure_at(text, end, lang, spaced=False)
        timed = measure and measure.unit and measure.unit.measure == "duration"
        return "per" if timed and before in lexicon(lang).counted else "list"
    if _AND_OR.match(text, end) or text[end].isdecimal():
        return "pair"
    return "or" if before.islower() and text[end].islower() and lang == "en" else "list"


def _hyphen(text: str, before: str, match: re.Match[str], lang: Lang) -> Sign | None:
    """A hyphen that stands for 到: between days, hours and the like. Within words it means nothing."""
    after = text[match.end()]
    between = before.isdecimal() and after.isdecimal()
    if match["sign"] == "~" or between:
        return Sign(match.start(), match.end(), "range")
    if lexicon(lang).ends_time(text, match.start()):
        return Sign(match.start(), match.end(), "range")
    return None if match["sign"] == "-" else Sign(match.start(), match.end(), "pause")
