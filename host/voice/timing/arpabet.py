"""IPA and ARPAbet, by the table beside this file: what an English acoustic model can be asked to find of any sound."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path


def models_of(label: str, *, mandarin: bool = False) -> tuple[str, ...]:
    """The ARPAbet phones that stand for a label in IPA, in order; none for a pause or a label that nobody can read."""
    tables = _tables()
    own = tables["mandarin"] if mandarin else {}
    found: list[str] = []
    at = 0
    while at < len(label):
        for size in range(min(_longest(), len(label) - at), 0, -1):
            part = label[at : at + size]
            if (phones := own.get(part, tables["models"].get(part))) is not None:
                found += phones.split()
                break
        else:
            size = 1
        at += size
    return tuple(found)


def ipa_of(phone: str) -> str:
    """An ARPAbet phone in IPA; "" for one that is none, as silence is."""
    return _tables()["labels"].get(phone, "")


def phones() -> tuple[str, ...]:
    """Every ARPAbet phone."""
    return tuple(_tables()["labels"])


@lru_cache(maxsize=1)
def _tables() -> Mapping[str, Mapping[str, str]]:
    tables: Mapping[str, Mapping[str, str]] = tomllib.loads(
        Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    )
    return tables


@lru_cache(maxsize=1)
def _longest() -> int:
    return max(map(len, _tables()["models"]))
