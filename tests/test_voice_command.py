"""`livehost voice`: what is shown before and after a model is fetched, and with which code the command ends."""

from __future__ import annotations

import hashlib
import json
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from model_server import ModelServer, model_server
from virtual_room import CUP

from host.cli import main
from host.commands import rooms
from host.voice.models import catalogue, store
from host.voice.models.catalogue import Model

WHOLE = random.Random(3).randbytes(300_000)
PATH = "/releases/v1/voice.onnx"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def official(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[ModelServer]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(rooms, "_lang", "en")  # of whatever room a command in this process had last
    monkeypatch.setenv("LIVEHOST_SHARED", "shared")
    for name in ("LIVEHOST_MODELS", "LIVEHOST_DATA", "LIVEHOST_CACHE", "http_proxy", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with model_server({PATH: WHOLE}) as server:
        model = Model(
            name="test", what="a voice to try", author="its makers", licence="Apache-2.0", url=server.url + PATH,
            size=len(WHOLE), sha256=hashlib.sha256(WHOLE).hexdigest(), option="espeak.model",
        )  # fmt: skip
        monkeypatch.setattr(catalogue, "models", lambda: {"test": model})
        monkeypatch.setattr(store, "models", lambda: {"test": model})
        yield server


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def command(*arguments: str) -> tuple[int, str, str]:
        """The code a command ends with, and what it prints."""
        monkeypatch.setattr(sys, "argv", ["livehost", "voice", *arguments])
        with pytest.raises(SystemExit) as end:
            main()
        printed = capsys.readouterr()
        return int(end.value.code or 0), printed.out, printed.err

    return command


def test_what_a_model_is_and_weighs_is_shown_though_it_cannot_be_fetched(official: ModelServer, run: Run) -> None:
    official.behaviour = 404
    code, shown, errors = run("install", "test")
    assert code == 2
    for told in ("a voice to try", "its makers", "v1", official.url + PATH, "0.3 MB (300000 bytes)", "Apache-2.0"):
        assert told in shown
    assert hashlib.sha256(WHOLE).hexdigest() in shown
    assert "the server answers 404: the file is not there" in errors
    assert "LIVEHOST_MODELS" in errors
    assert not [*Path("var").rglob("*.onnx*")]


def test_a_model_is_installed_once(official: ModelServer, run: Run) -> None:
    code, shown, errors = run("install", "test")
    assert (code, errors) == (0, "")
    file = Path("shared/models/v1/voice.onnx")
    assert f"test is installed: {file}" in shown
    assert file.read_bytes() == WHOLE
    code, shown, _ = run("install", "test")
    assert (code, len(official.asked)) == (0, 1)
    assert "test is there already" in shown


def test_mirrors_come_from_the_environment(
    official: ModelServer, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "voice.onnx").write_bytes(WHOLE)
    monkeypatch.setenv("LIVEHOST_MODELS", f"{official.url}/none {tmp_path}")
    code, shown, _ = run("install", "test", "--shared", "elsewhere")
    assert code == 0
    assert f"{official.url}/none {tmp_path}" in shown
    assert Path("elsewhere/models/v1/voice.onnx").read_bytes() == WHOLE
    assert PATH not in [path for path, _ in official.asked]


def test_a_name_of_no_model_is_misuse_and_nothing_is_fetched(official: ModelServer, run: Run) -> None:
    code, shown, errors = run("install", "test", "tset")
    assert (code, shown, official.asked) == (2, "", [])
    assert "there is no model 'tset'" in errors
    assert "there are: test" in errors
    assert run("install")[0] == 2


def test_the_list_says_what_is_there_what_is_missing_and_what_is_damaged(official: ModelServer, run: Run) -> None:
    def listed() -> tuple[int, dict[str, Any]]:
        code, shown, _ = run("list", "--json")
        return code, json.loads(shown)[0]

    code, row = listed()
    assert (code, row["name"], row["source"], row["damaged"]) == (0, "test", "", False)
    assert (row["licence"], row["size"], row["url"]) == ("Apache-2.0", 300_000, official.url + PATH)
    assert "livehost voice install test" in run("list")[1]
    run("install", "test")
    code, row = listed()
    assert (code, row["source"], row["file"], row["lacks"]) == (0, "data", "shared/models/v1/voice.onnx", [])
    Path(row["file"]).write_bytes(WHOLE[:5])
    code, row = listed()
    assert (code, row["source"], row["damaged"]) == (1, "", True)
    assert "has 5 bytes, where the model has 300000" in run("list")[1]


def test_a_room_may_name_a_file_of_its_own(official: ModelServer, run: Run, tmp_path: Path) -> None:
    room = tmp_path / "shop" / "room.yaml"
    room.parent.mkdir()
    (room.parent / "cup.md").write_text(CUP, encoding="utf-8")
    room.write_text("name: shop\nlang: zh\nscripts: [cup.md]\nvoice: {zh: [espeak: {model: mine.onnx}]}\n")
    code, shown, _ = run("list", str(room))
    assert code == 1
    assert f"{room.parent / 'mine.onnx'} 不是可用的模型文件" in shown
    (room.parent / "mine.onnx").write_bytes(b"mine")
    code, shown, _ = run("list", str(room), "--json")
    assert code == 0
    own = json.loads(shown)[0]
    assert (own["name"], own["source"], own["size"]) == ("espeak.model", "option", 4)
    assert own["file"] == str(room.parent / "mine.onnx")
