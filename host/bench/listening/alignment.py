"""Two rows of things laid side by side with as few differences as can be; a run of one may match a run of the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")
LONGEST = 4
"""Items of a run: ``wi fi`` and ``wifi``, 138 0013 8000 and 13800138000."""


@dataclass(frozen=True, slots=True)
class Pair(Generic[Item]):
    """What stands beside what: two runs that match, or one item that differs, is left out (``heard`` empty) or is too
    many (``said`` empty)."""

    said: tuple[Item, ...]
    heard: tuple[Item, ...]
    alike: bool


def aligned(
    said: Sequence[Item], heard: Sequence[Item], alike: Callable[[Sequence[Item], Sequence[Item]], bool]
) -> list[Pair[Item]]:
    """The alignment with the fewest differences, each counting one (Levenshtein, over runs of up to `LONGEST`).

    ``alike`` is asked of runs, mostly of one item each. Time grows with the product of the lengths.
    """
    cost, step = _table(said, heard, alike)
    pairs: list[Pair[Item]] = []
    i, j = len(said), len(heard)
    while i or j:
        a, b, same = step[i][j]
        pairs.append(Pair(tuple(said[i - a : i]), tuple(heard[j - b : j]), same))
        i, j = i - a, j - b
    pairs.reverse()
    assert cost[-1][-1] == sum(not pair.alike for pair in pairs)
    return pairs


def _table(
    said: Sequence[Item], heard: Sequence[Item], alike: Callable[[Sequence[Item], Sequence[Item]], bool]
) -> tuple[list[list[int]], list[list[tuple[int, int, bool]]]]:
    """The least cost of every pair of beginnings, and the last step to it: items of each side, and whether alike."""
    cost = [[0] * (len(heard) + 1) for _ in range(len(said) + 1)]
    step = [[(0, 0, True)] * (len(heard) + 1) for _ in range(len(said) + 1)]
    for i in range(len(said) + 1):
        for j in range(len(heard) + 1):
            if i or j:
                cost[i][j], step[i][j] = min(_ways(cost, said, heard, (i, j), alike), key=lambda way: way[0])
    return cost, step


def _ways(
    cost: list[list[int]],
    said: Sequence[Item],
    heard: Sequence[Item],
    place: tuple[int, int],
    alike: Callable[[Sequence[Item], Sequence[Item]], bool],
) -> list[tuple[int, tuple[int, int, bool]]]:
    """Every way to reach a place, the best of equals first."""
    i, j = place
    ways = [
        (cost[i - a][j - b], (a, b, True))
        for a in range(1, min(i, LONGEST) + 1)
        for b in range(1, min(j, LONGEST) + 1)
        if (a == 1 or b == 1 or a + b <= LONGEST) and alike(said[i - a : i], heard[j - b : j])
    ]
    if i and j:
        ways.append((cost[i - 1][j - 1] + 1, (1, 1, False)))
    if i:
        ways.append((cost[i - 1][j] + 1, (1, 0, False)))
    if j:
        ways.append((cost[i][j - 1] + 1, (0, 1, False)))
    return ways
