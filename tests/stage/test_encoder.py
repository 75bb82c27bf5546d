"""The encoder, checked by decoding what it made."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import av
import numpy as np
import pytest

from host.core.media import FPS, SAMPLE_RATE, TICK_SAMPLES, Packet, Picture
from host.stage.encoder import KEYFRAME_GAP, TICK_PTS, Encoder, EncoderSettings

SMALL = EncoderSettings(bitrate=300, width=144, height=256)


def picture(tick: int) -> Picture:
    """A flat grey whose level tells the tick."""
    i420 = np.full((384, 144), 128, np.uint8)
    i420[:256] = 30 + tick * 5 % 200
    return Picture(i420)


def decoded(packets: list[Packet]) -> list[av.VideoFrame]:
    """The pictures, with pts in 1/90000 s."""
    context = av.CodecContext.create("h264", "r")
    frames = []
    for packet in packets:
        wrapped = av.Packet(packet.data)
        wrapped.pts, wrapped.time_base = packet.pts, Fraction(1, 90_000)
        frames += context.decode(wrapped)
    return frames + context.decode(None)


@pytest.mark.parametrize("quantiser", [None, 20])
def test_every_tick_is_one_picture_at_its_place(quantiser: int | None) -> None:
    encoder = Encoder(EncoderSettings(bitrate=300, width=144, height=256, quantiser=quantiser))
    packets = [packet for tick in range(60) for packet in encoder.encode_video(tick, picture(tick))]
    assert len(packets) == 60, "a packet leaves with its tick"
    packets += [packet for packet in encoder.flush() if packet.kind == "video"]
    assert [(packet.pts, packet.tick) for packet in packets] == [(tick * TICK_PTS, tick) for tick in range(60)]
    assert [packet.tick for packet in packets if packet.keyframe] == [0, 50]
    frames = decoded(packets)
    for tick, frame in enumerate(frames):
        assert frame.pts == tick * TICK_PTS
        assert abs(float(frame.to_ndarray()[:256].mean()) - (30 + tick * 5 % 200)) < 4
    assert len(frames) == 60


def test_the_stream_is_constrained_baseline_at_25_fps_and_bt709_with_headers_on_each_keyframe() -> None:
    encoder = Encoder(SMALL)
    packets = [packet for tick in range(60) for packet in encoder.encode_video(tick, picture(tick))]
    for packet in packets:
        assert (b"\x00\x00\x01\x67" in packet.data) is packet.keyframe
        assert (b"\x00\x00\x01\x68" in packet.data) is packet.keyframe
    context = av.CodecContext.create("h264", "r")
    (frame, *_) = context.decode(av.Packet(packets[50].data)) + context.decode(None)
    assert context.profile == "Constrained Baseline"
    assert context.framerate == FPS
    assert not context.has_b_frames
    assert (frame.colorspace, frame.color_range, context.color_primaries, context.color_trc) == (1, 1, 1, 1)
    assert encoder.extradata["h264"][4:8] == packets[0].data[packets[0].data.index(b"\x00\x00\x01\x67") + 3 :][:4]


def test_with_a_quantiser_pictures_are_as_good_whatever_is_on_them() -> None:
    """A room's line is narrow: at its bitrate noise becomes mush, in a film it stays noise."""
    noise = np.random.default_rng(0).integers(60, 200, (384, 144), dtype=np.uint8)
    errors = []
    for settings in (SMALL, replace(SMALL, quantiser=20)):
        encoder = Encoder(settings)
        frames = decoded([packet for tick in range(10) for packet in encoder.encode_video(tick, Picture(noise))])
        errors.append(float(np.abs(frames[-1].to_ndarray()[:256].astype(int) - noise[:256]).mean()))
    assert errors[1] < 3 < errors[0]


