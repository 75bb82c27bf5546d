"""Why something is as it is: a code with its details, which is at the same time its English words.

A reason is a string, so that journals, reports, logs and whoever scripts against the API read it like any other. What
shows it in another language takes `in_words` or, elsewhere, `data`. A plain string where a reason may stand is a reason
too: backends of others need not know any of this.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from host.core.lang import Lang
from host.core.wording import words


class Reason(str):
    """``Reason("too_long", most=500)``. Codes stand in ``reasons.toml`` of a language pack, with the
    details their words need.

    A detail is a string, a number, a list of those, or another reason. Raises `KeyError` for a code without words, and
    for a detail its words need.
    """

    code: str
    details: dict[str, Any]

    def __new__(cls, code: str, /, **details: Any) -> Reason:
        reason = super().__new__(cls, words("en").say(code, details))
        reason.code, reason.details = code, details
        return reason

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        return (self.code,), self.details


def in_words(reason: str, lang: Lang, why: Mapping[str, Any] | None = None) -> str:
    """A reason in a language. ``why`` is its `data`, where the reason itself is at hand as plain text only; text that
    is no reason, or one with a code of another version, stands for itself."""
    try:
        if why is not None:
            return words(lang).say(why["code"], why["details"])
        return words(lang).say(reason.code, reason.details) if isinstance(reason, Reason) else reason
    except KeyError:
        return reason


def data(reason: str) -> dict[str, Any] | None:
    """``{"code", "details"}`` for JSON, reasons among the details likewise; None for an empty one. A plain string has
    the code ``other``, and itself as the detail ``text``."""
    if isinstance(reason, Reason):
        details = {name: data(value) if isinstance(value, Reason) else value for name, value in reason.details.items()}
        return {"code": reason.code, "details": details}
    return {"code": "other", "details": {"text": reason}} if reason else None


def revived(text: str, why: Mapping[str, Any] | None) -> str:
    """The reason that has this `data`; ``text``, its English words, where there is none or it is of another version."""
    try:
        return Reason(why["code"], **why["details"]) if why else text
    except (KeyError, TypeError, ValueError, AttributeError):
        return text


def all_data(reasons: Sequence[str]) -> list[dict[str, Any]]:
    """`data` of each that is not empty."""
    return [found for reason in reasons if (found := data(reason))]


def reason_of(error: BaseException) -> str:
    """What an exception says: the `Reason` it was raised with, its text, or at least what kind it is."""
    if len(error.args) == 1 and isinstance(error.args[0], Reason):
        return error.args[0]
    return str(error) or type(error).__name__
