"""Backends by name. Ours and a third party's register the same way: an entry point in one of these groups."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from host.core.findings import refused

VOICES = "livehost.voices"
COMMENTS = "livehost.comments"
ANSWERERS = "livehost.answerers"
RENDERERS = "livehost.renderers"
OUTPUTS = "livehost.outputs"
JUDGES = "livehost.judges"


def names(group: str) -> list[str]:
    """The backends installed in a group, sorted."""
    return sorted({entry.name for entry in entry_points(group=group)})


def load(group: str, name: str) -> Callable[..., Any]:
    """The factory registered as ``name``. Raises `LivehostError` naming those that exist."""
    try:
        factory: Callable[..., Any] = find(group, name).load()
    except (ImportError, AttributeError) as error:
        raise refused("backend_not_loaded", group=group, name=name, why=str(error)) from error
    return factory


def find(group: str, name: str) -> EntryPoint:
    """Where the factory registered as ``name`` is, without importing it. Raises `LivehostError` as `load` does."""
    for entry in entry_points(group=group):
        if entry.name == name:
            return entry
    kind = group.removeprefix("livehost.").removesuffix("s")
    raise refused("backend_unknown", kind=kind, name=name, known=names(group))
