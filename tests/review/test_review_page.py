"""The page as a seller sees it: in a real Chromium, at the width of a desk and of a phone."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from browser import launch
from virtual_room import WALL

from host.core import journal_events as kinds
from host.core.journal_events import Event
from host.review.page import page, write
from host.review.report import review
from host.review.rows import MOST

SCREEN = 900
HOSTILE = "<script>document.title='broken'</script>\u202e&amp;\"'" + "长" * 300


def spoken_in(events: list[Event], lang: str) -> list[Event]:
    return [event | {"lang": lang} if event["kind"] == kinds.ROOM_STARTED else event for event in events]


def a_quarter_of_an_hour() -> list[Event]:
    """A show of fifteen minutes with 300 comments, a refused line each round, and as many acts."""
    events: list[Event] = []

    def add(kind: str, at: float, **fields: Any) -> None:
        events.append({"kind": kind, "at": at, "wall": (WALL + timedelta(seconds=at)).isoformat(), **fields})

    add(kinds.ROOM_STARTED, 0, lang="zh", products={f"p{k}": f"商品{k}" for k in range(12)})
    for k in range(300):
        at, name = 3.0 * k, f"c{k}"
        add(kinds.SPEAKING, at, utterance_kind="script", text=f"第{k}句", product=f"p{k // 25}", duration=2.8)
        add(kinds.COMMENT, at, comment=name, user=f"观众{k}", text=f"第{k % 40}个颜色有吗{HOSTILE if k == 7 else ''}")
        add(kinds.VERDICT, at, comment=name, intent="question", fate=("answered", "refused", "expired")[k % 3])
        if k % 10 == 0:
            add(kinds.REFUSAL, at, utterance_kind="script", text=f"第{k % 20}句不能说", code="claim", reason="no fact")
            add(kinds.OPERATOR, at, command="say", text=f"欢迎第{k}位")
            add(kinds.FAULT, at, where="answerer", message=f"too slow {k % 30}")
    add(kinds.ROOM_STOPPED, 900, reason="stopped")
    return events


@pytest.mark.browser
@pytest.mark.parametrize(("width", "screens"), [(1280, 4), (390, 8)])
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_it_is_read_within_a_few_screens(tmp_path: Path, lang: str, width: int, screens: int) -> None:
    write(review(spoken_in(a_quarter_of_an_hour(), lang), "room"), tmp_path)
    async with launch() as browser:
        shown = await browser.new_page(viewport={"width": width, "height": SCREEN})
        await shown.goto((tmp_path / "report.html").as_uri())
        assert await shown.evaluate("document.documentElement.scrollHeight") <= screens * SCREEN
        assert await shown.evaluate("document.documentElement.scrollWidth") <= width
        await shown.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        assert await shown.evaluate("document.documentElement.scrollWidth") <= width
        assert await shown.title() == "room"
        summary = await shown.locator("nav.tiles").bounding_box()
        assert summary
        assert summary["y"] + summary["height"] < SCREEN


@pytest.mark.browser
async def test_the_first_screen_says_how_it_went(night: list[Event], tmp_path: Path) -> None:
    write(review(night, "test", on_air=True), tmp_path)
    async with launch() as browser:
        shown = await browser.new_page(viewport={"width": 1280, "height": SCREEN})
        await shown.goto((tmp_path / "report.html").as_uri())
        tiles = await shown.locator(".tile").all_inner_texts()
        assert [tile.split("\n")[0] for tile in tiles[1:6]] == ["11", "4", "7", "6", "12"]
        asked = await shown.locator("#unanswered .row").first.bounding_box()
        assert asked
        assert asked["y"] + asked["height"] < SCREEN
        assert await shown.locator("#runs .row.sum").count() == 1
        times = await shown.locator("section:not(#airtime) li.row:not(.sum) > time").all_text_contents()
        assert len(times) > 100
        assert all(len(time) == len("11-22 20:00:00") for time in times)
        days = await shown.locator("#everything .day").all_text_contents()
        assert [day for day in days if "第 3 场" in day] == ["第 3 场 · 2026-11-22", "第 3 场 · 2026-11-23"]


def test_what_strangers_wrote_is_text(night: list[Event]) -> None:
    written = page(review(a_quarter_of_an_hour(), "<b>room</b>"))
    assert "<script>" not in written
    assert "<b>room</b>" not in written
    assert "&lt;script&gt;" in written


def test_it_needs_nothing_from_elsewhere(night: list[Event]) -> None:
    written = page(review(night, "test"))
    assert not [word for word in ("http:", "https:", "src=", "url(", "@import") if word in written]


def test_a_room_that_was_on_air_for_weeks_makes_a_page_that_opens() -> None:
    events = a_quarter_of_an_hour()[:1]
    for k in range(MOST + 500):
        wall = (WALL + timedelta(seconds=k)).isoformat()
        events.append({"kind": kinds.SPEAKING, "at": k, "wall": wall, "utterance_kind": "script", "text": f"第{k}句"})
    written = page(review(events, "room"))
    assert "更早的 500 条没有列在这里" in written
    assert (">第499句<" in written, ">第500句<" in written) == (False, True)
