"""Models that installed packages carry in parts."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from host.core.reason import Reason
from host.voice.models.catalogue import Model
from host.voice.models.disk import writing
from host.voice.models.whole import flaw

_PART = "part.bin"


def carried(model: Model) -> list[Path] | Reason:
    """The parts in their order, which together are the model; or what is wrong with them."""
    if not model.packages:
        return Reason("no_packages")
    parts, missing = [], []
    for requirement in model.packages:
        name = requirement.partition("==")[0]
        try:
            parts.append(Path(str(distribution(name).locate_file(f"{name.replace('-', '_')}/{_PART}"))))
        except PackageNotFoundError:
            missing.append(requirement)
    if missing:
        return Reason("packages_missing", missing=missing)
    wrong = flaw(model, *parts)
    return Reason("packages_differ", why=wrong) if wrong else parts


def put_together(parts: Sequence[Path], file: Path, size: int) -> None:
    """Lay the parts end to end: ``file`` is there whole or not at all. Rooms that start together each write a copy of
    their own, and the last one stays. Raises `LivehostError` where it cannot be written."""
    with writing(file.parent, size):
        descriptor, name = tempfile.mkstemp(dir=file.parent, suffix=".part")
        try:
            with os.fdopen(descriptor, "wb") as copy:
                for part in parts:
                    with part.open("rb") as source:
                        shutil.copyfileobj(source, copy)
            Path(name).replace(file)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
