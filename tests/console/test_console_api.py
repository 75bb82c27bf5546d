"""Every status code of the HTTP API, the good and the bad, in-process."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest
from console_room import ORIGIN, TOKEN, FakeRoom
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from host.console.app import create_app
from host.console.replies import CSP
from host.core.clock import VirtualClock, sleep
from host.core.control import Command, CommandError, State
from host.core.reason import Reason

HELLO = {"user": "小鱼", "text": "多少钱？"}


async def pass_time(clock: VirtualClock, seconds: float) -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(sleep(clock, seconds))
        await asyncio.sleep(0)
        clock.jump()


class TestComments:
    async def test_taken(self, client: httpx.AsyncClient, room: FakeRoom, bearer: dict[str, str]) -> None:
        reply = await client.post("/api/comments", json={**HELLO, "id": "page-1", "source": "douyin"}, headers=bearer)
        assert (reply.status_code, reply.json()) == (202, {"comment_id": "page-1"})
        assert [(c["id"], c["user"], c["text"], c["source"]) for c in room.comments] == [
            ("page-1", "小鱼", "多少钱？", "douyin")
        ]

    async def test_without_the_token_id_and_source_are_the_pages(
        self, client: httpx.AsyncClient, room: FakeRoom
    ) -> None:
        given = [{**HELLO, "id": chosen, "source": "douyin"} for chosen in ("dy-7", "page:7", "dy-7")]
        replies = [(await client.post("/api/comments", json=body)).json()["comment_id"] for body in given]
        assert replies == ["page:dy-7", "page:7", "page:dy-7"]
        assert {comment["source"] for comment in room.comments} == {"page"}

    async def test_a_strangers_id_is_never_cut_into_another(self, client: httpx.AsyncClient, room: FakeRoom) -> None:
        longest = await client.post("/api/comments", json={**HELLO, "id": "i" * 123})
        longer = await client.post("/api/comments", json={**HELLO, "id": "i" * 124})
        assert (longest.status_code, longer.status_code) == (202, 400)
        assert [len(comment["id"]) for comment in room.comments] == [128]

    @pytest.mark.parametrize("chosen", ["page:7", " page:7", "pa\u200bge:7"])
    async def test_a_bridge_takes_no_id_of_the_page(
        self, client: httpx.AsyncClient, room: FakeRoom, bearer: dict[str, str], chosen: str
    ) -> None:
        reply = await client.post("/api/comments", json={**HELLO, "id": chosen}, headers=bearer)
        assert reply.status_code == 400
        assert reply.json()["error"].startswith("id: ids that begin with page:")
        assert not room.comments

    async def test_gets_an_id(self, client: httpx.AsyncClient) -> None:
        assert (await client.post("/api/comments", json=HELLO)).json()["comment_id"]

    @pytest.mark.parametrize(
        ("body", "error"),
        [
            (b"{", "not valid JSON: Expecting property name enclosed in double quotes (line 1, column 2)"),
            (b"", "not valid JSON: Expecting value (line 1, column 1)"),
            (b"\xff\xfe", "the body is not UTF-8 text"),
            (b"[1]", "expected a JSON object, not list"),
            (b"[" * 8000, "not valid JSON: "),
            (b'{"user": 1e5, "text": "x"}', "user: Input should be a valid string"),
            (b'{"user": "u"}', "text is missing"),
            (b'{"user": "u", "text": "t", "admin": true}', "'admin' is not a known key"),
            (
                b'{"user": "u", "text": "t", "id": "' + b"i" * 129 + b'"}',
                "id: String should have at most 128 characters",
            ),
            (b'{"user": "u", "text": "t", "source": "<b>"}', "source: String should match pattern"),
        ],
    )
    async def test_bad_body(self, client: httpx.AsyncClient, room: FakeRoom, body: bytes, error: str) -> None:
        reply = await client.post("/api/comments", content=body, headers={"Content-Type": "application/json"})
        assert reply.status_code == 400
        assert reply.json()["error"].startswith(error)
        assert not room.comments

    async def test_one_megabyte(self, client: httpx.AsyncClient, room: FakeRoom) -> None:
        reply = await client.post("/api/comments", json={**HELLO, "text": "大" * 350_000})
        assert reply.status_code == 413
        assert not room.comments

    async def test_one_megabyte_without_a_length_is_not_read_to_its_end(self, client: httpx.AsyncClient) -> None:
        sent = 0

        async def body() -> Any:
            nonlocal sent
            for _ in range(1000):
                sent += 1
                yield b" " * 1024

        reply = await client.post("/api/comments", content=body(), headers={"Content-Type": "application/json"})
        assert reply.status_code == 413

    async def test_form_of_a_foreign_page(self, client: httpx.AsyncClient, room: FakeRoom) -> None:
        as_form = await client.post("/api/comments", data=HELLO)
        as_text = await client.post("/api/comments", content=b"{}", headers={"Content-Type": "text/plain"})
        foreign = await client.post("/api/comments", json=HELLO, headers={"Origin": "https://evil.example"})
        opaque = await client.post("/api/comments", json=HELLO, headers={"Origin": "null"})
        garbage = await client.post("/api/comments", json=HELLO, headers={"Origin": "http://["})
        replies = [as_form, as_text, foreign, opaque, garbage]
        assert [reply.status_code for reply in replies] == [415, 415, 403, 403, 403]
        assert not room.comments

    async def test_own_page(self, client: httpx.AsyncClient) -> None:
        assert (await client.post("/api/comments", json=HELLO, headers={"Origin": ORIGIN})).status_code == 202

    async def test_rate(self, client: httpx.AsyncClient, clock: VirtualClock, bearer: dict[str, str]) -> None:
        replies = [await client.post("/api/comments", json=HELLO) for _ in range(11)]
        assert [reply.status_code for reply in replies] == [202] * 10 + [429]
        assert replies[-1].headers["retry-after"] == "2"
        bridge = [await client.post("/api/comments", json=HELLO, headers=bearer) for _ in range(30)]
        assert {reply.status_code for reply in bridge} == {202}
        await pass_time(clock, 2.0)
        assert (await client.post("/api/comments", json=HELLO)).status_code == 202

    @settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(body=st.binary(max_size=300) | st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
        lambda inner: st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["user", "text", "id", "source", "x"]), inner, max_size=5),
        max_leaves=6,
    ))  # fmt: skip
    async def test_any_body_is_answered(self, body: Any) -> None:
        clock = VirtualClock()
        room = FakeRoom(clock)
        app = create_app(room, token=TOKEN, metrics=bytes, clock=clock)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=ORIGIN) as client:
            try:
                given = {"content": body} if isinstance(body, bytes) else {"json": body}
                reply = await client.post("/api/comments", headers={"Content-Type": "application/json"}, **given)
            except ValueError:  # NaN and infinity: httpx does not write them
                return
        assert reply.status_code in (202, 400)
        assert len(room.comments) == (reply.status_code == 202)


class TestCommands:
    async def test_carried_out(self, client: httpx.AsyncClient, room: FakeRoom, bearer: dict[str, str]) -> None:
        reply = await client.post("/api/commands", json={"command": "goto", "link": 2}, headers=bearer)
        assert reply.status_code == 200
        assert reply.json()["card"]["product"] == "lamp"
        ((act, operator),) = room.commands
        assert (act.command, act.link, operator) == ("goto", 2, "api")

    @pytest.mark.parametrize(
        ("body", "error"),
        [
            ({}, "command is missing"),
            ({"command": "explode"}, "command: Input should be"),
            ({"command": "say"}, "say needs text"),
            ({"command": "say", "text": "  "}, "say needs text"),
            ({"command": "say", "text": "x" * 501}, "text: String should have at most 500"),
            ({"command": "goto"}, "goto needs product or link"),
            ({"command": "answer", "comment_id": "c1"}, "answer needs text"),
            ({"command": "correct", "text": "二百二十克。"}, "correct needs comment_id"),
            ({"command": "correct", "comment_id": "c1"}, "correct needs text"),
            ({"command": "dismiss"}, "dismiss needs comment_id"),
            ({"command": "pause", "now": True}, "'now' is not a known key"),
        ],
    )
    async def test_incomplete(
        self, client: httpx.AsyncClient, room: FakeRoom, bearer: dict[str, str], body: dict[str, Any], error: str
    ) -> None:
        reply = await client.post("/api/commands", json=body, headers=bearer)
        assert reply.status_code == 400
        assert reply.json()["error"].startswith(error)
        assert not room.commands

    async def test_refused_by_the_room(self, client: httpx.AsyncClient, bearer: dict[str, str]) -> None:
        reply = await client.post("/api/commands", json={"command": "goto", "product": "boat"}, headers=bearer)
        assert (reply.status_code, reply.json()) == (409, {"error": "there is no product 'boat'"})

    async def test_refused_with_a_reason(
        self, client: httpx.AsyncClient, room: FakeRoom, bearer: dict[str, str]
    ) -> None:
        async def refuse(command: Command, operator: str) -> State:
            raise CommandError(Reason("comment_unknown"))

        room.command = refuse  # type: ignore[method-assign]
        reply = await client.post("/api/commands", json={"command": "skip"}, headers=bearer)
        why = {"code": "comment_unknown", "details": {}}
        assert (reply.status_code, reply.json()) == (409, {"error": "that comment is not known any more", "why": why})

    async def test_goto_link_zero_is_an_argument(self, client: httpx.AsyncClient, bearer: dict[str, str]) -> None:
        reply = await client.post("/api/commands", json={"command": "goto", "link": 0}, headers=bearer)
        assert reply.status_code == 409

    async def test_too_large(self, client: httpx.AsyncClient, bearer: dict[str, str]) -> None:
        reply = await client.post("/api/commands", json={"command": "say", "text": "x" * 9000}, headers=bearer)
        assert reply.status_code == 413


class TestOps:
    async def test_health(self, client: httpx.AsyncClient, room: FakeRoom) -> None:
        room.degraded = ["answers: https://user:secret@llm.example is down"]
        reply = await client.get("/healthz")
        assert (reply.status_code, reply.json()) == (200, {"live": True, "degraded": True})
        room.ready = False
        assert (await client.get("/readyz")).status_code == 503
        assert (await client.get("/healthz")).status_code == 200
        room.live = False
        assert (await client.head("/healthz")).status_code == 503

    async def test_metrics(self, client: httpx.AsyncClient, bearer: dict[str, str]) -> None:
        reply = await client.get("/metrics", headers=bearer)
        assert reply.status_code == 200
        assert reply.headers["content-type"].startswith("text/plain; version=")
        assert reply.text == "livehost_up 1\n"


class TestPages:
    @pytest.mark.parametrize("path", ["/", "/console", "/static/viewer/main.js", "/api/public", "/healthz", "/nowhere"])
    async def test_security_headers(self, client: httpx.AsyncClient, path: str) -> None:
        reply = await client.get(path)
        assert reply.headers["content-security-policy"] == CSP
        assert "unsafe" not in CSP
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert reply.headers["referrer-policy"] == "no-referrer"
        assert "access-control-allow-origin" not in reply.headers

    @pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json", "/static/../app.py", "/static/%2e%2e/app.py"])
    async def test_nothing_there(self, client: httpx.AsyncClient, path: str) -> None:
        reply = await client.get(path)
        assert reply.status_code == 404
        assert reply.json()["error"]

    async def test_method_not_allowed(self, client: httpx.AsyncClient) -> None:
        assert (await client.put("/api/comments", json=HELLO)).status_code == 405

    async def test_modules_revalidate(self, client: httpx.AsyncClient) -> None:
        reply = await client.get("/static/viewer/main.js")
        assert reply.headers["content-type"] == "text/javascript; charset=utf-8"
        assert reply.headers["cache-control"] == "no-cache"
        again = await client.get("/static/viewer/main.js", headers={"If-None-Match": reply.headers["etag"]})
        assert again.status_code == 304

    async def test_pictures(self, client: httpx.AsyncClient) -> None:
        png = await client.get("/images/cup")
        assert (png.status_code, png.headers["content-type"]) == (200, "image/png")
        svg = await client.get("/images/lamp")
        assert svg.headers["content-type"] == "image/svg+xml"
        assert "sandbox" in svg.headers["content-security-policy"]
        assert svg.headers["content-disposition"] == "attachment"
        for gone in ("tea", "nobody", "..%2f..%2fetc%2fpasswd"):
            assert (await client.get(f"/images/{gone}")).status_code == 404

    async def test_only_pictures(self, client: httpx.AsyncClient, room: FakeRoom, tmp_path: Any) -> None:
        (tmp_path / "secret.yaml").write_text("key: 1")
        room.images["cup"] = str(tmp_path / "secret.yaml")
        assert (await client.get("/images/cup")).status_code == 404

    async def test_a_mistake_of_ours_tells_no_details(self, app: FastAPI, room: FakeRoom) -> None:
        def broken() -> Any:
            raise RuntimeError(f"token {TOKEN}")

        room.state = broken  # type: ignore[method-assign]
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as client:
            reply = await client.get("/api/public")
        assert reply.status_code == 500
        assert TOKEN not in reply.text
