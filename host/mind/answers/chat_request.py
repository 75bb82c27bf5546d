"""What a chat endpoint is asked for besides its messages, and how that gives way to what the endpoint does not take."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

REFUSING = frozenset((400, 422, 500, 501))
"""HTTP statuses under which endpoints say that they do not take a field."""
_OTHER_NAMES: dict[str, tuple[str, ...]] = {
    "max_tokens": ("max_completion_tokens", "max_output_tokens", "max_new_tokens"),
    "max_completion_tokens": ("max_tokens",),
}
"""What an endpoint may call the same thing: asked for under that name where its refusal mentions it."""
_TELLING = ("param", "parameter", "field", "loc")
"""Keys of an error that hold the name of what is refused, and nothing else."""
_ECHOES = frozenset(("input", "ctx", "url"))
"""Keys of an error that hold what was sent, names of innocent fields among it."""
_DEEPEST = 8


@dataclass(frozen=True)
class Fields:
    """The fields of a request. Immutable; each refusal gives the ones to try next, never a field tried before."""

    values: Mapping[str, Any]
    refused: tuple[str, ...] = field(default=())
    """Names the endpoint does not take, in the order it said so."""

    def without(self, words: object) -> Fields | None:
        """The fields without the one that ``words``, the endpoint's refusal, names: under the other name it mentions,
        or left out. None where it names none of them."""
        name = self._named(words)
        if name is None:
            return None
        refused = (*self.refused, name)
        others = [other for other in _OTHER_NAMES.get(name, ()) if other not in refused and _says(words, other)]
        values = {key: value for key, value in self.values.items() if key != name}
        if others:
            values[others[0]] = self.values[name]
        return replace(self, values=values, refused=refused)

    def _named(self, words: object) -> str | None:
        """The field that is named first, in what tells most. A part of a field stands for the whole."""
        owners = {name: name for name in self.values}
        for name, value in self.values.items():
            if isinstance(value, Mapping):
                owners |= {str(part): name for part in value if str(part) not in owners}
        if not owners:
            return None
        pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, owners))})(?!\w)")
        found = next((match for text in _texts(words) if (match := pattern.search(text))), None)
        return owners[found.group()] if found else None


def _says(words: object, name: str) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for text in _texts(words))


def _texts(words: object) -> Iterator[str]:
    """The texts in an error, the most telling ones first."""
    if isinstance(words, str):
        with_json = _as_json(words)
        yield from (words,) if with_json is None else _texts(with_json)
        return
    yield from _within(words, telling=True, depth=0)
    yield from _within(words, telling=False, depth=0)


def _as_json(text: str) -> object | None:
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, (dict, list)) else None


def _within(words: object, *, telling: bool, depth: int, told: bool = False) -> Iterator[str]:
    if isinstance(words, str):
        if told or not telling:
            yield words
    elif depth < _DEEPEST and isinstance(words, Mapping):
        for key, value in words.items():
            if key not in _ECHOES:
                yield from _within(value, telling=telling, depth=depth + 1, told=told or key in _TELLING)
    elif depth < _DEEPEST and isinstance(words, list):
        for value in words:
            yield from _within(value, telling=telling, depth=depth + 1, told=told)
