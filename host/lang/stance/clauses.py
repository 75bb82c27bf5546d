"""Sentences and clauses of a folded text, and where each begins and ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from host.lang.stance.marks import Role, marks

CLAUSE_END = ",，。!！?？;；、\n"
"""What ends a clause, for use in a character class. A list (日本、德国) is one clause all the same, see `Clause`."""

LONGEST_YES = 16
"""Characters within which a yes is looked for."""

LONGEST_LEAD = 2

_SENTENCE = re.compile(r"[^。!！?？;；\n.]+(?:\.(?! |$)[^。!！?？;；\n.]*)*[。!！?？;；\n.]?")
_CLAUSE = re.compile(rf"[{CLAUSE_END}:：]")
_PAUSE = re.compile(r"[,，:：。!！?？;；\n]| -+ |--+|\.(?= |$)")


@dataclass(frozen=True, slots=True)
class Clause:
    """What stands between two pauses of a text; the marks of a list are none.

    ``ends_with`` is the mark after it, empty at the end of the text; ``sentence`` counts the sentences from 0.
    """

    start: int
    end: int
    ends_with: str
    sentence: int


def clauses_of(text: str) -> tuple[Clause, ...]:
    """The clauses of a text in order; there is at least one, and each character is in one or is a pause."""
    found: list[Clause] = []
    start = sentence = 0
    for pause in _PAUSE.finditer(text):
        mark = pause.group().strip()
        found.append(Clause(start, pause.start(), mark, sentence))
        start = pause.end()
        sentence += mark not in ",，:：" and not mark.startswith("-")
    return (*found, Clause(start, len(text), "", sentence))


def sentences(text: str) -> Iterator[str]:
    """The sentences of a folded text, each with the mark that ends it; the point of 4.5 ends none, and a question stays
    with the yes that answers it."""
    held = ""
    for match in _SENTENCE.finditer(text):
        sentence = match.group().strip()
        if held and not (held.endswith("?") and _answers(sentence)):
            yield held
            held = ""
        held += sentence
    if held:
        yield held


def _answers(sentence: str) -> bool:
    """Whether a sentence begins with a yes, also behind 答：, and so belongs to the question before it."""
    lead, _, rest = sentence[:LONGEST_YES].partition(":")
    first = next(iter(marks(rest if rest and len(lead) <= LONGEST_LEAD else sentence[:LONGEST_YES])), None)
    return first is not None and first.start == 0 and first.is_(Role.YES)


def clauses(sentence: str) -> list[str]:
    """The clauses of a sentence."""
    return [part for part in _CLAUSE.split(sentence) if part.strip()]


def clause_of(sentence: str, start: int) -> tuple[int, int]:
    """Where the clause around ``start`` begins and ends in its sentence."""
    begins = max((match.end() for match in _CLAUSE.finditer(sentence, 0, start)), default=0)
    after = _CLAUSE.search(sentence, start)
    return begins, after.start() if after else len(sentence)
