"""Offers of strangers: which of their media sections the room sends in, and what the other ones lack.

Each section is judged by itself (RFC 3264, 6): one picture and one sound are served, the rest is answered with port 0.
The library reads an offer with ``assert`` and with lookups that fail; it is never shown a stranger's, but one written
here of what was understood.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from host.core.control import BadOffer
from host.output.formats import Format, Unserved, chosen_formats
from host.output.sdp import Description, Media, read_description
from host.output.transports import Transport, transport_of

MAX_SDP = 64 * 1024
"""Bytes of an offer that are looked at."""
KINDS = ("audio", "video")
DIRECTIONS = ("sendrecv", "recvonly", "sendonly", "inactive")
_RTP = re.compile(r"(?:(?:UDP|TCP)/D?TLS/)?RTP/S?AVPF?", re.IGNORECASE | re.ASCII)
"""The protocols of an ``m=`` line that all mean the same to WebRTC (RFC 8829, 5.1.2)."""
_TOLD = 8
"""Sections that a refusal speaks of."""
Bundles = tuple[tuple[int, ...], ...]
"""The sections of each ``BUNDLE`` group by their index, in the order of the group."""


@dataclass(frozen=True, slots=True)
class Served:
    """A section of an offer that the room sends in. ``index`` is its place among the sections."""

    index: int
    media: Media
    formats: tuple[Format, ...]
    transport: Transport

    @property
    def mid(self) -> str:
        """The section's name; where it has none that fits into a line, one that no other can have, for its blank."""
        mid = self.media.value("mid")
        return mid if mid and mid.isprintable() else f" {self.index}"


@dataclass(frozen=True, slots=True)
class Offer:
    """An offer that at least one section can be served of, in the order of the offer."""

    description: Description
    served: tuple[Served, ...]
    bundles: Bundles
    lacks: Mapping[int, str]
    """Why the other sections are not served, by their index."""

    @property
    def origin(self) -> str:
        """The ``o=`` line, in which browsers name themselves."""
        return next((line for line in self.description.session.lines if line.startswith("o=")), "")

    @property
    def addresses(self) -> frozenset[str]:
        """Where the viewer says it is."""
        return frozenset().union(*(served.transport.addresses for served in self.served))

    @property
    def bundled(self) -> bool:
        """Whether all that is served shares one transport."""
        indexes = {each.index for each in self.served}
        return len(indexes) == 1 or any(indexes <= set(bundle) for bundle in self.bundles)

    def transport(self, served: Served) -> Transport:
        """How the viewer is reached for a section: in a bundle as the section that carries it says."""
        if not self.bundled:
            return served.transport
        return min(self.served, key=self.precedence).transport

    def precedence(self, served: Served) -> tuple[bool, int]:
        """Orders the sections of a bundle: the first carries it, and has a port of its own (RFC 9143, 7.3.1)."""
        place = next((bundle.index(served.index) for bundle in self.bundles if served.index in bundle), 0)
        return served.media.port == 0, place


def read_offer(text: str) -> Offer:
    """Raises `BadOffer` with a sentence for the viewer's developer."""
    if len(text) > MAX_SDP or len(text.encode("utf-8", "replace")) > MAX_SDP:
        raise BadOffer(f"the offer is longer than {MAX_SDP // 1024} KiB")
    description = read_description(text)
    bundles = _bundles(description)
    served: dict[str, Served] = {}
    lacks: dict[int, str] = {}
    mids: set[str] = set()
    for index, media in enumerate(description.media):
        try:
            mid = media.value("mid")
            if mid in mids:
                raise Unserved(f"has a=mid:{mid[:20]}, which is an earlier section's")
            mids |= {mid} - {""}
            if media.kind in served:
                raise Unserved("comes second: the room has one picture and one sound")
            served[media.kind] = _serve(index, description, bundles)
        except Unserved as lack:
            lacks[index] = str(lack)
    if not served:
        raise BadOffer(_nothing_served(description, lacks))
    return Offer(description, tuple(served.values()), bundles, lacks)


def _serve(index: int, description: Description, bundles: Bundles) -> Served:
    """Raises `Unserved`."""
    media = description.media[index]
    bundle = next((bundle for bundle in bundles if index in bundle), ())
    if media.kind not in KINDS:
        raise Unserved("is not served: the room sends sound and picture")
    if media.port == 0 and not (bundle and media.has("bundle-only")):
        raise Unserved("is switched off by its port 0")
    if not _RTP.fullmatch(media.protocol):
        raise Unserved(f"speaks {media.protocol[:20]} and needs UDP/TLS/RTP/SAVPF")
    direction = _direction(media, description)
    if direction not in ("recvonly", "sendrecv"):
        raise Unserved(f"has a={direction} and needs a=recvonly")
    formats = chosen_formats(media)
    return Served(
        index, media, formats, transport_of(media, description.session, [description.media[each] for each in bundle])
    )


def _direction(media: Media, description: Description) -> str:
    """The section's, the session's, else ``sendrecv`` (RFC 8866, 6.7)."""
    places = (media, description.session)
    return next((name for place in places for name in DIRECTIONS if place.has(name)), DIRECTIONS[0])


def _bundles(description: Description) -> Bundles:
    """A section is in the first group that names it, and only where its name is its own (RFC 9143, 7.1)."""
    indexes: dict[str, int] = {}
    for index, media in enumerate(description.media):
        indexes.setdefault(media.value("mid"), index)
    groups = []
    for value in description.session.values("group"):
        semantics, *mids = value.split() or [""]
        if semantics.upper() == "BUNDLE":
            found = (indexes.pop(mid, None) for mid in mids)
            groups.append(tuple(index for index in found if index is not None))
    return tuple(groups)


def _nothing_served(description: Description, lacks: Mapping[int, str]) -> str:
    if not any(media.kind in KINDS for media in description.media):
        return "the offer has neither m=audio nor m=video"
    told = [f"m={media.kind[:20]} {lacks[index]}" for index, media in enumerate(description.media[:_TOLD])]
    return f"nothing of the offer can be served: {'; '.join(told)}"
