"""Facts over HTTP: read, changed, changed once, told for any moment, taken from a webhook."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
from datetime import timedelta
from typing import Any

import httpx
import pytest
from console_room import ORIGIN, TOKEN, FakeRoom
from hypothesis import given
from hypothesis import strategies as st
from test_console_server import served

from host.console.app import create_app
from host.console.webhook import SHORTEST_SECRET, TOLERANCE, _given, _key
from host.core.clock import MonotonicClock, VirtualClock
from host.core.errors import LivehostError

BEARER = {"Authorization": f"Bearer {TOKEN}"}
SECRET = "whsec_" + base64.b64encode(b"a-secret-for-tests").decode()


@pytest.fixture
async def client(room: FakeRoom, clock: VirtualClock) -> Any:
    app = create_app(room, token=TOKEN, metrics=bytes, clock=clock, webhook_secret=SECRET)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as stranger:
        yield stranger


async def patch(client: httpx.AsyncClient, body: Any, product: str = "cup", **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return await client.patch(f"/api/products/{product}", json=body, headers={**BEARER, **named})


class TestRead:
    async def test_what_is_in_force(self, client: httpx.AsyncClient) -> None:
        reply = await client.get("/api/products/cup", headers=BEARER)
        assert (reply.status_code, reply.headers["etag"]) == (200, '"1"')
        told = reply.json()
        assert (told["price"], told["list_price"], told["stock"], told["version"], told["live"]) == (
            "79 CNY", "129 CNY", 236, 1, [],
        )  # fmt: skip

    async def test_of_variants_with_their_names(self, client: httpx.AsyncClient) -> None:
        told = (await client.get("/api/products/lamp", headers=BEARER)).json()
        assert told["variants"]["s"] == {"name": "Small", "stock": 4}

    async def test_a_moment_that_has_passed(
        self, client: httpx.AsyncClient, room: FakeRoom, clock: VirtualClock
    ) -> None:
        before = clock.wall()
        clock._now += 60
        assert (await patch(client, {"price": 69})).status_code == 200
        for moment, price in ((before, "79 CNY"), (before + timedelta(seconds=60), "69 CNY")):
            for written in (moment.isoformat(), moment.isoformat().replace("+", "%2B")):
                reply = await client.get(f"/api/products/cup?at={written}", headers=BEARER)
                assert (reply.status_code, reply.json()["price"]) == (200, price)
        early = (before - timedelta(seconds=1)).isoformat()
        assert (await client.get("/api/products/cup", params={"at": early}, headers=BEARER)).status_code == 404

    @pytest.mark.parametrize("at", ["yesterday", "2026", "9999999999999", "2026-13-01"])
    async def test_what_is_no_moment(self, client: httpx.AsyncClient, at: str) -> None:
        reply = await client.get("/api/products/cup", params={"at": at}, headers=BEARER)
        assert reply.status_code == 400
        assert "ISO 8601" in reply.json()["error"]

    async def test_no_such_product(self, client: httpx.AsyncClient) -> None:
        assert (await client.get("/api/products/hat", headers=BEARER)).status_code == 404


class TestChange:
    async def test_it_is_in_force_at_once(self, client: httpx.AsyncClient, room: FakeRoom) -> None:
        reply = await patch(client, {"price": "69元", "stock": 3, "list_price": None})
        assert (reply.status_code, reply.headers["etag"]) == (200, '"2"')
        told = reply.json()
        assert (told["price"], told["stock"], told.get("list_price")) == ("69 CNY", 3, None)
        assert (told["version"], told["made"], told["again"], told["by"]) == (2, 2, False, "api")
        assert room.state()["products"][0]["price"] == "¥69"

    async def test_as_a_merge_patch(self, client: httpx.AsyncClient) -> None:
        reply = await client.patch("/api/products/lamp", content=json.dumps({"variants": {"s": {"stock": 0}}}),
                                   headers={**BEARER, "Content-Type": "application/merge-patch+json"})  # fmt: skip
        assert reply.status_code == 200
        assert (reply.json()["variants"]["s"]["stock"], reply.json()["stock"]) == (0, 5)

    @pytest.mark.parametrize(
        ("body", "code"),
        [({"stock": -1}, "at_key"), ({"price": 0}, "at_key"), ({"price": "20 USD"}, "at_key"), ({}, "live_nothing"),
         ({"price": "200元"}, "live_above_list"), ({"name": "x"}, "live_unknown_key"),
         ({"variants": {"s": {"stock": 1}}}, "live_no_variant")],
    )  # fmt: skip
    async def test_what_is_refused_changes_nothing(
        self, client: httpx.AsyncClient, room: FakeRoom, body: Any, code: str
    ) -> None:
        reply = await patch(client, {"stock": 5, **body} if body else {})
        assert (reply.status_code, reply.json()["why"]["code"], reply.headers["etag"]) == (422, code, '"1"')
        assert room.state()["products"][0]["stock"] == 236

    async def test_no_such_product(self, client: httpx.AsyncClient) -> None:
        reply = await patch(client, {"stock": 1}, "hat")
        assert (reply.status_code, reply.json()["why"]["code"]) == (404, "live_no_product")

    async def test_only_for_the_version_it_names(self, client: httpx.AsyncClient, room: FakeRoom) -> None:
        assert (await patch(client, {"stock": 5}, If_Match='"1"')).status_code == 200
        reply = await patch(client, {"stock": 4}, If_Match='"1"')
        assert (reply.status_code, reply.headers["etag"], reply.json()["why"]["code"]) == (412, '"2"', "live_conflict")
        assert (await patch(client, {"stock": 4, "version": 1})).status_code == 412
        assert room.state()["products"][0]["stock"] == 5
        assert (await patch(client, {"stock": 4}, If_Match="*")).status_code == 200
        assert (await patch(client, {"stock": 3}, If_Match='W/"3"')).status_code == 200

    @pytest.mark.parametrize("tag", ["3", '"x"', '"1", "2"', '""', '"' + "9" * 50 + '"'])
    async def test_what_is_no_version(self, client: httpx.AsyncClient, tag: str) -> None:
        assert (await patch(client, {"stock": 5}, If_Match=tag)).status_code == 400

    async def test_made_once_under_a_key(self, client: httpx.AsyncClient, room: FakeRoom) -> None:
        first = await patch(client, {"stock": 5}, Idempotency_Key="k1")
        await patch(client, {"stock": 4})
        again = await patch(client, {"stock": 5}, Idempotency_Key='"k1"')
        in_body = await patch(client, {"stock": 5, "id": "k1"})
        assert [each.status_code for each in (first, again, in_body)] == [200, 200, 200]
        assert [each.json()["again"] for each in (first, again, in_body)] == [False, True, True]
        assert (again.json()["made"], again.json()["version"], again.json()["stock"]) == (2, 3, 4)
        other = await patch(client, {"stock": 9}, Idempotency_Key="k1")
        assert (other.status_code, other.json()["why"]["code"]) == (422, "live_key_reused")

    @pytest.mark.parametrize("body", [{"id": 5}, {"id": "x" * 200}, {"version": "1"}, {"version": True}])
    async def test_headers_in_the_body_are_checked(self, client: httpx.AsyncClient, body: Any) -> None:
        assert (await patch(client, {"stock": 5, **body})).status_code == 400

    async def test_bodies_that_are_none(self, client: httpx.AsyncClient) -> None:
        for content, status in ((b"[]", 400), (b"{", 400), (b"", 400), (b"\xff", 400), (b"x" * 1_100_000, 413)):
            reply = await client.patch("/api/products/cup", content=content,
                                       headers={**BEARER, "Content-Type": "application/json"})  # fmt: skip
            assert reply.status_code == status
        reply = await client.patch("/api/products/cup", content=b"{}", headers={**BEARER, "Content-Type": "text/plain"})
        assert reply.status_code == 415

    async def test_a_console_of_another_site_cannot(self, client: httpx.AsyncClient) -> None:
        await client.post("/api/login", json={"token": TOKEN})
        mine = await client.patch("/api/products/cup", json={"stock": 5}, headers={"Origin": ORIGIN})
        other = await client.patch("/api/products/cup", json={"stock": 4}, headers={"Origin": "http://evil.test"})
        assert (mine.status_code, mine.json()["by"], other.status_code) == (200, "console", 403)


def signed(
    clock: VirtualClock | MonotonicClock,
    body: bytes,
    name: str = "msg_1",
    *,
    key: bytes = b"a-secret-for-tests",
    age: float = 0.0,
) -> dict[str, str]:
    stamp = str(int(clock.wall().timestamp() - age))
    digest = hmac.digest(key, f"{name}.{stamp}.".encode() + body, hashlib.sha256)
    signature = "v1," + base64.b64encode(digest).decode()
    return {"webhook-id": name, "webhook-timestamp": stamp, "webhook-signature": signature}


def changes(*listed: dict[str, Any]) -> bytes:
    return json.dumps({"changes": listed}).encode()


class TestWebhook:
    async def send(self, client: httpx.AsyncClient, body: bytes, headers: dict[str, str]) -> httpx.Response:
        return await client.post("/api/feeds/webhook", content=body, headers=headers)

    async def test_what_is_signed_is_done(self, client: httpx.AsyncClient, clock: VirtualClock) -> None:
        body = changes({"product": "cup", "stock": 3}, {"product": "lamp", "variants": {"l": {"stock": 0}}})
        reply = await self.send(client, body, signed(clock, body))
        assert reply.status_code == 200
        assert [each["version"] for each in reply.json()["results"]] == [2, 2]
        told = (await client.get("/api/products/cup", headers=BEARER)).json()
        assert (told["stock"], told["by"]) == (3, "webhook")

    async def test_sent_again_it_is_done_once(self, client: httpx.AsyncClient, clock: VirtualClock) -> None:
        body = changes({"product": "cup", "stock": 3})
        await self.send(client, body, signed(clock, body))
        await patch(client, {"stock": 2})
        (result,) = (await self.send(client, body, signed(clock, body))).json()["results"]
        assert result == {"product": "cup", "version": 2, "again": True}
        assert (await client.get("/api/products/cup", headers=BEARER)).json()["stock"] == 2

    async def test_each_change_stands_for_itself(self, client: httpx.AsyncClient, clock: VirtualClock) -> None:
        body = changes({"product": "cup", "stock": -3}, {"product": "hat", "stock": 1}, {"product": "lamp", "stock": 9})
        reply = await self.send(client, body, signed(clock, body))
        assert reply.status_code == 207
        assert [each.get("why", {}).get("code") for each in reply.json()["results"]] == [
            "at_key",
            "live_no_product",
            None,
        ]
        body = changes({"product": "hat", "stock": 1})
        assert (await self.send(client, body, signed(clock, body, "msg_2"))).status_code == 422

    async def test_only_what_was_signed_lately_with_the_secret(
        self, client: httpx.AsyncClient, room: FakeRoom, clock: VirtualClock
    ) -> None:
        body = changes({"product": "cup", "stock": 3})
        right = signed(clock, body)
        wrong = [
            signed(clock, body, key=b"another"),
            signed(clock, body + b" "),
            signed(clock, body, age=TOLERANCE + 5),
            signed(clock, body, age=-TOLERANCE - 5),
            right | {"webhook-id": "msg_2"},
        ]
        for headers in wrong:
            assert (await self.send(client, body, headers)).status_code == 401
        assert room.state()["products"][0]["stock"] == 236

    async def test_several_signatures_may_stand_beside_each_other(
        self, client: httpx.AsyncClient, clock: VirtualClock
    ) -> None:
        body = changes({"product": "cup", "stock": 3})
        headers = signed(clock, body)
        headers["webhook-signature"] = f"v2,xx v1,AAAA {headers['webhook-signature']}"
        assert (await self.send(client, body, headers)).status_code == 200

    async def test_guessing_is_slowed_down(self, client: httpx.AsyncClient, clock: VirtualClock) -> None:
        body = changes({"product": "cup", "stock": 3})
        found = [(await self.send(client, body, signed(clock, body, key=b"no"))).status_code for _ in range(7)]
        assert found[:5] == [401] * 5
        assert found[5:] == [429] * 2

    @pytest.mark.parametrize(
        "body", [b"[]", b"{}", b'{"changes": []}', b'{"changes": [1]}', b'{"changes": [{"stock": 1}]}', b"\xff", b"nul",
                 b'{"changes": [{"product": "cup", "id": 3}]}', b'{"changes": {}, "more": 1}',
                 changes(*({"product": "cup", "stock": 1},) * 201)],
    )  # fmt: skip
    async def test_what_is_no_list_of_changes(
        self, client: httpx.AsyncClient, clock: VirtualClock, body: bytes
    ) -> None:
        assert (await self.send(client, body, signed(clock, body))).status_code == 400

    async def test_headers_that_lack(self, client: httpx.AsyncClient, clock: VirtualClock) -> None:
        body = changes({"product": "cup", "stock": 3})
        for name in signed(clock, body):
            headers = {key: value for key, value in signed(clock, body).items() if key != name}
            assert (await self.send(client, body, headers)).status_code == 400

    async def test_without_a_secret_there_is_none(self, room: FakeRoom, clock: VirtualClock) -> None:
        app = create_app(room, token=TOKEN, metrics=bytes, clock=clock)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=ORIGIN) as stranger:
            body = changes({"product": "cup", "stock": 3})
            assert (await self.send(stranger, body, signed(clock, body, key=b""))).status_code == 404

    def test_a_secret_is_not_short(self, room: FakeRoom, clock: VirtualClock) -> None:
        with pytest.raises(LivehostError):
            create_app(room, token=TOKEN, metrics=bytes, clock=clock, webhook_secret="x" * (SHORTEST_SECRET - 1))

    @given(st.text(max_size=200))
    def test_whatever_stands_for_a_signature(self, text: str) -> None:
        assert all(isinstance(each, bytes) for each in _given(text))
        assert isinstance(_key(text), bytes)


def test_over_a_real_connection() -> None:
    """As another program does it, through uvicorn."""

    async def main() -> None:
        clock = MonotonicClock()
        room = FakeRoom(clock)
        app = create_app(room, token=TOKEN, metrics=bytes, clock=clock, webhook_secret=SECRET)
        async with served(app) as place, httpx.AsyncClient(base_url=f"http://{place}", headers=BEARER) as client:
            reply = await client.patch("/api/products/cup", json={"stock": 0}, headers={"If-Match": '"1"'})
            assert (reply.status_code, reply.json()["stock"], reply.headers["etag"]) == (200, 0, '"2"')
            body = changes({"product": "cup", "stock": 7})
            reply = await client.post("/api/feeds/webhook", content=body, headers=signed(clock, body))
            assert reply.json()["results"][0]["version"] == 3

    asyncio.run(main())
