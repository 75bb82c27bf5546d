"""Slips of people who do not know YAML: characters that must be half-width, a space that is missing, a bullet of
another kind. Each is found by what YAML makes of the sheet once it is mended, and told in the writer's terms.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from host.core.errors import Finding, InvalidFile
from host.core.findings import found
from host.core.yamlfile import Document, Place, compose
from host.show.shapes import FAQ_KEYS, KEYS, LISTS, OFFER_KEYS, canonical

ROUNDS = 30
"""Readings of one text: half a second each for the longest."""

_NAME = r"\w(?:[\w /()（）-]{0,40}[\w)）])?"
_LEAD = re.compile(r"^[^\S\n]*")
_BULLET = re.compile(r"^(?:[•·●▪◦‣∙－—–＊*]|\d{1,2}[.、)）](?!\d)|-(?=[^\s\d.-]|[^\S ]))[^\S\n]*(?=\S)")
_KEYED = re.compile(rf"^(?P<name>{_NAME})(?P<before>[^\S\t]*)(?P<colon>[:：﹕∶\t])(?P<rest>.*)$")
_SECOND = re.compile(r"(?:\s|(?<=[?？。]))(?P<key>\w{1,12})(?:: |：)")
_ENTRY_KEYS = FAQ_KEYS.keys() | OFFER_KEYS.keys()
_HASH = re.compile(r"\s(?P<text>#[^\s#].*)$")
_HASH_IN_LIST = re.compile(r"(?<=[\[{, ])#[^\s#,\]}][^,\]}]*")
"""What YAML takes for a note, and no note looks like."""
_SIGNS = "!&*@`%"
"""What a value of YAML cannot begin with, or not as text."""
_WIDE_COMMA = re.compile(r"(?<=['\"])\s*[，、；]\s*(?=['\"])")
_BEHIND_MARKS = re.compile(r"""(?:"(?:[^"\\]|\\.)*+"|'(?:[^']|'')*+')\s*+(?!#)[^\s:]""")
"""A text in quotation marks, and more behind them."""
_NEEDS_MARKS = re.compile(r":(?: |$)| #")
_SPACES = {"\t": "tab", "\u3000": "wide", "\xa0": "fixed"}


@dataclass(frozen=True, slots=True)
class Slip:
    """What of one row is not what its writer means."""

    code: str
    details: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Mend:
    """A row with slips, and the row without."""

    number: int
    slips: tuple[Slip, ...]
    meant: str

    @property
    def of_words(self) -> bool:
        """Whether more than its indent is odd, which may be another group's and counts where YAML cannot read only."""
        return any(slip.code != "slip_uneven" for slip in self.slips)


@dataclass(frozen=True, slots=True)
class Read:
    """A sheet as YAML reads it once its slips are mended; no document where it still cannot be read."""

    document: Document | None
    findings: list[Finding]


def read(text: str, path: str, first_line: int) -> Read:
    """The document of a sheet, with a finding for each slip that had to be mended.

    A slip counts when YAML reads on once it is mended, or finds a key or an entry where there was only text: what is
    said of the text before follows from the slips, and only what is said of the mended text is kept.
    """
    rows = text.split("\n")
    now = _parsed(rows, path, first_line)
    mends = [mend for number, row in enumerate(rows) if (mend := mended(number, row, _above(rows, number)))]
    taken: list[Mend] = []
    rounds = ROUNDS
    for together in _runs(mends):
        for attempt in (together, *([mend] for mend in together if len(together) > 1)):
            attempt = [
                mend for mend in attempt if mend not in taken and (mend.of_words or isinstance(now, InvalidFile))
            ]
            if not attempt or rounds <= 0:
                continue
            rounds -= 1
            trial = rows.copy()
            for mend in attempt:
                trial[mend.number] = mend.meant
            after = _parsed(trial, path, first_line)
            if _better(now, after, [first_line + mend.number for mend in attempt]):
                rows, now = trial, after
                taken += attempt
    said: list[Finding] = []
    if isinstance(now, InvalidFile):
        # YAML has not come this far. What begins in the first column down there is no text that goes on: it is a key.
        stop = now.findings[0].line - first_line if rounds > 0 else -1
        beyond = [
            mend for mend in mends if mend.number > stop and mend not in taken and not rows[mend.number][0].isspace()
        ]
        said = list(now.findings) if rounds > 0 or not beyond else []
        taken += beyond
    said += [found(slip.code, path, first_line + mend.number, **slip.details) for mend in taken for slip in mend.slips]
    return Read(now if isinstance(now, Document) else None, sorted(said, key=lambda finding: finding.line))


