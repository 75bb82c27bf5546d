"""Comments in, replies to the director out: triage, waiting, answering, and the verdict that stands in the end.

An answer is made while the host still speaks; the director puts it at the next sentence boundary, and says when
nothing of it is left to be said. What was heard until then decides the verdict.
"""

from __future__ import annotations

import asyncio
import itertools
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import aclosing
from dataclasses import replace

from host.chat.meaning import likely_trouble_of
from host.chat.triage import Triage
from host.chat.trouble import TroubleReports
from host.chat.waiting import WaitingComments
from host.core import journal_events as kinds
from host.core.acts.wants import Trouble
from host.core.clock import Clock, deadline
from host.core.comment import Comment, Fate, Intent, Verdict, viewer_of
from host.core.fold import fold
from host.core.identity import may_ask_what_host_is
from host.core.ports import Answerer, AnswerError, Draft, Passed, Question
from host.core.product import Catalogue, Lang
from host.core.reason import Reason, data, reason_of
from host.core.text import guess_lang
from host.core.utterance import Kind, Played, Ruling, Utterance
from host.mind.answers.compose import stock_piece
from host.mind.answers.replies import Situation, reply, situation_of
from host.mind.names import display_name
from host.mind.viewers import ViewerMemory
from host.programme.answering import drafts
from host.programme.corrections import UNHEARD, Answered, correction
from host.programme.exchange import Exchange, Exchanges
from host.programme.left import LeftToOperator
from host.programme.operator_lines import operator_line
from host.programme.recall import TURNED_AWAY, Recall, Waiting
from host.programme.wish_lines import wish_line
from host.show.director import Director, Reply
from host.show.wishes import Wish, Wished

AHEAD = 2
"""Answers made but not yet heard to their end; more waiting comments stay comments, which go stale less."""
COMMENTS_KNOWN = 1000
"""Comments an operator can still answer by hand."""
GREETING_STALE = 20.0
ANSWER_STALE = 90.0

_TOLD_WHAT_HOST_IS = (Intent.IDENTITY, Intent.SPAM)
"""Answered without an answerer, from fixed words. Of spam, nothing else is ever put in line."""
_ASIDE = (Intent.GREETING, Intent.ORDER)
"""Said in passing: neither counts against the answers made ahead."""

