"""The conversation of viewers and host, put together: comments in, answers made, said, and seen to by the operator.

Each state has one owner: the comments known and the verdicts on them `CommentLedger`; what is being made or said
`Exchanges`; what waits for an answer `AnswerQueue`; who reports trouble `TroubleReports`. The rest acts on them.
"""

from __future__ import annotations

from collections.abc import Callable

from host.chat.triage import Triage
from host.chat.trouble import TroubleReports
from host.chat.waiting import WaitingComments
from host.core.clock import Clock
from host.core.comment import Comment, Fate, Intent, Verdict
from host.core.ports import Answerer
from host.core.product import Catalogue, Lang
from host.core.reason import Reason
from host.core.utterance import Kind, Played, Ruling, Utterance
from host.mind.names import display_name
from host.mind.viewers import ViewerMemory
from host.programme.answer_queue import AnswerQueue
from host.programme.answering import Answering
from host.programme.exchange import Exchange, Exchanges
from host.programme.fixed_words import FixedWords
from host.programme.intake import CommentIntake
from host.programme.ledger import CommentLedger, Record
from host.programme.locks import AsksLocks
from host.programme.operator_replies import OperatorReplies
from host.programme.recall import Recall
from host.programme.reply_delivery import ReplyDelivery
from host.programme.resumption import CommentResumption
from host.show.director import Director


class Conversation:
    """The async shell between viewers and director."""

    def __init__(
        self,
        *,
        clock: Clock,
        lang: Lang,
        triage: Triage,
        waiting: WaitingComments,
        answerer: Answerer,
        director: Director,
        seed: int,
        viewers: ViewerMemory,
        catalogue: Callable[[], Catalogue],
        record: Record,
        greet: bool,
        answer_deadline: float,
        locks: AsksLocks,
    ) -> None:
        self._clock = clock
        self._altered_at = float("-inf")
        self._lang: Lang = lang
        words = FixedWords(lang, seed)
        self._ledger = ledger = CommentLedger(record)
        self._exchanges = exchanges = Exchanges()
        self._reports = reports = TroubleReports()
        self._queue = queue = AnswerQueue(clock, waiting, ledger)
        self._delivery = delivery = ReplyDelivery(
            clock=clock, director=director, exchanges=exchanges, ledger=ledger, words=words, viewers=viewers,
            on_closed=queue.wake,
        )  # fmt: skip
        self._answering = Answering(
            clock=clock, queue=queue, answerer=answerer, answer_deadline=answer_deadline, director=director,
            catalogue=catalogue, viewers=viewers, exchanges=exchanges, delivery=delivery, reports=reports, words=words,
            record=record, locks=locks,
        )  # fmt: skip
        self._intake = intake = CommentIntake(
            clock=clock, triage=triage, director=director, catalogue=catalogue, exchanges=exchanges, delivery=delivery,
            queue=queue, ledger=ledger, reports=reports, words=words, greet=greet,
        )  # fmt: skip
        self._operator = operator = OperatorReplies(
            queue=queue, exchanges=exchanges, delivery=delivery, ledger=ledger, words=words
        )
        self._resumption = CommentResumption(
            lang=lang, director=director, catalogue=catalogue, delivery=delivery, intake=intake, ledger=ledger,
            operator=operator,
        )  # fmt: skip

    # --- what can be seen of it --------------------------------------------------------------------------------

    @property
    def listening(self) -> bool:
        """Whether the host looks as if it reads a comment."""
        return bool(self._exchanges)

    @property
    def waiting(self) -> int:
        """Comments that wait for an answer."""
        return len(self._queue)

    def troubles(self) -> list[str]:
        """What several viewers say is wrong with the show at present."""
        return self._reports.reasons(self._clock.now())

    def text_of(self, comment_id: str) -> str:
        """What a comment says; empty for one that is not known."""
        comment = self._ledger.get(comment_id)
        return comment.text if comment else ""

    def question_of(self, utterance: Utterance) -> str:
        """The comment an utterance replies to, as "user: text", for the picture; empty for anything else."""
        comment = self._ledger.get(utterance.in_reply_to[0]) if utterance.in_reply_to else None
        exchange = self._exchanges.of(utterance)
        if comment is None or utterance.kind is not Kind.ANSWER or (exchange and exchange.intent is Intent.SPAM):
            return ""
        return f"{display_name(comment.user, self._lang)}: {comment.text}"

    # --- comments in, answers out ------------------------------------------------------------------------------

    def take(self, comment: Comment) -> Verdict:
        """`CommentIntake.take`: never raises, never waits."""
        return self._intake.take(comment)

    def turn_away(self, comment: Comment) -> None:
        """`CommentIntake.turn_away`."""
        self._intake.turn_away(comment)

    def recall(self, memory: Recall) -> None:
        """`CommentResumption.resume`, before anything else."""
        self._resumption.resume(memory)

    async def run(self) -> None:
        """`Answering.run`, until cancelled."""
        await self._answering.run()

    # --- the operator's hand -----------------------------------------------------------------------------------

    def answer_by_operator(self, comment_id: str, text: str, about: tuple[str, ...] = ()) -> bool:
        """`OperatorReplies.answer`: False where the comment is not known."""
        return self._operator.answer(comment_id, text, about)

    def uncorrectable(self, comment_id: str) -> Reason | None:
        """`OperatorReplies.uncorrectable`: None where what was said can be corrected."""
        return self._operator.uncorrectable(comment_id)

    def correct(self, comment_id: str, text: str, about: tuple[str, ...] = ()) -> None:
        """`OperatorReplies.correct`."""
        self._operator.correct(comment_id, text, about)

    def dismiss(self, comment_id: str) -> bool:
        """`OperatorReplies.dismiss`: False where there was nothing to drop."""
        return self._operator.dismiss(comment_id)

    def facts_changed(self, now: float) -> None:
        """Other facts are in force: an answer that was made with those before, and may not be said any more, is made
        again."""
        self._altered_at = now

    # --- what the room reports of what is said -----------------------------------------------------------------

    def started(self, utterance: Utterance) -> dict[str, float]:
        """`ReplyDelivery.started`: times by name."""
        return self._delivery.started(utterance)

    def played(self, event: Played) -> None:
        """`ReplyDelivery.played`."""
        self._delivery.played(event)

    def refused(self, utterance: Utterance, ruling: Ruling) -> None:
        """`ReplyDelivery.refused`, unless it was right when it was made."""
        exchange = self._exchanges.of(utterance)
        if exchange is not None and exchange.made_before(self._altered_at):
            self._ask_again(exchange)
        else:
            self._delivery.refused(utterance, ruling)

    def _ask_again(self, exchange: Exchange) -> None:
        for comment in exchange.concerned:
            verdict = Verdict(
                comment.id, exchange.intent, Fate.QUEUED, Reason("facts_changed"), exchange.product, exchange.certain
            )
            self._delivery.take_out(comment.id, begun=False)
            self._queue.put(comment, verdict)

    def on_tick(self, tick: int, left: int, on_air: Utterance | None, heard: int) -> None:
        """Called between the pull of a tick and its leaving: verdicts for what is over or has waited too long.

        ``heard`` samples of ``on_air`` are in ticks up to ``tick``; those before ``left`` have left.
        """
        self._delivery.on_tick(tick, left, on_air, heard)
        self._queue.expire()
