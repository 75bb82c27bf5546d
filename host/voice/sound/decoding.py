"""Sound as engines send it, read to its end: whole files in a row, headers that promise less or more, damage, bare PCM.

Servers stream a sentence in parts and put them one behind the other: MP3 files with their tags between them, WAV files
whose header tells the length of the first part only. FFmpeg decodes; what is found here is where a part begins and how
long it truly is. A packet that cannot be decoded is passed by, as FFmpeg's own tools do; where that leaves out more
than a little, nothing is given back.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler

from host.core.media import SAMPLE_RATE
from host.core.ports import VoiceError
from host.core.reason import Reason
from host.voice.sound.takes import Samples, resample

MAX_SECONDS = 180
PCM_RATE = 24_000
"""Of 16-bit samples that come without a header: what OpenAI's ``pcm`` is."""
_MOST_LOST = 0.1
"""Share of the bytes, or of the time a file tells of, that may be missing from what was decoded."""
_LEAST_SOUND = 0.5
"""Share of the bytes that must decode as MP3 or AAC for them to be that: a parser finds frames in anything."""

_FEWEST = 2
"""Frames; one can be found in four bytes."""

_HEADS = re.compile(rb"RIFF.{4}WAVE|RF64.{4}WAVE|OggS\x00\x02|fLaC[\x00\x80]\x00\x00\x22", re.DOTALL)
"""Where a whole file begins that tells so itself. Chance puts eight such bytes nowhere."""
_TAG = re.compile(rb"ID3[\x02-\x04][\x00-\x0f].([\x00-\x7f]{4})|TAG(?=.{125}(?:\xff|ID3|$))", re.DOTALL)
_BARE = re.compile(r"audio/(?:x-)?(?:l16|pcm|raw|s16le)\b|audio/basic-l16", re.IGNORECASE)
_RATE = re.compile(r"(?:rate|sample_?rate)\s?=\s?\"?(\d{4,6})", re.IGNORECASE)
_CHANNELS = re.compile(r"channels?\s?=\s?\"?(\d)", re.IGNORECASE)
_NO_SOUND = re.compile(r"\s{0,9}(?:application/(?:json|problem\+json|xml|xhtml\+xml)|text/)", re.IGNORECASE)
_WORDS = re.compile(rb"\s{0,64}(?:[{\[<]|event:|data:)")
_CHUNK_ID = re.compile(rb"[ -~]{4}")


def decode(data: bytes, kind: str = "") -> tuple[Samples, int]:
    """Any sound FFmpeg knows, as mono samples and their rate. ``kind`` is the content type it came with.

    Raises `VoiceError` for what is no sound, and for sound of which a part is missing.
    """
    if not data:
        raise VoiceError(Reason("sound_undecodable", error="it is empty"))
    if _NO_SOUND.match(kind) and not _HEADS.search(data):
        raise VoiceError(Reason("not_sound", kind=kind.split(";")[0].strip()))
    sound = _Sound()
    heads = [found.start() for found in _HEADS.finditer(data)]
    if heads:
        for begin, end in zip(heads, [*heads[1:], len(data)], strict=True):
            _read_file(data[begin:end], sound)
    elif _BARE.match(kind):
        _read_bare(data, kind, sound)
    elif _WORDS.match(data) or not _read_frames(data, sound):
        _read_file(data, sound)
    return sound.whole()


@dataclass
class _Sound:
    """What has been decoded: runs of one rate."""

    runs: list[tuple[int, list[Samples]]] = field(default_factory=list)
    seconds: float = 0.0
    _resampler: AudioResampler | None = None
    _shape: tuple[object, ...] = ()

    def add(self, frame: AudioFrame) -> None:
        shape = (frame.sample_rate, frame.format.name, frame.layout.name)
        if self._resampler is None or shape != self._shape:
            self._resampler = AudioResampler(format="flt", layout="mono", rate=frame.sample_rate)
            self._shape = shape
        frame.pts = None  # the parts of a row each count from their own beginning
        self.add_samples([part.to_ndarray()[0] for part in self._resampler.resample(frame)], frame.sample_rate)

    def add_samples(self, parts: Iterable[Samples], rate: int) -> None:
        if not self.runs or self.runs[-1][0] != rate:
            self.runs.append((rate, []))
        for part in parts:
            self.runs[-1][1].append(part)
            self.seconds += len(part) / rate
        if self.seconds > MAX_SECONDS:
            raise VoiceError(Reason("sound_endless", seconds=MAX_SECONDS))

    def whole(self) -> tuple[Samples, int]:
        runs = [(rate, np.concatenate(parts).astype(np.float32)) for rate, parts in self.runs if parts]
        if not runs:
            raise VoiceError(Reason("no_sound"))
        if len({rate for rate, _ in runs}) == 1:
            return np.concatenate([samples for _, samples in runs]), runs[0][0]
        return np.concatenate([resample(samples, rate) for rate, samples in runs]), SAMPLE_RATE


