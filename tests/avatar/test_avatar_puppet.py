from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from puppet_bundles import avatar

from host.avatar.bundle import Bundle
from host.avatar.mouth import MouthPainter
from host.avatar.planes import planes
from host.avatar.pose import Arm, Brows, Eyes, Mouth, Overlay, Pose, smiling
from host.avatar.preview import contact_sheet
from host.avatar.puppet import Puppet, PuppetRenderer, open_renderer
from host.avatar.raster import Atlas
from host.avatar.scene import SceneArtist
from host.core.bundled import bundled
from host.core.clock import VirtualClock
from host.core.errors import LivehostError
from host.core.ports import Context, Moment
from host.core.scene import Caption, Card, Scene

AVATARS = sorted(file.parent.name for file in bundled("avatars").glob("*/avatar.yaml"))
LABEL = SceneArtist().label


@pytest.fixture(scope="module")
def cache(request: pytest.FixtureRequest) -> Path:
    return Path(request.config.cache.mkdir("avatars"))  # type: ignore[union-attr]


@pytest.fixture(scope="module", params=AVATARS)
def host(request: pytest.FixtureRequest, cache: Path) -> tuple[Bundle, Atlas]:
    return avatar(request.param, cache)


def part(low: float = 0, high: float = 1) -> st.SearchStrategy[float]:
    return st.floats(low, high, allow_nan=False).map(lambda value: round(value, 3))


def poses(gestures: list[str]) -> st.SearchStrategy[Pose]:
    mouths = st.builds(Mouth, part(), part(-1, 1), part(), part(), part(), part(), part(), part(), part())
    arms = st.builds(
        Arm, st.sampled_from(gestures), st.sampled_from(gestures), part(-0.05, 1.05), part(-9, 9), part(-9, 9)
    )
    eyes = st.builds(Eyes, part(0, 1.15), part(0, 1.15), part(-1, 1), part(-1, 1), part())
    brows = st.builds(Brows, part(-1, 1), part(), part(-1, 1))
    angle = part(-12, 12)
    return st.builds(Pose, mouths, eyes, brows, angle, angle, angle, part(-2, 2), part(), part(), arms, arms)


def shown(frame: np.ndarray[Any, Any], overlay: Overlay = LABEL) -> bool:
    """Whether every pixel that the overlay covers wholly has the overlay's own brightness."""
    height, width = overlay.bgra.shape[:2]
    view = frame[overlay.y : overlay.y + height, overlay.x : overlay.x + width]
    solid = overlay.bgra[..., 3] == 255
    blue, green, red = (overlay.bgra[..., i].astype(float) for i in range(3))
    luma = 16 + 219 / 255 * (0.2126 * red + 0.7152 * green + 0.0722 * blue)
    return bool((np.abs(view - luma)[solid] <= 1).all()) and bool(solid.any())


@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_a_frame_does_not_depend_on_the_ones_before(host: tuple[Bundle, Atlas], data: st.DataObject) -> None:
    bundle, _ = host
    gestures = list(bundle.manifest.arms.gestures)
    sequence = data.draw(st.lists(poses(gestures), min_size=2, max_size=4))
    overlays = [LABEL, *SceneArtist().overlays(Scene(caption=Caption("你好", 1)))]
    puppet = Puppet(*host)
    for i, pose in enumerate(sequence):
        frame = puppet.draw(pose, overlays[i % 2 :]).i420.copy()
    assert np.array_equal(Puppet(*host).draw(sequence[-1], overlays[(len(sequence) - 1) % 2 :]).i420, frame)
    assert shown(frame)
    luma, u, v = planes(frame)
    assert luma.min() >= 15
    assert luma.max() <= 236
    assert min(u.min(), v.min()) >= 15
    assert max(u.max(), v.max()) <= 241


def test_the_same_sequence_gives_the_same_bytes(host: tuple[Bundle, Atlas]) -> None:
    def film() -> bytes:
        renderer = PuppetRenderer(*host, seed=4)
        return b"".join(renderer.render(Moment(tick)).i420.tobytes() for tick in range(6))

    assert film() == film()


def mouth_pixels(host: tuple[Bundle, Atlas], mouth: Mouth) -> tuple[int, int]:
    """Dark and bright pixels of the mouth alone: cavity and teeth."""
    ink, _, _ = MouthPainter(host[0].manifest, host[1]).spot(mouth)
    solid = ink.pixels[..., 3] > 200
    luma = ink.pixels[..., 0]
    return int((solid & (luma < 55)).sum()), int((solid & (luma > 195)).sum())


def test_closed_lips_are_closed(host: tuple[Bundle, Atlas]) -> None:
    visemes = {name: shape.mouth() for name, shape in host[0].manifest.visemes.items()}
    for smile in (0.0, 0.45, 0.9):
        dark, bright = mouth_pixels(host, smiling(visemes["PP"], smile))
        assert dark == 0
        assert bright == 0
    dark, _ = mouth_pixels(host, visemes["aa"])
    assert dark > 100


