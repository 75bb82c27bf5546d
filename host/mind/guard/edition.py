"""Which judge it is: a proof of another edition of the guard proves nothing."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from host.core.vetted import digest

_JUDGING = (
    "mind/guard",
    "mind/proof",
    "mind/quantities",
    "lang",
    "core/contacts.py",
    "core/fold.py",
    "core/linear.py",
    "core/simplified.py",
    "core/text_features.py",
)
"""What a verdict depends on, below the package's folder."""
_KINDS = frozenset({".py", ".txt", ".toml", ".npz"})


@cache
def edition() -> str:
    """The digest of everything that judges: rules, words, readers of numbers, and the model that weighs."""
    package = Path(__file__).resolve().parents[2]
    places = [package / name for name in _JUDGING]
    files = [file for place in places for file in ([place] if place.is_file() else sorted(place.rglob("*")))]
    judging = (file for file in files if file.suffix in _KINDS)
    return digest(*(f"{file.name} {sha256(file.read_bytes()).hexdigest()}" for file in judging))
