"""Where the bundled demo lies: inside the installed package, or beside it in a source checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def bundled(*parts: str) -> Path:
    """A path in the bundled ``avatars/``, ``scripts/`` or ``config/``: ``bundled("config", "demo.yaml")``."""
    installed = _PACKAGE / "bundled"
    return (installed if installed.is_dir() else _PACKAGE.parent).joinpath(*parts)
