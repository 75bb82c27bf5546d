"""A circuit breaker: what keeps failing is left alone, and tried again at growing intervals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

FAILURES_TO_OPEN = 2

State = Literal["closed", "open", "half-open"]
Standing = Literal["ready", "resting", "trying"]
_STANDING: Mapping[State, Standing] = {"closed": "ready", "open": "resting", "half-open": "trying"}


@dataclass(frozen=True, slots=True)
class Breaker:
    """Immutable; each event gives the next one. Times are clock seconds.

    ``FAILURES_TO_OPEN`` failures in a row open it. After its rest it is half-open: one probe may go through, whose
    success closes it and whose failure opens it for twice as long, up to ``longest_rest``.
    """

    first_rest: float = 30.0
    longest_rest: float = 1800.0
    failures: int = 0
    rest: float = 0.0
    opened: float | None = None
    probing: bool = False
    error: str = ""
    """What went wrong last; empty while all is well."""

    def state(self, now: float) -> State:
        """``closed`` lets everything through, ``open`` nothing, ``half-open`` one probe."""
        if self.opened is None:
            return "closed"
        return "half-open" if now >= self.opened + self.rest else "open"

    def standing(self, now: float) -> Standing:
        """The state for people, to whom an open circuit says nothing: ``ready``, ``resting``, ``trying`` it again."""
        return _STANDING[self.state(now)]

    def retry_in(self, now: float) -> float:
        """Seconds until it may be tried again; 0 when it may."""
        return 0.0 if self.opened is None else min(self.rest, max(0.0, self.opened + self.rest - now))

    def may_probe(self, now: float) -> bool:
        """Whether a probe is due and none is under way."""
        return self.state(now) == "half-open" and not self.probing

    def probe(self) -> Breaker:
        """A probe has been sent."""
        return replace(self, probing=True)

    def abandoned(self) -> Breaker:
        """The probe was given up without a result."""
        return replace(self, probing=False)

    def success(self) -> Breaker:
        """It worked."""
        return Breaker(self.first_rest, self.longest_rest)

    def failure(self, now: float, error: str, *, at_once: bool = False) -> Breaker:
        """It did not work. ``at_once`` opens it whatever went before."""
        failures = self.failures + 1
        if self.opened is None and failures < FAILURES_TO_OPEN and not at_once:
            return replace(self, failures=failures, error=error)
        if self.state(now) == "open":
            return replace(self, failures=failures, error=error)
        rest = min(self.longest_rest, self.rest * 2) if self.rest else self.first_rest
        return replace(self, failures=failures, rest=rest, opened=now, probing=False, error=error)
