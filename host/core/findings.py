"""Findings by code, and in words: the one way to make them, so that each can be told in every language.

The words of a code are its message; those of ``code.hint``, where there are any, what to do about it.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from host.core.errors import Finding, LivehostError
from host.core.lang import Lang
from host.core.reason import Reason, data, in_words
from host.core.wording import HINT, words


def found(code: str, path: str | Path, line: int = 0, /, *, severity: str = "error", **details: Any) -> Finding:
    """A finding at ``path:line`` (0: the file, or the room, as a whole)."""
    return Finding(str(path), line, Reason(code, **details), hint_of(code, details), severity)


def found_at(key: str, code: str, path: str | Path, line: int = 0, /, **details: Any) -> Finding:
    """A finding about what stands under a key."""
    message = Reason("at_key", key=key, why=Reason(code, **details))
    return Finding(str(path), line, message, hint_of(code, details))


def warned(code: str, path: str | Path, line: int = 0, /, **details: Any) -> Finding:
    """A finding that keeps nothing off the air."""
    return found(code, path, line, severity="warning", **details)


def refused(code: str, path: str | Path = "", line: int = 0, /, **details: Any) -> LivehostError:
    """An error of that code, to be raised."""
    return LivehostError(Reason(code, **details), hint=hint_of(code, details), path=path, line=line)


def hint_of(code: str, details: dict[str, Any]) -> str:
    """What the code says is to be done, or nothing."""
    return Reason(code + HINT, **details) if code + HINT in words("en").templates else ""


def told(finding: Finding, lang: Lang) -> str:
    """``path:line: message`` with the hint below, in a language."""
    mark = in_words(Reason("warning"), lang)
    return finding.laid_out(in_words(finding.message, lang), in_words(finding.hint, lang), mark)


def as_data(finding: Finding) -> dict[str, Any]:
    """The finding for JSON: its English words, and codes with details beside them."""
    return {**asdict(finding), "why": data(finding.message), "hint_why": data(finding.hint)}
