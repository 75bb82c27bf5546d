"""The puppet: a bundle's drawings put together as a `Pose` says, with the scene and the AI label over them.

Drawing is total. A pose that cannot be drawn leaves the last good figure on the picture, an overlay that cannot be
drawn is left out, and the label is checked in the finished frame, whatever came before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import structlog

from host.avatar.arms import ArmPainter
from host.avatar.booth import Booth
from host.avatar.boxes import Rect
from host.avatar.bundle import SIDES, Bundle, load_bundle
from host.avatar.caption import caption_box
from host.avatar.compositor import Compositor, Sprite, background_frame
from host.avatar.dissolve import Dissolve
from host.avatar.figure import BodyPainter, Figure
from host.avatar.head import HeadPainter
from host.avatar.performance import Performance, Performer
from host.avatar.planes import Pixels, pixels_of, planes, premultiply
from host.avatar.pose import Mouth, Overlay, Pose
from host.avatar.raster import Atlas, load_atlas
from host.avatar.scene import SceneArtist
from host.core.media import HEIGHT, WIDTH, Picture, Speech
from host.core.options import BackendOptions, takes
from host.core.ports import Context, Moment
from host.core.product import Lang
from host.core.utterance import Utterance

log = structlog.get_logger(__name__)

_RESTING, _BODIES = 128, 48
"""Phases kept of a host at rest, where it wanders among some two hundred, and of one whose arms are up."""


class Puppet:
    """Draws poses of one bundle into one persistent frame. Not for several threads at once."""

    def __init__(self, bundle: Bundle, atlas: Atlas) -> None:
        manifest = bundle.manifest
        background = background_frame(atlas.layers[manifest.background].pixels)
        self._figure = Figure(manifest)
        body = [atlas.layers[file] for file in manifest.body.layers]
        self._arms = ArmPainter(bundle, atlas, self._figure)
        self._body = BodyPainter(manifest, body, self._figure, background, _BODIES)
        self._resting = BodyPainter(manifest, [*body, *self._arms.at_rest], self._figure, background, _RESTING)
        self._head = HeadPainter(manifest, atlas)
        self._compositor = Compositor(background)
        self._booth = Booth(background, manifest.face)
        self._windowed: tuple[Rect, Sprite] | None = None
        self._overlays: dict[int, tuple[Overlay, Sprite]] = {}
        self._host: list[Sprite] = []
        self._pose: Pose | None = None
        self._failing = False

    @property
    def changed(self) -> int:
        """Pixels of the last picture that were put together again."""
        return self._compositor.changed

    def draw(self, pose: Pose, overlays: Sequence[Overlay], window: Rect | None = None) -> Picture:
        """The picture of a pose with ``overlays`` over it, back to front; the last one is the AI label.

        With a ``window`` the host is seen in that alone. The buffer is reused by the next call.
        """
        if pose != self._pose:
            try:
                self._host, self._windowed = self._sprites(pose), None
                self._pose, self._failing = pose, False
            except Exception:  # noqa: BLE001 - drawing is total
                self._complain("a pose could not be drawn")
        over = self._laid(overlays)
        try:
            frame = self._compositor.draw([*self._seen(window), *over])
        except Exception:  # noqa: BLE001 - drawing is total
            self._complain("a picture could not be put together")
            frame = self._compositor.frame
        if over and not shows(frame, over[-1]):
            over[-1].blend(planes(frame), over[-1].rect)
        return Picture(frame)

    def _seen(self, window: Rect | None) -> list[Sprite]:
        """The host, whole or in a window."""
        if window is None:
            return self._host
        if self._windowed is None or self._windowed[0] != window:
            self._windowed = window, self._booth.sprite(self._host, window)
        return [self._windowed[1]]

    def _sprites(self, pose: Pose) -> list[Sprite]:
        phase = self._figure.phase(pose)
        pixels, x, y = self._head.pixels(pose, self._figure.smooth(pose))
        arms = [(side, getattr(pose, side)) for side in SIDES]
        if all(self._arms.rests(side, arm) for side, arm in arms):
            figure = [self._resting.sprite(phase)]
        else:
            figure = [self._body.sprite(phase), *(self._arms.sprite(side, arm, phase) for side, arm in arms)]
        return [*figure, Sprite.of(pixels, x, y)]

    def _laid(self, overlays: Sequence[Overlay]) -> list[Sprite]:
        """Overlays as sprites, each made once."""
        kept: dict[int, tuple[Overlay, Sprite]] = {}
        for overlay in overlays:
            known = self._overlays.get(id(overlay))
            if known is None:
                try:
                    known = (overlay, Sprite.of(premultiply(overlay.bgra), overlay.x, overlay.y))
                except Exception:  # noqa: BLE001 - drawing is total
                    self._complain("an overlay could not be drawn")
                    continue
            kept[id(overlay)] = known
        self._overlays = kept
        return [sprite for _, sprite in kept.values()]

    def _complain(self, message: str) -> None:
        """Once for every spell of failures: this happens 25 times a second."""
        if not self._failing:
            log.exception(message)
        self._failing = True


def shows(frame: np.ndarray[Any, np.dtype[np.uint8]], sprite: Sprite) -> bool:
    """Whether an overlay is to be seen in a frame: wherever it is opaque, the frame's luma is its own."""
    left, top, right, bottom = sprite.rect
    view = frame[top:bottom, left:right]
    return not cv2.countNonZero(cv2.bitwise_and(cv2.absdiff(view, sprite.luma), _solid(sprite)))


