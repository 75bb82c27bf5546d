"""The plain speech of each language: the words of talk around goods that claim nothing by themselves.

They are data, ``plain.txt`` in the folder of the language. Whoever writes one should ask what could be said with it
and with words of a sheet alone: if that may be false, harmful or a promise, it does not belong there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from host.core.fold import fold
from host.core.lang import Lang
from host.lang.stems import root


@cache
def plain_words(lang: Lang) -> frozenset[str]:
    """Folded; English words as their roots and as they stand."""
    words = frozenset(fold(word) for word in _written(lang))
    return words | frozenset(map(root, words)) if lang == "en" else words


@cache
def _extremes() -> re.Pattern[str]:
    chinese = [fold(word) for line in _lines("zh", "extremes.txt") for word in line.split()]
    return re.compile(f"{_either(chinese)}|{_phrases('extremes.txt').pattern}")


@cache
def _phrases(name: str) -> re.Pattern[str]:
    """The English phrases of a list."""
    return re.compile(rf"\b(?:{_either([fold(line) for line in _lines('en', name)])})\b")


def _either(phrases: list[str]) -> str:
    return "|".join(sorted(map(re.escape, phrases), key=len, reverse=True))


def plain_phrases(text: str) -> Iterator[tuple[int, int]]:
    """Where a folded English text has a phrase that is plain as a whole: ``I'm afraid``."""
    return (match.span() for match in _phrases("phrases.txt").finditer(text))


def extremes(text: str) -> list[str]:
    """What a folded text says without any limit: 跟没开一样, ``all year``, ``as often as you like``."""
    return _extremes().findall(text)


def _lines(lang: Lang, name: str) -> list[str]:
    text = files("host.lang").joinpath(lang, name).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


@cache
def longest(lang: Lang) -> int:
    """Characters of the longest word."""
    return max(map(len, plain_words(lang)), default=0)


def _written(lang: Lang) -> Iterator[str]:
    text = files("host.lang").joinpath(lang, "plain.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        plain = line.split("#", 1)[0].strip()
        if plain and not plain.startswith("["):
            yield from plain.split()
