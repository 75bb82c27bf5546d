"""Facts that change on air hold at the next sentence: judged again, set right aloud, said to be sold out, on record."""

from __future__ import annotations

import shutil
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from virtual_room import CUP, LAMP, WALL, VirtualRoom, make_room, sleep

from host.core.clock import VirtualClock
from host.core.control import Command
from host.core.livefacts.change import Change, ChangeRefused
from host.core.livefacts.history import facts_at
from host.core.media import Speech
from host.core.money import Money
from host.core.offers import Promotion
from host.core.ports import Context
from host.core.product import FactKind, Lang, Product
from host.core.variants import Variant
from host.programme.desk import RoomDesk
from host.programme.price_corrections import REMEMBERED, _told_of_prices, _variant
from host.show import book
from host.show.phrases import PHRASES
from host.voice.engines import espeak

Act = Callable[[RoomDesk, VirtualClock], Awaitable[None]]
SHIRT = """\
---
id: cup
name: 亚麻衬衫
link: 1
price: 79元
facts:
  面料: 亚麻
shipping: 48小时内发货
returns: 七天无理由退货
---

## 开场

大家好，今天讲一款亚麻衬衫。

炭黑2XL也有，要的朋友看1号链接。

- 炭黑的2XL，在1号链接。

米白的现在89元。

- 米白这件89元。
"""
VARIANTS = (
    Variant("black-2xl", "炭黑 2XL", {"颜色": "炭黑", "尺码": "2XL"}, stock=4),
    Variant("white-m", "米白 M", {"颜色": "米白", "尺码": "M"}, Money(Decimal(89), "CNY"), stock=5),
)


@pytest.fixture
def room(tmp_path: Path, speech_cache: Path) -> VirtualRoom:
    return make_room(tmp_path / "room", speech_cache)


@pytest.fixture
def shirts(tmp_path: Path, speech_cache: Path, monkeypatch: pytest.MonkeyPatch) -> VirtualRoom:
    """A room with a product that comes in variants."""
    read = book.read_script_file

    def with_variants(*given: Any) -> Any:
        file = read(*given)
        return replace(file, product=replace(file.product, variants=VARIANTS if file.product.id == "cup" else ()))

    monkeypatch.setattr(book, "read_script_file", with_variants)
    return make_room(tmp_path / "room", speech_cache, (SHIRT, LAMP))


def change(desk: RoomDesk, product: str = "cup", key: str = "", **values: Any) -> int:
    (result,) = desk.change([Change(product, values, "api", key)])
    if isinstance(result, ChangeRefused):
        raise result
    return result.version


def product(desk: RoomDesk, name: str = "cup") -> Product:
    found = desk._programme.catalogue().get(name)
    assert found is not None
    return found


def prices(events: list[dict[str, Any]], price: str) -> list[dict[str, Any]]:
    return [event for event in events if price in event["text"]]


async def heard(room: VirtualRoom, clock: VirtualClock, words: str, count: int = 1) -> None:
    """Wait until something has been said to its end."""

    def done() -> bool:
        said = {event["utterance"] for event in room.said() if words in event["text"]}
        return len([event for event in room.of("played") if event["utterance"] in said]) >= count

    while not done():
        await sleep(clock, 0.1)


async def begun(room: VirtualRoom, clock: VirtualClock, words: str) -> None:
    while not any(words in event["text"] for event in room.said()):
        await sleep(clock, 0.04)


def corrections(room: VirtualRoom) -> list[str]:
    marks = [template.partition("{")[0] for lang in ("zh", "en") for template in PHRASES[lang]["price_correction"]]  # type: ignore[index]
    return [event["text"] for event in room.said("operator") if event["text"].startswith(tuple(marks))]


class Leisurely:
    """A voice that takes two seconds over whatever it says."""

    name = "leisurely"

    def __init__(self, context: Context) -> None:
        self._clock, self._voice = context.clock, espeak.open_voice({}, context)

    async def speak(self, spoken: str, lang: Lang) -> Speech:
        await sleep(self._clock, 2.0)
        return await self._voice.speak(spoken, lang)

    def status(self) -> dict[str, Any]:
        return {"speaking": {}, "degraded": [], "engines": {}, "cache": {}}

    async def close(self) -> None:
        await self._voice.close()


def make_room_forget(room: VirtualRoom) -> None:
    """Begin as if it had never been on air."""
    room.events.clear()
    shutil.rmtree(room.folder / "data", ignore_errors=True)


