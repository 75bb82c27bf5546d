"""Keeps one espeak-ng process: started at the first request, started again when it has died or hangs."""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import json
import os
import signal
import struct
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from host.core.clock import Clock
from host.core.errors import LivehostError
from host.core.ports import VoiceError

DEADLINE = 5.0
"""Real seconds for one request; espeak-ng takes about 2 ms for each second of speech."""
MAX_HEAD = 4 * 1024 * 1024
MAX_SOUND = 16 * 1024 * 1024
_WORKER = Path(__file__).with_name("espeak_worker.py")
_Pipes = tuple[asyncio.subprocess.Process, asyncio.StreamWriter, asyncio.StreamReader]


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


class EspeakProcess:
    """Requests to espeak-ng, one at a time. A request that fails is tried once more in a fresh process."""

    def __init__(self, library: Library, clock: Clock, deadline: float = DEADLINE) -> None:
        self._library = library
        self.clock = clock
        self._deadline = deadline
        self._pipes: _Pipes | None = None
        self._killed: list[asyncio.subprocess.Process] = []
        """Not known to have ended yet."""
        self._turn = asyncio.Lock()
        self.starts = 0

    @property
    def pid(self) -> int | None:
        """The process that runs, if one does."""
        return self._pipes[0].pid if self._pipes else None

    async def say(self, request: Mapping[str, Any]) -> Reply:
        """Speak. Raises `VoiceError` when a second, fresh process fails too, or the request is refused."""
        async with self._turn:
            with self.clock.hold():
                try:
                    return await self._attempt(request)
                except (OSError, EOFError, TimeoutError, ValueError, struct.error):
                    pass
                try:
                    return await self._attempt(request)
                except TimeoutError:
                    raise VoiceError(f"espeak-ng gave no answer within {self._deadline:g} s") from None
                except (OSError, EOFError, ValueError, struct.error) as error:
                    raise VoiceError(f"the espeak-ng process died: {error or type(error).__name__}") from error

    async def close(self) -> None:
        """End the process, and wait for those that were killed before it."""
        async with self._turn:
            self._kill()
            killed, self._killed = self._killed, []
            with self.clock.hold():
                for process in killed:
                    await process.communicate()  # to the end of what it had said: until then its pipe is open

    async def _attempt(self, request: Mapping[str, Any]) -> Reply:
        try:
            async with asyncio.timeout(self._deadline):
                return await self._exchange(json.dumps(request).encode())
        except VoiceError:
            raise
        except BaseException:
            # Whatever came of it, the stream may stand in the middle of a frame: this process is of no more use.
            self._kill()
            raise

    async def _exchange(self, body: bytes) -> Reply:
        _, writer, reader = self._pipes or await self._start()
        writer.write(struct.pack(">I", len(body)) + body)
        await writer.drain()
        head_length, sound_length = struct.unpack(">II", await reader.readexactly(8))
        if head_length > MAX_HEAD or sound_length > MAX_SOUND:
            raise ValueError("a reply larger than any can be")
        head = json.loads(await reader.readexactly(head_length))
        sound = await reader.readexactly(sound_length)
        if "error" in head:
            raise VoiceError(str(head["error"]))
        return Reply(np.frombuffer(sound, dtype="<i2").astype(np.int16), int(head["sample_rate"]), list(head["events"]))

    async def _start(self) -> _Pipes:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-I", "-S", str(_WORKER), self._library.library, self._library.data,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
            limit=1024 * 1024,
            start_new_session=True,  # an interrupt at the terminal ends the room's way, not the voice under it
        )  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        self.starts += 1
        self._pipes = (process, process.stdin, process.stdout)
        return self._pipes

    def _kill(self) -> None:
        if self._pipes is None:
            return
        process, writer, _ = self._pipes
        self._pipes = None
        writer.close()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # the group: the utterance runs in a fork of the process
        self._killed = [each for each in (*self._killed, process) if each.returncode is None]
