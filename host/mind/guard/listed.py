"""Words as data: a file with a heading for each class of them, several Chinese words to a line, one English phrase."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files

LANGUAGES = ("zh", "en")
_HEADING = re.compile(r"^\[([a-z-]{1,20})\]$")


def listed(name: str, lang: str) -> Iterator[tuple[str, str]]:
    """``(heading, word)`` of ``NAME.LANG.txt`` in order; the heading is empty above the first one."""
    heading = ""
    for line in files(__package__).joinpath(f"{name}.{lang}.txt").read_text(encoding="utf-8").splitlines():
        if found := _HEADING.match(line):
            heading = found[1]
        elif line and not line.startswith("#"):
            yield from ((heading, word) for word in (line.split() if lang == "zh" else [line]))
