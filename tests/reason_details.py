"""Details that a reason of a code can have, made of what its words speak of: texts stand in angle brackets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from host.core.wording import Field, parsed, words

OMITTED = {"asks": {"intent", "missing"}}
"""Details that Chinese leaves to the tag beside the words, or to other words than those for a product."""


def details_of(code: str) -> dict[str, Any]:
    """A value for every detail that the words of a code speak of, in any language."""
    details: dict[str, Any] = {}
    for lang in ("en", "zh"):
        for field in fields(parsed(words(lang).templates[code])):
            value = _value(field)
            if field.form in "*#|" or field.name not in details:
                details[field.name] = value if field.form else details.get(field.name, value)
    return details


def fields(nodes: tuple[str | Field, ...], passed_by: str = "*") -> Iterator[Field]:
    """Every field of a template, but those within fields of a form in ``passed_by``."""
    for node in nodes:
        if isinstance(node, Field):
            yield node
            for text in node.texts if node.form not in passed_by or not node.form else ():
                yield from fields(text, passed_by)


def told_of(code: str) -> set[str]:
    """The details that are texts of their own, and must come back in the words."""
    templates = [words(lang).templates[code] for lang in ("en", "zh")]
    found = [field for template in templates for field in fields(parsed(template), "*!")]
    chosen = {field.name for field in found if field.form in ("#", "|", "*")}
    return {field.name for field in found if field.form == ""} - chosen - OMITTED.get(code, set())


def _value(field: Field) -> Any:
    if field.form == "#":
        return 2
    if field.form != "*":
        return f"<{field.name}>"
    inside = {each.name for each in fields(field.texts[0])}
    return [{name: f"<{name}>" for name in inside}] if inside != {"it"} else ["<it>"]
