"""The second lock behind the guard: a judge is shown the facts and a sentence, never the comment, and may only forbid.

It is asked about free sentences, a model's draft or an operator's line. Where it says nothing in time, or nothing that
can be understood, such a sentence is not said. What is vetted was looked at when there was time, and is not asked
about.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime

from host.core.breaker import Breaker
from host.core.clock import Clock, within
from host.core.ports import Judge, JudgeError, Judgement
from host.core.product import Fact, Product
from host.core.reason import Reason, reason_of
from host.core.utterance import Kind, Ruling
from host.core.vetted import digest
from host.mind.guard.reasons import forbidden

JUDGE = "judge"
"""The code of what a judge does not let pass."""
FACTS = 160
"""Facts that a judge is shown at most, in the order of the sheets."""
KEPT = 512
"""Judgements that are remembered."""


class SecondLock:
    """Asks one judge, each question once, within its deadline."""

    def __init__(self, judge: Judge, clock: Clock) -> None:
        self.name = judge.name
        self._judge = judge
        self._clock = clock
        self._breaker = Breaker(first_rest=10.0, longest_rest=120.0)
        if isinstance(judge, AbsentJudge):
            self._breaker = self._breaker.failure(clock.now(), judge.why)
        self._kept: OrderedDict[str, Judgement] = OrderedDict()

    async def close(self) -> None:
        """Close the judge."""
        await self._judge.close()

    def troubles(self) -> list[Reason]:
        """Why it does not work at present."""
        why = self._breaker.error
        return [Reason("judge_down", judge=self.name, why=why)] if why else []

    async def rule(self, text: str, kind: Kind, products: Sequence[Product], wall: datetime) -> Ruling:
        """Whether a free sentence that the guard lets pass may be said. Fails closed; raises nothing."""
        try:
            judgement = await self.ask(text, products, wall)
        except JudgeError as error:
            return forbidden(JUDGE, text, kind, Reason("judge_failed", judge=self.name, why=reason_of(error)))
        if judgement.carried:
            return Ruling(True, evidence=judgement.facts)
        return forbidden(JUDGE, text, kind, Reason("judge_forbids", judge=self.name, why=judgement.reason))

    async def ask(self, text: str, products: Sequence[Product], wall: datetime) -> Judgement:
        """What the judge says, or has said of the same sentence and the same facts. Raises `JudgeError`."""
        facts = [fact for product in products for fact in product.facts_in_force(wall)][:FACTS]
        key = digest(text, *(f"{fact.id}\n{fact.text}" for fact in facts))
        known = self._kept.get(key)
        if known is None:
            known = self._kept[key] = await self._asked(facts, text)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return known

    async def _asked(self, facts: Sequence[Fact], text: str) -> Judgement:
        now = self._clock.now()
        if self._breaker.state(now) == "open":
            raise JudgeError(self._breaker.error)
        until = now + self._judge.deadline
        try:
            judgement = await within(self._clock, until, self._judge.verdict(facts, text, until))
            unknown = {*judgement.facts} - {fact.id for fact in facts}
            if unknown:
                raise JudgeError(Reason("judge_garbled"))
        except Exception as error:  # noqa: BLE001 - a third party's judge may raise anything
            why = _why(error)
            self._breaker = self._breaker.failure(self._clock.now(), why)
            raise JudgeError(why) from None
        self._breaker = self._breaker.success()
        return judgement


class AbsentJudge:
    """Stands where a room names a judge that is not set up here: it lets nobody through."""

    deadline = 1.0

    def __init__(self, name: str, why: str) -> None:
        self.name = name
        self.why = why

    async def verdict(self, facts: Sequence[Fact], sentence: str, deadline: float) -> Judgement:
        """Raises `JudgeError`."""
        raise JudgeError(self.why)

    async def close(self) -> None:
        """Nothing to close."""


def _why(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return Reason("too_slow")
    return reason_of(error) if isinstance(error, JudgeError) else type(error).__name__
