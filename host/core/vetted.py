"""Wordings that may be said because somebody has looked at them before: a proof against facts, or an operator's touch.

A proof holds as long as everything it looked at is the same (its ``basis``). What an operator allows lifts the
objections that were raised when he did, and no others: a price that becomes wrong is objected to again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from host.core.fold import cased, fold
from host.core.lang import Lang

Objection = tuple[str, str]
"""The category of a policy, and the piece of the text that it is about, folded."""


class How(StrEnum):
    """By what a wording is vetted."""

    PROVEN = "proven"
    """The guard has held it against the facts."""
    ALLOWED = "allowed"
    """An operator has allowed it."""
    REVOKED = "revoked"
    """An operator has taken that back."""


@dataclass(frozen=True, slots=True)
class Vetted:
    """A wording said of some products, by what it is vetted, and what that rests on."""

    wording: str
    """Its hash: `wording_of`."""
    text: str
    lang: Lang
    products: tuple[str, ...]
    how: How
    policy: str
    """The version of the policy it was vetted under."""
    facts: Mapping[str, str] = field(default_factory=dict)
    """The facts it leans on, by id, in the words they had."""
    basis: str = ""
    """Of a proof: the digest of everything it looked at."""
    lifted: frozenset[Objection] = frozenset()
    """Of an allowance: the objections that it overrules."""
    by: str = ""
    when: str = ""
    """ISO 8601."""

    def as_data(self) -> dict[str, Any]:
        """For JSON; what is empty is left out."""
        data = asdict(self) | {"lifted": sorted(map(list, self.lifted)), "facts": dict(self.facts)}
        return {name: value for name, value in data.items() if value}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Vetted:
        """What `as_data` has told. Raises `ValueError` for anything else."""
        try:
            lang = data["lang"]
            if lang not in ("zh", "en"):
                raise ValueError(lang)
            vetted = cls(
                _text(data["wording"]), _text(data["text"]), lang, tuple(map(_text, data.get("products", ()))),
                How(data["how"]), _text(data.get("policy", "")), dict(data.get("facts", {})),
                _text(data.get("basis", "")),
                frozenset((_text(category), _text(piece)) for category, piece in data.get("lifted", ())),
                _text(data.get("by", "")), _text(data.get("when", "")),
            )  # fmt: skip
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"{type(error).__name__}: {error}") from None
        if vetted.wording != wording_of(vetted.text, vetted.products):
            raise ValueError("the hash is not that of the text")
        return vetted


def wording_of(text: str, products: Iterable[str]) -> str:
    """The hash of a wording said of products, however it is typed. Letters keep their case: 5G is no 5 g."""
    return digest(cased(text), *sorted(products))


def objection(category: str, piece: str) -> Objection:
    """An objection, however the piece was written."""
    return category, fold(piece)


def digest(*parts: str) -> str:
    """A hash over texts, of which none runs into the next."""
    summed = hashlib.sha256()
    for part in parts:
        encoded = part.encode("utf-8", "replace")
        summed.update(len(encoded).to_bytes(8, "big") + encoded)
    return summed.hexdigest()[:32]


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value