def _beside(indent: str, above: str) -> str | None:
    """The indent of the key above, where it is another one than that of a row: keys of a group begin in one column."""
    rest = above.lstrip(" ")
    beside = above[: len(above) - len(rest)] + ("  " if rest.startswith("- ") else "")
    key = _KEYED.match(rest.removeprefix("- "))
    return beside if key and key["rest"].strip() and beside != indent else None


def _above(rows: Sequence[str], number: int) -> str:
    """The last row before that one which is not empty and no note."""
    return next((row for row in reversed(rows[max(0, number - 5) : number]) if row.strip(" #")), "")


def mended(number: int, row: str, above: str = "") -> Mend | None:
    """The row as it is meant, where anything in it is not written as YAML takes it. ``above`` is the row before it."""
    if not row.strip() or row.lstrip().startswith("#"):
        return None
    slips: list[Slip] = []
    lead = _LEAD.match(row)
    assert lead is not None
    rest = row[lead.end() :]
    indent = "".join("  " if character in "\t\u3000" else " " for character in lead.group())
    if odd := next((character for character in lead.group() if character != " "), ""):
        slips.append(Slip("slip_indent", {"sign": _named(odd)}))
    if bullet := _BULLET.match(rest):
        slips.append(Slip("slip_bullet", {"sign": bullet.group().strip(), "rest": rest[bullet.end() :][:30]}))
        indent, rest = indent + "- ", rest[bullet.end() :]
    elif rest.startswith("- "):
        indent, rest = indent + "- ", rest[2:].lstrip()
    elif indent and above.startswith(f"{indent}- ") and (key := _KEYED.match(rest)):
        within = canonical(key["name"]) in _ENTRY_KEYS
        slips.append(Slip("slip_not_in_entry" if within else "slip_no_bullet", {"name": key["name"]}))
        indent += "  " if within else "- "
    rest = _with_colon(rest, slips)
    if (
        not slips
        and indent.isspace()
        and (key := _KEYED.match(rest))
        and (beside := _beside(indent, above)) is not None
    ):
        slips.append(Slip("slip_uneven", {"name": key["name"]}))
        indent = beside
    return Mend(number, tuple(slips), indent + rest) if slips else None


def _with_colon(rest: str, slips: list[Slip]) -> str:
    """A row behind its bullet, with the colon and the quotation marks that YAML takes; adds to ``slips``.

    The colons of ``20:00`` and of a web address end no key.
    """
    match = _KEYED.match(rest)
    if match is None:
        return rest
    name, colon, value = match["name"], match["colon"], match["rest"]
    if colon == "\t":
        slips.append(Slip("slip_tab", {"name": name}))
    elif colon != ":":
        slips.append(Slip("slip_wide_colon", {"name": name}))
    elif value[:1] not in ("", " "):
        if value[0].isspace():
            slips.append(Slip("slip_space", {"name": name, "sign": _named(value[0])}))
        elif value.startswith("//") or (name[-1].isdigit() and value[0].isdigit()):
            return rest
        else:
            slips.append(Slip("slip_no_space", {"name": name}))
    value = _readable(name, value.strip(), slips)
    return f"{name}: {value}" if slips else rest


