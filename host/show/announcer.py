"""Finds the words for bridges, hand-overs and notices, and knows when a notice is due."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime

from host.core.packs import pack
from host.core.product import Lang, Product
from host.show.phrases import PHRASES, Occasion, fill, phrase

NOTICE_PATIENCE = 60.0
"""Seconds a notice that is due waits for the end of a line."""
SHORTEST_REMINDER = 10.0
RECENT = 5
"""Bridges and hand-overs that are not said again yet."""

_BRIDGES = [
    (template, re.compile(re.sub(r"\\{\w+\\}", ".+", re.escape(template))))
    for phrases in PHRASES.values()
    for template in (*phrases["back"], *phrases["handover"], *phrases["return"])
]


@dataclass(frozen=True)
class DirectorSettings:
    """``remind_ai`` in seconds; ``title`` names the room in its welcome."""

    lang: Lang
    greet: bool = True
    remind_ai: float = 600.0
    seed: int = 0
    title: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """What to say, and the template it comes from."""

    text: str
    template: str
    lang: Lang


class Announcer:
    """``noticed`` is the wall time of the last notice before a restart, ISO 8601; ``bridge`` the last template."""

    def __init__(self, settings: DirectorSettings, noticed: str, bridge: str) -> None:
        self._settings = settings
        self._recent: tuple[str, ...] = (bridge,)
        self._unsayable: set[str] = set()
        self._noticed: float | None = None
        self._before = noticed
        """The notice before a restart, until the first tick tells how long ago that is."""

    def fork(self) -> Announcer:
        """A copy to look ahead with."""
        twin = copy(self)
        twin._unsayable = set(self._unsayable)
        return twin

    def tick(self, now: float, wall: datetime) -> None:
        """Keep the time; the first time, find how long ago viewers were told that the host is an AI."""
        before, self._before = self._before, ""
        age = _age(before, wall) if before else None
        if age is not None:
            self._noticed = now - age

    @property
    def opening(self) -> bool:
        """Whether viewers have not been told yet."""
        return self._noticed is None

    def notice_due(self, now: float, between_lines: bool) -> bool:
        """Whether they are to be told now."""
        if self._noticed is None:
            return True
        overdue = now - self._noticed - max(SHORTEST_REMINDER, self._settings.remind_ai)
        return overdue >= (0.0 if between_lines else NOTICE_PATIENCE)

    def notice_heard(self, now: float) -> None:
        """They have been told."""
        self._noticed = now

    def notice(self, number: int) -> Phrase | None:
        """The notice that the host is an AI; the first one welcomes viewers where the room greets."""
        occasions: list[Occasion] = ["reminder"]
        if self.opening:
            occasions = ["greeting_opening", "opening", "reminder"] if self._settings.greet else ["opening", "reminder"]
        for occasion in occasions:
            found = self._find(occasion, self._settings.lang, number)
            if found is not None:
                return found
        return None

    def bridge(self, lang: Lang, number: int) -> Phrase | None:
        """The way back to the script; none of the last few."""
        return self._said(self._find("back", lang, number))

    def handover(self, product: Product, number: int, *, back: bool = False) -> Phrase | None:
        """The way to another product, or back to one that is not told to its end."""
        return self._said(self._find("return" if back else "handover", product.lang, number, product))

    def sold_out(self, product: Product, number: int) -> Phrase | None:
        """That none is left of a product."""
        return self._find("sold_out", product.lang, number, product)

    def variants_gone(self, product: Product, names: Sequence[str], number: int) -> Phrase | None:
        """That none is left of some variants of a product."""
        return self._find(
            "variants_gone",
            product.lang,
            number,
            product,
            pack(product.lang).table("show.toml")["words"]["or"].join(names),
        )

    def all_sold_out(self, number: int) -> Phrase | None:
        """That none is left of anything."""
        return self._said(self._find("all_sold_out", self._settings.lang, number))

    def refused(self, template: str) -> None:
        """The guard will not have it; it is not tried again until the facts are read anew."""
        self._unsayable.add(template)

    def forget_refusals(self) -> None:
        """The facts have been read anew."""
        self._unsayable.clear()

    def _said(self, found: Phrase | None) -> Phrase | None:
        """What was found, kept so that it is not said again soon."""
        if found:
            self._recent = (*self._recent, found.template)[-RECENT:]
        return found

    def _find(
        self, occasion: Occasion, lang: Lang, number: int, product: Product | None = None, text: str = ""
    ) -> Phrase | None:
        template = phrase(lang, occasion, self._recent, self._unsayable, f"{self._settings.seed}:{number}")
        if template is None:
            return None
        name, link = (product.name, product.link) if product else ("", 0)
        said = fill(template, lang, title=self._settings.title, name=name, link=link, text=text)
        return Phrase(said, template, lang)


def bridge_template(text: str) -> str | None:
    """The template a bridge or hand-over was made from; None for one that is not among the phrases any more."""
    return next((template for template, pattern in _BRIDGES if pattern.fullmatch(text)), None)


def _age(noticed: str, wall: datetime) -> float | None:
    """Seconds between an ISO time and ``wall``; None where that cannot be told."""
    try:
        age = (wall - datetime.fromisoformat(noticed)).total_seconds()
    except (ValueError, TypeError):
        return None
    return age if age >= 0 else None
