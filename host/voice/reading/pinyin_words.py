"""Mandarin as it is said: a run of characters as words of pinyin syllables, with sandhi.

pypinyin knows the readings in their phrases (银行, 行长), and its segmentation where one word ends.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pypinyin import Style, pinyin
from pypinyin.seg import mmseg

from host.voice.reading.sandhi import sandhi

HAN_RUN = re.compile(r"[㐀-鿿豈-﫿]+")
_SYLLABLE = re.compile(r"^([a-zü]+)([1-5])$")


@lru_cache(maxsize=4096)
def words_of(run: str) -> tuple[tuple[str, ...], ...]:
    """A run of Han characters as words, one syllable with its tone digit for each character; ü is written v.

    A character without a known reading has an empty syllable: it is passed over in silence.
    """
    readings = [one[0] for one in _pinyin(run)]
    if len(readings) != len(run):
        readings = [_pinyin(one)[0][0] for one in run]
    syllables = sandhi(run, [reading if _SYLLABLE.match(reading) else "" for reading in readings])
    found = []
    at = 0
    for segment in mmseg.seg.cut(run):
        found.append(tuple(syllables[at : at + len(segment)]))
        at += len(segment)
    return tuple(found)


def _pinyin(text: str) -> list[list[str]]:
    return pinyin(text, style=Style.TONE3, neutral_tone_with_five=True, v_to_u=False)
