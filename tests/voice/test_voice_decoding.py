"""Sound is read to its end, or not at all."""

from __future__ import annotations

import random
import struct
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sounds import RATE, chunk, encoded, id3, wav

from host.core.ports import VoiceError
from host.voice.sound.decoding import decode
from host.voice.sound.takes import Samples

SECONDS = 2.0


def tune(seconds: float = SECONDS, pitch: float = 200.0) -> Samples:
    """A voice-like sound: harmonics that come and go four times a second."""
    at = np.arange(round(seconds * RATE)) / RATE
    tone = sum(np.sin(2 * np.pi * pitch * k * at) / k for k in range(1, 9))
    return (0.3 * tone * (0.55 - 0.45 * np.cos(2 * np.pi * 4 * at)) / 2).astype(np.float32)


@cache
def whole(kind: str, pitch: float = 200.0, seconds: float = SECONDS) -> bytes:
    return encoded(tune(seconds, pitch), kind)


def seconds(data: bytes, kind: str = "") -> float:
    samples, rate = decode(data, kind)
    assert samples.dtype == np.float32
    assert np.abs(samples).max() > 0.1
    return len(samples) / rate


KINDS = ["mp3", "opus", "aac", "flac", "wav", "m4a", "webm"]
IN_A_ROW = ["mp3", "opus", "aac", "flac", "wav"]


@pytest.mark.parametrize("kind", KINDS)
def test_one_file(kind: str) -> None:
    assert seconds(whole(kind)) == pytest.approx(SECONDS, abs=0.15)


@pytest.mark.parametrize("kind", IN_A_ROW)
@pytest.mark.parametrize("count", [2, 3, 7])
def test_whole_files_in_a_row(kind: str, count: int) -> None:
    data = b"".join(whole(kind, 150.0 + 50 * number) for number in range(count))
    assert seconds(data) == pytest.approx(count * SECONDS, abs=0.15 * count)


def test_files_of_different_rates_in_a_row() -> None:
    data = whole("mp3") + encoded(tune(), "mp3", 44_100)
    assert seconds(data) == pytest.approx(SECONDS + SECONDS * RATE / 44_100, abs=0.3)
    data = whole("wav") + wav(encoded(tune(), "pcm"), 16_000)
    assert seconds(data) == pytest.approx(SECONDS + SECONDS * RATE / 16_000, abs=0.1)


@pytest.mark.parametrize(
    "between",
    [b"", id3(b"TIT2" + bytes(40)), id3(bytes(range(1, 128)) * 700), b"\0" * 300, b"TAG" + b" " * 125, b"\r\n"],
)
def test_mp3s_with_anything_between(between: bytes) -> None:
    data = whole("mp3") + between + whole("mp3") + between + whole("mp3")
    assert seconds(data) == pytest.approx(3 * SECONDS, abs=0.4)


@pytest.mark.parametrize("kind", ["mp3", "aac", "wav", "opus", "flac"])
@pytest.mark.parametrize("junk", [b"junk" * 100, b"\0" * 1200, b"\xff\xfb\x90" * 9, b"\r\n\r\n"])
def test_junk_before_the_sound(kind: str, junk: bytes) -> None:
    try:
        assert seconds(junk + whole(kind)) == pytest.approx(SECONDS, abs=0.2)
    except VoiceError:  # what looks like the head of a long frame hides those behind it: told, not passed by
        assert (kind, junk[:2]) == ("aac", b"\xff\xfb")


@pytest.mark.parametrize("kind", ["mp3", "aac", "opus", "flac"])
@pytest.mark.parametrize("where", [0.3, 0.5, 0.9])
@pytest.mark.parametrize("damage", ["zeros", "ones", "noise", "a byte"])
def test_a_damaged_packet_costs_a_moment_or_the_whole(kind: str, where: float, damage: str) -> None:
    data = bytearray(whole(kind))
    at, size = round(len(data) * where), 1 if damage == "a byte" else 120
    made = {"zeros": bytes(size), "ones": b"\xff" * size, "a byte": bytes([data[at] ^ 0x55])}
    data[at : at + size] = made.get(damage) or random.Random(1).randbytes(size)
    try:
        assert seconds(bytes(data)) == pytest.approx(SECONDS, abs=0.3)
    except VoiceError:
        assert kind in ("flac", "opus")


@pytest.mark.parametrize("kind", ["mp3", "aac"])
def test_much_damage_is_told(kind: str) -> None:
    data = bytearray(whole(kind))
    third = len(data) // 3
    data[third : 2 * third] = random.Random(1).randbytes(third)
    with pytest.raises(VoiceError):
        decode(bytes(data))


PCM = encoded(tune(), "pcm")
PART = len(PCM) // 3 // 2 * 2


@pytest.mark.parametrize("told", [PART, 0, 0xFFFFFFFF, 0x7FFFFFFF, 0x7FFFFFDB, len(PCM) + 1000, 2 * len(PCM), 36])
def test_a_wav_header_that_tells_another_length(told: int) -> None:
    assert seconds(wav(PCM, told=told)) == pytest.approx(SECONDS, abs=0.01)


