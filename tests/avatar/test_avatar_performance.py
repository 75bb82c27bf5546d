"""The performer: gestures on phrases, mouths on words, every number in bounds, and the same show twice the same."""

from __future__ import annotations

from dataclasses import astuple, replace
from itertools import groupby, pairwise

import espeak_speech
import numpy as np
import pytest
from avatar_hosts import MOUTHS, Host
from hypothesis import given, settings
from hypothesis import strategies as st

from host.avatar.delivery import ACCENTS_APART, kinds_of
from host.avatar.gestures import HOLD, RAISE, Arms, min_jerk
from host.avatar.performance import CLOSES_IN, Performance, Performer
from host.avatar.pose import Arm, Mouth, Pose, smiling
from host.core.media import FPS, TICK_SAMPLES, Speech
from host.core.ports import Moment
from host.core.scene import Manner
from host.core.utterance import Direction, Kind, Utterance

HOST = Host()
SPEECHES = espeak_speech.speeches()
LONG = max(SPEECHES, key=lambda speech: speech.duration)


def utterance(speech: Speech, gesture: str = "", kind: Kind = Kind.SCRIPT, number: int = 1) -> Utterance:
    lang = "zh" if speech.lang == "zh" else "en"
    return Utterance(f"u{number}", kind, speech.spoken, lang, direction=Direction(gesture))


class Stage:
    """Ticks a performer along."""

    def __init__(self, seed: int = 3, host: Host = HOST) -> None:
        self.performer = Performer(host, seed, "zh")
        self.tick = 0

    def idle(self, frames: int, manner: Manner = Manner.IDLE) -> list[Pose]:
        return [self._pose(Moment(self.tick, manner=manner)) for _ in range(frames)]

    def play(self, performance: Performance, frames: int | None = None) -> list[Pose]:
        count = performance.frames if frames is None else frames
        return [self._pose(Moment(self.tick, performance, k, Manner.TALKING)) for k in range(count)]

    def say(self, speech: Speech, gesture: str = "", number: int = 1, frames: int | None = None) -> list[Pose]:
        return self.play(self.performer.prepare(utterance(speech, gesture, number=number), speech), frames)

    def _pose(self, moment: Moment) -> Pose:
        pose = self.performer.pose(moment)
        self.tick += 1
        return pose


def whole_show(seed: int) -> list[Pose]:
    stage = Stage(seed)
    poses = stage.idle(30)
    for number, speech in enumerate(SPEECHES):
        poses += stage.say(speech, number=number)
        poses += stage.idle(20, Manner.LISTENING if number % 2 else Manner.IDLE)
    return poses


def test_the_same_show_gives_the_same_poses() -> None:
    assert whole_show(5) == whole_show(5)
    assert whole_show(5) != whole_show(6)


def test_every_number_is_in_bounds_and_moves_smoothly() -> None:
    poses = whole_show(11)
    assert_in_bounds(poses)
    for name, most in (("yaw", 1.6), ("pitch", 2.4), ("roll", 1.2), ("sway", 0.15), ("breath", 0.08), ("smile", 0.06)):
        path = np.array([getattr(pose, name) for pose in poses])
        assert np.abs(np.diff(path)).max() <= most, name
        assert path.std() > 0.01, name


def assert_in_bounds(poses: list[Pose]) -> None:
    for pose in poses:
        mouth = pose.mouth
        assert all(-1 <= value <= 1 for value in astuple(mouth))
        assert all(getattr(mouth, name) >= 0 for name in ("aperture", "round", "press", "teeth_upper", "lip_bite"))
        assert 0 <= pose.eyes.left <= 1.15
        assert pose.eyes.left == pose.eyes.right
        assert abs(pose.eyes.gaze_x) <= 1
        assert abs(pose.eyes.gaze_y) <= 1
        assert 0 <= pose.eyes.squint <= 1
        assert -1 <= pose.brows.rise <= 1
        assert 0 <= pose.brows.tilt <= 1
        assert abs(pose.yaw) <= 8
        assert abs(pose.pitch) <= 8
        assert abs(pose.roll) <= 6
        assert abs(pose.sway) <= 2
        assert 0 <= pose.breath <= 1
        assert 0 <= pose.smile <= 1
        for arm in (pose.left, pose.right):
            assert 0 <= arm.t <= 1
            assert abs(arm.swing) <= 14
            assert abs(arm.hand) <= 8
            assert {arm.source, arm.target} <= {*HOST.gestures, HOST.rest}


def test_the_mouth_follows_its_track() -> None:
    stage = Stage()
    stage.idle(40)
    performance = stage.performer.prepare(utterance(LONG), LONG)
    poses = stage.play(performance)
    apertures = np.array([pose.mouth.aperture for pose in poses])
    assert apertures[CLOSES_IN:] == pytest.approx(performance.mouth[CLOSES_IN:, 0], abs=1e-6)


