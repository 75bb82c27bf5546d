"""Offers of strangers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from host.core.control import BadOffer
from host.output.offers import MAX_CANDIDATES, MAX_SDP, media_kinds, prepare_offer

SESSION = "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n"
OFFER = SESSION + "m=video 9 UDP/TLS/RTP/SAVPF 96\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n"


def candidate(address: str, transport: str = "udp", port: int = 5000) -> str:
    return f"a=candidate:1 1 {transport} 2113937151 {address} {port} typ host generation 0\r\n"


def test_candidates_that_only_cost_time_are_left_out() -> None:
    offer = OFFER + candidate("243878f9-b1c5.local") + candidate("192.0.2.7") + candidate("192.0.2.7", "tcp", 9)
    prepared = prepare_offer(offer + "a=candidate:broken\r\na=end-of-candidates\r\n")
    assert [line for line in prepared.splitlines() if "candidate" in line] == [candidate("192.0.2.7").strip()]
    assert prepared.startswith("v=0\r\n")


def test_no_more_candidates_than_the_limit() -> None:
    offer = OFFER + "".join(candidate("192.0.2.7", port=1000 + number) for number in range(100))
    assert prepare_offer(offer).count("a=candidate") == MAX_CANDIDATES


@pytest.mark.parametrize(
    ("offer", "reason"),
    [
        ("", "begins with v=0"),
        ("hello", "begins with v=0"),
        ("v=0\r\ns=-\r\n", "neither"),
        (OFFER + "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n", "more than one m=audio"),
        (OFFER + "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n", "m=application"),
        ("v=0" + "x" * MAX_SDP, "longer than 64 KiB"),
        ("v=0\r\n" + "汉" * (MAX_SDP // 2), "longer than 64 KiB"),
    ],
)
def test_what_is_no_offer_of_a_viewers_is_refused_with_the_reason(offer: str, reason: str) -> None:
    with pytest.raises(BadOffer, match=reason):
        prepare_offer(offer)


@given(st.text(max_size=300), st.booleans())
def test_any_text_is_an_offer_or_a_bad_offer(text: str, begun: bool) -> None:
    try:
        prepared = prepare_offer(OFFER + text if begun else text)
    except BadOffer:
        return
    assert "local" not in "".join(line for line in prepared.splitlines() if line.startswith("a=candidate"))


def test_media_kinds_are_in_the_order_of_the_offer() -> None:
    assert media_kinds(OFFER) == ["video", "audio"]
