"""The room's one encoder: H.264, and Opus and AAC as the outputs need them. Every pts follows from a tick number.

Video is H.264 constrained baseline, one reference, no B-frames, SPS and PPS in band before each IDR picture, so
that a viewer can start on any of them. Picture pts count 1/90000 s, sound pts 1/48000 s, both from tick 0. An audio
codec's first packets begin before tick 0 (Opus -312 samples, AAC -1024): its delay, kept so that sound and picture
stay aligned.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.codec.context import Flags
from av.video.codeccontext import VideoCodecContext
from av.video.frame import PictureType
from numpy.typing import NDArray

from host.core.media import FPS, HEIGHT, SAMPLE_RATE, TICK_SAMPLES, WIDTH, Packet, Pcm, Picture

AudioCodec = Literal["opus", "aac"]

VIDEO_CLOCK = 90_000
TICK_PTS = VIDEO_CLOCK // FPS
KEYFRAME_GAP = FPS // 2 + 1
"""Ticks between keyframes made on request: at least 500 ms."""

_BT709, _LIMITED = 1, 1


@dataclass(frozen=True)
class EncoderSettings:
    """``bitrate`` in kbit/s; ``keyframe_every`` in seconds.

    With ``quantiser``, H.264's own scale of 0 to 51, every picture is as good as that and ``bitrate`` counts for
    nothing: for a file, through which no line has to carry it. x264 then plans no rate, a quarter of its work.
    """

    bitrate: int = 2500
    preset: str = "superfast"
    keyframe_every: float = 2.0
    width: int = WIDTH
    height: int = HEIGHT
    quantiser: int | None = None


class Encoder:
    """Encodes once, for every output. Video calls belong to one thread and audio calls to one, not the same one."""

    def __init__(self, settings: EncoderSettings, audio: Set[AudioCodec] = frozenset({"opus"})) -> None:
        self.settings = settings
        self._codecs: tuple[AudioCodec, ...] = tuple(sorted(audio))
        self._video = _Video(settings)
        self._audio = [_Audio(codec) for codec in self._codecs]
        self._keyframe_wanted = False
        self._extradata = {"h264": _parameter_sets(settings)} | {a.codec: a.extradata for a in self._audio}

    @property
    def extradata(self) -> dict[str, bytes]:
        """Codec name to decoder configuration: SPS and PPS in Annex B, OpusHead, AudioSpecificConfig."""
        return dict(self._extradata)

    def request_keyframe(self) -> None:
        """Make the next picture a keyframe, or the first one that is 500 ms after the last. From any thread."""
        self._keyframe_wanted = True

    def encode_video(self, tick: int, picture: Picture | None) -> list[Packet]:
        """The picture of a tick, None to show the last one again. Ticks ascend; left-out ticks lengthen the last."""
        force = self._keyframe_wanted and tick - self._video.last_keyframe >= KEYFRAME_GAP
        packets = self._video.encode(tick, picture, force)
        if force or any(packet.keyframe for packet in packets):
            self._keyframe_wanted = False
        return packets

    def encode_audio(self, tick: int, pcm: Pcm) -> list[Packet]:
        """The sound of a tick, 1920 samples. Ticks ascend."""
        return [packet for audio in self._audio for packet in audio.encode(tick * TICK_SAMPLES, pcm)]

    def flush(self) -> list[Packet]:
        """What the codecs still hold. Nothing can be encoded after it but by `reopen_video` and `reopen_audio`."""
        return self._video.flush() + [packet for audio in self._audio for packet in audio.flush()]

    def reopen_video(self) -> None:
        """Start the video codec afresh after an error; its next picture is a keyframe."""
        self._video = _Video(self.settings)

    def reopen_audio(self) -> None:
        """Start the audio codecs afresh after an error."""
        self._audio = [_Audio(codec) for codec in self._codecs]


class _Video:
    def __init__(self, settings: EncoderSettings) -> None:
        self._context = _open_x264(settings)
        self._frame = av.VideoFrame(settings.width, settings.height, "yuv420p")
        self._planes = _planes(self._frame)
        for plane, level in zip(self._planes, (16, 128, 128), strict=True):
            plane[:] = level
        self.last_keyframe = -KEYFRAME_GAP

    def encode(self, tick: int, picture: Picture | None, keyframe: bool) -> list[Packet]:
        if picture is not None:
            _fill(self._planes, picture.i420)
        self._frame.pts = tick * TICK_PTS
        self._frame.time_base = Fraction(1, VIDEO_CLOCK)
        self._frame.pict_type = PictureType.I if keyframe else PictureType.NONE
        if keyframe:
            self.last_keyframe = tick
        return list(self._packets(self._context.encode(self._frame)))

    def flush(self) -> list[Packet]:
        return list(self._packets(self._context.encode(None)))

    def _packets(self, encoded: list[av.Packet[Any]]) -> Iterator[Packet]:
        for packet in encoded:
            pts = packet.pts or 0
            tick = pts // TICK_PTS
            if packet.is_keyframe:
                self.last_keyframe = max(self.last_keyframe, tick)
            yield Packet("video", "h264", bytes(packet), pts, TICK_PTS, packet.is_keyframe, tick)


class _Audio:
    """One audio codec behind a buffer that cuts ticks into the codec's frames."""

    def __init__(self, codec: AudioCodec) -> None:
        self.codec: AudioCodec = codec
        self._context = _open_opus() if codec == "opus" else _open_aac()
        self.extradata = self._context.extradata or b""
        self._size = self._context.frame_size
        self._rest: Pcm = np.zeros(0, dtype=np.int16)
        self._next = 0
        # Opus gives a packet for each frame at once. Its own count of pts splits a jump in two, so ours is used.
        self._pre_skip = int.from_bytes(self.extradata[10:12], "little") if codec == "opus" else None

    def encode(self, position: int, pcm: Pcm) -> list[Packet]:
        packets: list[Packet] = []
        if position != self._next + len(self._rest):
            packets += self._complete()
            self._next = position
        sound = np.concatenate([self._rest, pcm]) if len(self._rest) else pcm
        whole = len(sound) // self._size * self._size
        for first in range(0, whole, self._size):
            packets += self._frame(sound[first : first + self._size])
        self._rest = sound[whole:]
        return packets

    def flush(self) -> list[Packet]:
        return self._complete() + list(self._packets(self._context.encode(None)))

    def _complete(self) -> list[Packet]:
        """Fill the frame begun with silence: after it the positions jump, or the sound ends."""
        if not len(self._rest):
            return []
        padded = np.concatenate([self._rest, np.zeros(self._size - len(self._rest), dtype=np.int16)])
        self._rest = self._rest[:0]
        return self._frame(padded)

    def _frame(self, sound: Pcm) -> list[Packet]:
        frame = av.AudioFrame(self._context.format.name, "mono", self._size)
        samples = sound.astype(np.float32) / 32768.0 if self.codec == "aac" else sound
        frame.planes[0].update(np.ascontiguousarray(samples).tobytes())
        frame.sample_rate = SAMPLE_RATE
        frame.time_base = Fraction(1, SAMPLE_RATE)
        frame.pts = self._next
        packets = list(self._packets(self._context.encode(frame)))
        self._next += self._size
        return packets

    def _packets(self, encoded: list[av.Packet[Any]]) -> Iterator[Packet]:
        for packet in encoded:
            pts = (packet.pts or 0) if self._pre_skip is None else self._next - self._pre_skip
            tick = max(0, pts) // TICK_SAMPLES
            yield Packet("audio", self.codec, bytes(packet), pts, self._size, True, tick)


