"""A room's figures in Prometheus' terms."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby
from operator import attrgetter

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from host.core.figures import Figure, FigureKind

PREFIX = "livehost_"
_FAMILIES: dict[FigureKind, type[CounterMetricFamily | GaugeMetricFamily]] = {
    FigureKind.COUNTER: CounterMetricFamily,
    FigureKind.GAUGE: GaugeMetricFamily,
}


def exposition(read: Callable[[], Iterable[Figure]]) -> Callable[[], bytes]:
    """Renders what ``read`` gives in the text format, each time it is called."""
    registry = CollectorRegistry()
    registry.register(_Figures(read))
    return lambda: generate_latest(registry)


class _Figures(Collector):
    def __init__(self, read: Callable[[], Iterable[Figure]]) -> None:
        self._read = read

    def describe(self) -> list[Metric]:
        """Nothing: what there is to read is known once the room runs."""
        return []

    def collect(self) -> list[Metric]:
        found = sorted(self._read(), key=attrgetter("name"))
        return [_family(name, list(alike)) for name, alike in groupby(found, attrgetter("name"))]


def _family(name: str, alike: list[Figure]) -> Metric:
    """One metric; a counter's name gets its ``_total`` from the family."""
    first = alike[0]
    labels = [first.label[0]] if first.label else []
    since = " since the start" if first.kind is FigureKind.COUNTER else ""
    family = _FAMILIES[first.kind](PREFIX + name, f"{first.what}{since}", labels=labels)
    for figure in alike:
        family.add_metric([figure.label[1]] if figure.label else [], figure.value)
    return family
