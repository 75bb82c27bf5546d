"""The margin of the law of free speech: one character of the sheet's own, in a sentence that the sheet else carries.

Chinese talk names a part by one character of its word: the 窗 of 可视窗. Alone such a character says too little to
carry a sentence; where the rest is the sheet's, it may stand. A whole word that no list knows never may: brands and
places are such words, and no list of them is complete.
"""

from __future__ import annotations

import re

from host.lang.alike import alike
from host.lang.everyday import plain_runs, plain_words
from host.lang.stems import root
from host.mind.guard.vocabulary import LATIN, Vocabulary

_HAN = re.compile(r"[㐀-鿿]+")
_ENOUGH = 4
"""Words of the sheet that a sentence needs to have."""


def is_gap(text: str, word: str, vocabulary: Vocabulary) -> bool:
    """Whether the only uncarried word of a folded text is one character of a word of the sheet."""
    part = len(word) == 1 and bool(_HAN.fullmatch(word)) and word in vocabulary.text
    return part and _carried(text, vocabulary) >= _ENOUGH


def _carried(text: str, vocabulary: Vocabulary) -> int:
    """How many words of the sheet a text has, which are no plain speech."""
    known = [(each.start, each.end) for each in alike(text) if each.group in vocabulary.groups]
    free = [True] * len(text)
    for start, end in known:
        free[start:end] = [False] * (end - start)
    chinese, english = plain_runs(), plain_words()
    count = len(known)
    for match in _HAN.finditer(text):
        at = match.start()
        while at < match.end() - 1:
            pair = text[at : at + 2]
            told = free[at] and pair in vocabulary.text and pair not in chinese
            count += told
            at += 2 if told else 1
    for match in LATIN.finditer(text):
        stem = root(match.group())
        count += free[match.start()] and stem in vocabulary.roots and not {match.group(), stem} & english
    return count
