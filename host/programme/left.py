"""Comments left to the operator: who answers them, or puts them aside, finds them until then."""

from __future__ import annotations

from collections import OrderedDict

from host.core.comment import Fate, Verdict

TO_DO = (Fate.ESCALATED, Fate.REFUSED)
"""Left to him from the beginning, or answered with no more than a safe reply."""


class LeftToOperator:
    """The latest ``most`` verdicts that left a comment to the operator, by comment."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._verdicts: OrderedDict[str, Verdict] = OrderedDict()

    def note(self, verdict: Verdict) -> None:
        """A verdict is on record: it leaves its comment to the operator, or settles it."""
        self._verdicts.pop(verdict.comment_id, None)
        if verdict.fate in TO_DO:
            self._verdicts[verdict.comment_id] = verdict
            while len(self._verdicts) > self._most:
                self._verdicts.popitem(last=False)

    def take(self, comment_id: str) -> Verdict | None:
        """The operator sees to a comment; None where it was not left to him."""
        return self._verdicts.pop(comment_id, None)
