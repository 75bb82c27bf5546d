"""The circuit breaker."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from host.core.breaker import FAILURES_TO_OPEN, Breaker


def test_rests_double_to_a_limit() -> None:
    breaker = Breaker(first_rest=20, longest_rest=300)
    now, rests = 0.0, []
    for _ in range(8):
        breaker = breaker.failure(now, "x")
        rests.append(breaker.retry_in(now))
        now += breaker.retry_in(now)
    assert rests == [0, 20, 40, 80, 160, 300, 300, 300]


def test_a_failed_probe_can_open_it_at_once() -> None:
    assert Breaker().failure(0.0, "down", at_once=True).state(1.0) == "open"


@given(st.lists(st.tuples(st.sampled_from(["ok", "fail"]), st.floats(0, 4000)), max_size=60))
def test_it_rests_within_bounds_and_always_gets_another_chance(events: list[tuple[str, float]]) -> None:
    now, state, in_a_row = 0.0, Breaker(), 0
    for outcome, passes in events:
        now += passes
        before = state.state(now)
        if before == "half-open":
            assert state.may_probe(now)
            assert not state.probe().may_probe(now)
            assert state.probe().abandoned().may_probe(now)
        state = state.success() if outcome == "ok" else state.failure(now, "down")
        in_a_row = 0 if outcome == "ok" else in_a_row + 1
        assert (state.state(now) == "closed") == (in_a_row < FAILURES_TO_OPEN)
        assert 0 <= state.retry_in(now) <= Breaker().longest_rest
        assert state.state(now + Breaker().longest_rest) in ("closed", "half-open")
