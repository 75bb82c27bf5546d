"""Sentences to the director, and what becomes of them: an exchange ends with the verdict on its comments.

An answer is made while the host still speaks; the director puts it at the next sentence boundary, and says when
nothing of it is left to be said. What was heard until then decides the verdict.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from host.core.clock import Clock
from host.core.comment import Comment, Fate, Intent, Verdict
from host.core.ports import Draft
from host.core.reason import Reason
from host.core.text import guess_lang
from host.core.utterance import Kind, Played, Ruling, Utterance
from host.mind.answers.replies import Situation
from host.mind.viewers import ViewerMemory
from host.programme.exchange import Exchange, Exchanges
from host.programme.fixed_words import FixedWords
from host.programme.ledger import CommentLedger
from host.show.director import Director, Reply

GREETING_STALE = 20.0
"""Seconds after which a greeting is not said any more."""
ANSWER_STALE = 90.0


class ReplyDelivery:
    """Gives the director what is said in the ``exchanges`` under way, and closes each when nothing of it is left."""

    def __init__(
        self,
        *,
        clock: Clock,
        director: Director,
        exchanges: Exchanges,
        ledger: CommentLedger,
        words: FixedWords,
        viewers: ViewerMemory,
        on_closed: Callable[[], None],
    ) -> None:
        self._clock = clock
        self._director = director
        self._exchanges = exchanges
        self._ledger = ledger
        self._words = words
        self._viewers = viewers
        self._on_closed = on_closed
        self._numbers = itertools.count(1)
        self._cut_off: set[str] = set()
        """Ids of comments whose answer a kill cut off, until it is said again."""

    # --- giving ------------------------------------------------------------------------------------------------

    def exchange(self, verdict: Verdict, *comments: Comment) -> Exchange:
        """Begin an exchange with comments that a verdict has said what they want."""
        return Exchange(comments, verdict.intent, verdict.product, self._clock.now(), verdict.certain)

    @contextmanager
    def making(self, exchange: Exchange) -> Iterator[None]:
        """An answer is being made for it: until that is over, it stays open even where nothing of it is to be said."""
        self._exchanges.making = exchange
        try:
            yield
        finally:
            self._exchanges.making = None
            self._close(exchange)

    def new_stream(self) -> str:
        """The id of a reply that may come in several sentences."""
        return f"r{next(self._numbers)}"

    def say(self, exchange: Exchange, text: str) -> None:
        """Have one whole answer said."""
        self.give(exchange, self.new_stream(), Draft(text, final=True, free=False))

    def greet(self, exchange: Exchange, text: str, stale: float = GREETING_STALE) -> None:
        """Have something said in passing, or after ``stale`` seconds not at all."""
        self.give(exchange, self.new_stream(), Draft(text, final=True, free=False), Kind.GREETING, stale)

    def give(
        self, exchange: Exchange, stream: str, draft: Draft, kind: Kind = Kind.ANSWER, stale: float = ANSWER_STALE
    ) -> None:
        """Have a sentence of a reply said; an empty one that is final ends the reply."""
        now, ids = self._clock.now(), tuple(comment.id for comment in exchange.comments)
        if not self._cut_off.isdisjoint(ids):
            self._cut_off.difference_update(ids)
            if kind is Kind.ANSWER:
                self._excuse(exchange, stream, ids, now + stale)
        sentence = Reply(
            id=stream,
            kind=kind,
            text=draft.text,
            lang=guess_lang(draft.text, self._words.lang_of(exchange.comments[0])),
            in_reply_to=ids,
            evidence=draft.evidence,
            about=draft.about or ((exchange.product,) if exchange.product else ()),
            expires=now + stale,
            final=draft.final,
            free=draft.free,
        )
        self._exchanges.hand_over(stream, exchange)
        taken = self._director.reply(sentence, now)
        if draft.text:
            exchange.first_draft = exchange.first_draft or now
            exchange.given += 1
            if not taken:
                exchange.trouble = exchange.trouble or Reason("too_many_replies")

    def excuse_before(self, comment_id: str) -> None:
        """The answer to a comment was cut off by a kill: the next one begins with a word on that."""
        self._cut_off.add(comment_id)

    def _excuse(self, exchange: Exchange, stream: str, ids: tuple[str, ...], expires: float) -> None:
        """Put the word before an answer that is said again. A greeting goes without: nobody asked for it, and the word
        would be longer."""
        comment = exchange.comments[0]
        text, lang = self._words.reply(Situation.CUT_OFF, comment), self._words.lang_of(comment)
        word = Reply(stream, Kind.ANSWER, text, lang, ids, expires=expires, final=False, excuse=True)
        self._director.reply(word, self._clock.now())

    def take_out(self, comment_id: str, *, begun: bool) -> bool:
        """As `Exchanges.take_out`; what is dropped is not said. False where there is none."""
        found = self._exchanges.take_out(comment_id, begun=begun)
        for stream in [stream for exchange in found if exchange.dropped for stream in exchange.streams]:
            self._director.drop(stream)
        return bool(found)

    # --- what becomes of it ------------------------------------------------------------------------------------

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
        if exchange is not None and not utterance.excuse:
            self._director.drop(utterance.reply)
            self.excuse_from(exchange, ruling)

    def excuse_from(self, exchange: Exchange, ruling: Ruling) -> None:
        """A sentence of an answer may not be said: a safe reply takes the place of it and of what would follow."""
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
            self.greet(exchange, self._words.reply(Situation.GREETING, exchange.comments[0], ""), ANSWER_STALE)
        else:
            self.say(exchange, self._words.reply(Situation.REFUSED, exchange.comments[0], ""))

    def on_tick(self, tick: int, left: int, on_air: Utterance | None, heard: int) -> None:
        """Verdicts for what is over; on record what counts as given, and what went stale.

        ``heard`` samples of ``on_air`` are in ticks up to ``tick``; those before ``left`` have left.
        """
        for exchange in self._exchanges.heard_enough(on_air, heard, tick, left):
            self._ledger.given(exchange.concerned)
        for stale in self._director.expired():
            late = self._exchanges.get(stale.id)
            if late is not None:
                late.trouble = late.trouble or Reason("went_stale")
        for stream in self._director.over():
            over = self._exchanges.settle(stream)
            if over is not None:
                self._close(over)

    def _close(self, exchange: Exchange) -> None:
        """The last verdict, once nothing is being made and nothing is left to be said."""
        if exchange is self._exchanges.making or exchange.streams:
            return
        self._on_closed()
        fate, reason = exchange.outcome()
        for comment in exchange.concerned:
            verdict = Verdict(comment.id, exchange.intent, fate, reason, exchange.product)
            if exchange.heard and fate is Fate.ANSWERED:
                self._ledger.keep_answer(verdict)
            self._ledger.verdict(verdict, exchange.answerer, exchange.passed)
