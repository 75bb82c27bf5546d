"""What a room's backends are given, and its renderer, which opens while all else is imported: little is, for this."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from host.config import RoomFile
from host.core.clock import Clock
from host.core.ports import Context
from host.settings import Settings
from host.stage.pictures import WhenFull, pictures_kept
from host.stage.renderer_process import RendererProcess


def context_of(
    room: RoomFile,
    clock: Clock,
    data: Path,
    cache: Path,
    progress: Callable[[float], None] = lambda _: None,
    threads: int = 1,
) -> Context:
    """The context a room gives its backends; ``threads`` is what long computing may take."""
    return Context(
        clock=clock,
        room=room.config.name,
        folder=room.folder,
        cache=cache,
        data=data,
        seed=room.config.seed,
        env=dict(os.environ),
        progress=progress,
        threads=threads,
        shared=Settings().shared,
    )


def start_renderer(room: RoomFile, context: Context, when_full: WhenFull) -> RendererProcess:
    """The room's renderer, in a process of its own that opens it meanwhile: see `RendererProcess.ready`.

    ``when_full`` is the pump's. Raises `LivehostError` for an unknown one.
    """
    return RendererProcess(
        room.config.renderer.name,
        renderer_options(room),
        context,
        keep=pictures_kept(when_full),
        behind=room.config.av_offset_ms / 1000,
    )


def renderer_options(room: RoomFile) -> dict[str, Any]:
    """What the renderer is opened with. Raises `InvalidFile` for an avatar that is not there."""
    return {"avatar": str(room.avatar_folder()), "lang": room.config.lang, **room.config.renderer.options}
