"""espeak-ng in a worker process: where it lies, and what it says."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from host.core.clock import Clock
from host.core.errors import LivehostError
from host.voice.processes.worker_process import WorkerProcess

DEADLINE = 5.0
"""Real seconds for one request; espeak-ng takes about 2 ms for each second of speech."""
_WORKER = Path(__file__).with_name("espeak_worker.py")


@dataclass(frozen=True, slots=True)
class Reply:
    """What espeak-ng said. ``events`` are ``[type, sample, position, length, phone]``, positions counting from 1."""

    pcm: NDArray[np.int16]
    sample_rate: int
    events: list[list[Any]]


@dataclass(frozen=True, slots=True)
class Library:
    """Where espeak-ng lies."""

    library: str
    data: str

    @classmethod
    def find(cls) -> Library:
        """The one of the ``espeakng-loader`` wheel. Raises `LivehostError` if it is not installed whole."""
        spec = importlib.util.find_spec("espeakng_loader")
        if spec is None:
            raise LivehostError("espeak-ng is not installed", hint="pip install espeakng-loader")
        import espeakng_loader

        try:
            found = cls(espeakng_loader.get_library_path(), espeakng_loader.get_data_path())
        except RuntimeError as error:
            raise LivehostError(f"espeak-ng: {error}", hint="reinstall the package espeakng-loader") from None
        if not Path(found.library).is_file():
            raise LivehostError(
                f"espeak-ng: {found.library} is not there", hint="reinstall the package espeakng-loader"
            )
        return found


class EspeakProcess(WorkerProcess):
    """Requests to espeak-ng."""

    def __init__(self, library: Library, clock: Clock, deadline: float = DEADLINE) -> None:
        command = (sys.executable, "-I", "-S", str(_WORKER), library.library, library.data)
        super().__init__(command, "espeak-ng", clock, deadline)

    async def say(self, request: Mapping[str, Any]) -> Reply:
        """Speak. Raises `VoiceError` as `ask` does."""
        head, sound = await self.ask(request)
        pcm = np.frombuffer(sound, dtype="<i2").astype(np.int16)
        return Reply(pcm, int(head["sample_rate"]), list(head["events"]))
