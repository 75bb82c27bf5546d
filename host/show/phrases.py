"""What the host says between scripts and answers: bridges, hand-overs, what is sold out, and that it is an AI."""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Literal

from host.core.packs import pack, packs
from host.core.product import Lang

Occasion = Literal[
    "back", "handover", "return", "wish_on_air", "wish_later", "wish_unplanned", "correction", "price_correction",
    "sold_out", "variants_gone", "all_sold_out", "opening", "greeting_opening", "reminder",
]  # fmt: skip

PHRASES: Mapping[str, Mapping[Occasion, Sequence[str]]] = {
    code: pack.table("show.toml")["occasions"] for code, pack in packs().items()
}

_PACK = re.compile(r"(?<!\s)\s++\d.*$")
"""The pack size at the end of a name, which nobody says: 随行保温杯 500ml."""
_FIELD = re.compile(r"\{(title|name|link|after|user|text)\}")


def choose(candidates: Sequence[int], seed: str) -> int:
    """One of the candidates; the same seed gives the same one in every run and on every machine."""
    return candidates[random.Random(seed).randrange(len(candidates))]


def phrase(lang: Lang, occasion: Occasion, avoid: Collection[str], unsayable: Collection[str], seed: str) -> str | None:
    """A template for the occasion: none to ``avoid`` if there is another, never an unsayable one; None if none is
    left."""
    sayable = [template for template in PHRASES[lang][occasion] if template not in unsayable]
    others = [template for template in sayable if template not in avoid] or sayable
    return others[choose(range(len(others)), seed)] if others else None


def fill(
    template: str,
    lang: Lang,
    *,
    title: str = "",
    name: str = "",
    link: int = 0,
    after: str = "",
    user: str = "",
    text: str = "",
) -> str:
    """The phrase a template makes, without the pack size of names. Braces in names and titles are taken as they are."""
    values = {
        "title": title or pack(lang).table("show.toml")["words"]["this_show"],
        "name": _PACK.sub("", name) or name, "link": str(link),
        "after": _PACK.sub("", after) or after, "user": user, "text": text,
    }  # fmt: skip
    return _FIELD.sub(lambda field: values[field[1]], template)
