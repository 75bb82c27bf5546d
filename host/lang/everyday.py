"""The plain speech of all languages: the words of talk around goods that claim nothing by themselves.

They are data, ``plain.txt`` in each language pack. Whoever writes one should ask what could be said with it and with
words of a sheet alone: if that may be false, harmful or a promise, it does not belong there. A text may mix languages:
its runs without spaces are held against the words of those that write so, its words against those of the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from host.core.fold import fold
from host.core.packs import Pack, packs
from host.lang.stems import root


@cache
def plain_words() -> frozenset[str]:
    """Of languages with spaces, folded: as they stand, and as their roots."""
    words = frozenset(fold(word) for pack in _packs(spaced=True) for word in _plain(pack))
    return words | frozenset(map(root, words))


@cache
def plain_runs() -> frozenset[str]:
    """Of languages without spaces, folded."""
    return frozenset(fold(word) for pack in _packs(spaced=False) for word in _plain(pack))


@cache
def longest_run() -> int:
    """Characters of the longest of `plain_runs`."""
    return max(map(len, plain_runs()), default=0)


def plain_phrases(text: str) -> Iterator[tuple[int, int]]:
    """Where a folded text has a phrase that is plain as a whole: ``I'm afraid``."""
    return (match.span() for match in _phrases("phrases.txt").finditer(text))


def extremes(text: str) -> list[str]:
    """What a folded text says without any limit: 跟没开一样, ``all year``, ``as often as you like``."""
    return _phrases("extremes.txt").findall(text)


@cache
def _phrases(name: str) -> re.Pattern[str]:
    """The phrases of a list in every language; where words stand apart, whole words only."""
    apart = _either(word for pack in _packs(spaced=True) for _, word in pack.words(name))
    run = _either(word for pack in _packs(spaced=False) for _, word in pack.words(name))
    return re.compile(rf"{run}|\b(?:{apart})\b")


def _either(phrases: Iterator[str]) -> str:
    return "|".join(sorted({re.escape(fold(each)) for each in phrases}, key=len, reverse=True)) or r"(?!)"


def _packs(*, spaced: bool) -> list[Pack]:
    return [each for each in packs().values() if each.spaced is spaced]


def _plain(pack: Pack) -> Iterator[str]:
    for line in pack.lines("plain.txt"):
        plain = line.split("#", 1)[0].strip()
        if plain and not plain.startswith("["):
            yield from plain.split()
