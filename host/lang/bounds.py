"""The words that bound a statement, in all languages: which deny it, which limit it, which say it of the whole.

They are data, ``bounds.txt`` in each language pack, and are counted wherever they stand. What a denial reaches is
another matter: `host.lang.stance`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from host.core.fold import fold
from host.core.packs import packs

_BOUNDS = "bounds.txt"


@dataclass(frozen=True, slots=True)
class Bounds:
    """Of a folded text."""

    denials: int
    limited: bool
    whole: bool


@lru_cache(maxsize=4096)
def bounds(text: str) -> Bounds:
    """How a folded text is bounded."""
    return Bounds(
        len(_words("denial").findall(text)), bool(_words("limit").search(text)), bool(_words("whole").search(text))
    )


@cache
def _words(heading: str) -> re.Pattern[str]:
    parts = [r"(?!)"]
    for pack in packs().values():
        words = sorted((fold(word) for name, word in pack.words(_BOUNDS) if name == heading), key=len, reverse=True)
        parts += (_apart(word) if pack.spaced else re.escape(word) for word in words)
    return re.compile("|".join(parts))


def _apart(word: str) -> str:
    """A word of a language that puts spaces between them, or with a hyphen before it the end of one: ``-n't``."""
    return rf"{re.escape(word[1:])}\b" if word.startswith("-") else rf"\b{re.escape(word)}\b"
