"""Languages are packages behind an entry point: whole, alike, and told what they lack."""

from __future__ import annotations

import re
from importlib import invalidate_caches
from pathlib import Path

import pytest

from host.core.packs import PARTS, Pack, lacking, pack, packs
from host.mind.answers.no_answer import NO_ANSWER
from host.mind.answers.replies import Situation

_FIELD = re.compile(r"\{[a-z_:]*\}")


def test_those_that_are_bundled_register_as_any_other() -> None:
    assert set(packs()) >= {"zh", "en"}
    with pytest.raises(KeyError):
        pack("xx")


@pytest.mark.parametrize("code", ["zh", "en"])
def test_those_that_are_bundled_lack_nothing(code: str) -> None:
    assert not lacking(pack(code), [*packs().values()])


def test_every_file_of_a_pack_is_a_part_that_a_writer_is_told_of() -> None:
    known = {part.name for part in PARTS} | {"__init__.py"}
    for each in packs().values():
        folder = Path(__file__).parents[2].joinpath(*each.package.split("."))
        assert {path.name for path in folder.iterdir() if path.is_file()} == known, each.code


@pytest.fixture
def half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pack:
    """A pack that somebody has begun to write."""
    folder = tmp_path / "lang_of_nobody"
    folder.mkdir()
    folder.joinpath("__init__.py").touch()
    folder.joinpath("pack.toml").write_text("spaced = true\n", encoding="utf-8")
    folder.joinpath("labels.toml").write_text('ai = "KI-Moderation"\n', encoding="utf-8")
    folder.joinpath("marks.txt").write_text("[not]\nnicht\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    invalidate_caches()
    return Pack("de", "lang_of_nobody", spaced=True)


def test_one_that_is_begun_is_told_what_it_lacks(half: Pack) -> None:
    told = lacking(half, [*packs().values()])
    assert "pack.toml: currency" in told
    assert "labels.toml: sold_out" in told
    assert "labels.toml: ai" not in told
    assert "marks.txt: [if]" in told
    assert "marks.txt: [not]" not in told
    assert any(line.startswith("numerals.py (") for line in told)
    assert any(line.startswith("prompt.toml (") for line in told)


@pytest.mark.parametrize("name", ["replies.toml", "show.toml", "labels.toml"])
def test_fields_are_those_of_the_other_language(name: str) -> None:
    """As a whole: single wordings may leave the name out."""
    fields = {each: set(_FIELD.findall(pack(each).text(name))) for each in ("zh", "en")}
    assert fields["zh"] == fields["en"]


def test_what_code_names_is_there() -> None:
    for each in packs().values():
        assert set(each.table("replies.toml")["situations"]) == {situation.value for situation in Situation}
        assert NO_ANSWER in each.table("prompt.toml")["rules"]
        assert "held_back" in each.table("prompt.toml")["again"]
