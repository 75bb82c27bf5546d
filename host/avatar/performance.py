"""The performer: from what is said, and from being alive, to one pose a tick.

An utterance is prepared ahead of time, on whatever thread; posing happens once a tick and never fails. The state that
is carried from tick to tick depends on the ticks alone, so the same show gives the same poses at any speed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from random import Random
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from host.avatar.coarticulation import Track, mouth_track, shape_of
from host.avatar.delivery import accents, gestures, smile_of
from host.avatar.gestures import RIGHT, Arms, Cue
from host.avatar.life import Life, Living, Sway
from host.avatar.pose import Brows, Eyes, Mouth, Pose, smiling
from host.core.media import FPS, Speech
from host.core.ports import Moment
from host.core.product import Lang
from host.core.scene import Manner
from host.core.utterance import Utterance

CATCH_UP = 250
"""Ticks that are lived through when some were skipped; past that the state of before does not matter any more."""
LONG_RESTED = 60 * FPS
"""Frames that the hands of a host who begins count as having rested: more than any cue asks."""
CLOSES_IN = 4
"""Frames in which the lips close when speech is cut off."""

_NOD, _BROW, _BROW_REST = 2.6, 0.55, 0.10
_TO_CARD, _TO_CARD_LASTS = 5.8, round(1.3 * FPS)
_EYES_STAY = 0.027
"""Of the gaze's range per degree of head turn: the eyes stay with the camera."""


class Manifest(Protocol):
    """What a performer needs to know of a host's artwork."""

    @property
    def visemes(self) -> Mapping[str, Mouth]:
        """The mouth of each of the fifteen visemes; ``CHs`` (spread) may be there too."""
        ...

    @property
    def gestures(self) -> Sequence[str]:
        """The gestures either arm can make."""
        ...

    @property
    def rest(self) -> str:
        """The gesture that is the rest pose."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Performance:
    """An utterance, ready to be performed. Arrays are indexed by the frame of the utterance."""

    mouth: Track
    """``[frames, 9]``, in the order of `Mouth`'s fields."""
    accents: NDArray[np.float32]
    """``[frames]``, 0..1."""
    cues: tuple[Cue, ...]
    smile: float

    @property
    def frames(self) -> int:
        """Length in frames."""
        return len(self.mouth)


