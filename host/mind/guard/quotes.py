"""What a text says in a fact's own words, however either writes its numbers.

A name inside such a quote is not what the text is about: 冰水冰咖啡都能装 is said of the cup that holds the coffee.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from host.core.fold import fold
from host.mind.guard.carried import FactIndex
from host.mind.quantities.extraction import quantities
from host.mind.quantities.quantity import Quantity

LEAST = 8
"""Characters from which a sentence is a quote: less is said alike by chance."""

_SENTENCE = re.compile(r"[。!！?？;；\n]|\. ")


def leveled(folded: str, found: Sequence[Quantity]) -> str:
    """A folded text with every quantity written alike: 四点五厘米 and 4.5cm are one."""
    return "".join(piece for piece, _, _ in _pieces(folded, found))


def quoted_places(folded: str, found: Sequence[Quantity], sheet: FactIndex) -> list[tuple[int, int]]:
    """Where a folded text quotes sentences from facts of the sheet."""
    text = ""
    origin: list[int] = []
    for piece, start, end in _pieces(folded, found):
        text += piece
        origin += range(start, end) if len(piece) == end - start else [start] * len(piece)
    origin.append(len(folded))
    places: list[tuple[int, int]] = []
    for sentence in _sentences(sheet):
        at = text.find(sentence)
        while at >= 0:
            places.append((origin[at], origin[at + len(sentence)]))
            at = text.find(sentence, at + len(sentence))
    return places


def _pieces(folded: str, found: Sequence[Quantity]) -> Iterator[tuple[str, int, int]]:
    """A text in order: what is no quantity as it stands, each quantity levelled; and where each piece stands."""
    at = 0
    for quantity in found:
        if quantity.start >= at:
            reading = quantity.readings[0]
            yield folded[at : quantity.start], at, quantity.start
            level = f"<{reading.measure.value} {reading.value.normalize()} {reading.unit}>"
            yield level, quantity.start, quantity.end
            at = quantity.end
    yield folded[at:], at, len(folded)


def without_quotes(folded: str, found: Sequence[Quantity], sheet: FactIndex) -> str | None:
    """The text, levelled, without the sentences it quotes from facts of the sheet; None where it quotes nothing."""
    rest = text = leveled(folded, found)
    for sentence in _sentences(sheet):
        rest = rest.replace(sentence, " ")
    return rest if rest != text else None


def quoted(piece: str, text: str, sheet: FactIndex) -> bool:
    """Whether a piece of a text stands there in sentences quoted from facts of the sheet alone."""
    currency = sheet.products[0].price.currency if sheet.products else "CNY"
    rest = without_quotes(text, quantities(text, currency), sheet)
    return rest is not None and leveled(piece, quantities(piece, currency)) not in rest


@lru_cache(maxsize=32)
def _sentences(sheet: FactIndex) -> tuple[str, ...]:
    """Every sentence of the facts in force that is long enough to be quoted, the longest first."""
    currency = sheet.products[0].price.currency if sheet.products else "CNY"
    written = {*sheet.folded.values(), *(fold(fact.text) for fact in sheet.facts)}
    texts = {leveled(text, quantities(text, currency)) for text in written}
    sentences = {part.strip() for text in texts for part in _SENTENCE.split(text)}
    return tuple(sorted((part for part in sentences if len(part) >= LEAST), key=lambda part: (-len(part), part)))
