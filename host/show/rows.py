"""One row of a sheet as it is meant: characters of another width, a space or a bullet that is missing, a tab of a
spreadsheet, a value that YAML would not take as text. Whether a row is what it looks like only the whole sheet can tell
(`host.show.slips`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from host.show.keys import FAQ_KEYS, OFFER_KEYS, canonical

_NAME = r"\w(?:[\w /()（）-]{0,40}[\w)）])?"
_BULLET = re.compile(r"^(?:[•·●▪◦‣∙－—–＊*]|\d{1,2}[.、)）](?!\d)|-(?=[^\s\d.-]|[^\S ]))[^\S\n]*(?=\S)")
_KEYED = re.compile(rf"^(?P<name>{_NAME})(?P<before>[^\S\t]*)(?P<colon>[:：﹕∶\t])(?P<rest>.*)$")
_SECOND = re.compile(r"(?:\s|(?<=[?？。]))(?P<key>\w{1,12})(?:: |：)")
_ENTRY_KEYS = FAQ_KEYS.keys() | OFFER_KEYS.keys()
_HASH = re.compile(r"\s(?P<text>#[^\s#].*)$")
_HASH_IN_LIST = re.compile(r"(?<=[\[{, ])#[^\s#,\]}][^,\]}]*")
"""What YAML takes for a note, and no note looks like."""
_SIGNS = "!&*@`%[{"
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


def _beside(indent: str, above: str) -> str | None:
    """The indent of the key above, where it is another one than that of a row: keys of a group begin in one column."""
    rest = above.lstrip(" ")
    beside = above[: len(above) - len(rest)] + ("  " if rest.startswith("- ") else "")
    key = _KEYED.match(rest.removeprefix("- "))
    return beside if key and key["rest"].strip() and beside != indent else None


def above(rows: Sequence[str], number: int) -> str:
    """The last row before that one which is not empty and no note."""
    return next((row for row in reversed(rows[max(0, number - 5) : number]) if row.strip(" #")), "")


def mended(number: int, row: str, before: str = "") -> Mend | None:
    """The row as it is meant, where anything in it is not written as YAML takes it. ``before`` is the row above it."""
    if not row.strip() or row.lstrip().startswith("#"):
        return None
    slips: list[Slip] = []
    rest = row.lstrip()
    lead = row[: len(row) - len(rest)]
    if odd := lead.strip(" "):
        slips.append(Slip("slip_indent", {"sign": _named(odd[0])}))
    indent = "".join("  " if character in "\t\u3000" else " " for character in lead)
    indent, rest = _as_entry(indent, rest, before, slips)
    rest = _with_colon(rest, slips)
    if not slips and indent.isspace() and (beside := _beside(indent, before)) is not None and _KEYED.match(rest):
        slips.append(Slip("slip_uneven", {"name": rest.partition(":")[0]}))
        indent = beside
    return Mend(number, tuple(slips), indent + rest) if slips else None


def _as_entry(indent: str, rest: str, before: str, slips: list[Slip]) -> tuple[str, str]:
    """Indent with hyphen, and what is behind it; adds to ``slips`` where the hyphen is another sign, or is missing."""
    if bullet := _BULLET.match(rest):
        slips.append(Slip("slip_bullet", {"sign": bullet.group().strip(), "rest": rest[bullet.end() :][:30]}))
        return indent + "- ", rest[bullet.end() :]
    if rest.startswith("- "):
        return indent + "- ", rest[2:].lstrip()
    if indent and before.startswith(f"{indent}- ") and (key := _KEYED.match(rest)):
        within = canonical(key["name"]) in _ENTRY_KEYS
        slips.append(Slip("slip_not_in_entry" if within else "slip_no_bullet", {"name": key["name"]}))
        return indent + ("  " if within else "- "), rest
    return indent, rest


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
    """A value as YAML takes it whole: in quotation marks where it begins with a sign, or holds a colon or a hash."""
    if "\t" in value:
        slips.append(Slip("slip_tab_inside", {"name": name}))
        value = " ".join(value.split("\t"))
    if not value or value[0] in "|>":
        return value
    if value[0] in "[{" and value[-1] in "]}":
        return _readable_list(name, value, slips)
    if second := next((match for match in _SECOND.finditer(value) if canonical(match["key"]) in _ENTRY_KEYS), None):
        slips.append(Slip("slip_two_keys", {"name": name, "second": second["key"]}))
        return value[: second.start()].strip()
    slip = _unreadable(name, value)
    if slip is None:
        return value
    slips.append(slip)
    inside = value.strip("“”") if slip.code == "slip_quotes" else value
    return "'" + inside.replace("'", "''") + "'"


def _unreadable(name: str, value: str) -> Slip | None:
    """Why a value needs quotation marks, if it does."""
    if value[0] in "\"'":
        return Slip("slip_behind_marks", {"name": name}) if _BEHIND_MARKS.match(value) else None
    if value[0] == "“" and value[-1] == "”" and _NEEDS_MARKS.search(value[1:-1]):
        return Slip("slip_quotes", {"name": name})
    if lost := _HASH.search(value):
        return Slip("unread_hash", {"text": lost["text"]})
    if ": " in value:
        return Slip("slip_colon_inside", {"name": name})
    return Slip("slip_sign", {"name": name, "sign": value[0]}) if value[0] in _SIGNS else None


def _readable_list(name: str, value: str, slips: list[Slip]) -> str:
    """A ``[list]`` or ``{group}`` with the commas and quotation marks that its entries need."""
    if _WIDE_COMMA.search(value):
        slips.append(Slip("slip_wide_comma", {"name": name}))
        value = _WIDE_COMMA.sub(", ", value)
    if lost := _HASH_IN_LIST.search(value):
        slips.append(Slip("unread_hash", {"text": lost[0].strip()}))
        value = _HASH_IN_LIST.sub(lambda match: f"'{match[0].strip()}'", value)
    return value


def _named(space: str) -> str:
    return _SPACES.get(space, unicodedata.name(space, "SPACE").lower())
