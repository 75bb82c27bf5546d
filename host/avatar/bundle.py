"""An avatar bundle: a folder of SVG drawings and ``avatar.yaml``, the manifest that says how they move.

The manifest is all that is known of a host: layers, pivots, depths, grids of cells, gestures, the mouth of every
viseme. Lengths are canvas pixels, angles degrees, left and right the viewer's. Nothing here draws.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from host.avatar.pose import Mouth
from host.core.errors import Finding, InvalidFile
from host.core.findings import found
from host.core.product import Lang
from host.core.reason import Reason
from host.core.yamlfile import Document, load, validate

MANIFEST = "avatar.yaml"
SIDES: tuple[Literal["left", "right"], ...] = ("left", "right")
ARM_PARTS = ("upper", "fore", "hand")
VISEMES = ("sil", "PP", "FF", "TH", "DD", "kk", "CH", "SS", "nn", "RR", "aa", "E", "ih", "oh", "ou")
"""The Oculus/OpenXR visemes; a bundle may add spread variants such as ``CHs``."""

Point = tuple[float, float]
Box = tuple[int, int, int, int]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


Grid = Annotated[list[float], Field(min_length=1)]


class Place(_Strict):
    """Where the canvas lies on the picture: picture = scale * canvas + (x, y)."""

    scale: float = Field(gt=0.2, le=3)
    x: int = 0
    y: int = 0


class Breath(_Strict):
    """A full breath stretches the figure upwards from ``base`` by ``scale``."""

    scale: float = Field(ge=0, le=0.05)
    base: Point


class Body(_Strict):
    """The figure below the head."""

    layers: list[str] = Field(min_length=1)
    pivot: Point
    lean: float = Field(gt=0, le=5)
    breath: Breath


class Turn(_Strict):
    """The head's surface: depth = bulge * (1 - u^2 - v^2)^power, u and v in radii from the centre."""

    centre: Point
    bulge: float
    radius: tuple[float, float, float]
    power: float = Field(gt=0)
    yaw: float = Field(gt=0, le=30)
    pitch: float = Field(gt=0, le=30)


class Jaw(_Strict):
    """The chin falls by ``drop * jaw * ((y - below) / span)^power``; a round mouth opens the jaw less."""

    below: float
    span: float = Field(gt=0)
    drop: float
    power: float = Field(gt=0)
    round: float = 0.0


class HeadLayer(_Strict):
    """A drawing of the head, or the place in the stack where eyes, brows or mouth lie."""

    file: str = ""
    feature: Literal["", "eyes", "brows", "mouth"] = ""
    lift: float = 0.0
    jaw: bool = False
    opacity: Literal["", "smile"] = ""

    @model_validator(mode="after")
    def _one_of(self) -> HeadLayer:
        if bool(self.file) == bool(self.feature):
            raise ValueError(Reason("avatar_layer"))
        return self


class Head(_Strict):
    """The head: one stack of layers, turned as one."""

    pivot: Point
    turn: Turn
    jaw: Jaw
    layers: list[HeadLayer] = Field(min_length=1)


class _Cells(_Strict):
    base: str
    over: str
    columns: int = Field(ge=1)


class Pressed(_Cells):
    """Shut lips under pressure."""

    press: Grid


class Bitten(_Cells):
    """The lower lip under the upper teeth."""

    aperture: Grid


class Teeth(_Strict):
    """Colours and lengths of the teeth the runtime paints into the opening."""

    colour: str = Field(pattern="^#[0-9a-fA-F]{6}$")
    shade: str = Field(pattern="^#[0-9a-fA-F]{6}$")
    lower: str = Field(pattern="^#[0-9a-fA-F]{6}$")
    upper_length: float
    lower_length: float


class Tongue(_Strict):
    """Colours of the tongue."""

    colour: str = Field(pattern="^#[0-9a-fA-F]{6}$")
    light: str = Field(pattern="^#[0-9a-fA-F]{6}$")
    groove: str = Field(pattern="^#[0-9a-fA-F]{6}$")


