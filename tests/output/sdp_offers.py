"""Offers for tests: as browsers and players made them, and made of sections as one likes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

CAPTURED = {path.stem: path.read_bytes().decode() for path in sorted(Path(__file__).with_name("offers").glob("*.sdp"))}
"""What Chromium 156, Firefox 153 (before it had its H.264 plug-in) and GStreamer 1.22 really offered."""

SESSION = ("v=0", "o=- 1 1 IN IP4 0.0.0.0", "s=-", "t=0 0")
TRANSPORT = (
    "a=ice-ufrag:abcd",
    "a=ice-pwd:0123456789abcdefghijkl",
    "a=fingerprint:sha-256 " + ":".join(["AB"] * 32),
    "a=setup:actpass",
    "a=rtcp-mux",
)
H264 = ("a=rtpmap:102 H264/90000", "a=fmtp:102 packetization-mode=1;profile-level-id=42e01f")
OPUS = ("a=rtpmap:111 opus/48000/2",)
DATA = ("m=application 9 UDP/DTLS/SCTP webrtc-datachannel", "a=sctp-port:5000")


@dataclass(frozen=True)
class Part:
    """A media section: its ``m=`` line first."""

    lines: tuple[str, ...]

    def without(self, *beginnings: str) -> Part:
        """Without the lines that begin so."""
        return Part(tuple(line for line in self.lines if not line.startswith(beginnings)))

    def plus(self, *lines: str) -> Part:
        return Part((*self.lines, *lines))

    def put(self, old: str, new: str) -> Part:
        """With other words in place of ``old``, which stands there."""
        assert any(old in line for line in self.lines), old
        return Part(tuple(line.replace(old, new) for line in self.lines))

    @property
    def mid(self) -> str:
        return next((line[6:] for line in self.lines if line.startswith("a=mid:")), "")


def video(mid: str = "v", *formats: str) -> Part:
    return Part(
        ("m=video 9 UDP/TLS/RTP/SAVPF 102", f"a=mid:{mid}", "a=recvonly", *TRANSPORT, *(formats or H264)),
    )


def audio(mid: str = "a", *formats: str) -> Part:
    return Part(("m=audio 9 UDP/TLS/RTP/SAVPF 111", f"a=mid:{mid}", "a=recvonly", *TRANSPORT, *(formats or OPUS)))


def data(mid: str = "d") -> Part:
    return Part((DATA[0], f"a=mid:{mid}", *TRANSPORT[:-1], *DATA[1:]))


def offer(*parts: Part, bundle: Iterable[str] | None = None, session: Iterable[str] = (), end: str = "\r\n") -> str:
    """The parts under a head; ``bundle``: mids of the group, by default all there are."""
    mids = [part.mid for part in parts if part.mid] if bundle is None else list(bundle)
    group = [f"a=group:BUNDLE {' '.join(mids)}"] if mids else []
    lines = [*SESSION, *session, *group, *(line for part in parts for line in part.lines)]
    return end.join(lines) + end