def _x264_options(settings: EncoderSettings) -> dict[str, str]:
    keyint = max(1, round(settings.keyframe_every * FPS))
    parameters = {"keyint": keyint, "scenecut": 0, "sliced-threads": 0, "bframes": 0, "ref": 1}
    if settings.quantiser is None:
        parameters |= {"vbv-maxrate": settings.bitrate, "vbv-bufsize": settings.bitrate * 2 // 5}
    else:
        parameters |= {"qp": settings.quantiser}
    return {
        "preset": settings.preset,
        "tune": "zerolatency",
        "forced-idr": "1",
        "x264-params": ":".join(f"{name}={value}" for name, value in parameters.items()),
    }


def _open_x264(settings: EncoderSettings, *, header_apart: bool = False) -> VideoCodecContext:
    context = av.CodecContext.create("libx264", "w")
    context.width, context.height, context.pix_fmt = settings.width, settings.height, "yuv420p"
    context.framerate = Fraction(FPS)
    context.time_base = Fraction(1, VIDEO_CLOCK)
    if settings.quantiser is None:
        context.bit_rate = settings.bitrate * 1000
    context.color_primaries = context.color_trc = context.colorspace = _BT709
    context.color_range = _LIMITED
    context.profile = "Baseline"
    context.thread_count = 1
    context.options = _x264_options(settings)
    if header_apart:
        context.flags |= Flags.global_header
    context.open()
    return context


def _parameter_sets(settings: EncoderSettings) -> bytes:
    """SPS and PPS, from a context opened for nothing else: the one in use writes them in band."""
    return _open_x264(settings, header_apart=True).extradata or b""


def _open_opus() -> AudioCodecContext:
    context = av.CodecContext.create("libopus", "w")
    context.sample_rate, context.layout, context.format = SAMPLE_RATE, "mono", "s16"
    context.time_base = Fraction(1, SAMPLE_RATE)
    context.bit_rate = 64_000
    # 20 ms frames: a longer one would put several payloads under one RTP timestamp.
    context.options = {"application": "audio", "frame_duration": "20", "fec": "1", "packet_loss": "5"}
    context.open()
    return context


def _open_aac() -> AudioCodecContext:
    context = av.CodecContext.create("aac", "w")
    context.sample_rate, context.layout, context.format = SAMPLE_RATE, "mono", "fltp"
    context.time_base = Fraction(1, SAMPLE_RATE)
    context.bit_rate = 96_000
    # The default coder searches for what a listener would miss, at four times the work. At this rate a voice leaves
    # nothing to miss: it comes back 40 dB over the error, 28 with the search.
    context.options = {"aac_coder": "fast", "aac_tns": "0", "aac_pns": "0"}
    context.open()
    return context


def _planes(frame: av.VideoFrame) -> tuple[NDArray[np.uint8], ...]:
    """Writable views of the frame's planes, without the padding at the end of each row."""
    return tuple(
        np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)[: plane.height, : plane.width]
        for plane in frame.planes
    )


def _fill(planes: tuple[NDArray[np.uint8], ...], i420: NDArray[np.uint8]) -> None:
    height, width = planes[0].shape
    if i420.shape != (height * 3 // 2, width):
        raise ValueError(f"picture is {i420.shape}, the encoder expects {(height * 3 // 2, width)}")
    chroma = i420[height:].reshape(2, height // 2, width // 2)
    planes[0][:] = i420[:height]
    planes[1][:] = chroma[0]
    planes[2][:] = chroma[1]
