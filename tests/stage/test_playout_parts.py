"""An utterance that arrives in parts: heard as one, awaited where the next is late, reported once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from stage_speech import item

from host.core.media import TICK_SAMPLES, Pcm
from host.core.utterance import Played
from host.stage.on_air import Item, Started
from host.stage.playout import Playout, TickOut

SILENCE: Pcm = np.zeros(TICK_SAMPLES, np.int16)


def part(name: int, samples: int, number: int, of: int, breaks: Sequence[int] = ()) -> Item:
    made = item(name, samples, breaks=tuple(breaks))
    return Item(made.utterance, made.speech, first=number == 0, last=number == of - 1)


def events(outs: Sequence[TickOut]) -> list[Started | Played]:
    return [event for out in outs for event in out.events]


def ends(outs: Sequence[TickOut]) -> list[Played]:
    return [event for event in events(outs) if isinstance(event, Played)]


@given(st.lists(st.integers(1, 9000), min_size=1, max_size=5), st.lists(st.integers(0, 4), min_size=5, max_size=5))
def test_parts_are_one_utterance_whenever_they_come(sizes: list[int], late: list[int]) -> None:
    playout = Playout(SILENCE)
    outs: list[TickOut] = []
    for number, size in enumerate(sizes):
        assert playout.enqueue(part(1, size, number, len(sizes)))
        outs += [playout.pull() for _ in range(late[number])]
    outs += [playout.pull() for _ in range(60)]
    begun = [event for event in events(outs) if isinstance(event, Started)]
    assert [event.item.first for event in begun] == [True] + [False] * (len(sizes) - 1)
    assert all(event.position % TICK_SAMPLES == 0 for event in begun)
    (played,) = ends(outs)
    assert (played.heard, played.total, played.interrupted) == (sum(sizes), sum(sizes), False)
    assert sum(len(out.sound) for out in outs) == sum(sizes)


def test_while_the_next_part_is_late_it_is_still_on_air_and_nothing_else_begins() -> None:
    playout = Playout(SILENCE)
    playout.enqueue(part(1, TICK_SAMPLES, 0, 2))
    outs = [playout.pull() for _ in range(4)]
    assert [out.frame for out in outs] == [0, 1, 2, 3]
    assert all(out.item is not None for out in outs)
    assert playout.current is not None
    assert not ends(outs)
    assert playout.enqueue(part(1, TICK_SAMPLES, 1, 2))
    assert playout.enqueue(item(2, 10))
    outs = [playout.pull() for _ in range(3)]
    assert [event.utterance.id for event in ends(outs)] == ["u1", "u2"]


def test_parts_do_not_count_against_the_queue_and_are_not_withdrawn_from_what_is_heard() -> None:
    playout = Playout(SILENCE, limit=1)
    playout.enqueue(part(1, 9000, 0, 3))
    playout.pull()
    assert playout.enqueue(part(1, 9000, 1, 3))
    assert playout.enqueue(part(1, 9000, 2, 3))
    assert playout.enqueue(item(2, 10))
    assert [each.utterance.id for each in playout.queued] == ["u2"]
    assert [each.utterance.id for each in playout.withdraw()] == ["u2"]
    outs = [playout.pull() for _ in range(20)]
    assert [(event.utterance.id, event.heard) for event in ends(outs)] == [("u2", 0), ("u1", 27000)]


def test_an_utterance_withdrawn_before_it_began_takes_no_more_parts() -> None:
    playout = Playout(SILENCE)
    playout.enqueue(part(1, 9000, 0, 3))
    playout.enqueue(part(1, 9000, 1, 3))
    assert len(playout.withdraw()) == 1
    assert not playout.enqueue(part(1, 9000, 2, 3))
    assert [(event.heard, event.interrupted) for event in ends([playout.pull()])] == [(0, True)]


def test_a_cut_ends_it_at_the_clause_and_takes_its_other_parts() -> None:
    playout = Playout(SILENCE)
    playout.enqueue(part(1, 4 * TICK_SAMPLES, 0, 3))
    playout.enqueue(part(1, 4 * TICK_SAMPLES, 1, 3))
    playout.enqueue(item(2, TICK_SAMPLES))
    playout.pull()
    playout.cut("clause")
    outs = [playout.pull() for _ in range(6)]
    first, second = ends(outs)
    assert (first.utterance.id, first.heard, first.interrupted) == ("u1", 4 * TICK_SAMPLES, True)
    assert second.utterance.id == "u2"
    assert not playout.enqueue(part(1, 9000, 2, 3))


def test_one_that_waits_for_a_part_can_be_cut_now() -> None:
    playout = Playout(SILENCE)
    playout.enqueue(part(1, TICK_SAMPLES, 0, 2))
    playout.pull()
    playout.pull()
    playout.cut("now")
    (played,) = ends([playout.pull()])
    assert played.interrupted


def test_where_no_more_parts_come_it_ends_with_what_is_there() -> None:
    for begun in (0, 1, 3):
        playout = Playout(SILENCE)
        playout.enqueue(part(1, TICK_SAMPLES * 2, 0, 3))
        outs = [playout.pull() for _ in range(begun)]
        playout.end(item(1, 1).utterance)
        outs += [playout.pull() for _ in range(4)]
        (played,) = ends(outs)
        assert played.heard == TICK_SAMPLES * 2
