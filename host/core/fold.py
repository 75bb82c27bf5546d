"""One face for text that can wear many: folding for comparison, never for display.

Strangers and language models write the same word in full width, with zero-width characters inside, in mathematical
bold, in Arabic-Indic digits or in traditional characters. Whoever compares text compares the folded form. Positions
in the folded text are not positions in the original.
"""

from __future__ import annotations

import unicodedata

from host.core.simplified import simplified

_DROPPED = {"Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me"}
_SPECIAL = {"🔟": "10", "⁄": "/", "￠": "¢", "“": '"', "”": '"', "‘": "'", "’": "'", "−": "-", "–": "-", "—": "-",
            "〇": "零", "○": "零", "◯": "零", "×": "x", "✕": "x", "✖": "x", "∗": "*", "～": "~", "〜": "~"}  # fmt: skip


def fold(text: str) -> str:
    """``text`` in NFKC, lower case, simplified, ASCII digits, without marks and invisible characters.

    Cap the length first: normalising 100 k alternating combining marks takes seconds. White space is collapsed.
    """
    folded: list[str] = []
    for character in unicodedata.normalize("NFKC", text):
        folded.append(_SPECIAL.get(character) or _folded(character))
    return " ".join("".join(folded).translate(simplified()).casefold().split())


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
