"""A voice as the chain keeps it: whether it speaks at present, and how it has done."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from host.core.breaker import Breaker
from host.core.ports import Options, Voice
from host.core.product import Lang
from host.voice.cache import cache_key

EMBEDDED = "espeak"


@dataclass(slots=True)
class Engine:
    """A voice in the chain, with its breaker. ``voice`` is None where it could not be opened; ``breaker`` says why."""

    name: str
    options: Options
    """What tells what it says in the cache from what it would say otherwise."""
    voice: Voice | None
    breaker: Breaker = field(default_factory=Breaker)
    spoken: int = 0
    failed: int = 0
    late: int = 0
    """How often another spoke because it took too long, and when it was last, in clock seconds."""
    late_at: float = float("-inf")

    @property
    def embedded(self) -> bool:
        """Whether it needs nothing outside this machine: not worth the disk, and never rests."""
        return self.name == EMBEDDED

    def key(self, lang: Lang, spoken: str) -> str:
        """Where what it says of a text is kept."""
        return cache_key(self.name, self.options, lang, spoken)

    def status(self, now: float) -> dict[str, Any]:
        """For the console."""
        return {
            "name": self.name,
            "state": "unavailable" if self.voice is None else self.breaker.state(now),
            "error": self.breaker.error,
            "retry_in": round(self.breaker.retry_in(now), 1),
            "spoken": self.spoken,
            "failed": self.failed,
            "late": self.late,
        }
