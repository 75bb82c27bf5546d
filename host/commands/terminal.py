"""The terminal: what commands print on, options they have in common, progress."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

if TYPE_CHECKING:
    from host.settings import Settings

out = Console(emoji=False)
err = Console(stderr=True, emoji=False)

LINE_EVERY = 10.0
"""Seconds."""

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
DataOption = Annotated[Path | None, typer.Option(help="Folder for journal and recordings.")]
CacheOption = Annotated[Path | None, typer.Option(help="Folder for what can be made again.")]


def folders(data: Path | None, cache: Path | None) -> tuple[Settings, Path, Path]:
    """The settings, and the folders for data and cache: those named, else the environment's."""
    from host import logs
    from host.settings import Settings

    settings = Settings()
    logs.configure("json" if settings.log == "json" else "text")
    return settings, data or settings.data, cache or settings.cache


def _lines(title: str) -> Callable[[float], None]:
    """Says how far a part is that takes longer than `LINE_EVERY`, which passes between two lines at least."""
    from host.core.clock import MonotonicClock

    clock, said = MonotonicClock(), 0.0

    def progress(share: float) -> None:
        nonlocal said
        if 0 < share < 1 and clock.now() - said >= LINE_EVERY:
            said = clock.now()
            err.print(f"{title}: {share:.0%}", highlight=False, markup=False, soft_wrap=True)

    return progress


@contextmanager
def bars(*titles: str) -> Iterator[tuple[Callable[[float], None], ...]]:
    """Progress bars on a terminal; a line now and then in a log file. Each callable takes the share done of its part,
    0 to 1.

    A bar shows when its part begins: most hosts are drawn already.
    """
    if not err.is_terminal:
        yield tuple(_lines(title) for title in titles)
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        tasks = [bar.add_task(title, total=1.0, visible=False) for title in titles]
        yield tuple(
            partial(lambda task, share: bar.update(task, completed=min(1.0, share), visible=True), task)
            for task in tasks
        )
