"""Shows made of data: every sentence says where it stands, so a test can read it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from decimal import Decimal

from host.core.product import Catalogue, Money, Product
from host.core.utterance import Played, Utterance
from host.show.load import Show
from host.show.script import Line, Script, Segment, Sentence, Wording

WALL = datetime(2026, 1, 1, 20, 0, tzinfo=UTC)

Shape = Sequence[Sequence[Sequence[int]]]
"""segments → lines → sentences in each alternative."""


def product(number: int) -> Product:
    """Product ``p1`` at link 1, and so on."""
    return Product(f"p{number}", f"商品{number}", "zh", number, Money(Decimal(79), "CNY"), source=f"p{number}.md")


def script(product_id: str, shape: Shape) -> Script:
    """A script whose sentences are named by place: ``p1 0.1.2.3`` is segment 0, line 1, alternative 2, sentence 3."""
    segments = []
    for s, lines in enumerate(shape):
        made = [
            Line(
                tuple(
                    Wording(tuple(Sentence(f"{product_id} {s}.{n}.{a}.{k}。") for k in range(count)))
                    for a, count in enumerate(alternatives)
                )
            )
            for n, alternatives in enumerate(lines)
        ]
        segments.append(Segment(f"segment {s}", tuple(made)))
    return Script(product_id, "zh", tuple(segments))


def show(*shapes: Shape) -> Show:
    """A show with one product per shape."""
    scripts = {f"p{n}": script(f"p{n}", shape) for n, shape in enumerate(shapes, 1)}
    return Show(Catalogue(product(n) for n in range(1, len(shapes) + 1)), scripts)


def replaced(old: Show, scripts: Iterable[Script]) -> Show:
    """The show with other scripts; products without one leave."""
    kept = {each.product: each for each in scripts}
    return Show(Catalogue(p for p in old.catalogue if p.id in kept), kept)


def heard(utterance: Utterance) -> Played:
    """Heard to its end."""
    return Played(utterance, 48000, 48000, interrupted=False, start=0)


def cut(utterance: Utterance) -> Played:
    """Heard in part."""
    return Played(utterance, 20000, 48000, interrupted=True, start=0)


def withdrawn(utterance: Utterance) -> Played:
    """Taken back before it began."""
    return Played(utterance, 0, 48000, interrupted=True, start=0)
