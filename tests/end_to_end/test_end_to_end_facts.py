"""Facts that change on air in a room as a user starts it: by API, webhook and feed, after a kill, in a review."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
from virtual_room import CUP, LAMP, make_room

from host.bench.process import TOKEN, LiveRoom, live_room

BEARER = {"Authorization": f"Bearer {TOKEN}"}
SECRET = "a-secret-for-the-webhook"


def wait_for(true: Any, seconds: float = 30.0) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until
        time.sleep(0.1)


def signed(body: bytes) -> dict[str, str]:
    stamp = str(int(time.time()))
    digest = hmac.digest(SECRET.encode(), f"msg_1.{stamp}.".encode() + body, hashlib.sha256)
    signature = "v1," + base64.b64encode(digest).decode()
    return {"webhook-id": "msg_1", "webhook-timestamp": stamp, "webhook-signature": signature}


def test_what_is_changed_is_in_force_outlives_a_kill_and_is_told_of(tmp_path: Path, speech_cache: Path) -> None:
    folder = make_room(tmp_path / "room", speech_cache, (CUP, LAMP)).folder
    settings = folder / "room.yaml"
    settings.write_text(settings.read_text() + "feed: {source: stock.csv, every: 1s}\n", encoding="utf-8")
    (folder / "stock.csv").write_text("id,quantity\nlamp,7\n", encoding="utf-8")
    data, secret = tmp_path / "data", {"LIVEHOST_WEBHOOK_SECRET": SECRET}

    def facts(room: LiveRoom, product: str) -> Any:
        return room.get(f"/api/products/{product}")

    with live_room(data, speech_cache, str(settings), environment=secret) as room:
        client = httpx.Client(base_url=room.base, headers=BEARER)
        wait_for(lambda: facts(room, "lamp").get("stock") == 7)
        reply = client.patch(
            "/api/products/cup", json={"price": "69元"}, headers={"Idempotency-Key": "k", "If-Match": '"1"'}
        )
        assert (reply.status_code, reply.json()["price"]) == (200, "69 CNY")
        assert room.get("/api/public")["products"][0]["price"] == "¥69"
        body = json.dumps({"changes": [{"product": "cup", "stock": 3}]}).encode()
        assert (
            client.post("/api/feeds/webhook", content=body, headers=signed(body)).json()["results"][0]["version"] == 3
        )
        (folder / "stock.csv").write_text("id,quantity\nlamp,-7\n", encoding="utf-8")
        wait_for(lambda: any(why["code"] == "feed_rows" for why in room.get("/api/state")["degraded_why"]))
        assert facts(room, "lamp")["stock"] == 7
        room.kill()
    with live_room(data, speech_cache, str(settings)) as room:
        assert (facts(room, "cup")["price"], facts(room, "cup")["stock"], facts(room, "lamp")["stock"]) == (
            "69 CNY",
            3,
            7,
        )
        begun = facts(room, "cup")["since"]
        past = httpx.get(f"{room.base}/api/products/cup", params={"at": begun}, headers=BEARER)
        assert past.json()["version"] == 3
    out = tmp_path / "report"
    command = [sys.executable, "-m", "host", "review", str(data / "test.journal.db"), "--out", str(out)]
    assert subprocess.run(command, check=False, capture_output=True).returncode == 0
    assert "随行保温杯 price 改为 69 CNY" in (out / "report.html").read_text(encoding="utf-8")
