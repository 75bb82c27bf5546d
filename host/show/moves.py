"""Where the parts of a document stand once they are in the model's form, and what could not be brought into it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from host.core.errors import Finding
from host.core.findings import found
from host.core.yamlfile import Document
from host.core.yamlnodes import Key, Place
from host.show.keys import canonical

_NUMBERED = re.compile(r"^(?P<key>[^\W\d]++)(?P<number>\d{1,3})$")


class Moves:
    """The lines of a document by their new places."""

    def __init__(self, document: Document) -> None:
        self.findings: list[Finding] = []
        self.lines: dict[Place, int] = {}
        self._given = document
        self._below: dict[Place, list[Place]] = {}
        for place in document.lines:
            for depth in range(1, len(place)):
                self._below.setdefault(place[:depth], []).append(place)

    def move(self, old: Place, new: Place) -> None:
        """Note the lines of what stood at ``old`` for ``new``."""
        if old in self._given.lines:
            self.lines[new] = self._given.lines[old]
        for place in self._below.get(old, ()):
            self.lines[new + place[len(old) :]] = self._given.lines[place]

    def tell(self, code: str, place: tuple[Key, ...], **details: Any) -> None:
        """A finding about what stood at ``place``."""
        self.findings.append(found(code, self._given.path, self._given.line_of(place), **details))

    def entry(self, at: Place, to: Place, entry: Any, keys: Mapping[str, str], *, rest: str = "") -> Any:
        """An entry with its keys as the model has them. Keys of no form are told, or go below the key ``rest``."""
        if not isinstance(entry, dict):
            return entry
        named: dict[str, Any] = {}
        for written, value in entry.items():
            key = keys.get(canonical(written)) or keys.get(numbered(written)[0], "")
            if not key and rest:
                named.setdefault(rest, {})[written] = value
                self.move((*at, written), (*to, rest, written))
            elif not key:
                known = [*dict.fromkeys(keys.values())]
                self.tell("entry_key_unknown", (*at, written), key=written.strip(), known=known)
            elif key in named:
                self.tell("key_twice", (*at, written), key=written, meant=key)
            else:
                named[key] = value
                self.move((*at, written), (*to, key))
        return named


def numbered(written: object) -> tuple[str, str]:
    """The key and the number of ``Q1``; two empty texts for any other key."""
    match = _NUMBERED.match(canonical(written))
    return (match["key"], match["number"]) if match else ("", "")


def is_entry(entry: Mapping[str, Any], keys: Mapping[str, str]) -> bool:
    """Whether any of the keys is one that entries have."""
    return any(canonical(key) in keys for key in entry)
