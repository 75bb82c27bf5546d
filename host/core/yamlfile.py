"""YAML with line numbers, and with limits: what people write by hand must be pointed at by line when it is wrong.

YAML 1.2 by ruamel.yaml, read as far as its nodes: ``20:00`` stays text and ``no`` is not False, every value knows how
it was written, and what YAML would pass over in silence is known too. Aliases are refused, which closes the "billion
laughs" expansion, and so are files above a size that no hand-written one reaches.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode

from host.core.errors import Finding, InvalidFile
from host.core.findings import found
from host.core.problems import problem_of
from host.core.reason import Reason
from host.core.yamlnodes import Key, Place, Plain, Unread, passed_over

MAX_BYTES = 256 * 1024
MAX_DEPTH = 20
"""Open brackets; the parser's time grows faster than their number."""

_OPENED = ("a flow sequence", "a flow mapping", "a quoted scalar")
_CODES = {
    "character '\\t'": "yaml_tab",
    "a flow sequence": "yaml_open_list",
    "a flow mapping": "yaml_open_group",
    "a quoted scalar": "yaml_open_quote",
    "mapping values are not allowed": "yaml_colon_inside",
    "could not find expected ':'": "yaml_no_colon",
    "cannot start any token": "yaml_sign",
    "expected alphabetic or numeric character": "yaml_sign",
    "expected URI": "yaml_sign",
    "while scanning a tag": "yaml_sign",
    "while scanning a directive": "yaml_sign",
    "expected <block end>": "yaml_block_end",
    "sequence entries are not allowed": "yaml_list_in_row",
    "expected the node content": "yaml_open_list",
}
"""What is wrong, by words of the parser's message."""

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class Document:
    """A parsed YAML mapping and the line every key stands on."""

    data: dict[str, Any]
    path: str
    lines: dict[Place, int]
    first_line: int
    unread: tuple[Unread, ...] = ()
    """What follows a value in its row, or stands before it, and is not read. Rows that are notes are not among it."""
    findings: tuple[Finding, ...] = ()
    """Keys that were left out: those that stand there twice, and those that are no text."""

    def line_of(self, keys: Sequence[Key]) -> int:
        """The line of the deepest key of ``keys`` that is in the file."""
        for depth in range(len(keys), -1, -1):
            line = self.lines.get(tuple(keys[:depth]))
            if line is not None:
                return line
        return self.first_line


def parse(text: str, path: str | Path, first_line: int = 1) -> Document:
    """Parse ``text``, whose first line is line ``first_line`` of ``path``. Raises `InvalidFile`."""
    document = compose(text, path, first_line)
    if document.findings:
        raise InvalidFile(list(document.findings))
    return document


def compose(text: str, path: str | Path, first_line: int = 1, *, typed: bool = True) -> Document:
    """`parse`, as far as YAML can read it: raises `InvalidFile` only where it cannot.

    Numbers are numbers only where ``typed``: else ``1.10``, ``0755`` and ``2026-02-30`` are the text that was written.
    """
    where = str(path)
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        raise InvalidFile([found("file_too_large", where, first_line, most=MAX_BYTES // 1024)])
    for number, row, depth in _depths(text):
        if depth > MAX_DEPTH:
            raise InvalidFile([found("yaml_too_deep", where, first_line + number, most=MAX_DEPTH, row=row[:40])])
    try:
        root = YAML(typ="safe", pure=True).compose(text)
        unread = tuple(passed_over(text, where, first_line))
    except MarkedYAMLError as error:
        raise InvalidFile([_unreadable(error, where, first_line)]) from None
    except (YAMLError, ValueError, RecursionError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise InvalidFile([found("yaml_other", where, first_line, problem=reason)]) from None
    if root is not None and not isinstance(root, MappingNode):
        raise InvalidFile([found("expects_keys", where, first_line)])
    plain = Plain(where, first_line, typed)
    data = plain.of(root, ()) if root is not None else {}
    return Document(data, where, plain.lines, first_line, unread, tuple(plain.findings))


def load(path: Path) -> Document:
    """Read and parse a file. Raises `InvalidFile` for what is wrong in it, and for a file that cannot be read."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InvalidFile([found("file_too_large", path, most=MAX_BYTES // 1024)])
        return parse(path.read_text(encoding="utf-8-sig"), path)
    except OSError as error:
        raise InvalidFile([found("file_unreadable", path, why=error.strerror or str(error))]) from None
    except UnicodeDecodeError:
        raise InvalidFile([found("file_not_utf8", path)]) from None


def validate(document: Document, model: type[Model], context: Any = None) -> Model:
    """Build ``model`` from the document; every error of pydantic's becomes a finding with its line."""
    try:
        return model.model_validate(document.data, context=context)
    except ValidationError as error:
        raise InvalidFile([finding_of(document, problem, model) for problem in error.errors()]) from None


def validate_partly(document: Document, model: type[Model]) -> tuple[Model | None, list[Finding]]:
    """Build ``model`` without the keys whose values it refuses, which are in the findings; None where one of them is
    needed."""
    data = dict(document.data)
    findings: list[Finding] = []
    while True:
        try:
            return model.model_validate(data), findings
        except ValidationError as error:
            problems = error.errors()
        findings += [finding_of(document, problem, model) for problem in problems]
        wrong = {problem["loc"][0] for problem in problems if problem["loc"]} & set(data)
        if not wrong:
            return None, findings
        data = {key: value for key, value in data.items() if key not in wrong}


def finding_of(document: Document, problem: Any, model: type[BaseModel]) -> Finding:
    """One error of pydantic's as a finding."""
    keys = tuple(problem["loc"])
    name = ".".join(key if isinstance(key, str) else f"#{key + 1}" for key in keys if "[" not in str(key))
    message, hint = problem_of(problem, model)
    if merged := re.match("([^:：]+)[:：]", str(keys[-1]) if keys else ""):
        hint = Reason("key_with_colon", key=merged[1])
    message = Reason("at_key", key=name, why=message) if name else message
    return Finding(document.path, document.line_of(keys), message, hint)


def _unreadable(error: MarkedYAMLError, where: str, first_line: int) -> Finding:
    """What the parser says, where what it stumbled over begins, with what to do about it."""
    context, problem = error.context or "", error.problem or ""
    code = next((code for words, code in _CODES.items() if words in f"{context}: {problem}"), "yaml_other")
    opened = any(words in context for words in _OPENED)
    mark = (error.context_mark if opened else None) or error.problem_mark
    return found(code, where, first_line + (mark.line if mark else 0), problem=problem or context)


def _depths(text: str) -> Iterator[tuple[int, str, int]]:
    """Per line its number, itself, and how many brackets are open behind it at most."""
    depth = 0
    for number, row in enumerate(text.split("\n")):
        highest = depth
        for character in row:
            depth += (character in "[{") - (character in "]}")
            highest = max(highest, depth)
        yield number, row, highest
