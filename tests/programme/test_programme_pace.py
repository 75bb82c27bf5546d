"""Whether this computer keeps up with the room: what is said of it, from counters alone and in a whole room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple
from itertools import accumulate, groupby, repeat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from virtual_room import VirtualRoom, make_room, sleep

from host.core.clock import VirtualClock
from host.core.reason import in_words
from host.programme.desk import RoomDesk
from host.programme.pace import COMES, GOES, PERIODS, Pace, Ticks

WELL = Ticks(due=50)
BUSY = Ticks(due=50, late=22)
DEAD = Ticks(due=50, late=50, failures=1)


def paces(periods: Iterable[Ticks]) -> Iterator[Pace]:
    """What is known behind each period; counters add up from an arbitrary beginning."""
    pace = Pace().after(Ticks(1_000, 30, 7, 12, 2))
    counted = accumulate(periods, added, initial=Ticks(1_000, 30, 7, 12, 2))
    next(counted)
    for ticks in counted:
        pace = pace.after(ticks)
        yield pace


def added(one: Ticks, other: Ticks) -> Ticks:
    return Ticks(*(a + b for a, b in zip(astuple(one), astuple(other), strict=True)))


def told(periods: Sequence[Ticks]) -> list[int]:
    """Behind each period: percent, 0 while all is well."""
    return [pace.slow for pace in paces(periods)]


@pytest.mark.parametrize(
    ("period", "percent"),
    [
        (WELL, 0),
        (Ticks(due=50, late=1), 0),
        (Ticks(due=50, late=5), 0),
        (Ticks(due=50, late=6), 12),
        (BUSY, 44),
        (Ticks(due=50, late=50), 100),
        (Ticks(due=50, dropped=10), 20),
        (Ticks(due=50, skipped=10), 20),
        (Ticks(due=50, late=22, dropped=20), 44),
        (Ticks(due=50, late=3, dropped=3, skipped=3), 12),
        (Ticks(due=500, skipped=400), 80),
        (Ticks(), 0),
        (DEAD, 0),
        (Ticks(due=50, late=50, skipped=15, failures=1), 30),
    ],
    ids=str,
)
def test_a_minute_of_the_same(period: Ticks, percent: int) -> None:
    assert told([period] * PERIODS)[-1] == percent


def test_nothing_is_said_of_a_room_that_just_started() -> None:
    assert told([Ticks(due=50, late=50)] * (PERIODS - 1)) == [0] * (PERIODS - 1)


@pytest.mark.parametrize("hiccup", [[BUSY], [Ticks(due=3_000, skipped=2_990)], [Ticks(due=50, late=50)] * (COMES - 1)])
@given(before=st.integers(0, 40))
def test_a_hiccup_is_none_of_it_however_long_it_stops_the_machine(hiccup: list[Ticks], before: int) -> None:
    assert not any(told([WELL] * before + hiccup + [WELL] * 40))


def test_it_comes_within_half_a_minute_and_goes_within_a_minute() -> None:
    seen = told([WELL] * 100 + [BUSY] * 100 + [WELL] * 100)
    came, gone = seen.index(44) - 100 + 1, seen[200:].index(0) + 1
    assert (came, gone) == (COMES, PERIODS - GOES)
    assert set(seen[100 + came - 1 : 200 + gone - 1]) == {44}


def test_bursts_of_it_are_told_of_as_long_as_they_come() -> None:
    seen = told([WELL, BUSY, WELL] * 60)
    assert set(seen[PERIODS:]) == {44}


def test_what_is_said_does_not_change_with_every_figure() -> None:
    steady = [Ticks(due=50, late=late) for late in (20, 24, 18, 25, 22)] * 20
    assert len(set(told(steady)) - {0}) == 1
    worse = [BUSY] * 60 + [Ticks(due=50, late=50)] * 60
    assert [percent for percent, _ in groupby(told(worse))] == [0, 44, 65, 85]


def test_a_renderer_that_fails_is_no_slow_computer_but_does_not_make_a_slow_one_fast() -> None:
    hangs = [Ticks(due=50, late=50), Ticks(due=50, late=50), DEAD]
    assert not any(told(hangs * 40))
    assert all(told([BUSY] * 40 + hangs)[-3:])


_PERIOD = st.builds(
    lambda due, late, dropped, skipped, failures: Ticks(
        due, min(late, due), min(dropped, due), min(skipped, due), failures
    ),
    st.integers(0, 60),
    *repeat(st.integers(0, 60), 3),
    st.sampled_from([0, 0, 0, 1]),
)


@given(st.lists(_PERIOD | st.sampled_from([WELL, BUSY, DEAD]), max_size=150))
def test_whatever_is_counted_it_neither_flaps_nor_tells_of_nothing(periods: list[Ticks]) -> None:
    seen = list(paces(periods))
    assert all(0 <= pace.slow <= 100 and 0.0 <= pace.status().late_ratio <= 1.0 for pace in seen)
    assert not any(pace.slow for pace in seen[: PERIODS - 1])
    spells = [len(list(spell)) for _, spell in groupby(bool(pace.slow) for pace in seen)]
    assert all(length >= COMES - GOES for length in spells[1:-1])


@given(st.lists(st.builds(Ticks, st.integers(20, 60), late=st.integers(0, 2)), max_size=100))
def test_a_computer_that_keeps_up_is_never_spoken_of(periods: list[Ticks]) -> None:
    assert not any(told(periods))


def test_it_is_said_once_what_is_the_matter_and_what_to_do() -> None:
    (pace,) = list(paces([BUSY] * PERIODS))[-1:]
    (reason,) = pace.reasons("superfast")
    assert "44 %" in reason
    assert "ultrafast" in reason
    assert "44%" in in_words(reason, "zh")
    (fastest,) = pace.reasons("ultrafast")
    assert "ultrafast" not in fastest + in_words(fastest, "zh")
    assert not set("{}") & {*reason, *fastest, *in_words(reason, "zh"), *in_words(fastest, "zh")}
    assert Pace().reasons("superfast") == []


@pytest.fixture
def room(tmp_path: Path, speech_cache: Path) -> VirtualRoom:
    return make_room(tmp_path / "room", speech_cache)


def test_a_room_on_a_busy_machine_says_so_until_it_keeps_up(room: VirtualRoom) -> None:
    """The pump's counter is turned by hand: in virtual time nothing is late."""
    states: dict[str, dict[str, Any]] = {}
    health: list[dict[str, Any]] = []

    async def act(desk: RoomDesk, clock: VirtualClock) -> None:
        counts = desk._programme.pump._counts
        await sleep(clock, 70)
        states["before"] = desk.state()
        for _ in range(60):
            counts.late += 11
            await sleep(clock, 1)
        states["busy"] = desk.state()
        health.append(desk.health())
        await sleep(clock, 70)
        states["after"] = desk.state()

    room.run(210, act)
    whys = {when: [why["code"] for why in state["degraded_why"]] for when, state in states.items()}
    assert whys == {"before": [], "busy": ["computer_slow"], "after": []}
    assert health[0]["degraded"] == states["busy"]["degraded"]
    gauges = {when: (state["gauges"]["too_slow"], state["gauges"]["late_ratio"]) for when, state in states.items()}
    assert gauges["before"] == gauges["after"] == (0, 0)
    assert gauges["busy"] == (1, pytest.approx(0.44, abs=0.03))
    events = [[why["code"] for why in event["why"]] for event in room.of("degraded")]
    assert events == [["computer_slow"], []]


def test_nothing_of_it_in_ten_virtual_minutes(room: VirtualRoom) -> None:
    room.run(600)
    assert not room.of("degraded")
