"""Odd characters as ordinary ones: what a text is before it is read aloud. Letters and punctuation stay as they are."""

from __future__ import annotations

import unicodedata

from host.core.fold import raised

_FULL_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) not in "，！？：；（）"}
_ALIKE = {
    "￥": "¥", "〇": "零", "⁄": "/", "∕": "/", "✕": "×", "✖": "×", "∗": "*", "−": "-", "‑": "-", "‐": "-", "﹣": "-",
    "～": "~", "〜": "~", "∼": "~", "˜": "~", "’": "'", "‘": "'", "′": "'", "″": '"', "〞": '"', "℃": "°C", "℉": "°F",
    "№": "No.", "º": "°", "˚": "°", "®": "", "™": "", "©": "", "≧": "≥", "≦": "≤", "⩾": "≥", "⩽": "≤", "﹥": ">",
    "﹤": "<", "≒": "≈", "≅": "≈", "﹢": "+", "﹪": "%", "﹩": "$", "﹟": "#", "∶": ":", "︰": ":", "µ": "μ", "Ω": "Ω",
    "ℓ": "L", "㏄": "cc", "㎡": "m^2", "㎥": "m^3",
}  # fmt: skip
_PLAIN = str.maketrans({**{chr(code): made for code, made in _FULL_WIDTH.items()},
                        **{sign: made for sign, made in _ALIKE.items() if len(sign) == 1}})  # fmt: skip
_SQUARED_UNITS = range(0x3300, 0x3400)


def plain(text: str) -> str:
    """Full-width letters, circled and Roman numerals, unit ligatures and look-alike signs as ordinary characters."""
    made = raised(text.translate(_PLAIN)).replace("+/-", "±")
    if made.isascii():
        return made
    return "".join(map(_plain_character, made)).translate(_PLAIN)


def _plain_character(character: str) -> str:
    code = ord(character)
    if code < 0x80 or 0x4E00 <= code <= 0x9FFF:
        return character
    if code in _SQUARED_UNITS:
        return unicodedata.normalize("NFKC", character)
    return _numeral(character) if unicodedata.category(character) in ("Nd", "No", "Nl") else character


def _numeral(character: str) -> str:
    """A circled, lowered, Roman or foreign numeral as ASCII digits, a vulgar fraction as ``1/2``, others as nothing."""
    value = unicodedata.numeric(character)
    if value == int(value):
        return str(int(value))
    written = unicodedata.normalize("NFKC", character)
    return " " + written if "⁄" in written else ""
