"""The comments of the run before, taken up again: what waits goes on waiting, the rest gets its last verdict."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from host.core.comment import Fate, Intent, Verdict
from host.core.ports import Draft
from host.core.product import Catalogue, Lang
from host.core.reason import Reason
from host.programme.corrections import UNHEARD
from host.programme.intake import CommentIntake
from host.programme.ledger import CommentLedger
from host.programme.operator_lines import OperatorLine, operator_line
from host.programme.operator_replies import OperatorReplies
from host.programme.recall import Recall, Waiting
from host.programme.reply_delivery import ReplyDelivery
from host.show.director import Director


class CommentResumption:
    """Puts a room that comes back where the one before was with its comments."""

    def __init__(
        self,
        *,
        lang: Lang,
        director: Director,
        catalogue: Callable[[], Catalogue],
        delivery: ReplyDelivery,
        intake: CommentIntake,
        ledger: CommentLedger,
        operator: OperatorReplies,
    ) -> None:
        self._lang: Lang = lang
        self._director = director
        self._catalogue = catalogue
        self._delivery = delivery
        self._intake = intake
        self._ledger = ledger
        self._operator = operator

    def resume(self, memory: Recall) -> None:
        """Take up what is remembered. A correction rests on the answer it corrects, so that answers come first."""
        for answered in memory.answered:
            self._ledger.keep(answered.comment)
            self._ledger.keep_answer(_verdict(answered, Fate.ANSWERED))
        for comment_id in memory.begun:
            given = self._ledger.answer_to(comment_id) or Verdict(comment_id, Intent.QUESTION, Fate.ANSWERED, "")
            self._ledger.verdict(replace(given, reason=Reason("answer_had_begun")))
        for late in memory.uncorrected:
            self._ledger.verdict(_verdict(late, Fate.ANSWERED, Reason(UNHEARD, why=Reason("waited_off_air"))))
        for comment_id in memory.stale:
            self._ledger.verdict(Verdict(comment_id, Intent.QUESTION, Fate.EXPIRED, Reason("waited_off_air")))
        for left in memory.left:
            self._ledger.keep(left.comment)
            self._ledger.keep_left(_verdict(left, Fate.ESCALATED))
        for waiting in memory.waiting:
            self._ledger.keep(waiting.comment)
            self._take_up(waiting)

    def _take_up(self, waiting: Waiting) -> None:
        """Have a comment answered for which nothing was heard before the room stopped, or too little. A viewer who
        heard his answer begin is first in line."""
        comment, worth = waiting.comment, 1.0 if waiting.cut_off else 0.5
        why = Reason("cut_off" if waiting.cut_off else "waited_at_stop")
        verdict = replace(_verdict(waiting, Fate.QUEUED, why), score=worth)
        if waiting.cut_off:
            self._delivery.excuse_before(comment.id)
        if waiting.cut_off and not waiting.corrects:
            self._ledger.verdict(verdict)
        line = self._line(waiting)
        if waiting.corrects:
            self._operator.correct(comment.id, line.text, line.about)
        elif waiting.words:
            exchange, stream = self._delivery.exchange(verdict, comment), self._delivery.new_stream()
            self._delivery.give(exchange, stream, Draft(line.text, about=line.about, final=True, free=False))
        else:
            self._intake.route(comment, verdict)

    def _line(self, waiting: Waiting) -> OperatorLine:
        """What the operator would have the host answer."""
        on_air = self._director.on_air
        return operator_line(waiting.words, self._lang, self._catalogue(), on_air, waiting.comment.text)


def _verdict(waiting: Waiting, fate: Fate, reason: str = "") -> Verdict:
    return Verdict(waiting.comment.id, waiting.intent, fate, reason, waiting.product)
