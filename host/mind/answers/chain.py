"""A chain of answerers that is itself an answerer: the first that can, answers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, replace
from typing import Any, Protocol, runtime_checkable

from host.core.breaker import Breaker
from host.core.clock import Clock
from host.core.plugins import ANSWERERS, load
from host.core.ports import Answerer, AnswerError, Context, Draft, Options, Passed, Question
from host.core.reason import Reason, data, reason_of

FIRST_REST = 20.0
LONGEST_REST = 300.0


class Spec(Protocol):
    """A backend by name with its options, as a room file has it."""

    @property
    def name(self) -> str: ...

    @property
    def options(self) -> Options: ...


@runtime_checkable
class Probing(Protocol):
    """An answerer that can tell whether it is up without being asked a question."""

    async def probe(self) -> None:
        """Raises `AnswerError` where it is not."""
        ...


@dataclass
class _Link:
    """An answerer with its breaker."""

    answerer: Answerer
    breaker: Breaker


class AnswererChain:
    """Asks each answerer in turn until one gives a sentence. See `open_answerers`."""

    name = "chain"

    def __init__(self, answerers: Sequence[Answerer | Passed], clock: Clock) -> None:
        """``answerers`` in order of preference, with those that are not set up here and why."""
        self._links = [
            Passed(each.name, each.reason)
            if isinstance(each, Passed)
            else _Link(each, Breaker(FIRST_REST, LONGEST_REST))
            for each in answerers
        ]
        self._clock = clock
        self._last: Draft | None = None

    async def probe(self) -> None:
        """Try those that can be tried beforehand, so that an endpoint that is down at start costs no viewer time."""
        for link in self._open():
            if isinstance(link.answerer, Probing):
                try:
                    await link.answerer.probe()
                except AnswerError as error:
                    link.breaker = link.breaker.failure(self._clock.now(), reason_of(error), at_once=True)
                else:
                    link.breaker = link.breaker.success()

    async def answer(self, question: Question) -> AsyncIterator[Draft]:
        """Yield the sentences of the first answerer that has any, each with who that is and why those before are not.

        One that fails before its first sentence gives way to the next; one that fails later leaves what it said. An
        empty answer is passed on to the next too. Raises `AnswerError` where all that were asked failed.
        """
        passed: list[Passed] = []
        failed: list[str] = []
        nobody_knows = False
        for link in self._links:
            if isinstance(link, Passed):
                passed.append(link)
                continue
            name, spoke = link.answerer.name, False
            if name in question.without:
                passed.append(Passed(name, Reason("drafts_held")))
                nobody_knows = True
                continue
            if not self._willing(link):
                passed.append(Passed(name, link.breaker.error))
                continue
            try:
                async with _closing(link.answerer.answer(question)) as drafts:
                    async for draft in drafts:
                        spoke = True
                        self._last = replace(draft, answerer=name, passed=tuple(passed))
                        yield self._last
            except Exception as error:  # noqa: BLE001 - a third party's answerer may raise anything
                reason = reason_of(error) if isinstance(error, AnswerError) else type(error).__name__
                link.breaker = link.breaker.failure(self._clock.now(), reason)
                passed.append(Passed(name, reason))
                failed.append(f"{name}: {reason}")
            else:
                link.breaker = link.breaker.success()
                passed.append(Passed(name, Reason("no_answer")))
                nobody_knows = True
            if spoke:
                return
        if failed and not nobody_knows:
            raise AnswerError("; ".join(failed))

    async def close(self) -> None:
        """Close them all."""
        for link in self._open():
            await link.answerer.close()

    def status(self) -> dict[str, Any]:
        """How each does, who answered last, and what of the chain does not work at present.

        ``{"answerers": [{"name", "state", "reason", "retry_in"}], "last": {"name", "passed": [{"name", "reason",
        "why"}]} | None, "degraded": [str]}``; a state is ``ready``, ``resting`` (not asked for ``retry_in`` seconds) or
        ``passed over``; ``passed`` are those that were to answer before.
        """
        now = self._clock.now()
        rows = [
            {
                "name": link.answerer.name,
                "state": "resting" if link.breaker.standing(now) == "resting" else "ready",
                "reason": link.breaker.error,
                "retry_in": round(link.breaker.retry_in(now), 1),
            }
            for link in self._open()
        ]
        degraded = [Reason("answerer_down", name=row["name"], why=row["reason"]) for row in rows if row["reason"]]
        if not rows:
            degraded.append(Reason("no_answerer"))
        rows += [
            {"name": link.name, "state": "passed over", "reason": link.reason, "retry_in": 0.0}
            for link in self._links
            if isinstance(link, Passed)
        ]
        return {"answerers": rows, "last": self._last and _said_by(self._last), "degraded": degraded}

    def _open(self) -> list[_Link]:
        return [link for link in self._links if isinstance(link, _Link)]

    def _willing(self, link: _Link) -> bool:
        """Whether to ask it now. The last is always asked: behind it there is nobody."""
        return link.breaker.state(self._clock.now()) != "open" or link is self._open()[-1]


def _said_by(draft: Draft) -> dict[str, Any]:
    return {"name": draft.answerer, "passed": [{**asdict(each), "why": data(each.reason)} for each in draft.passed]}


def open_answerers(specs: Sequence[Spec], context: Context) -> AnswererChain:
    """Open answerers in order of preference. Raises `LivehostError` for a name or an option that is not known.

    A factory that raises `AnswerError` says that its answerer is not set up here (no key): it is passed over.
    """
    answerers: list[Answerer | Passed] = []
    for spec in specs:
        try:
            answerers.append(load(ANSWERERS, spec.name)(spec.options, context))
        except AnswerError as error:
            answerers.append(Passed(spec.name, reason_of(error)))
    return AnswererChain(answerers, context.clock)


@asynccontextmanager
async def _closing(drafts: AsyncIterator[Draft]) -> AsyncIterator[AsyncIterator[Draft]]:
    """Close the iterator at the end, if it is one that can be: that is what stops work nobody waits for."""
    try:
        yield drafts
    finally:
        aclose = getattr(drafts, "aclose", None)
        if aclose is not None:
            await aclose()
