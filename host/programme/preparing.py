"""A show said ahead of its first time on air, into the cache of its voice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from host.config import RoomFile
from host.core.clock import sleep
from host.core.ports import Context
from host.programme.repertoire import repertoire
from host.programme.voices import voices_of
from host.show.book import ShowBook
from host.voice.opening import open_voices

LOOKS_EVERY = 0.25
"""Seconds between two looks at how far it is."""
THREADS = 2


@dataclass(frozen=True, slots=True)
class Ready:
    """What came of it."""

    texts: int
    known: int
    """Of them, those that had been said before."""
    failed: int
    engine: str
    why: list[str]
    """Why the voice does not speak as it should; empty where it does."""


async def prepare_show(
    room: RoomFile,
    context: Context,
    progress: Callable[[float], None],
    begins: Callable[[int, int], None] = lambda texts, known: None,
) -> Ready:
    """Say everything the room can say that is not kept yet. ``begins`` is told how many texts there are and how many of
    them are kept, ``progress`` the share that is.

    Raises `InvalidFile` and `LivehostError` as opening the room does.
    """
    book, clock, lang = ShowBook(room.script_files, shop=room.shop_file), context.clock, room.config.lang
    show = book.reload(clock.wall()).show
    voice = open_voices(voices_of(room), replace(context, threads=THREADS))
    try:
        texts = [text for text in await repertoire(show, lang, room.config.seed, clock) if voice.laborious(text.lang)]
        known = [await voice.ready(*text) for text in texts]
        if texts:
            begins(len(texts), sum(known))
        voice.expect([text for text, kept in zip(texts, known, strict=True) if not kept])
        while voice.expected:
            progress(1 - voice.expected / len(texts))
            await sleep(clock, LOOKS_EVERY)
        failed = len([text for text in texts if not await voice.ready(*text)])
        return Ready(len(texts), sum(known), failed, voice.first(lang), voice.degraded())
    finally:
        await voice.close()
