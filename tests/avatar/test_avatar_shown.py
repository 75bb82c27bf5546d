"""A picture that is spoken of, as it is drawn: whole, upright, on a ground that shows it, and drawn once."""

from __future__ import annotations

import struct
from pathlib import Path

import cv2
import numpy as np
import pytest
from puppet_bundles import avatar

from host.avatar.booth import Booth
from host.avatar.boxes import breadth, height
from host.avatar.bundle import Bundle
from host.avatar.compositor import Sprite
from host.avatar.dissolve import TICKS, Dissolve
from host.avatar.picture import MAX_SIDE, load_picture, whole_picture
from host.avatar.planes import Pixels, planes, premultiply, to_bgr
from host.avatar.pose import Overlay
from host.avatar.puppet import PuppetRenderer, shows
from host.avatar.raster import Atlas
from host.avatar.scene import SceneArtist
from host.avatar.shown import Shown
from host.core.media import Speech
from host.core.ports import Moment
from host.core.scene import Caption, Card, Scene
from host.core.utterance import Direction, Kind, Utterance

CARD = Card("sweater", "卫衣", 1, "¥99")
CAPTION = Caption("看尺码表", 2)
CORNERS = [(0, 0, 255), (0, 255, 0), (255, 0, 0), (0, 255, 255)]
"""Blue, green, red of a picture's corners, clockwise from the upper left."""


