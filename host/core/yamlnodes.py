"""What YAML's nodes and tokens know and its values do not: how a value was written, where it stands, and what is passed
over beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.tokens import AliasToken, AnchorToken, ScalarToken, TagToken

from host.core.errors import Finding, InvalidFile
from host.core.findings import found

Key = str | int
Place = tuple[Key, ...]


class Quoted(str):
    """A text that was written in quotation marks: exactly this is meant."""

    __slots__ = ()


class Unread(NamedTuple):
    """What stands in a row and YAML passes over: a note behind ``#``, or the ``!…`` and ``&…`` before a value."""

    line: int
    text: str

    @property
    def note(self) -> bool:
        """Whether it has the form that notes have: a hash and a space."""
        return self.text[:2] in ("#", "# ")


def passed_over(text: str, where: str, first_line: int) -> Iterator[Unread]:
    """What YAML reads nothing of, row by row. Raises `InvalidFile` for an alias."""
    if not any(sign in text for sign in "#!&*"):
        return
    spans: list[tuple[int, int]] = []
    for token in YAML(typ="safe", pure=True).scan(text):
        start, end = token.start_mark, token.end_mark
        if isinstance(token, AliasToken):
            raise InvalidFile([found("yaml_alias", where, first_line + start.line)])
        if isinstance(token, (TagToken, AnchorToken)):
            yield Unread(first_line + start.line, text[start.index : end.index])
        if isinstance(token, (ScalarToken, TagToken, AnchorToken)):
            spans.append((start.index, end.index))
    yield from _notes(text, spans, first_line)


def _notes(text: str, spans: Sequence[tuple[int, int]], first_line: int) -> Iterator[Unread]:
    """The notes behind values: from a ``#`` in no value to the end of its row."""
    ahead = iter([*spans, (len(text) + 1, len(text) + 1)])
    start, end = next(ahead)
    at = 0
    for number, row in enumerate(text.split("\n")):
        for column, character in enumerate(row):
            while at + column >= end:
                start, end = next(ahead)
            if character == "#" and not start <= at + column < end:
                if row[:column].strip():
                    yield Unread(first_line + number, row[column:].rstrip())
                break
        at += len(row) + 1


@dataclass
class Plain:
    """Makes plain dicts, lists and scalars of nodes, and notes on the way what only the nodes know."""

    path: str
    first_line: int
    typed: bool
    lines: dict[Place, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def of(self, node: Node, at: Place) -> Any:
        if isinstance(node, MappingNode):
            return self._mapping(node, at)
        if isinstance(node, SequenceNode):
            for index, item in enumerate(node.value):
                self.lines[*at, index] = self._line(item)
            return [self.of(item, (*at, index)) for index, item in enumerate(node.value)]
        assert isinstance(node, ScalarNode)
        return self._scalar(node)

    def _mapping(self, node: MappingNode, at: Place) -> dict[str, Any]:
        plain: dict[str, Any] = {}
        for key_node, value in node.value:
            line = self._line(key_node)
            if not isinstance(key_node, ScalarNode):
                self.findings.append(found("expects_keys", self.path, line))
                continue
            key = str(key_node.value)
            if key in plain:
                first = self.lines[*at, key]
                self.findings.append(found("yaml_duplicate", self.path, line, key=key, first=first))
                continue
            self.lines[*at, key] = line
            plain[key] = self.of(value, (*at, key))
        return plain

    def _scalar(self, node: ScalarNode) -> Any:
        text = str(node.value)
        if node.style in ("'", '"'):
            return Quoted(text)
        kind = str(node.tag).rpartition(":")[2]
        if kind == "null":
            return None
        if kind == "bool":
            return text.lower() == "true"
        if self.typed and kind in ("int", "float"):
            return _number(text)
        return text

    def _line(self, node: Node) -> int:
        return self.first_line + int(node.start_mark.line)


def _number(text: str) -> int | float | str:
    """A number as YAML 1.2 reads it; what Python cannot count stays text."""
    plain = text.replace("_", "").lower()
    try:
        if plain.lstrip("+-").startswith(("0x", "0o", "0b")):
            return int(plain, 0)
        return (
            int(plain) if plain.lstrip("+-").isdecimal() else float(plain.replace(".inf", "inf").replace(".nan", "nan"))
        )
    except ValueError:
        return text
