"""The forms in which people write a size chart, brought into sizes with their measures."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from host.show.keys import TABLES, canonical
from host.show.moves import Moves

_CELL = re.compile(r"\s*+(?P<measure>[^\W\d][^\d:：<>≤≥]{0,30}?)[:：\s]*+(?P<text>[\d<>≤≥].*)")


def size_chart(moves: Moves, written: str, value: Any) -> Any:
    """Sizes with their measures: keys and values, a list of rows with a size each, a text for each size, or a chart by
    measures, which is turned. A text for the whole is said as it stands, and has no sizes."""
    moves.move((written,), ("size_chart",))
    if isinstance(value, list):
        value = dict(_chart_rows(moves, written, value))
    if isinstance(value, str):
        return {"": {"": value}}
    if not isinstance(value, dict):
        return value
    measures = TABLES["measures"].values()
    if value and all(isinstance(row, dict) and measure_key(key) in measures for key, row in value.items()):
        return _turned(moves, written, value)
    return {size: _cells(row) if isinstance(row, str) else row for size, row in value.items()}


def _chart_rows(moves: Moves, written: str, rows: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    """The rows of a chart that is a list, each by its size."""
    known: set[str] = set()
    for index, row in enumerate(rows):
        named = [key for key in row if canonical(key) in TABLES["size_chart"]] if isinstance(row, dict) else []
        if not named or str(row[named[0]]) in known:
            moves.tell("size_row", (written, index))
            continue
        size = str(row[named[0]])
        known.add(size)
        moves.move((written, index), ("size_chart", size))
        yield size, {key: text for key, text in row.items() if key != named[0]}


def _turned(moves: Moves, written: str, columns: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """A chart by measures as one by sizes."""
    chart: dict[str, dict[str, Any]] = {}
    for measure, cells in columns.items():
        for size, text in cells.items():
            chart.setdefault(size, {})[measure] = text
            moves.move((written, measure, size), ("size_chart", size, measure))
            moves.lines.setdefault(("size_chart", size), moves.lines["size_chart", size, measure])
    return chart


def _cells(row: str) -> dict[str, str]:
    """The measures in a text such as 身高155-163cm，体重90-105斤; the text itself where it has another form."""
    pieces = [piece for piece in re.split(r"[,，;；、]", row) if piece.strip()]
    cells = [_CELL.fullmatch(piece) for piece in pieces]
    if all(cells):
        return {cell["measure"].strip(): cell["text"].strip() for cell in cells if cell}
    return {"": row}


def measure_key(written: str) -> str:
    """What a column of a size chart measures: ``height`` for 身高(cm); a name of one's own as it is written."""
    plain = canonical(unicodedata.normalize("NFKC", written).partition("(")[0])
    return TABLES["measures"].get(plain, written.strip())