def _read_file(data: bytes, sound: _Sound) -> None:
    """One whole file of any format with a container."""
    if data[:4] in (b"RIFF", b"RF64"):
        data = _wav_of_its_true_length(data)
    before = sound.seconds
    lost = 0
    try:
        with av.open(io.BytesIO(data), mode="r") as container:
            if not container.streams.audio:
                raise VoiceError(Reason("not_sound", kind=container.format.name))
            stream = container.streams.audio[0]
            told = float(stream.duration * stream.time_base) if stream.duration and stream.time_base else 0.0
            for packet in container.demux(stream):
                try:
                    for frame in packet.decode():
                        sound.add(frame)
                except av.error.FFmpegError:
                    lost += 1
    except (av.error.FFmpegError, ValueError) as error:
        said = getattr(error, "strerror", None) or str(error).split(":")[0]
        raise VoiceError(Reason("sound_undecodable", error=said)) from error
    if sound.seconds - before < told * (1 - _MOST_LOST) or (lost and sound.seconds == before):
        raise VoiceError(Reason("sound_incomplete"))


def _wav_of_its_true_length(data: bytes) -> bytes:
    """A WAV file whose data chunk ends where the samples do, whatever its header says (RIFF MCI, 1991; RF64: EBU 3306).

    Behind the length the header tells there may be other chunks, or more samples; a length that cannot be is none.
    """
    at, head = 12, b""
    while at + 8 <= len(data):
        name, size = data[at : at + 4], struct.unpack_from("<I", data, at + 4)[0]
        begin = at + 8
        if name == b"data":
            end = begin + size if size and begin + size <= len(data) and _only_chunks(data, begin + size) else len(data)
            samples = data[begin:end]
            body = head + b"data" + struct.pack("<I", len(samples)) + samples
            return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WAVE" + body
        if name != b"ds64":
            head += data[at : begin + size + size % 2]
        at = begin + size + size % 2
    return data


def _only_chunks(data: bytes, at: int) -> bool:
    """Whether everything from ``at`` on is chunks of a RIFF file."""
    at += at % 2
    while at + 8 <= len(data):
        if not _CHUNK_ID.fullmatch(data, at, at + 4):
            return False
        size = struct.unpack_from("<I", data, at + 4)[0]
        at += 8 + size + size % 2
    return len(data) - 1 <= at <= len(data) + 1 or at >= len(data)


def _read_frames(data: bytes, sound: _Sound) -> bool:
    """Frames of MP3 or AAC without a container, whatever lies before and between them. False where there are none."""
    data = b"".join(_between_tags(data))
    decoded, frames, span = max((_frames(data, codec) for codec in ("mp3float", "aac")), key=lambda each: each[0])
    if len(frames) < _FEWEST or decoded < _LEAST_SOUND * len(data):
        return False
    if decoded < span * (1 - _MOST_LOST):
        raise VoiceError(Reason("sound_incomplete"))
    for frame in frames:
        sound.add(frame)
    return True


def _frames(data: bytes, codec: str) -> tuple[int, list[AudioFrame], int]:
    """(bytes that decoded, their frames, bytes from the first that did): a parser finds its way back after damage."""
    context = av.CodecContext.create(codec, "r")
    assert isinstance(context, AudioCodecContext)
    frames: list[AudioFrame] = []
    decoded, begin = 0, len(data)
    for packet in (*context.parse(data), *context.parse(None)):
        try:
            found = context.decode(packet)
        except av.error.FFmpegError:
            continue
        if not decoded:
            begin = max(0, data.find(bytes(packet)))
        decoded += packet.size
        frames += found
    return decoded, frames, len(data) - begin


def _between_tags(data: bytes) -> Iterator[bytes]:
    """What stands between ID3 tags (id3.org: ID3v2.4.0, 3.1; ID3v1), pictures in them and all."""
    at = 0
    while found := _TAG.search(data, at):
        yield data[at : found.start()]
        size = found[1]
        if size is None:
            at = found.start() + 128
        else:
            at = found.start() + 10 + (size[0] << 21 | size[1] << 14 | size[2] << 7 | size[3])
    yield data[at:]


def _read_bare(data: bytes, kind: str, sound: _Sound) -> None:
    """16-bit samples without a header. The order of their bytes is the one in which they make the smoother curve:
    ``audio/L16`` is big-endian by RFC 2586, and little-endian from some servers that send it."""
    if len(data) < 2:
        raise VoiceError(Reason("no_sound"))
    rate = int(found[1]) if (found := _RATE.search(kind)) else PCM_RATE
    channels = max(1, int(found[1])) if (found := _CHANNELS.search(kind)) else 1
    data = data[: len(data) - len(data) % (2 * channels)]
    orders = [
        np.frombuffer(data, order).astype(np.float32).reshape(-1, channels).mean(axis=1) for order in ("<i2", ">i2")
    ]
    smoother = min(orders, key=lambda samples: float(np.abs(np.diff(samples)).sum()))
    sound.add_samples([smoother / np.float32(32768)], rate)
