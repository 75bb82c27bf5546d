"""The operator's hand on single comments: he answers one himself, sets right what was said to it, or puts it aside."""

from __future__ import annotations

from host.core.comment import Fate, Intent, Verdict
from host.core.ports import Draft
from host.core.reason import Reason
from host.programme.answer_queue import AnswerQueue
from host.programme.exchange import Exchanges
from host.programme.fixed_words import FixedWords
from host.programme.ledger import CommentLedger
from host.programme.reply_delivery import ReplyDelivery


class OperatorReplies:
    """What the operator decides about a comment goes before what the host would do with it."""

    def __init__(
        self,
        *,
        queue: AnswerQueue,
        exchanges: Exchanges,
        delivery: ReplyDelivery,
        ledger: CommentLedger,
        words: FixedWords,
    ) -> None:
        self._queue = queue
        self._exchanges = exchanges
        self._delivery = delivery
        self._ledger = ledger
        self._words = words

    def answer(self, comment_id: str, text: str, about: tuple[str, ...] = ()) -> bool:
        """Have the host give the operator's answer to a comment, which rests on the facts of the products ``about``.
        False where the comment is not known."""
        comment = self._ledger.get(comment_id)
        if comment is None:
            return False
        self._queue.remove(comment_id)
        self._delivery.take_out(comment_id, begun=True)
        verdict = Verdict(comment_id, Intent.QUESTION, Fate.QUEUED, Reason("operator_answers"))
        self._ledger.verdict(verdict)
        exchange, stream = self._delivery.exchange(verdict, comment), self._delivery.new_stream()
        self._delivery.give(exchange, stream, Draft(text, about=about, final=True, free=False))
        return True

    def uncorrectable(self, comment_id: str) -> Reason | None:
        """Why what was said to a comment cannot be corrected; None where it can."""
        if self._ledger.get(comment_id) is None:
            return Reason("comment_unknown")
        if any(one.id == comment_id for exchange in self._exchanges for one in exchange.concerned):
            return Reason("still_being_answered")
        return None if self._ledger.answer_to(comment_id) else Reason("comment_not_answered")

    def correct(self, comment_id: str, text: str, about: tuple[str, ...] = ()) -> None:
        """Have the host set right, with the operator's text, what it said to a comment that is not `uncorrectable`."""
        comment, verdict = self._ledger.get(comment_id), self._ledger.answer_to(comment_id)
        if comment is None or verdict is None:
            return
        exchange, stream = self._delivery.exchange(verdict, comment), self._delivery.new_stream()
        exchange.corrects = True
        marked = self._words.correction(text, comment_id, stream)
        self._delivery.give(exchange, stream, Draft(marked, about=about, final=True, free=False))

    def dismiss(self, comment_id: str) -> bool:
        """Drop a comment that waits, is left to the operator, or whose answer has not begun. False where it is
        none of these."""
        left = self._ledger.take_left(comment_id)
        waited = self._queue.remove(comment_id)
        if not (self._delivery.take_out(comment_id, begun=False) or waited or left):
            return False
        intent = left.intent if left else Intent.CHAT
        self._ledger.verdict(Verdict(comment_id, intent, Fate.IGNORED, Reason("dismissed")))
        return True
