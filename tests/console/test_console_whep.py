"""WHEP's requests and replies, in-process: offers, conditions, trickled candidates, limits."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from console_room import ORIGIN, TOKEN, FakeGateway, FakeRoom
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from host.console.app import create_app
from host.console.limits import Limits, Rate
from host.core.clock import VirtualClock

OFFER = "v=0\r\na=ice-ufrag:abcd\r\na=ice-ufrag:efgh\r\n"
SDP = {"Content-Type": "application/sdp"}
FRAGMENT = {"Content-Type": "application/trickle-ice-sdpfrag"}


async def test_session(client: httpx.AsyncClient, gateway: FakeGateway) -> None:
    reply = await client.post("/whep", content=OFFER, headers=SDP)
    assert reply.status_code == 201
    assert reply.headers["content-type"] == "application/sdp"
    assert reply.headers["etag"].startswith('"')
    assert reply.headers["access-control-allow-origin"] == "*"
    assert {"Location", "ETag", "Retry-After"} <= set(reply.headers["access-control-expose-headers"].split(", "))
    assert reply.text.startswith("v=0")
    location = reply.headers["location"]
    assert (await client.get(location)).status_code == 204
    assert (await client.delete(location)).status_code == 200
    assert gateway.sessions == set()
    assert (await client.delete(location)).status_code == 404
    assert (await client.get(location)).status_code == 404


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({"Content-Type": "application/json"}, OFFER, 415),
        ({}, OFFER, 415),
        ({**SDP, "Accept": "text/html"}, OFFER, 406),
        ({**SDP, "Accept": "application/sdp;q=0, */*"}, OFFER, 406),
        ({**SDP, "Accept": "text/html, application/*;q=0.5"}, OFFER, 201),
        ({"Content-Type": "Application/SDP; charset=utf-8"}, OFFER, 201),
        (SDP, "", 400),
        (SDP, "hello", 400),
        (SDP, b"\xff\xfe", 400),
        (SDP, "v=0" + "x" * 70_000, 413),
    ],
)
async def test_offers(client: httpx.AsyncClient, headers: dict[str, str], body: Any, status: int) -> None:
    reply = await client.post("/whep", content=body, headers=headers)
    assert reply.status_code == status
    assert reply.headers["access-control-allow-origin"] == "*"
    if status == 415:
        assert reply.headers["accept-post"] == "application/sdp"


async def test_full(client: httpx.AsyncClient) -> None:
    replies = [await client.post("/whep", content=OFFER, headers=SDP) for _ in range(4)]
    assert [reply.status_code for reply in replies] == [201, 201, 201, 503]
    assert replies[-1].headers["retry-after"] == "7"
    assert replies[-1].json()["error"]


async def test_a_preview_is_the_operator_s(
    client: httpx.AsyncClient, gateway: FakeGateway, bearer: dict[str, str]
) -> None:
    stranger = await client.post("/whep?preview", content=OFFER, headers=SDP)
    wrong = await client.post("/whep?preview", content=OFFER, headers={**SDP, "Authorization": "Bearer guessing"})
    assert [stranger.status_code, wrong.status_code] == [401, 401]
    assert not gateway.sessions
    for _ in range(3):
        await client.post("/whep", content=OFFER, headers=SDP)
    made = await client.post("/whep?preview", content=OFFER, headers={**SDP, **bearer})
    assert made.status_code == 201
    assert "preview-4" in gateway.sessions
    assert (await client.delete(made.headers["location"])).status_code == 200


async def test_a_preview_with_a_session_comes_from_the_console_s_page(client: httpx.AsyncClient) -> None:
    await client.post("/api/login", json={"token": TOKEN})
    foreign = await client.post("/whep?preview", content=OFFER, headers={**SDP, "Origin": "https://evil.example"})
    own = await client.post("/whep?preview", content=OFFER, headers={**SDP, "Origin": ORIGIN})
    assert [foreign.status_code, own.status_code] == [403, 201]


@pytest.mark.parametrize(
    ("condition", "status"),
    [
        (None, 204),
        ("*", 204),
        ('"*"', 204),
        ("{etag}", 204),
        ("W/{etag}", 204),
        ("w/{etag}", 204),
        ("{bare}", 204),
        ("W/{bare}", 204),
        ('"other", {etag}', 204),
        ('"other",W/{etag} , "third"', 204),
        ("other, {bare}", 204),
        ('"other", *', 204),
        ("", 204),
        ('"other"', 412),
        ('W/"other"', 412),
        ("other", 412),
        ('""', 412),
        ('"other", "{bare}x"', 412),
        ('"x{bare}"', 412),
    ],
)
async def test_a_patch_is_taken_by_any_tag_that_means_the_session(
    client: httpx.AsyncClient, condition: str | None, status: int
) -> None:
    made = await client.post("/whep", content=OFFER, headers=SDP)
    location, etag = made.headers["location"], made.headers["etag"]
    headers = dict(FRAGMENT)
    if condition is not None:
        headers["If-Match"] = condition.format(etag=etag, bare=etag.strip('"'))
    reply = await client.patch(location, content="a=ice-ufrag:efgh\r\n", headers=headers)
    assert reply.status_code == status
    assert reply.headers["access-control-allow-origin"] == "*"
    assert status == 204 or etag in reply.json()["hint"]


async def test_tags_in_several_fields_are_one_list(client: httpx.AsyncClient) -> None:
    made = await client.post("/whep", content=OFFER, headers=SDP)
    fields = [*FRAGMENT.items(), ("If-Match", '"other"'), ("If-Match", made.headers["etag"])]
    assert (await client.patch(made.headers["location"], content="", headers=fields)).status_code == 204


@pytest.mark.parametrize(
    ("fragment", "status"),
    [
        ("", 204),
        ("\r\n", 204),
        ("a=end-of-candidates\r\n", 204),
        ("a=candidate:1 1 udp 1 192.0.2.1 5000 typ host ufrag other\r\n", 204),
        ("a=ice-ufrag:efgh\r\na=candidate:1 1 udp 1 192.0.2.1 5000 typ host\r\n", 204),
        ("a=ice-ufrag:abcd\na=ice-pwd:secret\nm=audio 9 RTP/AVP 0\na=mid:0\na=end-of-candidates\n", 204),
        ("m=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:1\r\na=ice-ufrag:efgh\r\na=ice-pwd:x\r\n", 204),
        ("  a=ice-ufrag: abcd \r\n", 204),
        ("a=ice-ufrag:new\r\n", 422),
        ("a=ice-ufrag:abcd\ra=ice-ufrag:new\r", 422),
        ("m=video 9 UDP/TLS/RTP/SAVPF 0\r\na=ice-ufrag:new\r\na=ice-pwd:newer\r\n", 422),
        ("a=ice-ufrag:abc\r\n", 422),
        ("x" * 70_000, 413),
    ],
)
@pytest.mark.parametrize("condition", [{}, {"If-Match": "*"}])
async def test_only_another_user_fragment_is_a_restart(
    client: httpx.AsyncClient, fragment: str, status: int, condition: dict[str, str]
) -> None:
    made = await client.post("/whep", content=OFFER, headers=SDP)
    reply = await client.patch(made.headers["location"], content=fragment, headers={**FRAGMENT, **condition})
    assert reply.status_code == status


async def test_what_a_patch_must_be(client: httpx.AsyncClient) -> None:
    made = await client.post("/whep", content=OFFER, headers=SDP)
    plain = await client.patch(made.headers["location"], content="", headers={"Content-Type": "text/plain"})
    assert (plain.status_code, plain.headers["accept-patch"]) == (415, FRAGMENT["Content-Type"])
    assert (await client.patch("/whep/nobody", content="", headers=FRAGMENT)).status_code == 404


async def test_a_session_ends_whatever_tag_is_named(client: httpx.AsyncClient) -> None:
    """RFC 9725, 4.3.1: a tag is of no matter where no ICE session is meant."""
    made = await client.post("/whep", content=OFFER, headers=SDP)
    assert (await client.delete(made.headers["location"], headers={"If-Match": '"other"'})).status_code == 200


async def test_options_and_get(client: httpx.AsyncClient) -> None:
    for path in ("/whep", "/whep/some-session"):
        reply = await client.options(path, headers={"Origin": "https://player.example"})
        assert reply.status_code == 204
        assert reply.headers["accept-post"] == "application/sdp"
        assert reply.headers["access-control-allow-origin"] == "*"
        assert "If-Match" in reply.headers["access-control-allow-headers"]
    reply = await client.get("/whep")
    assert (reply.status_code, reply.content) == (204, b"")


async def test_room_without_webrtc(clock: VirtualClock) -> None:
    app = create_app(FakeRoom(clock), token=TOKEN, metrics=bytes, clock=clock)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=ORIGIN) as client:
        assert (await client.post("/whep", content=OFFER, headers=SDP)).status_code == 404
        assert (await client.delete("/whep/x")).status_code == 404


async def test_rate(room: FakeRoom, clock: VirtualClock, bearer: dict[str, str]) -> None:
    limits = Limits(viewers=Rate(2, 1.0))
    app = create_app(room, token=TOKEN, metrics=bytes, clock=clock, limits=limits)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=ORIGIN) as client:
        replies = [await client.post("/whep", content="no", headers=SDP) for _ in range(3)]
        assert [reply.status_code for reply in replies] == [400, 400, 429]
        assert (await client.post("/whep", content=OFFER, headers={**SDP, **bearer})).status_code == 201


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(accept=st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=40))
async def test_any_accept_is_answered(accept: str) -> None:
    clock = VirtualClock()
    app = create_app(FakeRoom(clock, viewers=FakeGateway()), token=TOKEN, metrics=bytes, clock=clock)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=ORIGIN) as client:
        reply = await client.post("/whep", content=OFFER, headers={**SDP, "Accept": accept})
    assert reply.status_code in (201, 406)
