"""Comments in, replies to the director out: triage, waiting, answering, and the verdict that stands in the end.

An answer is made while the host still speaks; the director puts it at the next sentence boundary. A comment is
answered once that answer has been heard.
"""

from __future__ import annotations

import asyncio
import itertools
from collections import OrderedDict
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass, replace

from host.chat.triage import Triage
from host.chat.waiting import WaitingComments
from host.core import journal_events as kinds
from host.core.clock import Clock, deadline
from host.core.comment import Comment, Fate, Intent, Verdict
from host.core.ports import Answerer, AnswerError, Draft, Question
from host.core.product import Catalogue, Lang
from host.core.text import guess_lang
from host.core.utterance import Kind, Played, Ruling, Utterance
from host.mind.replies import Situation, reply, situation_of
from host.mind.viewers import ViewerMemory
from host.programme.answering import drafts
from host.show.director import Director, Reply

AHEAD = 2
"""Answers made but not yet heard to their end; more waiting comments stay comments, which go stale less."""
COMMENTS_KNOWN = 1000
"""Comments an operator can still answer by hand."""
GREETING_STALE = 20.0
ANSWER_STALE = 90.0

Record = Callable[..., object]


@dataclass
class _Open:
    """An answer on its way: how many of its sentences have been handed over and how many have ended."""

    comments: tuple[Comment, ...]
    intent: Intent
    product: str | None
    asked_at: float
    first_draft: float | None = None
    given: int = 0
    ended: int = 0
    closed: bool = False
    refused: str = ""
    heard: bool = False


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
        self._open: dict[str, _Open] = {}
        self._by_comment: dict[str, str] = {}
        self._texts: OrderedDict[str, Comment] = OrderedDict()
        self._wake = asyncio.Event()
        self._thinking = False

    @property
    def listening(self) -> bool:
        """Whether the host looks as if it reads a comment."""
        return self._thinking or bool(self._open)

    @property
    def waiting(self) -> int:
        """Comments that wait for an answer."""
        return len(self._waiting)

    def question_of(self, utterance: Utterance) -> str:
        """The comment an utterance replies to, as "user: text", for the picture; empty for anything else."""
        comment = self._texts.get(utterance.in_reply_to[0]) if utterance.in_reply_to else None
        return f"{comment.user}：{comment.text}" if comment and utterance.kind is Kind.ANSWER else ""

    def timing(self, utterance: Utterance) -> dict[str, float]:
        """When the comment behind an answer came and when its first sentence was made, in clock seconds."""
        group = self._group(utterance)
        if group is None or group.first_draft is None or group.heard or group.ended:
            return {}
        return {"comment_at": group.comments[0].at, "asked_at": group.asked_at, "drafted_at": group.first_draft}

    # --- comments in -----------------------------------------------------------------------------------------

    def take(self, comment: Comment) -> Verdict:
        """Record a comment and its verdict, and see to what follows from it. Never raises, never waits."""
        self._record(kinds.COMMENT, comment=comment.id, user=comment.user, text=comment.text, source=comment.source)
        self._remember(comment)
        now = self._clock.now()
        verdict = self._triage.judge(comment, catalogue=self._catalogue(), on_air=self._director.on_air, now=now)
        self._verdict(verdict)
        if verdict.fate is Fate.QUEUED:
            self._route(comment, verdict)
        return verdict

    def restore(self, comment: Comment) -> None:
        """Take up a comment that waited when the room was last killed."""
        self._remember(comment)
        now = self._clock.now()
        verdict = self._triage.judge(comment, catalogue=self._catalogue(), on_air=self._director.on_air, now=now)
        if verdict.fate is Fate.QUEUED:
            self._route(comment, verdict)

    def _remember(self, comment: Comment) -> None:
        self._texts[comment.id] = comment
        while len(self._texts) > COMMENTS_KNOWN:
            self._texts.popitem(last=False)

    def _route(self, comment: Comment, verdict: Verdict) -> None:
        if verdict.intent is Intent.GREETING:
            self._greeting(comment, verdict)
        elif verdict.intent is Intent.REQUEST and verdict.product:
            self._request(comment, verdict)
        elif verdict.intent is Intent.ORDER:
            self._say(comment, verdict, self._wording(Situation.ORDER, comment))
        else:
            for displaced in self._waiting.offer(comment, verdict):
                self._verdict(
                    Verdict(displaced.id, Intent.CHAT, Fate.DROPPED, "comments more worth answering filled the queue")
                )
            self._wake.set()

    def _greeting(self, comment: Comment, verdict: Verdict) -> None:
        if not self._greet:
            self._verdict(replace(verdict, fate=Fate.IGNORED, reason="greetings are switched off in the room file"))
            return
        text = self._wording(Situation.GREETING, comment)
        self._say(comment, verdict, text, kind=Kind.GREETING, stale=GREETING_STALE)

    def _request(self, comment: Comment, verdict: Verdict) -> None:
        assert verdict.product is not None
        self._director.goto(verdict.product, self._clock.now())
        self._verdict(replace(verdict, fate=Fate.ANSWERED, reason=f"goes to {verdict.product}"))

    def _say(
        self, comment: Comment, verdict: Verdict, text: str, kind: Kind = Kind.ANSWER, stale: float = ANSWER_STALE
    ) -> None:
        key = self._begin((comment,), verdict)
        self._give(key, Draft(text, final=True), kind, self._lang_of(comment), stale)

    # --- answers out ------------------------------------------------------------------------------------------

    async def run(self) -> None:
        """Answer what waits, one group of comments at a time, until cancelled."""
        while True:
            self._expire()
            taken = self._waiting.take(self._clock.now()) if self._ahead() < AHEAD else None
            if taken is None:
                await self._wake.wait()
                self._wake.clear()
                continue
            self._thinking = True
            try:
                await self._answer(tuple(taken.comments), taken.verdict)
            finally:
                self._thinking = False

    def _ahead(self) -> int:
        return sum(1 for group in self._open.values() if group.intent is not Intent.GREETING)

    async def _answer(self, comments: tuple[Comment, ...], verdict: Verdict) -> None:
        comment = comments[0]
        lang = self._lang_of(comment)
        key = self._begin(comments, verdict)
        catalogue = self._catalogue()
        question = Question(
            comment=comment,
            lang=lang,
            on_air=catalogue.get(self._director.on_air),
            about=catalogue.get(verdict.product),
            products=tuple(catalogue),
            wall=self._clock.wall(),
            history=self._viewers.history(comment.user),
        )
        try:
            async with (
                deadline(self._clock, self._answer_deadline),
                aclosing(drafts(self._answerer, question)) as stream,
            ):
                async for draft in stream:
                    self._give(key, draft, Kind.ANSWER, lang)
        except (AnswerError, TimeoutError) as error:
            self._record(kinds.FAULT, where="answerer", message=str(error) or "too slow", retry_in=0.0)
        group = self._open[key]
        if group.given == 0:
            group.refused = "the facts carry no answer"
            text = self._wording(situation_of(comment.text) or Situation.UNKNOWN, comment)
            self._give(key, Draft(text, final=True), Kind.ANSWER, lang)
        elif not group.closed:
            self._give(key, Draft("", final=True), Kind.ANSWER, lang)

    def _begin(self, comments: tuple[Comment, ...], verdict: Verdict) -> str:
        key = f"r{next(self._numbers)}"
        now = self._clock.now()
        self._open[key] = _Open(comments, verdict.intent, verdict.product, now)
        for comment in comments:
            self._by_comment[comment.id] = key
        return key

    def _give(self, key: str, draft: Draft, kind: Kind, lang: Lang, stale: float = ANSWER_STALE) -> None:
        group = self._open[key]
        now = self._clock.now()
        group.first_draft = group.first_draft or now
        group.closed = group.closed or draft.final
        sentence = Reply(
            id=key,
            kind=kind,
            text=draft.text,
            lang=guess_lang(draft.text, lang),
            in_reply_to=tuple(comment.id for comment in group.comments),
            evidence=draft.evidence,
            about=draft.about or ((group.product,) if group.product else ()),
            expires=now + stale,
            final=draft.final,
        )
        if draft.text:
            group.given += 1
        if not self._director.reply(sentence, now) and draft.text:
            group.ended += 1
            group.refused = "too many replies waited"
        self._settle(key)

    def answer_by_operator(self, comment_id: str, text: str) -> bool:
        """Have the host give the operator's answer to a comment. False where the comment is not known."""
        comment = self._texts.get(comment_id)
        if comment is None:
            return False
        self._waiting.remove(comment_id)
        verdict = Verdict(comment_id, Intent.QUESTION, Fate.QUEUED, "answered by the operator")
        self._say(comment, verdict, text)
        return True

    def dismiss(self, comment_id: str) -> bool:
        """Drop a comment that waits. False where it does not wait."""
        if self._waiting.remove(comment_id) is None:
            return False
        self._verdict(Verdict(comment_id, Intent.CHAT, Fate.IGNORED, "dismissed by the operator"))
        return True

    # --- what became of it -------------------------------------------------------------------------------------

    def refused(self, utterance: Utterance, ruling: Ruling) -> None:
        """The guard refused a sentence of an answer: a safe reply takes its place, once."""
        group = self._group(utterance)
        if group is None:
            return
        key = self._by_comment[utterance.in_reply_to[0]]
        group.ended += 1
        if not group.refused and utterance.kind is Kind.ANSWER:
            group.refused = ruling.reason
            safe = self._begin(group.comments, Verdict(group.comments[0].id, group.intent, Fate.QUEUED, ""))
            self._open[safe].refused = ruling.reason
            text = self._wording(Situation.REFUSED, group.comments[0])
            self._give(safe, Draft(text, final=True), Kind.ANSWER, utterance.lang)
            self._open.pop(key, None)
            return
        self._settle(key)

    def played(self, event: Played) -> None:
        """Move on with what was heard. A withdrawn sentence (nothing heard) will come again."""
        group = self._group(event.utterance)
        if group is None or event.heard == 0:
            return
        group.ended += 1
        if event.complete:
            group.heard = True
            for comment in group.comments:
                self._viewers.heard(comment.user, comment.text, event.utterance.text)
        self._settle(self._by_comment[event.utterance.in_reply_to[0]])

    def drain_expired(self) -> None:
        """Give replies that went stale with the director their verdict."""
        for stale in self._director.expired():
            for comment_id in stale.in_reply_to:
                key = self._by_comment.get(comment_id)
                group = self._open.get(key) if key else None
                if key is None or group is None:
                    continue
                group.ended += 1
                group.refused = group.refused or "its answer went stale before its turn came"
                self._settle(key)
                break

    def _expire(self) -> None:
        for comment in self._waiting.expire(self._clock.now()):
            self._verdict(Verdict(comment.id, Intent.QUESTION, Fate.EXPIRED, "waited too long"))

    def _settle(self, key: str) -> None:
        group = self._open.get(key)
        if group is None or not group.closed or group.ended < group.given:
            return
        del self._open[key]
        self._wake.set()
        for comment in group.comments:
            self._verdict(Verdict(comment.id, group.intent, *self._outcome(group), group.product))
            if self._by_comment.get(comment.id) == key:
                del self._by_comment[comment.id]

    def _outcome(self, group: _Open) -> tuple[Fate, str]:
        if not group.heard:
            return Fate.EXPIRED, group.refused or "its answer was not heard"
        if group.refused:
            return Fate.REFUSED, group.refused
        return (Fate.GREETED, "greeted") if group.intent is Intent.GREETING else (Fate.ANSWERED, "answered")

    def _group(self, utterance: Utterance) -> _Open | None:
        key = self._by_comment.get(utterance.in_reply_to[0]) if utterance.in_reply_to else None
        return self._open.get(key) if key else None

    def _verdict(self, verdict: Verdict) -> None:
        self._record(
            kinds.VERDICT,
            comment=verdict.comment_id,
            intent=verdict.intent.value,
            fate=verdict.fate.value,
            reason=verdict.reason,
            product=verdict.product,
        )

    def _wording(self, situation: Situation, comment: Comment) -> str:
        return reply(situation, self._lang_of(comment), comment.user, seed=self._seed, key=comment.id)

    def _lang_of(self, comment: Comment) -> Lang:
        return guess_lang(comment.text, self._lang)
