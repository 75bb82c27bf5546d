"""How a viewer is reached: transports of single sections and of bundles, candidates."""

from __future__ import annotations

import pytest
from sdp_offers import Part, audio, data, offer, video

from host.output.offers import read_offer
from host.output.transports import MAX_CANDIDATES


@pytest.mark.parametrize(
    ("lines", "role"),
    [(["a=setup:passive"], "passive"), (["a=setup:active"], "active"), (["a=setup:actpass"], "active"), ([], "active")],
)
def test_the_viewer_is_the_active_one_unless_it_cannot_be(lines: list[str], role: str) -> None:
    [sound] = read_offer(offer(audio().without("a=setup").plus(*lines))).served
    assert sound.transport.role == role


def other_transport(part: Part, ufrag: str) -> Part:
    return part.put("abcd", ufrag)


@pytest.mark.parametrize(
    ("text", "bundled", "ufrags"),
    [
        (offer(other_transport(video(), "vvvv"), audio()), True, ["vvvv", "vvvv"]),
        (offer(other_transport(video(), "vvvv"), audio(), bundle=["a", "v"]), True, ["abcd", "abcd"]),
        (offer(other_transport(video(), "vvvv"), audio(), bundle=[]), False, ["vvvv", "abcd"]),
        (offer(other_transport(video(), "vvvv"), audio(), bundle=["v"]), False, ["vvvv", "abcd"]),
        (
            offer(other_transport(video(), "vvvv"), audio(), bundle=["v"], session=["a=group:BUNDLE a"]),
            False,
            ["vvvv", "abcd"],
        ),
        (
            offer(video().put("video 9", "video 0").plus("a=bundle-only"), other_transport(audio(), "aaaa")),
            True,
            ["aaaa", "aaaa"],
        ),
        (
            offer(other_transport(data(), "dddd"), video().without("a=ice"), audio().without("a=ice")),
            True,
            ["dddd"] * 2,
        ),
        (offer(audio()), True, ["abcd"]),
    ],
)
def test_a_bundle_has_one_transport_and_what_is_in_none_has_its_own(
    text: str, bundled: bool, ufrags: list[str]
) -> None:
    found = read_offer(text)
    assert found.bundled is bundled
    assert [found.transport(each).ufrag for each in found.served] == ufrags


def candidate(address: str, protocol: str = "udp", port: int = 5000, component: int = 1) -> str:
    return f"a=candidate:1 {component} {protocol} 2113937151 {address} {port} typ host generation 0"


def candidates(text: str) -> list[str]:
    return list(read_offer(text).served[0].transport.candidates)


def test_candidates_that_only_cost_time_are_left_out() -> None:
    lines = [
        candidate("243878f9-b1c5.local"),
        candidate("192.0.2.7", "UDP"),
        candidate("192.0.2.7"),
        candidate("2001:db8::7"),
        candidate("192.0.2.7", "tcp", 9),
        candidate("192.0.2.7", component=2),
        candidate("192.0.2.7", port=0),
        candidate("192.0.2.7", port=70_000),
        candidate("0.0.0.0"),
        candidate("224.0.0.1"),
        candidate("fe80::1%eth0"),
        "a=candidate:broken",
        "a=end-of-candidates",
    ]
    assert candidates(offer(video().plus(*lines))) == [
        "1 1 udp 2113937151 192.0.2.7 5000 typ host",
        "1 1 udp 2113937151 2001:db8::7 5000 typ host",
    ]


def test_no_more_candidates_than_the_limit() -> None:
    lines = [candidate("192.0.2.7", port=1000 + number) for number in range(100)]
    assert len(candidates(offer(video().plus(*lines)))) == MAX_CANDIDATES
