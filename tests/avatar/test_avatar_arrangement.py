"""Where a picture that is spoken of lies: whole, large, and over nothing that must be seen."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from host.avatar.arrangement import BLOWUP, EDGE, GAP, LEAST_PAPER, MAT, Arrangement, Size, arrange, bust
from host.avatar.boxes import Rect, area, breadth, contains, grown, height, intersect, vacant
from host.avatar.caption import caption_box
from host.avatar.card import card_box

FACES = {"kai": (237, 226, 455, 552), "mei": (250, 168, 454, 510)}
SIZES = [(720, 1280), (1080, 1920), (540, 960), (360, 640), (1280, 720), (1920, 1080), (1080, 1080), (720, 960)]
SHAPES = {
    "1:1": (1200, 1200),
    "3:4": (1200, 1600),
    "9:16": (1080, 1920),
    "16:9": (1920, 1080),
    "4:1": (2000, 500),
    "1:5": (400, 2000),
}


def scaled(box: Rect, unit: float) -> Rect:
    return tuple(round(edge * unit) for edge in box)  # type: ignore[return-value]


def taken(size: Size, card: bool = True, asked: bool = False) -> list[Rect]:
    """Label, captions, card and comment as they lie on a picture of that size."""
    unit = min(size) / 720
    label = scaled((28, 40, 474, 108), unit)
    caption = caption_box(size)
    chip = caption[0], caption[1] - round(100 * unit), caption[2], caption[1] - round(14 * unit)
    return [label, caption, *([card_box(size)] if card else []), *([chip] if asked else [])]


def face_in(size: Size) -> Rect:
    """A face in the middle, as large as that of a host who stands."""
    unit, middle = min(size) / 720, size[0] // 2
    return middle - round(105 * unit), round(150 * unit), middle + round(105 * unit), round(470 * unit)


def apart(one: Rect, other: Rect) -> bool:
    return not area_of_common(one, other)


def area_of_common(one: Rect, other: Rect) -> int:
    return area(intersect(one, other))


sides = st.integers(1, 9000)
shapes = st.tuples(sides, sides) | st.sampled_from(sorted(SHAPES.values()))
sizes = st.sampled_from(SIZES) | st.tuples(st.integers(150, 1100), st.integers(150, 1100)).map(
    lambda size: (2 * size[0], 2 * size[1])
)


def assert_seemly(found: Arrangement, size: Size, shown: Size, obstacles: list[Rect], face: Rect | None) -> None:
    unit = min(size) / 720
    gap = round(GAP * unit)
    assert contains(grown((0, 0, *size), -round(EDGE * unit)), found.paper)
    assert not any(edge % 2 for edge in found.paper)
    assert contains(found.paper, found.picture)
    wide, high = breadth(found.picture), height(found.picture)
    assert abs(wide - high * shown[0] / shown[1]) <= 1 or abs(high - wide * shown[1] / shown[0]) <= 1
    assert wide <= max(1, round(shown[0] * BLOWUP * max(1.0, unit)))
    assert all(apart(grown(obstacle, gap), found.paper) for obstacle in obstacles)
    if found.window is None:
        assert face is None or apart(grown(face, gap), found.paper)
    else:
        assert not any(edge % 2 for edge in found.window)
        assert contains((0, 0, *size), found.window)
        assert all(apart(box, found.window) for box in (*obstacles, found.paper))


@settings(max_examples=300, deadline=None)
@given(sizes, shapes, st.booleans(), st.booleans(), st.booleans())
def test_a_picture_is_whole_and_over_nothing_that_must_be_seen(
    size: Size, shown: Size, card: bool, asked: bool, hosted: bool
) -> None:
    face = face_in(size) if hosted else None
    obstacles = taken(size, card, asked)
    found = arrange(size, shown, obstacles, face)
    if found is not None:
        assert_seemly(found, size, shown, obstacles, face)


@settings(max_examples=80, deadline=None)
@given(sizes, shapes, st.booleans(), st.booleans(), st.floats(0, 1))
def test_no_free_place_would_show_more_of_it(size: Size, shown: Size, asked: bool, hosted: bool, offset: float) -> None:
    """Against every box of a coarse grid that touches nothing."""
    unit = min(size) / 720
    face = face_in(size) if hosted else None
    obstacles = taken(size, asked=asked)
    around = [grown(box, round(GAP * unit)) for box in [*obstacles, *([face] if face else [])]]
    left, top, right, bottom = grown((0, 0, *size), -round(EDGE * unit))
    xs = [left + round((right - left) * (step + offset) / 10) for step in range(10)]
    ys = [top + round((bottom - top) * (step + offset) / 12) for step in range(12)]
    places = [
        (x, y, right_, bottom_)
        for x, right_ in combinations(xs, 2)
        for y, bottom_ in combinations(ys, 2)
        if min(right_ - x, bottom_ - y) >= round(LEAST_PAPER * unit) + 4
        and all(apart((x, y, right_, bottom_), box) for box in around)
    ]
    found = arrange(size, shown, obstacles, face)
    for place in places:
        assert found is not None
        room = breadth(place) - 2 * round(MAT * unit) - 4, height(place) - 2 * round(MAT * unit) - 4
        scale = min(room[0] / shown[0], room[1] / shown[1], BLOWUP * max(1.0, unit))
        assert breadth(found.picture) >= int(shown[0] * scale)
        assert height(found.picture) >= int(shown[1] * scale)


@pytest.mark.parametrize("host", FACES)
@pytest.mark.parametrize(
    ("shape", "share"), [("1:1", 0.26), ("3:4", 0.22), ("9:16", 0.35), ("16:9", 0.25), ("4:1", 0.11), ("1:5", 0.16)]
)
def test_it_takes_a_good_share_of_an_upright_picture(host: str, shape: str, share: float) -> None:
    found = arrange((720, 1280), SHAPES[shape], taken((720, 1280)), FACES[host])
    assert found is not None
    assert area(found.picture) >= share * 720 * 1280


@pytest.mark.parametrize(
    ("shape", "share"), [("1:1", 0.24), ("3:4", 0.18), ("9:16", 0.13), ("16:9", 0.27), ("4:1", 0.16), ("1:5", 0.045)]
)
def test_it_takes_a_good_share_of_a_broad_picture(shape: str, share: float) -> None:
    found = arrange((1280, 720), SHAPES[shape], taken((1280, 720)), face_in((1280, 720)))
    assert found is not None
    assert area(found.picture) >= share * 1280 * 720


def test_the_host_stays_where_little_is_won_by_moving() -> None:
    obstacles = taken((720, 1280))
    windows = {name: arrange((720, 1280), shape, obstacles, FACES["kai"]) for name, shape in SHAPES.items()}
    moved = {name for name, found in windows.items() if found is not None and found.window}
    assert moved == {"3:4", "9:16"}


def test_what_is_tiny_lies_on_paper_that_is_not() -> None:
    found = arrange((720, 1280), (20, 12), taken((720, 1280)), FACES["kai"])
    assert found is not None
    assert (breadth(found.picture), height(found.picture)) == (40, 24)
    assert min(breadth(found.paper), height(found.paper)) >= LEAST_PAPER


def test_without_room_nothing_is_arranged() -> None:
    assert arrange((720, 1280), (100, 100), [(0, 0, 720, 1280)], FACES["kai"]) is None


@given(sizes, st.integers(40, 900), st.integers(40, 900))
def test_the_window_shows_the_face_in_its_own_proportions(size: Size, wide: int, high: int) -> None:
    assume(0.36 <= wide / high <= 1.25)
    face, window = face_in(size), (2 * wide, 2 * high)
    cut = bust(size, face, window)
    assert contains((0, 0, *size), cut)
    assert not any(edge % 2 for edge in cut)
    assert breadth(cut) / window[0] == pytest.approx(height(cut) / window[1], rel=0.02, abs=2.5 / min(window))
    if contains((0, 0, *size), grown(face, height(face) // 3)):
        assert contains(cut, face)


boxes = st.tuples(*[st.integers(0, 30)] * 4).map(
    lambda at: (min(at[0], at[2]), min(at[1], at[3]), max(at[0], at[2]) + 1, max(at[1], at[3]) + 1)
)


@given(st.lists(boxes, max_size=5), boxes)
def test_vacant_boxes_are_free_cannot_grow_and_hold_every_free_box(obstacles: list[Rect], probe: Rect) -> None:
    whole = (0, 0, 31, 31)
    free = vacant(whole, obstacles)
    assert len(set(free)) == len(free)
    for box in free:
        assert all(apart(box, obstacle) for obstacle in obstacles)
        for side, step in enumerate((-1, -1, 1, 1)):
            larger = tuple(edge + (step if at == side else 0) for at, edge in enumerate(box))
            assert not contains(whole, larger) or not all(apart(larger, obstacle) for obstacle in obstacles)  # type: ignore[arg-type]
    if all(apart(probe, obstacle) for obstacle in obstacles):
        assert any(contains(box, probe) for box in free)
