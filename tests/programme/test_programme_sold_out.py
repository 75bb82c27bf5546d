"""A sold out product is sold out everywhere: said, shown and answered."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest
from virtual_room import CUP, LAMP, VirtualRoom, make_room, sleep

from host.console.shapes import public_state
from host.core.clock import VirtualClock
from host.programme.desk import RoomDesk

GONE = CUP.replace("stock: 236", "stock: 0")


@pytest.fixture
def room(tmp_path: Path, speech_cache: Path) -> VirtualRoom:
    return make_room(tmp_path / "room", speech_cache, (GONE, LAMP))


def products(events: list[dict[str, Any]]) -> set[str | None]:
    return {event["product"] for event in events}


def test_the_round_says_it_once_and_presents_the_rest(room: VirtualRoom) -> None:
    room.run(120)
    assert products(room.said("script")) == {"lamp"}
    words = [event["text"] for event in room.said("bridge") if event["product"] == "cup"]
    assert len(words) == 1
    assert "卖完" in words[0]
    assert not room.of("refusal")


def test_card_cart_and_answers_say_so(room: VirtualRoom) -> None:
    shown: list[dict[str, Any]] = []

    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        await sleep(clock, 6)
        for name, text in (
            ("left", "1号链接还有吗"),
            ("price", "保温杯多少钱"),
            ("order", "我要买1号链接"),
            ("go", "讲一下1号链接"),
        ):
            desk.comment(name, text, name)
            await sleep(clock, 14)
        state = cast(Any, desk.state())
        shown.extend(cast(Any, public_state(state, frozenset())["products"]))

    room.run(80, act)
    for name in ("left", "price", "order", "go"):
        replies = [event["text"] for event in room.said() if name in event["in_reply_to"]]
        assert any("没有库存" in text for text in replies), (name, replies)
    assert {each["id"]: each["sold_out"] for each in shown} == {"cup": True, "lamp": False}
    assert products(room.said("script")) == {"lamp"}


def test_one_that_sells_out_on_air_is_left(tmp_path: Path, speech_cache: Path) -> None:
    room = make_room(tmp_path / "room", speech_cache)
    cards: list[Any] = []

    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        await sleep(clock, 9)
        cards.append(desk.state()["card"])
        (room.folder / "scripts" / "0.md").write_text(GONE, encoding="utf-8")
        room.reload()
        cards.append(desk.state()["card"])
        await sleep(clock, 1)

    room.run(90, act)
    assert [(card["product"], card["sold_out"]) for card in cards] == [("cup", False), ("cup", True)]
    assert [card["badges"] for card in cards] == [["剩余 236 件"], []]
    scripts = [event["product"] for event in room.said("script")]
    left = scripts.index("lamp")
    assert set(scripts[:left]) == {"cup"}
    assert set(scripts[left:]) == {"lamp"}


def test_with_everything_sold_out_the_room_still_speaks(tmp_path: Path, speech_cache: Path) -> None:
    gone = LAMP.replace("price: 199元", "price: 199元\nstock: 0")
    room = make_room(tmp_path / "room", speech_cache, (GONE, gone))

    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        await sleep(clock, 30)
        desk.comment("小鹿", "台灯会频闪吗", "c1")
        await sleep(clock, 1)

    room.run(200, act)
    assert not room.said("script")
    assert len(room.said("bridge")) >= 4
    assert room.fate("c1") == "answered"
    assert not room.of("refusal")
