"""Session descriptions (RFC 8866) as sections of lines, read from whoever wrote them.

What changes no meaning is no matter: the kind of line end, blanks at either end of a line or a value, the case of an
attribute's name. A line that says nothing here is passed by, so that an extension harms nobody.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from host.core.control import BadOffer

MAX_SECTIONS = 64
"""Media descriptions of an offer that are looked at."""
HIGHEST_PORT = 65_535
_LINE_END = re.compile(r"\r\n|\n|\r")
_SHOWN = 60
"""Characters of a line that a message quotes."""


@dataclass(frozen=True)
class Section:
    """Lines without their ends: a media description's, its ``m=`` among them, or those before the first."""

    lines: tuple[str, ...]

    @cached_property
    def _attributes(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for line in self.lines:
            if line.startswith("a="):
                name, _, value = line[2:].partition(":")
                found.setdefault(name.strip().lower(), []).append(value.strip())
        return found

    def values(self, name: str) -> list[str]:
        """What stands behind ``a=name:``, line by line; empty text for a flag."""
        return self._attributes.get(name, [])

    def value(self, name: str) -> str:
        """The first of `values`; empty where there is none."""
        return next(iter(self.values(name)), "")

    def has(self, name: str) -> bool:
        """Whether the attribute stands here, with a value or without."""
        return name in self._attributes


@dataclass(frozen=True)
class Media(Section):
    """A media description and what its ``m=`` line says."""

    kind: str
    port: int
    protocol: str
    formats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Description:
    """A session description: what holds for all, and the media descriptions in order."""

    session: Section
    media: tuple[Media, ...]


def read_description(text: str) -> Description:
    """Raises `BadOffer` for what is none, and where an ``m=`` line cannot be read: nobody could answer its section."""
    lines = [line for line in map(str.strip, _LINE_END.split(text.removeprefix("\ufeff"))) if line]
    if not lines or lines[0] != "v=0":
        raise BadOffer("an SDP offer begins with v=0")
    starts = [number for number, line in enumerate(lines) if line.startswith("m=")]
    if len(starts) > MAX_SECTIONS:
        raise BadOffer(f"the offer has {len(starts)} media sections; at most {MAX_SECTIONS} are read")
    ends = [*starts, len(lines)][1:]
    media = tuple(_media(lines[start:end]) for start, end in zip(starts, ends, strict=True))
    return Description(Section(tuple(lines[: starts[0] if starts else None])), media)


def decimal(text: str, highest: int) -> int | None:
    """A decimal number from 0 to ``highest``; None for anything else."""
    if not text.isascii() or not text.isdigit() or len(text) > len(str(highest)):
        return None
    value = int(text)
    return value if value <= highest else None


def _media(lines: Sequence[str]) -> Media:
    kind, *rest = lines[0][2:].split() or [""]
    port = decimal(rest[0].partition("/")[0], HIGHEST_PORT) if rest else None
    if port is None or len(rest) < 3:
        raise BadOffer(f"{lines[0][:_SHOWN]!r}: an m= line says kind, port, protocol and formats (RFC 8866, 5.14)")
    return Media(tuple(lines), kind.lower(), port, rest[1], tuple(rest[2:]))
