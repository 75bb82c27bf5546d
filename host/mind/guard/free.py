"""The law for what was written anew, by a model or in haste: every word of it is carried by a fact or claims nothing.

Lists of what may not be said are never complete; so this one asks of each word where it comes from: from the sheet, in
its own words or in others of the same meaning (`host.lang.alike`), or from plain speech (`host.lang.everyday`). A text
is covered by such words from end to end, or it is held; but for one character of the sheet's own words (`margin`).
What is put together of facts and vetted wordings, and scripts that a person wrote and a check has proven, are not under
this law.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from host.core.reason import Reason
from host.lang.alike import alike
from host.lang.everyday import extremes, longest_run, plain_phrases, plain_runs, plain_words
from host.lang.stems import root
from host.mind.guard.carried import FactIndex
from host.mind.guard.margin import is_gap
from host.mind.guard.patterns import Claimed, compact
from host.mind.guard.vocabulary import LATIN, Vocabulary
from host.mind.quantities.quantity import Quantity

_HAN = re.compile(r"[㐀-鿿]+")
_SCRIPT = re.compile(r"[^\W\d_a-z㐀-鿿]+")
"""Letters of other writings."""
MOST = 12
"""Characters of a piece of a fact."""
_BARE = frozenset({"free"})
"""Words that a fact carries only with the word beside them: ``free shipping`` makes nothing else free."""
_NEAR = 24
_BEFORE = re.compile(r"(?<![a-z])[a-z]{1,20}[ -]$")
_BEHIND = re.compile(r"[ -][a-z]+")
_SUFFIX = re.compile(r"(?:'s|s'|n't|'re|'ll|'ve|'d|'m|')$")


def uncarried_words(folded: str, sheet: FactIndex, found: Sequence[Quantity]) -> list[Claimed]:
    """The pieces of a folded text that no fact carries and that are no plain speech; none where all is one gap.

    ``found`` are its quantities, which are judged for themselves.
    """
    lacking = list(_lacking_in(folded, sheet, found))
    gap = len(lacking) == 1 and is_gap(compact(folded), lacking[0].text, sheet.vocabulary)
    return [] if gap else lacking


def _lacking_in(folded: str, sheet: FactIndex, found: Sequence[Quantity]) -> Iterator[Claimed]:
    text = compact(folded)
    if text != folded:
        found = ()
    vocabulary = sheet.vocabulary
    taken = bytearray(len(text))
    for quantity in found:
        taken[quantity.start : quantity.end] = b"\1" * (quantity.end - quantity.start)
    for word in alike(text):
        if word.group in vocabulary.groups:
            taken[word.start : word.end] = b"\1" * (word.end - word.start)
    for start, end in plain_phrases(text):
        taken[start:end] = b"\1" * (end - start)
    for extreme in extremes(text):
        if extreme not in vocabulary.text:
            yield _lacking(extreme)
    for match in _HAN.finditer(text):
        yield from _han(text, match.start(), match.end(), taken, vocabulary)
    for match in LATIN.finditer(text):
        if not taken[match.start()] and not _known(text, match, vocabulary):
            yield _lacking(match.group())
    for match in _SCRIPT.finditer(text):
        yield _lacking(match.group())


def _known(text: str, match: re.Match[str], vocabulary: Vocabulary) -> bool:
    word = match.group()
    if word in _BARE:
        before, behind = (
            _BEFORE.search(text[max(0, match.start() - _NEAR) : match.start()]),
            _BEHIND.match(text, match.end()),
        )
        beside = (before and f"{before.group()}{word}", behind and f"{word}{behind.group()}")
        return any(pair and pair in vocabulary.text for pair in beside)
    plain = plain_words()
    bare = _SUFFIX.sub("", word)
    return any(each in plain or root(each) in plain or root(each) in vocabulary.roots for each in (word, bare))


def _han(text: str, start: int, end: int, taken: bytearray, vocabulary: Vocabulary) -> Iterator[Claimed]:
    """The pieces of a run of Chinese that the best tiling leaves uncovered.

    Dynamic programming from the end: cheapest is the tiling that leaves the fewest characters.
    """
    size = end - start
    cost = [0] * (size + 1)
    step = [1] * (size + 1)
    for at in range(size - 1, -1, -1):
        place = start + at
        cost[at], step[at] = cost[at + 1] + (not taken[place]), 1
        for length in _pieces(text, place, end, vocabulary):
            if cost[at + length] < cost[at]:
                cost[at], step[at] = cost[at + length], length
    at, begun = 0, -1
    while at <= size:
        left = at < size and step[at] == 1 and not taken[start + at] and cost[at] > cost[at + 1]
        if left and begun < 0:
            begun = at
        elif not left and begun >= 0:
            yield _lacking(text[start + begun : start + at])
            begun = -1
        at += step[at] if at < size else 1


def _pieces(text: str, at: int, end: int, vocabulary: Vocabulary) -> Iterator[int]:
    """The lengths of the words that begin at a place."""
    plain = plain_runs()
    for length in range(1, min(longest_run(), end - at) + 1):
        if text[at : at + length] in plain:
            yield length
    for length in range(2, min(MOST, end - at) + 1):
        if text[at : at + length] not in vocabulary.text:
            break
        yield length


def _lacking(word: str) -> Claimed:
    return Claimed(word, Reason("word_uncarried"))