def test_shut_cells_have_no_opening(host: tuple[Bundle, Atlas]) -> None:
    mouth = host[0].manifest.mouth
    assert mouth.aperture[0] == 0
    assert not host[1].cells[mouth.base][0].any()
    assert not host[1].cells[mouth.pressed.base].any()


def test_teeth_show_where_they_should(host: tuple[Bundle, Atlas]) -> None:
    visemes = {name: shape.mouth() for name, shape in host[0].manifest.visemes.items()}
    for name in ("SS", "ih", "FF"):
        assert mouth_pixels(host, visemes[name])[1] > 15, name
    assert mouth_pixels(host, visemes["E"])[1] > 100
    assert mouth_pixels(host, visemes["ou"])[1] == 0


def test_an_opening_mouth_never_jumps(host: tuple[Bundle, Atlas]) -> None:
    """Between two neighbouring apertures few pixels may change much: cells are dense enough not to pop."""
    painter = MouthPainter(host[0].manifest, host[1])
    mouth = host[0].manifest.visemes["aa"].mouth()
    last = None
    for i in range(97):
        ink, _, _ = painter.spot(replace(mouth, aperture=i / 96))
        if last is not None:
            step = np.abs(ink.pixels.astype(int) - last).max(2)
            assert (step > 150).sum() < 30, i / 96
        last = ink.pixels.astype(int)


def test_what_cannot_be_drawn_leaves_the_last_figure(host: tuple[Bundle, Atlas]) -> None:
    puppet = Puppet(*host)
    good = puppet.draw(Pose(), [LABEL]).i420.copy()
    broken: Any = replace(Pose(), mouth=None)
    assert np.array_equal(puppet.draw(broken, [LABEL]).i420, good)
    fine = puppet.draw(replace(Pose(), yaw=5), [LABEL]).i420
    assert not np.array_equal(fine, good)


def test_a_first_frame_that_fails_still_has_the_label(host: tuple[Bundle, Atlas]) -> None:
    broken: Any = SimpleNamespace()
    assert shown(Puppet(*host).draw(broken, [LABEL]).i420)


def test_an_overlay_that_fails_is_left_out(host: tuple[Bundle, Atlas]) -> None:
    bad = Overlay(0, 0, np.zeros((4, 4), np.uint8))
    frame = Puppet(*host).draw(Pose(), [bad, LABEL]).i420
    assert np.array_equal(frame, Puppet(*host).draw(Pose(), [LABEL]).i420)


def test_the_label_survives_a_failing_compositor(host: tuple[Bundle, Atlas], monkeypatch) -> None:
    puppet = Puppet(*host)
    puppet.draw(Pose(), [LABEL])
    with monkeypatch.context() as patch:
        patch.setattr(puppet._compositor, "_rebuild", lambda *_: 1 / 0)
        assert shown(puppet.draw(replace(Pose(), yaw=3), [LABEL]).i420)
    assert np.array_equal(
        puppet.draw(replace(Pose(), yaw=4), [LABEL]).i420, Puppet(*host).draw(replace(Pose(), yaw=4), [LABEL]).i420
    )


def test_numbers_that_are_none_are_drawn_as_rest(host: tuple[Bundle, Atlas]) -> None:
    nothing = float("nan")
    pose = Pose(yaw=nothing, pitch=nothing, roll=nothing, sway=nothing, breath=nothing, mouth=Mouth(aperture=nothing))
    assert np.array_equal(Puppet(*host).draw(pose, [LABEL]).i420, Puppet(*host).draw(Pose(), [LABEL]).i420)


def context(cache: Path) -> Context:
    return Context(VirtualClock(datetime(2026, 1, 1, tzinfo=UTC)), "room", cache, cache, cache)


def test_the_renderer_opens_and_draws_a_scene(cache: Path) -> None:
    renderer = open_renderer({"avatar": str(bundled("avatars", "kai"))}, context(cache))
    assert renderer.name == "puppet"
    scene = Scene(card=Card("cup", "随行保温杯", 1, "¥79"), caption=Caption("你好", 1))
    frame = renderer.render(Moment(0, scene=scene)).i420.copy()
    assert frame.shape == (1920, 720)
    assert shown(frame)
    assert not np.array_equal(frame, renderer.render(Moment(1)).i420)
    renderer.close()


def test_bad_options_say_what_is_known(cache: Path) -> None:
    with pytest.raises(LivehostError, match="avtar"):
        open_renderer({"avtar": "x"}, context(cache))
    with pytest.raises(LivehostError, match="avatar: is missing"):
        open_renderer({}, context(cache))


def test_the_contact_sheet_is_a_picture(cache: Path, tmp_path: Path) -> None:
    host = avatar("kai", cache)
    contact_sheet(*host, tmp_path / "sheet.png")
    assert (tmp_path / "sheet.png").read_bytes()[:4] == b"\x89PNG"
    with pytest.raises(LivehostError, match="cannot be written"):
        contact_sheet(*host, tmp_path)
