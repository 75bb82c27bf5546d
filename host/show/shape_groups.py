"""The forms in which people write groups of entries (offers, variants, what is sold separately), brought into lists of
entries with the model's keys."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import islice, product
from typing import Any

from host.core.money import Money
from host.core.yamlnodes import Place
from host.show.keys import OFFER_KEYS, TABLES, canonical
from host.show.moves import Moves, is_entry
from host.show.values import in_figures

_DATED = re.compile(r"\d{4}[-/.年]\d")
_NTH_KEY = re.compile(r"^第(?P<piece>\d{1,2}[㐀-鿿])$|^(?P<number>\d{1,2})(?:st|nd|rd|th)(?:_\w{1,9})?$")
"""第二件, 第2杯, ``second``, ``3rd_piece``, once in figures: the key of what that piece costs."""
_ORDINALS = {"second": 2, "third": 3, "fourth": 4, "fifth": 5}
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
    if isinstance(offer.get("terms"), str):
        offer["terms"] = [offer["terms"]]
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
        return _priced("name", entry, "price")
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
    return _entries(moves, written, value, "sold_separately", _plain("sold_separately", "name", "price"), named="name",
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


_Shape = Callable[[Moves, Place, Place, Any], Any]


def _plain(group: str, key: str, price: str = "") -> _Shape:
    """Entries of a group whose text alone stands under ``key``, and the amount behind it under ``price``."""

    def shape(moves: Moves, at: Place, to: Place, entry: Any) -> Any:
        return _priced(key, entry, price) if isinstance(entry, str) else moves.entry(at, to, entry, TABLES[group])

    return shape


def _priced(key: str, text: str, price: str) -> dict[str, str]:
    """A name with the price behind it: 黑色 39元. A bare number behind a name is a part of it: 鞋 42."""
    name, _, amount = text.strip().rpartition(" ")
    try:
        if price and name and not amount.replace(".", "").isdecimal() and Money.parse(amount):
            return {key: name.strip(" :：,，"), price: amount}
    except ValueError:
        pass
    return {key: text}


def _entries(
    moves: Moves, written: str, value: Any, group: str, shape: _Shape, *, named: str, scalar: str
) -> Any:  # fmt: skip
    """The entries of a list; of a mapping its keys with what they hold; a text alone is said as it stands."""
    roles = {"named": named, "scalar": scalar}
    if isinstance(value, list):
        for index in range(len(value)):
            moves.move((written, index), (group, index))
        return [
            _listed(moves, (written, index), (group, index), entry, shape, roles) for index, entry in enumerate(value)
        ]
    moves.move((written,), (group, 0))
    if isinstance(value, str):
        return [{"text": value}]
    if not isinstance(value, dict) or is_entry(value, TABLES[group]):
        return [shape(moves, (written,), (group, 0), value)]
    return [_of_key(moves, (written, key), (group, index), key, held, shape, roles)
            for index, (key, held) in enumerate(value.items())]  # fmt: skip


def _listed(moves: Moves, at: Place, to: Place, entry: Any, shape: _Shape, roles: Mapping[str, str]) -> Any:
    """An entry of a list: as it is, or one whose only key is its name, as in ``- 白色: 429元``."""
    if isinstance(entry, dict) and len(entry) == 1:
        ((key, held),) = entry.items()
        if not is_entry(entry, {**TABLES[str(to[0])], **TABLES["options"]}):
            return _of_key(moves, (*at, key), to, key, held, shape, roles)
    return shape(moves, at, to, entry)


def _of_key(
    moves: Moves, at: Place, to: Place, key: str, held: Any, shape: _Shape, roles: Mapping[str, str]
) -> Any:  # fmt: skip
    """An entry whose name is its key, and whose value is its price, or all the rest."""
    moves.move(at, to)
    if isinstance(held, dict):
        entry = shape(moves, at, to, held)
        return {roles["named"]: key, **entry} if isinstance(entry, dict) else entry
    return {roles["named"]: key} if held is None else {roles["named"]: key, roles["scalar"]: held}
