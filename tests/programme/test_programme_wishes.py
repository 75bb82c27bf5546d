"""What viewers wish for is told or said to come later, and the room keeps to its order."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from virtual_room import WALL, VirtualRoom, make_room, sleep

from host.core.clock import VirtualClock
from host.core.control import Command
from host.core.product import Lang, Money, Product
from host.core.utterance import Kind
from host.lang.normalise import normalise
from host.mind.guard.case import Case
from host.mind.guard.judge import Guard
from host.mind.guard.wordlists import WordList
from host.programme.desk import RoomDesk
from host.show.phrases import PHRASES, Occasion, fill

NAMES = {"zh": ["水润面霜 50g", "每日坚果 30包", "连帽卫衣", "护眼台灯"],
         "en": ["Face Cream 50 g", "Daily Nuts", "Fleece Hoodie", "Reading Lamp"]}  # fmt: skip
TOLD = {
    "zh": [
        "大家好，先坐下来慢慢听我讲一讲它。", "拿到手里先看看它的样子。", "摸起来很舒服，大家可以想一想那种感觉。",
        "颜色也好看，放在哪里都很合适。", "放在家里，或者带去办公室，都可以。", "喜欢的朋友可以看看，问题打在公屏上。",
    ],
    "en": [
        "Hello and have a seat, let me tell you a little about it.", "Have a look at it from every side.",
        "It feels nice in the hand, as you can imagine.", "The colors are lovely and go well with anything.",
        "Put it in your home or take it to the office.", "Have a look, and do ask if there is anything.",
    ],
}  # fmt: skip
SHEET = "---\nid: p{link}\nname: {name}\nlink: {link}\nprice: {price}\nlang: {lang}\n---\n\n## One\n\n{lines}\n"
WHO = {"zh": "小马", "en": "Leaf"}
ASKS = {"zh": "讲一下{link}号链接", "en": "show me link {link}"}


def shop(folder: Path, cache: Path, lang: str = "zh") -> VirtualRoom:
    lines, price = "\n\n".join(TOLD[lang]), "59元" if lang == "zh" else "$59"
    scripts = [
        SHEET.format(link=link, name=name, price=price, lang=lang, lines=lines)
        for link, name in enumerate(NAMES[lang], 1)
    ]
    return make_room(folder / "room", cache, scripts, f"name: test\ntitle: T\nlang: {lang}\nscripts: [scripts]\n")


async def until(room: VirtualRoom, clock: VirtualClock, product: str, count: int = 2) -> None:
    """Until ``count`` sentences of a product's script have begun."""
    while sum(event["product"] == product for event in room.said("script")) < count:
        await sleep(clock, 0.2)


def turns(room: VirtualRoom) -> list[str]:
    products = [event["product"] for event in room.said("script")]
    return [product for at, product in enumerate(products) if at == 0 or products[at - 1] != product]


def last(room: VirtualRoom, comment: str) -> dict[str, Any]:
    return [event for event in room.of("verdict") if event["comment"] == comment][-1]


def wish(desk: RoomDesk, lang: str, link: int, user: str, comment: str) -> None:
    desk.comment(user, ASKS[lang].format(link=link), comment)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_wish_is_told_then_the_order_goes_on(tmp_path: Path, speech_cache: Path, lang: str) -> None:
    room = shop(tmp_path, speech_cache, lang)

    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        await until(room, clock, "p2")
        wish(desk, lang, 4, "小鹿", "c1")
        await until(room, clock, "p4")
        wish(desk, lang, 3, WHO[lang], "c2")
        wish(desk, lang, 1, "小牛", "c3")
        wish(desk, lang, 4, "小羊", "c4")

    room.run(160, act)
    assert turns(room)[:6] == ["p1", "p2", "p4", "p2", "p3", "p4"]
    heard = [event["text"] for event in room.said("script") if event["product"] == "p2"]
    assert len(set(heard[:6])) == 6, "nothing of it twice, nothing left out"
    verdicts = [(last(room, f"c{at}")["fate"], last(room, f"c{at}")["why"]["code"]) for at in range(1, 5)]
    assert verdicts == [
        ("answered", "goes_to"), ("answered", "wish_behind_another"), ("ignored", "wish_behind_another"),
        ("ignored", "wish_on_air"),
    ]  # fmt: skip
    told = next(event["text"] for event in room.said("answer") if event["in_reply_to"] == ["c2"])
    assert WHO[lang] in told
    assert NAMES[lang][2] in told
    assert last(room, "c2")["why"]["details"]["after"] == NAMES[lang][1]
    assert not room.of("refusal")


def test_a_crowd_does_not_keep_the_show_from_its_order(tmp_path: Path, speech_cache: Path) -> None:
    room = shop(tmp_path, speech_cache)

    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        for number in range(150):
            wish(desk, "zh", 1 + number * 3 % 4, f"v{number}", f"c{number}")
            await sleep(clock, 2)

    room.run(310, act)
    told = room.said("script")
    own = [event["product"] for event in told if not event.get("wished")]
    assert set(own) == {"p1", "p2", "p3", "p4"}
    assert len(own) >= len(told) / 2 - 6
    codes = {last(room, f"c{number}")["why"]["code"] for number in range(140)}
    assert {"goes_to", "wish_on_air", "wish_behind_another"} <= codes
    assert all(last(room, f"c{number}")["fate"] != "queued" for number in range(140))


def test_the_operator_has_no_budget(tmp_path: Path, speech_cache: Path) -> None:
    room = shop(tmp_path, speech_cache)

    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        for product in ["p3", "p1", "p4", "p2", "p3", "p1", "p4"]:
            await desk.command(Command(command="goto", product=product), "op")
            while not room.said("script") or turns(room)[-1] != product:
                await sleep(clock, 0.2)

    room.run(120, act)
    assert " ".join(["p3", "p1", "p4", "p2", "p3", "p1", "p4"]) in " ".join(turns(room))


def test_a_room_that_was_killed_during_a_wish_comes_back_to_its_order(tmp_path: Path, speech_cache: Path) -> None:
    room = shop(tmp_path, speech_cache)

    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        await until(room, clock, "p2")
        wish(desk, "zh", 4, "小鹿", "c1")

    room.run(45, act)
    assert turns(room)[-1] == "p4"
    room.run(90)
    assert turns(room)[:5] == ["p1", "p2", "p4", "p2", "p3"]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("occasion", ["wish_on_air", "wish_later", "wish_unplanned", "return"])
def test_what_is_said_of_a_wish_passes_the_guard(lang: Lang, occasion: Occasion) -> None:
    price = Money(Decimal(59), "CNY" if lang == "zh" else "USD")
    cream, lamp = (Product(f"p{link}", name, lang, link, price) for link, name in enumerate(NAMES[lang][::3], 1))
    guard = Guard(WordList.load())
    for template in PHRASES[lang][occasion]:
        text = fill(template, lang, name=cream.name, link=1, after=lamp.name, user=WHO[lang])
        ruling = guard.check(
            Case(text, normalise(text, lang), kind=Kind.ANSWER, lang=lang, products=(cream, lamp), wall=WALL)
        )
        assert ruling.allowed, ruling.reason
