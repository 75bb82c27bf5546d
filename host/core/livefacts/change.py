"""A change of facts: who wants what changed, and why it is not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from host.core.reason import Reason


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be changed of one product, all of it or nothing."""

    product: str
    values: Mapping[str, Any]
    """As it was sent: ``{"price": "79元", "variants": {"xl": {"stock": 0}}}``; None takes a value away."""
    by: str
    """``api``, ``console``, ``webhook``, ``feed``."""
    key: str = ""
    """Makes sending again harmless: a change with one is made once. Empty for none."""
    version: int | None = None
    """Of the product it was made for; None where any will do."""


class Refusal(StrEnum):
    """Why a change is not made."""

    UNKNOWN = "unknown"
    """There is no such product."""
    INVALID = "invalid"
    CONFLICT = "conflict"
    """The product has another version."""
    REUSED = "reused"
    """Its key stands for another change."""


class ChangeRefused(Exception):
    """A change that is not made: nothing of it is. ``version`` is that of the product, where there is one."""

    def __init__(self, refusal: Refusal, reason: Reason, version: int | None = None) -> None:
        super().__init__(reason)
        self.refusal = refusal
        self.reason = reason
        self.version = version
