"""What the rules of both languages share: odd characters made plain before them, symbols removed after them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str] | str]
"""A pattern and what is said for it. Rules are applied in order; what one has written has no digits for the next."""

_FULL_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) not in "，！？：；（）"}
_PLAIN = str.maketrans(
    {
        **{chr(code): plain for code, plain in _FULL_WIDTH.items()},
        "￥": "¥", "〇": "零", "⁄": "/", "∕": "/", "×": "*", "✕": "*", "✖": "*", "−": "-", "‑": "-", "‐": "-",
        "﹣": "-", "～": "~", "〜": "~", "∼": "~", "–": "–", "’": "'", "‘": "'", "℃": "°C", "℉": "°F", "№": "No.",
        "º": "°", "˚": "°", "®": "", "™": "", "©": "",
    }
)  # fmt: skip
_REPEATED = re.compile(r"([,，、;；:：]\s*)+(?=[,，。.!！?？;；:：、])")
_SPACES = re.compile(r"\s+")


def plain(text: str) -> str:
    """Full-width letters, circled and superscript digits, unit ligatures and look-alike signs as ordinary ones."""
    made = text.translate(_PLAIN)
    if made.isascii():
        return made
    return "".join(_plain_character(character) for character in made).translate(_PLAIN)


def _plain_character(character: str) -> str:
    code = ord(character)
    if code < 0x80 or 0x4E00 <= code <= 0x9FFF:
        return character
    if 0x3300 <= code <= 0x33FF:
        return unicodedata.normalize("NFKC", character)
    return _numeral(character) if unicodedata.category(character) in ("Nd", "No", "Nl") else character


def _numeral(character: str) -> str:
    """A circled, raised, Roman or foreign numeral as ASCII digits, a vulgar fraction as ``1/2``, others as nothing."""
    value = unicodedata.numeric(character)
    if value == int(value):
        return str(int(value))
    written = unicodedata.normalize("NFKC", character)
    return " " + written if "⁄" in written else ""


def table(text: str) -> dict[str, str]:
    """Lines of ``said = written written`` as written to said; an underscore stands for a space."""
    entries = (line.split(" = ") for line in text.strip().splitlines())
    return {written.replace("_", " "): said.strip() for said, forms in entries for written in forms.split()}


def rewrite(text: str, rules: Sequence[Rule]) -> str:
    """The text after every rule, in order."""
    for pattern, said in rules:
        text = pattern.sub(said, text)
    return text


def speakable(text: str, punctuation: str) -> str:
    """Letters, marks of letters, the punctuation given and single spaces; everything else becomes a space."""
    kept = "".join(
        character if character in punctuation or unicodedata.category(character)[0] in "LM" else " "
        for character in text
    )
    kept = _REPEATED.sub("", _SPACES.sub(" ", kept))
    return kept.strip(" ,，、;；:：")
