"""The head: what the boxes leave out is clear, and nothing of a face is cut off."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from puppet_bundles import avatar

from host.avatar.cells import cut, inked, stretched
from host.avatar.figure import Figure
from host.avatar.head import HeadPainter
from host.avatar.planes import Pixels
from host.avatar.pose import Mouth, Pose
from host.core.bundled import bundled
from host.core.media import HEIGHT, WIDTH

AVATARS = sorted(file.parent.name for file in bundled("avatars").glob("*/avatar.yaml"))


@pytest.fixture(scope="module", params=AVATARS)
def head(request: pytest.FixtureRequest) -> tuple[HeadPainter, Figure]:
    cache = Path(request.config.cache.mkdir("avatars"))  # type: ignore[union-attr]
    bundle, atlas = avatar(request.param, cache)
    return HeadPainter(bundle.manifest, atlas), Figure(bundle.manifest)


def on_picture(pixels: Pixels, x: int, y: int) -> Pixels:
    """Where it lies on a picture."""
    whole = np.zeros((HEIGHT, WIDTH, 4), np.uint8)
    height, width = pixels.shape[:2]
    whole[y : y + height, x : x + width] = pixels
    return whole


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_the_box_holds_the_whole_turned_head(head: tuple[HeadPainter, Figure], data: st.DataObject) -> None:
    painter, figure = head
    number = lambda low, high: data.draw(st.floats(low, high, allow_nan=False))  # noqa: E731
    mouth = Mouth(aperture=number(0, 1), width=number(-1, 1), smile=number(0, 1))
    pose = Pose(mouth=mouth, yaw=number(-12, 12), pitch=number(-10, 10), roll=number(-8, 8), sway=number(-2, 2))
    lean = figure.smooth(pose)
    tight = painter.pixels(pose, lean)
    limit = painter._spec.turn
    yaw, pitch = float(np.clip(pose.yaw, -limit.yaw, limit.yaw)), float(np.clip(pose.pitch, -limit.pitch, limit.pitch))
    stack, box = painter._stack(pose, yaw, pitch)
    outside = stack.copy()
    outside[box[1] : box[3], box[0] : box[2]] = 0
    assert not outside.any()
    everything = (0, 0, stack.shape[1], stack.shape[0])
    pivot = (painter._spec.pivot[0], painter._spec.pivot[1])
    wide = painter._turn.apply(stack, everything, yaw, pitch, pose.roll, pivot, lean)
    assert tight[1] % 2 == tight[2] % 2 == 0
    # the grid of the turn begins where the box does, so that a pixel may come from a part of one further
    assert difference(on_picture(*tight), on_picture(*wide)) < 0.02


def difference(a: NDArray[np.uint8], b: NDArray[np.uint8]) -> float:
    """Share of the drawn pixels whose alpha is another by more than a quarter: a cut edge has many of those."""
    apart = np.abs(a[..., 3].astype(int) - b[..., 3])
    return float((apart > 64).sum() / max(1, (b[..., 3] > 0).sum()))


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 11), st.integers(0, 8)), min_size=1))
def test_cells_are_cut_to_what_any_of_them_shows(dots: list[tuple[int, int, int]]) -> None:
    cells = np.zeros((2, 2, 12, 9, 4), np.uint8)
    for cell, row, column in dots:
        cells[cell // 2, cell % 2, row, column] = 255
    left, top, right, bottom = box = inked([cells, np.zeros_like(cells)])
    assert cut(cells, box).sum() == cells.sum()
    rows, columns = [row for _, row, _ in dots], [column for *_, column in dots]
    assert (left, top, right, bottom) == (min(columns), min(rows), max(columns) + 1, max(rows) + 1)


def test_cells_that_show_nothing_are_kept_whole() -> None:
    assert inked([np.zeros((3, 5, 7, 4), np.uint8)]) == (0, 0, 7, 5)


@given(st.integers(0, 40), st.integers(41, 90), st.floats(0, 90), st.floats(1, 1.4))
def test_a_stretched_box_holds_its_edges_and_stays_in_the_cell(left: int, right: int, axis: float, by: float) -> None:
    low, top, high, bottom = stretched((left, 3, right, 9), axis, by, 90)
    assert (top, bottom) == (3, 9)
    assert 0 <= low <= left < right <= high <= 90
    assert low <= max(0, axis + (left - axis) * by)
    assert high >= min(90, axis + (right - axis) * by)
