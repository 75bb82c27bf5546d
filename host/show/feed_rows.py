"""A feed's rows, from the bytes of a CSV or JSON file as shop systems write them. Pure, and bounded."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from host.core.reason import Reason

MAX_BYTES = 16 * 1024 * 1024
MAX_ROWS = 50_000
MAX_CELL = 10_000
"""Characters of one value: descriptions, which nobody reads here, are cut."""

_ENCODINGS = ("utf-8-sig", "gb18030")
"""What Chinese shop systems write is one of these."""
_SEPARATORS = "\t;|,"


@dataclass(frozen=True, slots=True)
class Row:
    """One row, with its number in the file: of a line, or counted from 1 in a list."""

    number: int
    cells: Mapping[str, Any]
    """By the column's name as `plain_name` writes it."""


def rows_of(data: bytes) -> list[Row]:
    """The rows of a feed: CSV with any usual separator, a JSON list, an object that holds one, or an object a line.
    Raises `ValueError` with the `Reason`."""
    if len(data) > MAX_BYTES:
        raise ValueError(Reason("feed_too_large", most=MAX_BYTES // 1024 // 1024))
    text = _decoded(data)
    rows = list(islice(_json(text) if text.lstrip()[:1] in ("[", "{") else _csv(text), MAX_ROWS + 1))
    if len(rows) > MAX_ROWS:
        raise ValueError(Reason("feed_too_long", most=MAX_ROWS))
    if not rows:
        raise ValueError(Reason("feed_empty"))
    return rows


def plain_name(column: object) -> str:
    """A column's name: without the namespace of Google's, in one case, spaces as underscores."""
    return "_".join(str(column).strip().casefold().removeprefix("g:").split())


def _decoded(data: bytes) -> str:
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValueError(Reason("feed_encoding"))


def _csv(text: str) -> Iterator[Row]:
    head = text.lstrip().partition("\n")[0]
    separator = max(_SEPARATORS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    names: list[str] | None = None
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if names is None:
                names = [plain_name(cell) for cell in cells]
            else:
                yield Row(reader.line_num, {name: cell[:MAX_CELL] for name, cell in zip(names, cells, strict=False)})
    except csv.Error as error:
        raise ValueError(Reason("feed_csv", row=reader.line_num, why=str(error))) from None


def _json(text: str) -> Iterator[Row]:
    for number, each in _numbered(text):
        if not isinstance(each, Mapping):
            raise ValueError(Reason("feed_no_object", row=number))
        yield Row(number, {plain_name(name): value for name, value in each.items()})


def _numbered(text: str) -> Iterator[tuple[int, Any]]:
    """The entries of a list with their places, or of lines with their numbers."""
    try:
        whole = _loaded(text)
    except ValueError:
        lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
        if len(lines) < 2 or not lines[0][1].rstrip().endswith("}"):
            raise
        yield from ((number, _loaded(line)) for number, line in lines)
        return
    yield from enumerate(_listed(whole), 1)


def _listed(whole: Any) -> list[Any]:
    if isinstance(whole, list):
        return whole
    return next((value for value in whole.values() if isinstance(value, list)), [whole])


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(Reason("feed_json", row=error.lineno, why=error.msg)) from None
    except (ValueError, RecursionError):
        raise ValueError(Reason("feed_json", row=1, why="nested too deeply, or a number too long")) from None
