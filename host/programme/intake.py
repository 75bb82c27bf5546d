"""Comments in: on record, judged, and then said something to at once, queued for an answer, or left at that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from host.chat.triage import Triage
from host.chat.trouble import TroubleReports
from host.core.acts.wants import Trouble
from host.core.clock import Clock
from host.core.comment import Comment, Fate, Intent, Verdict
from host.core.product import Catalogue
from host.core.reason import Reason
from host.mind.answers.replies import Situation
from host.programme.answer_queue import AnswerQueue
from host.programme.exchange import Exchanges
from host.programme.fixed_words import FixedWords
from host.programme.ledger import CommentLedger
from host.programme.recall import TURNED_AWAY
from host.programme.reply_delivery import ReplyDelivery
from host.show.director import Director
from host.show.wishes import Wish, Wished


class CommentIntake:
    """Takes each comment once, and sees to what follows from it."""

    def __init__(
        self,
        *,
        clock: Clock,
        triage: Triage,
        director: Director,
        catalogue: Callable[[], Catalogue],
        exchanges: Exchanges,
        delivery: ReplyDelivery,
        queue: AnswerQueue,
        ledger: CommentLedger,
        reports: TroubleReports,
        words: FixedWords,
        greet: bool,
    ) -> None:
        self._clock = clock
        self._triage = triage
        self._director = director
        self._catalogue = catalogue
        self._exchanges = exchanges
        self._delivery = delivery
        self._queue = queue
        self._ledger = ledger
        self._reports = reports
        self._words = words
        self._greet = greet

    def take(self, comment: Comment) -> Verdict:
        """Record a comment and its verdict, and see to what follows from it. Never raises, never waits.

        What comes under an id that is on record already is not recorded again: it would stand for the first one, with
        a text and a verdict of its own.
        """
        if self._triage.knows(comment.id):
            return Verdict(comment.id, Intent.SPAM, Fate.IGNORED, Reason("seen_before"))
        self._ledger.comment(comment)
        verdict = self._judge(comment)
        self._ledger.verdict(verdict)
        if verdict.fate is Fate.QUEUED:
            self.route(comment, verdict)
        elif verdict.intent is Intent.TROUBLE and isinstance(verdict.reason, Reason):
            self._reports.report(Trouble(verdict.reason.details["trouble"]), comment, self._clock.now())
        return verdict

    def turn_away(self, comment: Comment) -> None:
        """Record a comment for which its source had no room. Its id stays free: whoever sends it again is heard."""
        if not self._triage.knows(comment.id):
            self._ledger.comment(comment)
            self._ledger.verdict(Verdict(comment.id, Intent.CHAT, Fate.DROPPED, Reason(TURNED_AWAY)))

    def route(self, comment: Comment, verdict: Verdict) -> None:
        """See to what follows from a verdict that lets a comment have something said to it."""
        if verdict.intent is Intent.GREETING:
            self._greeting(comment, verdict)
        elif verdict.intent is Intent.ORDER:
            self._thanks(comment, verdict)
        elif verdict.intent is Intent.REQUEST and (gone := self._sold_out(verdict.product, comment)):
            self._delivery.say(self._delivery.exchange(verdict, comment), gone)
        elif verdict.intent is Intent.REQUEST and (wished := self._wish(verdict.product, comment)):
            self._wished(comment, verdict, wished)
        else:
            self._queue.put(comment, verdict)

    def _judge(self, comment: Comment) -> Verdict:
        now = self._clock.now()
        return self._triage.judge(comment, catalogue=self._catalogue(), on_air=self._director.on_air, now=now)

    def _greeting(self, comment: Comment, verdict: Verdict) -> None:
        if self._greet:
            text = self._words.reply(Situation.GREETING, comment)
            self._delivery.greet(self._delivery.exchange(verdict, comment), text)
        else:
            self._ledger.verdict(replace(verdict, fate=Fate.IGNORED, reason=Reason("greetings_off")))

    def _thanks(self, comment: Comment, verdict: Verdict) -> None:
        """Thank a buyer; one at a time, or "I bought it" written over and over would keep questions from their turn."""
        if any(exchange.intent is Intent.ORDER for exchange in self._exchanges):
            self._ledger.verdict(replace(verdict, fate=Fate.IGNORED, reason=Reason("thanking_another")))
            return
        gone = self._sold_out(verdict.product or self._director.on_air, comment)
        text = gone or self._words.reply(Situation.ORDER, comment)
        self._delivery.greet(self._delivery.exchange(verdict, comment), text)

    def _sold_out(self, product_id: str | None, comment: Comment) -> str:
        return self._words.sold_out(self._catalogue().get(product_id), comment)

    def _wish(self, product: str | None, comment: Comment) -> Wished | None:
        now, wall = self._clock.now(), self._clock.wall()
        return self._director.wish(product, comment.who, now, wall) if product else None

    def _wished(self, comment: Comment, verdict: Verdict, wished: Wished) -> None:
        """Record a wish that is met; say when the product comes where it is not."""
        catalogue = self._catalogue()
        product, after = catalogue.get(verdict.product), catalogue.get(wished.after)
        if product is None:
            return
        why = Reason(wished.wish.value, product=product.name, after=after.name if after else "")
        if wished.wish is Wish.MET:
            self._ledger.verdict(replace(verdict, fate=Fate.ANSWERED, reason=why))
        elif not wished.aloud:
            self._ledger.verdict(replace(verdict, fate=Fate.IGNORED, reason=why))
        else:
            exchange, stream = self._delivery.exchange(verdict, comment), self._delivery.new_stream()
            exchange.because = why
            self._delivery.give(exchange, stream, self._words.wish(wished, product, catalogue, comment))
