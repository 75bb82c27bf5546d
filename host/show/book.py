"""The show book: the script files of a room as they are now, each at its last good version.

Files are edited while the room is on air. A file that is half written or wrong keeps its last good version and its
findings are shown; a new file joins, a removed one leaves, but a room that has products never loses all of them.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from threading import Lock

from watchfiles import DefaultFilter, awatch

from host.core.clock import Clock, sleep
from host.core.errors import Finding, InvalidFile, LivehostError
from host.core.findings import found
from host.show.load import ScriptFile, Show, assemble, clash, read_script_file
from host.show.pictures import PICTURES
from host.show.shop import Shop, ShopRead, read_shop

SETTLE_MS = 100
"""Milliseconds without a further change before files are read: editors write in several steps."""
LONGEST_SETTLE_MS = 1600
LOOK_EVERY = 2.0
"""Seconds between looks at the folders, which find what the machine does not tell: a folder that was replaced, a
link's target that was edited, a disk that tells nothing."""

_Mark = tuple[int, ...]
_LOOKED_AT = {".md", ".yaml", ".yml", *PICTURES}


@dataclass(frozen=True, slots=True)
class Reload:
    """The show after a reading of the files."""

    show: Show
    findings: tuple[Finding, ...]
    """What is wrong in the files as they are now, the kept ones included."""
    changed: bool
    """Whether anything that can be said differs from before."""


@dataclass(frozen=True, slots=True)
class _Look:
    """What can be told of the files without reading them. Two that differ mean that something changed."""

    paths: tuple[Path, ...]
    findings: tuple[Finding, ...]
    """Why the paths could not be asked for."""
    folders: tuple[tuple[Path, _Mark, tuple[tuple[str, _Mark], ...]], ...]
    """Every folder that is there, which one it is, and its scripts and pictures."""


