"""Whom the page's comments are taken to be from: a browser by its cookie, anybody else by the address."""

from __future__ import annotations

import re

import httpx
import pytest
from console_room import ORIGIN, TOKEN, FakeRoom
from fastapi import FastAPI

from host.console.app import create_app
from host.core.clock import VirtualClock

HELLO = {"user": "小王", "text": "会漏水吗"}


def browser(app: FastAPI, address: str = "203.0.113.7") -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app, client=(address, 1)), base_url=ORIGIN)


async def viewer(room: FakeRoom, client: httpx.AsyncClient, **body: str) -> str:
    """Whom the room takes the next comment of a client to be from."""
    reply = await client.post("/api/comments", json={**HELLO, **body})
    assert reply.status_code == 202
    return room.seen_viewers[-1]


async def test_a_browser_is_one_viewer_whatever_it_calls_itself(app: FastAPI, room: FakeRoom) -> None:
    async with browser(app) as one, browser(app) as other:
        for each in (one, other):
            await each.get("/")
        first = await viewer(room, one)
        assert await viewer(room, one, user="王大锤") == first
        assert await viewer(room, other) != first
        assert await viewer(room, one, viewer="chosen-by-the-page") == first


async def test_without_a_cookie_the_address_tells(app: FastAPI, room: FakeRoom) -> None:
    async def once(address: str) -> str:
        async with browser(app, address) as client:
            return await viewer(room, client)

    assert await once("203.0.113.7") == await once("203.0.113.7") != await once("203.0.113.8")
    assert await once("2001:db8:1:2::1") == await once("2001:db8:1:2::99")


async def test_neither_cookie_nor_address_reaches_the_room(app: FastAPI, room: FakeRoom) -> None:
    async with browser(app) as client:
        without = await viewer(room, client)
        await client.get("/")
        known = await viewer(room, client)
        (cookie,) = client.cookies.values()
    for each in (without, known):
        assert re.fullmatch(r"[0-9a-f]{32}", each)
        assert cookie not in each


@pytest.mark.parametrize("forged", ["x", "a" * 22, "../../etc", "é" * 22, "a" * 4000])
async def test_a_cookie_that_was_never_given_is_no_identity(app: FastAPI, room: FakeRoom, forged: str) -> None:
    async with browser(app) as client:
        await client.get("/")
        (name,) = client.cookies
        client.cookies.clear()
        address = await viewer(room, client)
        client.cookies.clear()
        header = {"Cookie": f"{name}={forged}".encode("latin-1")}
        await client.post("/api/comments", json=HELLO, headers=header)
        assert room.seen_viewers[-1] == address


async def test_the_cookie_is_a_session_cookie_no_script_can_read(app: FastAPI) -> None:
    async with browser(app) as client:
        given = (await client.get("/")).headers["set-cookie"]
        assert "HttpOnly" in given
        assert "SameSite=lax" in given
        assert "Max-Age" not in given
        assert "expires" not in given.lower()
        assert "set-cookie" not in (await client.get("/")).headers
        client.cookies.clear()
        assert "set-cookie" in (await client.post("/api/comments", json=HELLO)).headers


async def test_an_identity_outlives_a_restart_and_is_the_rooms_own(clock: VirtualClock) -> None:
    rooms = [FakeRoom(clock), FakeRoom(clock), FakeRoom(clock, "en")]
    seen = []
    cookies = httpx.Cookies()
    for room in rooms:
        app = create_app(room, token=TOKEN, metrics=bytes, clock=clock)
        async with browser(app) as client:
            client.cookies = cookies
            await client.get("/")
            seen.append(await viewer(room, client))
            cookies = client.cookies
    assert seen[0] == seen[1] != seen[2]


async def test_a_bridge_names_its_viewers_and_its_cookies_count_for_nothing(
    app: FastAPI, room: FakeRoom, bearer: dict[str, str]
) -> None:
    async with browser(app) as bridge:
        await bridge.get("/")
        for given in ("7", ""):
            body = {**HELLO, "source": "douyin", **({"viewer": given} if given else {})}
            assert (await bridge.post("/api/comments", json=body, headers=bearer)).status_code == 202
            assert room.seen_viewers[-1] == given
        long = {**HELLO, "viewer": "v" * 129}
        assert (await bridge.post("/api/comments", json=long, headers=bearer)).status_code == 400
