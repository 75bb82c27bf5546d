"""Answers that the operator sets right: what can be, and how it is said."""

from __future__ import annotations

from collections import OrderedDict

from host.core.comment import Verdict
from host.core.fold import fold
from host.core.packs import pack
from host.core.product import Lang
from host.show.phrases import fill, phrase

CORRECTED, UNHEARD = "corrected", "correction_unheard"
CORRECTIONS = (CORRECTED, UNHEARD)
"""Codes of the verdicts on comments whose answer was to be corrected: it was answered all the same."""


def marks(lang: Lang) -> tuple[str, ...]:
    """How a folded text begins that says itself that it corrects something."""
    return tuple(pack(lang).table("show.toml")["words"]["corrects"])


def correction(text: str, lang: Lang, seed: str) -> str:
    """The operator's text, marked for those who heard what it corrects."""
    template = "" if fold(text).startswith(marks(lang)) else phrase(lang, "correction", (), (), seed)
    return fill(template, lang, text=text) if template else text


class Answered:
    """The latest ``most`` comments of which an answer was heard, with the verdict on them."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._verdicts: OrderedDict[str, Verdict] = OrderedDict()

    def note(self, verdict: Verdict) -> None:
        """An answer was heard."""
        self._verdicts[verdict.comment_id] = verdict
        self._verdicts.move_to_end(verdict.comment_id)
        while len(self._verdicts) > self._most:
            self._verdicts.popitem(last=False)

    def of(self, comment_id: str) -> Verdict | None:
        """The verdict on a comment; None where no answer to it was heard."""
        return self._verdicts.get(comment_id)
