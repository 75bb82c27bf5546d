"""A contact sheet of a bundle, for people to look at: every viseme, lids, brows, gaze, turns, gestures, and motion.

What it shows is cut out of finished frames, without the scene over them, so nothing looks better here than on air.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np

from host.avatar.bundle import Bundle
from host.avatar.gestures import min_jerk
from host.avatar.planes import Pixels, to_bgr
from host.avatar.pose import Arm, Brows, Eyes, Mouth, Pose, smiling
from host.avatar.puppet import Puppet
from host.avatar.raster import Atlas
from host.core.errors import LivehostError

_PAPER = (239, 243, 246)
_INK = (58, 50, 23)
_GAP, _CAPTION, _WIDTH = 8, 22, 1768
Box = tuple[float, float, float, float]
"""Left, top, right, bottom on the canvas."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture of a sheet."""

    name: str
    pose: Pose


@dataclass(frozen=True, slots=True)
class Row:
    """Pictures of one kind: what is cut out of the frame, and how large it is shown."""

    title: str
    box: Box
    scale: float
    shots: tuple[Shot, ...]


def contact_sheet(bundle: Bundle, atlas: Atlas, path: Path) -> None:
    """Write the sheet as PNG. Raises `LivehostError` where it cannot be written."""
    puppet = Puppet(bundle, atlas)
    strips = [_strip(puppet, bundle, row) for row in _rows(bundle)]
    height = sum(strip.shape[0] for strip in strips)
    sheet = np.full((height, _WIDTH, 3), _PAPER, np.uint8)
    y = 0
    for strip in strips:
        sheet[y : y + strip.shape[0]] = strip
        y += strip.shape[0]
    # cv2.imwrite tells nothing of what went wrong
    done, png = cv2.imencode(".png", sheet)
    try:
        path.write_bytes(png.tobytes() if done else b"")
    except OSError as error:
        raise LivehostError(f"cannot be written: {error.strerror or error}", path=path) from None