def test_wav_files_in_a_row_whose_headers_lie() -> None:
    data = wav(PCM, told=0xFFFFFFFF) + wav(PCM, told=PART) + wav(PCM)
    assert seconds(data) == pytest.approx(3 * SECONDS, abs=0.01)


@pytest.mark.parametrize("extra", [b"", chunk(b"LIST", b"INFOISFT" + b"\x04\0\0\0Lavf")])
@pytest.mark.parametrize(
    "trailing", [b"", chunk(b"LIST", b"x" * 31), chunk(b"id3 ", bytes(40)) + chunk(b"LIST", b"y" * 8)]
)
def test_other_chunks_of_a_wav_are_no_sound(extra: bytes, trailing: bytes) -> None:
    samples, rate = decode(wav(PCM, extra=extra, trailing=trailing))
    assert np.array_equal(np.rint(samples * 32768).astype("<i2").tobytes(), PCM)
    assert rate == RATE


def test_rf64() -> None:
    ds64 = chunk(b"ds64", struct.pack("<QQQI", 0, len(PCM), len(PCM) // 2, 0))
    data = wav(PCM, told=0xFFFFFFFF)
    assert seconds(b"RF64" + data[4:12] + ds64 + data[12:]) == pytest.approx(SECONDS, abs=0.01)


@pytest.mark.parametrize("width", ["u1", "<i2", "<i4", "<f4"])
def test_a_wav_of_any_samples(width: str) -> None:
    scale = {
        "u1": lambda x: x * 127 + 128,
        "<i2": lambda x: x * 32767,
        "<i4": lambda x: x * 2147483000,
        "<f4": lambda x: x,
    }[width]
    data, size = scale(tune()).astype(width).tobytes(), np.dtype(width).itemsize
    head = struct.pack("<HHIIHH", 3 if width == "<f4" else 1, 1, RATE, RATE * size, size, size * 8)
    body = b"WAVE" + chunk(b"fmt ", head) + b"data" + struct.pack("<I", 0xFFFFFFFF) + data
    assert seconds(b"RIFF\xff\xff\xff\xff" + body) == pytest.approx(SECONDS, abs=0.01)


@pytest.mark.parametrize(
    ("kind", "rate", "channels"),
    [("audio/pcm", 24_000, 1), ("audio/pcm;rate=16000", 16_000, 1), ("audio/L16;rate=24000;channels=1", 24_000, 1),
     ("audio/l16; rate=44100; channels=2", 44_100, 2), ("audio/x-pcm", 24_000, 1), ("audio/raw", 24_000, 1),
     ("audio/L16;codec=pcm;rate=24000", 24_000, 1)],
)  # fmt: skip
@pytest.mark.parametrize("order", ["<i2", ">i2"])
def test_bare_samples(kind: str, rate: int, channels: int, order: str) -> None:
    wanted = (tune() * 32767).astype(order)
    samples, found = decode(np.repeat(wanted, channels).tobytes() + b"\x01", kind)
    assert found == rate
    assert np.abs(samples - wanted / np.float32(32768)).max() < 1e-4


@pytest.mark.parametrize("kind", ["wav", "mp3", "opus"])
def test_a_file_that_is_called_bare_is_still_a_file(kind: str) -> None:
    if kind != "mp3":
        assert seconds(whole(kind), "audio/pcm") == pytest.approx(SECONDS, abs=0.15)
    assert seconds(whole(kind), "application/octet-stream") == pytest.approx(SECONDS, abs=0.15)
    assert seconds(whole(kind), "audio/mpeg") == pytest.approx(SECONDS, abs=0.15)


NO_SOUND = [
    (b"", ""), (b"", "audio/mpeg"), (b'{"error": {"message": "out of credit"}}', "application/json"),
    (b'{"error": {"message": "out of credit"}}', "audio/mpeg"), (b'{"detail": "x"}' * 400, ""),
    (b"<!doctype html><html><body>Sign in</body></html>" * 50, "text/html; charset=utf-8"),
    (b"<html>" + b"Sign in " * 500, "audio/mpeg"), (b"data: {}\n\n" * 50, "text/event-stream"),
    (b"Internal Server Error", "text/plain"),
    (b"\x00\xff<html>" * 200, "audio/mpeg"), (bytes(5000), "audio/mpeg"), (random.Random(2).randbytes(9000), ""),
    (id3(b"x" * 50), "audio/mpeg"), (wav(b""), "audio/wav"), (b"\x01", "audio/pcm"), (b"RIFF", ""),
    (b"\xff\xfb\x90\x64", ""),
]  # fmt: skip


@pytest.mark.parametrize(("data", "kind"), NO_SOUND)
def test_what_is_no_sound(data: bytes, kind: str) -> None:
    with pytest.raises(VoiceError):
        decode(data, kind)


@settings(max_examples=60, deadline=None)
@given(kind=st.sampled_from(KINDS), cut=st.floats(0, 1), keep=st.booleans())
def test_a_file_cut_anywhere_never_hangs_or_breaks(kind: str, cut: float, keep: bool) -> None:
    data = whole(kind)
    part = data[: round(len(data) * cut)] if keep else data[round(len(data) * cut) :]
    try:
        samples, rate = decode(part)
    except VoiceError:
        return
    assert len(samples) <= (SECONDS + 0.3) * max(rate, RATE)
