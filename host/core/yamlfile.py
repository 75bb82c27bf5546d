"""YAML with line numbers, and with limits: what people write by hand must be pointed at by line when it is wrong.

YAML 1.2 by ruamel.yaml: ``20:00`` stays text and ``no`` is not False. Aliases are refused, which closes the
"billion laughs" expansion, and so are files above a size that no hand-written one reaches.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.scalarstring import ScalarString
from ruamel.yaml.tokens import AliasToken

from host.core.errors import Finding, InvalidFile

MAX_BYTES = 256 * 1024
MAX_DEPTH = 20
"""Open brackets; the parser's time grows faster than their number."""

_OPENED = ("a flow sequence", "a flow mapping", "a quoted scalar")
_HINTS = {
    "character '\\t'": "use spaces, not the Tab key",
    "a flow sequence": "close the [ that is opened here with a ], and put a comma between its entries",
    "a flow mapping": "close the { that is opened here with a }, and put a comma between its keys",
    "a quoted scalar": "close the quotation mark that is opened here",
    "mapping values are not allowed": 'put a value that contains ": " in quotation marks; keys of one group begin in '
    "the same column",
    "could not find expected ':'": "write  key: value  with a space behind the colon",
    "cannot start any token": "put a value that begins with a sign in quotation marks",
    "expected <block end>": "keys of one group begin in the same column; a value in quotation marks ends with them",
    "duplicate key": "leave one of them out",
}
"""What to do, by words of the parser's message."""

Model = TypeVar("Model", bound=BaseModel)
Key = str | int


@dataclass(frozen=True)
class Document:
    """A parsed YAML mapping and the line every key stands on."""

    data: dict[str, Any]
    path: str
    lines: dict[tuple[Key, ...], int]
    first_line: int
    bare: frozenset[tuple[Key, ...]] = frozenset()
    """The texts without quotation marks in a ``[list]``, where only a half-width comma ends an entry."""

    def line_of(self, keys: Sequence[Key]) -> int:
        """The line of the deepest key of ``keys`` that is in the file."""
        for depth in range(len(keys), -1, -1):
            line = self.lines.get(tuple(keys[:depth]))
            if line is not None:
                return line
        return self.first_line