def test_a_repeated_picture_is_the_last_one() -> None:
    encoder = Encoder(SMALL)
    packets = encoder.encode_video(0, picture(3)) + encoder.encode_video(1, None) + encoder.encode_video(4, None)
    frames = decoded(packets)
    assert [frame.pts // TICK_PTS for frame in frames] == [0, 1, 4]
    assert all(abs(float(frame.to_ndarray()[:256].mean()) - 45) < 3 for frame in frames)


def test_keyframe_requests_are_coalesced() -> None:
    encoder = Encoder(EncoderSettings(bitrate=300, width=144, height=256, keyframe_every=20))
    keyframes = []
    for tick in range(100):
        encoder.request_keyframe()
        keyframes += [packet.tick for packet in encoder.encode_video(tick, picture(tick)) if packet.keyframe]
    gaps = np.diff(keyframes)
    assert keyframes[0] == 0
    assert set(gaps) == {KEYFRAME_GAP}
    assert KEYFRAME_GAP / FPS >= 0.5


def test_one_request_makes_one_keyframe() -> None:
    encoder = Encoder(EncoderSettings(bitrate=300, width=144, height=256, keyframe_every=20))
    keyframes = []
    for tick in range(100):
        if tick == 40:
            encoder.request_keyframe()
        keyframes += [packet.tick for packet in encoder.encode_video(tick, picture(tick)) if packet.keyframe]
    assert keyframes == [0, 40]


def _tones(ticks: int) -> np.ndarray:
    """A burst of 1 kHz in the first 20 ms of each second."""
    sound = np.zeros(ticks * TICK_SAMPLES, np.int16)
    burst = (12_000 * np.sin(2 * np.pi * 1000 / SAMPLE_RATE * np.arange(960))).astype(np.int16)
    for start in range(0, len(sound), SAMPLE_RATE):
        sound[start : start + 960] = burst
    return sound


@pytest.mark.parametrize(("codec", "size", "delay"), [("opus", 960, 312), ("aac", 1024, 1024)])
def test_sound_is_continuous_and_where_it_belongs(codec: str, size: int, delay: int) -> None:
    ticks = 100
    encoder = Encoder(SMALL, {codec})  # type: ignore[arg-type]
    sound = _tones(ticks)
    packets = []
    for tick in range(ticks):
        packets += encoder.encode_audio(tick, sound[tick * TICK_SAMPLES : (tick + 1) * TICK_SAMPLES])
    packets += [packet for packet in encoder.flush() if packet.kind == "audio"]
    assert packets[0].pts == -delay
    assert {packet.duration for packet in packets} == {size}
    assert set(np.diff([packet.pts for packet in packets])) == {size}

    context = av.CodecContext.create("libopus" if codec == "opus" else "aac", "r")
    context.sample_rate, context.layout = SAMPLE_RATE, "mono"
    if codec == "aac":
        context.extradata = encoder.extradata["aac"]
    heard = [
        frame.to_ndarray().astype(float).reshape(-1)
        for packet in packets
        for frame in context.decode(av.Packet(packet.data))
    ]
    wave = np.concatenate(heard)[delay:]
    wave /= np.abs(wave).max()
    for second in range(1, ticks // FPS):
        at = second * SAMPLE_RATE
        onset = at - 200 + int(np.argmax(np.abs(wave[at - 200 : at + 960]) > 0.3))
        assert abs(onset - at) < 60, f"{codec} is {onset - at} samples off at {second} s"


@pytest.mark.parametrize(
    ("codec", "minutes", "delay"),
    [("opus", 1, 312), ("aac", 1, 0), pytest.param("opus", 10, 312, marks=pytest.mark.slow)],
)
def test_no_drift_after_minutes_of_ticks(codec: str, minutes: int, delay: int) -> None:
    encoder = Encoder(EncoderSettings(bitrate=200, width=32, height=32, preset="ultrafast"), {codec})  # type: ignore[arg-type]
    ticks = minutes * 60 * FPS
    sound = np.zeros(TICK_SAMPLES, np.int16)
    ends: dict[str, int] = {}
    for tick in range(ticks):
        video = encoder.encode_video(tick, None) if tick % 250 == 249 else []
        for packet in encoder.encode_audio(tick, sound) + video:
            ends[packet.codec] = packet.pts + packet.duration
    assert ends["h264"] == ticks * TICK_PTS
    assert 0 <= ticks * TICK_SAMPLES - delay - ends[codec] <= (0 if codec == "opus" else 3 * 1024), (
        "what the codec holds back"
    )


def test_sound_jumps_with_the_ticks() -> None:
    encoder = Encoder(SMALL, {"opus", "aac"})
    sound = np.zeros(TICK_SAMPLES, np.int16)
    packets = [packet for tick in (0, 1, 2, 20, 21, 22) for packet in encoder.encode_audio(tick, sound)]
    opus = [packet.pts for packet in packets if packet.codec == "opus"]
    assert opus[5:7] == [5 * 960 - 312, 20 * TICK_SAMPLES - 312]
    aac = [packet.pts for packet in packets + encoder.flush() if packet.codec == "aac"]
    assert (aac == np.sort(aac)).all()
    assert any(18 * TICK_SAMPLES <= pts <= 20 * TICK_SAMPLES for pts in aac)


def test_a_picture_of_another_size_is_refused() -> None:
    with pytest.raises(ValueError, match="the encoder expects"):
        Encoder(SMALL).encode_video(0, Picture(np.zeros((1920, 720), np.uint8)))
