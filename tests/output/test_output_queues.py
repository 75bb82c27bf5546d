"""Queues of a viewer: bounded, and a picture never follows a gap without a keyframe between."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from host.output.queues import DropOldestQueue, KeyframeQueue

LIMIT = 5
Step = tuple[bool, bool]


@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=200))
def test_pictures_are_bounded_and_decodable(steps: list[Step]) -> None:
    """``(put, keyframe)`` or a pop: what comes out is a keyframe or follows the picture before it."""
    wanted: list[int] = []
    queue: KeyframeQueue[tuple[int, bool]] = KeyframeQueue(LIMIT, lambda: wanted.append(1))
    put = taken = 0
    last = -2
    for is_put, keyframe in steps:
        if is_put:
            queue.put((put, keyframe), keyframe)
            put += 1
        elif (entry := queue.pop()) is not None:
            number, key = entry
            assert key or number == last + 1
            last = number
            taken += 1
        assert len(queue) <= LIMIT
    assert queue.early + queue.dropped + taken + len(queue) == put


def test_a_full_queue_asks_for_a_keyframe_and_begins_there() -> None:
    wanted: list[int] = []
    queue: KeyframeQueue[int] = KeyframeQueue(3, lambda: wanted.append(1))
    for number in range(10):
        queue.put(number, keyframe=number in (0, 7))
    assert [queue.pop() for _ in range(4)] == [7, 8, 9, None]
    assert wanted == [1]
    assert queue.dropped == 7


@given(st.lists(st.booleans(), max_size=100))
def test_sound_loses_the_oldest(steps: list[bool]) -> None:
    queue: DropOldestQueue[int] = DropOldestQueue(LIMIT)
    put = taken = 0
    last = -1
    for is_put in steps:
        if is_put:
            queue.put(put, True)
            put += 1
        elif (entry := queue.pop()) is not None:
            assert entry > last
            last = entry
            taken += 1
        assert len(queue) <= LIMIT
    assert queue.dropped + taken + len(queue) == put