class Performer:
    """Performs one host. ``seed`` is the room's."""

    def __init__(self, manifest: Manifest, seed: int, lang: Lang) -> None:
        self._manifest = manifest
        self._seed = seed
        self._life = Life(seed)
        self._unrest = Sway(Random(f"{seed}/arms"), 0.4, 1.2)
        self._idle_smile = Sway(Random(f"{seed}/smile"), 0.07, 5.0)
        self._arms = Arms(manifest.rest, manifest.gestures)
        self._shut = np.array(astuple(shape_of("sil", manifest.visemes)), np.float32)
        self.unknown_phones: Counter[str] = Counter()
        """Phones nobody could read, over all that was prepared: a voice that emits such wants its labels mended."""
        self._tick: int | None = None
        self._rested = LONG_RESTED
        self._cue: Cue | None = None
        self._playing: Performance | None = None
        self._mouth = self._shut
        self._from = self._shut
        self._blend = CLOSES_IN
        self._accent = self._residue = 0.0
        self._turning = 0
        self._turn = [0.0, 0.0]
        self._lean = 0.0
        self._pose = Pose()

    def prepare(self, utterance: Utterance, speech: Speech) -> Performance:
        """Work an utterance out. Pure, and for any thread: the same utterance is always performed the same way."""
        random = Random(f"{self._seed}/{utterance.id}/{speech.spoken}")
        mouth = mouth_track(speech, self._manifest.visemes, self.unknown_phones)
        return Performance(
            mouth=mouth,
            accents=accents(speech, len(mouth), random),
            cues=gestures(utterance, speech, self._manifest.gestures, random),
            smile=smile_of(utterance),
        )

    def pose(self, moment: Moment) -> Pose:
        """The pose of a tick. Skipped ticks are lived through first; a tick seen already gives the same pose."""
        if self._tick is not None and moment.tick <= self._tick:
            return self._pose
        skipped = 0 if self._tick is None else min(CATCH_UP, moment.tick - self._tick - 1)
        for behind in range(skipped, 0, -1):
            self._step(moment, moment.frame - behind)
        self._tick = moment.tick
        self._pose = self._step(moment, moment.frame)
        return self._pose

    def _step(self, moment: Moment, frame: int) -> Pose:
        performance = moment.performance if isinstance(moment.performance, Performance) else None
        if performance is not None and not 0 <= frame < performance.frames:
            performance = None
        if performance is not self._playing:
            self._playing = performance
            self._from, self._blend = self._mouth, 0
            self._residue = self._accent
            self._cue = None
        living = self._life.step(moment.manner, self._smile_target(moment.manner, performance))
        self._follow_accents(performance, frame)
        self._follow_mouth(performance, frame)
        left, right = self._arms.step(self._gesture(performance, frame), self._accent, self._unrest.step() / 1.2)
        self._follow_lean()
        yaw = _clip(living.yaw + self._turn[1], 8.0)
        return Pose(
            mouth=smiling(Mouth(*map(float, self._mouth)), living.smile),
            eyes=_eyes(living, yaw),
            brows=Brows(rise=_BROW_REST + _BROW * self._accent, tilt=0.15 * living.attention),
            yaw=yaw,
            pitch=_clip(living.pitch + _NOD * self._accent, 7.5),
            roll=_clip(living.roll + 0.25 * self._turn[1], 6.0),
            sway=_clip(living.sway + self._lean, 1.6),
            breath=living.breath,
            smile=living.smile,
            left=left,
            right=right,
        )

    def _smile_target(self, manner: Manner, performance: Performance | None) -> float:
        stir = self._idle_smile.step()
        if performance is not None:
            return performance.smile
        return (0.5 if manner is Manner.LISTENING else 0.46) + stir

    def _follow_accents(self, performance: Performance | None, frame: int) -> None:
        """The accents of the speech; one cut short by an interruption dies away."""
        self._residue *= 0.72
        own = 0.0 if performance is None else float(performance.accents[frame])
        self._accent = max(own, self._residue)

    def _follow_mouth(self, performance: Performance | None, frame: int) -> None:
        """The mouth of the speech, eased into from wherever the lips were; at rest they close within four frames."""
        target = self._shut if performance is None else performance.mouth[frame]
        self._blend = min(CLOSES_IN, self._blend + 1)
        share = self._blend / CLOSES_IN
        share = share * share * (3 - 2 * share)
        self._mouth = target if self._blend == CLOSES_IN else (self._from + share * (target - self._from))

    def _gesture(self, performance: Performance | None, frame: int) -> str:
        """What the arms should do: a cue that has begun runs to its end, the next begins after the rest it needs."""
        self._rested = 0 if self._arms.busy else self._rested + 1
        if performance is None:
            return self._manifest.rest
        if self._cue is not None and frame >= self._cue.last:
            self._cue = None
        for cue in performance.cues:
            due = cue.first <= frame < min(cue.last, cue.first + 6)
            if due and cue is not self._cue and self._rested >= cue.patience:
                self._cue = cue
                self._turning = _TO_CARD_LASTS if cue.gesture in RIGHT else 0
        return self._cue.gesture if self._cue is not None else self._manifest.rest

    def _follow_lean(self) -> None:
        """Lean towards a raised arm, and turn to the card for a moment when the hand goes there."""
        side = float(self._arms.right.raised) - float(self._arms.left.raised)
        self._lean += 0.12 * (0.55 * side - self._lean)
        self._turning = max(0, self._turning - 1)
        goal = _TO_CARD if self._turning else 0.0
        self._turn[0] += 0.33 * (goal - self._turn[0])
        self._turn[1] += 0.33 * (self._turn[0] - self._turn[1])


def _eyes(living: Living, yaw: float) -> Eyes:
    openness = living.lids * (1 - 0.06 * living.smile)
    return Eyes(
        left=openness,
        right=openness,
        gaze_x=_clip(living.gaze_x - _EYES_STAY * yaw, 1.0),
        gaze_y=_clip(living.gaze_y, 1.0),
        squint=0.55 * living.smile,
    )


def _clip(value: float, limit: float) -> float:
    return max(-limit, min(limit, value))
