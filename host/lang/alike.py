"""Words that mean the same in talk of goods, in both languages: 机洗, 洗衣机 and ``machine wash`` are one group.

The groups are data (``alike.txt``): who compares a sentence with a fact compares groups, so that another wording, or
the other language, is no other thing. Texts are folded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import ahocorasick

from host.core.fold import fold
from host.lang.stems import root

_PART = re.compile(r"[a-z0-9']+")
LONGEST = 4
"""Words of an English phrase."""


@dataclass(frozen=True, slots=True)
class Alike:
    """A word of the group ``group`` at ``start:end`` of a folded text."""

    start: int
    end: int
    group: int


@lru_cache(maxsize=1024)
def alike(text: str) -> tuple[Alike, ...]:
    """The words of a folded text that stand in a group, in order; the longest at each place."""
    found = [*_chinese(text), *_english(text)]
    return tuple(sorted(found, key=lambda each: each.start))


@lru_cache(maxsize=4096)
def meanings(text: str) -> frozenset[int]:
    """The groups of all the words in a piece of text, also of those within longer ones: 退货 in 无理由退货."""
    automaton, _ = _table()
    return frozenset(group for _, (_, group) in automaton.iter(text)) | {each.group for each in _english(text)}


def wide(text: str) -> tuple[tuple[int, int], ...]:
    """The stretches of a folded text that words of some group cover, each word as long as it may be: 送礼盒, in which
    送礼 and 礼盒 share a character, is one."""
    automaton, _ = _table()
    spans = sorted((last + 1 - length, last + 1) for last, (length, _) in automaton.iter(text))
    spans = sorted([*spans, *((each.start, each.end) for each in _english(text))])
    made: list[tuple[int, int]] = []
    for start, end in spans:
        if made and start < made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return tuple(made)


def groups(text: str) -> frozenset[int]:
    """The groups of which a folded text has a word."""
    return frozenset(each.group for each in alike(text))


def _chinese(text: str) -> list[Alike]:
    automaton, _ = _table()
    found: list[Alike] = []
    for last, (length, group) in automaton.iter_long(text):
        found.append(Alike(last + 1 - length, last + 1, group))
    return found


def _english(text: str) -> list[Alike]:
    _, phrases = _table()
    words = [(match.start(), match.end(), root(match.group())) for match in _PART.finditer(text)]
    found: list[Alike] = []
    at = 0
    while at < len(words):
        for length in range(min(LONGEST, len(words) - at), 0, -1):
            group = phrases.get(tuple(word for _, _, word in words[at : at + length]))
            if group is not None:
                found.append(Alike(words[at][0], words[at + length - 1][1], group))
                at += length
                break
        else:
            at += 1
    return found


@cache
def _table() -> tuple[ahocorasick.Automaton, dict[tuple[str, ...], int]]:
    automaton = ahocorasick.Automaton()
    phrases: dict[tuple[str, ...], int] = {}
    lines = files("host.lang").joinpath("alike.txt").read_text(encoding="utf-8").splitlines()
    for group, line in enumerate(line for line in lines if line.strip() and not line.startswith("#")):
        chinese, _, english = line.partition("|")
        for word in filter(None, (fold(each.strip()) for each in chinese.split(","))):
            if word not in automaton:
                automaton.add_word(word, (len(word), group))
        for phrase in filter(None, (each.strip() for each in english.split(","))):
            phrases.setdefault(tuple(root(word) for word in _PART.findall(fold(phrase))), group)
    automaton.make_automaton()
    return automaton, phrases
