"""Keeps one worker process that speaks: started at the first request, started again when it has died or hangs.

Frames on its pipes: a request is its length (big-endian uint32) and JSON; a reply is the length of its JSON and of
its sound (two uint32), the JSON, the sound. ``{"error"}`` refuses a request, with ``"no_memory": true`` where there is
not enough of it; whatever else goes wrong ends the process.

A request that nobody waits for any more is stopped where the worker can stop (``{"stop": true}``), so that what is
urgent is next; its reply is read before the next request is sent.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import struct
from collections.abc import Mapping, Sequence
from typing import Any

from host.core.clock import Clock
from host.core.ports import VoiceError
from host.core.reason import Reason

MAX_HEAD = 4 * 1024 * 1024
MAX_SOUND = 64 * 1024 * 1024
_STOP = b'\0\0\0\x0e{"stop": true}'
_Reply = tuple[dict[str, Any], bytes]
_Pipes = tuple[asyncio.subprocess.Process, asyncio.StreamWriter, asyncio.StreamReader]


class WorkerProcess:
    """Requests to a process, one at a time. A request that fails is tried once more in a fresh process.

    ``who`` is what people know it as; ``deadline`` real seconds are allowed for one request; ``stops`` says whether the
    worker can be stopped within one, else it is killed.
    """

    def __init__(self, command: Sequence[str], who: str, clock: Clock, deadline: float, *, stops: bool = False) -> None:
        self._command = tuple(command)
        self._who = who
        self.clock = clock
        self._deadline = deadline
        self._stops = stops
        self._owed: asyncio.Task[_Reply] | None = None
        """The reply to a request that was stopped."""
        self._sent = False
        """Whether the request under way has been written: until then there is nothing to stop."""
        self._pipes: _Pipes | None = None
        self._killed: list[asyncio.subprocess.Process] = []
        """Not known to have ended yet."""
        self._turn = asyncio.Lock()
        self.starts = 0

    @property
    def pid(self) -> int | None:
        """The process that runs, if one does."""
        return self._pipes[0].pid if self._pipes else None

    async def ask(self, request: Mapping[str, Any]) -> _Reply:
        """Its reply: what the JSON says, and the sound. Raises `VoiceError` when a second, fresh process fails too, or
        the request is refused."""
        async with self._turn:
            with self.clock.hold():
                try:
                    return await self._attempt(request)
                except (OSError, EOFError, TimeoutError, ValueError, struct.error):
                    pass
                try:
                    return await self._attempt(request)
                except TimeoutError:
                    raise VoiceError(f"{self._who} gave no answer within {self._deadline:g} s") from None
                except (OSError, EOFError, ValueError, struct.error) as error:
                    raise VoiceError(Reason("engine_died", engine=self._who)) from error

    async def close(self) -> None:
        """End the process, and wait for those that were killed before it."""
        async with self._turn:
            self._kill()
            if self._owed is not None:
                await asyncio.gather(self._owed, return_exceptions=True)
                self._owed = None
            killed, self._killed = self._killed, []
            with self.clock.hold():
                for process in killed:
                    await process.communicate()  # to the end of what it had said: until then its pipe is open

    async def _attempt(self, request: Mapping[str, Any]) -> _Reply:
        await self._settle_owed()
        self._sent = False
        exchange = asyncio.create_task(self._exchange(json.dumps(request).encode()))
        try:
            done, _ = await asyncio.wait({exchange}, timeout=self._deadline)
        except asyncio.CancelledError:
            if self._stops and self._sent and self._pipes is not None:
                self._pipes[1].write(_STOP)
                self._owed = exchange
            else:
                await self._given_up(exchange)
            raise
        if not done:
            await self._given_up(exchange)
            raise TimeoutError
        try:
            head, sound = exchange.result()
        except BaseException:
            # Whatever came of it, the stream may stand in the middle of a frame: this process is of no more use.
            self._kill()
            raise
        if head.get("no_memory"):
            raise VoiceError(Reason("engine_no_memory", engine=self._who))
        if "error" in head:
            raise VoiceError(str(head["error"]))
        return head, sound

    async def _settle_owed(self) -> None:
        """Wait for the reply to a request that was stopped: it stands before the next one's in the stream."""
        if self._owed is None:
            return
        await asyncio.wait({self._owed}, timeout=self._deadline)
        owed, self._owed = self._owed, None
        if not owed.done() or owed.exception() is not None:
            await self._given_up(owed)

    async def _exchange(self, body: bytes) -> _Reply:
        _, writer, reader = self._pipes or await self._start()
        writer.write(struct.pack(">I", len(body)) + body)
        self._sent = True
        await writer.drain()
        head_length, sound_length = struct.unpack(">II", await reader.readexactly(8))
        if head_length > MAX_HEAD or sound_length > MAX_SOUND:
            raise ValueError("a reply larger than any can be")
        head = json.loads(await reader.readexactly(head_length))
        return head, await reader.readexactly(sound_length)

    async def _given_up(self, exchange: asyncio.Task[_Reply]) -> None:
        self._kill()
        exchange.cancel()
        await asyncio.gather(exchange, return_exceptions=True)

    async def _start(self) -> _Pipes:
        process = await asyncio.create_subprocess_exec(
            *self._command,
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
            os.killpg(process.pid, signal.SIGKILL)  # the group: an utterance may run in a fork of the process
        self._killed = [each for each in (*self._killed, process) if not _is_over(each)]


def _is_over(process: asyncio.subprocess.Process) -> bool:
    """Whether nothing is left of a process: it has ended, and what it had said was read to its end. One that has only
    ended still has its pipe open, which a loop that closes would leave behind."""
    return process.returncode is not None and (process.stdout is None or process.stdout.at_eof())
