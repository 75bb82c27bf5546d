"""What a section of an offer can play, and which of it the room sends."""

from __future__ import annotations

import re

import pytest
from sdp_offers import Part, audio, offer, video

from host.core.control import BadOffer
from host.output.offers import read_offer


def payloads(text: str) -> list[int]:
    """Payload types of the first section that is served."""
    return [chosen.payload for chosen in read_offer(text).served[0].formats]


def h264(fmtp: str) -> Part:
    """A picture of H.264 with this ``a=fmtp`` line, or with none."""
    return video("v", "a=rtpmap:102 H264/90000", *([fmtp] if fmtp else []))


@pytest.mark.parametrize(
    ("fmtp", "profile"),
    [
        ("a=fmtp:102 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f", "42e01f"),
        ("a=fmtp:102 level-asymmetry-allowed=1; packetization-mode=1; profile-level-id=42e01f", "42e01f"),
        ("a=fmtp:102  profile-level-id = 42E01F ;packetization-mode = 1;", "42E01F"),
        ("a=fmtp:102 Packetization-Mode=1;PROFILE-LEVEL-ID=42001f", "42001f"),
        ("a=fmtp:102\tpacketization-mode=1", "42e01f"),
        ("a=fmtp:102 packetization-mode=1;profile-level-id=640c1f", "640c1f"),
        ("a=fmtp:102 packetization-mode=1;profile-level-id=4d0034", "4d0034"),
        ("a=fmtp:102 packetization-mode=1;profile-level-id=nonsense", "42e01f"),
        ("a=fmtp:102 packetization-mode=1;x-google-start-bitrate=1000;;=;flag;sprop=a=b==", "42e01f"),
        ("a=fmtp:102 profile-level-id=42e01f", "42e01f"),
        ("a=fmtp:102 level-asymmetry-allowed=1", "42e01f"),
        ("a=fmtp:102", "42e01f"),
        ("a=fmtp:", "42e01f"),
        ("a=fmtp:7 packetization-mode=0", "42e01f"),
        ("", "42e01f"),
    ],
)
def test_h264_is_read_however_its_parameters_are_written(fmtp: str, profile: str) -> None:
    [picture] = read_offer(offer(h264(fmtp))).served
    [chosen] = picture.formats
    assert chosen.payload == 102
    assert chosen.parameters == {
        "level-asymmetry-allowed": "1",
        "packetization-mode": "1",
        "profile-level-id": profile,
    }


@pytest.mark.parametrize("mode", ["0", "2", "x"])
def test_another_packetization_mode_is_told_what_is_needed(mode: str) -> None:
    with pytest.raises(BadOffer, match="needs packetization-mode=1 in the a=fmtp line of its H264"):
        read_offer(offer(h264(f"a=fmtp:102 packetization-mode={mode}")))


@pytest.mark.parametrize("payload", [0, 20, 34, 35, 63, 96, 102, 127])
def test_the_payload_type_of_the_offer_is_kept(payload: int) -> None:
    picture = video().put("102", str(payload))
    assert payloads(offer(picture)) == [payload]


@pytest.mark.parametrize("payload", [64, 72, 76, 95, 128, 255, 1000])
def test_a_payload_type_that_is_none_is_passed_by(payload: int) -> None:
    with pytest.raises(BadOffer, match="no format that can be read"):
        read_offer(offer(video().put("102", str(payload))))


def formats(*lines: str) -> Part:
    """A picture whose formats are those of the lines."""
    payloads = " ".join(dict.fromkeys(re.findall(r"a=rtpmap:(\d+)", " ".join(lines))))
    return video("v", *lines).put("SAVPF 102", f"SAVPF {payloads}")


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (
            formats(
                "a=rtpmap:96 VP8/90000",
                "a=rtpmap:98 H264/90000",
                "a=fmtp:98 packetization-mode=0",
                "a=rtpmap:99 H264/90000",
                "a=fmtp:99 packetization-mode=1",
            ),
            [99],
        ),
        (
            formats(
                "a=rtpmap:98 H264/90000",
                "a=rtpmap:99 H264/90000",
                "a=fmtp:99 packetization-mode=1;profile-level-id=64001f",
            ),
            [99],
        ),
        (
            formats(
                *(f"a=rtpmap:{payload} H264/90000" for payload in (98, 99, 100)),
                "a=fmtp:98 packetization-mode=1;profile-level-id=640c1f",
                "a=fmtp:99 packetization-mode=1;profile-level-id=42001f",
                "a=fmtp:100 packetization-mode=1;profile-level-id=42c01e",
            ),
            [100],
        ),
        (formats("a=rtpmap:97 rtx/90000", "a=fmtp:97 apt=99", "a=rtpmap:99 h264/90000"), [99, 97]),
        (formats("a=rtpmap:99 H264/90000", "a=rtpmap:97 rtx/90000", "a=fmtp:97 apt = 99 ;rtx-time=125"), [99, 97]),
        (formats("a=rtpmap:99 H264/90000", "a=rtpmap:97 rtx/90000", "a=fmtp:97 apt=98"), [99]),
        (formats("a=rtpmap:99 H264/90000", "a=rtpmap:97 rtx/90000"), [99]),
        (formats("a=rtpmap:98 H264/8000", "a=rtpmap:99 H264/90000"), [99]),
        (formats("a=rtpmap:99 H264/90000", "a=rtpmap:102 H264/90000").put("SAVPF 99 102", "SAVPF 102"), [102]),
    ],
)
def test_one_format_is_chosen_and_its_retransmission(part: Part, expected: list[int]) -> None:
    assert payloads(offer(part)) == expected


@pytest.mark.parametrize("rtpmap", ["opus/48000/2", "OPUS/48000/2", "Opus/48000"])
def test_opus_is_read_however_it_is_written(rtpmap: str) -> None:
    [sound] = read_offer(offer(audio("a", f"a=rtpmap:111 {rtpmap}", "a=fmtp:111"))).served
    assert (sound.formats[0].encoding, sound.formats[0].channels) == ("opus", "2")


@pytest.mark.parametrize("rtpmap", ["opus/48000/6", "opus/16000/2", "multiopus/48000/2", "opus", "opus/x/2"])
def test_other_sound_is_not_opus(rtpmap: str) -> None:
    with pytest.raises(BadOffer, match="needs opus/48000/2"):
        read_offer(offer(audio("a", f"a=rtpmap:111 {rtpmap}")))


@pytest.mark.parametrize(
    ("lines", "feedback"),
    [
        (["a=rtcp-fb:102 nack", "a=rtcp-fb:102 nack pli"], ("nack", "nack pli")),
        (["a=rtcp-fb:* nack  PLI", "a=rtcp-fb:102 ccm fir"], ("nack pli", "ccm fir")),
        (["a=rtcp-fb:103 nack", "a=rtcp-fb:102", "a=rtcp-fb:102 transport-cc", "a=rtcp-fb:"], ()),
    ],
)
def test_reports_that_are_heard(lines: list[str], feedback: tuple[str, ...]) -> None:
    [picture] = read_offer(offer(video().plus(*lines))).served
    assert picture.formats[0].feedback == feedback
