"""Rooms that commands are given, and the language of the one in hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from host.commands.terminal import err
from host.core.bundled import bundled
from host.core.errors import Finding, LivehostError

if TYPE_CHECKING:
    from host.config import RoomFile
    from host.core.lang import Lang

RoomArgument = Annotated[
    Path | None, typer.Argument(help="Room file; default: room.yaml or config/demo.yaml here, else the demo.")
]

_lang: Lang = "en"
_room: RoomFile | None = None


def told_in() -> Lang:
    """The language people are told things in: the room's, once one is named."""
    return _lang


def room_named(path: Path | None) -> RoomFile:
    """The room named, else the one of this folder, else the bundled demo, and then it says so."""
    if path is not None:
        return load(path)
    for local in (Path("room.yaml"), Path("config/demo.yaml")):
        if local.is_file():
            return load(local)
    err.print("no room.yaml here: this is the bundled demo room", style="yellow", highlight=False)
    return load(bundled("config", "demo.yaml"))


def load(path: Path) -> RoomFile:
    """A room file; from now on errors are told in its language."""
    global _lang, _room
    from host.config import language_of, load_room

    _lang = language_of(path)
    _room = load_room(path)
    return _room


def placed(error: LivehostError) -> Sequence[Finding]:
    """What is wrong, each on its line of the room in hand where it is about a backend that the room names."""
    if _room is None or error.finding.path:
        return error.findings
    from host.programme.backends import wrong_backends

    told = {finding.message for finding in error.findings}
    return [finding for finding in wrong_backends(_room) if finding.message in told] or error.findings


def room_of(paths: Sequence[Path]) -> RoomFile:
    """One room file, or scripts that borrow the demo's settings."""
    from host.config import RoomConfig, RoomFile
    from host.core.findings import refused
    from host.show.load import load_show

    if not paths:
        return room_named(None)
    if len(paths) == 1 and paths[0].suffix in (".yaml", ".yml"):
        return load(paths[0])
    wrong = [path for path in paths if path.suffix != ".md" and not path.is_dir()]
    if wrong:
        raise LivehostError(f"{wrong[0]} is neither a room file (.yaml) nor a script (.md)")
    if gone := [path for path in paths if not path.exists()]:
        raise refused("no_such_path", path=str(gone[0]))
    scripts = [str(path.resolve()) for path in paths]
    room = RoomFile(config=RoomConfig(name="rehearsal", scripts=scripts), path=Path("rehearsal.yaml").resolve())
    first = min(load_show(room.script_files()).catalogue, key=lambda product: product.link, default=None)
    lang = first.lang if first else room.config.lang
    return room.model_copy(update={"config": room.config.model_copy(update={"lang": lang})})
