"""Offers of strangers: which of their sections are served, however they are written, and what the others lack."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sdp_offers import CAPTURED, SESSION, TRANSPORT, Part, audio, data, offer, video

from host.core.control import BadOffer
from host.output.offers import MAX_SDP, Offer, read_offer
from host.output.sdp import MAX_SECTIONS

A_SENTENCE = re.compile(r"(?!.*\b(?:Error|Exception|assert|index|None|object)\b)\S.{15,}\S", re.DOTALL)
"""What a hint looks like: words on the offer, none of a traceback."""


def served(text: str) -> list[tuple[int, str, list[int]]]:
    """Index, kind and payload types of what is served."""
    return [(each.index, each.media.kind, [form.payload for form in each.formats]) for each in read_offer(text).served]


@pytest.mark.parametrize(
    ("text", "sections"),
    [
        (offer(video(), audio()), [0, 1]),
        (offer(audio(), video()), [0, 1]),
        (offer(video()), [0]),
        (offer(audio()), [0]),
        (offer(video(), audio(), data()), [0, 1]),
        (offer(data(), video(), audio()), [1, 2]),
        (offer(video(), data(), audio()), [0, 2]),
        (offer(data("d"), data("e"), audio()), [2]),
        (offer(video("v"), video("w"), audio("a"), audio("b")), [0, 2]),
        (offer(video("v").put("H264", "VP8"), video("w"), audio()), [1, 2]),
        (offer(video("v").put("recvonly", "sendonly"), video("w"), audio()), [1, 2]),
        (offer(video().put("H264", "VP8"), audio()), [1]),
        (offer(video(), audio().put("opus", "PCMU")), [0]),
        (offer(video().put("recvonly", "sendonly"), audio()), [1]),
        (offer(video(), audio().put("recvonly", "inactive")), [0]),
        (offer(video().put("recvonly", "sendrecv"), audio()), [0, 1]),
        (offer(video().put("m=video 9", "m=video 0"), audio()), [1]),
        (offer(video().put("m=video", "m=text"), audio()), [1]),
        (offer(video().put("m=video 9 UDP/TLS/RTP/SAVPF", "m=image 9 udptl"), audio()), [1]),
        (offer(video().without("a=ice-pwd"), audio(), bundle=["a"]), [1]),
        (offer(video().without("a=fingerprint"), audio(), bundle=["a"]), [1]),
        (offer(video().put("actpass", "holdconn"), audio()), [1]),
        (offer(video("same"), audio("same")), [0]),
    ],
)
def test_each_section_is_judged_by_itself(text: str, sections: list[int]) -> None:
    assert [index for index, _, _ in served(text)] == sections


@pytest.mark.parametrize("protocol", ["UDP/TLS/RTP/SAVPF", "UDP/TLS/RTP/SAVP", "RTP/SAVPF", "TCP/DTLS/RTP/SAVPF"])
def test_protocols_that_mean_the_same(protocol: str) -> None:
    text = offer(video().put("UDP/TLS/RTP/SAVPF", protocol), audio())
    assert len(served(text)) == 2


@pytest.mark.parametrize("name", CAPTURED)
def test_what_browsers_and_players_really_offer_is_served(name: str) -> None:
    expected = {
        "chromium-datachannel": [(0, "video", [108, 109]), (1, "audio", [111])],
        "chromium-datachannel-first": [(1, "video", [108, 109]), (2, "audio", [111])],
        "firefox-without-h264": [(1, "audio", [109])],
        "gstreamer-unbundled": [(0, "video", [96]), (1, "audio", [97])],
    }
    assert served(CAPTURED[name]) == expected[name]


@pytest.mark.parametrize(
    "text",
    [
        offer(video(), audio(), end="\n"),
        offer(video(), audio(), end="\r"),
        offer(video(), audio()).rstrip(),
        "\ufeff" + offer(video(), audio()),
        offer(video(), audio(), end="\n    "),
        offer(video(), audio(), end=" \t\r\n\r\n"),
        offer(video().put("m=video 9 ", "m=video  9/2   "), audio()),
        offer(video().put("a=setup:actpass", "a=setup: ActPass "), audio()),
        offer(video().put("a=mid:v", "a=MID:v"), audio()),
        offer(video().without("a=recvonly"), audio().without("a=recvonly")),
        offer(video().without("a=recvonly"), audio(), session=["a=recvonly"]),
        offer(video().without("a=setup"), audio().without("a=setup")),
        offer(video().without("a=rtcp-mux"), audio().without("a=rtcp-mux")),
        offer(video().without(*TRANSPORT), audio().without(*TRANSPORT), session=TRANSPORT),
        offer(video(), audio().without(*TRANSPORT).put("audio 9", "audio 0").plus("a=bundle-only")),
        offer(video(), audio().without("a=ice", "a=fingerprint", "a=setup")),
        offer(video().without("a=mid"), audio().without("a=mid")),
        offer(video(), audio(), bundle=[]),
        offer(video(), audio(), bundle=["a", "v"]),
        offer(video(), audio(), bundle=["7", "8"]),
        offer(video(), audio(), session=["a=group:LS v a", "a=group:", "a=group:BUNDLE"]),
        offer(video().plus("a=bundle-only"), audio().plus("a=bundle-only")),
        offer(video(), audio(), session=["a=ice-lite", "a=ice-options:trickle ice2"]),
        offer(video().plus("a=extmap:2 urn:x extra", "a=extmap:x", "a=extmap:", "a=extmap:3/recvonly urn:y"), audio()),
        offer(video().plus("a=ssrc:nine cname:x", "a=msid:- -", "a=candidate:", "a=", "x", "b=AS:x"), audio()),
        offer(video(), audio()).replace("o=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n", ""),
    ],
)
def test_what_changes_no_meaning_is_no_matter(text: str) -> None:
    assert [kind for _, kind, _ in served(text)] == ["video", "audio"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "begins with v=0"),
        ("hello", "begins with v=0"),
        ("v=1\r\n", "begins with v=0"),
        ("v=0\r\ns=-\r\n", "neither m=audio nor m=video"),
        (offer(data()), "neither m=audio nor m=video"),
        ("v=0" + "x" * MAX_SDP, "longer than 64 KiB"),
        ("v=0\r\n" + "汉" * (MAX_SDP // 2), "longer than 64 KiB"),
        (offer(*[data(str(mid)) for mid in range(MAX_SECTIONS + 1)]), "65 media sections; at most 64"),
        (offer(video().put("m=video 9", "m=video nine")), "an m= line says kind, port, protocol and formats"),
        (offer(video().put("m=video 9", "m=video 70000")), "an m= line says"),
        (offer(video(), Part(("m=",))), "an m= line says"),
        (offer(video(), Part(("m=audio 9 RTP/SAVPF",))), "an m= line says"),
        (offer(video().put("H264", "VP8")), "m=video needs H264/90000 and has VP8$"),
        (offer(video().put("recvonly", "sendonly")), "m=video has a=sendonly and needs a=recvonly"),
        (offer(video().put("recvonly", "inactive"), audio().put("opus", "PCMU")), "a=inactive.*; m=audio needs opus"),
        (offer(video().put("m=video 9", "m=video 0")), "m=video is switched off by its port 0"),
        (offer(video().put("video 9", "video 0").plus("a=bundle-only"), bundle=[]), "switched off by its port 0"),
        (offer(video().without("a=ice-pwd")), "m=video needs a=ice-ufrag and a=ice-pwd"),
        (offer(video().put("a=ice-pwd:", "a=ice-pwd:with a blank ")), "needs a=ice-ufrag and a=ice-pwd"),
        (offer(video().without("a=fingerprint")), "m=video needs a=fingerprint"),
        (offer(video().put("sha-256", "md5")), "needs a=fingerprint with a digest of sha-256, sha-384, sha-512"),
        (offer(video().put("AB:AB:AB", "AB:ABAB")), "needs a=fingerprint"),
        (offer(video().put("actpass", "holdconn")), "has a=setup:holdconn and needs a=setup:actpass"),
        (offer(video().without("a=rtcp-mux"), bundle=[]), "needs a=rtcp-mux"),
        (offer(video().put("UDP/TLS/RTP/SAVPF", "UDP/UDPTL")), "speaks UDP/UDPTL and needs UDP/TLS/RTP/SAVPF"),
        (offer(video().without("a=rtpmap")), "needs H264/90000 and has no format that can be read"),
    ],
)
def test_an_offer_nothing_can_be_served_of_is_refused_with_what_it_lacks(text: str, reason: str) -> None:
    with pytest.raises(BadOffer, match=reason) as refused:
        read_offer(text)
    assert A_SENTENCE.fullmatch(str(refused.value))


def test_a_refusal_is_short_however_long_the_offer_is() -> None:
    hostile = ["m=" + "x" * 3000 + f" 9 {'y' * 3000} 1" for _ in range(10)]
    with pytest.raises(BadOffer) as refused:
        read_offer(offer(video().put("H264", "Z" * 3000), *(Part((line,)) for line in hostile)))
    assert len(str(refused.value)) < 1000


def read_or_refused(text: str) -> Offer | None:
    try:
        return read_offer(text)
    except BadOffer as refused:
        reason = str(refused)
    assert A_SENTENCE.fullmatch(reason), reason
    return None


LINES = st.sampled_from(
    [
        *SESSION,
        *video().lines,
        *audio().lines,
        *data().lines,
        "a=candidate:1 1 udp 1 192.0.2.7 5000 typ host",
        "a=extmap:1 urn:x",
    ]
)


@given(st.lists(LINES | st.text(max_size=20) | st.builds(lambda line, rest: line + rest, LINES, st.text(max_size=5))))
def test_any_lines_are_an_offer_or_a_bad_offer(lines: list[str]) -> None:
    found = read_or_refused("\r\n".join(["v=0", *lines]))
    if found is not None:
        kinds = [each.media.kind for each in found.served]
        assert 1 <= len(set(kinds)) == len(kinds) <= 2


@given(st.text(max_size=300), st.booleans())
def test_any_text_is_an_offer_or_a_bad_offer(text: str, begun: bool) -> None:
    read_or_refused(offer(video(), audio()) + text if begun else text)


@settings(deadline=500)
@given(
    st.sampled_from(
        ["a=rtcp-fb:* x", "a=rtpmap:1 x", "a=fmtp:1 ;", "a=extmap:1 u", "a=group:BUNDLE v", "m=audio 0 x 1"]
    )
)
def test_an_offer_as_long_as_may_be_is_read_at_once(line: str) -> None:
    text = offer(video(), audio())
    read_or_refused(text + f"{line}\n" * ((MAX_SDP - len(text)) // (len(line) + 1)))
