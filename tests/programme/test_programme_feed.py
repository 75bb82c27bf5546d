"""A room that reads its prices and stock from a feed: a real file, and a real server."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from virtual_room import ROOM, VirtualRoom, make_room, sleep

from host.core.clock import VirtualClock
from host.core.livefacts.change import Change
from host.core.reason import in_words, revived
from host.programme.desk import RoomDesk

GOOD = "id,price,quantity\ncup,69 CNY,12\nlamp,199 CNY,\n"


@dataclass
class Shop:
    """A local server that gives out a feed, and remembers how it was asked."""

    body: bytes = GOOD.encode()
    status: int = 200
    tag: str = '"1"'
    asked: list[dict[str, str]] = field(default_factory=list)
    url: str = ""


@pytest.fixture
def shop() -> Iterator[Shop]:
    told = Shop()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.asked.append(dict(self.headers))
            same = self.headers.get("If-None-Match") == told.tag
            self.send_response(304 if same else told.status)
            self.send_header("ETag", told.tag)
            self.send_header("Content-Length", "0" if same else str(len(told.body)))
            self.end_headers()
            if not same:
                self.wfile.write(told.body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    told.url = f"http://127.0.0.1:{server.server_address[1]}/stock.csv"
    try:
        yield told
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def fed(tmp_path: Path, cache: Path, feed: str) -> VirtualRoom:
    return make_room(tmp_path / "room", cache, room=f"{ROOM}feed: {feed}\n")


@pytest.fixture
def room(tmp_path: Path, speech_cache: Path) -> VirtualRoom:
    room = fed(tmp_path, speech_cache, "{source: stock.csv, every: 10s}")
    write(room, GOOD)
    return room


def write(room: VirtualRoom, text: str | bytes) -> None:
    (room.folder / "stock.csv").write_bytes(text if isinstance(text, bytes) else text.encode())


def facts(desk: RoomDesk, product: str = "cup") -> tuple[str, int | None]:
    found = desk.facts(product) or {}
    return found["price"], found.get("stock")


def codes(desk: RoomDesk) -> list[str]:
    return [why["code"] for why in desk.state()["degraded_why"]]


class TestFile:
    def test_what_is_new_in_it_is_in_force(self, room: VirtualRoom) -> None:
        async def act(desk: RoomDesk, clock: VirtualClock) -> None:
            await sleep(clock, 2)
            assert facts(desk) == ("69 CNY", 12)
            write(room, "id,price,quantity\ncup,65 CNY,0\n")
            await sleep(clock, 10)
            assert facts(desk) == ("65 CNY", 0)
            assert facts(desk, "lamp") == ("199 CNY", None), "what it does not tell stays"
            assert codes(desk) == []

        room.run(20, act)
        assert [event["by"] for event in room.of("facts")] == ["start", "feed", "feed"]

    def test_what_an_operator_set_right_is_newer_than_what_it_goes_on_saying(self, room: VirtualRoom) -> None:
        async def act(desk: RoomDesk, clock: VirtualClock) -> None:
            await sleep(clock, 2)
            desk.change([Change("cup", {"stock": 3}, "console")])
            await sleep(clock, 30)
            assert facts(desk) == ("69 CNY", 3)
            write(room, GOOD.replace("69", "68"))
            await sleep(clock, 10)
            assert facts(desk) == ("68 CNY", 3)
            write(room, GOOD.replace("12", "7"))
            await sleep(clock, 10)
            assert facts(desk) == ("69 CNY", 7)

        room.run(60, act)

    @pytest.mark.parametrize(
        ("text", "code"),
        [("", "feed_empty"), ("id,price\n", "feed_empty"), (b"\xff\xff", "feed_encoding"),
         ("id,price\nx,1 CNY\n", "feed_none_of_ours")],
    )  # fmt: skip
    def test_one_that_goes_empty_leaves_what_was_good_and_raises_an_alarm(
        self, room: VirtualRoom, text: str | bytes, code: str
    ) -> None:
        seen: list[Any] = []

        async def act(desk: RoomDesk, clock: VirtualClock) -> None:
            await sleep(clock, 2)
            write(room, text)
            await sleep(clock, 10)
            seen.append(desk.state()["degraded_why"])
            await sleep(clock, 30)
            seen.append(desk.state()["degraded_why"])
            assert facts(desk) == ("69 CNY", 12)
            write(room, GOOD.replace("69", "66"))
            await sleep(clock, 10)
            assert facts(desk) == ("66 CNY", 12)
            assert codes(desk) == []

        room.run(60, act)
        (down,), (stale,) = seen
        assert (down["code"], down["details"]["why"]["code"]) == ("feed_down", code)
        assert (stale["code"], stale["details"]["name"]) == ("feed_stale", "stock.csv")
        for lang in ("en", "zh"):
            assert "stock.csv" in in_words(revived("", stale), lang)
        assert len(room.of("degraded")) <= 4, "an alarm is told when it changes, not all the time"

    def test_one_that_is_not_there(self, room: VirtualRoom) -> None:
        (room.folder / "stock.csv").unlink()

        async def act(desk: RoomDesk, clock: VirtualClock) -> None:
            await sleep(clock, 2)
            assert codes(desk) == ["feed_down"]
            assert facts(desk) == ("79 CNY", 236)

        room.run(10, act)

    def test_rows_that_are_wrong_are_named_and_the_others_taken(self, room: VirtualRoom) -> None:
        write(room, "id,price,quantity\ncup,69 CNY,-4\nlamp,189 CNY,3\n")

        async def act(desk: RoomDesk, clock: VirtualClock) -> None:
            await sleep(clock, 2)
            assert (facts(desk), facts(desk, "lamp")) == (("79 CNY", 236), ("189 CNY", 3))
            (why,) = desk.state()["degraded_why"]
            assert (why["code"], why["details"]["row"], why["details"]["count"]) == ("feed_rows", 2, 1)

        room.run(10, act)

    def test_what_contradicts_the_sheet_is_named_with_its_row(self, room: VirtualRoom) -> None:
        script = room.folder / "scripts" / "0.md"
        script.write_text(script.read_text().replace("price: 79元", "price: 79元\nlist_price: 99元"), encoding="utf-8")
        write(room, "id,price,quantity\nlamp,189 CNY,3\ncup,120 CNY,4\n")

        async def act(desk: RoomDesk, clock: VirtualClock) -> None:
            await sleep(clock, 2)
            assert facts(desk) == ("79 CNY", 236)
            (why,) = desk.state()["degraded_why"]
            assert (why["code"], why["details"]["row"]) == ("feed_refused", 3)

        room.run(10, act)

    def test_a_killed_room_comes_back_with_what_it_said(self, room: VirtualRoom) -> None:
        async def second(desk: RoomDesk, clock: VirtualClock) -> None:
            assert facts(desk) == ("69 CNY", 12)

        room.run(5)
        (room.folder / "stock.csv").unlink()
        room.run(5, second)


class TestAddress:
    def test_it_is_asked_for_again_only_where_it_changed(self, tmp_path: Path, speech_cache: Path, shop: Shop) -> None:
        room = fed(tmp_path, speech_cache, f"{{source: '{shop.url}?token=hush', every: 10s}}")

        async def act(desk: RoomDesk, clock: VirtualClock) -> None:
            await sleep(clock, 5)
            assert facts(desk) == ("69 CNY", 12)
            await sleep(clock, 10)
            shop.body, shop.tag = GOOD.replace("69", "65").encode(), '"2"'
            await sleep(clock, 10)
            assert facts(desk) == ("65 CNY", 12)
            shop.status, shop.tag = 503, '"3"'
            await sleep(clock, 10)
            assert codes(desk) == ["feed_down"]
            assert "503" in desk.state()["degraded"][0]
            assert "hush" not in str(desk.state()), "what may be secret is not shown"
            await sleep(clock, 30)
            assert codes(desk) == ["feed_stale"]
            shop.status = 200
            await sleep(clock, 10)
            assert codes(desk) == []
            assert facts(desk) == ("65 CNY", 12)

        room.run(90, act)
        assert [asked.get("If-None-Match") for asked in shop.asked[:4]] == [None, '"1"', '"1"', '"2"']

    def test_one_that_nobody_listens_at(self, tmp_path: Path, speech_cache: Path) -> None:
        room = fed(tmp_path, speech_cache, "{source: 'http://127.0.0.1:9/stock.csv', every: 10s}")

        async def act(desk: RoomDesk, clock: VirtualClock) -> None:
            await sleep(clock, 2)
            assert codes(desk) == ["feed_down"]

        room.run(10, act)

    def test_with_a_key_from_the_environment(
        self, tmp_path: Path, speech_cache: Path, shop: Shop, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        room = fed(tmp_path, speech_cache, f"{{source: '{shop.url}', key_env: SHOP_KEY}}")
        seen: list[list[str]] = []

        async def act(desk: RoomDesk, clock: VirtualClock) -> None:
            await sleep(clock, 2)
            seen.append(codes(desk))

        room.run(5, act)
        monkeypatch.setenv("SHOP_KEY", "the-key")
        room.run(5, act)
        assert seen == [["feed_down"], []]
        assert [asked["Authorization"] for asked in shop.asked] == ["Bearer the-key"]

    def test_one_that_never_ends_is_cut_off(
        self, tmp_path: Path, speech_cache: Path, shop: Shop, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("host.programme.feed_source.MAX_BYTES", 20)
        room = fed(tmp_path, speech_cache, f"'{shop.url}'")

        async def act(desk: RoomDesk, clock: VirtualClock) -> None:
            await sleep(clock, 2)
            assert [why["details"]["why"]["code"] for why in desk.state()["degraded_why"]] == ["feed_too_large"]

        room.run(5, act)
