"""How a viewer is reached: the ICE and DTLS facts of an offer's sections (RFC 8839, RFC 8842, RFC 8122, RFC 9143)."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from host.output.formats import Unserved
from host.output.sdp import HIGHEST_PORT, Media, Section, decimal

MAX_CANDIDATES = 8
"""Candidates of the viewer's that are tried; the others are learned from its own checks (RFC 8445, 7.3.1.3)."""
DIGESTS = {"sha-256": 32, "sha-384": 48, "sha-512": 64}
"""Hash functions of certificates, and the bytes of their digests."""
ROLES = {"active": "active", "passive": "passive", "actpass": "active", "": "active"}
"""What a viewer is in DTLS by the ``a=setup`` of its offer, none of which means active (RFC 4145, 4).

It is the client wherever it may be, though RFC 8842 recommends the other way round to save half a round trip: of a
server the library takes ECDSA certificates only, and GStreamer has one of RSA.
"""
_CREDENTIAL = re.compile(r"[!-~]{1,256}", re.ASCII)
_DIGEST = re.compile(r"[0-9a-f]{2}(?::[0-9a-f]{2}){31,63}", re.IGNORECASE | re.ASCII)
_FOUNDATION = re.compile(r"[!-~]{1,32}", re.ASCII)
_NONE = ("", "")
_TYPES = ("host", "srflx", "prflx", "relay")
_HIGHEST_PRIORITY = 2**32 - 1


@dataclass(frozen=True, slots=True)
class Transport:
    """What it takes to reach a viewer. ``role`` is its part in DTLS, ``active`` or ``passive``; ``candidates`` are
    values of ``a=candidate``, for UDP and with addresses."""

    ufrag: str
    password: str
    fingerprints: tuple[str, ...]
    role: str
    candidates: tuple[str, ...]

    @property
    def addresses(self) -> frozenset[str]:
        """Where the candidates are."""
        return frozenset(candidate.split()[4] for candidate in self.candidates)


def transport_of(media: Media, session: Section, bundle: Sequence[Media]) -> Transport:
    """The transport of a section: its own, or what the sections of its ``bundle`` say. Raises `Unserved`.

    A section that is ``bundle-only`` may leave all of it to the one that carries the bundle (RFC 9143, 7.1.3), and
    what holds for all sections may stand before the first.
    """
    places = [media, session, *bundle]
    # What is bundled shares one port with its reports, whether it says so or not (RFC 9143, 9.3).
    if not bundle and not any(media.has(name) for name in ("rtcp-mux", "rtcp-mux-only")):
        raise Unserved("needs a=rtcp-mux: the room has one port for RTP and RTCP")
    credentials = next((found for found in map(_credentials, places) if found != _NONE), _NONE)
    if credentials == _NONE:
        raise Unserved("needs a=ice-ufrag and a=ice-pwd")
    fingerprints = next(filter(None, map(_fingerprints, places)), None)
    if fingerprints is None:
        raise Unserved(f"needs a=fingerprint with a digest of {', '.join(DIGESTS)}: media is always encrypted")
    setup = next(filter(None, (place.value("setup").lower() for place in places)), "")
    if setup not in ROLES:
        raise Unserved(f"has a=setup:{setup[:20]} and needs a=setup:actpass")
    beside = [place for place in places if _credentials(place) in (credentials, _NONE)]
    return Transport(*credentials, fingerprints, ROLES[setup], _candidates(beside))


def _credentials(place: Section) -> tuple[str, str]:
    ufrag, password = place.value("ice-ufrag"), place.value("ice-pwd")
    usable = _CREDENTIAL.fullmatch(ufrag) and _CREDENTIAL.fullmatch(password)
    return (ufrag, password) if usable else _NONE


def _fingerprints(place: Section) -> tuple[str, ...]:
    """Those that can be checked (RFC 8122, 5), as the library writes its own."""
    found = []
    for value in place.values("fingerprint"):
        algorithm, _, digest = value.lower().partition(" ")
        digest = digest.strip()
        if _DIGEST.fullmatch(digest) and len(digest) == 3 * DIGESTS.get(algorithm, 0) - 1:
            found.append(f"{algorithm} {digest.upper()}")
    return tuple(dict.fromkeys(found))


def _candidates(places: Iterable[Section]) -> tuple[str, ...]:
    written = (value for place in places for value in place.values("candidate"))
    return tuple(value for value, _ in zip(dict.fromkeys(_usable(written)), range(MAX_CANDIDATES), strict=False))


def _usable(written: Iterable[str]) -> Iterator[str]:
    """Candidates that can be tried at once (RFC 8839, 5.1): not those over TCP, of the second component, or whose
    ``.local`` name would take a second to look up."""
    for value in written:
        foundation, component, protocol, priority, address, port, typ, kind, *_ = [*value.split(), *[""] * 8]
        rank, at = decimal(priority, _HIGHEST_PRIORITY), decimal(port, HIGHEST_PORT)
        named = (component, protocol.lower(), typ) == ("1", "udp", "typ") and kind in _TYPES
        if named and rank is not None and at and _FOUNDATION.fullmatch(foundation) and (host := _address(address)):
            yield f"{foundation} 1 udp {rank} {host} {at} typ {kind}"


def _address(text: str) -> str:
    """An address of one machine in its usual form; empty for anything else."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return ""
    return "" if address.is_unspecified or address.is_multicast or "%" in text else str(address)