Record = Callable[..., object]


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
    ) -> None:
        self._clock = clock
        self._lang: Lang = lang
        self._triage = triage
        self._waiting = waiting
        self._answerer = answerer
        self._director = director
        self._seed = seed
        self._viewers = viewers
        self._catalogue = catalogue
        self._record = record
        self._greet = greet
        self._answer_deadline = answer_deadline
        self._numbers = itertools.count(1)
        self._exchanges = Exchanges()
        self._cut_off: set[str] = set()
        """Ids of comments whose answer a kill cut off, until it is said again."""
        self._known: OrderedDict[str, Comment] = OrderedDict()
        self._left = LeftToOperator(COMMENTS_KNOWN)
        self._answered = Answered(COMMENTS_KNOWN)
        self._reports = TroubleReports()
        self._wake = asyncio.Event()

    @property
    def listening(self) -> bool:
        """Whether the host looks as if it reads a comment."""
        return bool(self._exchanges)

    @property
    def waiting(self) -> int:
        """Comments that wait for an answer."""
        return len(self._waiting)

    def troubles(self) -> list[str]:
        """What several viewers say is wrong with the show at present."""
        return self._reports.reasons(self._clock.now())

    def question_of(self, utterance: Utterance) -> str:
        """The comment an utterance replies to, as "user: text", for the picture; empty for anything else."""
        comment = self._known.get(utterance.in_reply_to[0]) if utterance.in_reply_to else None
        exchange = self._exchanges.of(utterance)
        if comment is None or utterance.kind is not Kind.ANSWER or (exchange and exchange.intent is Intent.SPAM):
            return ""
        return f"{display_name(comment.user, self._lang)}: {comment.text}"

    # --- comments in -------------------------------------------------------------------------------------------

    def take(self, comment: Comment) -> Verdict:
        """Record a comment and its verdict, and see to what follows from it. Never raises, never waits.

        What comes under an id that is on record already is not recorded again: it would stand for the first one, with
        a text and a verdict of its own.
        """
        if self._triage.knows(comment.id):
            return Verdict(comment.id, Intent.SPAM, Fate.IGNORED, Reason("seen_before"))
        self._on_record(comment)
        verdict = self._judge(comment)
        self._verdict(verdict)
        if verdict.fate is Fate.QUEUED:
            self._route(comment, verdict)
        elif verdict.intent is Intent.TROUBLE and isinstance(verdict.reason, Reason):
            self._report(Trouble(verdict.reason.details["trouble"]), comment)
        return verdict

    def turn_away(self, comment: Comment) -> None:
        """Record a comment for which its source had no room. Its id stays free: whoever sends it again is heard."""
        if not self._triage.knows(comment.id):
            self._on_record(comment)
            self._verdict(Verdict(comment.id, Intent.CHAT, Fate.DROPPED, Reason(TURNED_AWAY)))

    def recall(self, memory: Recall) -> None:
        """Take up the comments of the run before: what waits goes on waiting, the rest gets its last verdict."""
        for answered in memory.answered:
            self._remember(answered.comment)
            self._answered.note(Verdict(answered.comment.id, answered.intent, Fate.ANSWERED, "", answered.product))
        for comment_id in memory.begun:
            given = self._answered.of(comment_id) or Verdict(comment_id, Intent.QUESTION, Fate.ANSWERED, "")
            self._verdict(replace(given, reason=Reason("answer_had_begun")))
        for late in memory.uncorrected:
            why = Reason(UNHEARD, why=Reason("waited_off_air"))
            self._verdict(Verdict(late.comment.id, late.intent, Fate.ANSWERED, why, late.product))
        for comment_id in memory.stale:
            self._verdict(Verdict(comment_id, Intent.QUESTION, Fate.EXPIRED, Reason("waited_off_air")))
        for answered in memory.answered:
            self._remember(answered.comment)
            self._answered.note(Verdict(answered.comment.id, answered.intent, Fate.ANSWERED, "", answered.product))
        for left in memory.left:
            self._remember(left.comment)
            self._left.note(Verdict(left.comment.id, left.intent, Fate.ESCALATED, "", left.product))
        for waiting in memory.waiting:
            self._remember(waiting.comment)
            self._take_up(waiting)

    def _take_up(self, waiting: Waiting) -> None:
        """Have a comment answered for which nothing was heard before the room stopped, or too little. A viewer who
        heard his answer begin is first in line."""
        comment, worth = waiting.comment, 1.0 if waiting.cut_off else 0.5
        why = Reason("cut_off" if waiting.cut_off else "waited_at_stop")
        verdict = Verdict(comment.id, waiting.intent, Fate.QUEUED, why, waiting.product, worth)
        if waiting.cut_off:
            self._cut_off.add(comment.id)
        if waiting.cut_off and not waiting.corrects:
            self._verdict(verdict)
        line = operator_line(waiting.words, self._lang, self._catalogue(), self._director.on_air, comment.text)
        if waiting.corrects:
            self.correct(comment.id, line.text, line.about)
        elif waiting.words:
            draft = Draft(line.text, about=line.about, final=True)
            self._give(self._exchange((comment,), verdict), self._stream(), draft)
        else:
            self._route(comment, verdict)

    def _judge(self, comment: Comment) -> Verdict:
        now = self._clock.now()
        return self._triage.judge(comment, catalogue=self._catalogue(), on_air=self._director.on_air, now=now)

    def _on_record(self, comment: Comment) -> None:
        known = {"viewer": comment.viewer} if comment.viewer else {}
        self._record(
            kinds.COMMENT, comment=comment.id, user=comment.user, text=comment.text, source=comment.source, **known
        )
        self._remember(comment)

    def _remember(self, comment: Comment) -> None:
        self._known[comment.id] = comment
        while len(self._known) > COMMENTS_KNOWN:
            self._known.popitem(last=False)

    def _route(self, comment: Comment, verdict: Verdict) -> None:
        if verdict.intent is Intent.GREETING:
            self._greeting(comment, verdict)
        elif verdict.intent is Intent.ORDER:
            self._thanks(comment, verdict)
        elif verdict.intent is Intent.REQUEST and (gone := self._sold_out(verdict.product, comment)):
            self._say(self._exchange((comment,), verdict), gone)
        elif verdict.intent is Intent.REQUEST and (wished := self._wish(verdict.product, comment)):
            self._wished(comment, verdict, wished)
        else:
            for displaced in self._waiting.offer(comment, verdict):
                self._verdict(Verdict(displaced.id, Intent.CHAT, Fate.DROPPED, Reason("crowded_out")))
            self._wake.set()

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
            self._verdict(replace(verdict, fate=Fate.ANSWERED, reason=why))
        elif not wished.aloud:
            self._verdict(replace(verdict, fate=Fate.IGNORED, reason=why))
        else:
            exchange = self._exchange((comment,), verdict)
            exchange.because = why
            lang, seed = self._lang_of(comment), f"{self._seed}:{comment.id}"
            self._give(exchange, self._stream(), wish_line(wished, product, catalogue, comment.user, lang, seed))

    def _greeting(self, comment: Comment, verdict: Verdict) -> None:
        if self._greet:
            exchange = self._exchange((comment,), verdict)
            self._say(exchange, self._wording(Situation.GREETING, comment), Kind.GREETING, GREETING_STALE)
        else:
            self._verdict(replace(verdict, fate=Fate.IGNORED, reason=Reason("greetings_off")))

    def _thanks(self, comment: Comment, verdict: Verdict) -> None:
        """Thank a buyer; one at a time, or "I bought it" written over and over would keep questions from their turn."""
        if any(exchange.intent is Intent.ORDER for exchange in self._exchanges):
            self._verdict(replace(verdict, fate=Fate.IGNORED, reason=Reason("thanking_another")))
            return
        gone = self._sold_out(verdict.product or self._director.on_air, comment)
        text = gone or self._wording(Situation.ORDER, comment)
        self._say(self._exchange((comment,), verdict), text, Kind.GREETING, GREETING_STALE)

    def _sold_out(self, product_id: str | None, comment: Comment) -> str:
        """What is said of a product that is sold out; nothing of any other."""
        product = self._catalogue().get(product_id)
        piece = stock_piece(product, self._lang_of(comment)) if product and product.sold_out else None
        return piece.text if piece else ""

    # --- answers out -------------------------------------------------------------------------------------------

    async def run(self) -> None:
        """Answer what waits, one group of comments at a time, until cancelled."""
        while True:
            group = self._waiting.take(self._clock.now()) if self._ahead() < AHEAD else None
            if group is None:
                await self._wake.wait()
                self._wake.clear()
                continue
            self._exchanges.making = exchange = self._exchange(tuple(group.comments), group.verdict)
            try:
                await self._answer(exchange)
            finally:
                self._exchanges.making = None
                self._close(exchange)

    def _ahead(self) -> int:
        return sum(exchange.intent not in _ASIDE for exchange in self._exchanges)

    async def _answer(self, exchange: Exchange) -> None:
        comment = exchange.comments[0]
        if exchange.intent in _TOLD_WHAT_HOST_IS:
            self._say(exchange, self._wording(Situation.ARE_YOU_AI, comment))
            return
        catalogue = self._catalogue()
        question = Question(
            comment=comment,
            lang=self._lang_of(comment),
            on_air=catalogue.get(self._director.on_air),
            about=catalogue.get(exchange.product),
            products=tuple(catalogue),
            wall=self._clock.wall(),
            history=self._viewers.history(comment.who),
            certain=exchange.certain,
        )
        stream = self._stream()
        try:
            async with (
                deadline(self._clock, self._answer_deadline),
                aclosing(drafts(self._answerer, question)) as made,
            ):
                async for draft in made:
                    if exchange.ended:
                        return
                    exchange.answerer, exchange.passed = draft.answerer, draft.passed
                    self._give(exchange, stream, draft)
        except (AnswerError, TimeoutError) as error:
            why = Reason("too_slow") if isinstance(error, TimeoutError) else reason_of(error)
            self._record(kinds.FAULT, where="answerer", message=why, why=data(why), retry_in=0.0)
        if exchange.dropped:
            return
        if not exchange.given and not exchange.certain:
            self._leave(exchange)
        elif not exchange.given:
            exchange.trouble = Reason("no_answer")
            self._say(exchange, self._wording(situation_of(comment.text) or Situation.UNKNOWN, comment))
        else:
            self._give(exchange, stream, Draft("", final=True))

    def _leave(self, exchange: Exchange) -> None:
        """Nobody knows an answer to what perhaps asks: what it likeliest means is seen to, else it is the operator's.

        What would be too bold beside an answer harms nothing here: a host who says once too often that it is an AI,
        and a report of trouble that no other viewer makes.
        """
        comment, exchange.unheard = exchange.comments[0], Fate.ESCALATED
        if may_ask_what_host_is(comment.text):
            exchange.intent = Intent.IDENTITY
            self._say(exchange, self._wording(Situation.ARE_YOU_AI, comment))
        elif trouble := likely_trouble_of(fold(comment.text)):
            exchange.intent, exchange.trouble = Intent.TROUBLE, Reason("trouble", trouble=trouble.value)
            for each in exchange.concerned:
                self._report(trouble, each)
        else:
            exchange.trouble = Reason("left_to_operator")

    def _report(self, trouble: Trouble, comment: Comment) -> None:
        """A viewer reports trouble. Of those without a name each is another."""
        named = comment.viewer or comment.user
        viewer = comment.who if named else viewer_of(comment.source, comment.id, "")
        self._reports.note(trouble, viewer, self._clock.now())

    def _exchange(self, comments: tuple[Comment, ...], verdict: Verdict) -> Exchange:
        return Exchange(comments, verdict.intent, verdict.product, self._clock.now(), verdict.certain)

    def _stream(self) -> str:
        return f"r{next(self._numbers)}"

    def _say(self, exchange: Exchange, text: str, kind: Kind = Kind.ANSWER, stale: float = ANSWER_STALE) -> None:
        """Have one whole thing said."""
        self._give(exchange, self._stream(), Draft(text, final=True), kind, stale)

    def _give(
        self, exchange: Exchange, stream: str, draft: Draft, kind: Kind = Kind.ANSWER, stale: float = ANSWER_STALE
    ) -> None:
        now, ids = self._clock.now(), tuple(comment.id for comment in exchange.comments)
        if not self._cut_off.isdisjoint(ids):
            self._cut_off.difference_update(ids)
            if kind is Kind.ANSWER:
                self._excuse(exchange, stream, ids, now + stale)
        sentence = Reply(
            id=stream,
            kind=kind,
            text=draft.text,
            lang=guess_lang(draft.text, self._lang_of(exchange.comments[0])),
            in_reply_to=ids,
            evidence=draft.evidence,
            about=draft.about or ((exchange.product,) if exchange.product else ()),
            expires=now + stale,
            final=draft.final,
        )
        self._exchanges.hand_over(stream, exchange)
        taken = self._director.reply(sentence, now)
        if draft.text:
            exchange.first_draft = exchange.first_draft or now
            exchange.given += 1
            if not taken:
                exchange.trouble = exchange.trouble or Reason("too_many_replies")

    def _excuse(self, exchange: Exchange, stream: str, ids: tuple[str, ...], expires: float) -> None:
        """Put the word before an answer that is said again. A greeting goes without: nobody asked for it, and the word
        would be longer."""
        text = self._wording(Situation.CUT_OFF, exchange.comments[0])
        lang = self._lang_of(exchange.comments[0])
        word = Reply(stream, Kind.ANSWER, text, lang, ids, expires=expires, final=False, excuse=True)
        self._director.reply(word, self._clock.now())

    # --- the operator's hand -----------------------------------------------------------------------------------

    def text_of(self, comment_id: str) -> str:
        """What a comment says; empty for one that is not known."""
        comment = self._known.get(comment_id)
        return comment.text if comment else ""

    def answer_by_operator(self, comment_id: str, text: str, about: tuple[str, ...] = ()) -> bool:
        """Have the host give the operator's answer to a comment, which rests on the facts of the products ``about``.
        False where the comment is not known."""
        comment = self._known.get(comment_id)
        if comment is None:
            return False
        self._waiting.remove(comment_id)
        self._take_out(comment_id, begun=True)
        verdict = Verdict(comment_id, Intent.QUESTION, Fate.QUEUED, Reason("operator_answers"))
        self._verdict(verdict)
        self._give(self._exchange((comment,), verdict), self._stream(), Draft(text, about=about, final=True))
        return True

    def uncorrectable(self, comment_id: str) -> Reason | None:
        """Why what was said to a comment cannot be corrected; None where it can."""
        if comment_id not in self._known:
            return Reason("comment_unknown")
        if any(one.id == comment_id for exchange in self._exchanges for one in exchange.concerned):
            return Reason("still_being_answered")
        return None if self._answered.of(comment_id) else Reason("comment_not_answered")

    def correct(self, comment_id: str, text: str, about: tuple[str, ...] = ()) -> None:
        """Have the host set right, with the operator's text, what it said to a comment that is not `uncorrectable`."""
        comment, verdict = self._known.get(comment_id), self._answered.of(comment_id)
        if comment is None or verdict is None:
            return
        exchange, stream = self._exchange((comment,), verdict), self._stream()
        exchange.corrects = True
        marked = correction(text, guess_lang(text, self._lang), f"{self._seed}:{comment_id}:{stream}")
        self._give(exchange, stream, Draft(marked, about=about, final=True))

    def dismiss(self, comment_id: str) -> bool:
        """Drop a comment that waits, is left to the operator, or whose answer has not begun. False where it is
        none of these."""
        left = self._left.take(comment_id)
        waited = self._waiting.remove(comment_id) is not None
        if not (self._take_out(comment_id, begun=False) or waited or left):
            return False
        intent = left.intent if left else Intent.CHAT
        self._verdict(Verdict(comment_id, intent, Fate.IGNORED, Reason("dismissed")))
        return True

    def _take_out(self, comment_id: str, *, begun: bool) -> bool:
        """As `Exchanges.take_out`; what is dropped is not said. False where there is none."""
        found = self._exchanges.take_out(comment_id, begun=begun)
        for stream in [stream for exchange in found if exchange.dropped for stream in exchange.streams]:
            self._director.drop(stream)
        return bool(found)

    # --- what became of it -------------------------------------------------------------------------------------

    def started(self, utterance: Utterance) -> dict[str, float]:
        """An utterance begins. For the first of an answer: when its comment came and its first sentence was made."""
        exchange = self._exchanges.of(utterance)
        if exchange is None or exchange.begun or exchange.first_draft is None:
            return {}
        exchange.begun = True
        if exchange.corrects:
            return {}
        return {
            "comment_at": exchange.comments[0].at,
            "asked_at": exchange.asked_at,
            "drafted_at": exchange.first_draft,
        }

    def played(self, event: Played) -> None:
        """Move on with what was heard."""
        exchange = self._exchanges.of(event.utterance)
        if exchange is None:
            return
        exchange.note_played(event)
        if event.complete and not event.utterance.excuse:
            for comment in exchange.comments:
                self._viewers.heard(comment.who, comment.text, event.utterance.text)

    def refused(self, utterance: Utterance, ruling: Ruling) -> None:
        """The guard refused a sentence: the rest of the answer is dropped and a safe reply takes its place, once. An
        excuse is no part of the answer, which does without it."""
        exchange = self._exchanges.of(utterance)
        if exchange is None or utterance.excuse:
            return
        self._director.drop(utterance.reply)
        if exchange.ended:
            return
        exchange.trouble = ruling.reason
        if exchange.corrects:
            return
        if not exchange.certain:
            exchange.unheard = Fate.ESCALATED
            return
        # The name may be what the guard refused: what is said instead does without it.
        if exchange.intent is Intent.GREETING:
            self._say(exchange, self._wording(Situation.GREETING, exchange.comments[0], ""), Kind.GREETING)
        else:
            self._say(exchange, self._wording(Situation.REFUSED, exchange.comments[0], ""))

    def on_tick(self, tick: int, left: int, on_air: Utterance | None, heard: int) -> None:
        """Called between the pull of a tick and its leaving: verdicts for what is over or has waited too long.

        ``heard`` samples of ``on_air`` are in ticks up to ``tick``; those before ``left`` have left.
        """
        for exchange in self._exchanges.heard_enough(on_air, heard, tick, left):
            self._record(kinds.GIVEN, in_reply_to=[comment.id for comment in exchange.concerned])
        for stale in self._director.expired():
            late = self._exchanges.get(stale.id)
            if late is not None:
                late.trouble = late.trouble or Reason("went_stale")
        for stream in self._director.over():
            over = self._exchanges.settle(stream)
            if over is not None:
                self._close(over)
        if self._waiting:
            for comment in self._waiting.expire(self._clock.now()):
                self._verdict(Verdict(comment.id, Intent.QUESTION, Fate.EXPIRED, Reason("waited_too_long")))

    def _close(self, exchange: Exchange) -> None:
        """The last verdict, once nothing is being made and nothing is left to be said."""
        if exchange is self._exchanges.making or exchange.streams:
            return
        self._wake.set()
        fate, reason = exchange.outcome()
        for comment in exchange.concerned:
            verdict = Verdict(comment.id, exchange.intent, fate, reason, exchange.product)
            if exchange.heard and fate is Fate.ANSWERED:
                self._answered.note(verdict)
            self._verdict(verdict, exchange.answerer, exchange.passed)

    def _verdict(self, verdict: Verdict, answerer: str = "", passed: Sequence[Passed] = ()) -> None:
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

    def _wording(self, situation: Situation, comment: Comment, user: str | None = None) -> str:
        name = comment.user if user is None else user
        return reply(situation, self._lang_of(comment), name, seed=self._seed, key=comment.id)

    def _lang_of(self, comment: Comment) -> Lang:
        return guess_lang(comment.text, self._lang)
