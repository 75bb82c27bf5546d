"""Playout: sample-exact, total, and honest about what was heard."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from stage_speech import item

from host.core.media import SAMPLE_RATE, TICK_SAMPLES, Pcm, Speech
from host.core.utterance import Kind, Played, Utterance
from host.stage.on_air import Item, Started
from host.stage.playout import NOW_FADE, Playout, TickOut
from host.stage.room_tone import LEVEL_DBFS, make_room_tone

SILENCE: Pcm = np.zeros(TICK_SAMPLES, np.int16)


def pulled(playout: Playout, ticks: int) -> tuple[Pcm, list[Started | Played]]:
    """The sound and events of the next ticks."""
    outs = [playout.pull() for _ in range(ticks)]
    return np.concatenate([SILENCE[:0], *(out.pcm for out in outs)]), [event for out in outs for event in out.events]


class PlayoutMachine(RuleBasedStateMachine):
    """Any sequence of operations: nothing lost, doubled or reordered, and the samples add up."""

    def __init__(self) -> None:
        super().__init__()
        self.playout = Playout(SILENCE, limit=2)
        self.accepted: list[Item] = []
        self.started: list[str] = []
        self.played: list[Played] = []
        self.ticks = 0
        self.audible = 0

    def _pull(self) -> TickOut:
        expected = self.playout.tick
        out = self.playout.pull()
        assert out.tick == expected
        assert out.pcm.shape == (TICK_SAMPLES,)
        assert out.pcm.dtype == np.int16
        for event in out.events:
            if isinstance(event, Started):
                assert event.position == out.tick * TICK_SAMPLES
                self.started.append(event.item.utterance.id)
            else:
                self.played.append(event)
        self.ticks += 1
        self.audible += int(np.count_nonzero(out.pcm))
        return out

    @rule(
        samples=st.integers(0, 6000),
        breaks=st.lists(st.integers(-5, 7000), max_size=4),
        pause=st.just(0) | st.integers(0, 9000),
    )
    def enqueue(self, samples: int, breaks: list[int], pause: int) -> None:
        new = item(len(self.accepted), samples, breaks=tuple(sorted(breaks)), pause=pause)
        full = len(self.playout.queued) >= 2
        assert self.playout.enqueue(new) is not full
        if not full:
            self.accepted.append(new)

    @rule()
    def pull(self) -> None:
        self._pull()

    @rule(now=st.booleans())
    def cut(self, now: bool) -> None:
        self.playout.cut("now" if now else "clause")

    @rule()
    def withdraw(self) -> None:
        waiting = list(self.playout.queued)
        assert self.playout.withdraw() == waiting
        assert self.playout.queued == ()

    @precondition(lambda self: self.ticks < 400)
    @rule(ticks=st.integers(-3, 20))
    def skip(self, ticks: int) -> None:
        before = self.playout.tick
        self.playout.skip(ticks)
        assert self.playout.tick == before + max(0, ticks)

    @invariant()
    def the_samples_add_up(self) -> None:
        status = self.playout.status()
        assert status.heard_samples + status.idle_samples == self.ticks * TICK_SAMPLES
        assert self.playout.tick == self.ticks + status.skipped_ticks
        on_air = self.playout.current
        done = sum(played.heard for played in self.played)
        assert (status.heard_samples == done) if on_air is None else (status.heard_samples >= done)
        assert self.playout.buffered_seconds >= 0

    @invariant()
    def only_speech_is_audible(self) -> None:
        assert self.audible == self.playout.status().heard_samples

    def teardown(self) -> None:
        while self.playout.current or self.playout.queued:
            self._pull()
        self._pull()
        ids = [entry.utterance.id for entry in self.accepted]
        assert sorted(played.utterance.id for played in self.played) == sorted(ids)
        begun = [played.utterance.id for played in self.played if played.heard or played.total == 0]
        assert self.started == [name for name in ids if name in self.started], "reordered"
        assert set(begun) <= set(self.started) | {p.utterance.id for p in self.played if p.total == 0}
        by_id = {entry.utterance.id: entry for entry in self.accepted}
        for played in self.played:
            assert played.total == len(by_id[played.utterance.id].speech.pcm)
            assert 0 <= played.heard <= played.total
            assert played.interrupted or played.complete
            if played.utterance.id not in self.started:
                assert played.heard == 0
                assert played.interrupted


TestPlayoutMachine = PlayoutMachine.TestCase


@given(st.lists(st.integers(0, 9000), max_size=2), st.integers(0, 5))
def test_speech_leaves_sample_by_sample_each_on_a_tick(lengths: list[int], idle: int) -> None:
    rng = np.random.default_rng(1)
    speeches = [rng.integers(-30000, 30000, length, dtype=np.int16) for length in lengths]
    playout = Playout(SILENCE)
    pulled(playout, idle)
    for number, pcm in enumerate(speeches):
        speech = Speech(pcm, (), (), "", "zh", "test")
        assert playout.enqueue(Item(Utterance(f"u{number}", Kind.SCRIPT, "", "zh"), speech))
    sound, events = pulled(playout, 12)
    starts = {e.item.utterance.id: e.position - idle * TICK_SAMPLES for e in events if isinstance(e, Started)}
    expected = np.zeros_like(sound)
    for number, pcm in enumerate(speeches):
        at = starts[f"u{number}"]
        assert at % TICK_SAMPLES == 0
        expected[at : at + len(pcm)] += pcm
    np.testing.assert_array_equal(sound, expected)


def test_frames_count_from_the_utterances_first_tick() -> None:
    playout = Playout(SILENCE, first_tick=100)
    playout.enqueue(item(0, 2 * TICK_SAMPLES + 1))
    outs = [playout.pull() for _ in range(4)]
    assert [(out.tick, out.frame, out.item is not None) for out in outs] == [
        (100, 0, True),
        (101, 1, True),
        (102, 2, True),
        (103, 0, False),
    ]
    played = outs[2].events[0]
    assert isinstance(played, Played)
    assert (played.start, played.heard, played.complete) == (100 * TICK_SAMPLES, 2 * TICK_SAMPLES + 1, True)


@given(first=st.integers(1, 9000), pause=st.integers(0, 12_000))
def test_a_pause_lies_between_what_was_heard_and_what_follows(first: int, pause: int) -> None:
    """At least as long as asked for, and less than a tick longer."""
    playout = Playout(SILENCE)
    playout.enqueue(item(0, first))
    playout.enqueue(item(1, 100, pause=pause))
    sound, events = pulled(playout, 20)
    start = next(e.position for e in events if isinstance(e, Started) and e.item.utterance.id == "u1")
    assert 0 <= start - first - pause < TICK_SAMPLES
    assert np.count_nonzero(sound) == first + 100


@given(first=st.integers(1, 9000), idle=st.integers(1, 9), pause=st.integers(0, 12_000))
def test_a_pause_has_passed_where_the_room_was_silent_for_as_long(first: int, idle: int, pause: int) -> None:
    playout = Playout(SILENCE)
    playout.enqueue(item(0, first))
    ended = -(-first // TICK_SAMPLES)
    pulled(playout, ended + idle)
    playout.enqueue(item(1, 100, pause=pause))
    _, events = pulled(playout, 20)
    (start,) = [event.position for event in events if isinstance(event, Started)]
    assert start == max(ended + idle, -(-(first + pause) // TICK_SAMPLES)) * TICK_SAMPLES


def test_the_first_item_and_one_that_interrupts_keep_no_pause() -> None:
    playout = Playout(SILENCE)
    playout.enqueue(item(0, 48_000, pause=48_000))
    assert isinstance(playout.pull().events[0], Started)
    playout.enqueue(item(1, 100, pause=48_000))
    playout.cut("now")
    _, events = pulled(playout, 3)
    assert [event.position for event in events if isinstance(event, Started)] == [2 * TICK_SAMPLES]


def test_in_a_pause_what_was_heard_is_still_looked_at_and_not_where_nothing_waits() -> None:
    """Its caption stays, and the frames count on behind its end."""
    playout = Playout(SILENCE)
    playout.enqueue(item(0, TICK_SAMPLES + 1))
    playout.enqueue(item(1, TICK_SAMPLES, pause=2 * TICK_SAMPLES))
    outs = [playout.pull() for _ in range(8)]
    seen = [(out.item.utterance.id, out.frame) if out.item else None for out in outs]
    assert seen == [("u0", 0), ("u0", 1), ("u0", 2), ("u0", 3), ("u1", 0), None, None, None]
    playout.enqueue(item(2, TICK_SAMPLES, pause=9 * TICK_SAMPLES))
    assert playout.pull().item is None
    assert playout.buffered_seconds == pytest.approx(10 / 25)


def test_what_an_item_would_follow_is_known() -> None:
    playout = Playout(SILENCE)
    assert playout.before is None
    items = [item(number, TICK_SAMPLES) for number in range(2)]
    playout.enqueue(items[0])
    assert playout.before is items[0]
    playout.pull()
    playout.enqueue(items[1])
    assert playout.before is items[1]
    pulled(playout, 4)
    assert playout.before is items[1]


def test_an_empty_speech_takes_no_time() -> None:
    playout = Playout(SILENCE)
    playout.enqueue(item(0, 0))
    playout.enqueue(item(1, 10))
    out = playout.pull()
    assert [type(event).__name__ for event in out.events] == ["Started", "Played", "Started", "Played"]
    assert out.item is not None
    assert out.item.utterance.id == "u1"


@pytest.mark.parametrize(
    ("breaks", "heard"),
    [((1000, 2500, 9000), 2500), ((1920,), 1920), ((100,), 9600), ((), 9600), ((99999,), 9600), ((-7,), 9600)],
)
def test_a_cut_at_a_clause_ends_there(breaks: tuple[int, ...], heard: int) -> None:
    playout = Playout(SILENCE)
    playout.enqueue(item(0, 9600, breaks=breaks))
    playout.pull()
    playout.cut("clause")
    _, events = pulled(playout, 6)
    (played,) = [event for event in events if isinstance(event, Played)]
    assert played.heard == heard
    assert played.interrupted is (heard < 9600)


def test_a_cut_now_fades_over_30_ms_without_a_click() -> None:
    playout = Playout(SILENCE)
    playout.enqueue(item(0, 48_000, level=20_000))
    playout.pull()
    playout.cut("now")
    sound, events = pulled(playout, 2)
    (played,) = [event for event in events if isinstance(event, Played)]
    assert played.heard == TICK_SAMPLES + NOW_FADE
    assert played.interrupted
    assert int(np.abs(np.diff(sound.astype(int))).max()) <= 20_000 // NOW_FADE + 2
    assert not sound[NOW_FADE:].any()


def test_a_later_cut_never_lengthens() -> None:
    playout = Playout(SILENCE)
    playout.enqueue(item(0, 48_000, breaks=(20_000,)))
    playout.pull()
    playout.cut("now")
    playout.cut("clause")
    _, events = pulled(playout, 2)
    assert [event.heard for event in events if isinstance(event, Played)] == [TICK_SAMPLES + NOW_FADE]


def test_what_is_withdrawn_is_reported_unheard() -> None:
    playout = Playout(SILENCE)
    playout.enqueue(item(0, 5000))
    playout.enqueue(item(1, 5000))
    assert playout.enqueue(item(2, 5000)) is False
    assert [entry.utterance.id for entry in playout.withdraw()] == ["u0", "u1"]
    out = playout.pull()
    assert [(e.utterance.id, e.heard, e.interrupted) for e in out.events if isinstance(e, Played)] == [
        ("u0", 0, True),
        ("u1", 0, True),
    ]


@pytest.mark.parametrize("pcm", [np.zeros(10, np.float32), np.zeros((2, 10), np.int16), [1, 2, 3], None])
def test_sound_of_another_kind_is_refused(pcm: object) -> None:
    speech = Speech(pcm, (), (), "", "zh", "test")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="mono int16"):
        Playout().enqueue(Item(Utterance("u", Kind.SCRIPT, "", "zh"), speech))


def test_loud_speech_over_room_tone_saturates_and_does_not_wrap() -> None:
    playout = Playout(np.full(100, 50, np.int16))
    playout.enqueue(item(0, TICK_SAMPLES, level=32_767))
    assert (playout.pull().pcm == 32_767).all()


@pytest.mark.parametrize("length", [0, 1, 7, 1920, 5000])
def test_any_room_tone_loops(length: int) -> None:
    tone = np.arange(length, dtype=np.int16)
    sound, _ = pulled(Playout(tone), 5)
    expected = np.resize(tone, len(sound)) if length else np.zeros(len(sound))
    np.testing.assert_array_equal(sound, expected)


def test_room_tone_is_soft_seamless_and_the_same_each_time() -> None:
    tone = make_room_tone().astype(float)
    np.testing.assert_array_equal(tone, make_room_tone())
    level = 20 * np.log10(np.sqrt(np.mean(tone**2)) / 32768)
    assert abs(level - LEVEL_DBFS) < 0.5
    assert len(tone) % TICK_SAMPLES == 0
    assert len(tone) >= 5 * SAMPLE_RATE
    steps = np.abs(np.diff(tone))
    assert abs(tone[0] - tone[-1]) <= steps.max()
    assert abs(tone.mean()) < 1


@given(st.lists(st.sampled_from(["enqueue", "now", "clause", "withdraw", "pull"]), max_size=40))
def test_room_tone_runs_on_below_whatever_happens(steps: list[str]) -> None:
    """What is heard less what is said is the tone from the first sample to the last, without a seam."""
    tone = make_room_tone()
    playout = Playout(tone)
    below: list[Pcm] = []
    for number, step in enumerate([*steps, "pull"]):
        if step == "enqueue":
            playout.enqueue(item(number, 1000 * number, breaks=(700 * number,), pause=500 * number))
        elif step == "withdraw":
            playout.withdraw()
        elif step != "pull":
            playout.cut("now" if step == "now" else "clause")
        out = playout.pull()
        heard = out.pcm.astype(int)
        heard[: len(out.sound)] -= out.sound
        below.append(heard.astype(np.int16))
    np.testing.assert_array_equal(np.concatenate(below), np.resize(tone, len(below) * TICK_SAMPLES))
