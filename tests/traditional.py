"""Simplified Chinese as others write it: in OpenCC's standard form, in Taiwan's, in Hong Kong's."""

from __future__ import annotations

from collections.abc import Callable

from opencc import OpenCC

FORMS: dict[str, Callable[[str], str]] = {name: OpenCC(name).convert for name in ("s2t", "s2tw", "s2hk")}
