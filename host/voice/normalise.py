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
_DIGIT = re.compile(r"[0-9]")
_LONGEST_CLAUSE = 200


def normalise(text: str, lang: Lang) -> str:
    """What a host says for ``text``: letters, Han characters, spaces and punctuation.

    Never raises and always gives the same for the same; may be empty, for a text of nothing but symbols. At most the
    first 2000 characters are spoken. About 0.3 ms a line, in time linear in its length.
    """
    return _normalise(text[:MAX_CHARACTERS], lang)


@lru_cache(maxsize=2048)
def _normalise(text: str, lang: Lang) -> str:
    rules = _RULES[lang]
    said = rewrite(plain(bounded(text, MAX_CHARACTERS)), rules.RULES)
    said = _CLAUSE.sub(lambda match: _by_wetext(match.group(), lang), said)
    said = rewrite(rewrite(said, rules.LEFT), rules.SYMBOLS)
    return rewrite(speakable(said, rules.PUNCTUATION), rules.TIDY)


def _by_wetext(clause: str, lang: Lang) -> str:
    """The clause with its numbers read, or as it was where wetext cannot: the sweep reads them then."""
    if not _DIGIT.search(clause) or len(clause) > _LONGEST_CLAUSE:
        return clause
    try:
        said = str(_wetext(lang).normalize(clause))
    except Exception:  # noqa: BLE001 - it parses with bare asserts
        return clause
    lead = clause[: len(clause) - len(clause.lstrip())]
    trail = clause[len(clause.rstrip()) :]
    return lead + said + trail if said else clause


@lru_cache(maxsize=2)
def _wetext(lang: Lang) -> Any:
    from wetext import Normalizer  # 0.3 s and 40 MB: only when there is a number to read

    return Normalizer(lang=lang, operator="tn")
