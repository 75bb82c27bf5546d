"""A voice as the chain keeps it: whether it speaks at present, and how it has done."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from host.core.breaker import Breaker
from host.core.ports import Expressive, Options, Voice
from host.core.utterance import Saying
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

    def key(self, saying: Saying) -> str:
        """Where what it says is kept: a mood in which it speaks as ever is none."""
        options = {**self.options, "mood": saying.mood} if self.heeds(saying.mood) else self.options
        return cache_key(self.name, options, saying.lang, saying.spoken)

    def heeds(self, mood: str) -> bool:
        """Whether it speaks otherwise in a mood."""
        return isinstance(self.voice, Expressive) and mood in self.voice.moods

    def status(self, now: float) -> dict[str, Any]:
        """For the console."""
        return {
            "name": self.name,
            "state": "unavailable" if self.voice is None else self.breaker.standing(now),
            "error": self.breaker.error,
            "retry_in": round(self.breaker.retry_in(now), 1),
            "spoken": self.spoken,
            "failed": self.failed,
            "late": self.late,
        }
