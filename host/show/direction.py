"""Directions: ``{gesture=point show=steam.jpg mood=calm}``, what the writer asks of host and scene."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from host.core.errors import Finding
from host.core.findings import found, found_at
from host.core.reason import Reason
from host.core.utterance import Direction

KEYS = ("gesture", "show", "mood")

_EXAMPLES = {"gesture": "present", "mood": "calm"}
_PAIR = re.compile(r"""\s*+(?<!\w)(?P<key>\w++)\s*+=\s*+(?:"(?P<quoted>[^"]*+)"|(?P<bare>[^\s"{}=]++))\s*+""")
_NAME = re.compile(r"^\w[\w-]{0,39}$")


class BadDirection(ValueError):
    """What is wrong with a direction."""

    def __init__(self, code: str, **details: Any) -> None:
        super().__init__(Reason(code, **details))
        self.code = code
        self.details = details

    def at(self, path: str, line: int, key: str = "") -> Finding:
        """The finding for it; ``key`` is that of a sheet whose value it is."""
        if key:
            return found_at(key, self.code, path, line, **self.details)
        return found(self.code, path, line, **self.details)


def parse_pairs(body: str) -> dict[str, str]:
    """The ``key=value`` pairs between the braces. Raises `BadDirection`."""
    pairs: dict[str, str] = {}
    position = 0
    while position < len(body.rstrip()):
        match = _PAIR.match(body, position)
        if match is None:
            raise BadDirection("direction_unread", written=body)
        position = match.end()
        key, value = match["key"], match["quoted"] if match["quoted"] is not None else match["bare"]
        if key not in KEYS:
            raise BadDirection("direction_unknown", key=key, known=[*KEYS])
        if key in pairs:
            raise BadDirection("direction_twice", key=key)
        if key != "show" and not _NAME.match(value):
            raise BadDirection("direction_no_name", key=key, value=value, example=_EXAMPLES[key])
        pairs[key] = value
    if not pairs:
        raise BadDirection("direction_empty")
    return pairs


def merge(pairs: list[dict[str, str]]) -> dict[str, str]:
    """The directions of one sentence together. Raises `BadDirection` where two of them disagree."""
    merged: dict[str, str] = {}
    for each in pairs:
        for key, value in each.items():
            if merged.setdefault(key, value) != value:
                raise BadDirection("direction_two", key=key, one=merged[key], other=value)
    return merged


def inside(folder: Path, written: str) -> Path:
    """The absolute path of a picture named in a file of ``folder``. Raises `BadDirection` where it leads outside."""
    root = folder.resolve()
    try:
        place = (root / written).resolve()
    except (OSError, ValueError, RuntimeError):
        raise BadDirection("picture_no_path", written=written) from None
    if not place.is_relative_to(root) or place == root:
        raise BadDirection("picture_outside", written=written)
    return place


def resolve(pairs: dict[str, str], folder: Path) -> Direction:
    """The direction with its picture's absolute path. Raises `BadDirection`."""
    show = str(inside(folder, pairs["show"])) if "show" in pairs else ""
    return Direction(gesture=pairs.get("gesture", ""), show=show, mood=pairs.get("mood", ""))
