"""Word lists: words that are never said, and words that are said only where a fact says them, or only to deny them.

A list is a text file that people edit::

    # comment
    [superlatives: never]
    国家级
    [service: unless-fact]
    质保 = 保固
    [medical claims: unless-denied]
    治病
    [exceptions]
    国家级非物质文化遗产

Every entry stands under a heading ``[category: severity]``. Between `` = `` stand words for one thing: a fact that says
one of them says them all. Under ``[exceptions]`` stand longer words that contain an
entry and mean no harm. Entries with Han characters match anywhere, also with other characters put between them
(加.微.信); others match whole words. A number at the edge of an entry is a whole number (1号 is not in 11号), and signs
at its edge belong to it (#1, C++). Everything is compared folded (see `host.core.fold`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import ahocorasick

from host.core.bundled import bundled
from host.core.errors import Finding, InvalidFile
from host.core.findings import found
from host.core.fold import fold, skeleton
from host.core.vetted import digest

MAX_BYTES = 1024 * 1024
_HEADING = re.compile(r"^\[\s*+(?P<category>[^\]:\s](?:[^\]:]*[^\]:\s])?)\s*+(?::\s*+(?P<severity>[a-z-]++)\s*+)?\]$")
_PAUSES = frozenset(",，。!！?？;；、")
_HAN = re.compile(r"[㐀-鿿]")
_JOINED = re.compile(r"[a-z][^\sa-z0-9㐀-鿿]{1,2}[a-z]")
_NUMBERED = re.compile(r"[a-z][^\sa-z0-9㐀-鿿]\d")
_NUMBER_BEFORE = re.compile(r"\d[.,]?$")
_NUMBER_BEHIND = re.compile(r"[.,]?\d")
_SIGN = r"[#@&*+=<>^~|\\/$¥€£₩₹₽฿₫₱₺₪₴₸-]"
_LEAD = re.compile(f"^{_SIGN}*+")
_TRAIL = re.compile(f"(?<!{_SIGN}){_SIGN}*+$")
"""Signs that make another word of what they stand before or behind. Punctuation and quotation marks do not."""
_SPELLED = re.compile(r"(?<![a-z0-9])(?:[a-z0-9][ ._*\-/|~·]{1,2}){1,}[a-z0-9](?![a-z0-9])")


class Severity(StrEnum):
    """When a word is refused."""

    NEVER = "never"
    UNLESS_FACT = "unless-fact"
    UNLESS_DENIED = "unless-denied"


@dataclass(frozen=True, slots=True)
class Entry:
    """A word of a list, and where it is written."""

    word: str
    category: str
    severity: Severity
    source: str
    alike: tuple[str, ...] = ()
    """All words of its line: a fact that says one of them says this one."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A listed word found at ``start:end`` of a folded text."""

    entry: Entry
    start: int
    end: int
    text: str


class WordList:
    """Every word of some lists in one automaton. Immutable; a reload makes a new one."""

    def __init__(self, entries: Iterable[Entry], exceptions: Iterable[str] = ()) -> None:
        self._entries = tuple(entries)
        self._excepted = tuple(exceptions)
        keyed: dict[str, dict[tuple[str, str], Entry]] = {}
        for entry in self._entries:
            for key in _keys(entry.word):
                keyed.setdefault(key, {})[_signs(entry.word)] = entry
        self._words = _automaton((key, (key, tuple(entries.items()))) for key, entries in keyed.items())
        self._exceptions = _automaton((key, key) for word in self._excepted if (key := _key(word)))

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def headings(self) -> frozenset[str]:
        """The categories of its words."""
        return frozenset(entry.category for entry in self._entries)

    @property
    def version(self) -> str:
        """Another one for other words."""
        return digest(*map(repr, self._entries), "", *self._excepted)

    def graded(self, severities: Mapping[str, Severity]) -> WordList:
        """The same words, those of some categories with another severity."""
        if not self.headings & severities.keys():
            return self
        entries = (replace(each, severity=severities.get(each.category, each.severity)) for each in self._entries)
        return WordList(entries, self._excepted)

    @classmethod
    def load(cls, paths: Sequence[Path] = (), *, with_bundled: bool = True) -> WordList:
        """The bundled lists and those in ``paths`` (files, or folders of ``*.txt``). Raises `InvalidFile`."""
        places = [bundled("config", "words"), *paths] if with_bundled else list(paths)
        entries: list[Entry] = []
        exceptions: list[str] = []
        findings: list[Finding] = []
        for place in places:
            for path in sorted(place.glob("*.txt")) if place.is_dir() else [place]:
                _read(path, entries, exceptions, findings)
        if findings:
            raise InvalidFile(findings)
        return cls(entries, exceptions)

    @classmethod
    def of(cls, *words: str) -> WordList:
        """A list of words that are never said, such as a sheet's ``never_say``."""
        return cls(Entry(fold(word), "never_say", Severity.NEVER, "") for word in words)

    def find(self, folded: str) -> list[Hit]:
        """Every listed word in a folded text that no exception covers, in order."""
        hits = dict.fromkeys(self._hits(folded, *_squeeze(folded)))
        if _JOINED.search(folded):  # un-breakable
            hits |= dict.fromkeys(self._hits(folded, *_squeeze(folded, joined=True)))
        return sorted(hits, key=lambda hit: (hit.start, -hit.end))

    def _hits(self, folded: str, squeezed: str, places: Sequence[int]) -> Iterator[Hit]:
        excused = [(end + 1 - len(word), end + 1) for end, word in self._exceptions.iter(squeezed)]
        for last, (key, entries) in self._words.iter(squeezed):
            first = last + 1 - len(key)
            if any(start <= first and last < end for start, end in excused):
                continue
            start, end = places[first], places[last] + 1
            if _within_number(folded, start, end):
                continue
            for signs, entry in entries:
                if _HAN.search(entry.word):
                    if not _PAUSES & set(entry.word) and _interrupted(folded, places[first : last + 1]):
                        continue
                elif not _whole_word(squeezed, first, last + 1):
                    continue
                if span := _with_signs(signs, folded, start, end):
                    yield Hit(entry, *span, folded[span[0] : span[1]])


