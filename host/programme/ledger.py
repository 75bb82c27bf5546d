"""The comments a room knows, and what was decided on them: as it goes on record, and for whoever comes back to it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence

from host.core import journal_events as kinds
from host.core.comment import Comment, Verdict
from host.core.ports import Passed
from host.core.reason import data
from host.programme.corrections import Answered
from host.programme.left import LeftToOperator

COMMENTS_KNOWN = 1000
"""Comments an operator can still answer by hand."""

Record = Callable[..., object]
"""Puts an event on record: its kind, then its fields by name."""


class CommentLedger:
    """The latest `COMMENTS_KNOWN` comments; of them those left to the operator, and those of which an answer was heard.

    What is *kept* was on record before: it is not written again.
    """

    def __init__(self, record: Record) -> None:
        self._record = record
        self._known: OrderedDict[str, Comment] = OrderedDict()
        self._left = LeftToOperator(COMMENTS_KNOWN)
        self._answered = Answered(COMMENTS_KNOWN)

    def get(self, comment_id: str) -> Comment | None:
        """A comment; None for one that is not known."""
        return self._known.get(comment_id)

    def answer_to(self, comment_id: str) -> Verdict | None:
        """The verdict on a comment of which an answer was heard; None for any other."""
        return self._answered.of(comment_id)

    def take_left(self, comment_id: str) -> Verdict | None:
        """The operator sees to a comment; None where it was not left to him."""
        return self._left.take(comment_id)

    def comment(self, comment: Comment) -> None:
        """Record a comment that has come."""
        known = {"viewer": comment.viewer} if comment.viewer else {}
        self._record(
            kinds.COMMENT, comment=comment.id, user=comment.user, text=comment.text, source=comment.source, **known
        )
        self.keep(comment)

    def verdict(self, verdict: Verdict, answerer: str = "", passed: Sequence[Passed] = ()) -> None:
        """Record a verdict, with who made the answer and who below was to before."""
        self._left.note(verdict)
        self._record(
            kinds.VERDICT,
            comment=verdict.comment_id,
            intent=verdict.intent.value,
            fate=verdict.fate.value,
            reason=verdict.reason,
            why=data(verdict.reason),
            product=verdict.product,
            answerer=answerer,
            passed=[{"name": each.name, "reason": each.reason, "why": data(each.reason)} for each in passed],
        )

    def given(self, comments: Iterable[Comment]) -> None:
        """Record that enough of an answer to them was heard for it to count as given."""
        self._record(kinds.GIVEN, in_reply_to=[comment.id for comment in comments])

    def keep(self, comment: Comment) -> None:
        """Know a comment."""
        self._known[comment.id] = comment
        while len(self._known) > COMMENTS_KNOWN:
            self._known.popitem(last=False)

    def keep_answer(self, verdict: Verdict) -> None:
        """Know that an answer was heard."""
        self._answered.note(verdict)

    def keep_left(self, verdict: Verdict) -> None:
        """Know that a comment is left to the operator."""
        self._left.note(verdict)
