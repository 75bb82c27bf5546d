"""Chinese characters written otherwise, as the simplified ones they are read as: one for one, without context.

Traditional characters, the forms of Taiwan and Hong Kong (裡 and 裏, 羣 and 群) and Japanese ones come from OpenCC's
dictionaries; the values of characters that are nothing but numerals (弍, 㐅) from Unicode's own data. Phrases are left
alone: a table of characters keeps each in its place, and reads a part of a text as it reads the whole.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache

from opencc import OpenCC

_BLOCKS = ((0x3400, 0x4DC0), (0x4E00, 0xA000))
"""The ideographs of the basic plane. Compatibility forms are NFKC's matter."""
_REGIONAL = ("tw2s", "hk2s", "jp2t")
_MIXED = (
    "著着 覆复 帳账 帐账 鍊链 瞭了 藉借 沈沉 甚什 妳你 牠它",
    "暱昵 谘咨 钜巨 锺钟 馀余 迳径 镟旋 腭颚 鲇鲶 渖沉 稆穞",
)
"""Characters that some write where others write the second one, so that only the word around them would tell: 試著 is
试着, 轉帳 is 转账, 甚麼 is 什么. Then two simplified ones that share a traditional one. Whoever compares reads both as
one."""
_STEPS = 3
"""Most steps from one form to the last: dictionaries of others might go round in a circle."""
_NUMERALS = "零一二三四五六七八九十"


@cache
def simplified() -> dict[int, str]:
    """The table for `str.translate`: every character that simplified Chinese writes otherwise. Takes some 30 ms, once.

    A character of everyday simplified Chinese is what it is, whatever another region writes with it: 么 is no 幺.
    """
    everyday = frozenset(_of_gb2312())
    characters = [chr(code) for first, end in _BLOCKS for code in range(first, end)]
    table = _changed("t2s", characters) | {pair[0]: pair[1] for pairs in _MIXED for pair in pairs.split()}
    rest = [character for character in characters if character not in table and character not in everyday]
    for configuration in reversed(_REGIONAL):
        table |= _changed(configuration, rest)
    table |= {character: digit for character in rest if character not in table and (digit := _numeral(character))}
    return {ord(character): _settled(table, form) for character, form in table.items()}


def _settled(table: dict[str, str], form: str) -> str:
    """What a form becomes in the end: 戱 is 戯, which is 戏."""
    for _ in range(_STEPS):
        form = table.get(form, form)
    return form


def _changed(configuration: str, characters: Iterable[str]) -> dict[str, str]:
    written = "\n".join(characters)
    read = OpenCC(configuration).convert(written)
    pairs = zip(written.split("\n"), read.split("\n"), strict=True)
    return {one: other for one, other in pairs if one != other and ord(other) < 0xA000}


def _of_gb2312() -> str:
    rows = (bytes((high, low)) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    return b"".join(rows).decode("gb2312", "ignore")


def _numeral(character: str) -> str:
    value = unicodedata.numeric(character, -1)
    return _NUMERALS[int(value)] if 0 <= value <= 10 else ""
