"""The bundled rooms as an answerer meets them, and a clock moved by hand."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from host.core.bundled import bundled
from host.core.comment import Comment
from host.core.ports import Question
from host.core.product import Catalogue
from host.core.text import guess_lang
from host.show.load import load_show

DATA = Path(__file__).parent / "data"
WALL = datetime(2026, 11, 22, 20, tzinfo=UTC)


@cache
def catalogue(room: str) -> Catalogue:
    """Products of a bundled room (``zh``, ``en``), or of the test's own sheets (``unseen``)."""
    folder = DATA / "unseen" if room == "unseen" else bundled("scripts", room)
    show = load_show(sorted(folder.glob("[0-9]*.md")))
    assert not show.errors, show.errors
    return show.catalogue


def asking(
    text: str, room: str = "zh", on: str | None = None, *, user: str = "小鹿", history: tuple[tuple[str, str], ...] = ()
) -> Question:
    """A question put while ``on`` is on air (the room's first product if not given)."""
    products = tuple(catalogue(room))
    on_air = catalogue(room).get(on) or products[0]
    lang = guess_lang(text, on_air.lang)
    return Question(Comment(f"c-{text[:20]}", user, text, 0.0), lang, on_air, None, products, WALL, history)


class HandClock:
    """A clock that stands still until it is moved: deadlines without waiting for them."""

    def __init__(self) -> None:
        self._now = 0.0
        self._sleepers: list[tuple[float, asyncio.Future[None]]] = []

    def now(self) -> float:
        return self._now

    def wall(self) -> datetime:
        return WALL

    async def sleep_until(self, deadline: float) -> None:
        if deadline > self._now:
            future = asyncio.get_running_loop().create_future()
            self._sleepers.append((deadline, future))
            await future

    @contextmanager
    def hold(self) -> Iterator[None]:
        yield

    def advance(self, seconds: float) -> None:
        """Move on, waking whoever slept until then."""
        self._now += seconds
        for deadline, future in self._sleepers:
            if deadline <= self._now and not future.done():
                future.set_result(None)