def _read(path: Path, entries: list[Entry], exceptions: list[str], findings: list[Finding]) -> None:
    try:
        if path.stat().st_size > MAX_BYTES:
            findings.append(found("file_too_large", path, most=MAX_BYTES // 1024))
            return
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        findings.append(found("file_unreadable", path, why=error.strerror or str(error)))
        return
    except UnicodeDecodeError:
        findings.append(found("file_not_utf8", path))
        return
    category, severity = "", Severity.NEVER
    for number, raw in enumerate(lines, 1):
        line = raw.split("#", 1)[0].strip()
        if not line:
            continue
        if line.startswith("["):
            heading = _HEADING.match(line)
            known = [*Severity]
            if heading is None or (heading["severity"] and heading["severity"] not in known):
                findings.append(found("list_no_heading", path, number, line=line))
                continue
            category, severity = heading["category"], Severity(heading["severity"] or "never")
        elif not category:
            findings.append(found("list_under_nothing", path, number, line=line))
        elif category == "exceptions":
            exceptions.append(line)
        elif not _key(line):
            findings.append(found("list_no_letters", path, number, line=line))
        else:
            words = [fold(word) for word in line.split(" = ")]
            entries += [Entry(word, category, severity, f"{path.name}:{number}", tuple(words)) for word in words]


def _automaton(words: Iterable[tuple[str, object]]) -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for key, value in words:
        automaton.add_word(key, value)
    if not len(automaton):
        automaton.add_word("\0", None)
    automaton.make_automaton()
    return automaton


def _key(word: str) -> str:
    return _squeeze(fold(word))[0]


def _keys(word: str) -> set[str]:
    """What is looked for: also no1 for No.1."""
    folded = fold(word)
    key = _squeeze(folded)[0]
    return {key, _squeeze(folded, joined=True)[0] if _NUMBERED.search(folded) else key} - {""}


def _within_number(folded: str, start: int, end: int) -> bool:
    """Whether a hit begins or ends within a longer number: 1号 in 11号 and 2.1号, #1 in #12."""
    before = folded[start].isdigit() and _NUMBER_BEFORE.search(folded, max(0, start - 2), start)
    return bool(before or (folded[end - 1].isdigit() and _NUMBER_BEHIND.match(folded, end)))


def _signs(word: str) -> tuple[str, str]:
    """The signs at the edges of a word."""
    folded = fold(word)
    lead, trail = _LEAD.match(folded), _TRAIL.search(folded)
    return lead[0] if lead else "", trail[0] if trail else ""


def _with_signs(signs: tuple[str, str], folded: str, start: int, end: int) -> tuple[int, int] | None:
    """The span of a hit with the signs of its entry; None where they do not stand there."""
    lead, trail = signs
    before, behind = folded[:start].rstrip(), len(folded) - len(folded[end:].lstrip())
    if not (before.endswith(lead) and folded.startswith(trail, behind)):
        return None
    return len(before) - len(lead) if lead else start, behind + len(trail) if trail else end


@lru_cache(maxsize=64)  # every list looks at the same text
def _squeeze(folded: str, *, joined: bool = False) -> tuple[str, list[int]]:
    """The text without what can be put between characters, and the place of each character left.

    Spaces stay between Latin words, but spelled-out ones (``b.e.s.t``) are closed up. Other marks between them count
    as spaces, or as nothing if ``joined``.
    """
    spelled = [match.span() for match in _SPELLED.finditer(folded)]
    kept: list[str] = []
    places: list[int] = []
    inside = iter([*spelled, (len(folded) + 1, len(folded) + 1)])
    start, end = next(inside)
    gap = -1
    for place, character in enumerate(folded):
        while place >= end:
            start, end = next(inside)
        if not (character.isalnum() or character == "%"):
            if not start <= place < end and (character == " " or not joined):
                gap = place
            continue
        if gap >= 0 and kept and _latin(kept[-1]) and _latin(character):
            kept.append(" ")
            places.append(gap)
        gap = -1
        for part in skeleton(character):
            kept.append(part)
            places.append(place)
    return "".join(kept), places


def _latin(character: str) -> bool:
    return character.isalnum() and not _HAN.match(character)


def _interrupted(folded: str, places: Sequence[int]) -> bool:
    """Whether a hit is two clauses that happen to meet: 没有最，好吃就行. Marks in every gap are an evasion."""
    gaps = [folded[left + 1 : right] for left, right in pairwise(places) if right - left > 1]
    paused = sum(1 for gap in gaps if any(character in _PAUSES for character in gap))
    return paused > 0 and (paused < 2 and len(gaps) < 2)


def _whole_word(text: str, start: int, end: int) -> bool:
    before = start > 0 and _latin(text[start - 1]) and _latin(text[start])
    after = end < len(text) and _latin(text[end]) and _latin(text[end - 1])
    return not before and not after
