"""`livehost voice`: the models that voices speak with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from host.commands.consent import consent
from host.commands.rooms import RoomArgument, load, room_named, told_in
from host.commands.terminal import CacheOption, JsonOption, bars, folders, out
from host.core.errors import LivehostError

if TYPE_CHECKING:
    from host.config import RoomFile
    from host.voice.models.catalogue import Model
    from host.voice.models.store import Standing

SharedOption = Annotated[Path | None, typer.Option("--shared", help="Folder for what all rooms share.")]

voice_app = typer.Typer(no_args_is_help=True, help="Voices: their models, what they say ahead, whose they are.")
voice_app.command()(consent)


@dataclass(frozen=True, slots=True)
class _Listed:
    """A row of the list, as JSON has it."""

    name: str
    source: str
    """option, data or packages; empty: it is not there."""
    file: str
    size: int
    lacks: list[str] = field(default_factory=list)
    """Why it is not there, or not taken from the place before."""
    damaged: bool = False
    what: str = ""
    author: str = ""
    licence: str = ""
    release: str = ""
    url: str = ""
    sha256: str = ""


@voice_app.command("list")
def list_models(
    room: Annotated[Path | None, typer.Argument(help="A room file that may name models of its own.")] = None,
    shared: SharedOption = None,
    cache: CacheOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show which models are there, from where, and what is missing. Exits with 1 if one is damaged."""
    from host.voice.models.store import survey

    settings, _, cache_folder = folders(None, cache)
    rows = list(_named_by(load(room))) if room else []
    rows += [*map(_listed, survey(shared or settings.shared, cache_folder)), _hibari()]
    if as_json:
        print(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1))
    else:
        for row in rows:
            _print_row(row)
    raise typer.Exit(1 if any(row.damaged for row in rows) else 0)


@voice_app.command()
def install(
    names: Annotated[list[str], typer.Argument(metavar="NAME…", help="Models; livehost voice list names them.")],
    shared: SharedOption = None,
) -> None:
    """Fetch a model for every room of this user, from LIVEHOST_MODELS (mirrors) or its official release."""
    from host.voice.models.catalogue import known
    from host.voice.models.install import install as fetch
    from host.voice.models.install import installed
    from host.voice.models.packages import carried
    from host.voice.models.whole import flaw

    settings, _, _ = folders(None, None)
    folder = shared or settings.shared
    for model in [known(name) for name in names]:
        file = installed(model, folder)
        _describe(model, file, settings.models)
        if flaw(model, file) is None:
            _print(f"{model.name} is there already")
            continue
        if isinstance(carried(model), list):
            _print("installed packages carry it already: there is nothing to fetch")
            continue
        with bars(f"fetching {model.name}") as (progress,):
            fetch(model, folder, settings.models, progress)
        _print(f"{model.name} is installed: {file}")


@voice_app.command()
def prepare(
    room: RoomArgument = None,
    cache: CacheOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say what a room can say before it goes on air, so that nobody waits for its voice. Exits with 1 if it cannot."""
    import asyncio

    from host.core.clock import MonotonicClock
    from host.core.reason import in_words
    from host.programme.opening import context_of
    from host.programme.preparing import prepare_show

    _, data_folder, cache_folder = folders(None, cache)
    file = room_named(room)
    context = context_of(file, MonotonicClock(), data_folder, cache_folder)

    def begins(texts: int, known: int) -> None:
        if not as_json:
            _print(f"{texts} texts, {known} of them said before: the rest takes about as long as it lasts, 3 s each")

    with bars(f"saying what {file.config.name} can say") as (progress,):
        ready = asyncio.run(prepare_show(file, context, progress, begins))
    if as_json:
        print(json.dumps(asdict(ready), ensure_ascii=False, indent=1))
    elif not ready.texts:
        _print(f"nothing to prepare: {ready.engine} is asked for each line when its turn comes")
    else:
        _print(f"{ready.texts - ready.failed} of {ready.texts} texts are ready, {ready.known} were; by {ready.engine}")
    for why in () if as_json else ready.why:
        _print(in_words(why, told_in()), "yellow")
    raise typer.Exit(1 if ready.failed else 0)


def _describe(model: Model, file: Path, mirrors: str) -> None:
    """What is about to be fetched, before it is."""
    from host.voice.models.whole import megabytes

    rows = {
        "model": f"{model.name}: {model.what}",
        "made by": model.author,
        "release": model.release,
        "address": model.url,
        "mirrors": mirrors,
        "size": f"{megabytes(model.size)} MB ({model.size} bytes)",
        "licence": model.licence,
        "sha256": model.sha256,
        "file": str(file),
    }
    for label, value in rows.items():
        if value:
            _print(f"{label:8} {value}")


def _listed(standing: Standing) -> _Listed:
    from host.core.reason import in_words

    model, lacks = standing.model, [in_words(lack, told_in()) for lack in standing.lacks]
    return _Listed(
        model.name, standing.source, str(standing.file or ""), model.size, lacks, standing.damaged,
        model.what, model.author, model.licence, model.release, model.url, model.sha256,
    )  # fmt: skip


def _hibari() -> _Listed:
    """The one whose model is a part of its package."""
    from host.core.ports import VoiceError
    from host.core.reason import in_words, reason_of
    from host.voice.engines.hibari import network

    row = _Listed("hibari", "", "", 0, what="hibari-tts: speaks English, with little work", licence="Apache-2.0")
    try:
        file = network()
    except VoiceError as error:
        return replace(row, lacks=[in_words(reason_of(error), told_in())])
    return replace(row, source="packages", file=str(file), size=file.stat().st_size)


def _named_by(room: RoomFile) -> Iterator[_Listed]:
    """The files that a room names itself: of a licence that its owner knows."""
    from host.voice.models.catalogue import models

    options = {model.option for model in models().values()}
    for engine in (engine for engines in room.config.voice.values() for engine in engines):
        for key, value in engine.options.items():
            if value and f"{engine.name}.{key}" in options:
                yield _own(f"{engine.name}.{key}", str(value), room.folder)


def _own(option: str, written: str, folder: Path) -> _Listed:
    from host.core.reason import in_words
    from host.voice.models.store import named

    try:
        file = named(written, folder)
    except LivehostError as error:
        return _Listed(option, "", "", 0, [in_words(error.finding.message, told_in())], damaged=True)
    return _Listed(option, "option", str(file), file.stat().st_size)


def _print_row(row: _Listed) -> None:
    from host.voice.models.whole import megabytes

    colour = "red" if row.damaged else "green" if row.source else "yellow"
    head = f"{row.name:14} {row.source or 'missing':9} {megabytes(row.size):>6} MB  {row.licence}"
    _print(head.rstrip(), colour)
    lacks = row.lacks if row.damaged or not row.source else ()
    for line in (row.what, row.file, *lacks):
        if line:
            _print(f"{'':14} {line}")
    if not row.source and row.url:
        _print(f"{'':14} livehost voice install {row.name}")


def _print(text: str, style: str = "") -> None:
    out.print(text, style=style or None, highlight=False, markup=False, soft_wrap=True)
