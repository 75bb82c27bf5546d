"""Sound files as servers send them, byte by byte: made from given samples, then put together or broken."""

from __future__ import annotations

import io
import struct

import av
import numpy as np

from host.voice.sound.takes import Samples

RATE = 24_000
CODECS = {"mp3": ("mp3", "libmp3lame"), "opus": ("ogg", "libopus"), "aac": ("adts", "aac"), "flac": ("flac", "flac"),
          "m4a": ("ipod", "aac"), "webm": ("webm", "libopus")}  # fmt: skip


def encoded(samples: Samples, kind: str, rate: int = RATE) -> bytes:
    """A whole file of a kind: one of `CODECS`, ``wav``, or ``pcm``."""
    whole = np.rint(np.clip(samples, -1, 1) * 32767).astype("<i2")
    if kind == "pcm":
        return whole.tobytes()
    if kind == "wav":
        return wav(whole.tobytes(), rate)
    container_name, codec = CODECS[kind]
    rate_out = 48_000 if kind in ("opus", "webm") else rate
    file = io.BytesIO()
    with av.open(file, "w", format=container_name) as container:
        stream = container.add_stream(codec, rate=rate_out, layout="mono")
        resampler = av.AudioResampler(
            format=stream.format, layout="mono", rate=rate_out, frame_size=stream.frame_size or 1024
        )
        frame = av.AudioFrame.from_ndarray(whole[np.newaxis], format="s16", layout="mono")
        frame.sample_rate = rate
        for part in (*resampler.resample(frame), *resampler.resample(None)):
            for packet in stream.encode(part):
                container.mux(packet)
        for packet in stream.encode(None):
            container.mux(packet)
    return file.getvalue()


def wav(data: bytes, rate: int = RATE, told: int | None = None, extra: bytes = b"", trailing: bytes = b"") -> bytes:
    """A WAV file of 16-bit mono samples; ``told`` is the length its header tells, if it is another."""
    size = len(data) if told is None else told
    form = struct.pack("<HHIIHH", 1, 1, rate, rate * 2, 2, 16)
    riff = min(0xFFFFFFFF, size + 36 + len(extra))
    return (
        b"RIFF" + struct.pack("<I", riff) + b"WAVE" + b"fmt " + struct.pack("<I", 16) + form + extra
        + b"data" + struct.pack("<I", size) + data + trailing
    )  # fmt: skip


def chunk(name: bytes, body: bytes) -> bytes:
    """A chunk of a RIFF file."""
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def id3(body: bytes = b"") -> bytes:
    """An ID3v2.4 tag around anything."""
    size = len(body)
    return b"ID3\x04\x00\x00" + bytes((size >> shift) & 0x7F for shift in (21, 14, 7, 0)) + body
