"""A neural voice in a worker process: where it is, what it sounds, how it would read a word."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from host.core.clock import Clock
from host.voice.processes.worker_process import WorkerProcess
from host.voice.sound.takes import Samples

DEADLINE = 30.0
"""Real seconds for one request. The first loads the model, and the machine may be busy with others."""
_WORKER = Path(__file__).with_name("neural_worker.py")


@dataclass(frozen=True, slots=True)
class Sounded:
    """What a model made of tokens. ``durations`` are seconds for each token, None where the model tells none."""

    samples: Samples
    sample_rate: int
    durations: NDArray[np.float64] | None


@dataclass(frozen=True, slots=True)
class Reading:
    """How a word is read: phonemes in Kokoro's alphabet, and whether a space follows the word."""

    text: str
    spaced: bool
    phonemes: str


class NeuralProcess(WorkerProcess):
    """Requests to the worker that holds ``model``."""

    def __init__(self, model: Path, who: str, clock: Clock, threads: int, deadline: float = DEADLINE) -> None:
        command = (sys.executable, "-I", str(_WORKER), str(model), str(threads))
        super().__init__(command, who, clock, deadline, stops=True)

    async def sound(
        self, tokens: Sequence[int], speed: float, style: Sequence[float] | None = None, seed: int = 0
    ) -> Sounded:
        """What the model makes of tokens. Raises `VoiceError` as `ask` does."""
        style = None if style is None else list(style)
        head, sound = await self.ask({"tokens": list(tokens), "speed": speed, "style": style, "seed": seed})
        durations = head["durations"]
        return Sounded(
            np.frombuffer(sound, dtype="<f4").astype(np.float32),
            int(head["sample_rate"]),
            None if durations is None else np.array(durations, np.float64),
        )

    async def alphabet(self) -> dict[str, int] | None:
        """The symbols the model says it takes; None where it says nothing of them. Raises `VoiceError`."""
        head, _ = await self.ask({"alphabet": True})
        told: dict[str, int] | None = head["alphabet"]
        return told

    async def read_aloud(self, texts: Sequence[str]) -> list[tuple[Reading, ...]]:
        """How English texts are read, word by word. Raises `VoiceError` as `ask` does."""
        head, _ = await self.ask({"phonemes": list(texts)})
        return [tuple(Reading(text, bool(space), said) for text, space, said in words) for words in head["words"]]
