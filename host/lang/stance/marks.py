"""The words by which a sentence says whether it means what it says, and where they stand in it.

They are data: ``marks.txt`` of each language pack, a heading for each `Role`. One pass of an automaton over the text
finds them, in time that grows with its length alone; of two that overlap the earlier stands, of two that begin
together the longer. That is how 不锈钢 and ``no doubt`` hide their 不 and their ``no``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import ahocorasick

from host.core.packs import packs

_NUMBER = re.compile(r"no(?:\. ?|s\. ?)\d")
"""No. 5 denies nothing."""
_WHETHER = re.compile(r"([㐀-鿿])[不没]\1")
"""会不会, 有没有, 便不便(宜): a verb, its denial and itself ask which of the two it is."""


class Role(StrEnum):
    """What a word does to the statement it stands beside: a line over each heading of ``marks.txt`` tells it."""

    PLAIN = "plain"
    """Nothing: it hides shorter words in it."""
    NOT = "not"
    NO = "no"
    """Denies what follows, and means nothing within a claim: ``no questions asked``."""
    IS_NOT = "is-not"
    LIGHT = "light"
    ARTICLE = "article"
    PERSON = "person"
    SAY = "say"
    LIE = "lie"
    SURE = "sure"
    KNOW = "know"
    WORRY = "worry"
    DOUBT = "doubt"
    ASK = "ask"
    ABOUT = "about"
    HEARSAY = "hearsay"
    WISH = "wish"
    WISHED = "wished"
    WHETHER = "whether"
    QUERY = "query"
    WHY = "why"
    RHETORICAL = "rhetorical"
    TAG = "tag"
    YES = "yes"
    PARTICLE = "particle"
    AUX = "aux"
    IF = "if"
    IF_ENDS = "if-ends"
    THEN = "then"
    TURN = "turn"
    BACK = "back"
    FALSE = "false"
    UNDONE = "undone"
    UNDOES = "undoes"
    THAT = "that"
    OTHER = "other"
    FORFEIT = "forfeit"


@dataclass(frozen=True, slots=True)
class Mark:
    """A word of the lexicon at ``start:end`` of a text."""

    start: int
    end: int
    roles: frozenset[Role]

    def is_(self, *roles: Role) -> bool:
        """Whether it has one of these roles."""
        return not self.roles.isdisjoint(roles)


def marks(text: str) -> tuple[Mark, ...]:
    """The marks of a folded text, in order; no two overlap."""
    standing: list[Mark] = []
    for mark in sorted(_candidates(text), key=lambda mark: (mark.start, -mark.end)):
        if not standing or mark.start >= standing[-1].end:
            standing.append(mark)
    return tuple(standing)


def _candidates(text: str) -> Iterator[Mark]:
    for match in _WHETHER.finditer(text):
        yield Mark(*match.span(), _roles().get(match.group(), frozenset()) | {Role.WHETHER})
    for last, (length, roles) in _automaton().iter(text):
        start, end = last + 1 - length, last + 1
        if _NUMBER.match(text, start):
            continue
        if not (_inside_a_word(text, start) or _inside_a_word(text, end)):
            yield Mark(start, end, roles)


def _inside_a_word(text: str, at: int) -> bool:
    """Whether letters of one Latin word stand on both sides of ``at``, or ``can`` is cut out of ``can't``."""
    if text.startswith("'t", at) and text[at - 1 : at] == "n":
        return True
    return 0 < at < len(text) and all(_latin(character) for character in text[at - 1 : at + 1])


def _latin(character: str) -> bool:
    return character.isalnum() and character < "㐀"


@cache
def _roles() -> dict[str, frozenset[Role]]:
    """Every word with all its roles. Raises `ValueError` for a heading that is none."""
    words: dict[str, set[Role]] = {}
    for pack in packs().values():
        for heading, word in pack.words("marks.txt"):
            words.setdefault(word, set()).add(Role(heading))
    denials = tuple(word for word, roles in words.items() if Role.NOT in roles)
    for word, roles in words.items():
        if roles & {Role.BACK, Role.UNDOES} and (word.startswith(denials) or word.endswith(denials)):
            roles.add(Role.NOT)  # 不包 and "is not" take back what they follow, and deny what they begin
    return {word: frozenset(roles) for word, roles in words.items()}


@cache
def _automaton() -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for word, roles in _roles().items():
        automaton.add_word(word, (len(word), roles))
    automaton.make_automaton()
    return automaton
