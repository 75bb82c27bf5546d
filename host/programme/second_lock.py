"""The second lock, as a programme asks it: what is written anew is put to it, and what it forbids is on record."""

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

AsksLock = Callable[[str, Kind, Iterable[str | None], Sequence[str]], Awaitable[Ruling | None]]
"""Text, kind, ids of the products spoken of, ids of the comments answered: why it may not be said, or None."""


class LockDesk:
    """Puts free sentences to the lock. What an operator has allowed is vetted, and not asked about."""

    def __init__(
        self,
        lock: SecondLock,
        gate: Gate,
        wordings: Wordings,
        *,
        clock: Clock,
        lang: Lang,
        catalogue: Callable[[], Catalogue],
        record: Record,
    ) -> None:
        self._lock = lock
        self._gate = gate
        self._wordings = wordings
        self._clock = clock
        self._lang: Lang = lang
        self._catalogue = catalogue
        self._record = record

    async def forbids(
        self, text: str, kind: Kind, products: Iterable[str | None], in_reply_to: Sequence[str] = ()
    ) -> Ruling | None:
        """Why a sentence may not be said; None where it may. Raises nothing."""
        known = dict.fromkeys(products)
        about = tuple(each for each in map(self._catalogue().get, known) if each is not None)
        sentence = Sentence(text, guess_lang(text, self._lang), kind, about, free=kind is Kind.ANSWER)
        if sentence.wording in self._gate.allowed and self._may_be_overruled(text, kind):
            return None
        wall = self._clock.wall()
        if objections_to(self._gate, sentence, wall):
            return None  # the guard will say so when its turn comes
        ruling = await self._lock.rule(text, kind, about, wall)
        if ruling.allowed:
            return None
        self._wordings.hold(Held(sentence, (Objected(self._gate.policy.category_of(ruling), ruling),)), wall)
        self._record(
            kinds.REFUSAL, utterance="", utterance_kind=kind.value, product=about[0].id if about else None, place=None,
            in_reply_to=list(in_reply_to), text=text, spoken="", code=ruling.code, reason=ruling.reason,
            why=data(ruling.reason), offending=ruling.offending, wording=sentence.wording,
        )  # fmt: skip
        return ruling

    def _may_be_overruled(self, text: str, kind: Kind) -> bool:
        """Whether the policy lets an operator say what the judge would forbid."""
        no = forbidden(JUDGE, text, kind, Reason("judge_forbids", judge=self._lock.name, why=""))
        return self._gate.policy.category_of(no).allowable
