"""Signs and words of money around a number."""

from __future__ import annotations

import re

from host.core.currencies import Currency
from host.lang.currencies import currencies
from host.lang.lexicon import MORE

_Words = dict[str, Currency]


def _either(words: _Words) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_HAN = {word: currency for word, currency in currencies().words.items() if not word.isascii()}
_LATIN = {word: currency for word, currency in currencies().words.items() if word.isascii()}
_BEFORE = re.compile(rf"(?:(?<![A-Za-z])|(?![A-Za-z]))(?P<sign>{_either(currencies().signs)})\s?(?=[\d.])")
_BEHIND = re.compile(
    rf"\s?(?P<sign>{_either(currencies().signs)})(?![A-Za-z\d])|\s?(?P<more>{MORE})?(?P<han>{_either(_HAN)})"
    rf"|[\s-](?P<latin>(?i:{_either(_LATIN)}))(?!'?[A-Za-z])"
)


def money_before(text: str, at: int) -> tuple[Currency, int] | None:
    """The currency whose sign stands at ``at``, before a number, and where the number begins."""
    match = _BEFORE.match(text, at)
    return (currencies().signs[match["sign"]], match.end()) if match else None


def money_behind(text: str, at: int) -> tuple[Currency, str, int] | None:
    """The currency at ``at``, behind a number; the word as written where it is said so; where it ends."""
    match = _BEHIND.match(text, at)
    if match is None:
        return None
    if match["sign"]:
        return currencies().signs[match["sign"]], "", match.end()
    word = match["han"] or match["latin"]
    return currencies().words[word.lower()], (match["more"] or "") + word, match.end()
