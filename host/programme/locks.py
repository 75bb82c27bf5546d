"""The locks, as a programme asks them: what is written anew is put to them before its turn, and what they hold is on
record.

The first is the guard, which every sentence meets again when it is to be said; the second, where a room has one, is a
judge. A draft that is held here costs nobody anything yet: another can be asked for (`second_drafts`).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence

from host.core import journal_events as kinds
from host.core.clock import Clock
from host.core.lang import Lang
from host.core.product import Catalogue
from host.core.reason import Reason, data
from host.core.text import guess_lang
from host.core.utterance import Kind, Ruling
from host.mind.guard.gate import Gate, Objected
from host.mind.guard.reasons import forbidden
from host.mind.judges.lock import JUDGE, SecondLock
from host.programme.held import Held, Sentence, objections_to
from host.programme.ledger import Record
from host.programme.wordings import Wordings

AsksLocks = Callable[[str, Iterable[str | None], Sequence[str]], Awaitable[Held | None]]
"""Text of a draft, ids of the products spoken of, ids of the comments answered: what speaks against it, or None."""


class Locks:
    """Puts free sentences to guard and judge. About what an operator has allowed no judge is asked."""

    def __init__(
        self,
        gate: Gate,
        judge: SecondLock | None,
        wordings: Wordings,
        *,
        clock: Clock,
        lang: Lang,
        catalogue: Callable[[], Catalogue],
        record: Record,
    ) -> None:
        self._gate = gate
        self._judge = judge
        self._wordings = wordings
        self._clock = clock
        self._lang: Lang = lang
        self._catalogue = catalogue
        self._record = record

    async def hold(self, text: str, products: Iterable[str | None], in_reply_to: Sequence[str] = ()) -> Held | None:
        """What speaks against a draft, guard first; None where it may be said. Raises nothing."""
        sentence = self._sentence(text, Kind.ANSWER, products)
        objections = objections_to(self._gate, sentence, self._clock.wall())
        held = Held(sentence, tuple(objections)) if objections else await self._forbidden(sentence)
        if held is not None:
            self._keep(held, in_reply_to)
        return held

    async def forbid(self, text: str, products: Iterable[str | None]) -> Ruling | None:
        """Why the judge does not let an operator's line be said; None where it does, or where the guard will say no
        when its turn comes. Raises nothing."""
        sentence = self._sentence(text, Kind.OPERATOR, products)
        if self._judge is None or objections_to(self._gate, sentence, self._clock.wall()):
            return None
        held = await self._forbidden(sentence)
        if held is None:
            return None
        self._keep(held, ())
        return held.objections[0].ruling

    def _sentence(self, text: str, kind: Kind, products: Iterable[str | None]) -> Sentence:
        about = tuple(each for each in map(self._catalogue().get, dict.fromkeys(products)) if each is not None)
        return Sentence(text, guess_lang(text, self._lang), kind, about, free=kind is Kind.ANSWER)

    async def _forbidden(self, sentence: Sentence) -> Held | None:
        """What the judge has against a sentence that the guard lets pass."""
        judge = self._judge
        if judge is None or (sentence.wording in self._gate.allowed and self._may_be_overruled(judge, sentence)):
            return None
        ruling = await judge.rule(sentence.text, sentence.kind, sentence.products, self._clock.wall())
        if ruling.allowed:
            return None
        return Held(sentence, (Objected(self._gate.policy.category_of(ruling), ruling),))

    def _may_be_overruled(self, judge: SecondLock, sentence: Sentence) -> bool:
        """Whether the policy lets an operator say what the judge would forbid."""
        no = forbidden(JUDGE, sentence.text, sentence.kind, Reason("judge_forbids", judge=judge.name, why=""))
        return self._gate.policy.category_of(no).allowable

    def _keep(self, held: Held, in_reply_to: Sequence[str]) -> None:
        """Put on record, and before the operator, that a sentence is held back."""
        sentence, ruling = held.sentence, held.objections[0].ruling
        self._wordings.hold(held, self._clock.wall())
        self._record(
            kinds.REFUSAL, utterance="", utterance_kind=sentence.kind.value, product=next(iter(sentence.about), None),
            place=None, in_reply_to=list(in_reply_to), text=sentence.text, spoken="", code=ruling.code,
            reason=ruling.reason, why=data(ruling.reason), offending=ruling.offending, wording=sentence.wording,
        )  # fmt: skip
