"""The private hook into wetext, in one place. ``tests/voice/test_wetext_hooks.py`` fails when it breaks.

Why there is one: wetext reads the grammars of all its languages and directions when it is imported, 40 MB that hold the
interpreter for half a second. A host reads numbers in Chinese and English, in one direction. kaldifst comes with
wetext and is what it reads them with.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import kaldifst


class Grammar:
    """A grammar that is read when it is first used. Stands for ``kaldifst.TextNormalizer``."""

    def __init__(self, path: str) -> None:
        self._path = path

    @property
    def read(self) -> bool:
        """Whether it has been read."""
        return "_whole" in vars(self)

    @cached_property
    def _whole(self) -> Any:
        return kaldifst.TextNormalizer(self._path)

    def __call__(self, text: str) -> str:
        return str(self._whole(text))


def open_normalizer(**options: Any) -> Any:
    """A ``wetext.Normalizer`` whose grammars are read as they are needed."""
    eager = kaldifst.TextNormalizer
    kaldifst.TextNormalizer = Grammar
    try:
        import wetext.constants
    finally:
        kaldifst.TextNormalizer = eager
    return wetext.Normalizer(**options)
