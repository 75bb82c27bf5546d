"""A document against its model: everything that is wrong in it, and what is left without that."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from host.core.errors import Finding
from host.core.lang import Lang
from host.core.packs import pack
from host.core.yamlfile import Document, finding_of
from host.show.build import PLACEHOLDER
from host.show.keys import ENTRY_GROUPS

_LEFT_OUT: dict[str, Any] = {**{key: {"text": PLACEHOLDER} for key in ENTRY_GROUPS},
                             "faq": {"q": PLACEHOLDER, "a": PLACEHOLDER}}  # fmt: skip
"""What takes the place of an entry, by its group."""
_MAPPINGS = ("facts", "size_chart")

Model = TypeVar("Model", bound=BaseModel)


def valid(
    document: Document, model: type[Model], lang: Lang, stand_ins: Mapping[str, Any]
) -> tuple[Model, list[Finding], set[str]]:
    """The model of a document, what is wrong with it, and the keys that were left out for it, or for which one of
    ``stand_ins`` stands."""
    data = dict(document.data)
    findings: list[Finding] = []
    broken: set[str] = set()
    left = dict(stand_ins)
    while True:
        try:
            return (
                model.model_validate(data, context={"currency": pack(lang).table("pack.toml")["currency"]}),
                findings,
                broken,
            )
        except ValidationError as error:
            problems = error.errors()
        findings += [finding_of(document, problem, model) for problem in problems]
        for place in dict.fromkeys(problem["loc"] for problem in problems):
            broken.add(str(place[0]))
            _leave_out(data, place, left)


def _leave_out(data: dict[str, Any], place: tuple[Any, ...], stand_ins: dict[str, Any]) -> None:
    """Take what is wrong out of the data: a topic, an entry (whose place stays taken), or a whole value."""
    key, given = place[0], data.get(place[0])
    if key in _MAPPINGS and len(place) > 1 and isinstance(given, dict):
        data[key] = {topic: text for topic, text in given.items() if topic != place[1]}
    elif key in _LEFT_OUT and len(place) > 1 and isinstance(given, list) and given[place[1]] != _LEFT_OUT[key]:
        data[key] = [_LEFT_OUT[key] if index == place[1] else entry for index, entry in enumerate(given)]
    else:
        data.pop(key, None)
        if key in stand_ins:
            data[key] = stand_ins.pop(key)
