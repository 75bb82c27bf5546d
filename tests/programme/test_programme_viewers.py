"""Two viewers of one nickname stay two: for rates, for what was said before, and after a restart."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from virtual_room import VirtualRoom, make_room, sleep

from host.core.clock import VirtualClock
from host.core.ports import Draft, Question
from host.programme.desk import RoomDesk


class Noting:
    """An answerer that keeps what it was asked with."""

    name = "noting"

    def __init__(self) -> None:
        self.histories: dict[str, tuple[tuple[str, str], ...]] = {}

    async def answer(self, question: Question) -> AsyncIterator[Draft]:
        self.histories[question.comment.id] = question.history
        yield Draft("不漏水。", final=True)

    async def close(self) -> None: ...


@pytest.fixture
def room(tmp_path: Path, speech_cache: Path) -> VirtualRoom:
    made = make_room(tmp_path / "room", speech_cache)
    made.answerer = Noting()
    return made


async def asked(
    desk: RoomDesk, clock: VirtualClock, comment: str, text: str, user: str, source: str, viewer: str
) -> None:
    desk.comment(user, text, comment, source, viewer)
    await sleep(clock, 12)


def test_what_a_namesake_asked_is_not_told_to_the_answerer(room: VirtualRoom) -> None:
    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        await asked(desk, clock, "c1", "杯子会漏水吗？", "小王", "douyin", "")
        await asked(desk, clock, "c2", "杯子怎么洗？", "小王", "taobao", "")
        await asked(desk, clock, "c3", "杯子沉不沉？", "小王", "douyin", "")

    room.run(60, act)
    histories = room.answerer.histories  # type: ignore[union-attr]
    assert [len(histories[comment]) for comment in ("c1", "c2", "c3")] == [0, 0, 1]


def test_who_changes_the_nickname_is_the_same_viewer_also_after_a_restart(room: VirtualRoom) -> None:
    async def first(desk: RoomDesk, clock: VirtualClock) -> None:
        await asked(desk, clock, "c1", "杯子会漏水吗？", "小王", "douyin", "7")

    async def second(desk: RoomDesk, clock: VirtualClock) -> None:
        await asked(desk, clock, "c2", "杯子怎么洗？", "王大锤", "douyin", "7")
        await asked(desk, clock, "c3", "杯子沉不沉？", "小王", "douyin", "8")

    room.run(25, first)
    room.run(45, second)
    histories = room.answerer.histories  # type: ignore[union-attr]
    assert [[question for question, _ in histories[comment]] for comment in ("c1", "c2", "c3")] == [
        [], ["杯子会漏水吗？"], []
    ]  # fmt: skip
    assert [event["viewer"] for event in room.of("comment")] == ["7", "7", "8"]


def test_a_journal_without_viewers_is_read_by_source_and_name(room: VirtualRoom) -> None:
    async def first(desk: RoomDesk, clock: VirtualClock) -> None:
        await asked(desk, clock, "c1", "杯子会漏水吗？", "小王", "douyin", "")
        desk.comment("小王", "杯子贵不贵？", "c2", "douyin")
        await sleep(clock, 0.1)

    async def second(desk: RoomDesk, clock: VirtualClock) -> None:
        await asked(desk, clock, "c3", "杯子怎么洗？", "小王", "douyin", "")

    room.run(18.2, first)
    assert all("viewer" not in event for event in room.of("comment"))
    room.run(45, second)
    histories = room.answerer.histories  # type: ignore[union-attr]
    assert [question for question, _ in histories["c2"]] == ["杯子会漏水吗？"]
    assert histories["c3"][0][0] == "杯子会漏水吗？"
