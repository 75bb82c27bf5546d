"""The bench commands: each prints a table of figures, or JSON."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from host import logs
from host.bench import live, offline
from host.settings import Settings

bench_app = typer.Typer(no_args_is_help=True, help="Figures of this machine and this build.")
out = Console()

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@bench_app.command()
def viewers(seconds: float = 60.0, as_json: JsonOption = False) -> None:
    """Chromium plays the demo room: frame rate, freezes, concealed audio, A/V skew, time to the first frame."""
    with _folder() as data:
        _show("viewers", live.viewers(data, Settings().cache, seconds), as_json)


@bench_app.command()
def latency(questions: int = 12, as_json: JsonOption = False) -> None:
    """Comment to first spoken word, with the embedded answerer and voice."""
    with _folder() as data:
        _show("latency", live.latency(data, Settings().cache, questions), as_json)


@bench_app.command()
def restart(kills: int = 3, as_json: JsonOption = False) -> None:
    """SIGKILL to on air again, and whether at the right line."""
    with _folder() as data:
        _show("restart", live.restart(data, Settings().cache, kills), as_json)


@bench_app.command()
def memory(minutes: float = 10.0, virtual_hours: float = 1.0, as_json: JsonOption = False) -> None:
    """Growth of resident memory: live with a viewer, and over virtual time."""
    with _folder() as data:
        _show("memory", live.memory(data, Settings().cache, minutes), as_json)
        _show("memory, virtual", offline.memory(data, Settings().cache, virtual_hours), as_json)


@bench_app.command()
def rehearsal(minutes: float = 10.0, as_json: JsonOption = False) -> None:
    """How much faster than real time a rehearsal is, with film and without, and whether two are identical."""
    with _folder() as data:
        _show("rehearsal", offline.rehearsals(data, Settings().cache, minutes), as_json)


@bench_app.command()
def render(frames: int = 300, as_json: JsonOption = False) -> None:
    """Milliseconds a frame: idle, talking, gesturing; drawing and encoding."""
    _quiet()
    _show("render", offline.render(Settings().cache, frames), as_json)


@bench_app.command()
def lipsync(as_json: JsonOption = False) -> None:
    """Closures hit, false closures, open vowels hit and lag of the mouth, against controls."""
    with _folder() as data:
        _show("lipsync", offline.lipsync(data, Settings().cache), as_json)


def _quiet() -> None:
    logs.configure(level="error")


@contextmanager
def _folder() -> Iterator[Path]:
    _quiet()
    with tempfile.TemporaryDirectory(prefix="livehost-bench-") as folder:
        yield Path(folder)


def _show(title: str, figures: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print(json.dumps({title: figures}, ensure_ascii=False))
        return
    table = Table(title=title, title_justify="left", show_header=False)
    for name, value in figures.items():
        table.add_row(name.replace("_", " "), str(value))
    out.print(table)
