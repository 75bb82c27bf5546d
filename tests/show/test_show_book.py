"""The show book, with real files and a real watcher."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager
from pathlib import Path
from threading import Event, Thread

import pytest

from host.core.clock import MonotonicClock
from host.core.errors import Finding, InvalidFile
from host.show import book as book_module
from host.show.book import Reload, ShowBook
from host.show.load import ScriptFile, read_script_file

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


def scripts_in(folder: Path) -> Callable[[], list[Path]]:
    """What a room asks for: the scripts of its folder, or the complaint that it is not there."""

    def paths() -> list[Path]:
        if not folder.is_dir():
            raise InvalidFile([Finding("room.yaml", 3, f"scripts: {folder.name!r} is not there")])
        return sorted(folder.glob("*.md"))

    return paths


Until = Callable[[Callable[[Reload], bool]], "asyncio.Future[Reload]"]


@asynccontextmanager
async def watching(book: ShowBook) -> AsyncIterator[Until]:
    """Watches the real files; what it gives waits for a reload that is as asked for."""
    reloads: AsyncIterator[Reload] = book.watch(MonotonicClock())

    async def until(wanted: Callable[[Reload], bool]) -> Reload:
        async for reload in reloads:
            if wanted(reload):
                return reload
        raise AssertionError("the watch came to an end")

    async with asyncio.timeout(30), aclosing(reloads):  # type: ignore[type-var]
        yield lambda wanted: asyncio.ensure_future(until(wanted))


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looks often, so that tests need not wait."""
    monkeypatch.setattr(book_module, "LOOK_EVERY", 0.2)


def missing(reload: Reload) -> bool:
    return any("is not there" in finding.message for finding in reload.findings)


@pytest.mark.usefixtures("eager")
@pytest.mark.parametrize("back", ["moved", "linked"])
async def test_a_folder_that_is_replaced_is_watched_on(tmp_path: Path, back: str) -> None:
    folder, copy = tmp_path / "zh", tmp_path / "zh2"
    folder.mkdir()
    write(folder, 1, "一。")
    book = ShowBook(scripts_in(folder))
    book.reload()
    async with watching(book) as until:
        shutil.copytree(folder, copy)
        gone = until(missing)
        shutil.rmtree(folder)
        assert said(await gone) == ["一。"]
        there = until(lambda reload: not reload.findings)
        copy.rename(folder) if back == "moved" else folder.symlink_to(copy)
        assert not (await there).changed
        for text in ("新的一。", "更新的一。"):
            edited = until(lambda reload: reload.changed)
            write(folder, 1, text)
            assert said(await edited) == [text]


@pytest.mark.usefixtures("eager")
async def test_a_folder_swapped_for_another_at_once_is_taken_up(tmp_path: Path) -> None:
    folder, other = tmp_path / "zh", tmp_path / "other"
    folder.mkdir()
    other.mkdir()
    write(folder, 1, "一。")
    write(other, 1, "另一。")
    book = ShowBook(scripts_in(folder))
    book.reload()
    async with watching(book) as until:
        changed = until(lambda reload: reload.changed)
        folder.rename(tmp_path / "old")
        other.rename(folder)
        assert said(await changed) == ["另一。"]
        changed = until(lambda reload: reload.changed)
        write(folder, 2, "二。")
        assert said(await changed) == ["另一。", "二。"]


