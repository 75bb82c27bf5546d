"""Whose voice a room has, and what it says before it is asked."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from virtual_room import ROOM, make_room

from host.config import RoomFile, load_room
from host.core.bundled import bundled
from host.core.clock import MonotonicClock, VirtualClock, run_virtual
from host.core.errors import InvalidFile
from host.programme.backends import wrong_backends
from host.programme.opening import context_of
from host.programme.preparing import prepare_show
from host.programme.repertoire import openings, repertoire
from host.programme.voices import voices_of
from host.show.book import ShowBook


def room(folder: Path, cache: Path, lines: str = "voice: {}\n", voices: str | None = None) -> RoomFile:
    """A room with an avatar of its own, whose voices are as written; None: Kai's."""
    made = make_room(folder / "room", cache, room=ROOM + lines)
    avatar = made.folder / "avatars" / "kai"
    avatar.mkdir(parents=True)
    for file in ("avatar.yaml", "voices.yaml"):
        shutil.copy(bundled("avatars", "kai", file), avatar / file)
    if voices is not None:
        (avatar / "voices.yaml").write_text(voices, encoding="utf-8")
    return load_room(made.folder / "room.yaml")


def test_a_room_that_names_none_has_those_of_its_avatar(tmp_path: Path, speech_cache: Path) -> None:
    voices = voices_of(room(tmp_path, speech_cache))
    assert [(each.name, each.options["voice"]) for each in voices["zh"]] == [("kokoro", "zm_yunxi")]
    assert [(each.name, each.options["voice"]) for each in voices["en"]] == [("kokoro", "am_michael")]


def test_what_an_avatar_says_of_an_engine_holds_where_the_room_says_nothing_else(
    tmp_path: Path, speech_cache: Path
) -> None:
    lines = "voice: {zh: [edge, kokoro: {speed: 1.2}], en: [kokoro: {voice: af_heart}]}\n"
    voices = voices_of(room(tmp_path, speech_cache, lines))
    edge, kokoro = voices["zh"]  # which is the avatar's, too
    assert (edge.name, edge.options) == ("edge", {})
    assert kokoro.options == {"voice": "zm_yunxi", "speed": 1.2}
    assert voices["en"][0].options == {"voice": "af_heart"}


def test_behind_a_server_stands_the_voice_of_the_avatar(tmp_path: Path, speech_cache: Path) -> None:
    voices = voices_of(room(tmp_path, speech_cache, "voice: {zh: [edge], en: [espeak]}\n"))
    assert [(each.name, each.options) for each in voices["zh"]] == [("edge", {}), ("kokoro", {"voice": "zm_yunxi"})]
    assert [each.name for each in voices["en"]] == ["espeak"]


@pytest.mark.parametrize(
    ("voices", "told"),
    [
        ("zh: [kokoro: {vioce: x}]", "vioce"),
        ("zh: [polly]", "polly"),
        ("zh: kokoro", "zh"),
        ("fr: [kokoro]", "fr"),
        ("zh: [\n", ""),
    ],
)
def test_voices_of_an_avatar_that_make_no_sense_are_told_with_their_file(
    tmp_path: Path, speech_cache: Path, voices: str, told: str
) -> None:
    findings = list(wrong_backends(room(tmp_path, speech_cache, voices=voices)))
    assert any(told in str(each) and each.path.endswith("voices.yaml") for each in findings)


def test_an_avatar_without_any_leaves_it_to_the_embedded_one(tmp_path: Path, speech_cache: Path) -> None:
    made = room(tmp_path, speech_cache)
    (made.avatar_folder() / "voices.yaml").unlink()
    assert voices_of(made) == {"zh": [], "en": []}
    (made.avatar_folder() / "voices.yaml").write_text("zh: [espeak]\nzh: [edge]\n", encoding="utf-8")
    with pytest.raises(InvalidFile):
        voices_of(made)


def test_the_repertoire_is_all_a_room_can_say_but_for_names(tmp_path: Path, speech_cache: Path) -> None:
    made, clock = room(tmp_path, speech_cache), VirtualClock()
    show = ShowBook(made.script_files).reload(clock.wall()).show
    texts = [saying.spoken for saying in run_virtual(repertoire(show, "zh", 0, clock), clock)]
    assert texts[: len(openings("zh"))] == openings("zh")
    assert len(texts) == len(set(texts))
    assert "这款杯子只有两百二十克，放包里没感觉。" in texts
    assert "现在七十九元，在一号链接。" in texts
    assert any("漏水" in text for text in texts)
    assert any("四十八小时" in text for text in texts)
    assert not any("小鹿" in text for text in texts)


async def test_a_voice_that_takes_no_time_needs_no_preparing(tmp_path: Path, speech_cache: Path) -> None:
    made = room(tmp_path, speech_cache, "voice: {zh: [espeak], en: [espeak]}\n")
    ready = await prepare_show(made, context_of(made, MonotonicClock(), tmp_path, speech_cache), lambda _: None)
    assert (ready.texts, ready.failed, ready.engine) == (0, 0, "espeak")
