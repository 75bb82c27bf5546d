"""Which size somebody takes: 172/70公斤穿多大, ``5'8 and 150 lbs, what size``, by the chart of the sheet.

Viewers type a height and a weight with or without units, in any order, with any sign between them. One of the two alone
is a body only where a size is spoken of: 168 is a price as often. Whoever lies in no row is told so: the nearest row
would be a guess about somebody's body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from host.core.fold import cased
from host.core.packs import pack
from host.core.product import Lang, Product
from host.core.variants import SizeChart
from host.mind.answers.compose import Piece, finished
from host.mind.quantities.extraction import quantities
from host.mind.quantities.quantity import Quantity
from host.mind.quantities.units import Measure

_BETWEEN = re.compile(r"[,，、/／;；]")
_BARE = re.compile(r"(?<![\d.])(?:1[3-9]\d|2[01]\d)(?![\d.])")
"""A number of three digits that nobody measures in anything but centimetres of height."""
_WEARS = re.compile(r"码|穿|身高|体重|\b(?:sizes?|wear|fits?|tall|height|weigh)\b")
_IN = {"cm": Decimal(10), "in": Decimal("25.4"), "kg": Decimal(1000), "lb": Decimal("453.59237")}
"""Millimetres and grams in a unit of a chart."""
_MILLI = {("height", "mm"): Decimal(1), ("height", "in"): Decimal("25.4"),
          ("weight", "g"): Decimal(1), ("weight", "oz"): Decimal("28.349523125")}  # fmt: skip
"""And in a unit that amounts are read in."""
_LIKELY = {"height": (Decimal(1300), Decimal(2200)), "weight": (Decimal(30_000), Decimal(200_000))}
"""Of grown people: anything else that is measured is no body."""


def size_piece(part: str, text: str, product: Product, lang: Lang) -> Piece | None:
    """The size for the body that a folded comment tells of; None where it tells of none, where there is no chart, and
    where the ``part`` of it that is answered is about something else."""
    chart = product.size_chart
    body = _body(text) if chart.rows and (_WEARS.search(part) or _body(part)) else {}
    asked = {name: value for name, value in body.items() if any(name in row.spans for row in chart.rows)}
    if not asked or (len(asked) < len(_LIKELY) and not _WEARS.search(text)):
        return None
    sizes = chart.sizes(_in_units(chart, asked))
    words = pack(lang).table("replies.toml")["sizes"]
    named = (words["size" if size.isascii() else "named"].format(size=size) for size in sizes)
    said = words["some"].format(sizes=words["or"].join(named)) if sizes else words["none"]
    facts = tuple(f"{product.id}.size_chart.{row.size}" for row in chart.rows)  # whoever is in one, is in no other
    return Piece(finished(said, lang), facts, (product.id,))


def _body(text: str) -> dict[str, Decimal]:
    """``{"height": millimetres, "weight": grams}``, as far as a text tells them."""
    parted = _BETWEEN.sub(" ", text)
    found: dict[str, Decimal] = {}
    measured = [each for each in quantities(cased(parted)) if each.readings[0].measure is not Measure.NUMBER]
    for name, value in (each for quantity in measured for each in _in_millis(quantity)):
        low, high = _LIKELY[name]
        if low <= value <= high:
            found.setdefault(name, value)
    bare = next((each for each in _BARE.finditer(parted) if not _is_measured(each.start(), measured)), None)
    if "height" not in found and bare is not None:
        found["height"] = Decimal(bare.group()) * 10
    return found


def _is_measured(place: int, measured: Sequence[Quantity]) -> bool:
    return any(each.start <= place < each.end for each in measured)


def _in_millis(quantity: Quantity) -> Iterator[tuple[str, Decimal]]:
    reading = quantity.readings[0]
    if reading.measure is not Measure.PHYSICAL:
        return iter(())
    return ((name, reading.value * each) for (name, unit), each in _MILLI.items() if unit == reading.unit)


def _in_units(chart: SizeChart, body: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """The measures in the units of a chart."""
    units = {name: span.unit for row in chart.rows for name, span in row.spans.items()}
    return {name: value / _IN[units[name]] for name, value in body.items() if units[name] in _IN}
