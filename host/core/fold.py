"""One face for text that can wear many: folding for comparison, never for display.

Strangers and language models write the same word in full width, with zero-width characters inside, in mathematical
bold, in Arabic-Indic digits or in traditional characters. Whoever compares text compares the folded form. Positions
in the folded text are not positions in the original.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from host.core.simplified import simplified

_DROPPED = {"Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me"}
_RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-", strict=True))
_RAISED_RUN = re.compile(f"(?P<base>[0-9°)]|(?<![A-Za-z])[A-Za-zμΩ]{{1,3}})?(?P<raised>[{''.join(_RAISED)}]+)")
_ON_TOP = re.compile("(?<=[0-9])(?=[¼-¾⅐-⅞↉])")
"""Where a vulgar fraction stands behind a whole number: 5½ is 5 1/2 and no 51/2."""
_SPECIAL = {"㎡": "m^2", "㎥": "m^3", "🔟": "10", "⁄": "/", "￠": "¢", "“": '"', "”": '"',
            "‘": "'", "’": "'", "−": "-", "–": "-", "—": "-",
            "〇": "零", "○": "零", "◯": "零", "×": "x", "✕": "x", "✖": "x", "∗": "*", "～": "~", "〜": "~"}  # fmt: skip


def fold(text: str) -> str:
    """``text`` in NFKC, lower case, simplified, ASCII digits, without marks and invisible characters.

    Cap the length first: normalising 100 k alternating combining marks takes seconds. White space is collapsed.
    """
    return lowered(cased(text))


@lru_cache(maxsize=2048)
def cased(text: str) -> str:
    """A folded text whose letters keep their case: 5G is no 5 g. Every place of it is one of the folded text."""
    folded: list[str] = []
    for character in unicodedata.normalize("NFKC", _ON_TOP.sub(" ", raised(text))):
        folded.append(_SPECIAL.get(character) or _folded(character))
    return " ".join("".join(folded).translate(simplified()).split())


@lru_cache(maxsize=2048)
def lowered(text: str) -> str:
    """``text`` in lower case, character by character."""
    return "".join(low if len(low := character.lower()) == 1 else character for character in text)


def raised(text: str) -> str:
    """Raised numbers as they are typed: 10⁹ is ``10^9`` and m² ``m^2``, since 109 and m2 would be something else.

    Raised behind a word it is the mark of a footnote, and nothing.
    """
    return _RAISED_RUN.sub(_typed, text)


def _typed(match: re.Match[str]) -> str:
    if match["base"] is None:
        return ""
    return f"{match['base']}^{''.join(_RAISED[character] for character in match['raised'])}"


def skeleton(text: str) -> str:
    """A folded text without accents, and with the Cyrillic and Greek letters that look Latin as Latin ones."""
    bare = "".join(
        character for character in unicodedata.normalize("NFD", text) if unicodedata.category(character) != "Mn"
    )
    return bare.translate(_LOOKALIKES)


def _folded(character: str) -> str:
    if " " <= character <= "~" or "㐀" <= character <= "鿿":
        return character
    if character.isspace():
        return " "
    category = unicodedata.category(character)
    if category in _DROPPED:
        return ""
    if category in ("Nd", "Nl", "No"):
        value = unicodedata.numeric(character, -1.0)
        if value >= 0 and value == int(value):
            return str(int(value))
    return character


_LOOKALIKES = str.maketrans("аеорсухкмтнвіјѕԁοαερτυνικωь", "aeopcyxkmthbijsdoaeptuvikwb")
