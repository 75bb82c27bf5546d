"""Answers through the real library: every section of the offer in its place, and never a word but on the offer."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sdp_offers import CAPTURED, Part, audio, data, offer, video

from host.core.clock import MonotonicClock
from host.core.control import BadOffer
from host.output.whep import WhepOutput

HARD = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))


@dataclass(frozen=True)
class Section:
    """A media section, read with no help of the house."""

    lines: list[str]

    @property
    def line(self) -> list[str]:
        return self.lines[0][2:].split()

    @property
    def served(self) -> bool:
        return self.line[1] != "0"

    def value(self, name: str) -> str | None:
        return next((line[len(name) + 3 :] for line in self.lines if line.startswith(f"a={name}:")), None)


def sections(text: str) -> list[Section]:
    return [
        Section(["m=" + lines.splitlines()[0], *lines.splitlines()[1:]]) for lines in re.split(r"\r?\nm=", text)[1:]
    ]


def groups(text: str) -> list[list[str]]:
    return [line.split() for line in re.findall(r"^a=group:BUNDLE(.*)$", text.replace("\r", ""), re.MULTILINE)]


async def answer_to(text: str) -> str:
    """The answer of an output that runs. Raises `BadOffer`."""
    output = WhepOutput(MonotonicClock())
    running = asyncio.create_task(output.run())
    await asyncio.sleep(0)
    try:
        return (await output.connect(text)).sdp
    finally:
        running.cancel()
        await asyncio.wait([running])


def check(text: str, answer: str) -> None:
    """What holds between any offer and its answer (RFC 3264, 6; RFC 8829, 5.3.1; RFC 9143, 7.3)."""
    offered, answered = sections(text), sections(answer)
    assert [each.line[0] for each in answered] == [each.line[0] for each in offered]
    assert [each.line[2] for each in answered] == [each.line[2] for each in offered]
    assert [each.value("mid") for each in answered] == [each.value("mid") for each in offered]
    for ours, theirs in zip(answered, offered, strict=True):
        assert set(ours.line[3:]) <= set(theirs.line[3:])
        assert ("a=sendonly" if ours.served else "a=inactive") in ours.lines
        assert ours.value("setup") in ("active", "passive")
        assert all(ours.value(name) for name in ("ice-ufrag", "ice-pwd", "fingerprint"))
    live = [each for each in answered if each.served]
    assert live
    assert len({each.line[0] for each in live}) == len(live)
    grouped = [mid for group in groups(answer) for mid in group]
    assert len(set(grouped)) == len(grouped)
    assert set(grouped) <= {each.value("mid") for each in live}
    for group in groups(answer):
        assert any(set(group) <= set(theirs) for theirs in groups(text))


@pytest.mark.parametrize("name", CAPTURED)
async def test_what_is_really_offered_is_answered(name: str) -> None:
    check(CAPTURED[name], await answer_to(CAPTURED[name]))


async def test_what_is_not_served_is_rejected_by_itself_and_in_no_group() -> None:
    answer = await answer_to(offer(data(), video(), video("w"), audio(), audio("b").put("a=recvonly", "a=sendonly")))
    assert [(each.line[0], each.served, each.value("mid")) for each in sections(answer)] == [
        ("application", False, "d"),
        ("video", True, "v"),
        ("video", False, "w"),
        ("audio", True, "a"),
        ("audio", False, "b"),
    ]
    assert groups(answer) == [["v", "a"]]
    assert "m=application 0 UDP/DTLS/SCTP webrtc-datachannel\r\n" in answer


async def test_what_is_rejected_says_what_it_lacks() -> None:
    modes = video("v", "a=rtpmap:102 H264/90000", "a=fmtp:102 packetization-mode=0")
    answer = await answer_to(offer(modes, audio(), data()))
    assert [each.value("x-reason") for each in sections(answer)] == [
        "needs packetization-mode=1 in the a=fmtp line of its H264; the room sends no other mode",
        None,
        "is not served: the room sends sound and picture",
    ]


async def test_payload_types_and_parameters_are_the_viewer_s() -> None:
    formats = (
        "a=rtpmap:35 H264/90000",
        "a=fmtp:35 packetization-mode=1; profile-level-id=640c1f",
        "a=rtcp-fb:* nack pli",
        "a=rtpmap:36 rtx/90000",
        "a=fmtp:36 apt=35",
        "a=extmap:7 urn:ietf:params:rtp-hdrext:sdes:mid and more",
        "a=extmap:3/sendonly http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time",
    )
    picture, sound = sections(
        await answer_to(offer(video("v", *formats).put("SAVPF 102", "SAVPF 35 36"), audio().put("111", "20")))
    )
    assert picture.line[3:] == ["35", "36"]
    assert [line for line in picture.lines if line.startswith(("a=rtpmap", "a=fmtp", "a=rtcp-fb", "a=extmap"))] == [
        "a=extmap:7 urn:ietf:params:rtp-hdrext:sdes:mid",
        "a=rtpmap:35 H264/90000",
        "a=rtcp-fb:35 nack pli",
        "a=fmtp:35 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=640c1f",
        "a=rtpmap:36 rtx/90000",
        "a=fmtp:36 apt=35",
    ]
    assert sound.line[3:] == ["20"]
    assert "a=rtpmap:20 opus/48000/2" in sound.lines


@pytest.mark.parametrize(
    ("setup", "answered"),
    [("a=setup:actpass", "passive"), ("a=setup:passive", "active"), ("a=setup:active", "passive"), ("", "passive")],
)
async def test_the_role_that_is_left(setup: str, answered: str) -> None:
    part = audio().without("a=setup").plus(*filter(None, [setup]))
    assert [each.value("setup") for each in sections(await answer_to(offer(part)))] == [answered]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (offer(video(), audio()), [["v", "a"]]),
        (offer(video(), audio(), bundle=["a", "v"]), [["a", "v"]]),
        (offer(video(), audio(), bundle=[]), []),
        (offer(video(), audio(), bundle=["v"]), [["v"]]),
        (offer(video(), audio(), bundle=["v"], session=["a=group:BUNDLE a"]), [["a"], ["v"]]),
        (offer(data(), video(), bundle=["d"]), []),
        (offer(video().put("video 9", "video 0").plus("a=bundle-only"), audio()), [["a", "v"]]),
        (offer(video().without("a=mid"), audio().without("a=mid"), bundle=["0", "1"]), []),
    ],
)
async def test_groups_are_those_of_the_offer(text: str, expected: list[list[str]]) -> None:
    answer = await answer_to(text)
    check(text, answer)
    assert groups(answer) == expected


async def test_what_is_in_no_bundle_has_a_port_of_its_own() -> None:
    picture, sound = sections(await answer_to(offer(video(), audio(), bundle=[])))
    assert picture.line[1] != sound.line[1]
    picture, sound = sections(await answer_to(offer(video(), audio())))
    assert picture.line[1] == sound.line[1]


CHANGES = (
    lambda part: part,
    lambda part: Part((part.lines[0].replace(" 9 ", " 0 "), *part.lines[1:])),
    lambda part: Part((part.lines[0].replace(" 9 ", " 0 "), *part.lines[1:], "a=bundle-only")),
    lambda part: part.without("a=recvonly"),
    lambda part: part.without("a=recvonly").plus("a=sendonly"),
    lambda part: part.without("a=setup"),
    lambda part: part.without("a=ice", "a=fingerprint", "a=setup", "a=rtcp-mux"),
    lambda part: part.without("a=rtpmap"),
    lambda part: part.without("a=mid"),
    lambda part: Part((part.lines[0].replace("m=video", "m=text"), *part.lines[1:])),
)


@st.composite
def mixtures(draw: st.DrawFn) -> str:
    """Sections of any kind in any order, each with something of its own, some of them in bundles."""
    kinds = draw(st.lists(st.sampled_from([video, audio, data]), min_size=1, max_size=6))
    parts = [draw(st.sampled_from(CHANGES))(kind(f"m{number}")) for number, kind in enumerate(kinds)]
    mids = draw(st.permutations([part.mid for part in parts if part.mid]))
    cut = draw(st.integers(0, len(mids)))
    more = [f"a=group:BUNDLE {' '.join(mids[cut:])}"] if draw(st.booleans()) else []
    return offer(*parts, bundle=mids[:cut], session=more)


async def answered_or_refused(text: str) -> str | None:
    """The answer; None where the offer is refused in words of its own, and not for the library's sake."""
    try:
        return await answer_to(text)
    except BadOffer as refused:
        reason = str(refused)
    assert re.search(r"\w+ \w+ \w+", reason)
    assert "its log says why" not in reason
    return None


