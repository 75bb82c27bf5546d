"""Where a model is taken from: the room's own file, the data folder, packages that carry the same bytes."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest

from host.core.errors import LivehostError
from host.core.findings import told
from host.voice.models import catalogue, store
from host.voice.models.catalogue import Model, known, models
from host.voice.models.store import locate, survey
from host.voice.models.whole import flaw

PARTS = [random.Random(part).randbytes(40_000 + part) for part in range(3)]
WHOLE = b"".join(PARTS)
PACKAGES = tuple(f"test-voice-model-{number}==1.0" for number in range(3))
MODEL = Model(
    name="test", what="a voice", author="us", licence="Apache-2.0", option="test.model", url="http://127.0.0.1:9/v1/voice.onnx",
    size=len(WHOLE), sha256=hashlib.sha256(WHOLE).hexdigest(), packages=PACKAGES,
)  # fmt: skip
ALONE = MODEL.model_copy(update={"name": "alone", "packages": (), "url": "http://127.0.0.1:9/v2/alone.onnx"})


@pytest.fixture(autouse=True)
def of_the_test(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The catalogue has two models of the test's own, but where a test is about the real ones."""
    if "real" not in request.node.name:
        ours = {"test": MODEL, "alone": ALONE}
        monkeypatch.setattr(catalogue, "models", lambda: ours)
        monkeypatch.setattr(store, "models", lambda: ours)


def carry(folder: Path, monkeypatch: pytest.MonkeyPatch, parts: Sequence[bytes | None]) -> None:
    """Install a package for each part; None: its metadata without the part."""
    for number, part in enumerate(parts):
        info = folder / f"test_voice_model_{number}-1.0.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: test-voice-model-{number}\nVersion: 1.0\n")
        package = folder / f"test_voice_model_{number}"
        package.mkdir()
        (package / "__init__.py").write_text("raise AssertionError('a part is read, and its package not run')\n")
        if part is not None:
            (package / "part.bin").write_bytes(part)
    monkeypatch.syspath_prepend(str(folder))


def put(folder: Path, content: bytes = WHOLE, path: str = "v1/voice.onnx") -> Path:
    file = folder / "models" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return file


def found(tmp_path: Path, name: str = "test", option: str = "") -> Path:
    return locate(name, option=option, folder=tmp_path / "room", data=tmp_path / "data", cache=tmp_path / "cache")


def refusal(tmp_path: Path, name: str = "test", option: str = "") -> str:
    with pytest.raises(LivehostError) as error:
        found(tmp_path, name, option)
    assert told(error.value.finding, "zh") != told(error.value.finding, "en")
    return told(error.value.finding, "en")


# The room's own file


def test_a_file_that_the_room_names_is_taken_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "data")
    own = tmp_path / "room" / "models" / "mine.onnx"
    own.parent.mkdir(parents=True)
    own.write_bytes(b"whatever its owner trusts")
    assert found(tmp_path, option="models/mine.onnx") == own
    assert found(tmp_path, option=str(own)) == own
    assert found(tmp_path, "of no catalogue", option="models/mine.onnx") == own
    monkeypatch.setenv("HOME", str(tmp_path / "room"))
    assert found(tmp_path, option="~/models/mine.onnx") == own


@pytest.mark.parametrize("option", ["gone.onnx", "empty.onnx", "folder", "x" * 5000])
def test_a_file_that_is_none_is_refused_and_nothing_else_taken(tmp_path: Path, option: str) -> None:
    put(tmp_path / "data")
    (tmp_path / "room" / "folder").mkdir(parents=True)
    (tmp_path / "room" / "empty.onnx").touch()
    assert f"there is no model in {tmp_path / 'room' / option}" in refusal(tmp_path, option=option)


# The data folder


def test_what_was_installed_is_taken(tmp_path: Path) -> None:
    file = put(tmp_path / "data")
    assert found(tmp_path) == file


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "has 0 bytes, where the model has 120003"),
        (WHOLE[:-1], "has 120002 bytes"),
        (WHOLE + b"x", "has 120004 bytes"),
        (WHOLE[:-1] + b"\0", "has other bytes than the official ones (sha256 "),
    ],
)
def test_what_was_installed_and_is_not_whole_is_not_taken(tmp_path: Path, content: bytes, words: str) -> None:
    file = put(tmp_path / "data", content)
    said = refusal(tmp_path)
    assert f"{file} {words}" in said
    assert "livehost voice install test" in said


