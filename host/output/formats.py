"""What a media section of an offer can play, and which of it the room sends (RFC 3264, 6.1).

The room encodes once, for everybody: Opus, and H.264 constrained baseline in packets of packetization mode 1. Whoever
plays one of them gets it under the payload type it was offered with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from host.output.sdp import Media, decimal

HIGHEST_PAYLOAD = 127
RTCP_PAYLOADS = range(64, 96)
"""Payload types that could not be told from RTCP on the port both share (RFC 5761, 4)."""
FEEDBACK = ("nack", "nack pli", "ccm fir", "goog-remb")
"""What a viewer may report by RTCP, and is heard."""
DEFAULT_PROFILE = "42e01f"
"""Constrained baseline, level 3.1: what WebRTC takes an H.264 format without a ``profile-level-id`` for."""
_BASELINE = "42"
_CONSTRAINED = 0x4
"""``constraint_set1_flag`` in the third digit of a ``profile-level-id``: of baseline, only what main has too."""
_PROFILE = re.compile(r"[0-9a-f]{6}", re.IGNORECASE | re.ASCII)
_HIGHEST_CLOCK = 999_999
_NAMED = 8
"""Encodings that a message names."""


class Unserved(Exception):
    """Nothing is sent in a section; the message goes on where "the section" has been said."""


@dataclass(frozen=True, slots=True)
class Format:
    """One payload type. ``encoding`` and the names of ``parameters`` are in lower case."""

    payload: int
    encoding: str
    clock: int
    channels: str = ""
    parameters: dict[str, str] = field(default_factory=dict)
    feedback: tuple[str, ...] = ()

    def parameter(self, name: str) -> str:
        """Empty where it is not named."""
        return self.parameters.get(name, "")


def chosen_formats(media: Media) -> tuple[Format, ...]:
    """The format that is sent, and behind it that of its retransmissions, if any. Raises `Unserved`."""
    offered = _offered(media)
    if media.kind == "audio":
        return (_sound(offered),)
    picture = _picture(offered)
    apt = str(picture.payload)
    for each in offered:
        if (each.encoding, each.clock, each.parameter("apt")) == ("rtx", picture.clock, apt):
            return picture, Format(each.payload, "rtx", each.clock, parameters={"apt": apt})
    return (picture,)


def _sound(offered: list[Format]) -> Format:
    for each in offered:
        if (each.encoding, each.clock) == ("opus", 48_000) and each.channels in ("2", ""):
            return replace(each, channels="2", parameters={})
    raise Unserved(f"needs opus/48000/2 and has {_names(offered)}")


def _picture(offered: list[Format]) -> Format:
    h264 = [each for each in offered if (each.encoding, each.clock) == ("h264", 90_000)]
    if not h264:
        raise Unserved(f"needs H264/90000 and has {_names(offered)}")
    # RFC 6184 reads an absent mode as 0, yet depacketizers that name none take the packets of mode 1 as well.
    playable = [each for each in h264 if each.parameter("packetization-mode") in ("", "1")]
    if not playable:
        raise Unserved("needs packetization-mode=1 in the a=fmtp line of its H264; the room sends no other mode")
    best = min(playable, key=_plainness)
    profile = best.parameter("profile-level-id")
    parameters = {
        "level-asymmetry-allowed": "1",
        "packetization-mode": "1",
        "profile-level-id": profile if _PROFILE.fullmatch(profile) else DEFAULT_PROFILE,
    }
    return replace(best, parameters=parameters)


def _plainness(h264: Format) -> tuple[bool, int]:
    """Orders H.264: a named mode first, then by how near the profile is to constrained baseline, which all can play."""
    unnamed = h264.parameter("packetization-mode") == ""
    profile = h264.parameter("profile-level-id")
    if not _PROFILE.fullmatch(profile):
        return unnamed, 2
    if not profile.startswith(_BASELINE):
        return unnamed, 3
    return unnamed, 0 if int(profile[2], 16) & _CONSTRAINED else 1


def _offered(media: Media) -> list[Format]:
    """The formats of a section, by preference (RFC 8866, 6.6 and 6.15). Those that cannot be read are passed by."""
    maps = _by_payload(media.values("rtpmap"))
    parameters = _by_payload(media.values("fmtp"))
    reports = _by_payload(media.values("rtcp-fb"))
    of_all = _reports(reports.get("*", []))
    found = []
    for written in dict.fromkeys(media.formats):
        encoding, clock, channels, *_ = [*maps.get(written, [""])[0].split("/"), "", ""]
        payload, rate = decimal(written, HIGHEST_PAYLOAD), decimal(clock.strip(), _HIGHEST_CLOCK)
        if payload is None or payload in RTCP_PAYLOADS or rate is None:
            continue
        heard = of_all | _reports(reports.get(written, []))
        feedback = tuple(each for each in FEEDBACK if each in heard)
        named = dict(_pairs(parameters.get(written, [])))
        found.append(Format(payload, encoding.strip().lower(), rate, channels.strip(), named, feedback))
    return found


def _by_payload(values: Iterable[str]) -> dict[str, list[str]]:
    """Attribute values by the payload type they begin with; those that say nothing of it are left out."""
    found: dict[str, list[str]] = {}
    for payload, *rest in filter(None, (value.split(maxsplit=1) for value in values)):
        if rest:
            found.setdefault(payload, []).extend(rest)
    return found


def _reports(values: Iterable[str]) -> set[str]:
    return {" ".join(value.lower().split()) for value in values}


def _pairs(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The parameters of ``a=fmtp`` lines, which stand with blanks about their semicolons or without."""
    for line in lines:
        for part in line.split(";"):
            name, _, value = part.partition("=")
            if name.strip():
                yield name.strip().lower(), value.strip()


def _names(offered: Iterable[Format]) -> str:
    names = list(dict.fromkeys(each.encoding.upper()[:20] for each in offered))
    return ", ".join(names[:_NAMED]) or "no format that can be read"
