"""The show book: the script files of a room as they are now, each at its last good version.

Files are edited while the room is on air. A file that is half written or wrong keeps its last good version and its
findings are shown; a new file joins, a removed one leaves, but a room that has products never loses all of them.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from watchfiles import awatch

from host.core.clock import Clock
from host.core.errors import Finding, InvalidFile, LivehostError
from host.show.load import ScriptFile, Show, assemble, clash, read_script_file

SETTLE_MS = 100
"""Milliseconds without a further change before files are read: editors write in several steps."""


@dataclass(frozen=True, slots=True)
class Reload:
    """The show after a reading of the files."""

    show: Show
    findings: tuple[Finding, ...]
    """What is wrong in the files as they are now, the kept ones included."""
    changed: bool
    """Whether anything that can be said differs from before."""


class ShowBook:
    """Owns the last good version of every file. ``paths`` is asked anew each time which files there are; it may
    raise `LivehostError`, and the files known so far then stay."""

    def __init__(self, paths: Callable[[], Sequence[Path]], gestures: Collection[str] | None = None) -> None:
        self._paths = paths
        self._gestures = gestures
        self._good: dict[Path, ScriptFile] = {}
        self.show = Show()

    def reload(self, wall: datetime | None = None) -> Reload:
        """Read the files again. Never raises for what is in them."""
        paths, findings = self._listed()
        read: dict[Path, ScriptFile] = {}
        for path in paths:
            try:
                read[path] = read_script_file(path, self._gestures)
            except InvalidFile as error:
                findings += error.findings
                if path in self._good:
                    read[path] = replace(self._good[path], findings=())
        good = self._without_clashes(read, findings)
        if not good and self._good:
            message = "no script is left; the last ones stay on air"
            findings.append(Finding("", 0, message, "put a script file back, or stop the room"))
            good = self._good
        self._good = good
        show = assemble(list(good.values()), wall)
        changed = _said(show) != _said(self.show)
        self.show = replace(show, findings=(*findings, *show.findings))
        return Reload(self.show, self.show.findings, changed)

    async def watch(self, clock: Clock) -> AsyncIterator[Reload]:
        """A `Reload` whenever files changed, for as long as it is iterated.

        Waits on the machine's real files: for a room on a live clock, not for a rehearsal.
        """
        while True:
            folders = sorted({path.parent for path in [*self._good, *self._listed()[0]] if path.parent.is_dir()})
            if not folders:
                await clock.sleep_until(clock.now() + 1.0)
                continue
            async for _ in awatch(*folders, debounce=1600, step=SETTLE_MS, recursive=True):
                yield self.reload(clock.wall())
                if {path.parent for path in self._good} - set(folders):
                    break

    def _without_clashes(self, read: dict[Path, ScriptFile], findings: list[Finding]) -> dict[Path, ScriptFile]:
        """The files that can be on air together. One on air unchanged is never pushed out; an edited one that now
        clashes keeps its last version."""

        def age(path: Path) -> int:
            known = self._good.get(path)
            return 2 if known is None else int(_said(assemble([known])) != _said(assemble([read[path]])))

        kept: dict[Path, ScriptFile] = {}
        for path in sorted(read, key=age):
            found = clash(read[path], kept.values())
            if found is None:
                kept[path] = read[path]
                continue
            findings.append(found)
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


def _said(show: Show) -> object:
    return ([*show.catalogue], dict(show.scripts))