def cornered(wide: int, high: int) -> Pixels:
    """A grey picture whose corners tell which is which."""
    image = np.full((high, wide, 3), 128, np.uint8)
    mark = max(1, min(wide, high) // 4)
    for colour, rows, columns in zip(
        CORNERS,
        (slice(0, mark), slice(0, mark), slice(-mark, None), slice(-mark, None)),
        (slice(0, mark), slice(-mark, None), slice(-mark, None), slice(0, mark)),
        strict=True,
    ):
        image[rows, columns] = colour
    return image


def corners_of(image: Pixels, inset: int = 2) -> list[tuple[int, ...]]:
    """What is in the corners of a picture, each channel as 0 or 255, clockwise from the upper left."""
    at = [(inset, inset), (inset, -1 - inset), (-1 - inset, -1 - inset), (-1 - inset, inset)]
    return [tuple(255 if value > 127 else 0 for value in image[y, x, :3]) for y, x in at]


def written(path: Path, image: Pixels, orientation: int = 0) -> str:
    if not orientation:
        assert cv2.imwrite(str(path), image)
        return str(path)
    exif = b"II*\0" + struct.pack("<IHHHIHHI", 8, 1, 0x112, 3, 1, orientation, 0, 0)
    done, data = cv2.imencodeWithMetadata(
        path.suffix, image, [cv2.IMAGE_METADATA_EXIF], [np.frombuffer(exif, np.uint8)]
    )
    assert done
    path.write_bytes(np.asarray(data, np.uint8).tobytes())
    return str(path)


def stored(upright: Pixels, orientation: int) -> Pixels:
    """The pixels a camera stores for a picture that is seen ``upright``."""
    turned: dict[int, Pixels] = {
        1: upright,
        2: upright[:, ::-1],
        3: upright[::-1, ::-1],
        4: upright[::-1],
        5: upright.transpose(1, 0, 2),
        6: np.rot90(upright, 1),
        7: upright[::-1, ::-1].transpose(1, 0, 2),
        8: np.rot90(upright, -1),
    }
    return np.ascontiguousarray(turned[orientation])


@pytest.mark.parametrize("kind", ["jpg", "png", "webp", "alpha.png", "alpha.webp"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_upright(tmp_path: Path, kind: str, orientation: int) -> None:
    upright = cornered(120, 80)
    if kind.startswith("alpha"):
        upright = np.dstack([upright, np.full(upright.shape[:2], 255, np.uint8)])
        upright[30:50, 50:70, 3] = 0
    image = whole_picture(written(tmp_path / f"a.{kind}", stored(upright, orientation), orientation))
    assert image is not None
    assert image.shape[:2] == (80, 120)
    assert corners_of(image, 4) == CORNERS
    assert image.shape[2] == (4 if kind.startswith("alpha") else 3)
    card = load_picture(str(tmp_path / f"a.{kind}"), 120, 80)
    assert card is not None
    assert corners_of((card * 255).astype(np.uint8), 4) == CORNERS


@pytest.mark.parametrize(
    "exif",
    [b"", b"II*\0", b"II*\0\xff\xff\xff\xff", b"MM\0*\0\0\0\x08\xff\xff", bytes(40), b"II*\0\x08\0\0\0\x01\0\x12"],
)
def test_a_broken_orientation_turns_nothing(tmp_path: Path, exif: bytes) -> None:
    path = tmp_path / "a.png"
    blocks = [np.frombuffer(exif, np.uint8)] if exif else []
    _, data = cv2.imencodeWithMetadata(".png", cornered(60, 40), [cv2.IMAGE_METADATA_EXIF] * len(blocks), blocks)
    path.write_bytes(np.asarray(data, np.uint8).tobytes())
    image = whole_picture(str(path))
    assert image is not None
    assert corners_of(image) == CORNERS


def test_a_huge_picture_is_kept_smaller_in_its_own_proportions(tmp_path: Path) -> None:
    image = whole_picture(written(tmp_path / "a.png", cornered(6000, 1500)))
    assert image is not None
    assert image.shape[:2] == (512, MAX_SIDE)
    assert corners_of(image) == CORNERS


def on_ground(overlays: list, size: tuple[int, int]) -> Pixels:  # type: ignore[type-arg]
    image = np.full((size[1], size[0], 3), 90, np.float64)
    for overlay in overlays:
        high, wide = overlay.bgra.shape[:2]
        view = image[overlay.y : overlay.y + high, overlay.x : overlay.x + wide]
        alpha = overlay.bgra[:, :, 3:] / 255
        view[:] = view * (1 - alpha) + overlay.bgra[:, :, :3] * alpha
    return image.astype(np.uint8)


def coloured(image: Pixels) -> tuple[int, int, int, int]:
    """The box of everything that has one of the corners' colours."""
    found = np.zeros(image.shape[:2], bool)
    for colour in CORNERS:
        found |= np.abs(image.astype(int) - np.array(colour)).max(axis=2) < 40
    rows, columns = np.flatnonzero(found.any(axis=1)), np.flatnonzero(found.any(axis=0))
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


@pytest.mark.parametrize("size", [(720, 1280), (1280, 720), (1080, 1920), (360, 640)])
@pytest.mark.parametrize("shape", [(1000, 1000), (900, 1200), (1080, 1920), (1920, 1080), (2000, 500), (300, 1500)])
def test_it_is_drawn_whole_in_its_own_proportions(
    tmp_path: Path, size: tuple[int, int], shape: tuple[int, int]
) -> None:
    path = written(tmp_path / "a.png", cornered(*shape))
    artist = SceneArtist(size, "zh")
    shown = artist.shown(Scene(CARD, CAPTION, shown=path))
    assert shown is not None
    left, top, right, bottom = coloured(on_ground([*shown.overlays], size))
    wide, high = right - left, bottom - top
    assert abs(wide - high * shape[0] / shape[1]) <= 2 or abs(high - wide * shape[1] / shape[0]) <= 2
    drawn = on_ground([*shown.overlays], size)[top:bottom, left:right]
    assert corners_of(drawn, 2) == CORNERS


@pytest.mark.parametrize(("ink", "dark"), [(255, True), (240, True), (20, False), (120, False)])
def test_what_is_drawn_on_a_transparent_ground_stands_out(tmp_path: Path, ink: int, dark: bool) -> None:
    image = np.zeros((400, 400, 4), np.uint8)
    image[100:300, 190:210] = (ink, ink, ink, 255)
    shown = SceneArtist().shown(Scene(CARD, shown=written(tmp_path / "a.png", image)))
    assert shown is not None
    paper = on_ground([*shown.overlays], (720, 1280))
    left, top, right, bottom = extent_of(shown)
    middle = paper[(top + bottom) // 2]
    ground, mark = int(middle[left + 70, 1]), int(middle[(left + right) // 2, 1])
    assert (ground < 100) is dark
    assert abs(ground - mark) > 100


def extent_of(shown: Shown) -> tuple[int, int, int, int]:
    overlay = shown.overlays[-1]
    high, wide = overlay.bgra.shape[:2]
    return overlay.x, overlay.y, overlay.x + wide, overlay.y + high


@pytest.mark.parametrize("kind", ["missing", "empty", "text", "folder", "nothing"])
def test_what_cannot_be_read_leaves_the_scene_as_it_is(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.png"
    if kind in ("empty", "text"):
        path.write_bytes(b"" if kind == "empty" else b"\x89PNG\r\n\x1a\nnot really")
    elif kind == "folder":
        path.mkdir()
    artist = SceneArtist()
    scene = Scene(CARD, CAPTION, shown="\0" if kind == "nothing" else str(path))
    artist.foresee(scene.shown)
    assert artist.shown(scene) is None
    plain = artist.overlays(Scene(CARD, CAPTION))
    assert all(one is other for one, other in zip(artist.overlays(scene), plain, strict=True))


def test_a_picture_is_drawn_once_and_again_when_its_file_changes(tmp_path: Path) -> None:
    path = written(tmp_path / "a.png", cornered(100, 100))
    artist, scene = SceneArtist(), Scene(CARD, CAPTION, shown=path)
    artist.foresee(path)
    first = artist.shown(scene)
    assert first is not None
    artist.foresee(path)
    assert artist.shown(scene) is first
    assert artist.shown(Scene(CARD, Caption("别的", 1), shown=path)) is first
    assert artist.shown(Scene(CARD, CAPTION, "小鹿: 在吗", shown=path)) is not first
    written(tmp_path / "a.png", cornered(300, 100))
    assert artist.shown(scene) is first
    artist.foresee(path)
    assert artist.shown(scene) is not first


@pytest.fixture(scope="module", params=["kai", "mei"])
def host(request: pytest.FixtureRequest) -> tuple[Bundle, Atlas]:
    return avatar(request.param, Path(request.config.cache.mkdir("avatars")))  # type: ignore[union-attr]


def test_the_host_goes_into_a_window_and_comes_back(tmp_path: Path, host: tuple[Bundle, Atlas]) -> None:
    renderer = PuppetRenderer(*host, seed=1)
    path = written(tmp_path / "a.png", cornered(540, 960))
    scene = Scene(CARD, CAPTION, shown=path)
    label = SceneArtist().label
    sprite = Sprite.of(premultiply(label.bgra), label.x, label.y)
    frames = [renderer.render(Moment(tick, scene=scene)).i420.copy() for tick in range(TICKS + 4)]
    frames += [renderer.render(Moment(tick + 40, scene=Scene(CARD, CAPTION))).i420.copy() for tick in range(TICKS + 4)]
    assert all(shows(frame, sprite) for frame in frames)
    fresh = PuppetRenderer(*host, seed=1)
    for tick in range(TICKS + 4):
        without = fresh.render(Moment(tick, scene=Scene(CARD, CAPTION))).i420
    shown = to_bgr(frames[TICKS + 3])
    left, top, right, bottom = coloured(shown)
    assert (right - left) * (bottom - top) > 0.3 * 720 * 1280
    assert corners_of(shown[top:bottom, left:right], 3) == CORNERS
    difference = np.abs(frames[TICKS + 3].astype(int) - without.astype(int))[:1280]
    assert (difference > 20).mean() > 0.3
    returned = np.abs(frames[-1].astype(int) - without.astype(int))[:1280]
    assert (returned > 20).mean() < 0.05  # where the picture was is the host again


def test_the_window_holds_the_very_face(host: tuple[Bundle, Atlas]) -> None:
    """A square in the middle of the face is a square in the window."""
    manifest = host[0].manifest
    face = manifest.face
    background = np.full((1920, 720), 128, np.uint8)
    middle = (face[0] + face[2]) // 2 & ~1, (face[1] + face[3]) // 2 & ~1
    luma, _, _ = planes(background)
    luma[:] = 60
    luma[middle[1] - 60 : middle[1] + 60, middle[0] - 60 : middle[0] + 60] = 200
    sprite = Booth(background, face).sprite([], (100, 200, 298, 700))
    assert sprite.rect == (100, 200, 298, 700)
    rows = np.flatnonzero((sprite.luma > 130).any(axis=1))
    columns = np.flatnonzero((sprite.luma > 130).any(axis=0))
    assert len(rows) == pytest.approx(len(columns), abs=2)
    assert len(rows) > 40
    assert sprite.luma[0, 0] == 0
    assert sprite.rest is not None
    assert sprite.rest[0, 0] == 255


SMALL = Shown((Overlay(2, 2, np.zeros((4, 2, 4), np.uint8)),), None)
AWAY = Shown((Overlay(2, 2, np.zeros((4, 2, 4), np.uint8)),), (0, 0, 2, 2))


@pytest.mark.parametrize("shown", [SMALL, AWAY])
def test_a_dissolve_goes_from_one_to_the_other_and_no_further(shown: Shown) -> None:
    dissolve = Dissolve((0, 0, 8, 10))
    buffer = np.zeros((18, 8), np.uint8)
    seen = []
    for tick in range(30):
        late = tick >= 10
        dissolve.turn(shown if late else None, tick)
        buffer[:] = 200 if late else 20
        frame = dissolve.over(buffer, tick)
        seen.append(int(frame[3, 3]))
        assert (frame is buffer) is (tick < 10 or tick >= 10 + TICKS)
        assert (frame[10:12] == (200 if late else 20)).all()  # below what it may fade
        assert shown.window or (frame[:, 5:8][:12] == (200 if late else 20)).all()  # a host who stays
    assert seen[:10] == [20] * 10
    assert seen[10 : 10 + TICKS] == sorted(seen[10 : 10 + TICKS])
    assert 20 < seen[10] < 60
    assert seen[10 + TICKS :] == [200] * (20 - TICKS)


def test_what_an_utterance_shows_is_drawn_before_it_is_said(tmp_path: Path, host: tuple[Bundle, Atlas]) -> None:
    renderer = PuppetRenderer(*host, seed=1)
    path = written(tmp_path / "a.png", cornered(200, 100))
    silence = Speech(np.zeros(4800, np.int16), (), (), "看", "zh", "none")
    renderer.prepare(Utterance("u", Kind.SCRIPT, "看", "zh", direction=Direction(show=path)), silence)
    Path(path).unlink()
    shown = renderer._scene.shown(Scene(CARD, CAPTION, shown=path))
    assert shown is not None
    assert breadth(extent_of(shown)) > 200
    assert height(extent_of(shown)) > 100