class ShowBook:
    """Owns the last good version of every file. ``paths`` is asked anew each time which files there are; it may
    raise `LivehostError`, and the files known so far then stay. ``shop`` is asked for the file of the shop sheet."""

    def __init__(
        self,
        paths: Callable[[], Sequence[Path]],
        gestures: Collection[str] | None = None,
        shop: Callable[[], Path | None] = lambda: None,
    ) -> None:
        self._paths = paths
        self._shop_file = shop
        self._shop: Shop | None = None
        self._gestures = gestures
        self._reloading = Lock()
        self._seen: _Look | None = None
        self._good: dict[Path, ScriptFile] = {}
        self.show = Show()

    def reload(self, wall: datetime | None = None) -> Reload:
        """Read the files again. Never raises for what is in them. One at a time, whichever threads ask."""
        with self._reloading:
            return self._reload(wall)

    def _reload(self, wall: datetime | None) -> Reload:
        look = self._seen = self._look()  # before anything is read: what changes meanwhile is found by the next look
        findings = list(look.findings)
        read: dict[Path, ScriptFile] = {}
        for path in look.paths:
            try:
                read[path] = read_script_file(path, self._gestures)
            except InvalidFile as error:
                findings += error.findings
                if path in self._good:
                    read[path] = replace(self._good[path], findings=())
        good = self._without_clashes(read, findings)
        if not good and self._good:
            findings.append(found("no_script_left", ""))
            good = self._good
        self._good = good
        findings += self._read_shop()
        show = assemble(list(good.values()), wall, self._shop)
        changed = _said(show) != _said(self.show)
        self.show = replace(show, findings=(*findings, *show.findings))
        return Reload(self.show, self.show.findings, changed)

    def _read_shop(self) -> Sequence[Finding]:
        """Take the shop sheet as it is; one that is wrong stays at its last good version."""
        path = self._shop_place()
        read = read_shop(path) if path else ShopRead(Shop())
        if read.good:
            self._shop = read.shop
        return read.findings

    def _shop_place(self) -> Path | None:
        try:
            return self._shop_file()
        except (OSError, RuntimeError):  # what the scripts' folders lead to is told where the scripts are listed
            return None

    async def watch(self, clock: Clock) -> AsyncIterator[Reload]:
        """A `Reload` whenever files changed, for as long as it is iterated.

        Waits on the machine's real files: for a room on a live clock, not for a rehearsal.
        """
        while True:
            await self._change(clock)
            with clock.hold():
                reload = await asyncio.to_thread(self.reload, clock.wall())
            yield reload

    async def _change(self, clock: Clock) -> None:
        """Wait until the files changed since they were last read.

        The watch is made anew for every change. One on a folder that was removed stays on what is no longer there,
        even when another folder stands in its place.
        """
        while not await self._differs(clock):
            folders = [folder for folder, _, _ in self._seen.folders] if self._seen else []
            if not folders:
                await sleep(clock, LOOK_EVERY)
                continue
            try:
                if await self._told(folders, clock):
                    return
            except (OSError, RuntimeError):  # a folder left this moment, or the machine has no watch left to give
                await sleep(clock, LOOK_EVERY)

    async def _told(self, folders: Iterable[Path], clock: Clock) -> bool:
        """Wait for the machine to tell of a change, or a look to find one."""
        worth_telling = DefaultFilter()
        changes = awatch(
            *folders,
            watch_filter=None,  # what is filtered out there would put off the timeout, and with it the look
            debounce=LONGEST_SETTLE_MS,
            step=SETTLE_MS,
            rust_timeout=int(LOOK_EVERY * 1000),
            yield_on_timeout=True,
            ignore_permission_denied=True,
        )
        async with aclosing(changes):
            async for told in changes:
                if any(worth_telling(change, path) for change, path in told) or await self._differs(clock):
                    return True
        return False

    async def _differs(self, clock: Clock) -> bool:
        """Whether a look finds a change; waits until files have settled, though not for ever."""
        before, settled = self._seen, 0
        while settled < LONGEST_SETTLE_MS:
            with clock.hold():
                look = await asyncio.to_thread(self._look)
            if look == before:
                break
            before, settled = look, settled + SETTLE_MS
            await sleep(clock, SETTLE_MS / 1000)
        return before != self._seen

    def _look(self) -> _Look:
        paths, findings = self._listed()
        shop = self._shop_place()
        folders = sorted({path.parent for path in [*self._good, *paths, *([shop] if shop else [])]})
        there = ((folder, mark, _listing(folder)) for folder in folders if (mark := _mark(folder)) is not None)
        return _Look(tuple(paths), tuple(findings), tuple((folder, mark[:2], files) for folder, mark, files in there))

    def _without_clashes(self, read: dict[Path, ScriptFile], findings: list[Finding]) -> dict[Path, ScriptFile]:
        """The files that can be on air together. One on air unchanged is never pushed out; an edited one that now
        clashes keeps its last version."""

        def age(path: Path) -> int:
            known = self._good.get(path)
            return 2 if known is None else int(_said(assemble([known])) != _said(assemble([read[path]])))

        kept: dict[Path, ScriptFile] = {}
        for path in sorted(read, key=age):
            clashing = clash(read[path], kept.values())
            if clashing is None:
                kept[path] = read[path]
                continue
            findings.append(clashing)
            known = self._good.get(path)
            if known is not None and clash(known, kept.values()) is None:
                kept[path] = replace(known, findings=())
        return {path: kept[path] for path in read if path in kept}

    def _listed(self) -> tuple[list[Path], list[Finding]]:
        try:
            return list(dict.fromkeys(self._paths())), []
        except InvalidFile as error:
            return list(self._good), list(error.findings)
        except LivehostError as error:
            return list(self._good), [error.finding]
        except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle, before Python 3.13
            return list(self._good), [found("scripts_not_listed", "", why=str(error))]


def _listing(folder: Path) -> tuple[tuple[str, _Mark], ...]:
    """The scripts and pictures in a folder as they are now; none where it cannot be listed."""
    try:
        files = sorted(file for file in folder.iterdir() if file.suffix.lower() in _LOOKED_AT)
    except OSError:
        return ()
    return tuple((file.name, _mark(file) or ()) for file in files)


def _mark(path: Path) -> _Mark | None:
    """Which file or folder stands at a path, and in what state; None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def _said(show: Show) -> object:
    return ([*show.catalogue], dict(show.scripts))