class TestAtTheNextSentence:
    def test_nothing_is_said_with_the_price_before(self, room: VirtualRoom) -> None:
        changed: list[float] = []

        async def act(desk: RoomDesk, clock: VirtualClock) -> None:
            await begun(room, clock, "220克")
            change(desk, price="69元")
            changed.append(clock.now())
            assert desk.state()["card"]["price"] == "¥69"

        room.run(60, act)
        after = [event for event in room.said() if event["at"] > changed[0]]
        assert not prices(after, "79")
        assert after
        assert not corrections(room), "nobody heard the price before"

    def test_what_the_voice_is_busy_with_is_judged_again_too(self, room: VirtualRoom) -> None:
        """Whenever the price is changed: also while a line with it is being made, by a voice that takes its time."""
        room.voice = Leisurely
        for at in (9.0, 10.0, 11.0, 12.0, 13.0, 14.0, 15.0):
            changed: list[float] = []

            async def act(desk: RoomDesk, clock: VirtualClock, at: float = at, changed: list[float] = changed) -> None:
                await sleep(clock, at)
                change(desk, price=f"{40 + at:g}元")
                changed.append(clock.now())

            make_room_forget(room)
            room.run(30, act)
            assert not prices([event for event in room.said() if event["at"] > changed[0]], "79")

    def test_an_answer_made_before_is_made_again(self, room: VirtualRoom) -> None:
        async def act(desk: RoomDesk, clock: VirtualClock) -> None:
            await sleep(clock, 6)
            await desk.command(Command(command="pause"), "op")
            desk.comment("小鹿", "多少钱", "c1")
            await sleep(clock, 3)
            change(desk, price="69元")
            await desk.command(Command(command="resume"), "op")

        room.run(60, act)
        replies = [event["text"] for event in room.said("answer") if "c1" in event["in_reply_to"]]
        assert any("69" in text for text in replies), replies
        assert room.fate("c1") == "answered"
        assert not [text for text in replies if "79" in text]

    def test_an_answer_after_the_change_tells_it(self, room: VirtualRoom) -> None:
        async def act(desk: RoomDesk, clock: VirtualClock) -> None:
            await sleep(clock, 5)
            change(desk, price="69元", stock=3)
            desk.comment("小鹿", "1号链接还有多少", "c1")

        room.run(40, act)
        assert any("3件" in event["text"] for event in room.said("answer"))


