"""What parts of a sheet are built with: where they stand, the words in which they are said, what is wrong in them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from host.core.errors import Finding
from host.core.findings import found, found_at, warned
from host.core.lang import Lang
from host.core.product import Detail, FactKind
from host.core.reason import Reason
from host.core.yamlfile import Document
from host.core.yamlnodes import Key
from host.lang.sheet import SheetWords, sheet_words

PLACEHOLDER = "-"
"""The text of an entry that was left out for what is wrong in it: its place stays taken."""


@dataclass
class Site:
    """A sheet under construction."""

    document: Document
    path: Path
    lang: Lang
    broken: Collection[str] = ()
    """The keys of which the sheet has nothing that was written: what else is there is not held against them."""
    details: list[Detail] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)
    """Keys of facts that no key of the document has, to their lines."""

    @property
    def words(self) -> SheetWords:
        """The words in which it is said."""
        return sheet_words(self.lang)

    def line(self, *place: Key) -> int:
        """The line of the deepest of these keys that is there."""
        return self.document.line_of(place)

    def refuse(self, code: str, *place: Key, **details: Any) -> None:
        """Something that keeps the sheet off the air."""
        self.findings.append(found(code, self.document.path, self.line(*place), **details))

    def refuse_at(self, at: tuple[Key, ...], reason: Reason) -> None:
        """`refuse`, of the value at a place, named by its keys."""
        name = ".".join(key if isinstance(key, str) else f"#{key + 1}" for key in at)
        self.findings.append(found_at(name, reason.code, self.document.path, self.line(*at), **reason.details))

    def lacks(self, *at: Key) -> None:
        """A value that is needed and not there."""
        self.refuse_at(at, Reason("is_missing", key=str(at[-1])))

    def warn(self, code: str, *place: Key, **details: Any) -> None:
        """Something that its writer should know."""
        self.findings.append(warned(code, self.document.path, self.line(*place), **details))

    def tell(self, key: str, kind: FactKind, text: str, topic: str = "") -> None:
        """Something that may be said; an empty text is nothing, and the placeholder of an entry left out neither."""
        if text and text != PLACEHOLDER:
            self.details.append(Detail(key, kind, self.words.topics[topic or key.partition(".")[0]], text))
