"""The bench commands: each prints a table of figures, or JSON. What one measures it imports in its own body."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

bench_app = typer.Typer(no_args_is_help=True, help="Figures of this machine and this build.")
out = Console()
err = Console(stderr=True)

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@bench_app.command()
def viewers(seconds: float = 60.0, as_json: JsonOption = False) -> None:
    """Chromium plays the demo room: frame rate, freezes, concealed audio, A/V skew, time to the first frame."""
    from host.bench import live

    with _folder() as data:
        _show("viewers", live.viewers(data, _cache(), seconds), as_json)


@bench_app.command()
def latency(questions: int = 12, as_json: JsonOption = False) -> None:
    """Comment to first spoken word, with the embedded answerer and voice."""
    from host.bench import live

    with _folder() as data:
        _show("latency", live.latency(data, _cache(), questions), as_json)


@bench_app.command()
def restart(kills: int = 3, as_json: JsonOption = False) -> None:
    """SIGKILL to on air again, and whether at the right line."""
    from host.bench import live

    with _folder() as data:
        _show("restart", live.restart(data, _cache(), kills), as_json)


@bench_app.command()
def memory(minutes: float = 10.0, virtual_hours: float = 1.0, as_json: JsonOption = False) -> None:
    """Growth of resident memory: live with a viewer, and over virtual time."""
    from host.bench import live, offline

    with _folder() as data:
        _show("memory", live.memory(data, _cache(), minutes), as_json)
        _show("memory, virtual", offline.memory(data, _cache(), virtual_hours), as_json)


@bench_app.command()
def rehearsal(minutes: float = 10.0, as_json: JsonOption = False) -> None:
    """How much faster than real time a rehearsal is, with film and without, and whether two are identical."""
    from host.bench import offline

    with _folder() as data:
        _show("rehearsal", offline.rehearsals(data, _cache(), minutes), as_json)


@bench_app.command()
def render(frames: int = 300, as_json: JsonOption = False) -> None:
    """Milliseconds a frame: idle, talking, gesturing; drawing and encoding."""
    from host.bench import offline

    _quiet()
    _show("render", offline.render(_cache(), frames), as_json)


@bench_app.command()
def lipsync(sentences: int = 20, as_json: JsonOption = False) -> None:
    """Closures hit, false closures, open vowels hit and lag of the mouth, by voice, against controls."""
    import asyncio

    from host.bench.lips import line, lips

    with _folder() as data:
        figures = asyncio.run(lips(data, _cache(), sentences, Console(stderr=True).print))
        _show("lipsync", {name: line(result) for name, result in figures.items()}, as_json)


@bench_app.command()
def listen(
    voice: Annotated[list[str] | None, typer.Option(help="NAME or NAME:VOICE; by default those of livehost.")] = None,
    lang: Annotated[str, typer.Option(help="zh or en; by default both.")] = "",
    limit: Annotated[int, typer.Option(help="At most so many sentences of each kind.")] = 0,
    texts: Annotated[Path | None, typer.Option(help="A file of other sentences, one in a line; with --lang.")] = None,
    as_json: JsonOption = False,
) -> None:
    """What a recogniser types back of each voice: error rates, and the numbers that are not those written."""
    from host.bench.listening import report

    _quiet()
    for title, figures in report.voices(voice or [], lang, limit, texts, _cache(), err):
        _show(title, figures, as_json)


@bench_app.command()
def truth(rows: bool = False, talk: bool = False, as_json: JsonOption = False) -> None:
    """What the guard holds of true sentences and lets pass of false ones; --rows: those of the half to tune on;
    --talk: also of the many that plain speech was learned from."""
    from host.bench import truth as measured

    _show("truth", measured.truth(rows, talk), as_json)


@bench_app.command()
def voice(seconds: float = 0.0, every: float = 12.0, as_json: JsonOption = False) -> None:
    """What the natural voices cost: alone and, with --seconds, beside the demo room while Chromium watches."""
    from host.bench import voice as measured

    if not seconds:
        _quiet()
        _show("voice", measured.alone(_cache()), as_json)
        return
    with _folder() as data:
        _show("voice beside a viewer", measured.beside_a_viewer(data, _cache(), seconds, every), as_json)


@bench_app.command()
def sound(sentences: int = 40, as_json: JsonOption = False) -> None:
    """What a show sounds like: how the voice moves, pauses, loudness, peak, joints; by every embedded engine."""
    from host.bench import sound as measured

    with _folder() as data:
        _show("sound", measured.sound(data, _cache(), sentences), as_json)


def _cache() -> Path:
    from host.settings import Settings

    return Settings().cache


def _quiet() -> None:
    from host import logs

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
    from rich.table import Table

    table = Table(title=title, title_justify="left", show_header=False)
    for name, value in figures.items():
        table.add_row(name.replace("_", " "), str(value))
    out.print(table)