@HARD
@given(mixtures())
async def test_any_mixture_of_sections(text: str) -> None:
    answer = await answered_or_refused(text)
    if answer is not None:
        check(text, answer)


@st.composite
def spoiled(draw: st.DrawFn) -> str:
    """A real offer with lines lost, doubled, moved and altered."""
    lines = draw(st.sampled_from(sorted(CAPTURED.values()))).splitlines()
    for _ in range(draw(st.integers(1, 12))):
        at = draw(st.integers(1, len(lines) - 1))
        match draw(st.sampled_from(["drop", "double", "move", "cut", "letter", "blank", "lower"])):
            case "drop":
                del lines[at]
            case "double":
                lines.insert(at, lines[draw(st.integers(1, len(lines) - 1))])
            case "move":
                lines.insert(draw(st.integers(1, len(lines) - 1)), lines.pop(at))
            case "cut":
                lines[at] = lines[at][: draw(st.integers(0, len(lines[at])))]
            case "letter":
                place = draw(st.integers(0, len(lines[at])))
                lines[at] = lines[at][:place] + draw(st.characters(codec="utf-8")) + lines[at][place + 1 :]
            case "blank":
                lines[at] = lines[at].replace(":", ": ")
            case "lower":
                lines[at] = lines[at].swapcase()
        if len(lines) < 3:
            break
    return "\r\n".join(lines) + "\r\n"


@HARD
@given(spoiled())
async def test_a_spoiled_offer_is_answered_or_refused(text: str) -> None:
    await answered_or_refused(text)
