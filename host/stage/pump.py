"""The pump: takes ticks from the playout as they fall due and hands their packets to the outputs.

The sample count is the position: every pts follows from the tick number, and the clock only says when a tick may
leave (``t0 + n * d``, never a sum of sleeps). Two policies, by what the programme is for:

``drop``  on air. At each deadline the tick is pulled and its picture begun; one tick later whatever picture there
          is goes to the encoder, and sound and picture leave together when it is encoded. A picture that is late
          is the last one again; an encoder that is late delays pictures, never sound. More than 300 ms behind, the
          programme skips ahead, sound and picture alike, and counts it.
``wait``  into a file. Nothing is dropped: sound, drawing and encoding each work ahead of the next by some ticks, under
          ``clock.hold()``, and the programme waits for whichever is slowest.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from host.core.clock import Clock, sleep
from host.core.figures import counter, gauge
from host.core.media import FPS, TICK_SECONDS, Packet, Picture, StreamInfo
from host.core.ports import Moment, Output
from host.core.scene import Manner, Scene
from host.core.supervise import Report
from host.core.utterance import Played
from host.stage.encoder import Encoder
from host.stage.encoding import Encoding
from host.stage.faults import Faults
from host.stage.on_air import Started
from host.stage.pictures import BACKLOG, DEPTH, Pictures, WhenFull
from host.stage.playout import Playout, TickOut
from host.stage.release import Release
from host.stage.slate import make_slate

Look = Callable[[TickOut], tuple[Manner, Scene]]
OnEvents = Callable[[Sequence[Started | Played], int], None]

MOST_LATE = 0.3
"""Seconds behind the clock beyond which the programme skips ahead."""
_SETTLE_TICKS = 2 * FPS


def ticks_to_skip(late: float) -> int:
    """How many ticks to leave out at ``late`` seconds after a deadline: none up to `MOST_LATE`, then all missed."""
    return int(late * FPS) if late > MOST_LATE else 0


@dataclass
class _Drawn:
    """A tick that has been pulled, and its picture to be."""

    tick: int
    sound: list[Packet]
    picture: Future[Picture] | None = None


@dataclass(slots=True)
class _Counts:
    repeated: int = 0
    late: int = 0
    dropped: int = 0
    skips: int = 0


@dataclass(frozen=True, slots=True)
class PumpStatus:
    """How the ticks leave. Times are of the last picture; under ``wait`` nobody waits for one, and they are 0."""

    released: int = counter("ticks whose packets have left", name="released_ticks")
    late_releases: int = counter("ticks whose sound left without waiting for the picture")
    repeated_pictures: int = counter("ticks that repeated the last picture")
    late_pictures: int = counter("pictures that were not drawn in time")
    dropped_pictures: int = counter("pictures left out because the encoder was behind")
    skips: int = counter("times the programme skipped ahead")
    in_flight: int = gauge("ticks on their way", name="in_flight_ticks")
    rendering: bool = gauge("1 while a picture is being drawn")
    render_seconds: float = gauge("time the last picture took to draw")
    encode_seconds: float = gauge("time the last picture took to encode")


class Pump:
    """Runs a programme.

    ``look`` says what the host does and what stands around it at a tick. ``on_events`` is called once a tick, also
    without events, after the pull and before the tick's packets leave. ``report`` hears of faults beside the
    programme. Without an encoder there is neither sound nor picture, only events; without pictures, the slate.
    """

    def __init__(
        self,
        clock: Clock,
        playout: Playout,
        *,
        pictures: Pictures | None,
        encoder: Encoder | None,
        outputs: Sequence[Output],
        look: Look,
        on_events: OnEvents,
        when_full: WhenFull,
        report: Report | None = None,
    ) -> None:
        self._clock = clock
        self._playout = playout
        self._pictures = pictures if encoder is not None else None
        self._encoder = encoder
        self._look = look
        self._on_events = on_events
        self._when_full = when_full
        self._faults = Faults(report)
        self._release = Release(outputs, self._faults)
        self._counts = _Counts()
        self._last_look: tuple[Manner, Scene] = (Manner.IDLE, Scene())
        self._started = False
        self._flushed = False
        self._stopping = False
        self._drawn: _Drawn | None = None
        self._encoding: Encoding | None = None

    async def run(self, until_tick: int | None = None) -> None:
        """Pump until the tick ``until_tick`` is next, or until stopped; then let out what is on the way."""
        self._open()
        first, origin = self._playout.tick, self._clock.now()
        try:
            while not self._over(until_tick):
                deadline = origin + (self._playout.tick - first) * TICK_SECONDS
                await self._clock.sleep_until(deadline)
                self._catch_up(deadline, until_tick)
                out = self._playout.pull()
                self._tell(out)
                if self._encoding is None:
                    continue
                if self._when_full == "wait":
                    await self._tick_waiting(out, self._encoding)
                else:
                    self._tick_dropping(out, self._encoding)
        finally:
            await self._close()

    def stop_when_silent(self) -> None:
        """Let `run` return once nothing is being said and nothing waits to be."""
        self._stopping = True

    @property
    def left(self) -> int:
        """The first tick whose sound has not left for the outputs. Without an encoder none has to leave."""
        held = self._release.first_held
        if held is None:
            held = self._drawn.tick if self._drawn else self._playout.tick
        return held

    def status(self) -> PumpStatus:
        """How the ticks leave."""
        counts = self._counts
        return PumpStatus(
            released=self._release.released,
            late_releases=self._release.late,
            repeated_pictures=counts.repeated,
            late_pictures=counts.late,
            dropped_pictures=counts.dropped,
            skips=counts.skips,
            in_flight=len(self._release),
            rendering=self._pictures is not None and self._pictures.busy,
            render_seconds=self._pictures.seconds if self._pictures else 0.0,
            encode_seconds=self._encoding.seconds if self._encoding else 0.0,
        )

    @property
    def faults(self) -> Mapping[str, int]:
        """What went wrong beside the programme since the start, counted by place."""
        return self._faults.counts

    # --- beginning and end ------------------------------------------------------------------------------------------

    def _open(self) -> None:
        encoder = self._encoder
        if encoder is None:
            return
        if self._flushed:
            encoder.reopen_video()
            encoder.reopen_audio()
            self._flushed = False
        settings = encoder.settings
        slate = make_slate(settings.width, settings.height)
        self._encoding = Encoding(encoder, self._clock, slate, self._faults)
        if not self._started:
            self._started = True
            streams = StreamInfo(settings.width, settings.height, extradata=encoder.extradata)
            self._release.start(streams)

    def _over(self, until_tick: int | None) -> bool:
        if until_tick is not None and self._playout.tick >= until_tick:
            return True
        return self._stopping and self._playout.current is None and not self._playout.queued

    async def _close(self) -> None:
        """Let out what is on the way, unless a thread hangs for longer than 2 s."""
        encoding = self._encoding
        if encoding is None:
            return
        settled = await self._settled()
        self._encode_drawn(encoding)
        settled = settled and await self._settled()
        self._release.ready(encoding.taken)
        if settled:
            self._release.offer(encoding.flush())
            self._flushed = True
        encoding.close()

    async def _settled(self) -> bool:
        """Wait for both threads; False where one of them hangs."""
        encodings = self._release.pending
        if self._when_full == "wait":  # each encoding waits for its drawing
            with self._clock.hold():
                if encodings:
                    await asyncio.wait(encodings)
            return True
        for _ in range(_SETTLE_TICKS):
            drawing = self._pictures is not None and self._pictures.busy
            if not drawing and all(encoding.done() for encoding in encodings):
                return True
            await sleep(self._clock, TICK_SECONDS)
        return False

    # --- a tick -----------------------------------------------------------------------------------------------------

    def _catch_up(self, deadline: float, until_tick: int | None) -> None:
        if self._when_full == "wait":
            return
        skipped = ticks_to_skip(self._clock.now() - deadline)
        if until_tick is not None:
            skipped = min(skipped, until_tick - 1 - self._playout.tick)
        if skipped > 0:
            self._playout.skip(skipped)
            self._counts.skips += 1

    def _tell(self, out: TickOut) -> None:
        try:
            self._on_events(out.events, out.tick)
        except Exception as error:  # noqa: BLE001 - the programme outlives whoever listens to it
            self._faults.note("events", error)
        else:
            self._faults.well("events")

    def _moment(self, out: TickOut) -> Moment:
        try:
            self._last_look = self._look(out)
        except Exception as error:  # noqa: BLE001 - an old caption is better than no picture
            self._faults.note("look", error)
        else:
            self._faults.well("look")
        manner, scene = self._last_look
        return Moment(out.tick, out.item.performance if out.item else None, out.frame, manner, scene)

    async def _tick_waiting(self, out: TickOut, encoding: Encoding) -> None:
        with self._clock.hold():
            if len(pending := self._release.pending) >= DEPTH:
                await asyncio.wait(pending[: DEPTH // 2])
            self._release.ready(encoding.taken)
            self._ask_for_keyframes()
            if self._pictures is None:
                encoded = encoding.picture(out.tick, None)
            else:
                drawing = self._pictures.draw(self._moment(out))
                encoded = encoding.picture_to_be(out.tick, drawing)
                encoded.add_done_callback(lambda _: self._count(self._drawn_picture(drawing)))
            self._release.add(out.tick, encoding.sound(out.tick, out.pcm), encoded)

    def _tick_dropping(self, out: TickOut, encoding: Encoding) -> None:
        self._ask_for_keyframes()
        self._encode_drawn(encoding)
        self._release.overdue(out.tick - 1)
        self._drawn = _Drawn(out.tick, encoding.sound(out.tick, out.pcm))
        if self._pictures is not None and not self._pictures.busy:
            self._drawn.picture = self._pictures.draw(self._moment(out))

    def _encode_drawn(self, encoding: Encoding) -> None:
        """Send the tick before to the encoder, with its picture if there is one by now."""
        drawn, self._drawn = self._drawn, None
        if drawn is None:
            return
        picture = None
        if drawn.picture is not None and drawn.picture.done():
            picture = self._drawn_picture(drawn.picture)
        elif self._pictures is not None:
            self._counts.late += 1
            if drawn.picture is not None:
                asyncio.wrap_future(drawn.picture).add_done_callback(self._note_late)
        self._count(picture)
        encoded = None
        if len(self._release.pending) >= BACKLOG:
            self._counts.dropped += 1
        else:
            encoded = encoding.picture(drawn.tick, picture)
            encoded.add_done_callback(lambda _: self._release.ready(encoding.taken))
        self._release.add(drawn.tick, drawn.sound, encoded)

    def _count(self, picture: Picture | None) -> None:
        self._counts.repeated += picture is None

    def _drawn_picture(self, drawing: Future[Picture] | asyncio.Future[Picture]) -> Picture | None:
        error = drawing.exception()
        if error is not None:
            self._faults.note("renderer", error)
            return None
        self._faults.well("renderer")
        return drawing.result()

    def _note_late(self, drawing: asyncio.Future[Picture]) -> None:
        if not drawing.cancelled():
            self._drawn_picture(drawing)

    def _ask_for_keyframes(self) -> None:
        if self._release.keyframe_wanted() and self._encoder is not None:
            self._encoder.request_keyframe()
