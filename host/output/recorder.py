"""The recorder: the programme in MP4 files that can be played up to the last fragment whatever happens.

A thread of its own does the muxing, fed by a bounded queue. A file begins at a keyframe, is never written over, and
says in its metadata that its content is synthetic (GB 45438-2025, the ``AIGC`` field).
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator, model_validator

from host.core.clock import Clock
from host.core.duration import Duration
from host.core.errors import LivehostError
from host.core.media import FPS, TICK_SECONDS, Packet, StreamInfo
from host.core.options import BackendOptions, takes
from host.core.ports import Context, OutputStatus
from host.core.reason import Reason
from host.output.mp4 import Aigc, Mp4File
from host.output.recordings import Recordings

QUEUE_TICKS = 10 * FPS
SHORTEST_FILE = 10.0
"""Seconds."""
RETRY_TICKS = 10 * FPS
"""Ticks after a fault before a new file is tried."""

Batch = Sequence[Packet]


class RecorderOptions(BackendOptions):
    """Where and how.

    ``dir`` (default ``recordings``) takes files named after room and start time; ``path`` names one file instead,
    which appears under that name when it is complete and then replaces an older one. Both start from the room's data
    folder. ``every`` (``1h``, ``30m``) begins a new file each so often; ``full`` says what happens when the disk is
    slower than the programme: ``drop`` to the next keyframe, or ``wait`` (only where nobody watches live).
    ``fragmented: false`` writes one index in front instead, for editors; nothing of it survives a crash.
    """

    dir: str = "recordings"
    path: str = ""
    audio: Literal["aac", "opus"] = "aac"
    every: Duration | None = None
    full: Literal["drop", "wait"] = "drop"
    fragmented: bool = True
    producer: str = Field(default="livehost", max_length=200)

    @field_validator("every")
    @classmethod
    def _long_enough(cls, every: float | None) -> float | None:
        if every is not None and every < SHORTEST_FILE:
            raise ValueError(Reason("duration_short", text=f"{every:g}s", least=SHORTEST_FILE))
        return every

    @model_validator(mode="after")
    def _one_file(self) -> RecorderOptions:
        if self.path and self.every:
            raise ValueError(Reason("one_file_or_every"))
        return self


@takes(RecorderOptions, "output recorder")
def open_output(options: RecorderOptions, context: Context) -> RecorderOutput:
    """The output named ``recorder``. Raises `LivehostError` where the folder cannot be made."""
    place = context.data / (options.path or options.dir)
    folder = place.parent if options.path else place
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LivehostError(
            f"output recorder: {folder} cannot be made: {error.strerror}", hint="name another with  dir:"
        ) from error
    recordings = Recordings(folder, context.room, place if options.path else None)
    return RecorderOutput(context.clock, options, recordings)


class RecorderOutput:
    """An `Output` into files."""

    name = "recorder"

    def __init__(self, clock: Clock, options: RecorderOptions, recordings: Recordings) -> None:
        self.audio: Literal["opus", "aac"] = options.audio
        self._clock = clock
        self._options = options
        self._recordings = recordings
        self._queue: queue.Queue[Batch | None] = queue.Queue(QUEUE_TICKS)
        self._thread: threading.Thread | None = None
        self._streams = StreamInfo()
        self._started = clock.wall()
        self._first_tick: int | None = None
        self._closed = False
        self._gap = False
        self._dropped = 0
        self._sent = 0
        self._files = 0
        self._fault = ""
        self._file: Mp4File | None = None
        self._retry_at = 0

    @property
    def path(self) -> Path | None:
        """The file being written."""
        file = self._file
        return file.path if file else None

    # --- Output -------------------------------------------------------------------------------------------------------

    def start(self, streams: StreamInfo) -> None:
        """Begin the thread. The first file begins with the first keyframe."""
        self._streams = streams
        self._started = self._clock.wall()
        self._thread = threading.Thread(target=self._work, name="recorder", daemon=True)
        self._thread.start()

    def offer(self, packets: Sequence[Packet]) -> None:
        """Queue a tick. A full queue drops to the next keyframe, or under ``wait`` blocks until there is room."""
        wanted = [packet for packet in packets if packet.codec in ("h264", self.audio)]
        if self._closed:
            self._dropped += len(wanted)
            return
        if self._options.full == "wait":
            self._queue.put(wanted)
            return
        if self._gap and not any(packet.kind == "video" and packet.keyframe for packet in wanted):
            self._dropped += len(wanted)
            return
        try:
            self._queue.put_nowait(wanted)
            self._gap = False
        except queue.Full:
            self._dropped += len(wanted)
            self._gap = True

    async def run(self) -> None:
        """Record until cancelled; then finish the file."""
        try:
            await asyncio.Event().wait()
        finally:
            with self._clock.hold():
                await asyncio.to_thread(self._finish)

    def status(self) -> OutputStatus:
        """Where it records to, or what stops it."""
        if self.path:
            where = Reason("recording", file=str(self.path))
        else:
            where = Reason("waiting_for_keyframe" if self._thread else "not_recording")
        return OutputStatus(self.name, not self._fault, self._fault or where, sent=self._sent, dropped=self._dropped)

    # --- the thread ---------------------------------------------------------------------------------------------------

    def _finish(self) -> None:
        self._closed = True
        if self._thread is not None:
            self._queue.put(None)
            self._thread.join()
            self._thread = None

    def _work(self) -> None:
        while (batch := self._queue.get()) is not None:
            try:
                self._write(batch)
            except Exception as error:  # noqa: BLE001 - a full disk ends a recording, not the programme
                self._fail(error, batch)
        try:
            self._close()
        except Exception as error:  # noqa: BLE001
            self._fail(error, ())

    def _write(self, batch: Batch) -> None:
        keyframe = next((packet for packet in batch if packet.kind == "video" and packet.keyframe), None)
        if keyframe is not None and self._due(keyframe):
            self._close()
            self._file = self._begin(keyframe)
            self._fault = ""
        if self._file is None:
            self._dropped += len(batch)
            return
        for packet in batch:
            self._file.write(packet)
            self._sent += 1

    def _due(self, keyframe: Packet) -> bool:
        """Whether a new file begins with this keyframe."""
        if self._file is None:
            return keyframe.tick >= self._retry_at
        every = self._options.every
        return every is not None and keyframe.tick - self._file.first_tick >= every * FPS

    def _begin(self, keyframe: Packet) -> Mp4File:
        if self._first_tick is None:
            self._first_tick = keyframe.tick
        # Counted in ticks, not read from the clock: this thread may run behind, and a rehearsal's clock far ahead.
        started = self._started + timedelta(seconds=(keyframe.tick - self._first_tick) * TICK_SECONDS)
        path = self._recordings.claim(started)
        self._files += 1
        label = Aigc(self._options.producer, f"{self._recordings.room}-{started:%Y%m%dT%H%M%S%z}-{self._files:04d}")
        return Mp4File(path, self._streams, self.audio, keyframe, label, fragmented=self._options.fragmented)

    def _close(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            file.close()
            self._recordings.complete(file.path)

    def _fail(self, error: Exception, batch: Batch) -> None:
        self._fault = f"{type(error).__name__}: {error}"
        self._retry_at = max((packet.tick for packet in batch), default=0) + RETRY_TICKS
        self._dropped += len(batch)
        file, self._file = self._file, None
        if file is not None:
            file.abandon()
