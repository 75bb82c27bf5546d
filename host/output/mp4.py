"""One MP4 file of the room's packets, with the label that says its content is synthetic."""

from __future__ import annotations

import contextlib
import io
import json
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

import av

from host.core.media import Packet, StreamInfo

VIDEO_CLOCK = 90_000
FRAGMENTED = "frag_keyframe+empty_moov+default_base_moof"
INDEXED = "faststart"


@dataclass(frozen=True)
class Aigc:
    """The implicit label of GB 45438-2025, annex E: who made it, and an id of what was made. ``Label`` 1: synthetic."""

    producer: str
    produce_id: str

    def to_json(self) -> str:
        """As it stands in the file's metadata."""
        return json.dumps(
            {
                "Label": "1",
                "ContentProducer": self.producer,
                "ProduceID": self.produce_id,
                "ReservedCode1": "",
                "ContentPropagator": "",
                "PropagateID": "",
                "ReservedCode2": "",
            },
            ensure_ascii=False,
        )


class Mp4File:
    """Takes packets from ``first``, a keyframe, on. Times in the file count from that picture.

    Raises OSError and `av.error.FFmpegError` where the disk does.
    """

    def __init__(
        self,
        path: Path,
        streams: StreamInfo,
        audio: Literal["opus", "aac"],
        first: Packet,
        label: Aigc,
        *,
        fragmented: bool = True,
    ) -> None:
        self.path = path
        self.first_tick = first.tick
        self._fragmented = fragmented
        self._origin = Fraction(first.pts, VIDEO_CLOCK)
        flags = FRAGMENTED if fragmented else INDEXED
        self._container: Any = av.open(
            str(path), "w", format="mp4", options={"movflags": f"{flags}+use_metadata_tags", "flush_packets": "1"}
        )
        self._container.metadata["AIGC"] = label.to_json()
        self._container.metadata["comment"] = "AI-generated content"
        video = _add_video(self._container, first)
        sound = _add_audio(self._container, audio, streams)
        self._streams = {"video": video, "audio": sound}
        self._bases = {"video": Fraction(1, VIDEO_CLOCK), "audio": Fraction(1, streams.sample_rate)}

    def write(self, packet: Packet) -> None:
        """Mux a packet. Sound that begins before the first picture, 21 ms at most, is left out: the muxer would mend
        its negative time by moving the first picture alone."""
        base = self._bases[packet.kind]
        pts = packet.pts - int(self._origin / base)
        if pts < 0:
            return
        made: av.Packet[Any] = av.Packet(packet.data)
        made.stream = self._streams[packet.kind]
        made.time_base = base
        made.pts = made.dts = pts
        made.duration = packet.duration
        made.is_keyframe = packet.keyframe
        self._container.mux_one(made)

    def close(self) -> None:
        """Write what is held back and the end of the file."""
        self._container.close()

    def abandon(self) -> None:
        """Let go of the file after an error, and of the fragment that did not get onto the disk whole."""
        with contextlib.suppress(Exception):
            self._container.close()
        with contextlib.suppress(OSError):
            if self._fragmented and not trim(self.path):
                self.path.unlink()


def trim(path: Path) -> int:
    """Cut a fragmented file off after its last whole fragment, so that a decoder meets no broken picture.

    Returns the bytes that remain, 0 and the file as it was where there is no whole fragment. Walks the boxes at the
    top level (ISO/IEC 14496-12, 4.2): a fragment is a ``moof`` and its ``mdat``.
    """
    size = path.stat().st_size
    at = whole = 0
    with path.open("r+b") as file:
        while at + 8 <= size:
            file.seek(at)
            header = file.read(8)
            length = int.from_bytes(header[:4], "big")
            if length < 8 or at + length > size:
                break
            at += length
            if header[4:] == b"mdat":
                whole = at
        if whole:
            file.truncate(whole)
    return whole


def _add_video(container: Any, keyframe: Packet) -> Any:
    """A stream for pictures like ``keyframe``, whose parameter sets stand in band at its beginning."""
    with av.open(io.BytesIO(keyframe.data), format="h264") as sample:
        stream = container.add_stream_from_template(sample.streams.video[0], opaque=True)
    stream.time_base = Fraction(1, VIDEO_CLOCK)
    return stream


def _add_audio(container: Any, audio: Literal["opus", "aac"], streams: StreamInfo) -> Any:
    """A stream for sound. The context is opened for its parameters alone; nothing is encoded with it."""
    stream = container.add_stream("libopus" if audio == "opus" else "aac", rate=streams.sample_rate, layout="mono")
    stream.time_base = Fraction(1, streams.sample_rate)
    stream.codec_context.time_base = stream.time_base
    stream.codec_context.open()
    if audio in streams.extradata:
        stream.codec_context.extradata = streams.extradata[audio]
    return stream
