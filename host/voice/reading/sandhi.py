"""Tone sandhi of Mandarin: how tones change in their neighbourhood (Chao, "A Grammar of Spoken Chinese", 1968).

espeak-ng says every syllable in the tone it is given; pypinyin gives those of the dictionary.
"""

from __future__ import annotations

from collections.abc import Sequence

_NUMERALS = frozenset("零一二三四五六七八九十百千万亿点幺")
_ORDINAL_BEFORE = frozenset("第初统唯专")
_ORDINAL_AFTER = frozenset("号月日楼级等")


def sandhi(characters: str, syllables: Sequence[str]) -> list[str]:
    """Pinyin with tone digits as it is said; one syllable for each character, empty where a character has none."""
    said = list(syllables)
    for index, character in enumerate(characters):
        after = said[index + 1][-1:] if index + 1 < len(said) else ""
        if character == "不" and said[index] in ("bu4", "bu2"):
            said[index] = "bu2" if after == "4" else "bu4"
        elif character == "一" and said[index].startswith("yi"):
            said[index] = _one(characters, index, after)
    return _third_tones(said)


def _one(characters: str, index: int, after: str) -> str:
    """一 keeps its tone in numbers, ordinals and at the end; else it is yi2 before a fourth tone and yi4 before others.

    A neutral tone after it stands for a fourth, as in 一个.
    """
    before, following = characters[index - 1 : index], characters[index + 1 : index + 2]
    counts = {before, following} & _NUMERALS or before in _ORDINAL_BEFORE or following in _ORDINAL_AFTER
    if counts or not after:
        return "yi1"
    return "yi2" if after in "45" else "yi4"


def _third_tones(syllables: list[str]) -> list[str]:
    """Of third tones in a row every second, counted from the last, becomes a second tone: 你好 is ni2 hao3."""
    said = list(syllables)
    for index in range(len(said) - 2, -1, -1):
        if said[index].endswith("3") and said[index + 1].endswith("3"):
            said[index] = said[index][:-1] + "2"
    return said
