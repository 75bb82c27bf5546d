"""The size chart of a sheet: every cell read into a span, said as it stands, and looked at for holes and overlaps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations, pairwise

from host.core.product import FactKind
from host.core.reason import Reason
from host.core.variants import SizeChart, SizeRow, Span
from host.show.build import Site
from host.show.ranges import Cell, cell, unit_in
from host.show.shape_chart import measure_key
from host.show.variants import slug

_DEFAULT_UNITS = {"age": "yr"}
"""Of measures whose unit goes without saying; of lengths it does in Chinese."""
_LENGTHS = frozenset({"height", "chest", "waist", "hip", "foot"})
_BRACKETS = re.compile(r"[(（][^()（）]{0,12}[)）]$")
_Cells = Mapping[str, Mapping[str, Cell]]
"""By size and measure."""


def size_chart(written: Mapping[str, Mapping[str, str]], site: Site) -> SizeChart:
    """The chart, its rows in the order written. What is no range is said as it stands."""
    cells: dict[str, dict[str, Cell]] = {}
    for size, row in written.items():
        cells[size] = dict(_row(size, row, site))
        _tell(size, row, site)
    for measure in dict.fromkeys(measure for row in cells.values() for measure in row):
        _column(measure, cells, site)
    _overlaps(cells, site)
    rows = (SizeRow(size, {measure: each.span for measure, each in row.items()}) for size, row in cells.items())
    return SizeChart(tuple(row for row in rows if row.spans))


def _row(size: str, row: Mapping[str, str], site: Site) -> Iterator[tuple[str, Cell]]:
    for measure, text in row.items():
        if not measure:
            continue
        key = measure_key(measure)
        default = _DEFAULT_UNITS.get(key) or ("cm" if site.lang == "zh" and key in _LENGTHS else "")
        try:
            yield key, cell(text, unit_in(measure) or default)
        except ValueError as error:
            reason = error.args[0]
            assert isinstance(reason, Reason)
            tell = site.refuse if reason.code == "span_reversed" else site.warn
            tell(reason.code, "size_chart", size, measure, **reason.details)


def _tell(size: str, row: Mapping[str, str], site: Site) -> None:
    """What is said of a size: its row in the writer's words."""
    words = site.words
    said = [
        words.say(
            "size_cell", measure=_BRACKETS.sub("", measure.strip()).strip(), text=_with_unit(text, unit_in(measure))
        )
        if measure
        else text
        for measure, text in row.items()
    ]
    text = words.clause.join(said)
    key = f"size_chart.{slug(size)}" if size else "size_chart"
    if size:
        site.lines[key] = site.line("size_chart", size)
        text = words.say("size_chart", size=size, cells=text)
    site.tell(key, FactKind.SIZE, text)


def _with_unit(text: str, unit: str) -> str:
    """A cell with the unit of its column."""
    return f"{text}{unit}" if unit and text[-1:].isdigit() else text


def _column(measure: str, cells: _Cells, site: Site) -> None:
    """Tell of two units in one column, and of values between its lowest and highest that no row holds."""
    column = {size: row[measure] for size, row in cells.items() if measure in row}
    spans = [(size, each) for size, each in column.items() if not each.single]
    if other := next((size for size, each in spans if each.span.unit != spans[0][1].span.unit), None):
        details = {"one": spans[0][1].span.unit, "other": column[other].span.unit, "measure": measure}
        site.refuse("chart_units", "size_chart", other, **details)
        return
    ordered = sorted(spans, key=lambda each: each[1].span.low or Decimal(0))
    reach = ordered[0][1].span.high if ordered else None
    for (before, _), (size, each) in pairwise(ordered):
        low = each.span.low
        if reach is not None and low is not None and low - reach > each.step:
            details = {"low": _shown(reach), "high": _shown(low), "unit": each.span.unit}
            site.warn("chart_hole", "size_chart", size, measure=measure, one=before, other=size, **details)
        reach = None if reach is None or each.span.high is None else max(reach, each.span.high)


def _overlaps(cells: _Cells, site: Site) -> None:
    """Tell of neighbouring sizes that hold the same body, by every measure both have."""
    for one, other in combinations(cells, 2):
        shared = [key for key in cells[one] if key in cells[other] and not cells[one][key].single]
        if not shared or not all(_meet(cells[one][key].span, cells[other][key].span) for key in shared):
            continue
        site.warn("chart_overlap", "size_chart", other, one=one, other=other, measures=shared)


def _meet(one: Span, other: Span) -> bool:
    """Whether two spans share more than an end."""
    if one.unit != other.unit:
        return False
    lows: Sequence[Decimal] = [each.low for each in (one, other) if each.low is not None]
    highs: Sequence[Decimal] = [each.high for each in (one, other) if each.high is not None]
    return not lows or not highs or max(lows) < min(highs)


def _shown(value: Decimal) -> str:
    return f"{value.normalize():f}"
