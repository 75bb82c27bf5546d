"""What a room counts and measures, scraped as Prometheus does and shown as the console does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client.metrics_core import Metric
from prometheus_client.parser import text_string_to_metric_families
from virtual_room import make_room, sleep

from host.console.app import create_app
from host.console.connections import Connections
from host.console.exposition import exposition
from host.core.clock import VirtualClock
from host.core.figures import Figure, FigureKind, by_key, counted, counter, figures, gauge
from host.core.ports import OutputStatus
from host.programme.desk import RoomDesk

TOKEN = "a-token-for-tests"
BASE_UNITS = ("_seconds", "_bytes", "_samples", "_ticks")
NO_UNITS = re.compile(r"_(?:ms|milliseconds|us|minutes|kb|percent)(?:_|$)")
WORDS = Path("host/console/static/console/words.js").read_text(encoding="utf-8")


@dataclass
class Scraped:
    """A room's metrics before and after it was on air for a while, and its last state."""

    before: dict[str, Metric]
    after: dict[str, Metric]
    state: dict[str, Any]
    found: list[Figure]


@pytest.fixture(scope="module")
def scraped(tmp_path_factory: pytest.TempPathFactory, speech_cache: Path) -> Scraped:
    room = make_room(tmp_path_factory.mktemp("metrics") / "room", speech_cache)
    seen: list[Scraped] = []

    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        connections = Connections()

        def read() -> list[Figure]:
            return [*desk.figures(), *figures(connections.status())]

        app = create_app(desk, token=TOKEN, metrics=exposition(read), clock=clock)
        before = await scrape(app)
        desk.comment("小鹿", "会漏水吗", "c0")
        await sleep(clock, 20)
        seen.append(Scraped(before, await scrape(app), desk.state(), read()))

    room.run(30, act)
    return seen[0]


async def scrape(app: Any) -> dict[str, Metric]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://room.test") as client:
        reply = await client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert reply.status_code == 200
    return {family.name: family for family in text_string_to_metric_families(reply.text)}


def test_each_figure_is_exported_as_what_it_is(scraped: Scraped) -> None:
    kinds = {f"livehost_{figure.name}": figure.kind.value for figure in scraped.found}
    assert {name: family.type for name, family in scraped.after.items()} == kinds
    assert {FigureKind.COUNTER, FigureKind.GAUGE} == {figure.kind for figure in scraped.found}


def test_names_are_as_prometheus_wants_them(scraped: Scraped) -> None:
    for name, family in scraped.after.items():
        assert re.fullmatch(r"livehost_[a-z][a-z_]*[a-z]", name)
        assert not NO_UNITS.search(name)
        assert not name.endswith("_total")
        assert family.documentation[:1].isalnum()
        for sample in family.samples:
            assert sample.name == name + ("_total" if family.type == "counter" else "")


def test_a_counter_only_grows_and_what_comes_and_goes_is_none(scraped: Scraped) -> None:
    for name, family in scraped.before.items():
        if family.type == "counter":
            later = {tuple(sample.labels.items()): sample.value for sample in scraped.after[name].samples}
            assert all(later[tuple(sample.labels.items())] >= sample.value for sample in family.samples)
    for name in ("in_flight_ticks", "rendering", "render_seconds", "encode_seconds", "viewers", "comments_waiting"):
        assert scraped.after[f"livehost_{name}"].type == "gauge"
    said = [families["livehost_utterances"].samples[0].value for families in (scraped.before, scraped.after)]
    assert said[0] < said[1]


def test_state_and_metrics_say_the_same(scraped: Scraped) -> None:
    assert scraped.state["counters"]["comments"] == 1
    for kind, part in ((FigureKind.COUNTER, "counters"), (FigureKind.GAUGE, "gauges")):
        keys = {figure.key for figure in scraped.found if figure.kind is kind and "connections" not in figure.name}
        assert scraped.state[part].keys() == keys


BOUNDED = {
    "comments_dropped", "comments_displaced", "viewers_forgotten", "replies_dropped", "watcher_events_lost",
    "journal_lost", "dropped_pictures", "late_releases", "skipped_ticks",
}  # fmt: skip
OF_OUTPUTS = {"output_packets_dropped", "output_pictures_early"}


def test_whatever_a_full_queue_costs_is_counted_where_an_operator_sees_it(scraped: Scraped) -> None:
    counted = {figure.name for figure in scraped.found if figure.kind is FigureKind.COUNTER}
    assert counted >= BOUNDED
    of_output = {figure.name for figure in figures(OutputStatus("whep", True)) if figure.kind is FigureKind.COUNTER}
    assert of_output >= OF_OUTPUTS


def test_every_figure_has_chinese_words(scraped: Scraped) -> None:
    words = set(re.findall(r"(\w+): \"", WORDS[WORDS.index("counter: {") : WORDS.index('log: "事件"')]))
    found = [*scraped.found, *figures(OutputStatus("whep", True))]
    assert {figure.name for figure in found if "connections" not in figure.name} <= words


@dataclass(frozen=True)
class Status:
    name: str
    sent: int = counter("things sent")
    open: int = gauge("things open", name="thing_clients")


@given(
    st.integers(0, 10**9), st.integers(0, 10**9), st.dictionaries(st.text('ab c\n"\\', max_size=5), st.integers(0, 9))
)
def test_any_figures_are_read_back_as_they_were(sent: int, now: int, faults: dict[str, int]) -> None:
    found = [*figures(Status("a", sent, now), ("thing", "a")), *counted("faults", "faults", faults, by="where")]
    families = {each.name: each for each in text_string_to_metric_families(exposition(lambda: found)().decode())}
    assert families["livehost_sent"].samples[0].value == sent
    assert families["livehost_thing_clients"].samples[0].labels == {"thing": "a"}
    read = {sample.labels["where"]: sample.value for sample in families["livehost_faults"].samples} if faults else {}
    assert read == faults
    assert by_key(found, FigureKind.GAUGE) == {"thing_clients/a": now}
