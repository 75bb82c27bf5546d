"""Slips of people who do not know YAML: found behind what YAML says of them, and said in the writer's terms."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from host.core.errors import Finding, InvalidFile
from host.core.yamlfile import Document, parse

ROUNDS = 30
"""Readings of one text: half a second each for the longest."""

_KEYED = re.compile(r"^(?P<key>\s*(?:- )?(?P<name>\w(?:[\w /()（）-]{0,40}[\w)）])?))\s*(?P<colon>[:：])(?P<rest>.*)$")
_DATE = re.compile(r"\b\d{4}-\d{1,2}-\d{1,2}\b")


@dataclass(frozen=True, slots=True)
class Slip:
    """One row that is not what its writer means, and the row that would be."""

    message: str
    hint: str
    meant: str


def colon_slip(row: str) -> Slip | None:
    """A key without its ``: ``. The colons of ``20:00`` and of a web address end no key."""
    match = _KEYED.match(row)
    if match is None:
        return None
    name, rest = match["name"], match["rest"]
    if match["colon"] == "：":
        message, hint = "a full-width colon '：' does not end a key", "type it half-width, with a space behind"
    elif not rest or rest[0].isspace() or rest.startswith("//") or (name[-1].isdigit() and rest[0].isdigit()):
        return None
    else:
        message, hint = f"there is no space behind the colon of {name!r}", "put a space behind the colon"
    return Slip(message, f"{hint}:  {name}: …", f"{match['key']}: {rest.strip()}")


def explained(text: str, first_line: int, error: InvalidFile, real: Callable[[str], object]) -> InvalidFile:
    """What is wrong with a text that YAML cannot read.

    A slip counts when YAML reads on once it is mended; what YAML says of the text follows from the slips then, and
    only what it says of the mended text is kept. ``real`` raises ValueError for a date that the calendar lacks.
    """
    path = error.findings[0].path
    rows = text.splitlines()

    def unread(rows: Sequence[str]) -> InvalidFile | None:
        try:
            parse("".join(f"{row}\n" for row in rows), path, first_line)
        except InvalidFile as error:
            return error
        return None

    dates = [Finding(path, first_line + number, message) for number, message in _bad_dates(rows, real)]
    rows = [_DATE.sub("a date", row) for row in rows] if dates else rows
    slips = [(number, slip) for number, row in enumerate(rows) if (slip := colon_slip(row))]
    found: list[tuple[int, Slip]] = []
    left = unread(rows)
    for number, slip in slips[:ROUNDS]:
        if left is None:
            break
        after = unread([*rows[:number], slip.meant, *rows[number + 1 :]])
        if after is None or _further(after, left):
            rows[number], left = slip.meant, after
            found.append((number, slip))
    said = dates if left is None else []
    if left is not None:
        # YAML has not come this far. What begins in the first column down there is no text that goes on: it is a key.
        stop = min([left.findings[0].line - first_line, *(number - 1 for number, _ in slips[ROUNDS:])])
        found += [each for each in slips if each[0] > stop and each not in found and not rows[each[0]][0].isspace()]
        said = left.findings if len(slips) <= ROUNDS or not found else []
    said = [*said, *(Finding(path, first_line + number, slip.message, slip.hint) for number, slip in found)]
    return InvalidFile(sorted(said or error.findings, key=lambda finding: finding.line))


def merged_keys(document: Document, text: str, place: tuple[str | int, ...]) -> list[Finding]:
    """The slips in the rows of a group of keys that YAML has read as one text."""
    first = document.line_of(place)
    last = min((line for line in document.lines.values() if line > first), default=None)
    rows = enumerate(text.splitlines(), document.first_line)
    return [
        Finding(document.path, line, slip.message, slip.hint)
        for line, row in rows
        if line >= first and (last is None or line < last) and (slip := colon_slip(row))
    ]


def _further(after: InvalidFile, before: InvalidFile) -> bool:
    """Whether YAML has read on, or stumbles over something else in the same line."""
    new, old = after.findings[0], before.findings[0]
    return new.line > old.line or (new.line == old.line and new.message != old.message)


def _bad_dates(rows: Sequence[str], real: Callable[[str], object]) -> Iterator[tuple[int, str]]:
    for number, row in enumerate(rows):
        for date in _DATE.findall(row):
            try:
                real(date)
            except ValueError as error:
                yield number, str(error)
