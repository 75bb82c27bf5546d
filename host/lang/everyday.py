"""The plain speech of each language: the words of talk around goods that claim nothing by themselves.

They are data, ``plain.txt`` in the folder of the language. Whoever writes one should ask what could be said with it
and with words of a sheet alone: if that may be false, harmful or a promise, it does not belong there.
"""

from __future__ import annotations

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
def longest(lang: Lang) -> int:
    """Characters of the longest word."""
    return max(map(len, plain_words(lang)), default=0)


def _written(lang: Lang) -> Iterator[str]:
    text = files("host.lang").joinpath(lang, "plain.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        plain = line.split("#", 1)[0].strip()
        if plain and not plain.startswith("["):
            yield from plain.split()
