"""Units behind a number, with their powers and what they are per: ``mmol/L``, g/m², 元/件, 次/分钟, 80mg/100g."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from host.core.product import Lang
from host.lang.lexicon import MORE, lexicon
from host.lang.tokens import Per
from host.lang.units import Unit, units

_AREAS = ("m", "cm", "mm", "km", "dm")
"""Lengths whose square may be written m2, without raising it."""
_MULTIPLES = ("x", "X", "×")
"""Behind a number they multiply it; before another they are a times sign."""
_CONTENTS = ("g", "μg", "ml", "kcal", "kJ", "IU", "CFU", "mol")
_ROUND = ("1", "10", "100", "1000")
"""What a content is given for: 80mg/100g. 50g/30g are two sizes."""
_MOST = 3
"""Units that follow each other behind slashes: mg/kg/day."""

_PER = re.compile(r"\s?/\s?|(?P<word>每|\sper(?=\s))")
_PER_NUMBER = re.compile(r"(\d{1,4})\s?(?=\D)")
_LATIN_WORD = re.compile(r"[a-z]{2,12}(?![A-Za-z])")
_TIMES = re.compile(r"\s?\d")
_CONTINUED = re.compile(r"[xX]?\d")
_KARAT = re.compile(r"\s?[kK][tT]?(?![A-Za-z\d])")
_NOUN = re.compile(r" (?!(?:x|by|wide|tall|long|high|deep|and|or|to)\b)[a-z]")
_QUOTE = re.compile(r'(?<!\d)"')


def _either(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_SYMBOL = rf"(?P<symbol>{_either(units().symbols)})(?P<raised>\^?[23](?!\d))?"
_SYMBOLS = {
    ("zh", True): re.compile(r"\s?" + _SYMBOL),
    ("en", True): re.compile(r"[\s-]?" + _SYMBOL),
    ("zh", False): re.compile(_SYMBOL),
    ("en", False): re.compile(_SYMBOL),
}
"""By language, and by whether something may stand between a number and its unit."""
_HAN_WORDS = [*(name for name in units().words if not name.isascii()), *lexicon("zh").classifiers]
_WORDS: dict[Lang, re.Pattern[str]] = {
    "zh": re.compile(rf"\s?(?P<more>{MORE})?(?P<word>{_either(_HAN_WORDS)})"),
    "en": re.compile(rf"(?i)[\s-](?P<more>)(?P<word>{_either(n for n in units().words if n.isascii())})(?![a-z])"),
}


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit behind a number, and where it ends. ``word`` is the unit as written where it is said so."""

    unit: Unit | None
    word: str
    end: int
    glued: bool = False
    """Nothing stands between it and what follows, as in 5V2A."""
    adjective: bool = False
    """A hyphen joins it to its number: a 12-oz bottle."""
    kind: str = ""
    """The word alone, without the 多 of 100多个."""


def measure_at(text: str, at: int, lang: Lang, *, spaced: bool = True) -> Measure | None:
    """The unit that stands at ``at``, behind a number."""
    return _karat(text, at, lang) or _symbol(text, at, lang, spaced) or _word(text, at, lang)


def per_at(text: str, at: int, lang: Lang, *, of: str) -> tuple[tuple[Per, ...], int]:
    """What the amount before ``at`` is for, 每袋 or per square meter, and where that ends.

    A price may be for a number of something (15元/500g), and so may a content, where the number is round (80mg/100g);
    ``of`` is ``money`` or the canonical unit, empty for what is counted. Behind other amounts a number is the next one:
    5V/3A, 5号/7号, 5kg/11lb.
    """
    found: list[Per] = []
    while len(found) < _MOST and (slash := _PER.match(text, at)):
        number = _PER_NUMBER.match(text, slash.end())
        if slash["word"] and not of:
            break
        if number and not (of == "money" or (of in _CONTENTS and number[1] in _ROUND)):
            break
        begin = number.end() if number else slash.end()
        measure = measure_at(text, begin, lang, spaced=bool(number or slash["word"]))
        if measure is None and not number and lang == "en" and (word := _LATIN_WORD.match(text, begin)):
            measure = Measure(None, word.group(), word.end())
        if measure is None:
            break
        found.append(Per(measure.unit, measure.word, number[1] if number else "", slash.end(), measure.end))
        at = measure.end
    return tuple(found), at


def _karat(text: str, at: int, lang: Lang) -> Measure | None:
    """The K of 14K gold."""
    match = _KARAT.match(text, at)
    if match is None or not lexicon(lang).ahead("karat", text, match.end()):
        return None
    return Measure(units().words["karat"], "", match.end())


def _symbol(text: str, at: int, lang: Lang, spaced: bool) -> Measure | None:
    match = _SYMBOLS[lang, spaced].match(text, at)
    if match is None or _is_something_else(match, text, at, lang):
        return None
    symbol, raised, end = match["symbol"], match["raised"] or "", _end(match)
    unit = units().symbols[symbol]
    if end == match.end() and raised:
        return Measure(unit.raised(int(raised[-1])), "", end, adjective=text[at] == "-")
    if symbol[-1].isalpha() and text[end : end + 1].isalnum() and text[end].isascii():
        return Measure(unit, "", end, glued=True) if _CONTINUED.match(text, end) else None
    return Measure(unit, "", end, adjective=text[at] == "-" or (symbol == '"' and bool(_NOUN.match(text, end))))


def _end(match: re.Match[str]) -> int:
    """Where a unit ends: the 2 of m2 belongs to it, that of 1.8×2m does not."""
    raised = match["raised"] or ""
    belongs = raised.startswith("^") or match["symbol"] in _AREAS
    return match.end() if belongs or not raised else match.start("raised")


def _is_something_else(match: re.Match[str], text: str, at: int, lang: Lang) -> bool:
    """Whether what looks like a unit is none: the in of 3 in 1, a times sign, a quotation mark that closes."""
    symbol, start, end = match["symbol"], match.start("symbol"), _end(match)
    if symbol in units().doubtful and lexicon(lang).doubted(symbol, text, at, end):
        return True
    if symbol in _MULTIPLES:
        return start > at or bool(_TIMES.match(text, end))
    return symbol == '"' and len(_QUOTE.findall(text, 0, start)) % 2 == 1


def _word(text: str, at: int, lang: Lang) -> Measure | None:
    match = _WORDS[lang].match(text, at)
    if match is None or lexicon(lang).is_other_word(text, match.start("word"), match.end()):
        return None
    unit = units().words.get(match["word"].lower())
    return Measure(unit, (match["more"] or "") + match["word"], match.end(), kind=match["word"])
