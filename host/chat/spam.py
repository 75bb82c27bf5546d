"""Insults and advertising in a comment: whole words, and what stands around them. For folded text.

The words are in ``spam.txt`` of each language pack; here is how they go together. Some insult whatever stands around
them, some unless something is asked, and some are goods as well (垃圾, ``ugly``) and insult only somebody, or where
nothing else is said. What is offered (代购) is advertising unless it is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from host.core.lexicon import Lexicon, Word

_CLAUSE = re.compile(r"(?:[^,，.。!！;；:：、~\n ]|(?<![㐀-鿿]) (?![㐀-鿿]))+")
_SIGNS = {"insult": "I", "rude": "R", "blunt": "r", "host": "H", "you": "Y", "advert": "A", "offer": "O", "bait": "B",
          "add": "D", "messenger": "M", "letter": "L", "lure": "l", "ask": "q", "filler": "f",
          "innocent": "x"}  # fmt: skip
_OTHER_HAN, _OTHER_LATIN = "x", "w"
_INSULT = re.compile(r"I|[HY][fq]*[Rr](?![xw])|[Rr]f{0,3}H")
_NOTHING_ELSE = re.compile(r"[RrHYfBq]+")
_ADVERT = re.compile(r"A|DM|DL(?!x)")
_RUDE, _BLUNT = re.compile(r"R"), re.compile(r"[Rr]")
_OFFER = re.compile(r"O")
_EARNINGS = re.compile(
    r"[日月][入赚] ?[\d一二三四五六七八九十百千万]|\b(?:earn|make) \$ ?\d|\bearn \d|\bmake \d+ a day"
)
_STRETCHED = re.compile(r"([a-z])\1{2,}")


def insult_in(folded: str) -> str:
    """The insult found, or nothing."""
    for words in _read(_unstretched(folded)):
        if found := _found(_INSULT, words):
            return found
        signs = _signs(words)
        alone = _NOTHING_ELSE.fullmatch(signs) is not None
        if (alone or "q" not in signs) and (found := _found(_BLUNT if alone else _RUDE, words)):
            return found
    return ""


def advert_in(folded: str) -> str:
    """The advertising found, or nothing."""
    if earnings := _EARNINGS.search(folded):
        return earnings.group()
    for words in _read(folded):
        if found := _found(_ADVERT, words):
            return found
        signs = _signs(words)
        if ("q" not in signs or "B" in signs) and (found := _found(_OFFER, words)):
            return found
    return ""


def _read(folded: str) -> Iterator[Sequence[Word]]:
    for match in _CLAUSE.finditer(folded):
        yield _lexicon().read(match.group())


def _signs(words: Sequence[Word]) -> str:
    return "".join(_SIGNS.get(word.kind) or _sign_of_other(word) for word in words)


def _sign_of_other(word: Word) -> str:
    return _OTHER_LATIN if word.text.isascii() else _OTHER_HAN


def _found(pattern: re.Pattern[str], words: Sequence[Word]) -> str:
    match = pattern.search(_signs(words))
    return "".join(word.text for word in words[match.start() : match.end()]) if match else ""


def _unstretched(folded: str) -> str:
    """``fuuuck`` is one word with another, and no English word has a letter three times running."""
    return _STRETCHED.sub(r"\1", folded)


@cache
def _lexicon() -> Lexicon:
    return Lexicon.load("spam.txt")
