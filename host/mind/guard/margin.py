"""The margin of the law of free speech: one word that no list knows, in a sentence that the sheet else carries.

No list of plain words is complete, and a true sentence of many words has one that is missing sooner than a short lie.
So a single short word may stand that is nowhere known: neither as the word of another thing, nor as one that lies are
made of, nor as a name. What is known to be something else is never excused by its surroundings.
"""

from __future__ import annotations

import re

from host.lang.alike import alike
from host.lang.everyday import is_wary, plain_words
from host.lang.stems import root
from host.mind.guard.vocabulary import LATIN, Vocabulary

_HAN = re.compile(r"[㐀-鿿]+")
_SHORT = 2
"""Characters of a Chinese word that may be unknown; of more there is often a name in it."""
_ENOUGH = 4
"""Words of the sheet that a sentence needs to have."""


def is_gap(text: str, word: str, vocabulary: Vocabulary) -> bool:
    """Whether the only uncarried word of a folded text is no more than a gap in the lists."""
    start = text.find(word)
    end = start + len(word)
    chinese = bool(_HAN.fullmatch(word))
    if not (chinese and len(word) <= _SHORT) and not (word.isalpha() and not _HAN.search(text)):
        return False
    part = chinese and len(word) == 1 and word in vocabulary.text  # the 窗 of 可视窗
    other = any(each.start < end and start < each.end for each in alike(text))
    if not part and (other or is_wary(text, start, end)):
        return False
    return _carried(text, vocabulary) >= _ENOUGH


def _carried(text: str, vocabulary: Vocabulary) -> int:
    """How many words of the sheet a text has, which are no plain speech."""
    known = [(each.start, each.end) for each in alike(text) if each.group in vocabulary.groups]
    free = [True] * len(text)
    for start, end in known:
        free[start:end] = [False] * (end - start)
    chinese, english = plain_words("zh"), plain_words("en")
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
