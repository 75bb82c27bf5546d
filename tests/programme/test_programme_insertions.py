"""A line of the operator is judged by the products it names, whatever is on air: in the console, and beforehand."""

from __future__ import annotations

from pathlib import Path

import pytest
from virtual_room import WALL, VirtualRoom, make_room, sleep

from host.ask import say
from host.config import load_room
from host.core.clock import VirtualClock
from host.core.control import Command, CommandError
from host.core.reason import data
from host.programme.desk import RoomDesk

SHEET = "---\nid: {id}\nname: {name}\nlink: {link}\nprice: {price}\naliases: [{aliases}]\n{rest}---\n\n## {heading}\n\n"
ZH = (
    SHEET.format(id="cream", name="水润面霜 50g", link=1, price="59元", aliases="面霜", heading="开场",
                 rest="stock: 300\nshipping: 48小时内发货\n") + "这是面霜。\n\n面霜很润。\n",
    SHEET.format(id="nuts", name="每日坚果 30包", link=2, price="129元", aliases="坚果", heading="开场",
                 rest="stock: 4\nshipping: 24小时内发货\n") + "这是坚果。\n\n坚果很香。\n",
    SHEET.format(id="hoodie", name="加绒加厚连帽卫衣", link=3, price="99元", aliases="hoodie, 帽衫", heading="开场",
                 rest="stock: 50\nshipping: 全国包邮，48小时内发货\nfacts: {颜色: 3种颜色}\n")
    + "这是卫衣。\n\n卫衣很暖。\n",
)  # fmt: skip
EN = (
    SHEET.format(id="charger", name="GaN Charger 65W", link=1, price="$25", aliases="charger", heading="Opening",
                 rest="stock: 80\nshipping: Ships within 24 hours\n") + "This is the charger.\n\nIt is small.\n",
    SHEET.format(id="shirt", name="Fleece-Lined Hoodie", link=3, price="$39", aliases="sweatshirt", heading="Opening",
                 rest="stock: 40\nfacts: {colors: comes in 3 colors}\n") + "This is the hoodie.\n\nIt is warm.\n",
)  # fmt: skip
ROOM = "name: test\ntitle: T\nlang: {lang}\nscripts: [scripts]\nanswerer: [embedded]\n"

LINES = [
    # the text, and the file named in the refusal: empty where the line is said
    ("加绒加厚连帽卫衣今天99元。", ""),
    ("卫衣今天99元。", ""),
    ("这件卫衣今天99元，全国包邮。", ""),
    ("帽衫今天99元。", ""),
    ("hoodie今天99元。", ""),
    ("3号链接99元。", ""),
    ("拍3号，99元。", ""),
    ("今天59元。", ""),
    ("卫衣99元，坚果129元。", ""),
    ("2号129元，3号99元，1号59元。", ""),
    ("坚果最后几件了。", ""),
    ("卫衣今天59元。", "2.md"),
    ("3号链接59元。", "2.md"),
    ("帽衫129元。", "2.md"),
    ("今天99元。", "0.md"),
    ("面霜99元。", "0.md"),
    ("卫衣129元，坚果99元。", "2.md"),
    ("卫衣99元，坚果99元。", "1.md"),
    ("卫衣和坚果都是99元。", "1.md"),
    ("面霜全国包邮。", "0.md"),
    ("The Fleece-Lined Hoodie is $39.", ""),
    ("The hoodie is $39 today.", ""),
    ("The sweatshirt comes in 3 colors.", ""),
    ("Link 3 is $39.", ""),
    ("It is $25.", ""),
    ("The charger is $25 and the hoodie is $39.", ""),
    ("The hoodie is $25 today.", "1.md"),
    ("Link 3 is $25.", "1.md"),
    ("It is $39.", "0.md"),
    ("The charger is $39 and the hoodie is $25.", "0.md"),
]


def shop(folder: Path, cache: Path, text: str) -> VirtualRoom:
    lang = "zh" if any("一" <= character <= "鿿" for character in text) else "en"
    return make_room(folder / "room", cache, ZH if lang == "zh" else EN, ROOM.format(lang=lang))


async def on_air(room: VirtualRoom, clock: VirtualClock) -> None:
    while not room.said("script"):
        await sleep(clock, 0.2)


def told_off(error: CommandError) -> dict[str, object]:
    why = data(error.args[0])
    assert why is not None
    assert why["code"] == "guard_refuses"
    return why["details"]


@pytest.mark.parametrize(("text", "file"), LINES)
def test_a_line_is_held_against_the_product_it_names(tmp_path: Path, speech_cache: Path, text: str, file: str) -> None:
    room = shop(tmp_path, speech_cache, text)
    refused: list[CommandError] = []

    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        await on_air(room, clock)
        assert desk.state()["card"]["link"] == 1
        try:
            await desk.command(Command(command="say", text=text), "op")
        except CommandError as error:
            refused.append(error)
        await sleep(clock, 8)

    room.run(20, act)
    assert bool(refused) == bool(file), refused
    assert [event["text"] for event in room.said("operator")] == ([] if file else [text])
    assert not room.of("refusal")
    if file:
        assert Path(told_off(refused[0])["why"]["details"]["source"]).name == file  # type: ignore[index]
    beforehand = say(load_room(room.folder / "room.yaml"), text, WALL, room.folder / "data", room.cache)
    assert (beforehand.fate, beforehand.text) == (("refused", "") if file else ("said", text))
    assert beforehand.why == (data(refused[0].args[0]) if file else None)


@pytest.mark.parametrize("text", ["手机今天999元。", "9号链接99元。"])
def test_what_the_room_does_not_sell_is_no_reason_to_write_into_a_sheet_of_another(
    tmp_path: Path, speech_cache: Path, text: str
) -> None:
    room = shop(tmp_path, speech_cache, text)
    beforehand = say(load_room(room.folder / "room.yaml"), text, WALL, room.folder / "data", room.cache)
    assert beforehand.fate == "refused"
    assert beforehand.why is not None
    assert beforehand.why["details"]["unnamed"], "says that the line names no product of the room"


def test_an_answer_of_the_operator_is_held_against_the_product_that_is_asked_about(
    tmp_path: Path, speech_cache: Path
) -> None:
    room = shop(tmp_path, speech_cache, "卫衣")
    refused: list[CommandError] = []

    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        await on_air(room, clock)
        await desk.command(Command(command="pause"), "op")
        desk.comment("小鹿", "卫衣多少钱", "c1")
        desk.comment("小马", "多少钱", "c2")
        await sleep(clock, 0.2)
        for comment, text in (("c1", "59元哦。"), ("c2", "99元哦。"), ("c2", "卫衣59元哦。")):
            with pytest.raises(CommandError) as error:
                await desk.command(Command(command="answer", comment_id=comment, text=text), "op")
            refused.append(error.value)
        await desk.command(Command(command="answer", comment_id="c1", text="99元哦。"), "op")
        await desk.command(Command(command="answer", comment_id="c2", text="这款59元，卫衣99元。"), "op")
        await desk.command(Command(command="resume"), "op")
        await sleep(clock, 15)

    room.run(40, act)
    files = [Path(told_off(error)["why"]["details"]["source"]).name for error in refused]  # type: ignore[index]
    assert files == ["2.md", "0.md", "2.md"]
    assert {"99元哦。", "这款59元，卫衣99元。"} <= {event["text"] for event in room.said()}
    assert not room.of("refusal")
