"""How a number that no fact states follows from those that are stated: 599+299.5, by which facts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Derivation:
    """The proof of one spoken number."""

    said: str
    """As it stands in the text: 八百九十八块五."""
    how: str
    """The sum, in figures: ``2×599-299.5``."""
    facts: tuple[str, ...]
    """Ids of the facts that it rests on."""