@pytest.mark.parametrize("at", range(30, 60, 5))
def test_an_interruption_closes_the_mouth_within_four_frames(at: int) -> None:
    stage = Stage()
    last = stage.say(LONG, frames=at)[-1].mouth.aperture
    after = [pose.mouth.aperture for pose in stage.idle(10)]
    assert after[CLOSES_IN - 1 :] == pytest.approx([0.0] * 7, abs=1e-6)
    path = [last, *after]
    assert all(later <= earlier + 1e-6 for earlier, later in pairwise(path))
    assert max(np.abs(np.diff(path))) <= 0.4


def test_an_interruption_by_another_utterance_does_not_jump() -> None:
    stage = Stage()
    poses = stage.say(LONG, frames=47) + stage.say(SPEECHES[0], number=2, frames=6)
    assert np.abs(np.diff([pose.mouth.aperture for pose in poses])).max() <= 0.5


@pytest.mark.parametrize("gesture", ["present", "point", "thumb", "ok", "wave"])
def test_a_directed_gesture_is_made_held_and_taken_back(gesture: str) -> None:
    stage = Stage()
    poses = stage.say(LONG, gesture) + stage.idle(60)
    side = "right" if gesture in ("present", "point") else "left"
    arms = [getattr(pose, side) for pose in poses]
    held = [arm for arm in arms if arm.source == arm.target == gesture]
    rising = [arm for arm in arms if arm.target == gesture != arm.source]
    assert len(held) >= HOLD
    assert len(rising) == RAISE - 1
    assert [arm.t for arm in rising] == sorted(arm.t for arm in rising)
    assert arms[-1] == Arm("clasp", "clasp", 1.0)
    other = [getattr(pose, "left" if side == "right" else "right") for pose in poses]
    assert all(arm.target == "clasp" for arm in other)


def test_a_gesture_cut_short_is_held_a_second_and_taken_back() -> None:
    stage = Stage()
    stage.say(LONG, "point", frames=RAISE + 5)
    after = [pose.right for pose in stage.idle(80)]
    assert sum(arm.source == arm.target == "point" for arm in after) >= HOLD - 6
    assert after[-1].source == after[-1].target == "clasp"


def test_waving_waves() -> None:
    stage = Stage()
    swings = [pose.left.swing for pose in stage.say(LONG, "wave") if pose.left.source == pose.left.target == "wave"]
    assert 12 < max(swings) - min(swings) <= 17
    assert -4 < min(swings) < 0  # further out the fingertips leave the picture
    assert swings[-1] == pytest.approx(0, abs=2.0)


def test_pointing_turns_the_head_to_the_card_and_back() -> None:
    def yaw(gesture: str) -> np.ndarray:
        stage = Stage()
        speech = replace(LONG, spoken="没有什么。")
        prepared = stage.performer.prepare(utterance(speech, gesture), speech)
        return np.array([pose.yaw for pose in stage.play(replace(prepared, cues=prepared.cues if gesture else ()))])

    turned = yaw("point") - yaw("")
    assert 4 < turned[12:35].max() <= 6
    assert turned[80:].max() < 0.5


def test_an_unknown_gesture_is_no_gesture() -> None:
    stage = Stage(host=Host(gestures=("relaxed", "present"), rest="relaxed"))
    prepared = stage.performer.prepare(utterance(LONG, "moonwalk"), LONG)
    assert prepared.cues == ()


@pytest.mark.parametrize(
    ("text", "kind", "gesture"),
    [
        ("大家好，欢迎来到直播间。", Kind.SCRIPT, "wave"),
        ("有新朋友来啦。", Kind.GREETING, "wave"),
        ("点击一号链接就可以购买。", Kind.SCRIPT, "point"),
        ("It is link number one.", Kind.SCRIPT, "point"),
        ("谢谢你的支持。", Kind.ANSWER, "thumb"),
        ("拧紧以后倒过来也不漏。", Kind.SCRIPT, "ok"),
        ("It holds half a litre.", Kind.SCRIPT, "present"),
    ],
)
def test_gestures_of_its_own_fit_what_is_said(text: str, kind: Kind, gesture: str) -> None:
    performer = Performer(HOST, 1, "zh")
    speech = replace(LONG, spoken=text, words=(), breaks=())
    made = [
        [cue.gesture for cue in performer.prepare(Utterance(f"u{k}", kind, text, "zh"), speech).cues] for k in range(60)
    ]
    assert {cue for cues in made for cue in cues} == {gesture}


def test_hands_move_now_and_then_but_rest_most_of_the_time() -> None:
    stage = Stage()
    poses = [pose for number in range(40) for pose in stage.say(SPEECHES[number % len(SPEECHES)], number=number)]
    up = [pose.left.target != HOST.rest or pose.right.target != HOST.rest for pose in poses]
    rests = [len(list(run)) for raised, run in groupby(up) if not raised]
    assert 0.15 < sum(up) / len(up) < 0.45
    assert max(rests) <= 18 * FPS  # the longest patience, and the sentence that was under way


