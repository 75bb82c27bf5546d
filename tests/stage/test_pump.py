"""The pump: what it decides, with fakes at the ports of renderer, encoder and output."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any, Literal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polling import until
from stage_speech import item
from threaded_pictures import ThreadedPictures

from host.core.clock import MonotonicClock, VirtualClock, run_virtual
from host.core.media import FPS, TICK_SECONDS, Packet, Pcm, Picture, Speech, StreamInfo
from host.core.ports import Moment, OutputStatus
from host.core.scene import Manner, Scene
from host.core.utterance import Played, Utterance
from host.stage.encoder import TICK_PTS, EncoderSettings
from host.stage.on_air import Started
from host.stage.pictures import DEPTH
from host.stage.playout import Playout, TickOut
from host.stage.pump import MOST_LATE, Pump, ticks_to_skip

WIDTH, HEIGHT = 32, 64
SHAPE = (HEIGHT * 3 // 2, WIDTH)


class FakeRenderer:
    """Pictures whose first pixel is the tick, modulo 200; ``fail`` and ``block`` spoil chosen ticks."""

    name = "fake"

    def __init__(self, fail: Callable[[int], bool] = lambda tick: False) -> None:
        self.moments: list[Moment] = []
        self.fail = fail
        self.gate = threading.Event()
        self.gate.set()
        self._i420 = np.zeros(SHAPE, np.uint8)

    def prepare(self, utterance: Utterance, speech: Speech) -> Any:
        return None

    def render(self, moment: Moment) -> Picture:
        self.gate.wait(5)
        self.moments.append(moment)
        if self.fail(moment.tick):
            raise RuntimeError("no picture")
        self._i420[:] = moment.tick % 200
        return Picture(self._i420)

    def close(self) -> None: ...


class FakeEncoder:
    """Packets that tell their tick and the first pixel of the picture they are of."""

    def __init__(self, fail: Callable[[int], bool] = lambda tick: False) -> None:
        self.settings = EncoderSettings(width=WIDTH, height=HEIGHT)
        self.extradata = {"h264": b"sps"}
        self.fail = fail
        self.shown = -1
        self.reopened = 0
        self.keyframes = 0

    def encode_video(self, tick: int, picture: Picture | None) -> list[Packet]:
        if picture is not None:
            self.shown = int(picture.i420[0, 0])
        if self.fail(tick):
            raise RuntimeError("codec broke")
        return [Packet("video", "h264", bytes([self.shown]), tick * TICK_PTS, TICK_PTS, True, tick)]

    def encode_audio(self, tick: int, pcm: Pcm) -> list[Packet]:
        return [Packet("audio", "opus", b"", tick * 1920, 1920, True, tick)]

    def request_keyframe(self) -> None:
        self.keyframes += 1

    def flush(self) -> list[Packet]:
        return []

    def reopen_video(self) -> None:
        self.reopened += 1
        self.shown = -1

    def reopen_audio(self) -> None: ...


class FakeOutput:
    """Remembers what it was offered."""

    name = "fake"
    audio: Literal["opus", "aac"] = "opus"

    def __init__(self, wants: int = 0) -> None:
        self.offers: list[list[Packet]] = []
        self.streams: StreamInfo | None = None
        self.wants = wants

    def start(self, streams: StreamInfo) -> None:
        assert self.streams is None, "started twice"
        self.streams = streams

    def offer(self, packets: Sequence[Packet]) -> None:
        assert self.streams is not None
        self.offers.append(list(packets))

    async def run(self) -> None: ...

    def status(self) -> OutputStatus:
        return OutputStatus(self.name, True)

    def keyframe_wanted(self) -> bool:
        self.wants -= 1
        return self.wants >= 0

    def ticks(self, kind: str) -> list[int]:
        return [packet.tick for offer in self.offers for packet in offer if packet.kind == kind]


def make_pump(clock: Any, playout: Playout | None = None, **given: Any) -> tuple[Pump, FakeOutput]:
    """A pump of fakes; ``given`` replaces any argument, and ``renderer`` what draws."""
    output = FakeOutput()
    renderer = given.pop("renderer", FakeRenderer())
    arguments: dict[str, Any] = {
        "pictures": renderer and ThreadedPictures(renderer),
        "encoder": FakeEncoder(),
        "outputs": [output],
        "look": lambda out: (Manner.IDLE, Scene()),
        "on_events": lambda events, tick: None,
        "when_full": "wait",
    } | given
    return Pump(clock, playout or Playout(), **arguments), output


@given(st.floats(0, 100, allow_nan=False))
def test_a_skip_is_whole_ticks_and_never_into_the_future(late: float) -> None:
    ticks = ticks_to_skip(late)
    assert (ticks == 0) == (late <= MOST_LATE)
    assert ticks * TICK_SECONDS <= late + 1e-9
    assert late <= MOST_LATE or late - ticks * TICK_SECONDS < TICK_SECONDS + 1e-9


def test_a_film_has_every_tick_in_order_with_its_own_picture() -> None:
    clock = VirtualClock()
    pump, output = make_pump(clock)
    run_virtual(pump.run(120), clock)
    assert output.ticks("video") == output.ticks("audio") == list(range(120))
    assert all({packet.kind for packet in offer} == {"video", "audio"} for offer in output.offers)
    for offer in output.offers:
        (video,) = [packet for packet in offer if packet.kind == "video"]
        assert video.data[0] == video.tick % 200
    assert clock.now() == pytest.approx(119 * TICK_SECONDS)
    assert pump.status().repeated_pictures == 0


@pytest.mark.parametrize("slow", ["renderer", "encoder"])
def test_a_film_is_drawn_and_encoded_some_ticks_ahead_and_no_more(slow: str) -> None:
    """Whichever is slower, no picture is overwritten before it is encoded, and what is on the way is bounded."""
    renderer, encoder = FakeRenderer(), FakeEncoder()
    ahead: list[int] = []

    def render(moment: Moment, plain: Any = renderer.render) -> Picture:
        if slow == "renderer":
            time.sleep(0.001)
        picture: Picture = plain(moment)
        return picture

    def encode(tick: int, picture: Picture | None, plain: Any = encoder.encode_video) -> list[Packet]:
        if slow == "encoder":
            time.sleep(0.001)
        ahead.append(len(renderer.moments) - tick)
        packets: list[Packet] = plain(tick, picture)
        return packets

    renderer.render, encoder.encode_video = render, encode  # type: ignore[method-assign]
    clock = VirtualClock()
    pump, output = make_pump(clock, renderer=renderer, encoder=encoder)
    run_virtual(pump.run(60), clock)
    videos = [packet for offer in output.offers for packet in offer if packet.kind == "video"]
    assert [packet.data[0] for packet in videos] == [packet.tick for packet in videos] == list(range(60))
    assert max(ahead) <= DEPTH
    assert slow == "renderer" or max(ahead) > 1


def test_without_picture_time_runs_far_ahead_of_the_clock() -> None:
    clock = VirtualClock()
    pump, output = make_pump(clock, renderer=None, encoder=None)
    began = time.perf_counter()
    run_virtual(pump.run(60 * FPS * 5), clock)
    assert 300 / (time.perf_counter() - began) > 300
    assert output.offers == []


def test_events_are_told_before_the_ticks_packets_leave() -> None:
    clock, playout = VirtualClock(), Playout()
    order: list[str] = []

    class Watching(FakeOutput):
        def offer(self, packets: Sequence[Packet]) -> None:
            order.append(f"offer {packets[0].tick}")

    def on_events(events: Sequence[Started | Played], tick: int) -> None:
        order.extend(f"{type(event).__name__} {tick}" for event in events)

    playout.enqueue(item(0, 1920 * 3))
    pump, _ = make_pump(clock, playout, outputs=[Watching()], on_events=on_events)
    run_virtual(pump.run(6), clock)
    assert order.index("Started 0") < order.index("offer 0")
    assert order.index("Played 2") < order.index("offer 2")


def test_the_renderer_gets_the_performance_and_its_frame() -> None:
    clock, playout, renderer = VirtualClock(), Playout(), FakeRenderer()
    spoken = item(0, 1920 * 2)
    playout.enqueue(type(spoken)(spoken.utterance, spoken.speech, "acting"))
    pump, _ = make_pump(
        clock, playout, renderer=renderer, look=lambda out: (Manner.TALKING, Scene(asked=str(out.tick)))
    )
    run_virtual(pump.run(3), clock)
    assert [(m.tick, m.performance, m.frame, m.scene.asked) for m in renderer.moments] == [
        (0, "acting", 0, "0"),
        (1, "acting", 1, "1"),
        (2, None, 0, "2"),
    ]


def test_a_renderer_that_raises_leaves_the_last_picture_standing() -> None:
    clock = VirtualClock()
    reports: list[str] = []
    pump, output = make_pump(
        clock,
        renderer=FakeRenderer(fail=lambda tick: tick % 2 == 1),
        report=lambda where, error, retry: reports.append(f"{where}: {error}"),
    )
    run_virtual(pump.run(10), clock)
    pictures = [packet.data[0] for offer in output.offers for packet in offer if packet.kind == "video"]
    assert pictures == [0, 0, 2, 2, 4, 4, 6, 6, 8, 8]
    assert pump.faults == {"renderer": 5}
    assert reports == ["renderer: no picture"] * 5


def test_without_any_picture_the_slate_is_shown() -> None:
    clock = VirtualClock()
    pump, output = make_pump(clock, renderer=FakeRenderer(fail=lambda tick: True))
    run_virtual(pump.run(5), clock)
    assert [packet.data[0] for offer in output.offers for packet in offer if packet.kind == "video"] == [32] * 5


def test_faults_in_a_row_are_reported_now_and_then() -> None:
    clock = VirtualClock()
    reports: list[str] = []
    pump, _ = make_pump(
        clock, renderer=FakeRenderer(fail=lambda tick: True), report=lambda where, error, retry: reports.append(where)
    )
    run_virtual(pump.run(300), clock)
    assert pump.faults["renderer"] == 300
    assert len(reports) == 2


def test_an_encoder_that_raises_is_opened_afresh_with_the_last_picture() -> None:
    clock = VirtualClock()
    encoder = FakeEncoder(fail=lambda tick: tick == 3)
    pump, output = make_pump(clock, encoder=encoder)
    run_virtual(pump.run(8), clock)
    assert encoder.reopened == 1
    assert output.ticks("audio") == list(range(8))
    assert output.ticks("video") == [0, 1, 2, 4, 5, 6, 7]
    assert pump.faults == {"video encoder": 1}


def test_an_encoder_that_raises_again_and_again_is_given_rest() -> None:
    clock = VirtualClock()
    encoder = FakeEncoder(fail=lambda tick: True)
    pump, output = make_pump(clock, encoder=encoder)
    run_virtual(pump.run(100), clock)
    assert output.ticks("audio") == list(range(100))
    assert 3 <= encoder.reopened <= 20


@pytest.mark.parametrize("part", ["look", "on_events", "offer"])
def test_whatever_raises_beside_it_the_programme_goes_on(part: str) -> None:
    def broken(*_: Any) -> Any:
        raise RuntimeError(part)

    class BrokenOutput(FakeOutput):
        offer = broken

    clock = VirtualClock()
    good = FakeOutput()
    given: dict[str, Any] = {
        "look": {"look": broken},
        "on_events": {"on_events": broken},
        "offer": {},
    }[part]
    outputs = [BrokenOutput(), good] if part == "offer" else [good]
    pump, _ = make_pump(clock, outputs=outputs, **given)
    run_virtual(pump.run(10), clock)
    assert good.ticks("audio") == good.ticks("video") == list(range(10))
    assert sum(pump.faults.values()) == 10


def test_a_keyframe_wanted_by_an_output_reaches_the_encoder() -> None:
    clock, encoder = VirtualClock(), FakeEncoder()
    pump, _ = make_pump(clock, encoder=encoder, outputs=[FakeOutput(wants=3)])
    run_virtual(pump.run(10), clock)
    assert encoder.keyframes == 3


def test_a_second_run_goes_on_where_the_first_stopped() -> None:
    clock = VirtualClock()
    pump, output = make_pump(clock)

    async def twice() -> None:
        await pump.run(5)
        await pump.run(9)

    run_virtual(twice(), clock)
    assert output.ticks("video") == output.ticks("audio") == list(range(9))


def test_stop_when_silent_lets_the_sentence_end() -> None:
    clock, playout = VirtualClock(), Playout()
    playout.enqueue(item(0, 1920 * 7 + 5))
    heard: list[Played] = []

    def on_events(events: Sequence[Started | Played], tick: int) -> None:
        heard.extend(event for event in events if isinstance(event, Played))
        if tick == 2:
            pump.stop_when_silent()

    pump, output = make_pump(clock, playout, on_events=on_events)
    run_virtual(pump.run(), clock)
    assert [played.complete for played in heard] == [True]
    assert output.ticks("audio") == list(range(8))


# --- on air -------------------------------------------------------------------------------------------------------


class SteppedClock:
    """A clock that jumps to each deadline, once the pump's threads have done what they can (``quiet``)."""

    def __init__(self) -> None:
        self.time = 0.0
        self.late: dict[int, float] = {}
        self.sleeps = 0
        self.quiet: Callable[[], bool] = lambda: True

    def now(self) -> float:
        return self.time

    def wall(self) -> Any:
        raise NotImplementedError

    async def sleep_until(self, deadline: float) -> None:
        """Jump to the deadline, plus what ``late`` says for this sleep."""
        for _ in range(2000):
            await asyncio.sleep(0.0005)
            if self.quiet():
                break
        self.time = max(self.time, deadline) + self.late.get(self.sleeps, 0.0)
        self.sleeps += 1

    def hold(self) -> Any:
        raise AssertionError("not used on air")


