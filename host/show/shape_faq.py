"""The forms in which people write questions with their answers, brought into entries of ``q`` and ``a``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from host.core.yamlnodes import Place
from host.show.keys import FAQ_KEYS
from host.show.moves import Moves, is_entry, numbered


def faq(moves: Moves, written: str, value: Any) -> Any:
    """Entries of ``q`` and ``a``; a question may be the key of its answer."""
    if isinstance(value, dict) and (entries := _numbered(moves, written, value)):
        return entries
    if isinstance(value, dict) and is_entry(value, FAQ_KEYS):
        moves.move((written,), ("faq", 0))
        return [moves.entry((written,), ("faq", 0), value, FAQ_KEYS)]
    if isinstance(value, dict):
        return [_answered(moves, (written, q), index, q, a) for index, (q, a) in enumerate(value.items())]
    if not isinstance(value, list):
        return value
    return [_entry(moves, (written, index), index, entry) for index, entry in enumerate(value)]


def _numbered(moves: Moves, written: str, value: Mapping[str, Any]) -> list[Any]:
    """The entries of ``Q1``, ``A1``, ``Q2``, ``A2``; none where the keys are others."""
    if not all(numbered(key)[0] in FAQ_KEYS for key in value):
        return []
    entries: dict[str, dict[str, Any]] = {}
    for written_key, text in value.items():
        name, number = numbered(written_key)
        entry = entries.setdefault(number, {})
        entry[FAQ_KEYS[name]] = text
        moves.move((written, written_key), ("faq", len(entries) - 1, FAQ_KEYS[name]))
    return [*entries.values()]


def _entry(moves: Moves, at: Place, index: int, entry: Any) -> Any:
    if isinstance(entry, str):
        moves.tell("faq_without_answer", at, entry=entry[:40])
        return {"q": "-", "a": "-"}
    if not isinstance(entry, dict) or is_entry(entry, FAQ_KEYS) or len(entry) != 1:
        return moves.entry(at, ("faq", index), entry, FAQ_KEYS)
    ((question, answer),) = entry.items()
    return _answered(moves, (*at, question), index, question, answer)


def _answered(moves: Moves, at: Place, index: int, question: str, answer: Any) -> dict[str, Any]:
    for key in ((), ("q",), ("a",)):
        moves.move(at, ("faq", index, *key))
    return {"q": question, "a": answer}
