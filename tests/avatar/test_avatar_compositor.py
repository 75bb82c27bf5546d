from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from host.avatar.boxes import disjoint
from host.avatar.compositor import Compositor, Sprite, background_frame
from host.avatar.planes import Pixels, premultiply, to_bgr, yuv_of

SIZE = (64, 48)


def picture(seed: int, width: int, height: int, opaque: bool = False) -> Pixels:
    random = np.random.default_rng(seed)
    bgra = random.integers(0, 256, (height, width, 4), np.uint8)
    if opaque:
        bgra[..., 3] = 255
    return premultiply(bgra)


def base() -> Pixels:
    return background_frame(picture(0, *SIZE, opaque=True))


sprites = st.builds(
    lambda seed, x, y, w, h: Sprite.of(picture(seed, w, h), x, y),
    st.integers(1, 50),
    st.integers(-20, 60),
    st.integers(-20, 44),
    st.integers(1, 40),
    st.integers(1, 40),
)
pools = st.lists(sprites, min_size=1, max_size=6)


@settings(max_examples=60, deadline=None)
@given(pool=pools, data=st.data())
def test_a_picture_does_not_depend_on_the_ones_before(pool: list[Sprite], data: st.DataObject) -> None:
    """The dirty boxes are enough: after any pictures, a stack gives what a fresh frame gives."""
    pool.append(Sprite.opaque(background_frame(picture(99, *SIZE, opaque=True)), (8, 4, 50, 40)))
    stacks = data.draw(st.lists(st.lists(st.sampled_from(pool), unique_by=id), min_size=2, max_size=5))
    compositor = Compositor(base())
    for stack in stacks:
        frame = compositor.draw(stack)
        assert np.array_equal(frame, Compositor(base()).draw(stack))


@settings(max_examples=40, deadline=None)
@given(stack=pools)
def test_the_same_stack_costs_nothing(stack: list[Sprite]) -> None:
    compositor = Compositor(base())
    compositor.draw(stack)
    compositor.draw(stack)
    assert compositor.changed == 0


rects = st.tuples(st.integers(0, 20), st.integers(0, 20), st.integers(0, 30), st.integers(0, 30))


@given(st.lists(rects, max_size=8))
def test_disjoint_boxes_cover_the_same(boxes: list[tuple[int, int, int, int]]) -> None:
    out = disjoint(boxes)
    covered = np.zeros((40, 40), np.int32)
    for left, top, right, bottom in out:
        covered[top:bottom, left:right] += 1
    assert covered.max(initial=0) <= 1
    for left, top, right, bottom in boxes:
        assert (covered[top:bottom, left:right] == 1).all()


def test_nothing_over_the_background_is_the_background() -> None:
    assert np.array_equal(Compositor(base()).draw([]), base())


def test_an_opaque_sprite_replaces_what_is_below() -> None:
    white = np.full((10, 10, 4), 255, np.uint8)
    frame = Compositor(base()).draw([Sprite.of(premultiply(white), 4, 6)])
    assert (frame[6:16, 4:14] == 235).all()


def test_colours_are_bt709_limited_range() -> None:
    # Rec. ITU-R BT.709: pure green lies at Y 173, Cb 42, Cr 26
    assert np.allclose(yuv_of("#00ff00"), (173, 42, 26), atol=1)
    assert np.allclose(yuv_of("#ffffff"), (235, 128, 128), atol=0.5)
    assert np.allclose(yuv_of("#000000"), (16, 128, 128), atol=0.5)


def test_a_frame_comes_back_as_its_colours() -> None:
    flat = np.empty((16, 16, 4), np.uint8)
    flat[:] = (60, 120, 200, 255)
    assert np.abs(to_bgr(background_frame(premultiply(flat))).astype(int) - (60, 120, 200)).max() <= 2