def idle(pump: Pump) -> bool:
    """Whether both of the pump's threads have nothing to do."""
    status = pump.status()
    return not status.in_flight and not status.rendering


def test_on_air_sound_and_picture_of_a_tick_leave_in_one_offer() -> None:
    clock = SteppedClock()
    pump, output = make_pump(clock, when_full="drop")
    clock.quiet = lambda: idle(pump)
    asyncio.run(pump.run(20))
    assert output.ticks("audio") == output.ticks("video") == list(range(20))
    together = [offer for offer in output.offers if {packet.kind for packet in offer} == {"audio", "video"}]
    assert len(together) == 20
    assert pump.status().late_pictures == 0


def test_on_air_sound_never_waits_for_a_renderer_that_hangs() -> None:
    clock, renderer = SteppedClock(), FakeRenderer()
    renderer.gate.clear()

    def open_the_gate(events: object, tick: int) -> None:
        if tick == 30:
            renderer.gate.set()

    pump, output = make_pump(clock, renderer=renderer, when_full="drop", on_events=open_the_gate)
    clock.quiet = lambda: idle(pump) or (not renderer.gate.is_set() and not pump.status().in_flight)
    asyncio.run(pump.run(50))
    assert output.ticks("audio") == list(range(50))
    assert output.ticks("video") == list(range(50)), "the slate stands in"
    assert 28 <= pump.status().late_pictures <= 33
    assert [packet.data[0] for offer in output.offers for packet in offer if packet.kind == "video"][-1] == 49