def parse(text: str, path: str | Path, first_line: int = 1) -> Document:
    """Parse ``text``, whose first line is line ``first_line`` of ``path``. Raises `InvalidFile`."""
    where = str(path)
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        raise InvalidFile([Finding(where, first_line, f"more than {MAX_BYTES // 1024} KiB of YAML")])
    for number, row, depth in _depths(text):
        if depth > MAX_DEPTH:
            message = f"more than {MAX_DEPTH} brackets are open here"
            raise InvalidFile([Finding(where, first_line + number, message, f"close one; the line is: {row[:40]}")])
    try:
        for token in YAML(typ="rt").scan(text) if "*" in text else ():
            if isinstance(token, AliasToken):
                line = first_line + token.start_mark.line
                raise InvalidFile([Finding(where, line, "YAML aliases (*name) are not allowed", "write the value out")])
        loader = YAML(typ="rt")
        loader.preserve_quotes = True
        loaded = loader.load(text)
    except MarkedYAMLError as error:
        raise InvalidFile([_unreadable(error, where, first_line)]) from None
    except (YAMLError, ValueError, RecursionError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise InvalidFile([Finding(where, first_line, f"not valid YAML: {reason}")]) from None
    if loaded is None:
        loaded = CommentedMap()
    if not isinstance(loaded, CommentedMap):
        raise InvalidFile([Finding(where, first_line, "expected 'key: value' lines", "for example  name: 随行保温杯")])
    plain = _Plain(first_line)
    data = plain.of(loaded, ())
    return Document(data, where, plain.lines, first_line, frozenset(plain.bare))


def load(path: Path) -> Document:
    """Read and parse a file. Raises `InvalidFile` for what is wrong in it, and for a file that cannot be read."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InvalidFile([Finding(str(path), 0, f"more than {MAX_BYTES // 1024} KiB of YAML")])
        return parse(path.read_text(encoding="utf-8"), path)
    except OSError as error:
        raise InvalidFile([Finding(str(path), 0, f"cannot be read: {error.strerror or error}")]) from None
    except UnicodeDecodeError:
        raise InvalidFile([Finding(str(path), 0, "is not UTF-8 text", "save it as UTF-8")]) from None


def validate(document: Document, model: type[Model], context: Any = None) -> Model:
    """Build ``model`` from the document; every error of pydantic's becomes a finding with its line."""
    try:
        return model.model_validate(document.data, context=context)
    except ValidationError as error:
        raise InvalidFile([_finding(document, problem, model) for problem in error.errors()]) from None


def _unreadable(error: MarkedYAMLError, where: str, first_line: int) -> Finding:
    """What the parser says, where what it stumbled over begins, with what to do about it."""
    context, problem = error.context or "", error.problem or ""
    hint = next((hint for words, hint in _HINTS.items() if words in f"{context}: {problem}"), "")
    opened = any(words in context for words in _OPENED)
    mark = (error.context_mark if opened else None) or error.problem_mark
    return Finding(where, first_line + (mark.line if mark else 0), f"not valid YAML: {problem or context}", hint)


def _finding(document: Document, problem: Any, model: type[BaseModel]) -> Finding:
    keys = tuple(problem["loc"])
    name = ".".join(str(key) for key in keys if not (isinstance(key, str) and "[" in key))
    message = str(problem["msg"]).removeprefix("Value error, ")
    hint = ""
    if problem["type"] == "missing":
        message = "is missing"
    elif problem["type"] == "extra_forbidden":
        message = "is not a known key"
        hint = "known keys: " + ", ".join(model.model_fields) if len(keys) == 1 else ""
    elif problem["type"] in ("dict_type", "model_type"):
        message = "expected lines with  key: value"
    if merged := re.match("([^:：]+)[:：]", str(keys[-1]) if keys else ""):
        hint = f"put a half-width colon and a space behind the key:  {merged[1]}: …"
    return Finding(document.path, document.line_of(keys), f"{name}: {message}" if name else message, hint)


def _depths(text: str) -> Iterator[tuple[int, str, int]]:
    """Per line its number, itself, and how many brackets are open behind it at most."""
    depth = 0
    for number, row in enumerate(text.splitlines()):
        highest = depth
        for character in row:
            depth += (character in "[{") - (character in "]}")
            highest = max(highest, depth)
        yield number, row, highest


@dataclass
class _Plain:
    """Makes plain dicts, lists and scalars of nodes, and notes on the way what only the nodes know."""

    first_line: int
    lines: dict[tuple[Key, ...], int] = field(default_factory=dict)
    bare: list[tuple[Key, ...]] = field(default_factory=list)

    def of(self, node: Any, at: tuple[Key, ...]) -> Any:
        if isinstance(node, CommentedMap):
            plain: dict[str, Any] = {}
            for key, value in node.items():
                place = (*at, str(key))
                self.lines[place] = self.first_line + node.lc.key(key)[0]
                plain[str(key)] = self.of(value, place)
            return plain
        if isinstance(node, CommentedSeq):
            return [self._item(node, index, (*at, index)) for index in range(len(node))]
        if isinstance(node, bool) or node is None:
            return node
        if isinstance(node, int):
            return int(node)
        if isinstance(node, float):
            return float(node)
        return str(node) if isinstance(node, str) else node

    def _item(self, items: CommentedSeq, index: int, place: tuple[Key, ...]) -> Any:
        value = items[index]
        self.lines[place] = self.first_line + items.lc.item(index)[0]
        if items.fa.flow_style() and isinstance(value, str) and not isinstance(value, ScalarString):
            self.bare.append(place)
        return self.of(value, place)
