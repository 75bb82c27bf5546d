"""The order of play over edits: a turn keeps a place that is one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from show_builders import replaced, show

from host.core.rundown import RundownEntry
from host.show.order import Order

PRODUCTS = ("p1", "p2", "p3", "p4")


@given(
    rundown=st.lists(st.sampled_from(PRODUCTS), max_size=6),
    left=st.sets(st.sampled_from(PRODUCTS)),
    standing=st.none() | st.sampled_from(PRODUCTS),
    index=st.integers(0, 5),
)
def test_a_turn_has_its_place_in_the_order_after_an_edit(
    rundown: list[str], left: set[str], standing: str | None, index: int
) -> None:
    whole = show(*([[[1]]] for _ in PRODUCTS))
    fewer = replaced(whole, [script for script in whole.scripts.values() if script.product in left])
    entries = [RundownEntry(product) for product in rundown]
    before, after = Order(entries, whole), Order(entries, fewer)
    at = after.place_of(standing, index % len(before.entries), before)
    assert -1 <= at < max(1, len(after.entries))