@lru_cache(maxsize=2)
def _solid(sprite: Sprite) -> Pixels:
    """Where a sprite lets no light through, as a mask."""
    rest = sprite.rest if sprite.rest is not None else np.zeros_like(sprite.luma)
    return pixels_of(cv2.inRange(rest, 0, 0))


class Repertoire:
    """What the performer asks of a bundle."""

    def __init__(self, bundle: Bundle) -> None:
        self.visemes: Mapping[str, Mouth] = {name: shape.mouth() for name, shape in bundle.manifest.visemes.items()}
        self.gestures: Sequence[str] = tuple(bundle.manifest.arms.gestures)
        self.rest = bundle.manifest.arms.rest


class PuppetRenderer:
    """A host of layered drawings, as a room sees it."""

    name = "puppet"

    def __init__(self, bundle: Bundle, atlas: Atlas, seed: int, lang: Lang = "zh") -> None:
        self._puppet = Puppet(bundle, atlas)
        self._performer = Performer(Repertoire(bundle), seed, lang)
        self._scene = SceneArtist(lang=lang, face=bundle.manifest.face)
        self._overlays: list[Overlay] = [self._scene.label]
        self._window: Rect | None = None
        self._dissolve = Dissolve((0, 0, WIDTH, caption_box((WIDTH, HEIGHT))[1] & ~1))
        self._pose = Pose()
        # the first picture takes ten times as long as the next: not on air
        self._puppet.draw(self._pose, self._overlays)

    @property
    def changed(self) -> int:
        """Pixels of the last picture that were put together again."""
        return self._puppet.changed

    def prepare(self, utterance: Utterance, speech: Speech) -> Performance:
        """Mouth, gestures and accents of an utterance, and the picture it shows; for any thread."""
        if utterance.direction.show:
            self._scene.foresee(utterance.direction.show)
        return self._performer.prepare(utterance, speech)

    def render(self, moment: Moment) -> Picture:
        """The picture of a tick. A scene or a pose that fails leaves the last one standing: the programme goes on."""
        try:
            shown = self._scene.shown(moment.scene)
            self._overlays = self._scene.overlays(moment.scene)
            self._window = shown.window if shown else None
            self._dissolve.turn(shown, moment.tick)
        except Exception:
            log.exception("a scene could not be drawn")
        picture = self._puppet.draw(self._performer.pose(moment), self._overlays, self._window)
        return Picture(self._dissolve.over(picture.i420, moment.tick))

    def close(self) -> None:
        """Nothing is held open."""


class PuppetOptions(BackendOptions):
    """``avatar``: the path of a bundle's folder; ``lang``: of the label, else the bundle's first. A room gives both."""

    avatar: str
    lang: Lang | None = None


@takes(PuppetOptions, "renderer puppet")
def open_renderer(options: PuppetOptions, context: Context) -> PuppetRenderer:
    """The ``puppet`` renderer."""
    # Boxes this small gain nothing from OpenCV's threads, which would compete with the encoder's for the same cores.
    cv2.setNumThreads(1)
    bundle = load_bundle(Path(options.avatar))
    lang: Lang = "en" if options.lang == "en" else bundle.manifest.languages[0]
    atlas = load_atlas(bundle, context.cache, lambda done, of: context.progress(done / of))
    return PuppetRenderer(bundle, atlas, context.seed, lang)
