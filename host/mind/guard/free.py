"""The law for what was written anew, by a model or in haste: every word of it is carried by a fact or claims nothing.

Lists of what may not be said are never complete; so this one asks of each word where it comes from: from the sheet, in
its own words or in others of the same meaning (`host.lang.alike`), or from plain speech (`host.lang.everyday`). Lists
of what may be said are not complete either, and plain words make lies and insults too; so what is found is not the last
word, but weighed, with how the sentence is put (`weighing`). Some words are beyond weighing: names, which say of whom,
what is said without any limit, and other writings.

What is put together of facts and vetted wordings, and scripts that a person wrote and a check has proven, are not under
this law.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from host.core.fold import fold
from host.core.reason import Reason
from host.lang.alike import alike
from host.lang.everyday import extremes, longest_run, plain_phrases, plain_runs, plain_words
from host.lang.stems import root
from host.mind.guard.carried import FactIndex
from host.mind.guard.patterns import Claimed, compact
from host.mind.guard.places import COUNTRY, PROVINCES
from host.mind.guard.quotes import without_quotes
from host.mind.guard.vocabulary import LATIN, Vocabulary
from host.mind.guard.weighing.model import scales
from host.mind.quantities.quantity import Quantity

_HAN = re.compile(r"[㐀-鿿]+")
_SCRIPT = re.compile(r"[^\W\d_a-z㐀-鿿]+")
"""Letters of other writings."""
MOST = 12
"""Characters of a piece of a fact."""
_REGION = re.compile(PROVINCES)
_CAPITAL = re.compile(r"(?<=[a-z,;:] )[A-Z][A-Za-z]+")
_BARE = frozenset({"free"})
"""Words that a fact carries only with the word beside them: ``free shipping`` makes nothing else free."""
_NEAR = 24
_BEFORE = re.compile(r"(?<![a-z])[a-z]{1,20}[ -]$")
_BEHIND = re.compile(r"[ -][a-z]+")
_SUFFIX = re.compile(r"(?:'s|s'|n't|'re|'ll|'ve|'d|'m|')$")


def beyond_weighing(folded: str, sheet: FactIndex) -> Iterator[Claimed]:
    """What of a folded text nobody may say unless a fact says it: what knows no limit, and what is written otherwise
    than any language here."""
    text = compact(folded)
    yield from (_lacking(extreme) for extreme in extremes(text) if extreme not in sheet.vocabulary.text)
    yield from (_lacking(match.group()) for match in _SCRIPT.finditer(text))


def too_light(text: str, folded: str, sheet: FactIndex, found: Sequence[Quantity]) -> list[Claimed]:
    """What of a text may not be said: the words that no fact carries and that are no plain speech, where the whole does
    not weigh enough for them; the whole, where it does not weigh enough for itself. What is quoted from the sheet is
    not weighed.

    ``found`` are the quantities of the ``folded`` text, which are judged for themselves.
    """
    if _is_quoted(folded, sheet, found):
        return []
    lacking = list(lacking_in(folded, sheet, found))
    words = [each.text for each in lacking]
    names = _names(text, words)
    least = scales().lacking if words else scales().carried
    if names or scales().weight(compact(folded), words, sheet, len(found)) >= least:
        return [each for each in lacking if each.text in names]
    return lacking or [Claimed(compact(folded), Reason("sentence_unborne", words=""))]


def doubtful(folded: str, sheet: FactIndex, found: Sequence[Quantity]) -> list[Claimed]:
    """What of a text that a person wrote is to be looked at once more: the whole, with its words that nothing carries,
    where it weighs less than nearly all that is true."""
    words = [each.text for each in lacking_in(folded, sheet, found)]
    quoted = _is_quoted(folded, sheet, found)
    if quoted or scales().weight(compact(folded), words, sheet, len(found)) >= scales().written:
        return []
    return [Claimed(compact(folded), Reason("sentence_unborne", words=" ".join(dict.fromkeys(words))))]


def _is_quoted(folded: str, sheet: FactIndex, found: Sequence[Quantity]) -> bool:
    rest = without_quotes(folded, found, sheet)
    return rest is not None and not any(map(str.isalnum, rest))


def _names(text: str, words: Sequence[str]) -> frozenset[str]:
    """Which words that nothing carries are taken for names, or for words that nobody here knows, which a name may be.

    Of Chinese ones all of two characters and more that are of no meaning known here: a single one is what was left
    over beside words. Of Latin ones those with a capital within a sentence, and all in Chinese talk.
    """
    capitals = frozenset(fold(match.group()) for match in _CAPITAL.finditer(text))
    foreign = bool(_HAN.search(text))
    return frozenset(
        word
        for word in words
        if COUNTRY.search(word)
        or _REGION.search(word)
        or ((foreign or word in capitals) if word.isascii() else len(word) > 1 and not alike(word))
    )


def lacking_in(folded: str, sheet: FactIndex, found: Sequence[Quantity]) -> Iterator[Claimed]:
    """The pieces of a folded text that no fact carries and that are no plain speech."""
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
    for match in _HAN.finditer(text):
        yield from _han(text, match.start(), match.end(), taken, vocabulary)
    for match in LATIN.finditer(text):
        if not taken[match.start()] and not _known(text, match, vocabulary):
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
