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
    chinese = [fold(word) for word in _lines("zh") for word in word.split()]
    english = [fold(line) for line in _lines("en")]
    either = sorted(map(re.escape, chinese), key=len, reverse=True)
    latin = sorted(map(re.escape, english), key=len, reverse=True)
    return re.compile(rf"{'|'.join(either)}|\b(?:{'|'.join(latin)})\b")


def extremes(text: str) -> list[str]:
    """What a folded text says without any limit: 跟没开一样, ``all year``, ``as often as you like``."""
    return _extremes().findall(text)


def _lines(lang: Lang) -> list[str]:
    text = files("host.lang").joinpath(lang, "extremes.txt").read_text(encoding="utf-8")
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