@pytest.mark.usefixtures("eager")
async def test_a_machine_that_tells_of_no_change_is_looked_at(
    book: ShowBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def exhausted(*_: object, **__: object) -> None:
        raise OSError("OS file watch limit reached")

    monkeypatch.setattr(book_module, "awatch", exhausted)
    async with watching(book) as until:
        changed = until(lambda reload: reload.changed)
        write(tmp_path, 1, "新的一。")
        assert said(await changed) == ["新的一。", "二。"]


@pytest.mark.usefixtures("eager")
async def test_the_target_of_a_link_is_looked_at(tmp_path: Path) -> None:
    folder = tmp_path / "zh"
    folder.mkdir()
    write(tmp_path, 1, "一。")
    (folder / "p1.md").symlink_to(tmp_path / "p1.md")
    book = ShowBook(scripts_in(folder))
    book.reload()
    async with watching(book) as until:
        changed = until(lambda reload: reload.changed)
        write(tmp_path, 1, "新的一。")
        assert said(await changed) == ["新的一。"]


async def test_what_changed_before_the_watch_began_is_taken_up(book: ShowBook, tmp_path: Path) -> None:
    write(tmp_path, 1, "新的一。")
    async with watching(book) as until:
        assert said(await until(lambda reload: reload.changed)) == ["新的一。", "二。"]


def test_a_pipe_among_the_scripts_holds_nobody_up(book: ShowBook, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "p3.md")
    (tmp_path / "p4.md").mkdir()
    (tmp_path / "p5.md").symlink_to("/dev/zero")
    reload = book.reload()
    assert said(reload) == ["一。", "二。"]
    assert [finding.message for finding in reload.findings] == ["is not a file"] * 3
    assert [finding.hint.split(":")[0] for finding in reload.findings] == [
        "it is a named pipe",
        "it is a folder",
        "it is a device",
    ]


def test_a_pipe_in_place_of_a_picture_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.png")
    (tmp_path / "cup.md").write_text("---\nname: 杯\nlink: 1\nprice: 79元\nimage: a.png\n---\n好。", encoding="utf-8")
    reload = ShowBook(scripts_in(tmp_path)).reload()
    assert [finding.message for finding in reload.findings] == ["image: a.png is not a file"]


def test_a_file_swapped_for_a_pipe_keeps_its_last_good_version(book: ShowBook, tmp_path: Path) -> None:
    (tmp_path / "p1.md").unlink()
    os.mkfifo(tmp_path / "p1.md")
    reload = book.reload()
    assert said(reload) == ["一。", "二。"]
    assert "is not a file" in reload.findings[0].message


def test_a_list_that_the_system_refuses_keeps_the_known_files(tmp_path: Path) -> None:
    path = write(tmp_path, 1, "一。")
    book = ShowBook(lambda: [path])
    book.reload()

    def refused() -> list[Path]:
        raise PermissionError(13, "Permission denied")

    book._paths = refused
    reload = book.reload()
    assert said(reload) == ["一。"]
    assert "Permission denied" in reload.findings[0].message


class SlowDisk:
    """Reads of scripts wait for it; it counts how many are under way at once."""

    def __init__(self) -> None:
        self.asked, self.ready = Event(), Event()
        self.under_way = self.most = 0

    def read(self, path: Path, gestures: object = None) -> ScriptFile:
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        self.asked.set()
        assert self.ready.wait(20)
        self.under_way -= 1
        return read_script_file(path)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch, book: ShowBook) -> SlowDisk:
    disk = SlowDisk()
    monkeypatch.setattr(book_module, "read_script_file", disk.read)
    return disk


async def test_a_slow_disk_does_not_hold_up_the_room(book: ShowBook, disk: SlowDisk, tmp_path: Path) -> None:
    write(tmp_path, 1, "新的一。")
    async with watching(book) as until:
        changed = until(lambda reload: reload.changed)
        assert await asyncio.to_thread(disk.asked.wait, 20), "this loop goes on while the disk is waited for"
        assert not changed.done()
        disk.ready.set()
        assert said(await changed) == ["新的一。", "二。"]


def test_no_two_reloads_overlap(book: ShowBook, disk: SlowDisk) -> None:
    threads = [Thread(target=book.reload, daemon=True) for _ in range(3)]
    for thread in threads:
        thread.start()
    assert disk.asked.wait(20)
    threads[-1].join(0.1)
    assert disk.most == 1
    disk.ready.set()
    for thread in threads:
        thread.join(20)
        assert not thread.is_alive()
    assert disk.most == 1