class MouthCells(_Cells):
    """Mouth cells over aperture x round x smile, and the special ones."""

    anchor: Point
    stretch: float
    flatten: float = 0.0
    box: Box
    aperture: Grid
    round: Grid
    smile: Grid
    pressed: Pressed
    bitten: Bitten
    teeth: Teeth
    tongue: Tongue


class EyeCells(_Cells):
    """Cells of the right eye over openness x squint."""

    iris: str
    glint: str
    box: Box
    open: Grid
    squint: Grid
    iris_at: Point
    travel: Point
    glint_travel: Point
    lid_follow: Point = (0.0, 0.0)


class BrowCells(_Strict):
    """Cells of the right brow over rise x furrow x tilt."""

    cells: str
    columns: int = Field(ge=1)
    box: Box
    rise: Grid
    furrow: Grid
    tilt: Grid


class Gesture(_Strict):
    """Joints of the left arm in a gesture."""

    elbow: Point
    wrist: Point
    over: bool = True


class Arms(_Strict):
    """Both arms; the right one mirrors every point in the middle of the canvas.

    ``hand_over``: hands lie over cuffs. A forearm that swings past the horizontal on the outer side comes towards the
    viewer: it is ``foreshorten`` (a part) shorter, and the elbow ``tuck`` pixels closer to the body.
    """

    files: str
    rest: str
    shoulder: Point
    hand_lag: float = Field(default=0.0, ge=0, le=1)
    hand_over: bool = True
    foreshorten: float = Field(default=0.0, ge=0, le=0.6)
    tuck: float = Field(default=0.0, ge=0)
    gestures: dict[str, Gesture] = Field(min_length=1)

    @model_validator(mode="after")
    def _rest_exists(self) -> Arms:
        if self.rest not in self.gestures:
            raise ValueError(Reason("avatar_rest", rest=self.rest, known=[*self.gestures]))
        return self


class Shape(_Strict):
    """The mouth of a viseme; what is not named is 0."""

    aperture: float = Field(default=0, ge=0, le=1)
    width: float = Field(default=0, ge=-1, le=1)
    round: float = Field(default=0, ge=0, le=1)
    smile: float = Field(default=0, ge=0, le=1)
    press: float = Field(default=0, ge=0, le=1)
    teeth_upper: float = Field(default=0, ge=0, le=1)
    teeth_lower: float = Field(default=0, ge=0, le=1)
    tongue: float = Field(default=0, ge=0, le=1)
    lip_bite: float = Field(default=0, ge=0, le=1)

    def mouth(self) -> Mouth:
        """The same numbers as a `Mouth`."""
        return Mouth(**self.model_dump())


class Manifest(_Strict):
    """``avatar.yaml``."""

    format: Literal[1]
    name: str = Field(min_length=1, max_length=40)
    description: str = ""
    license: str = ""
    languages: list[Lang] = Field(min_length=1)
    canvas: tuple[int, int]
    place: Place
    background: str
    body: Body
    head: Head
    mouth: MouthCells
    eyes: EyeCells
    brows: BrowCells
    arms: Arms
    visemes: dict[str, Shape]

    @property
    def face(self) -> Box:
        """Where the resting head is on the picture: left, top, right, bottom."""
        (x, y), (sideways, upwards, downwards) = self.head.turn.centre, self.head.turn.radius
        edges = (x - sideways, y - upwards, x + sideways, y + downwards)
        left, top, right, bottom = (
            round(edge * self.place.scale) + (self.place.x, self.place.y)[i % 2] for i, edge in enumerate(edges)
        )
        return left, top, right, bottom

    @model_validator(mode="after")
    def _complete(self) -> Manifest:
        missing = [name for name in VISEMES if name not in self.visemes]
        if missing:
            raise ValueError(Reason("avatar_visemes", missing=missing))
        return self


