"""The forms in which people write groups of entries (offers, variants, what is sold separately), brought into lists of
entries with the model's keys."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice, product
from typing import Any

from host.core.yamlnodes import Place
from host.show.keys import OFFER_KEYS, TABLES, canonical
from host.show.moves import Moves, is_entry
from host.show.values import in_figures

_DATED = re.compile(r"\d{4}[-/.年]\d")
_NTH_KEY = re.compile(r"^第(?P<piece>\d{1,2}[㐀-鿿])$|^(?P<number>\d{1,2})(?:st|nd|rd|th)(?:_\w{1,9})?$")
"""第二件, 第2杯, ``second``, ``3rd_piece``, once in figures: the key of what that piece costs."""
_ORDINALS = {"second": 2, "third": 3, "fourth": 4, "fifth": 5}
_CELL = re.compile(r"\s*+(?P<measure>[^\W\d][^\d:：<>≤≥]{0,30}?)[:：\s]*+(?P<text>[\d<>≤≥].*)")
MAX_COMBINED = 1000
"""Combinations of options that are made; more than a sheet may have, so that too many are told."""
_OF_VARIANTS = frozenset({"name", "price", "list_price", "stock", "id"})
"""Keys by which a list under 规格 is one of variants, and none of facts."""


def promotions(moves: Moves, written: str, value: Any) -> Any:
    """Offers; one may be only its text, and one alone needs no list."""
    if not isinstance(value, list):
        moves.move((written,), ("promotions", 0))
        return [_offer(moves, (written,), ("promotions", 0), value)]
    return [_offer(moves, (written, index), ("promotions", index), entry) for index, entry in enumerate(value)]


def _offer(moves: Moves, at: Place, to: Place, entry: Any) -> Any:
    if isinstance(entry, str):
        return {"text": entry}
    if not isinstance(entry, dict):
        return entry
    nth = {key: piece for key in entry if (piece := _nth(key))}
    plain = {key: value for key, value in entry.items() if key not in nth}
    offer = moves.entry(at, to, plain, OFFER_KEYS)
    for key, piece in nth.items():
        offer |= {"nth": piece, "pay": entry[key]}
        moves.move((*at, key), (*to, "pay"))
    if isinstance(terms := offer.get("terms"), (list, dict)):
        below = [*enumerate(terms)] if isinstance(terms, list) else [(None, terms)]
        source = next(key for key in plain if OFFER_KEYS.get(canonical(key)) == "terms")
        offer["terms"] = [
            _offer(moves, (*at, source) if index is None else (*at, source, index), (*to, "terms", index or 0), term)
            for index, term in below
        ]
    return offer


def _nth(key: object) -> str:
    """Which piece a key names: 2件 for 第二件, 2 for ``second``; nothing for any other key."""
    plain = canonical(key)
    if plain.partition("_")[0] in _ORDINALS:
        return str(_ORDINALS[plain.partition("_")[0]])
    match = _NTH_KEY.match(in_figures(plain)) if len(plain) <= 12 else None
    return f"{match['piece'] or match['number']}" if match else ""


def variants(moves: Moves, written: str, value: Any) -> Any:
    """Variants: entries, names with what is true of them, names alone, or the options of which every combination is
    one: ``{颜色: [炭黑, 米白], 尺码: [M, L]}``."""
    if isinstance(value, dict) and value and all(canonical(key) in TABLES["options"] for key in value):
        columns = [cells if isinstance(cells, list) else [cells] for cells in value.values()]
        moves.move((written,), ("variants",))
        rows = islice(product(*columns), MAX_COMBINED)
        return [{"name": " ".join(map(str, row)), "options": dict(zip(value, row, strict=True))} for row in rows]
    return _entries(moves, written, value, "variants", _variant, named="name", scalar="price")


def are_variants(value: Any) -> bool:
    """Whether what stands under a key that facts have as well (规格) is a list of variants."""
    keys = TABLES["variants"]
    return isinstance(value, list) and any(
        isinstance(entry, dict) and any(keys.get(canonical(key)) in _OF_VARIANTS for key in entry) for entry in value
    ) and all(isinstance(entry, dict) and len(entry) > 1 for entry in value)  # fmt: skip


def _variant(moves: Moves, at: Place, to: Place, entry: Any) -> Any:
    if isinstance(entry, str):
        return {"name": entry}
    if not isinstance(entry, dict):
        return entry
    variant = moves.entry(at, to, entry, TABLES["variants"], rest="facts")
    facts = variant.get("facts", {})
    options = {key: facts[key] for key in facts if canonical(key) in TABLES["options"]}
    if options and not isinstance(variant.get("options"), dict):
        variant["options"] = options
        variant["facts"] = {key: text for key, text in facts.items() if key not in options}
    if "name" not in variant and "text" not in variant and (parts := variant.get("options")):
        variant["name"] = " ".join(map(str, parts.values())) if isinstance(parts, dict) else parts
    return variant


def sold_separately(moves: Moves, written: str, value: Any) -> Any:
    """What is sold separately: entries, or names with their prices."""
    return _entries(moves, written, value, "sold_separately", _plain("sold_separately", "name"), named="name",
                    scalar="price")  # fmt: skip


def exceptions(moves: Moves, written: str, value: Any) -> Any:
    """Places that are not shipped to as others: entries, or places with their fees."""
    return _entries(moves, written, value, "exceptions", _plain("exceptions", "place"), named="place", scalar="fee")


def batches(moves: Moves, written: str, value: Any) -> Any:
    """Batches: entries, or dates alone."""
    if isinstance(value, str) and _DATED.match(value.strip()):
        moves.move((written,), ("batches", 0))
        return [{"made": value}]
    return _entries(moves, written, value, "batches", _plain("batches", "made"), named="code", scalar="made")


def single(moves: Moves, written: str, value: Any, group: str) -> Any:
    """The one entry of a group that has no list: a text, or keys."""
    moves.move((written,), (group,))
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return {"text": value}
    return {"text": value} if isinstance(value, str) else moves.entry((written,), (group,), value, TABLES[group])


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


_Shape = Callable[[Moves, Place, Place, Any], Any]


def _plain(group: str, key: str) -> _Shape:
    """Entries of a group whose text alone stands under ``key``."""

    def shape(moves: Moves, at: Place, to: Place, entry: Any) -> Any:
        return {key: entry} if isinstance(entry, str) else moves.entry(at, to, entry, TABLES[group])

    return shape


def _entries(
    moves: Moves, written: str, value: Any, group: str, shape: _Shape, *, named: str, scalar: str
) -> Any:  # fmt: skip
    """The entries of a list; of a mapping its keys with what they hold; a text alone is said as it stands."""
    if isinstance(value, list):
        for index in range(len(value)):
            moves.move((written, index), (group, index))
        return [shape(moves, (written, index), (group, index), entry) for index, entry in enumerate(value)]
    moves.move((written,), (group, 0))
    if isinstance(value, str):
        return [{"text": value}]
    if not isinstance(value, dict) or is_entry(value, TABLES[group]):
        return [shape(moves, (written,), (group, 0), value)]
    return [_of_key(moves, (written, key), (group, index), key, held, shape, {"named": named, "scalar": scalar})
            for index, (key, held) in enumerate(value.items())]  # fmt: skip


def _of_key(
    moves: Moves, at: Place, to: Place, key: str, held: Any, shape: _Shape, roles: Mapping[str, str]
) -> Any:  # fmt: skip
    """An entry whose name is its key, and whose value is its price, or all the rest."""
    moves.move(at, to)
    if isinstance(held, dict):
        entry = shape(moves, at, to, held)
        return {roles["named"]: key, **entry} if isinstance(entry, dict) else entry
    return {roles["named"]: key} if held is None else {roles["named"]: key, roles["scalar"]: held}
