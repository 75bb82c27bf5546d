"""Where a model is: the file that a room names, the data folder, or packages that carry the same bytes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from host.core.findings import refused
from host.core.reason import Reason
from host.voice.models.catalogue import Model, known, models
from host.voice.models.install import installed
from host.voice.models.packages import carried, put_together
from host.voice.models.whole import flaw


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with a model of the catalogue."""

    model: Model
    source: Literal["data", "packages", ""]
    """Where an engine would take it from."""
    file: Path | None
    """The file, where there is one."""
    parts: tuple[Path, ...]
    """What packages carry, where it is not put together yet: an engine that wants it does so."""
    lacks: tuple[Reason, ...]
    """Why it is not taken from the places before, or from any."""

    @property
    def damaged(self) -> bool:
        """Whether something is there that is not the model."""
        return any(lack.code not in ("model_absent", "packages_missing", "no_packages") for lack in self.lacks)


def locate(name: str, *, option: str = "", folder: Path, data: Path, cache: Path) -> Path:
    """The file of a model.

    That is ``option`` (a path written in the room file, relative to ``folder``), taken as it is; else what `livehost
    voice install` put into ``data``; else one put together in ``cache`` from the installed packages that carry the same
    bytes. Raises `LivehostError` where there is none that is whole, naming every way to one, and where the cache cannot
    be written.
    """
    if option:
        return named(option, folder)
    model = known(name)
    stands = _standing(model, data, cache)
    if stands.file:
        return stands.file
    if not stands.parts:
        raise refused("model_not_found", name=name, lacks=[*stands.lacks], packages=" ".join(model.packages))
    put_together(stands.parts, _cached(model, cache), model.size)
    return _cached(model, cache)


def named(option: str, folder: Path) -> Path:
    """A file that a room names, which its owner answers for. Raises `LivehostError` where there is none, or an empty
    one."""
    file = folder / Path(option).expanduser()
    try:
        good = file.is_file() and file.stat().st_size > 0
    except OSError:
        good = False
    if not good:
        raise refused("model_option", file=str(file))
    return file


def survey(data: Path, cache: Path) -> list[Standing]:
    """How it stands with every model of the catalogue. Writes nothing."""
    return [_standing(model, data, cache) for model in models().values()]


def _standing(model: Model, data: Path, cache: Path) -> Standing:
    file, copy = installed(model, data), _cached(model, cache)
    lack = flaw(model, file)
    if lack is None:
        return Standing(model, "data", file, (), ())
    if flaw(model, copy) is None:
        return Standing(model, "packages", copy, (), (lack,))
    parts = carried(model)
    if isinstance(parts, Reason):
        return Standing(model, "", None, (), (lack, parts))
    return Standing(model, "packages", None, tuple(parts), (lack,))


def _cached(model: Model, cache: Path) -> Path:
    return cache / "models" / model.path
