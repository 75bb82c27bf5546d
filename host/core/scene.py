"""What is on the picture besides the host. Renderer and viewer page show the same card."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from host.core.product import Lang


class Manner(StrEnum):
    """How the host carries itself."""

    TALKING = "talking"
    LISTENING = "listening"
    """A comment is being read or an answer made."""
    IDLE = "idle"


@dataclass(frozen=True, slots=True)
class Card:
    """The product card."""

    product: str
    name: str
    link: int
    price: str
    list_price: str = ""
    image: str = ""
    """Absolute path."""
    badges: tuple[str, ...] = ()
    lang: Lang = "zh"
    sold_out: bool = False


@dataclass(frozen=True, slots=True)
class Caption:
    """A line of captions; the first ``said`` characters have been spoken."""

    text: str
    said: int = 0


@dataclass(frozen=True, slots=True)
class Scene:
    """What a renderer draws around the host. The AI label is not part of it: a renderer always draws it, last."""

    card: Card | None = None
    caption: Caption | None = None
    asked: str = ""
    """The comment being answered, "user: text", or empty."""
    lang: Lang = "zh"
    shown: str = ""
    """The picture that is spoken of: its absolute path, or empty. It is shown whole, and as large as there is room."""
