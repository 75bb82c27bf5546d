"""The figures of `livehost bench sound`, on shows whose figures are known."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from host.bench import sound as bench
from host.core.media import SAMPLE_RATE, Pcm, Speech
from host.core.utterance import Kind, Place, Utterance
from host.programme.pauses import silence_between
from host.stage.on_air import Item


def said(line: int, voice: float, gap: float = 0.0) -> Item:
    """A buzz of 200 Hz with a gap in its middle, where clauses meet."""
    time = np.arange(round(voice * SAMPLE_RATE)) / SAMPLE_RATE
    buzz: Pcm = (4000 * np.cos(2 * np.pi * 200 * time) + 2000 * np.cos(2 * np.pi * 400 * time)).astype(np.int16)
    quiet = np.zeros(round(gap * SAMPLE_RATE), np.int16)
    pcm = np.concatenate((np.zeros(7680, np.int16), buzz, quiet, buzz, np.zeros(5760, np.int16)))
    place = 7680 + len(buzz) + len(quiet) // 2
    utterance = Utterance(f"u{line}", Kind.SCRIPT, "好。", "zh", "cup", place=Place("cup", 0, line, 0, 0))
    return Item(utterance, Speech(pcm, (), (), "", "zh", "test", (place,)))


def test_pauses_are_measured_as_they_are_chosen() -> None:
    items = [said(0, 0.8), said(0, 1.1), said(1, 0.5), said(3, 2.0)]
    show = bench.on_air(items)
    assert len(show.starts) == len(items)
    chosen = [
        silence_between(one.utterance, two.utterance, one.speech.duration, two.speech.duration)
        for one, two in pairwise(items)
    ]
    assert list(bench.sentence_pauses(show)) == pytest.approx([pause + 0.02 for pause in chosen], abs=0.021)


@pytest.mark.parametrize("gap", [0.05, 0.1, 0.3])
def test_a_gap_between_clauses_is_measured(gap: float) -> None:
    assert list(bench.clause_pauses(said(0, 1.0, gap).speech)) == pytest.approx([gap], abs=0.011)
    assert list(bench.clause_pauses(replace(said(0, 1.0).speech, breaks=(48_000, 10**9)))) == [0, 0]


def test_the_figures_of_a_buzz_are_its_own() -> None:
    items = [said(0, 1.0, 0.1), said(1, 1.0, 0.2)]
    pitch, between, clauses, loudness, peak, joint = bench.figures_of(bench.on_air(items))
    assert pitch.startswith("pitch 200 Hz ± 0.0 semitones")
    assert "1 of them" in between
    assert clauses.startswith("between clauses 0.15 s (0.1")
    assert loudness.endswith("LUFS")
    assert peak.endswith("dBTP")
    assert joint == "worst joint +0.0 dB"


def test_a_recording_that_breaks_off_is_a_joint_to_be_heard() -> None:
    whole = said(0, 1.0)
    broken = replace(whole, speech=replace(whole.speech, pcm=whole.speech.pcm[:-5760]))
    *_, joint = bench.figures_of(bench.on_air([broken, whole]))
    assert float(joint.split()[2]) > 6


def test_an_engine_that_is_not_there_is_passed_over_with_a_word(
    tmp_path: Path, speech_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench, "ENGINES", ("espeak", "polly"))
    figures = bench.sound(tmp_path, speech_cache, 3)
    assert figures["polly zh"] == figures["polly en"] == "skipped: unknown voice 'polly'"
    for lang in ("zh", "en"):
        assert "semitones" in figures[f"espeak {lang}"]
        assert "2 of them" in figures[f"espeak {lang}"]
