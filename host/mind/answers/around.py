"""What is said around an answer, in the words of a language: how it begins, corrects, and owns up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from host.core.lang import Lang
from host.core.packs import pack


def around(lang: Lang) -> Mapping[str, Any]:
    """The entries under ``[around]`` in ``replies.toml``."""
    table: Mapping[str, Any] = pack(lang).table("replies.toml")["around"]
    return table