def _readable(name: str, value: str, slips: list[Slip]) -> str:
    """A value in the quotation marks that YAML needs where it begins with a sign, or holds a colon or a hash."""
    if not value or value[0] in "|>":
        return value
    if "\t" in value:
        slips.append(Slip("slip_tab_inside", {"name": name}))
        value = " ".join(value.split("\t"))
    if value[0] == "[" and _WIDE_COMMA.search(value):
        slips.append(Slip("slip_wide_comma", {"name": name}))
        value = _WIDE_COMMA.sub(", ", value)
    if value[0] in "\"'":
        if not _BEHIND_MARKS.match(value):
            return value
        slips.append(Slip("slip_behind_marks", {"name": name}))
        return "'" + value.replace("'", "''") + "'"
    inside = value.strip("“”")
    if second := next((match for match in _SECOND.finditer(value) if canonical(match["key"]) in _ENTRY_KEYS), None):
        slips.append(Slip("slip_two_keys", {"name": name, "second": second["key"]}))
        return value[: second.start()].strip()
    if value[0] in "[{" and _HASH_IN_LIST.search(value):
        slips.append(Slip("unread_hash", {"text": _HASH_IN_LIST.search(value)[0]}))  # type: ignore[index]
        return _HASH_IN_LIST.sub(lambda match: f"'{match[0].strip()}'", value)
    if inside != value and _NEEDS_MARKS.search(inside):
        slips.append(Slip("slip_quotes", {"name": name}))
    elif lost := _HASH.search(value):
        slips.append(Slip("unread_hash", {"text": lost["text"]}))
    elif ": " in value and value[0] not in "[{":
        slips.append(Slip("slip_colon_inside", {"name": name}))
    elif value[0] in _SIGNS or (value[0] in "[{" and value[-1] not in "]}"):
        slips.append(Slip("slip_sign", {"name": name, "sign": value[0]}))
        inside = value
    else:
        return value
    return "'" + inside.replace("'", "''") + "'"


def _named(space: str) -> str:
    return _SPACES.get(space, unicodedata.name(space, "SPACE").lower())


def _runs(mends: Sequence[Mend]) -> Iterator[list[Mend]]:
    """Mends of rows that follow each other: the keys of a group are read as one text until all of them are mended."""
    for _, run in groupby(enumerate(mends), key=lambda each: each[1].number - each[0]):
        yield [mend for _, mend in run]


def _parsed(rows: Sequence[str], path: str, first_line: int) -> Document | InvalidFile:
    try:
        return compose("\n".join(rows) + "\n", path, first_line, typed=False)
    except InvalidFile as error:
        return error


def _better(before: Document | InvalidFile, after: Document | InvalidFile, lines: Sequence[int]) -> bool:
    """Whether YAML reads on, or finds keys and entries in all of these lines that it did not find."""
    if isinstance(before, InvalidFile):
        return isinstance(after, Document) or _further(before, after)
    if isinstance(after, InvalidFile):
        return False
    known, gained = _places(before), _places(after)
    lost, still = ({each.line for each in document.unread} for document in (before, after))
    return all(gained.get(line, set()) - known.get(line, set()) or line in lost - still for line in lines)


def _further(before: InvalidFile, after: InvalidFile) -> bool:
    """Whether YAML has read on, or stumbles over something else in the same line."""
    new, old = after.findings[0], before.findings[0]
    return new.line > old.line or (new.line == old.line and new.message != old.message)


def _places(document: Document) -> dict[int, set[Place]]:
    """What begins in each line, where a key or an entry may begin."""
    places: dict[int, set[Place]] = {}
    for place, line in document.lines.items():
        if not _within_text(place):
            places.setdefault(line, set()).add(place)
    return places


def _within_text(place: Place) -> bool:
    """Whether a key there would stand within a text: 注意：小心 among the aliases, or as an offer, is no group."""
    top = KEYS.get(canonical(place[0]))
    if top in LISTS:
        return len(place) > 2
    if top == "promotions":
        return len(place) > 2 and canonical(place[2]) not in OFFER_KEYS
    asked = [at for at, key in enumerate(place) if FAQ_KEYS.get(canonical(key)) == "q"]
    return top == "faq" and bool(asked) and len(place) > asked[0] + 2