def test_every_way_is_named_where_there_is_none(tmp_path: Path) -> None:
    said = refusal(tmp_path)
    assert f"there is no {tmp_path / 'data' / 'models' / 'v1' / 'voice.onnx'}" in said
    assert all(f"{package}" in said for package in PACKAGES)
    assert "pip install test-voice-model-0==1.0" in said
    assert "path of the file in the room file" in said
    assert "pip" not in refusal(tmp_path, "alone")
    assert "livehost voice install alone" in refusal(tmp_path, "alone")


def test_a_name_of_no_model_is_told_which_there_are(tmp_path: Path) -> None:
    assert "there are: test, alone" in refusal(tmp_path, "kokorro")


# Packages


def test_packages_are_put_together_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    carry(tmp_path / "site", monkeypatch, PARTS)
    file = found(tmp_path)
    assert file == tmp_path / "cache" / "models" / "v1" / "voice.onnx"
    assert file.read_bytes() == WHOLE
    written = file.stat().st_ino, file.stat().st_mtime_ns
    assert found(tmp_path) == file
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == written
    assert [path.name for path in file.parent.iterdir()] == ["voice.onnx"]


def test_the_data_folder_stands_before_packages_where_it_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    carry(tmp_path / "site", monkeypatch, PARTS)
    file = put(tmp_path / "data")
    assert found(tmp_path) == file
    file.write_bytes(WHOLE[:99])
    assert found(tmp_path) == tmp_path / "cache" / "models" / "v1" / "voice.onnx"


@pytest.mark.parametrize("damage", [b"", WHOLE[:1], WHOLE[:-1] + b"\0", WHOLE + b"x"])
def test_a_damaged_copy_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: bytes) -> None:
    carry(tmp_path / "site", monkeypatch, PARTS)
    found(tmp_path).write_bytes(damage)
    assert found(tmp_path).read_bytes() == WHOLE


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        (PARTS[:2], "not installed: test-voice-model-2==1.0"),
        (PARTS[:1], "not installed: test-voice-model-1==1.0, test-voice-model-2==1.0"),
        ([PARTS[0], None, PARTS[2]], "damaged: there is no "),
        ([PARTS[0], PARTS[1][:-1], PARTS[2]], "has 120002 bytes, where the model has 120003"),
        ([PARTS[0], PARTS[1][:-1] + b"\0", PARTS[2]], "has other bytes than the official ones"),
    ],
)
def test_packages_that_are_not_all_there_or_not_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, parts: Sequence[bytes | None], words: str
) -> None:
    carry(tmp_path / "site", monkeypatch, parts)
    assert words in refusal(tmp_path)
    assert not (tmp_path / "cache").exists()


def test_a_cache_that_cannot_be_written_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    carry(tmp_path / "site", monkeypatch, PARTS)
    (tmp_path / "cache").write_text("a file")
    assert "cannot be written" in refusal(tmp_path)


# How it stands with all


def test_the_survey_says_what_is_taken_and_what_is_not_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stands() -> list[tuple[str, str, bool]]:
        data, cache = tmp_path / "data", tmp_path / "cache"
        return [(each.model.name, each.source, each.damaged) for each in survey(data, cache)]

    assert stands() == [("test", "", False), ("alone", "", False)]
    carry(tmp_path / "site", monkeypatch, PARTS)
    assert stands() == [("test", "packages", False), ("alone", "", False)]
    assert not (tmp_path / "cache").exists()
    found(tmp_path)
    assert stands() == [("test", "packages", False), ("alone", "", False)]
    put(tmp_path / "data", WHOLE[:-1])
    assert stands() == [("test", "packages", True), ("alone", "", False)]
    put(tmp_path / "data")
    put(tmp_path / "data", WHOLE[1:], "v2/alone.onnx")
    assert stands() == [("test", "data", False), ("alone", "", True)]
    put(tmp_path / "data", WHOLE, "v2/alone.onnx")
    assert stands() == [("test", "data", False), ("alone", "data", False)]


# The catalogue, and the packages there are


def test_the_real_catalogue_says_all_that_is_to_be_known() -> None:
    assert {"kokoro", "kokoro-voices", "kokoro-1.1"} <= models().keys()
    assert len({model.path for model in models().values()}) == len(models())
    for name, model in models().items():
        assert known(name).name == name
        assert model.url.startswith("https://")
        assert all("==" in package for package in model.packages), "pinned: the bytes of another version are others"


def _carried(name: str) -> bool:
    try:
        return all(distribution(package.partition("==")[0]) for package in known(name).packages)
    except PackageNotFoundError:
        return False


@pytest.mark.skipif(not _carried("kokoro"), reason="the packages that carry the model are not installed")
def test_the_real_packages_carry_the_official_bytes(tmp_path: Path) -> None:
    file = found(tmp_path, "kokoro")
    assert flaw(known("kokoro"), file) is None
    assert file.name == "kokoro-v1.0.int8.onnx"
