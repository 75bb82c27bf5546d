"""Text helpers: bounding what strangers write, telling languages apart, splitting sentences and clauses."""

from __future__ import annotations

import re
import unicodedata

import sentencex

from host.core.product import Lang

_HAN = re.compile(r"[㐀-鿿豈-﫿]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
_CLAUSE_END = re.compile(r"[，；;、。！？!?…]|(?<!\d)[.,:：]|[.,:：](?!\d)|[—–]+")
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}


def bounded(text: str, limit: int) -> str:
    """The first ``limit`` characters, NFC, without control and format characters, white space collapsed.

    The cut comes first: normalising 100 k alternating combining marks takes seconds.
    """
    visible = "".join(
        " " if character.isspace() else character
        for character in unicodedata.normalize("NFC", text[:limit])
        if character.isspace() or unicodedata.category(character) not in _INVISIBLE
    )
    return " ".join(visible.split())[:limit]


def guess_lang(text: str, default: Lang = "zh") -> Lang:
    """``zh`` where there is a Han character, ``en`` where there are Latin words only, else ``default``."""
    if _HAN.search(text):
        return "zh"
    return "en" if _LATIN_WORD.search(text) else default


def sentences(text: str, lang: Lang) -> list[str]:
    """Split into sentences, each stripped and not empty; ``99.9`` and ``e.g.`` are not ends."""
    return [part for part in (piece.strip() for piece in sentencex.segment(lang, text)) if part]


def clause_ends(text: str) -> list[int]:
    """Positions just after each clause boundary inside ``text``, ascending; the end of the text is not one."""
    ends = [match.end() for match in _CLAUSE_END.finditer(text)]
    return [end for end in ends if text[end:].strip()]
