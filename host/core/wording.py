"""What every reason says, in each language: templates by code, from ``reasons.toml`` of its pack.

A template is text with fields for the details of a reason. The console reads the same files, and the same fields
(``static/console/wording.js``)::

    {name}             the detail; a reason among the details in its own words
    {name|table}       its word in that table of the file, else the table's word for "", else itself
    {name?text}        text, where the detail is there and neither empty nor zero
    {name!text}        text, where it is not
    {name*text}        text for each of a list, with the fields of the item ({it} for one without fields)
    {name#one|many}    one of two texts, by number
    {{ and }}          braces

A code may have two texts: what is the matter, and what to do (its code with ``.hint``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from host.core.lang import Lang
from host.core.packs import pack

HINT = ".hint"
_FORMS = "|?!*#"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a template: what it takes, and the texts it puts there."""

    name: str
    form: str = ""
    texts: tuple[tuple[str | Field, ...], ...] = ()
    table: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language."""

    templates: Mapping[str, str]
    tables: Mapping[str, Mapping[str, str]]
    separator: str
    """Between the items of a list."""

    def say(self, code: str, details: Mapping[str, Any]) -> str:
        """A reason in words. Raises `KeyError` for a code without words, and for a detail its words need."""
        return self._put(parsed(self.templates[code]), details)

    def _put(self, nodes: tuple[str | Field, ...], details: Mapping[str, Any]) -> str:
        return "".join(node if isinstance(node, str) else self._field(node, details) for node in nodes)

    def _field(self, field: Field, details: Mapping[str, Any]) -> str:
        if field.form in ("?", "!"):
            wanted = bool(details.get(field.name)) == (field.form == "?")
            return self._put(field.texts[0], details) if wanted else ""
        value = details[field.name]
        if field.form == "*":
            return self.separator.join(
                self._put(field.texts[0], {**details, **(item if isinstance(item, Mapping) else {"it": item})})
                for item in value
            )
        if field.form == "#":
            return self._put(field.texts[value != 1], details)
        said = self._said(value)
        table = self.tables.get(field.table, {})
        return table.get(said, table.get("", said))

    def _said(self, value: Any) -> str:
        """A detail in words: a reason, as itself or as data, a number, or text."""
        if isinstance(value, Mapping):
            return self.say(value["code"], value["details"])
        if hasattr(value, "code"):
            return self.say(value.code, value.details)
        return f"{value:g}" if isinstance(value, float) else str(value)


@cache
def words(lang: Lang) -> Words:
    """The words of a language."""
    file = pack(lang).table("reasons.toml")
    templates: dict[str, str] = {}
    for code, texts in (entry for section in file["words"].values() for entry in section.items()):
        said, *hint = [texts] if isinstance(texts, str) else texts
        templates[code] = said
        if hint:
            templates[code + HINT] = hint[0]
    return Words(templates, file["tables"], file["separator"])


@lru_cache(maxsize=1024)
def parsed(template: str) -> tuple[str | Field, ...]:
    """The nodes of a template. Raises `ValueError` for one that is not well formed."""
    nodes, end = _text(template, 0, "")
    assert end == len(template)
    return nodes


def names_in(nodes: tuple[str | Field, ...]) -> set[str]:
    """Every detail a template speaks of, but the fields of the items of its lists."""
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, Field):
            found.add(node.name)
            if node.form != "*":
                found = found.union(*map(names_in, node.texts))
    return found


def _text(template: str, at: int, ends: str) -> tuple[tuple[str | Field, ...], int]:
    """The nodes from ``at`` to the first of ``ends``, and where that stands."""
    nodes: list[str | Field] = []
    plain = ""
    while at < len(template):
        character = template[at]
        if template[at : at + 2] in ("{{", "}}") and not (character == "}" and "}" in ends):
            plain, at = plain + character, at + 2
        elif character in ends:
            break
        elif character == "{":
            field, at = _field(template, at + 1)
            nodes += [plain, field] if plain else [field]
            plain = ""
        else:
            plain, at = plain + character, at + 1
    if ends and at >= len(template):
        raise ValueError(f"a field is not closed: {template}")
    return tuple([*nodes, plain] if plain else nodes), at


def _field(template: str, at: int) -> tuple[Field, int]:
    """The field whose name begins at ``at``, and where it ends."""
    end = at
    while end < len(template) and (template[end].isalnum() or template[end] == "_"):
        end += 1
    name, form = template[at:end], template[end : end + 1]
    if not name or not form or form not in _FORMS + "}":
        raise ValueError(f"no field of a template: {template[at - 1 :]}")
    if form == "}":
        return Field(name), end + 1
    text, end = _text(template, end + 1, "|}" if form == "#" else "}")
    if form == "|":
        return Field(name, form, table="".join(map(str, text))), end + 1
    if form != "#":
        return Field(name, form, (text,)), end + 1
    many, end = _text(template, end + 1, "}")
    return Field(name, form, (text, many)), end + 1
