"""What is weighed of a sentence: how it is put, how much of it the sheet carries, and how it stands to the fact that is
nearest to it.

The first is what any trained model here sees of a text (`host.core.text_features`). The rest are counts, cut into
steps, each named ``#what step``: of words that nothing carries, of words of the sheet, of numbers, of length; of what
the nearest fact shares with the sentence, and whether both deny, limit, or say it of the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from host.core.text_features import MOST, features
from host.lang.alike import alike
from host.lang.bounds import bounds
from host.lang.everyday import plain_runs, plain_words
from host.lang.stance.clauses import sentences
from host.lang.stems import root
from host.mind.guard.carried import FactIndex
from host.mind.guard.patterns import compact
from host.mind.guard.vocabulary import LATIN, Vocabulary

_HAN = re.compile(r"[㐀-鿿]+")
_LETTERS_OF_A_HAN = 3
"""Latin letters that say as much as one Chinese character."""


def evidence(text: str, lacking: Sequence[str], sheet: FactIndex, numbers: int) -> list[str]:
    """The features of a compact folded text: ``lacking`` are its words that nothing carries."""
    return [
        *features(text),
        *_carried(text, lacking, sheet.vocabulary),
        *_related(text, sheet),
        f"#numbers {min(numbers, 3)}",
    ]


def windows(text: str) -> Iterator[str]:
    """A text in parts that are looked at whole: of a long one its sentences, so that nothing hides behind the rest."""
    for sentence in sentences(text) if len(text) > MOST else (text,):
        for start in range(0, max(1, len(sentence)), MOST):
            yield sentence[start : start + MOST]


def _carried(text: str, lacking: Sequence[str], vocabulary: Vocabulary) -> Iterator[str]:
    size, carried = max(1, len(text)), carried_words(text, vocabulary)
    letters = sum(map(len, lacking))
    steps = letters if _HAN.search(text) else letters // _LETTERS_OF_A_HAN
    yield f"#lacking {min(len(lacking), 4)}"
    yield f"#letters {min(steps, 6)}"
    yield f"#share {10 * letters // size}"
    yield f"#carried {min(carried, 6)}"
    yield f"#dense {min(20 * carried // size, 20)}"
    yield f"#size {size // 8}"


def _related(text: str, sheet: FactIndex) -> Iterator[str]:
    said, facts = matters(text), [(matters(compact(fact)), fact) for fact in sheet.folded.values()]
    shared, nearest = max(((len(said & of), fact) for of, fact in facts), key=lambda each: each[0], default=(0, ""))
    known = len(said & frozenset().union(*(of for of, _ in facts)))
    mine, its = bounds(text), bounds(compact(nearest))
    yield f"#shared {min(shared, 6)}"
    yield f"#whole of it {5 * shared // max(1, len(said))}"
    yield f"#strange {min(len(said) - known, 5)}"
    yield f"#in one {5 * shared // max(1, known)}"
    if shared < 2:
        yield f"#far, denials {min(mine.denials, 1)}, whole {mine.whole}"
    else:
        yield f"#denials {min(mine.denials, 2)} of {min(its.denials, 2)}"
        yield f"#limited {mine.limited} of {its.limited}"
        yield f"#whole {mine.whole} of limited {its.limited}"
        yield f"#whole {mine.whole} of denied {min(its.denials, 1)}"


@lru_cache(maxsize=4096)
def matters(text: str) -> frozenset[int | str]:
    """What a compact folded text speaks of: meanings, and words that are no plain speech."""
    found: set[int | str] = set()
    free = bytearray(b"\1" * len(text))
    for word in alike(text):
        found.add(word.group)
        free[word.start : word.end] = bytes(word.end - word.start)
    chinese, english = plain_runs(), plain_words()
    for run in _HAN.finditer(text):
        pairs = (at for at in range(run.start(), run.end() - 1) if free[at] and free[at + 1])
        found |= {text[at : at + 2] for at in pairs} - chinese
    for match in LATIN.finditer(text):
        stem = root(match.group())
        if free[match.start()] and not {match.group(), stem} & english:
            found.add(stem)
    return frozenset(found)


def carried_words(text: str, vocabulary: Vocabulary) -> int:
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
