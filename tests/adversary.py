"""Texts that take a regular expression as long as it can: what it looks for, begun and never ended."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

Tree = Any
"""A parsed pattern: pairs of an operation and its argument."""

ANYTHING = "a1 的.一-:'~x"
"""Characters tried where a pattern takes any, or any but some."""
USUAL = ("1", "一", "的", "a", "A", " ", "\t", ".", "，", "-", "/", "哈", "1.", "1,", "a ", "a.", "1一", "1 与")
_REPEATS = (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT)
_CATEGORIES = {code.CATEGORY_DIGIT: "1", code.CATEGORY_SPACE: " ", code.CATEGORY_WORD: "a"}


def patterns(*packages: str) -> dict[str, re.Pattern[str]]:
    """Every compiled pattern that a module of these packages holds, also in its tables; each once, by its place."""
    found: dict[tuple[str, int], tuple[str, re.Pattern[str]]] = {}

    def look(value: object, place: str, depth: int = 0) -> None:
        if isinstance(value, re.Pattern):
            found.setdefault((value.pattern, value.flags), (place, value))
        elif isinstance(value, dict) and depth < 5:
            for key, each in value.items():
                look(each, f"{place}[{key!r}]", depth + 1)
        elif is_dataclass(value) and not isinstance(value, type) and depth < 5:
            for each in fields(value):
                look(getattr(value, each.name), f"{place}.{each.name}", depth + 1)
        elif isinstance(value, (list, tuple, set, frozenset)) and depth < 5:
            for number, each in enumerate(value):
                look(each, f"{place}[{number}]", depth + 1)

    for package in packages:
        for module in pkgutil.walk_packages(importlib.import_module(package).__path__, package + "."):
            for name, value in vars(importlib.import_module(module.name)).items():
                look(value, f"{module.name}.{name}")
    return dict(found.values())


def pumps(pattern: re.Pattern[str], most: int = 60) -> list[tuple[str, str]]:
    """(beginning, what to repeat) for the repetitions in a pattern, and for what texts usually repeat.

    Of more than ``most``, which word lists have that end in ``\\w*``, some from everywhere in it.
    """
    tree = parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    begun = list(dict.fromkeys(_repeats(tree, "")))
    heads = dict.fromkeys(head for head, _ in begun)
    usual = [("", each) for each in USUAL]
    all_of_them = list(dict.fromkeys([*begun, *((head, " ") for head in heads)]))
    return usual + all_of_them[:: len(all_of_them) // most + 1]


def _repeats(tree: Tree, head: str) -> Iterator[tuple[str, str]]:
    for operation, given in tree:
        if operation in _REPEATS:
            _, most, body = given
            if most > 1:
                for pump in {_sample(body, whole=False), _sample(body, whole=True)} - {""}:
                    yield head, pump
            yield from _repeats(body, head)
        else:
            for inner in _inner(operation, given):
                yield from _repeats(inner, head)
        head += _sample([(operation, given)], whole=False)


def _inner(operation: Any, given: Any) -> list[Tree]:
    if operation is code.BRANCH:
        return list(given[1])
    if operation is code.SUBPATTERN:
        return [given[3]]
    if operation is code.ATOMIC_GROUP:
        return [given]
    if operation in (code.ASSERT, code.ASSERT_NOT):
        return [given[1]]
    return []


def _sample(tree: Tree, *, whole: bool) -> str:
    """A text the tree matches: with as little as it may, or (``whole``) with every option taken once."""
    text = ""
    for operation, given in tree:
        if operation is code.LITERAL:
            text += chr(given)
        elif operation is code.NOT_LITERAL or operation is code.ANY:
            text += next(each for each in ANYTHING if operation is code.ANY or ord(each) != given)
        elif operation is code.IN:
            text += _member(given)
        elif operation in _REPEATS:
            least, most, body = given
            text += _sample(body, whole=whole) * (max(least, 1) if whole and most else least)
        elif operation is code.BRANCH:
            text += _sample(given[1][-1 if whole else 0], whole=whole)
        elif operation in (code.SUBPATTERN, code.ATOMIC_GROUP):
            text += _sample(given[3] if operation is code.SUBPATTERN else given, whole=whole)
        elif operation is code.GROUPREF:
            text += "a"
    return text


def _member(items: list[tuple[Any, Any]]) -> str:
    """A character of a class."""
    if items[0][0] is code.NEGATE:
        return next((each for each in ANYTHING if not any(_holds(item, each) for item in items[1:])), "\u0400")
    operation, given = items[0]
    if operation is code.CATEGORY:
        return _CATEGORIES.get(given, "\x02")
    return chr(given if operation is code.LITERAL else given[0])


def _holds(item: tuple[Any, Any], character: str) -> bool:
    operation, given = item
    if operation is code.LITERAL:
        return ord(character) == given
    if operation is code.RANGE:
        return bool(given[0] <= ord(character) <= given[1])
    tests = {code.CATEGORY_DIGIT: character.isdigit(), code.CATEGORY_SPACE: character.isspace(),
             code.CATEGORY_WORD: character.isalnum() or character == "_"}  # fmt: skip
    return bool(tests.get(given, not tests.get(code.CATEGORY_WORD)))
