"""Directions: ``{gesture=point show=steam.jpg mood=calm}``, what the writer asks of host and scene."""

from __future__ import annotations

import re
from pathlib import Path

from host.core.utterance import Direction

KEYS = ("gesture", "show", "mood")

_EXAMPLES = {"gesture": "present", "mood": "calm"}
_PAIR = re.compile(r"""\s*+(?<!\w)(?P<key>\w++)\s*+=\s*+(?:"(?P<quoted>[^"]*+)"|(?P<bare>[^\s"{}=]++))\s*+""")
_NAME = re.compile(r"^\w[\w-]{0,39}$")


class BadDirection(ValueError):
    """What is wrong with a direction, and what to write instead."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def parse_pairs(body: str) -> dict[str, str]:
    """The ``key=value`` pairs between the braces. Raises `BadDirection`."""
    pairs: dict[str, str] = {}
    position = 0
    while position < len(body.rstrip()):
        match = _PAIR.match(body, position)
        if match is None:
            raise BadDirection(
                f"{{{body}}} is not a direction",
                "write {gesture=point}, {show=picture.jpg} or {mood=calm}; for a brace that is spoken of write \\{",
            )
        position = match.end()
        key, value = match["key"], match["quoted"] if match["quoted"] is not None else match["bare"]
        if key not in KEYS:
            raise BadDirection(f"unknown direction {key!r}", "there are: " + ", ".join(KEYS))
        if key in pairs:
            raise BadDirection(f"{key} is given twice", "leave one of them out")
        if key != "show" and not _NAME.match(value):
            raise BadDirection(
                f"{value!r} is not a name for a {key}",
                f"one word from the list of {key}s is expected, for example {{{key}={_EXAMPLES[key]}}}",
            )
        pairs[key] = value
    if not pairs:
        raise BadDirection("the direction is empty", "write {gesture=point}, or leave the braces out")
    return pairs


def merge(pairs: list[dict[str, str]]) -> dict[str, str]:
    """The directions of one sentence together. Raises `BadDirection` where two of them disagree."""
    merged: dict[str, str] = {}
    for each in pairs:
        for key, value in each.items():
            if merged.setdefault(key, value) != value:
                raise BadDirection(
                    f"one sentence is given {key}={merged[key]} and {key}={value}", "a sentence takes one of each"
                )
    return merged


def inside(folder: Path, written: str) -> Path:
    """The absolute path of a picture named in a file of ``folder``. Raises `BadDirection` where it leads outside."""
    root = folder.resolve()
    try:
        place = (root / written).resolve()
    except (OSError, ValueError, RuntimeError):
        raise BadDirection(f"{written!r} is not a path", "write the picture's file name") from None
    if not place.is_relative_to(root) or place == root:
        raise BadDirection(
            f"{written!r} lies outside the script's folder",
            "copy the picture beside the script, or into a folder there",
        )
    return place


def resolve(pairs: dict[str, str], folder: Path) -> Direction:
    """The direction with its picture's absolute path. Raises `BadDirection`."""
    show = str(inside(folder, pairs["show"])) if "show" in pairs else ""
    return Direction(gesture=pairs.get("gesture", ""), show=show, mood=pairs.get("mood", ""))