def _strip(puppet: Puppet, bundle: Bundle, row: Row) -> Pixels:
    """A title and its pictures, broken into lines."""
    place = bundle.manifest.place
    left, top, right, bottom = (
        round(value * place.scale) + offset for value, offset in zip(row.box, (place.x, place.y) * 2, strict=True)
    )
    tiles = []
    for shot in row.shots:
        frame = to_bgr(puppet.draw(shot.pose, ()).i420)
        cut = frame[max(0, top) : bottom, max(0, left) : right]
        tiles.append(cv2.resize(cut, None, fx=row.scale, fy=row.scale, interpolation=cv2.INTER_AREA))
    h, w = tiles[0].shape[:2]
    columns = max(1, (_WIDTH - _GAP) // (w + _GAP))
    lines = -(-len(tiles) // columns)
    strip = np.full((34 + lines * (h + _CAPTION + _GAP), _WIDTH, 3), _PAPER, np.uint8)
    _write(strip, row.title, _GAP, 25, 22)
    for i, (tile, shot) in enumerate(zip(tiles, row.shots, strict=True)):
        x, y = _GAP + i % columns * (w + _GAP), 34 + i // columns * (h + _CAPTION + _GAP)
        strip[y : y + h, x : x + w] = tile
        _write(strip, shot.name, x + 2, y + h + 16, 14)
    return strip


def _write(image: Pixels, text: str, x: int, y: int, size: int) -> None:
    cv2.putText(image, text, (x, y), _INK, cv2.FontFace("uni"), size)


def _rows(bundle: Bundle) -> Iterator[Row]:
    manifest = bundle.manifest
    mouth_x, mouth_y = manifest.mouth.anchor
    rest = Pose(mouth=manifest.visemes["sil"].mouth())
    lips: Box = (mouth_x - 62, mouth_y - 60, mouth_x + 62, mouth_y + 62)
    shapes = [(name, shape.mouth()) for name, shape in manifest.visemes.items()]
    yield Row("Visemes", lips, 0.78, tuple(Shot(name, replace(rest, mouth=mouth)) for name, mouth in shapes))
    happy = tuple(Shot(name, replace(rest, mouth=smiling(mouth, 0.7), smile=0.7)) for name, mouth in shapes)
    yield Row("Visemes with a smile", lips, 0.78, happy)
    yield Row("Opening, one frame after another", lips, 0.78, tuple(_opening(manifest.visemes["aa"].mouth(), rest)))
    eye_x, eye_y = manifest.eyes.iris_at
    middle = manifest.canvas[0] / 2
    face: Box = (2 * middle - eye_x - 60, eye_y - 62, eye_x + 60, eye_y + 40)
    yield Row("Lids and gaze", face, 0.86, tuple(_eyes(rest)))
    yield Row("Brows", face, 0.86, tuple(_brows(rest)))
    centre, radius = manifest.head.turn.centre, manifest.head.turn.radius
    head: Box = (centre[0] - radius[0] - 50, centre[1] - radius[1] - 30, centre[0] + radius[0] + 50, centre[1] + 190)
    yield Row("Turns", head, 0.5, tuple(_turns(bundle, rest)))
    whole: Box = (0, 60, manifest.canvas[0], 1150)
    yield Row("Gestures", whole, 0.3, tuple(_gestures(bundle, rest)))
    shoulder = manifest.arms.shoulder
    chest: Box = (0, shoulder[1] - 90, middle + 40, shoulder[1] + 480)
    for gesture in manifest.arms.gestures:
        if gesture != manifest.arms.rest:
            title = f"{manifest.arms.rest} to {gesture}, one frame after another"
            yield Row(title, chest, 0.255, tuple(_change(bundle, rest, gesture)))


def _opening(mouth: Mouth, rest: Pose) -> Iterator[Shot]:
    for i in range(16):
        aperture = mouth.aperture * (i / 15) ** 1.4
        yield Shot(f"{aperture:.2f}", replace(rest, mouth=replace(mouth, aperture=aperture)))


def _eyes(rest: Pose) -> Iterator[Shot]:
    for lid in (1.15, 1.0, 0.86, 0.62, 0.45, 0.3, 0.15, 0.0):
        yield Shot(f"lids {lid:g}", replace(rest, eyes=Eyes(lid, lid)))
    yield Shot("squint 1", replace(rest, eyes=Eyes(squint=1)))
    yield Shot("wink", replace(rest, eyes=Eyes(left=0)))
    for name, x, y in (("left", -1, 0), ("right", 1, 0), ("up", 0, -1), ("down", 0, 1), ("down left", -0.7, 0.7)):
        yield Shot(f"gaze {name}", replace(rest, eyes=Eyes(gaze_x=x, gaze_y=y)))


def _brows(rest: Pose) -> Iterator[Shot]:
    for name, brows in (
        ("rest", Brows()),
        ("rise 1", Brows(rise=1)),
        ("rise -1", Brows(rise=-1)),
        ("furrow 1", Brows(furrow=1)),
        ("tilt 1", Brows(tilt=1)),
        ("tilt -1", Brows(tilt=-1)),
        ("rise .5, tilt .3", Brows(rise=0.5, tilt=0.3)),
    ):
        yield Shot(name, replace(rest, brows=brows))


def _turns(bundle: Bundle, rest: Pose) -> Iterator[Shot]:
    limit = bundle.manifest.head.turn
    for part in (-1, -0.5, 0, 0.5, 1):
        yield Shot(f"yaw {part * limit.yaw:g}", replace(rest, yaw=part * limit.yaw))
    for part in (-1, 1):
        yield Shot(f"pitch {part * limit.pitch:g}", replace(rest, pitch=part * limit.pitch))
    yield Shot("roll 5", replace(rest, roll=5))
    yield Shot("yaw 6, roll -4, aa", replace(rest, yaw=6, roll=-4, mouth=bundle.manifest.visemes["aa"].mouth()))


def _gestures(bundle: Bundle, rest: Pose) -> Iterator[Shot]:
    arms = bundle.manifest.arms
    for gesture in arms.gestures:
        yield Shot(gesture, replace(rest, left=Arm(gesture, gesture), right=Arm(arms.rest, arms.rest)))
        yield Shot(f"{gesture}, right", replace(rest, left=Arm(arms.rest, arms.rest), right=Arm(gesture, gesture)))
    lean = bundle.manifest.body.lean
    yield Shot(f"lean {lean:g}", replace(rest, sway=lean))


def _change(bundle: Bundle, rest: Pose, gesture: str) -> Iterator[Shot]:
    for i in range(15):
        arm = Arm(bundle.manifest.arms.rest, gesture, min_jerk(i / 14))
        yield Shot(str(i), replace(rest, left=arm))
