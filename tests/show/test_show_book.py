"""The show book, with real files and a real watcher."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path

import pytest

from host.core.clock import MonotonicClock
from host.core.errors import Finding, InvalidFile
from host.show.book import Reload, ShowBook

SHEET = "---\nname: 杯{n}\nlink: {n}\nprice: 79元\n---\n"


def write(folder: Path, number: int, text: str) -> Path:
    path = folder / f"p{number}.md"
    path.write_text(SHEET.replace("{n}", str(number)) + text, encoding="utf-8")
    return path


@pytest.fixture
def book(tmp_path: Path) -> ShowBook:
    write(tmp_path, 1, "一。")
    write(tmp_path, 2, "二。")
    book = ShowBook(lambda: sorted(tmp_path.glob("*.md")))
    assert book.reload().changed
    return book


def said(reload: Reload) -> list[str]:
    return [w.text for s in reload.show.scripts.values() for _, _, line in s.lines() for w in line.wordings]


def test_nothing_new_changes_nothing(book: ShowBook) -> None:
    reload = book.reload()
    assert not reload.changed
    assert said(reload) == ["一。", "二。"]


def test_a_half_written_file_keeps_its_last_good_version(book: ShowBook, tmp_path: Path) -> None:
    path = tmp_path / "p1.md"
    path.write_text("---\nname: 杯")
    reload = book.reload()
    assert not reload.changed
    assert said(reload) == ["一。", "二。"]
    assert [(finding.path, finding.line) for finding in reload.findings] == [(str(path), 1)]
    write(tmp_path, 1, "新的一。")
    reload = book.reload()
    assert reload.changed
    assert said(reload) == ["新的一。", "二。"]
    assert reload.findings == ()


def test_files_come_and_go(book: ShowBook, tmp_path: Path) -> None:
    write(tmp_path, 3, "三。")
    assert said(book.reload()) == ["一。", "二。", "三。"]
    (tmp_path / "p1.md").unlink()
    assert said(book.reload()) == ["二。", "三。"]


def test_a_file_that_has_never_been_good_is_left_out(book: ShowBook, tmp_path: Path) -> None:
    (tmp_path / "p9.md").write_text("nothing")
    reload = book.reload()
    assert said(reload) == ["一。", "二。"]
    assert len(reload.findings) == 1


def test_the_last_products_stay_on_air(book: ShowBook, tmp_path: Path) -> None:
    for path in tmp_path.glob("*.md"):
        path.unlink()
    reload = book.reload()
    assert said(reload) == ["一。", "二。"]
    assert "no script is left" in reload.findings[0].message


def test_a_list_of_files_that_cannot_be_made_keeps_the_known_ones(tmp_path: Path) -> None:
    path = write(tmp_path, 1, "一。")
    gone = False

    def paths() -> list[Path]:
        if gone:
            raise InvalidFile([Finding("room.yaml", 0, "scripts: 'x' is not there")])
        return [path]

    book = ShowBook(paths)
    book.reload()
    gone = True
    reload = book.reload()
    assert said(reload) == ["一。"]
    assert "is not there" in reload.findings[0].message


def test_a_new_file_does_not_push_out_the_one_it_clashes_with(book: ShowBook, tmp_path: Path) -> None:
    (tmp_path / "p0.md").write_text(SHEET.replace("{n}", "1") + "零。", encoding="utf-8")
    reload = book.reload()
    assert said(reload) == ["一。", "二。"]
    assert "link 1 is taken" in reload.findings[0].message


def test_an_edited_file_that_clashes_keeps_its_last_version(book: ShowBook, tmp_path: Path) -> None:
    text = (tmp_path / "p1.md").read_text(encoding="utf-8")
    (tmp_path / "p1.md").write_text(text.replace("link: 1", "link: 2") + "改。", encoding="utf-8")
    reload = book.reload()
    assert said(reload) == ["一。", "二。"]
    assert "link 2 is taken" in reload.findings[0].message
    text = (tmp_path / "p2.md").read_text(encoding="utf-8")
    (tmp_path / "p2.md").write_text(text.replace("link: 2", "link: 1"), encoding="utf-8")
    reload = book.reload()
    assert {product.id: product.link for product in reload.show.catalogue} == {"p1": 2, "p2": 1}
    assert reload.findings == ()


async def test_a_saved_change_is_noticed(book: ShowBook, tmp_path: Path) -> None:
    reloads: AsyncIterator[Reload] = book.watch(MonotonicClock())
    async with asyncio.timeout(20), aclosing(reloads):  # type: ignore[type-var]
        waiting = asyncio.ensure_future(anext(reloads))
        for attempt in range(100):  # the watcher needs a moment before it sees anything
            write(tmp_path, 3, f"三{attempt}。")
            done, _ = await asyncio.wait([waiting], timeout=0.2)
            if done:
                break
        reload = await waiting
    assert reload.changed
    assert len(said(reload)) == 3