class TestSetRight:
    def test_a_price_said_just_now_is_corrected_aloud(self, room: VirtualRoom) -> None:
        async def act(desk: RoomDesk, clock: VirtualClock) -> None:
            await heard(room, clock, "79元")
            change(desk, price="69元")

        room.run(60, act)
        (said,) = corrections(room)
        assert "69元" in said
        assert "79" not in said

    def test_also_one_that_is_being_said(self, room: VirtualRoom) -> None:
        async def act(desk: RoomDesk, clock: VirtualClock) -> None:
            await begun(room, clock, "79元")
            change(desk, price="69元")

        room.run(60, act)
        assert len(corrections(room)) == 1
        saying = next(event for event in room.said() if "79元" in event["text"])
        following = room.said()[room.said().index(saying) + 1]
        assert following["text"] == corrections(room)[0]

    def test_one_of_long_ago_is_not(self, room: VirtualRoom) -> None:
        async def act(desk: RoomDesk, clock: VirtualClock) -> None:
            await heard(room, clock, "79元")
            await desk.command(Command(command="pause"), "op")
            await sleep(clock, REMEMBERED + 8)
            change(desk, price="69元")
            await desk.command(Command(command="resume"), "op")

        room.run(90, act)
        assert not corrections(room)

    def test_what_changes_twice_is_corrected_to_what_holds(self, room: VirtualRoom) -> None:
        async def act(desk: RoomDesk, clock: VirtualClock) -> None:
            await begun(room, clock, "79元")
            change(desk, price="69元")
            await sleep(clock, 0.2)
            change(desk, price="59元")

        room.run(60, act)
        assert [("59元" in text, "69元" in text) for text in corrections(room)] == [(True, False)]

    def test_what_is_taken_back_at_once_needs_none(self, room: VirtualRoom) -> None:
        async def act(desk: RoomDesk, clock: VirtualClock) -> None:
            await heard(room, clock, "79元")
            change(desk, price="69元")
            change(desk, price="79元")

        room.run(60, act)
        assert not corrections(room)

    def test_a_correction_that_has_become_wrong_is_corrected_itself(self, room: VirtualRoom) -> None:
        async def act(desk: RoomDesk, clock: VirtualClock) -> None:
            await heard(room, clock, "79元")
            change(desk, price="69元")
            await heard(room, clock, "69元")
            change(desk, price="59元")

        room.run(90, act)
        assert ["59元" in text for text in corrections(room)] == [False, True]

    def test_a_paused_room_is_silent_and_corrects_when_it_goes_on(self, room: VirtualRoom) -> None:
        async def act(desk: RoomDesk, clock: VirtualClock) -> None:
            await heard(room, clock, "79元")
            await desk.command(Command(command="pause"), "op")
            change(desk, price="69元")
            await sleep(clock, 60)
            assert not corrections(room)
            await desk.command(Command(command="resume"), "op")

        room.run(120, act)
        assert len(corrections(room)) == 1

    def test_an_edited_file_changes_a_price_like_anything_else(self, room: VirtualRoom) -> None:
        async def act(desk: RoomDesk, clock: VirtualClock) -> None:
            await heard(room, clock, "79元")
            (room.folder / "scripts" / "0.md").write_text(CUP.replace("79元", "69元"), encoding="utf-8")
            room.reload()

        room.run(60, act)
        assert len(corrections(room)) == 1

    def test_the_price_of_a_variant_too(self, shirts: VirtualRoom) -> None:
        async def act(desk: RoomDesk, clock: VirtualClock) -> None:
            await sleep(clock, 5)
            await desk.command(Command(command="say", text="米白 M这件89元。"), "op")
            await heard(shirts, clock, "89元")
            change(desk, variants={"white-m": {"price": "99元"}})

        shirts.run(60, act)
        (said,) = corrections(shirts)
        assert "米白 M现在是99元" in said

    def test_in_english(self, tmp_path: Path, speech_cache: Path) -> None:
        sheet = "---\nid: mug\nname: Travel Mug\nlink: 1\nprice: $24\nlang: en\nfacts:\n  weight: 220 g\n---\n"
        mug = f"{sheet}\n## One\n\nIt is $24.\n\n- Yours for $24.\n\nLook at this mug.\n"
        room = make_room(
            tmp_path / "en", speech_cache, (mug,), "name: test\nlang: en\nscripts: [scripts]\nanswerer: [embedded]\n"
        )

        async def act(desk: RoomDesk, clock: VirtualClock) -> None:
            await heard(room, clock, "$24")
            change(desk, "mug", price="19.50")

        room.run(60, act)
        (said,) = corrections(room)
        assert "$19.50" in said
        assert not room.of("refusal") or all(
            "$24" in event["text"] or "24" in event["text"] for event in room.of("refusal")
        )


class TestOffers:
    def test_one_is_gone_to_the_second(self, tmp_path: Path, speech_cache: Path) -> None:
        script = CUP.replace("现在79元，在1号链接。", "现在69元。").replace(
            "1号链接，79元就能带走。", "今天69元就能带走。"
        )
        room = make_room(tmp_path / "offer", speech_cache, (script,))
        ends = WALL + timedelta(seconds=40)

        async def act(desk: RoomDesk, _: VirtualClock) -> None:
            change(desk, sale={"price": "69元", "until": ends.isoformat()})

        room.run(80, act)
        said = prices(room.said("script"), "69元")
        assert said, "while it stands"
        assert max(event["at"] for event in said) < 40
        (correction,) = corrections(room)
        assert "79元" in correction

    def test_one_that_begins_is_told_from_then_on(self, room: VirtualRoom) -> None:
        async def act(desk: RoomDesk, clock: VirtualClock) -> None:
            change(desk, sale={"price": "69元", "from": (WALL + timedelta(seconds=20)).isoformat()})
            await sleep(clock, 19)
            assert desk.state()["products"][0]["price"] == "¥79"
            await sleep(clock, 1)
            assert desk.state()["products"][0]["price"] == "¥69"

        room.run(30, act)


