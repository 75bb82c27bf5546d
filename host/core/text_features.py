"""What a trained model sees of a text: strings that each say one small thing of it. For folded text.

Pairs of characters, and of Latin ones up to four; words, neighbouring and a little apart; length and shape. Hanzi pairs
say what words would, and need no dictionary to cut them. All of it is a function of the folded text: full width and
traditional characters are one with the plain ones.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

MOST = 150
"""Characters of a text that are looked at. What a comment wants stands in them, and the time it takes stays bounded."""

_TOKEN = re.compile(r"[a-z]+|[0-9]+|[^\sa-z0-9]")
_STRETCHED = re.compile(r"(.)\1{2,}")
_BETWEEN_HAN = re.compile(r"(?<=[㐀-鿿])\s(?=[㐀-鿿])")
_LATIN = re.compile(r"[^㐀-鿿]{3,}")
_DIGITS = re.compile(r"[0-9]+")
_PICTURE = "☺"
_COMMAS = frozenset("，、。")
_LENGTHS = (2, 5, 10, 20, 40)
_APART = range(2, 5)


def features(folded: str) -> list[str]:
    """The features of a folded text, each as often as it is found. Total; empty text has some too."""
    text = _plain(folded[:MOST])
    framed = f"^{text}$"
    tokens = _TOKEN.findall(text)
    words = ["#" if token.isdigit() else token for token in tokens]
    found = list(framed)
    found += map("".join, pairwise(framed))
    for run in _LATIN.findall(framed):
        found += (run[at : at + long] for long in (3, 4) for at in range(len(run) - long + 1))
    found += ["w " + word for word in words if word == "#" or (word.isascii() and word.isalpha())]
    found += [f"v {one} {other}" for one, other in zip(["<", *words], [*words, ">"], strict=True)]
    found += _apart(tokens)
    found.append(f"l {sum(len(text) > length for length in _LENGTHS)}")
    found.append(f"d {len(_DIGITS.findall(text))}")
    return found


def _apart(tokens: list[str]) -> Iterator[str]:
    """Pairs of tokens with one to three between them: 是 … 吗."""
    for gap in _APART:
        for one, other in zip(tokens, tokens[gap:], strict=False):
            yield f"k {one} {other}"


def _plain(folded: str) -> str:
    """The text with one sign for all pictures, one comma for its like, and nothing three times running."""
    if not folded.isascii():
        folded = "".join(map(_sign, folded))
    return _BETWEEN_HAN.sub("", _STRETCHED.sub(r"\1\1", folded)).strip()


def _sign(character: str) -> str:
    if character.isascii() or "㐀" <= character <= "鿿":
        return character
    if character in _COMMAS:
        return ","
    category = unicodedata.category(character)
    return _PICTURE if category in ("So", "Sk") else character
