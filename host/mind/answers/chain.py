"""A chain of answerers that is itself an answerer: the first that can, answers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from host.core.breaker import Breaker
from host.core.clock import Clock
from host.core.plugins import ANSWERERS, load
from host.core.ports import Answerer, AnswerError, Context, Draft, Question
from host.core.reason import Reason, reason_of

FIRST_REST = 20.0
LONGEST_REST = 300.0


class Spec(Protocol):
    """A backend by name with its options, as a room file has it."""

    @property
    def name(self) -> str: ...

    @property
    def options(self) -> Mapping[str, Any]: ...


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

    def __init__(
        self, answerers: Sequence[Answerer], clock: Clock, passed_over: Mapping[str, str] | None = None
    ) -> None:
        self._links = [_Link(answerer, Breaker(FIRST_REST, LONGEST_REST)) for answerer in answerers]
        self._clock = clock
        self._passed_over = dict(passed_over or {})

    async def probe(self) -> None:
        """Try those that can be tried beforehand, so that an endpoint that is down at start costs no viewer time."""
        for link in self._links:
            if isinstance(link.answerer, Probing):
                try:
                    await link.answerer.probe()
                except AnswerError as error:
                    link.breaker = link.breaker.failure(self._clock.now(), reason_of(error), at_once=True)
                else:
                    link.breaker = link.breaker.success()

    async def answer(self, question: Question) -> AsyncIterator[Draft]:
        """Yield the sentences of the first answerer that has any.

        One that fails before its first sentence gives way to the next; one that fails later leaves what it said. An
        empty answer is passed on to the next too. Raises `AnswerError` where all that were asked failed.
        """
        errors: list[str] = []
        nobody_knows = False
        for link in self._willing():
            spoke = False
            try:
                async with _closing(link.answerer.answer(question)) as drafts:
                    async for draft in drafts:
                        spoke = True
                        yield draft
            except Exception as error:  # noqa: BLE001 - a third party's answerer may raise anything
                reason = reason_of(error) if isinstance(error, AnswerError) else type(error).__name__
                link.breaker = link.breaker.failure(self._clock.now(), reason)
                errors.append(f"{link.answerer.name}: {reason}")
            else:
                link.breaker = link.breaker.success()
                nobody_knows = True
            if spoke:
                return
        if errors and not nobody_knows:
            raise AnswerError("; ".join(errors))

    async def close(self) -> None:
        """Close them all."""
        for link in self._links:
            await link.answerer.close()

    def status(self) -> dict[str, Any]:
        """How each does, and what of the chain does not work at present.

        ``{"answerers": [{"name", "state", "reason", "retry_in"}], "degraded": [str]}``; a state is ``ready``, ``open``
        (its circuit: not asked for ``retry_in`` seconds) or ``passed over``.
        """
        now = self._clock.now()
        rows = [
            {
                "name": link.answerer.name,
                "state": "open" if link.breaker.state(now) == "open" else "ready",
                "reason": link.breaker.error,
                "retry_in": round(link.breaker.retry_in(now), 1),
            }
            for link in self._links
        ]
        degraded = [Reason("answerer_down", name=row["name"], why=row["reason"]) for row in rows if row["reason"]]
        if not self._links:
            degraded.append(Reason("no_answerer"))
        rows += [
            {"name": name, "state": "passed over", "reason": reason, "retry_in": 0.0}
            for name, reason in self._passed_over.items()
        ]
        return {"answerers": rows, "degraded": degraded}

    def _willing(self) -> list[_Link]:
        """Those to ask now. The last is always asked: behind it there is nobody."""
        now = self._clock.now()
        return [link for link in self._links if link.breaker.state(now) != "open" or link is self._links[-1]]


def open_answerers(specs: Sequence[Spec], context: Context) -> AnswererChain:
    """Open answerers in order of preference. Raises `LivehostError` for a name or an option that is not known.

    A factory that raises `AnswerError` says that its answerer is not set up here (no key): it is passed over.
    """
    answerers: list[Answerer] = []
    passed_over: dict[str, str] = {}
    for spec in specs:
        try:
            answerers.append(load(ANSWERERS, spec.name)(spec.options, context))
        except AnswerError as error:
            passed_over[spec.name] = reason_of(error)
    return AnswererChain(answerers, context.clock, passed_over)


@asynccontextmanager
async def _closing(drafts: AsyncIterator[Draft]) -> AsyncIterator[AsyncIterator[Draft]]:
    """Close the iterator at the end, if it is one that can be: that is what stops work nobody waits for."""
    try:
        yield drafts
    finally:
        aclose = getattr(drafts, "aclose", None)
        if aclose is not None:
            await aclose()