@dataclass(frozen=True)
class Bundle:
    """A bundle that has passed its checks: every file it names is there."""

    folder: Path
    manifest: Manifest

    @cached_property
    def files(self) -> tuple[str, ...]:
        """Every drawing, in the order of the manifest."""
        return tuple(dict.fromkeys(name for _, name in _named_files(self.manifest)))

    def svg(self, file: str) -> str:
        """The text of a drawing. Raises `InvalidFile`."""
        try:
            return (self.folder / file).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InvalidFile([found("file_unreadable", self.folder / file, why=str(error))]) from None

    @cached_property
    def digest(self) -> str:
        """A hash of the manifest and of every drawing: changes when anything that is drawn changes."""
        digest = hashlib.sha256()
        for file in (MANIFEST, *self.files):
            content = self.svg(file).encode()
            digest.update(f"{file}:{len(content)}:".encode() + content)
        return digest.hexdigest()[:24]


def load_bundle(folder: Path) -> Bundle:
    """Read a bundle and check it. Raises `InvalidFile` with every finding, each on its line."""
    document = load(folder / MANIFEST)
    manifest = validate(document, Manifest)
    findings = [*_missing(folder, manifest, document), *_crooked(manifest, document)]
    if findings:
        raise InvalidFile(findings)
    return Bundle(folder.resolve(), manifest)


def _named_files(manifest: Manifest) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every drawing with its place in the manifest."""
    yield ("background",), manifest.background
    for i, file in enumerate(manifest.body.layers):
        yield ("body", "layers", i), file
    for i, layer in enumerate(manifest.head.layers):
        if layer.file:
            yield ("head", "layers", i, "file"), layer.file
    mouth, eyes = manifest.mouth, manifest.eyes
    for key, cells in (((), mouth), (("pressed",), mouth.pressed), (("bitten",), mouth.bitten)):
        yield ("mouth", *key, "base"), cells.base
        yield ("mouth", *key, "over"), cells.over
    for name in ("base", "over", "iris", "glint"):
        yield ("eyes", name), getattr(eyes, name)
    yield ("brows", "cells"), manifest.brows.cells
    for gesture in manifest.arms.gestures:
        for side in SIDES:
            for part in ARM_PARTS:
                yield ("arms", "gestures", gesture), arm_file(manifest, side, gesture, part)


def arm_file(manifest: Manifest, side: str, gesture: str, part: str) -> str:
    """The drawing of one part of an arm."""
    return manifest.arms.files.replace("{side}", side).replace("{gesture}", gesture).replace("{part}", part)


def _missing(folder: Path, manifest: Manifest, document: Document) -> Iterator[Finding]:
    for keys, file in _named_files(manifest):
        if not (folder / file).resolve().is_relative_to(folder.resolve()):
            yield found("avatar_outside", document.path, document.line_of(keys), file=file)
        elif not (folder / file).is_file():
            yield found("avatar_missing", document.path, document.line_of(keys), file=file, folder=str(folder))


def _crooked(manifest: Manifest, document: Document) -> Iterator[Finding]:
    """Grids that do not ascend, and boxes that do not fall on whole picture pixels."""
    scale = manifest.place.scale
    mouth, eyes, brows = manifest.mouth, manifest.eyes, manifest.brows
    grids: list[tuple[tuple[str, ...], list[float]]] = [
        *((("mouth", name), getattr(mouth, name)) for name in ("aperture", "round", "smile")),
        (("mouth", "pressed", "press"), mouth.pressed.press),
        (("mouth", "bitten", "aperture"), mouth.bitten.aperture),
        *((("eyes", name), getattr(eyes, name)) for name in ("open", "squint")),
        *((("brows", name), getattr(brows, name)) for name in ("rise", "furrow", "tilt")),
    ]
    for keys, grid in grids:
        if sorted(set(grid)) != grid:
            yield found("avatar_not_ascending", document.path, document.line_of(keys), key=".".join(keys))
    for name, box in (("mouth", mouth.box), ("eyes", eyes.box), ("brows", brows.box)):
        if any(abs(value * scale - round(value * scale)) > 1e-6 for value in box):
            yield found("avatar_box", document.path, document.line_of((name, "box")), name=name, scale=scale)
