"""Which product a sentence speaks of, and whether a fact says a word of its product."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from host.core.product_names import named
from host.mind.guard.carried import FactIndex
from host.mind.guard.kinds import ClaimKind, stance
from host.mind.guard.polarity import Polarity
from host.mind.guard.quotes import without_quotes
from host.mind.quantities.quantity import Quantity
from host.mind.quantities.units import Measure

_HERE = re.compile(
    r"这款|这个|这一款|这把|这台|这瓶|这盒|这件|咱们?这|我们?这|\bthis\b|\bthese\b|on screen|\bit\b|\bit's\b"
)
_NO = re.compile(r": ?(?:不|否|无|没有|未|非|no\b|not\b|none\b|without\b)")


def spoken_of(folded: str, found: Sequence[Quantity], sheet: FactIndex) -> frozenset[str]:
    """Ids of the products a folded text names by link or name, so that one product's price is not said of another.

    Empty where it names none but in words quoted from a fact, or also speaks of 这款, ``this``: then every product's
    facts count.
    """
    if len(sheet.products) < 2 or _HERE.search(folded):
        return frozenset()
    links = {int(reading.value) for quantity in found for reading in quantity.readings[:1]
             if reading.measure is Measure.LINK}  # fmt: skip
    about = named(folded, sheet.products)
    if about and (rest := without_quotes(folded, found, sheet)) is not None:
        about = named(rest, sheet.products)
    return frozenset(product.id for product in sheet.products if product.link in links or product in about)


def said_by_a_fact(word: str, sheet: FactIndex) -> bool:
    """Whether a fact says the folded ``word`` of its product, and does not deny it."""
    return any(not denied for denied in _in_facts(word, sheet.folded.values()))


def denied_by_a_fact(word: str, sheet: FactIndex, product: str) -> bool:
    """Whether a fact of ``product`` denies the folded ``word`` of it."""
    return any(_in_facts(word, (sheet.folded[fact.id] for fact in sheet.facts if fact.product == product)))


def _in_facts(word: str, facts: Iterable[str]) -> Iterator[bool]:
    """Of each ``word`` in folded facts whether it is denied there: 不防水, 防水: 否."""
    for known in facts:
        for match in re.finditer(re.escape(word), known):
            denied = stance(ClaimKind.SERVICE, known, *match.span()) is Polarity.DENIED
            yield denied or bool(_NO.match(known, match.end()))
