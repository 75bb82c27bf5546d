"""The two descriptions that stand between the library and a viewer: the offer it reads, the answer the viewer gets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from host.output.offers import Offer, Served
from host.output.sdp import Media, decimal, read_description

EXTENSIONS = {
    "audio": ("urn:ietf:params:rtp-hdrext:sdes:mid",),
    "video": (
        "urn:ietf:params:rtp-hdrext:sdes:mid",
        "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time",
    ),
}
"""RTP header extensions that packets carry where the viewer knows them (RFC 8285)."""
_HIGHEST_EXTENSION = 14
"""Identifiers that fit into the one-byte header every viewer reads."""
_LONGEST_MID = 16
_TRANSPORT = ("a=ice-ufrag:", "a=ice-pwd:", "a=fingerprint:", "a=setup:")
_STAND_INS = {
    "audio": ("96", "a=rtpmap:96 opus/48000/2"),
    "video": ("97", "a=rtpmap:97 H264/90000", "a=fmtp:97 packetization-mode=1;profile-level-id=42e01f"),
}
"""Formats the library knows of itself; `send_as` puts those of the viewer in their place."""


def offer_for_library(offer: Offer) -> str:
    """The sections that are served and nothing else, in the words the library reads."""
    lines = ["v=0", "o=- 0 0 IN IP4 0.0.0.0", "s=-", "t=0 0"]
    if offer.description.session.has("ice-lite"):
        lines.append("a=ice-lite")
    for served in offer.served:
        lines.extend(_section_for_library(offer, served))
    return _text(lines)


def answer_for_viewer(offer: Offer, answer: str) -> str:
    """The library's answer with every section of the offer in its place (RFC 3264, 6; RFC 9143, 7.3).

    Sections that are not served have port 0, are in no group and say what they lack, for whoever looks into it; the
    others are in the groups they were offered in.
    """
    ours = read_description(answer)
    written = dict(zip((served.index for served in offer.served), ours.media, strict=True))
    lines = [line for line in ours.session.lines if not line.startswith("a=group:")]
    lines.extend(_groups(offer))
    for index, media in enumerate(offer.description.media):
        if index in written:
            lines.extend(_accepted(media, written[index]))
        else:
            lines.extend(_rejected(media, offer.lacks[index], ours.media[0]))
    return _text(lines)


def _section_for_library(offer: Offer, served: Served) -> Iterator[str]:
    kind, mid, transport = served.media.kind, served.mid, offer.transport(served)
    payload, *formats = _STAND_INS[kind]
    yield f"m={kind} 9 UDP/TLS/RTP/SAVPF {payload}"
    yield "c=IN IP4 0.0.0.0"
    yield f"a=mid:{mid}"
    yield "a=recvonly"
    yield "a=rtcp-mux"
    yield f"a=ice-ufrag:{transport.ufrag}"
    yield f"a=ice-pwd:{transport.password}"
    yield from (f"a=fingerprint:{fingerprint}" for fingerprint in transport.fingerprints)
    yield f"a=setup:{transport.role}"
    yield from (f"a=candidate:{candidate}" for candidate in transport.candidates)
    yield from (f"a=extmap:{identifier} {uri}" for identifier, uri in _extensions(offer, served))
    yield from formats


def _extensions(offer: Offer, served: Served) -> Iterator[tuple[int, str]]:
    """The header extensions both sides know, each once, behind the identifier the viewer gave it."""
    wanted = dict.fromkeys(EXTENSIONS[served.media.kind])
    if served.mid != served.media.value("mid") or len(served.mid) > _LONGEST_MID:
        wanted.pop(EXTENSIONS["audio"][0])
    taken: set[int] = set()
    for place in (served.media, offer.description.session):
        for value in place.values("extmap"):
            # "1/recvonly urn:… attributes"; the direction is the viewer's.
            name, uri, *_ = [*value.split(), "", ""]
            written, _, direction = name.partition("/")
            identifier = decimal(written, _HIGHEST_EXTENSION)
            if identifier and identifier not in taken and uri in wanted and direction not in ("sendonly", "inactive"):
                taken.add(identifier)
                del wanted[uri]
                yield identifier, uri


def _groups(offer: Offer) -> Iterator[str]:
    by_index = {served.index: served for served in offer.served}
    for bundle in offer.bundles:
        kept = sorted((by_index[index] for index in bundle if index in by_index), key=offer.precedence)
        if kept:
            yield f"a=group:BUNDLE {' '.join(served.media.value('mid') for served in kept)}"


def _accepted(offered: Media, ours: Media) -> Iterator[str]:
    """The library's section under the names the viewer gave it."""
    yield f"m={ours.kind} {ours.port} {offered.protocol} {' '.join(ours.formats)}"
    yield from (line for line in ours.lines[1:] if not line.startswith("a=mid:"))
    yield from _name(offered)


def _rejected(offered: Media, lack: str, ours: Media) -> Iterator[str]:
    """A section without a port. GStreamer and aiortc take no answer that has a section without a transport."""
    yield f"m={offered.kind} 0 {offered.protocol} {' '.join(offered.formats)}"
    yield "c=IN IP4 0.0.0.0"
    yield from _name(offered)
    yield "a=inactive"
    yield f"a=x-reason:{lack}"
    yield from (line for line in ours.lines if line.startswith(_TRANSPORT))


def _name(offered: Media) -> Iterator[str]:
    yield from (f"a=mid:{mid}" for mid in offered.values("mid")[:1] if mid)


def _text(lines: Iterable[str]) -> str:
    return "\r\n".join(lines) + "\r\n"