def test_a_gesture_starts_on_a_phrase_boundary() -> None:
    speech = next(speech for speech in SPEECHES if "一号链接" in speech.spoken)
    cues = [
        cue for k in range(40)
        for cue in Performer(HOST, k, "zh").prepare(utterance(speech, number=k), speech).cues
    ]  # fmt: skip
    starts = {0, *(position // TICK_SAMPLES for position in speech.breaks)}
    assert cues
    assert all(cue.first in starts for cue in cues)


def test_its_own_gestures_leave_some_rest_between() -> None:
    stage = Stage()
    hello = SPEECHES[0]
    first = stage.say(hello, number=1)
    second = stage.say(hello, number=2)
    assert any(pose.left.target == "wave" for pose in first)
    assert not any(pose.left.source == "clasp" and pose.left.target == "wave" for pose in second)


def test_accents_lie_on_energy_peaks_apart_from_each_other() -> None:
    performance = Performer(HOST, 1, "zh").prepare(utterance(LONG), LONG)
    peaks = np.flatnonzero(np.diff(performance.accents) > 0.3)
    starts = peaks[np.concatenate([[True], np.diff(peaks) > 3])]
    assert len(starts) >= 2
    assert np.diff(starts).min() >= ACCENTS_APART - 2
    assert performance.accents.min() >= 0
    assert performance.accents.max() <= 1


def test_silence_has_no_accents() -> None:
    silent = replace(LONG, pcm=np.zeros(5 * 48000, np.int16), phones=(), words=())
    performance = Performer(HOST, 1, "zh").prepare(utterance(silent), silent)
    assert performance.accents.max() == 0
    assert performance.mouth[:, 0].max() < 0.01


def test_skipped_ticks_are_lived_through() -> None:
    steady, skipping = Performer(HOST, 4, "zh"), Performer(HOST, 4, "zh")
    every = [steady.pose(Moment(tick)) for tick in range(60)]
    some = {tick: skipping.pose(Moment(tick)) for tick in (0, 1, 2, 20, 21, 59)}
    assert all(every[tick] == pose for tick, pose in some.items())
    assert skipping.pose(Moment(59)) == every[59]
    assert_in_bounds([skipping.pose(Moment(10**9))])


def test_smiles_differ_by_what_is_said() -> None:
    performer = Performer(HOST, 1, "zh")

    def smile(text: str, mood: str = "", kind: Kind = Kind.SCRIPT) -> float:
        speech = replace(LONG, spoken=text)
        return performer.prepare(Utterance("u", kind, text, "zh", direction=Direction(mood=mood)), speech).smile

    assert smile("欢迎大家") > smile("价格是七十九元") > smile("净重二百二十克") > smile("这款不支持七天退换")
    assert smile("净重二百二十克", "happy") > 0.6


def test_a_smile_keeps_rounded_and_pressed_shapes() -> None:
    assert smiling(MOUTHS["aa"], 1.0).width > MOUTHS["aa"].width + 0.2
    assert smiling(MOUTHS["ou"], 1.0).width - MOUTHS["ou"].width < 0.15
    assert smiling(Mouth(), 0.0) == Mouth()


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from([*HOST.gestures, "nonsense"]), st.integers(1, 60)), max_size=8))
def test_arms_never_jump_whatever_is_asked(wishes: list[tuple[str, int]]) -> None:
    arms = Arms("clasp", HOST.gestures)
    path = [arms.step(gesture, 0.5, 0.3) for gesture, frames in wishes for _ in range(frames)]
    path += [arms.step("clasp", 0.0, 0.0) for _ in range(90)]
    for side in (0, 1):
        for before, after in pairwise(path):
            one, other = before[side], after[side]
            if (one.source, one.target) == (other.source, other.target):
                assert abs(other.t - one.t) <= 0.22 or one.t == 1.0
            else:  # an arm sets out from where it is
                assert (one.t > 0.85 and other.source == one.target) or other.source == other.target == one.target
        assert path[-1][side] == Arm("clasp", "clasp", 1.0)


@given(
    st.lists(
        st.tuples(
            st.integers(1, 400), st.sampled_from([None, 0, 1, "junk"]), st.integers(-5, 500), st.sampled_from(Manner)
        ),
        max_size=12,
    )
)
@settings(max_examples=30)
def test_any_moments_give_a_pose(steps: list[tuple[int, object, int, Manner]]) -> None:
    performer = Performer(HOST, 0, "en")
    ready = [performer.prepare(utterance(SPEECHES[k], number=k), SPEECHES[k]) for k in range(2)]
    tick, poses = 0, []
    for ahead, which, frame, manner in steps:
        tick += ahead
        performance = ready[which] if isinstance(which, int) else which
        poses.append(performer.pose(Moment(tick, performance, frame, manner)))
    assert_in_bounds(poses)


def test_min_jerk_starts_and_ends_at_rest() -> None:
    assert [min_jerk(x) for x in (-1, 0, 0.5, 1, 2)] == pytest.approx([0, 0, 0.5, 1, 1])
    assert min_jerk(0.02) < 0.001
    assert FPS == 25


@pytest.mark.parametrize(
    ("text", "assures"),
    [("放心，全国包邮。", True), ("这款不包邮。", False), ("包邮吗？", False), ("Free shipping on this one.", True),
     ("Sorry, no free shipping here.", False)],
)  # fmt: skip
def test_only_what_is_meant_reassures(text: str, assures: bool) -> None:
    assert ("assurance" in kinds_of(text)) is assures
