"""Language packs: all that livehost knows of a language stands in one package, behind an entry point.

A pack registers its package in the group ``livehost.languages`` under the code of its language; ours do so the same way
(``host.lang.zh``, ``host.lang.en``). Most of it is data, file by file what `PARTS` says; `lacking` tells a writer of a
pack which files, headings and entries are still to be written, held against a pack that is whole.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from importlib.resources import files
from importlib.util import find_spec
from typing import Any

LANGUAGES = "livehost.languages"
"""The group of entry points."""
_HEADING = re.compile(r"^\[([a-z_-]{1,20})\]$")


@dataclass(frozen=True)
class Pack:
    """A language."""

    code: str
    """As BCP 47 has it: ``zh``, ``en``."""
    package: str
    spaced: bool
    """Whether it puts a space between words."""

    @property
    def gap(self) -> str:
        """Between words, and between sentences."""
        return " " if self.spaced else ""

    def text(self, name: str) -> str:
        """A file of it. Raises `FileNotFoundError` where it has none."""
        return files(self.package).joinpath(name).read_text(encoding="utf-8")

    def table(self, name: str) -> Mapping[str, Any]:
        """A TOML file of it, read once."""
        return _table(self.package, name)

    def lines(self, name: str) -> list[str]:
        """The lines of a list that say something: no comments, nothing empty."""
        return [line for line in map(str.strip, self.text(name).splitlines()) if line and not line.startswith("#")]

    def phrases(self, name: str) -> Iterator[tuple[str, str]]:
        """``(heading, line)`` of a list in order; the heading is empty above the first one."""
        heading = ""
        for line in self.lines(name):
            if found := _HEADING.match(line):
                heading = found[1]
            else:
                yield heading, line

    def words(self, name: str) -> Iterator[tuple[str, str]]:
        """`phrases`, of which in a language without spaces each may be several words. Lists with commas are read by
        `host.core.lexicon`."""
        for heading, line in self.phrases(name):
            yield from ((heading, word) for word in ([line] if self.spaced else line.split()))

    def has(self, name: str) -> bool:
        """Whether a file or a module of it is there."""
        if name.endswith(".py"):
            return find_spec(f"{self.package}.{name.removesuffix('.py')}") is not None
        return files(self.package).joinpath(name).is_file()


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a pack."""

    name: str
    what: str
    same: bool = True
    """Whether it has the same headings or entries in every language."""


PARTS = (
    Part("pack.toml", "code, whether words stand apart, what a bare price counts"),
    Part("lexicon.toml", "words that say how a number is read: units, codes, signs, moments", False),
    Part("numerals.py", "numbers in words, read"),
    Part("amounts.py", "numbers said: amounts, counts, ordinals, years"),
    Part("say.py", "everything that is read aloud, token by token"),
    Part("sheet.toml", "the typed entries of a product sheet, said"),
    Part("plain.txt", "plain speech: words of talk around goods that claim nothing", False),
    Part("phrases.txt", "phrases that are plain as a whole", False),
    Part("extremes.txt", "what is said without any limit", False),
    Part("bounds.txt", "words that deny or limit a statement, or say it of the whole"),
    Part("marks.txt", "words by which a sentence says whether it means what it says"),
    Part("experience.txt", "what only somebody says who has tried a thing"),
    Part("untelling.txt", "words that tell nothing of a thing", False),
    Part("cues.txt", "words by which a text says how a number comes about: together, each, less"),
    Part("unfit.txt", "words that say that something does not suit somebody"),
    Part("topics.txt", "words by which a text says which product it speaks of"),
    Part("concepts.txt", "what viewers ask about: wordings of some sixty matters, as regular expressions"),
    Part("identity.txt", "how viewers ask whether they watch a person or a machine"),
    Part("spam.txt", "insults and advertising in comments, and ordinary words that they are part of"),
    Part("trouble.txt", "how viewers say that they cannot hear or see the show"),
    Part("delivery.txt", "words by which a host's hands and face move"),
    Part("reasons.toml", "every reason, for people: console, reports, command line", False),
    Part("replies.toml", "what is said where there is no answer to give"),
    Part("show.toml", "bridges, hand-overs, corrections, reminders that the host is an AI"),
    Part("prompt.toml", "what a language model is told"),
    Part("labels.toml", "the AI label, and what stands on the picture"),
)  # fmt: skip
"""Everything a language consists of."""


@cache
def packs() -> Mapping[str, Pack]:
    """The packs that are installed, by code."""
    found = {}
    for entry in sorted(entry_points(group=LANGUAGES), key=lambda each: each.name):
        spaced = bool(_table(entry.value, "pack.toml")["spaced"])
        found[entry.name] = Pack(entry.name, entry.value, spaced)
    return found


def pack(code: str) -> Pack:
    """The pack of a language. Raises `KeyError` for one that is not installed."""
    return packs()[code]


@cache
def _table(package: str, name: str) -> Mapping[str, Any]:
    return tomllib.loads(files(package).joinpath(name).read_text(encoding="utf-8"))


def lacking(mine: Pack, others: Sequence[Pack]) -> list[str]:
    """What a pack lacks that others have, a line for each: ``replies.toml: situations.refused``, ``say.py (…)``.

    Entries are wanted that any of them has, headings of a list only that all have: words of some kinds there are in
    some languages only.
    """
    found: list[str] = []
    for part in PARTS:
        if not mine.has(part.name):
            found.append(f"{part.name} ({part.what})")
        elif part.same and part.name.endswith(".toml"):
            wanted = set[str]().union(*(_keys(each.table(part.name)) for each in others))
            found += [f"{part.name}: {key}" for key in sorted(wanted - _keys(mine.table(part.name)))]
        elif part.same and part.name.endswith(".txt"):
            wanted = set.intersection(*(_headings(each, part.name) for each in others))
            found += [f"{part.name}: [{heading}]" for heading in sorted(wanted - _headings(mine, part.name))]
    return found


def _headings(pack: Pack, name: str) -> set[str]:
    return {heading for heading, _ in pack.words(name)}


def _keys(table: Mapping[str, Any], above: str = "") -> set[str]:
    """The paths of all entries."""
    found: set[str] = set()
    for key, value in table.items():
        path = f"{above}{key}"
        found |= _keys(value, f"{path}.") if isinstance(value, Mapping) else {path}
    return found
