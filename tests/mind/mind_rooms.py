"""The bundled rooms as an answerer meets them."""

from __future__ import annotations

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
