"""Written text to fully spoken text: no digits and no symbols are left for an engine to guess at.

Three steps: the rules of the trade for the language (prices, discounts, sizes, hotlines, …), wetext for the plain
numbers, dates and measure words that are left, and a sweep that lets nothing through.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from host.core.product import Lang
from host.core.text import bounded
from host.voice import normalise_en, normalise_zh
from host.voice.marks import plain, rewrite, speakable

MAX_CHARACTERS = 2000
_RULES = {"zh": normalise_zh, "en": normalise_en}
_CLAUSE = re.compile(r"[^，。！？；,!?;]+")
_LONGEST_CLAUSE = 200
_TOKEN = "(?:[A-Za-z]++|[^0-9A-Za-z])"
_NEAR = 6
"""Words and characters around a number that can bear on how it is read: its sign, the 第 before it, its unit."""
_NUMBERS = re.compile(
    rf"(?<![A-Za-z]){_TOKEN}{{0,{_NEAR}}}+[0-9]++(?:{_TOKEN}{{0,{2 * _NEAR}}}+[0-9]++)*+{_TOKEN}{{0,{_NEAR}}}+"
)
"""Numbers near each other with what may bear on them. Possessive throughout, so that no text makes it go back."""
_RUN = re.compile(r"[0-9]+")
_FEW, _SPARSE = 8, 12
"""Numbers that any text may leave to wetext, and characters for each one more. What is denser is no sentence, and a
minute of it would cost a second: the sweep reads it."""


def normalise(text: str, lang: Lang) -> str:
    """What a host says for ``text``: letters, Han characters, spaces and punctuation.

    Never raises and always gives the same for the same; may be empty, for a text of nothing but symbols. At most the
    first 2000 characters are spoken. About 1 ms a line with a number for wetext, and 50 ms for 200 characters of
    digits and signs at worst, once `prepare` was called.
    """
    return _normalise(text[:MAX_CHARACTERS], lang)


def prepare(*langs: Lang) -> None:
    """Load what reading a number needs, which takes up to half a second, so that no sentence on air waits for it."""
    for lang in langs:
        _read("1", lang)


@lru_cache(maxsize=2048)
def _normalise(text: str, lang: Lang) -> str:
    rules = _RULES[lang]
    said = rewrite(plain(bounded(text, MAX_CHARACTERS)), rules.RULES)
    if len(_RUN.findall(said)) <= max(_FEW, len(said) // _SPARSE):
        said = _CLAUSE.sub(lambda match: _by_wetext(match.group(), lang), said)
    said = rewrite(rewrite(said, rules.LEFT), rules.SYMBOLS)
    return rewrite(speakable(said, rules.PUNCTUATION), rules.TIDY)


def _by_wetext(clause: str, lang: Lang) -> str:
    """The clause with its numbers read, each with its neighbourhood: wetext costs up to 0.25 ms a character."""
    return clause if len(clause) > _LONGEST_CLAUSE else _NUMBERS.sub(lambda match: _read(match.group(), lang), clause)


def _read(text: str, lang: Lang) -> str:
    """The numbers of ``text`` read, or the text as it was where wetext cannot: the sweep reads them then."""
    try:
        said = str(_wetext(lang).normalize(text))
    except Exception:  # noqa: BLE001 - it parses with bare asserts
        return text
    lead = text[: len(text) - len(text.lstrip())]
    trail = text[len(text.rstrip()) :]
    return lead + said + trail if said else text


@lru_cache(maxsize=2)
def _wetext(lang: Lang) -> Any:
    from host.voice.wetext_hooks import open_normalizer  # 0.1 s: only when there is a number to read

    return open_normalizer(lang=lang, operator="tn")
