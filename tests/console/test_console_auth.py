"""Who gets in: every route, with and without credentials."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from console_room import ORIGIN, TOKEN, FakeRoom
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from hypothesis import given
from hypothesis import strategies as st

from host.console.app import create_app
from host.console.auth import Auth
from host.console.limits import Rate
from host.core.clock import VirtualClock, sleep
from host.core.errors import LivehostError

CLOSED = {
    ("GET", "/api/state"),
    ("POST", "/api/commands"),
    ("GET", "/api/products/{product}"),
    ("PATCH", "/api/products/{product}"),
    ("POST", "/api/logout"),
    ("GET", "/metrics"),
}
OPEN = {
    ("GET", "/"), ("HEAD", "/"), ("GET", "/console"), ("HEAD", "/console"),
    ("GET", "/images/{product}"), ("HEAD", "/images/{product}"),
    ("GET", "/words/{lang}.js"), ("HEAD", "/words/{lang}.js"),
    ("POST", "/whep"), ("GET", "/whep"), ("HEAD", "/whep"), ("OPTIONS", "/whep"),
    ("GET", "/whep/{session}"), ("HEAD", "/whep/{session}"), ("OPTIONS", "/whep/{session}"),
    ("PATCH", "/whep/{session}"), ("DELETE", "/whep/{session}"),
    ("POST", "/api/feeds/webhook"),  # opened by a signature
    ("POST", "/api/comments"), ("GET", "/api/public"), ("GET", "/api/session"), ("POST", "/api/login"),
    ("GET", "/healthz"), ("HEAD", "/healthz"), ("GET", "/readyz"), ("HEAD", "/readyz"),
}  # fmt: skip
PAUSE = {"command": "pause"}


async def log_in(client: httpx.AsyncClient) -> None:
    assert (await client.post("/api/login", json={"token": TOKEN})).status_code == 204


def test_every_route_is_listed_here_as_open_or_closed(app: FastAPI) -> None:
    routes = {(method, route.path) for route in iter_route_contexts(app.routes) for method in route.methods or ()}
    assert {(method, path) for method, path in routes if not path.startswith("/static")} == OPEN | CLOSED


@pytest.mark.parametrize(("method", "path"), sorted(CLOSED))
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer wrong-token"},
        {"Authorization": "Bearer "},
        {"Authorization": "Bearer"},
        {"Authorization": f"Basic {TOKEN}"},
        {"Authorization": TOKEN},
        {"Cookie": f"livehost-demo-zh={TOKEN}"},
        {"Cookie": "livehost-demo-zh=9999999999.x.00"},
        {"Cookie": "livehost-demo-zh=..."},
    ],
)
async def test_closed(
    client: httpx.AsyncClient, room: FakeRoom, method: str, path: str, headers: dict[str, str]
) -> None:
    reply = await client.request(method, path, headers=headers, json=PAUSE if method == "POST" else None)
    assert reply.status_code == 401
    assert reply.headers["www-authenticate"] == "Bearer"
    assert reply.json()["error"]
    assert not room.commands


@pytest.mark.parametrize(("method", "path"), sorted(CLOSED))
async def test_open_with_the_token(client: httpx.AsyncClient, bearer: dict[str, str], method: str, path: str) -> None:
    body = {"POST": PAUSE, "PATCH": {"stock": 1}}.get(method)
    reply = await client.request(method, path.replace("{product}", "cup"), headers=bearer, json=body)
    assert reply.status_code in (200, 204)


async def test_a_query_string_is_no_credential(client: httpx.AsyncClient) -> None:
    assert (await client.get("/api/state", params={"token": TOKEN})).status_code == 401


class TestSession:
    async def test_cookie(self, client: httpx.AsyncClient) -> None:
        reply = await client.post("/api/login", json={"token": TOKEN})
        cookie = reply.headers["set-cookie"]
        assert cookie.startswith("livehost-demo-zh=")
        assert "HttpOnly" in cookie
        assert "SameSite=strict" in cookie
        assert TOKEN not in cookie
        assert (await client.get("/api/state")).status_code == 200
        assert (await client.get("/api/session")).json() == {"operator": True}

    async def test_secure_over_tls(self, app: FastAPI) -> None:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://room.test") as client:
            reply = await client.post("/api/login", json={"token": TOKEN})
        assert "Secure" in reply.headers["set-cookie"]

    async def test_commands_only_from_our_own_page(self, client: httpx.AsyncClient, room: FakeRoom) -> None:
        await log_in(client)

        async def pause(**headers: str) -> int:
            return (await client.post("/api/commands", json=PAUSE, headers=headers)).status_code

        assert await pause() == 403
        assert await pause(Origin="http://evil.example") == 403
        assert await pause(Origin="http://room.test:8081") == 403
        assert await pause(Origin="null") == 403
        assert not room.commands
        assert await pause(Origin=ORIGIN) == 200
        assert room.commands[0][1] == "console"

    async def test_foreign_page_cannot_read(self, client: httpx.AsyncClient) -> None:
        await log_in(client)
        assert (await client.get("/api/state", headers={"Origin": "http://evil.example"})).status_code == 403

    async def test_logout(self, client: httpx.AsyncClient) -> None:
        await log_in(client)
        kept = dict(client.cookies)
        assert (await client.post("/api/logout", headers={"Origin": ORIGIN})).status_code == 204
        assert (await client.get("/api/state")).status_code == 401
        assert (
            await client.get("/api/state", headers={"Cookie": f"livehost-demo-zh={kept['livehost-demo-zh']}"})
        ).status_code == 401

    async def test_outlives_a_restart_but_not_a_new_token(self, client: httpx.AsyncClient, clock: VirtualClock) -> None:
        await log_in(client)
        for token, status in ((TOKEN, 200), ("another-token-for-tests", 401)):
            app = create_app(FakeRoom(clock), token=token, metrics=bytes, clock=clock)
            transport = httpx.ASGITransport(app)
            async with httpx.AsyncClient(transport=transport, base_url=ORIGIN, cookies=client.cookies) as again:
                assert (await again.get("/api/state")).status_code == status

    async def test_belongs_to_one_room(self, client: httpx.AsyncClient, clock: VirtualClock) -> None:
        await log_in(client)
        session = client.cookies["livehost-demo-zh"]
        app = create_app(FakeRoom(clock, "en"), token=TOKEN, metrics=bytes, clock=clock)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=ORIGIN) as other:
            reply = await other.get("/api/state", headers={"Cookie": f"livehost-demo-en={session}"})
        assert reply.status_code == 401

    async def test_expires(self, client: httpx.AsyncClient, clock: VirtualClock) -> None:
        await log_in(client)
        async with asyncio.TaskGroup() as group:
            group.create_task(sleep(clock, 7 * 24 * 3600 + 1))
            await asyncio.sleep(0)
            clock.jump()
        # The browser would drop the cookie too: send it all the same.
        cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
        assert (await client.get("/api/state", headers={"Cookie": cookie})).status_code == 401

    @given(cookie=st.text(st.characters(codec="utf-8"), max_size=80))
    def test_no_text_is_a_session(self, cookie: str) -> None:
        auth = Auth(TOKEN, "room", VirtualClock(), Rate(5, 1))
        assert not auth._session_valid(cookie)


class TestLogin:
    async def test_attempts_are_limited(self, client: httpx.AsyncClient, bearer: dict[str, str]) -> None:
        wrong = [await client.post("/api/login", json={"token": f"guess-{n}"}) for n in range(6)]
        assert [reply.status_code for reply in wrong] == [401] * 5 + [429]
        assert int(wrong[-1].headers["retry-after"]) > 0
        assert (await client.get("/api/state", headers=bearer)).status_code == 429

    async def test_right_tokens_are_not_counted(self, client: httpx.AsyncClient, bearer: dict[str, str]) -> None:
        replies = [await client.get("/api/state", headers=bearer) for _ in range(30)]
        assert {reply.status_code for reply in replies} == {200}

    async def test_a_session_stays_while_another_guesses(self, client: httpx.AsyncClient) -> None:
        await log_in(client)
        for n in range(8):
            await client.post("/api/login", json={"token": f"guess-{n}"})
        assert (await client.get("/api/state")).status_code == 200

    @pytest.mark.parametrize("body", [{}, {"token": 1}, {"token": "x" * 2000}, {"token": TOKEN, "name": "x"}])
    async def test_bad_body(self, client: httpx.AsyncClient, body: dict[str, object]) -> None:
        assert (await client.post("/api/login", json=body)).status_code == 400

    async def test_from_a_foreign_page(self, client: httpx.AsyncClient) -> None:
        reply = await client.post("/api/login", json={"token": TOKEN}, headers={"Origin": "http://evil.example"})
        assert reply.status_code == 403

    async def test_link_with_the_token(self, client: httpx.AsyncClient) -> None:
        reply = await client.get("/console", params={"token": TOKEN})
        assert reply.status_code == 303
        assert reply.headers["location"] == "/console"
        assert reply.headers["cache-control"] == "no-store"
        assert (await client.get("/api/state")).status_code == 200

    async def test_link_with_a_wrong_token(self, client: httpx.AsyncClient) -> None:
        reply = await client.get("/console", params={"token": "guess"})
        assert (reply.status_code, reply.headers["location"]) == (303, "/console?login=401")
        assert "set-cookie" not in reply.headers

    @pytest.mark.parametrize("token", ["", "short", "1234567"])
    def test_token_too_short(self, clock: VirtualClock, token: str) -> None:
        with pytest.raises(LivehostError, match="fewer than 8 characters"):
            create_app(FakeRoom(clock), token=token, metrics=bytes, clock=clock)

    async def test_token_outside_ascii(self, clock: VirtualClock) -> None:
        app = create_app(FakeRoom(clock), token="口令口令口令口令", metrics=bytes, clock=clock)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=ORIGIN) as client:
            assert (await client.post("/api/login", json={"token": "口令口令口令口令"})).status_code == 204
