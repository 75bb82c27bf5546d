"""Answers made, one group of comments at a time: from a question to drafts, and what is said without any."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing

from host.chat.meaning import likely_trouble_of
from host.chat.trouble import TroubleReports
from host.core import journal_events as kinds
from host.core.clock import Clock, deadline
from host.core.comment import Fate, Intent
from host.core.fold import fold
from host.core.identity import may_ask_what_host_is
from host.core.ports import Answerer, AnswerError, Draft, Question
from host.core.product import Catalogue
from host.core.reason import Reason, data, reason_of
from host.mind.answers.replies import Situation, situation_of
from host.mind.viewers import ViewerMemory
from host.programme.answer_queue import AnswerQueue
from host.programme.exchange import Exchange, Exchanges
from host.programme.fixed_words import FixedWords
from host.programme.held import Held
from host.programme.ledger import Record
from host.programme.locks import AsksLocks
from host.programme.reply_delivery import ReplyDelivery
from host.programme.second_drafts import asked_again
from host.show.director import Director

AHEAD = 2
"""Answers made but not yet heard to their end; more waiting comments stay comments, which go stale less."""

_TOLD_WHAT_HOST_IS = (Intent.IDENTITY, Intent.SPAM)
"""Answered without an answerer, from fixed words. Of spam, nothing else is ever put in line."""
_ASIDE = (Intent.GREETING, Intent.ORDER)
"""Said in passing: neither counts against the answers made ahead."""


class Answering:
    """The loop that answers what is in the ``queue``. What is made goes to the ``delivery`` sentence by sentence."""

    def __init__(
        self,
        *,
        clock: Clock,
        queue: AnswerQueue,
        answerer: Answerer,
        answer_deadline: float,
        director: Director,
        catalogue: Callable[[], Catalogue],
        viewers: ViewerMemory,
        exchanges: Exchanges,
        delivery: ReplyDelivery,
        reports: TroubleReports,
        words: FixedWords,
        record: Record,
        locks: AsksLocks,
    ) -> None:
        self._clock = clock
        self._queue = queue
        self._answerer = answerer
        self._answer_deadline = answer_deadline
        self._director = director
        self._catalogue = catalogue
        self._viewers = viewers
        self._exchanges = exchanges
        self._delivery = delivery
        self._reports = reports
        self._words = words
        self._record = record
        self._locks = locks

    async def run(self) -> None:
        """Answer what waits, one group of comments at a time, until cancelled."""
        while True:
            group = self._queue.take() if self._ahead() < AHEAD else None
            if group is None:
                await self._queue.woken()
                continue
            exchange = self._delivery.exchange(group.verdict, *group.comments)
            with self._delivery.making(exchange):
                await self._answer(exchange)

    def _ahead(self) -> int:
        return sum(exchange.intent not in _ASIDE for exchange in self._exchanges)

    async def _answer(self, exchange: Exchange) -> None:
        if exchange.intent in _TOLD_WHAT_HOST_IS:
            self._delivery.say(exchange, self._words.reply(Situation.ARE_YOU_AI, exchange.comments[0]))
            return
        stream, held = self._delivery.new_stream(), None
        try:
            async with deadline(self._clock, self._answer_deadline), aclosing(self._made(exchange)) as made:
                async for each in made:
                    if exchange.ended:
                        return
                    held = each if isinstance(each, Held) else None
                    if isinstance(each, Draft):
                        exchange.answerer, exchange.passed = each.answerer, each.passed
                        self._delivery.give(exchange, stream, each)
        except (AnswerError, TimeoutError) as error:
            why = Reason("too_slow") if isinstance(error, TimeoutError) else reason_of(error)
            self._record(kinds.FAULT, where="answerer", message=why, why=data(why), retry_in=0.0)
        if exchange.dropped:
            return
        if exchange.given:
            self._delivery.give(exchange, stream, Draft("", final=True))
        if held is not None:  # nothing else was made of it: a safe reply takes its place
            self._delivery.excuse_from(exchange, held.objections[0].ruling)
        elif not exchange.given:
            self._answer_without(exchange)

    async def _made(self, exchange: Exchange) -> AsyncGenerator[Draft | Held, None]:
        """The drafts that may be said, and each that may not, behind which come those that are made instead."""
        question: Question | None = self._question(exchange)
        began, said = self._clock.now(), list[str]()
        while question is not None:
            asked, question = question, None
            async with aclosing(drafts(self._answerer, asked)) as made:
                async for draft in made:
                    if draft.text in said:  # a model that begins again
                        continue
                    if draft.free and (held := await self._held(exchange, draft, asked)):
                        yield held
                        elapsed = (self._clock.now() - began) / self._answer_deadline
                        question = asked_again(asked, draft, held, [*filter(str.strip, said)], elapsed)
                        break
                    said.append(draft.text)
                    yield draft

    async def _held(self, exchange: Exchange, draft: Draft, question: Question) -> Held | None:
        """What speaks against a sentence that was written anew; None where it may be said."""
        if not draft.text.strip():
            return None
        about = draft.about or ((exchange.product,) if exchange.product else ())
        comments = tuple(comment.id for comment in exchange.comments)
        on_air = question.on_air.id if question.on_air else None
        return await self._locks(draft.text, (on_air, *about), comments)

    def _question(self, exchange: Exchange) -> Question:
        comment, catalogue = exchange.comments[0], self._catalogue()
        return Question(
            comment=comment,
            lang=self._words.lang_of(comment),
            on_air=catalogue.get(self._director.on_air),
            about=catalogue.get(exchange.product),
            products=tuple(catalogue),
            wall=self._clock.wall(),
            history=self._viewers.history(comment.who),
            certain=exchange.certain,
        )

    def _answer_without(self, exchange: Exchange) -> None:
        """No answerer had anything to say."""
        if exchange.certain:
            comment, exchange.trouble = exchange.comments[0], Reason("no_answer")
            situation = situation_of(comment.text) or Situation.UNKNOWN
            self._delivery.say(exchange, self._words.reply(situation, comment))
        else:
            self._leave(exchange)

    def _leave(self, exchange: Exchange) -> None:
        """Nobody knows an answer to what perhaps asks: what it likeliest means is seen to, else it is the operator's.

        What would be too bold beside an answer harms nothing here: a host who says once too often that it is an AI,
        and a report of trouble that no other viewer makes.
        """
        comment, exchange.unheard = exchange.comments[0], Fate.ESCALATED
        if may_ask_what_host_is(comment.text):
            exchange.intent = Intent.IDENTITY
            self._delivery.say(exchange, self._words.reply(Situation.ARE_YOU_AI, comment))
        elif trouble := likely_trouble_of(fold(comment.text)):
            exchange.intent, exchange.trouble = Intent.TROUBLE, Reason("trouble", trouble=trouble.value)
            for each in exchange.concerned:
                self._reports.report(trouble, each, self._clock.now())
        else:
            exchange.trouble = Reason("left_to_operator")


async def drafts(answerer: Answerer, question: Question) -> AsyncGenerator[Draft, None]:
    """The drafts with something in them, up to the final one; none where the answerer does not know."""
    known = False
    async with aclosing(answerer.answer(question)) as stream:  # type: ignore[type-var]
        async for draft in stream:
            if draft.text.strip() or (known and draft.final):
                known = True
                yield draft
            if draft.final:
                return