class TestSoldOut:
    def test_a_variant_is_said_to_be_and_its_lines_are_passed_over(self, shirts: VirtualRoom) -> None:
        changed: list[float] = []

        async def act(desk: RoomDesk, clock: VirtualClock) -> None:
            await begun(shirts, clock, "亚麻衬衫")
            change(desk, variants={"black-2xl": {"stock": 0}})
            changed.append(clock.now())

        shirts.run(120, act)
        told = [event["text"] for event in shirts.said("bridge") if "没有库存" in event["text"]]
        assert len(told) == 1
        assert "炭黑 2XL" in told[0]
        lines = [event["text"] for event in shirts.said("script") if event["at"] > changed[0]]
        assert lines
        assert not [text for text in lines if "炭黑" in text]
        assert any("米白" in text for text in lines)
        assert {event["why"]["code"] for event in shirts.of("refusal")} == {"names_sold_out"}

    def test_one_that_is_there_again_is_offered_again(self, shirts: VirtualRoom) -> None:
        async def act(desk: RoomDesk, clock: VirtualClock) -> None:
            change(desk, variants={"black-2xl": {"stock": 0}})
            change(desk, variants={"black-2xl": {"stock": 2}})
            await sleep(clock, 1)

        shirts.run(60, act)
        assert not [event for event in shirts.said("bridge") if "没有库存" in event["text"]]
        assert [event for event in shirts.said("script") if "炭黑" in event["text"]]

    def test_with_its_last_variant_the_product_is(self, shirts: VirtualRoom) -> None:
        changed: list[float] = []

        async def act(desk: RoomDesk, clock: VirtualClock) -> None:
            await begun(shirts, clock, "亚麻衬衫")
            change(desk, variants={"black-2xl": {"stock": 0}, "white-m": {"stock": 0}})
            changed.append(clock.now())
            assert product(desk).sold_out

        shirts.run(90, act)
        after = [event["product"] for event in shirts.said("script") if event["at"] > changed[0]]
        assert set(after) == {"lamp"}
        assert [event for event in shirts.said("bridge") if "卖完" in event["text"]]

    def test_a_product_that_is_there_again_has_its_turn(self, room: VirtualRoom) -> None:
        async def act(desk: RoomDesk, clock: VirtualClock) -> None:
            change(desk, stock=0)
            await sleep(clock, 40)
            change(desk, stock=12)

        room.run(160, act)
        assert "cup" in [event["product"] for event in room.said("script") if event["at"] > 40]


class TestRecord:
    def test_a_killed_room_comes_back_with_what_was_changed(self, room: VirtualRoom) -> None:
        async def first(desk: RoomDesk, clock: VirtualClock) -> None:
            await sleep(clock, 3)
            assert change(desk, price="69元", key="k1") == 2

        async def second(desk: RoomDesk, clock: VirtualClock) -> None:
            await sleep(clock, 3)
            assert product(desk).price == Money(Decimal(69), "CNY")
            assert change(desk, price="69元", key="k1") == 2, "known again"

        room.run(10, first)
        room.wall = WALL + timedelta(minutes=1)
        room.run(10, second)

    def test_a_refused_change_leaves_the_room_as_it_is(self, room: VirtualRoom) -> None:
        async def act(desk: RoomDesk, clock: VirtualClock) -> None:
            await sleep(clock, 3)
            show = desk._programme.show
            for values in ({"price": "0"}, {"stock": -1}, {"variants": {"x": {"stock": 1}}}):
                with pytest.raises(ChangeRefused):
                    change(desk, **values)
            assert desk._programme.show is show

        room.run(10, act)
        assert [event["by"] for event in room.of("facts")] == ["start"]
        assert len(room.of("not_done")) == 3

    def test_the_journal_tells_any_second(self, room: VirtualRoom) -> None:
        async def act(desk: RoomDesk, clock: VirtualClock) -> None:
            await sleep(clock, 10)
            change(desk, price="69元")
            await sleep(clock, 10)
            (room.folder / "scripts" / "0.md").write_text(CUP.replace("price: 79元", "price: 65元"), encoding="utf-8")
            room.reload()
            assert desk.facts("cup")["price"] == "65 CNY"
            past = await desk.facts_at("cup", WALL + timedelta(seconds=12))
            assert past is not None
            assert past["price"] == "69 CNY"

        room.run(30, act)
        told = [facts_at(room.events, "cup", WALL + timedelta(seconds=second)) for second in (5, 12, 25)]
        assert [each and (each["price"], each["by"]) for each in told] == [
            ("79 CNY", "start"), ("69 CNY", "api"), ("65 CNY", "file"),
        ]  # fmt: skip


def test_prices_are_looked_up_under_the_keys_of_facts() -> None:
    """What corrections know of prices is what the sheet tells."""
    offers = (Promotion("今晚69元", Money(Decimal(69), "CNY")), Promotion("买二送一"), Promotion("早场", ends=WALL))
    shirt = Product("cup", "衬衫", "zh", 1, Money(Decimal(79), "CNY"), variants=VARIANTS, promotions=offers)
    facts = {fact.id.removeprefix("cup."): fact for fact in shirt.facts_in_force(WALL)}
    paid = {key: fact.text for key, fact in facts.items() if fact.kind in (FactKind.PRICE, FactKind.PROMOTION)}
    for variant in ("", "black-2xl", "white-m"):
        of_it = {key: text for key, text in paid.items() if _variant(key) == variant}
        assert _told_of_prices(shirt, variant, WALL) == of_it