def test_on_air_sound_never_waits_for_an_encoder_that_hangs() -> None:
    clock, gate, reached = SteppedClock(), threading.Event(), threading.Event()

    class Slow(FakeEncoder):
        def encode_video(self, tick: int, picture: Picture | None) -> list[Packet]:
            if tick == 5:
                reached.set()
                gate.wait(5)
            return super().encode_video(tick, picture)

    def open_the_gate(events: object, tick: int) -> None:
        if tick == 20:
            assert output.ticks("audio") == list(range(18))
            assert pump.status().in_flight <= 5
            gate.set()

    pump, output = make_pump(clock, encoder=Slow(), when_full="drop", on_events=open_the_gate)
    clock.quiet = lambda: idle(pump) or (reached.is_set() and not gate.is_set())
    asyncio.run(pump.run(40))
    assert output.ticks("audio") == list(range(40))
    video = output.ticks("video")
    assert video == sorted(video)
    assert 5 in video
    assert pump.status().dropped_pictures == 40 - len(video)


@settings(max_examples=10)
@given(st.dictionaries(st.integers(1, 20), st.floats(0.0, 3.0), max_size=3))
def test_on_air_a_stall_is_one_counted_skip_of_sound_and_picture_alike(late: dict[int, float]) -> None:
    clock = SteppedClock()
    clock.late = late
    playout = Playout()
    pump, output = make_pump(clock, playout, when_full="drop")
    asyncio.run(pump.run(150))
    audio, video = output.ticks("audio"), output.ticks("video")
    assert audio == sorted(set(audio))
    assert set(video) <= set(audio)
    assert len(audio) == 150 - playout.status().skipped_ticks
    assert pump.status().skips <= sum(1 for seconds in late.values() if seconds > 0)
    if all(seconds <= MOST_LATE / 4 for seconds in late.values()):
        assert pump.status().skips == 0


def test_on_air_cancellation_lets_out_what_was_pulled() -> None:
    async def scenario() -> tuple[Playout, FakeOutput]:
        clock, playout = MonotonicClock(), Playout()
        pump, output = make_pump(clock, playout, when_full="drop")
        task = asyncio.create_task(pump.run())
        await until(lambda: len(output.offers) >= 3)
        task.cancel()
        await asyncio.wait([task])
        assert task.cancelled()
        return playout, output

    playout, output = asyncio.run(scenario())
    assert output.ticks("audio") == list(range(playout.tick))


def test_look_is_asked_about_the_tick_being_drawn() -> None:
    seen: list[TickOut] = []

    def look(out: TickOut) -> tuple[Manner, Scene]:
        seen.append(out)
        return Manner.IDLE, Scene()

    clock = VirtualClock()
    pump, _ = make_pump(clock, look=look)
    run_virtual(pump.run(3), clock)
    assert [out.tick for out in seen] == [0, 1, 2]
