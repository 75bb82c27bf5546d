"""A rehearsal's files, looked at as a player, an editor and a script would."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from host import rehearsal
from host.config import RoomFile, load_room
from host.core.bundled import bundled
from host.core.errors import LivehostError
from host.core.ports import Context
from host.rehearsal import Rehearsal, rehearse
from host.stage.renderer_process import RendererProcess

SECONDS = 40.0


def run(out: Path, cache: Path, *, video: bool, seconds: float = SECONDS) -> dict[str, Any]:
    room = load_room(bundled("config", "demo.yaml"))
    plan = Rehearsal(out, cache, seconds, bundled("config", "comments", "demo.jsonl"), video)
    rehearse(room, plan)
    timeline: dict[str, Any] = json.loads((out / "timeline.json").read_text(encoding="utf-8"))
    return timeline


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory, speech_cache: Path) -> Path:
    out = tmp_path_factory.mktemp("film")
    run(out, speech_cache, video=True)
    return out


def test_the_film_has_the_length_size_and_rate_of_the_show(film: Path) -> None:
    with av.open(str(film / "show.mp4")) as movie:
        video, audio = movie.streams.video[0], movie.streams.audio[0]
        assert (video.width, video.height) == (720, 1280)
        assert audio.rate == 48000
        times = [float(packet.pts * packet.time_base) for packet in movie.demux(video) if packet.pts is not None]
    assert len(times) == SECONDS * 25
    assert np.allclose(np.diff(sorted(times)), 0.04, atol=1e-3)


def test_nothing_is_left_but_what_is_named(film: Path) -> None:
    assert {file.name for file in film.iterdir()} == {
        "show.mp4", "captions.vtt", "timeline.json", "report.html", "report.json", "demo.journal.db"
    }  # fmt: skip


def test_whoever_rehearses_hears_how_far_the_drawing_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def draws(_room: RoomFile, context: Context, _when_full: str) -> RendererProcess:
        context.progress(0.5)
        raise LivehostError("half drawn")

    monkeypatch.setattr(rehearsal, "start_renderer", draws)
    shares: list[float] = []
    with pytest.raises(LivehostError, match="half drawn"):
        rehearse(load_room(bundled("config", "demo.yaml")), Rehearsal(tmp_path, tmp_path, 1.0), drawing=shares.append)
    assert shares == [0.5]


def test_the_film_says_in_its_metadata_that_it_is_synthetic(film: Path) -> None:
    with av.open(str(film / "show.mp4")) as movie:
        label = json.loads(movie.metadata["AIGC"])
    assert label["Label"] == "1"
    assert set(label) >= {"ContentProducer", "ProduceID", "ReservedCode1", "ContentPropagator", "PropagateID"}


def test_the_programme_is_as_loud_as_it_should_be(film: Path) -> None:
    graph = av.filter.Graph()
    with av.open(str(film / "show.mp4")) as movie:
        stream = movie.streams.audio[0]
        source = graph.add_abuffer(template=stream)
        meter = graph.add("ebur128", "peak=true:metadata=1")
        sink = graph.add("abuffersink")
        source.link_to(meter)
        meter.link_to(sink)
        graph.configure()
        loudness, peak = 0.0, -99.0
        for frame in movie.decode(stream):
            graph.push(frame)
            while True:
                try:
                    measured = graph.pull()
                except (av.BlockingIOError, av.EOFError):
                    break
                loudness = float(measured.metadata.get("lavfi.r128.I", loudness))
                peak = max(peak, float(measured.metadata.get("lavfi.r128.true_peak", peak)))
    assert loudness == pytest.approx(-16, abs=1.0)
    assert peak < 1.0  # linear: below full scale after the AAC round trip


def test_every_frame_carries_the_label(film: Path) -> None:
    """The label's place, in frames through the film: the same pixels, which no other layer covers."""
    first: np.ndarray[Any, Any] | None = None
    with av.open(str(film / "show.mp4")) as movie:
        for index, frame in enumerate(movie.decode(video=0)):
            if index % 97:
                continue
            label = frame.to_ndarray(format="gray")[44:104, 60:440].astype(np.int16)
            assert label.std() > 30
            if first is None:
                first = label
            assert np.abs(label - first).mean() < 6


def test_the_timeline_keeps_its_contract(film: Path) -> None:
    timeline = json.loads((film / "timeline.json").read_text(encoding="utf-8"))
    assert (timeline["sample_rate"], timeline["fps"]) == (48000, 25)
    end = 0.0
    for utterance in timeline["utterances"]:
        assert set(utterance) == {
            "id", "kind", "product", "segment", "line", "text", "spoken", "start", "end", "interrupted", "phones",
            "in_reply_to", "evidence",
        }  # fmt: skip
        assert end <= utterance["start"] <= utterance["end"] <= SECONDS
        end = utterance["end"]
        assert utterance["phones"]
        assert all(utterance["start"] <= a <= b <= utterance["end"] + 0.5 for a, b, _ in utterance["phones"])
    assert any(utterance["in_reply_to"] for utterance in timeline["utterances"])


def test_captions_are_webvtt_in_order(film: Path) -> None:
    lines = (film / "captions.vtt").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "WEBVTT"
    stamps = [line.split(" --> ") for line in lines if " --> " in line]
    assert stamps
    assert stamps == sorted(stamps)
    assert all(start < end for start, end in stamps)


def test_the_same_input_gives_the_same_timeline_with_film_or_without(
    film: Path, tmp_path: Path, speech_cache: Path
) -> None:
    run(tmp_path / "one", speech_cache, video=False)
    run(tmp_path / "two", tmp_path / "cold-cache", video=False)
    timelines = [(folder / "timeline.json").read_bytes() for folder in (film, tmp_path / "one", tmp_path / "two")]
    assert timelines[0] == timelines[1] == timelines[2]


def test_the_report_is_for_people_and_for_programs(film: Path) -> None:
    report = json.loads((film / "report.json").read_text(encoding="utf-8"))
    assert report["figures"]["comments"] == 3
    assert report["figures"]["faults"] == 0
    page = (film / "report.html").read_text(encoding="utf-8")
    assert "小鹿不吃草" in page
