"""A chain of answerers that is itself an answerer: the first that can, answers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, Protocol, runtime_checkable

from host.core.clock import Clock
from host.core.plugins import ANSWERERS, load
from host.core.ports import Answerer, AnswerError, Context, Draft, Question

TRIPS_AFTER = 2
"""Failures in a row that open a circuit; a failed probe opens it at once."""
FIRST_PAUSE = 20.0
LONGEST_PAUSE = 300.0


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


class Breaker:
    """A circuit breaker: after failures it stays open a while, twice as long each time, then lets one try through."""

    def __init__(self) -> None:
        self._failures = 0
        self._pause = FIRST_PAUSE
        self._closed_at = 0.0
        self.reason = ""
        """Why the last try failed; empty where it did not."""

    def lets_through(self, now: float) -> bool:
        """Whether a try may be made at ``now``."""
        return now >= self._closed_at

    def wait(self, now: float) -> float:
        """Seconds until a try may be made."""
        return max(0.0, self._closed_at - now)

    def succeeded(self) -> None:
        """A try went well."""
        self._failures, self._pause, self.reason = 0, FIRST_PAUSE, ""

    def failed(self, now: float, reason: str, *, at_once: bool = False) -> None:
        """A try failed."""
        self.reason = reason
        self._failures = max(self._failures + 1, TRIPS_AFTER if at_once else 0)
        if self._failures >= TRIPS_AFTER:
            self._closed_at = now + self._pause
            self._pause = min(LONGEST_PAUSE, self._pause * 2)


class AnswererChain:
    """Asks each answerer in turn until one gives a sentence. See `open_answerers`."""

    name = "chain"

    def __init__(
        self, answerers: Sequence[Answerer], clock: Clock, passed_over: Mapping[str, str] | None = None
    ) -> None:
        self._links = [(answerer, Breaker()) for answerer in answerers]
        self._clock = clock
        self._passed_over = dict(passed_over or {})

    async def probe(self) -> None:
        """Try those that can be tried beforehand, so that an endpoint that is down at start costs no viewer time."""
        for answerer, breaker in self._links:
            if isinstance(answerer, Probing):
                try:
                    await answerer.probe()
                except AnswerError as error:
                    breaker.failed(self._clock.now(), str(error), at_once=True)
                else:
                    breaker.succeeded()

    async def answer(self, question: Question) -> AsyncIterator[Draft]:
        """Yield the sentences of the first answerer that has any.

        One that fails before its first sentence gives way to the next; one that fails later leaves what it said. An
        empty answer is passed on to the next too. Raises `AnswerError` where all that were asked failed.
        """
        errors: list[str] = []
        nobody_knows = False
        for answerer, breaker in self._willing():
            spoke = False
            try:
                async with _closing(answerer.answer(question)) as drafts:
                    async for draft in drafts:
                        spoke = True
                        yield draft
            except Exception as error:  # noqa: BLE001 - a third party's answerer may raise anything
                reason = str(error) if isinstance(error, AnswerError) else f"{type(error).__name__}"
                breaker.failed(self._clock.now(), reason)
                errors.append(f"{answerer.name}: {reason}")
            else:
                breaker.succeeded()
                nobody_knows = True
            if spoke:
                return
        if errors and not nobody_knows:
            raise AnswerError("; ".join(errors))

    async def close(self) -> None:
        """Close them all."""
        for answerer, _ in self._links:
            await answerer.close()

    def status(self) -> dict[str, Any]:
        """How each does, and what of the chain does not work at present.

        ``{"answerers": [{"name", "state", "reason", "retry_in"}], "degraded": [str]}``; a state is ``ready``, ``open``
        (its circuit: not asked for ``retry_in`` seconds) or ``passed over``.
        """
        now = self._clock.now()
        rows = [
            {
                "name": answerer.name,
                "state": "ready" if breaker.lets_through(now) else "open",
                "reason": breaker.reason,
                "retry_in": round(breaker.wait(now), 1),
            }
            for answerer, breaker in self._links
        ]
        degraded = [f"answerer {row['name']}: {row['reason']}" for row in rows if row["reason"]]
        if not self._links:
            degraded.append("no answerer is available: every question gets a safe reply")
        rows += [
            {"name": name, "state": "passed over", "reason": reason, "retry_in": 0.0}
            for name, reason in self._passed_over.items()
        ]
        return {"answerers": rows, "degraded": degraded}

    def _willing(self) -> list[tuple[Answerer, Breaker]]:
        """Those to ask now. The last is always asked: behind it there is nobody."""
        now = self._clock.now()
        return [link for index, link in enumerate(self._links)
                if link[1].lets_through(now) or index == len(self._links) - 1]  # fmt: skip


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
            passed_over[spec.name] = str(error)
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
