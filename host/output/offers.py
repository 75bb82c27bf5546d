"""Offers of strangers: bounded, checked and stripped before the WebRTC library reads them."""

from __future__ import annotations

import re

from host.core.control import BadOffer

MAX_SDP = 64 * 1024
"""Bytes of an offer that are looked at."""
MAX_CANDIDATES = 8
"""Candidates of the viewer's that are tried; the others are learned from its own checks (RFC 8445, 7.3.1.3)."""

_CANDIDATE = re.compile(r"a=candidate:\S+ \d+ (?P<transport>\S+) \d+ (?P<address>\S+) \d+ typ (?P<type>\S+)", re.ASCII)


def prepare_offer(sdp: str) -> str:
    """The offer as the library may have it. Raises `BadOffer` with a reason for the viewer's developer.

    Left out: candidates over TCP and of ``.local`` names (each would take a second to look up), those beyond
    `MAX_CANDIDATES`, and the end-of-candidates mark, since the viewer's checks may still bring better ones.
    """
    if len(sdp) > MAX_SDP or len(sdp.encode("utf-8", "replace")) > MAX_SDP:
        raise BadOffer(f"the offer is longer than {MAX_SDP // 1024} KiB")
    lines = sdp.splitlines()
    if not lines or lines[0].strip() != "v=0":
        raise BadOffer("an SDP offer begins with v=0")
    kinds = media_kinds(sdp)
    for kind in kinds:
        if kind not in ("audio", "video"):
            raise BadOffer(f"m={kind}: a viewer offers to receive audio and video, nothing else")
        if kinds.count(kind) > 1:
            raise BadOffer(f"more than one m={kind}")
    if not kinds:
        raise BadOffer("the offer has neither m=audio nor m=video")
    return "\r\n".join(_kept(lines)) + "\r\n"


def media_kinds(sdp: str) -> list[str]:
    """``audio`` and ``video`` in the order of the media descriptions, and whatever else stands there."""
    return [line[2:].split(" ", 1)[0] for line in sdp.splitlines() if line.startswith("m=")]


def _kept(lines: list[str]) -> list[str]:
    kept: list[str] = []
    candidates: set[str] = set()
    for line in lines:
        if line.startswith("a=end-of-candidates"):
            continue
        if line.startswith("a=candidate:"):
            found = _CANDIDATE.match(line)
            if found is None or found["transport"].lower() != "udp" or found["address"].endswith(".local"):
                continue
            if line not in candidates and len(candidates) >= MAX_CANDIDATES:
                continue
            candidates.add(line)
        kept.append(line)
    return kept
