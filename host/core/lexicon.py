"""Words by kind, kept as data, and texts read as those words: the longest at each place, Latin ones whole.

A lexicon is a text file of each language pack: a kind in brackets, then its words, several to a line, separated by
commas; ``#`` begins a comment. Everything is folded, and the words of all languages are read in any text. What a text
means is decided on the kinds of its words, by whoever asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from host.core.fold import fold
from host.core.packs import Pack, packs

UNKNOWN = ""
"""The kind of what stands in no list: a Latin word, or one character."""

_KIND = re.compile(r"^\[(?P<kind>[a-z_]+)\]$")
_LATIN = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_MARK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word at ``start:end`` of a folded text."""

    kind: str
    text: str
    start: int
    end: int


class Lexicon:
    """Immutable. Of a word in several kinds, the kind named first counts."""

    def __init__(self, words: Iterable[tuple[str, str]]) -> None:
        """``words`` with the kind of each before it."""
        self._kinds: dict[str, str] = {}
        for kind, word in words:
            self._kinds.setdefault(fold(word), kind)
        lengths: dict[str, set[int]] = {}
        for word in self._kinds:
            lengths.setdefault(word[0], set()).add(len(word))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}

    @classmethod
    def load(cls, name: str) -> Lexicon:
        """The lexicon of that name, of every language. Raises `ValueError` for words before any kind."""
        return cls(chain.from_iterable(_words(pack, name) for pack in packs().values()))

    def read(self, folded: str) -> list[Word]:
        """The words of a folded text, in order; white space is none."""
        read: list[Word] = []
        at = 0
        while at < len(folded):
            if blank := _MARK.match(folded, at):
                at = blank.end()
                continue
            word = self._listed(folded, at) or _unlisted(folded, at)
            read.append(word)
            at = word.end
        return read

    def _listed(self, folded: str, at: int) -> Word | None:
        for length in self._lengths.get(folded[at], ()):
            text = folded[at : at + length]
            if text in self._kinds and _whole(folded, at, at + length):
                return Word(self._kinds[text], text, at, at + length)
        return None


def _words(pack: Pack, name: str) -> Iterator[tuple[str, str]]:
    kind = ""
    for line in pack.text(name).splitlines():
        text = line.split("#", 1)[0].strip()
        if heading := _KIND.match(text):
            kind = heading["kind"]
        elif text and not kind:
            raise ValueError(f"{pack.package}, {name}: {text!r} stands under no kind")
        elif text:
            yield from ((kind, word) for word in map(str.strip, text.split(",")) if word)


def _unlisted(folded: str, at: int) -> Word:
    match = _LATIN.match(folded, at)
    end = match.end() if match else at + 1
    return Word(UNKNOWN, folded[at:end], at, end)


def _whole(folded: str, start: int, end: int) -> bool:
    """Whether no Latin word is cut at either end: ``sb`` is no word of ``usb``, and ``nm`` none of ``500nm``."""
    before = start > 0 and _latin(folded[start - 1]) and _latin(folded[start])
    after = end < len(folded) and _latin(folded[end - 1]) and (_latin(folded[end]) or _goes_on(folded, end))
    return not before and not after


def _goes_on(folded: str, end: int) -> bool:
    """Whether a Latin word goes on behind an apostrophe: ``dick's``."""
    return folded[end] == "'" and end + 1 < len(folded) and _latin(folded[end + 1])


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
