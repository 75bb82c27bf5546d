"""The pump: takes ticks from the playout as they fall due and hands their packets to the outputs.

The sample count is the position: every pts follows from the tick number, and the clock only says when a tick may
leave (``t0 + n * d``, never a sum of sleeps). Two policies, by what the programme is for:

``drop``  on air. At each deadline the tick is pulled and its picture begun; one tick later whatever picture there
          is goes to the encoder, and sound and picture leave together when it is encoded. A picture that is late
          is the last one again; an encoder that is late delays pictures, never sound. More than 300 ms behind, the
          programme skips ahead, sound and picture alike, and counts it.
``wait``  into a file. Nothing is dropped: the next picture is rendered while the last one is encoded, under
          ``clock.hold()``, and the programme waits for whichever is slower.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from host.core.clock import Clock, sleep
from host.core.media import FPS, TICK_SECONDS, Packet, Picture, StreamInfo
from host.core.ports import Moment, Output, Renderer, WantsKeyframes
from host.core.scene import Manner, Scene
from host.core.utterance import Played
from host.stage.encoder import Encoder
from host.stage.encoding import Encoding
from host.stage.faults import FaultReport, Faults
from host.stage.pictures import Pictures
from host.stage.playout import Playout, Started, TickOut
from host.stage.slate import make_slate

WhenFull = Literal["drop", "wait"]
Look = Callable[[TickOut], tuple[Manner, Scene]]
OnEvents = Callable[[Sequence[Started | Played], int], None]

MOST_LATE = 0.3
"""Seconds behind the clock beyond which the programme skips ahead."""
DEPTH = 4
"""Pictures that may wait for the encoder under ``wait``."""
BACKLOG = 2
"""Pictures in the encoder at once under ``drop``, before one is left out: a hiccup of the machine costs none."""
_SETTLE_TICKS = 2 * FPS


def ticks_to_skip(late: float) -> int:
    """How many ticks to leave out at ``late`` seconds after a deadline: none up to `MOST_LATE`, then all missed."""
    return int(late * FPS) if late > MOST_LATE else 0


@dataclass(eq=False)
class _Tick:
    """A tick between pull and release."""

    number: int
    sound: list[Packet]
    picture: asyncio.Future[Picture] | None = None
    packets: asyncio.Future[list[Packet]] | None = None

    @property
    def ready(self) -> bool:
        return self.packets is None or self.packets.done()


@dataclass
class _Counters:
    released: int = 0
    repeated: int = 0
    late_pictures: int = 0
    dropped_pictures: int = 0
    late_releases: int = 0
    skips: int = 0


class Pump:
    """Runs a programme. ``on_events`` is called once a tick, after the pull and before the tick's packets leave."""

    def __init__(
        self,
        clock: Clock,
        playout: Playout,
        *,
        renderer: Renderer | None,
        encoder: Encoder | None,
        outputs: Sequence[Output],
        look: Look,
        on_events: OnEvents,
        when_full: WhenFull,
        report: FaultReport | None = None,
    ) -> None:
        self._clock = clock
        self._playout = playout
        self._renderer = renderer if encoder is not None else None
        self._encoder = encoder
        self._outputs = tuple(outputs)
        self._asking = [output for output in self._outputs if isinstance(output, WantsKeyframes)]
        self._look = look
        self._on_events = on_events
        self._when_full = when_full
        self._faults = Faults(report)
        self._counters = _Counters()
        self._last_look: tuple[Manner, Scene] = (Manner.IDLE, Scene())
        self._started = False
        self._flushed = False
        self._stopping = False
        self._in_flight: deque[_Tick] = deque()
        self._drawn: _Tick | None = None
        self._pictures: Pictures | None = None
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

    def status(self) -> dict[str, Any]:
        """Counters since the start, the time the last picture took (ms, live only) and faults by place."""
        counters = self._counters
        return {
            **self._playout.status(),
            "released": counters.released,
            "repeated_pictures": counters.repeated,
            "late_pictures": counters.late_pictures,
            "dropped_pictures": counters.dropped_pictures,
            "late_releases": counters.late_releases,
            "skips": counters.skips,
            "in_flight": len(self._in_flight),
            "rendering": self._pictures is not None and self._pictures.busy,
            "render_ms": round(self._pictures.seconds * 1000, 2) if self._pictures else 0.0,
            "encode_ms": round(self._encoding.seconds * 1000, 2) if self._encoding else 0.0,
            "faults": dict(self._faults.counts),
        }

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
        if self._renderer is not None:
            keep = DEPTH + 2
            self._pictures = Pictures(self._renderer, self._clock, settings.width, settings.height, keep)
        if not self._started:
            self._started = True
            streams = StreamInfo(settings.width, settings.height, extradata=encoder.extradata)
            for output in self._outputs:
                output.start(streams)

    def _over(self, until_tick: int | None) -> bool:
        if until_tick is not None and self._playout.tick >= until_tick:
            return True
        return self._stopping and self._playout.current is None and not self._playout.queued

    async def _close(self) -> None:
        """Let out what is on the way: every tick pulled leaves, unless a thread hangs for longer than 2 s."""
        encoding = self._encoding
        if encoding is None:
            return
        settled = await self._settled()
        if self._drawn is not None:
            self._encode_drawn(encoding)
            settled = settled and await self._settled()
        self._release()
        if settled:
            self._offer(encoding.flush())
            self._flushed = True
        encoding.close()
        if self._pictures is not None:
            self._pictures.close()

    async def _settled(self) -> bool:
        """Wait for both threads; False where one of them hangs."""
        pending: list[asyncio.Future[Any]] = [tick.packets for tick in self._in_flight if tick.packets is not None]
        if self._pictures is not None and self._pictures.pending is not None:
            pending.append(self._pictures.pending)
        if self._when_full == "wait":
            with self._clock.hold():
                if pending:
                    await asyncio.wait(pending)
            return True
        for _ in range(_SETTLE_TICKS):
            if all(future.done() for future in pending):
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
            self._counters.skips += 1

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
            picture = None
            if self._pictures is not None:
                drawing = self._pictures.render(self._moment(out))
                await asyncio.wait([drawing])
                picture = self._drawn_picture(drawing)
            while len(self._in_flight) >= DEPTH:
                oldest = self._in_flight[0].packets
                if oldest is not None and not oldest.done():
                    await asyncio.wait([oldest])
                self._release()
            self._ask_for_keyframes()
            tick = _Tick(out.tick, encoding.sound(out.tick, out.pcm))
            tick.packets = encoding.picture(out.tick, picture)
            self._in_flight.append(tick)
            self._release()

    def _tick_dropping(self, out: TickOut, encoding: Encoding) -> None:
        self._ask_for_keyframes()
        if self._drawn is not None:
            self._encode_drawn(encoding)
        self._release_overdue(out.tick - 1)
        self._drawn = _Tick(out.tick, encoding.sound(out.tick, out.pcm))
        if self._pictures is not None and not self._pictures.busy:
            self._drawn.picture = self._pictures.render(self._moment(out))

    def _encode_drawn(self, encoding: Encoding) -> None:
        """Send the tick before to the encoder, with its picture if there is one by now."""
        tick, self._drawn = self._drawn, None
        if tick is None:
            return
        picture = None
        if tick.picture is not None and tick.picture.done():
            picture = self._drawn_picture(tick.picture)
        elif self._pictures is not None:
            self._counters.late_pictures += 1
            if tick.picture is not None:
                tick.picture.add_done_callback(self._note_late)
        self._counters.repeated += picture is None
        if sum(not waiting.ready for waiting in self._in_flight) >= BACKLOG:
            self._counters.dropped_pictures += 1
        else:
            tick.packets = encoding.picture(tick.number, picture)
            tick.packets.add_done_callback(lambda _: self._release())
        self._in_flight.append(tick)

    def _drawn_picture(self, drawing: asyncio.Future[Picture]) -> Picture | None:
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
        wanted = [output.keyframe_wanted() for output in self._asking]
        if self._encoder is not None and any(wanted):
            self._encoder.request_keyframe()

    # --- release ----------------------------------------------------------------------------------------------------

    def _release(self) -> None:
        """Offer every tick at the front whose picture is encoded: sound and picture in one step."""
        while self._in_flight and self._in_flight[0].ready:
            tick = self._in_flight.popleft()
            self._offer([*self._packets_of(tick), *tick.sound])
            self._counters.released += 1

    def _release_overdue(self, before: int) -> None:
        """Let the sound of ticks before ``before`` leave without their pictures, which follow when they are done."""
        overdue = [tick for tick in self._in_flight if tick.number < before and tick.sound]
        for tick in overdue:
            self._offer(tick.sound)
            tick.sound = []
            self._counters.late_releases += 1
            if tick.packets is None:
                # Nothing of it is left to wait for: behind a picture that hangs, such ticks must not pile up.
                self._in_flight.remove(tick)
                self._counters.released += 1

    def _packets_of(self, tick: _Tick) -> list[Packet]:
        if tick.packets is None or self._encoding is None:
            return []
        return self._encoding.taken(tick.number, tick.packets)

    def _offer(self, packets: Sequence[Packet]) -> None:
        if not packets:
            return
        for output in self._outputs:
            try:
                output.offer(packets)
            except Exception as error:  # noqa: BLE001 - one output's fault is not the others'
                self._faults.note(f"output {output.name}", error)
