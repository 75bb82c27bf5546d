from __future__ import annotations

import re
from pathlib import Path

import pytest
from puppet_bundles import tiny_bundle

from host.avatar.bundle import VISEMES, load_bundle
from host.core.bundled import bundled
from host.core.errors import InvalidFile

AVATARS = sorted(file.parent.name for file in bundled("avatars").glob("*/avatar.yaml"))


@pytest.mark.parametrize("name", AVATARS)
def test_the_bundled_avatars_are_whole(name: str) -> None:
    bundle = load_bundle(bundled("avatars", name))
    assert set(VISEMES) <= set(bundle.manifest.visemes)
    assert len(bundle.digest) == 24


def test_the_digest_follows_every_drawing(tmp_path: Path) -> None:
    folder = tiny_bundle(tmp_path / "a")
    before = load_bundle(folder).digest
    assert load_bundle(folder).digest == before
    drawing = folder / "layers" / "head.svg"
    drawing.write_text(drawing.read_text(encoding="utf-8").replace("#37757a", "#37757b"), encoding="utf-8")
    assert load_bundle(folder).digest != before


def broken(tmp_path: Path, pattern: str, replacement: str) -> InvalidFile:
    folder = tiny_bundle(tmp_path / "a")
    manifest = folder / "avatar.yaml"
    text, count = re.subn(pattern, replacement, manifest.read_text(encoding="utf-8"), count=1, flags=re.M)
    assert count == 1
    manifest.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidFile) as caught:
        load_bundle(folder)
    return caught.value


def line_of(tmp_path: Path, pattern: str) -> int:
    lines = (tmp_path / "a" / "avatar.yaml").read_text(encoding="utf-8").splitlines()
    return next(i for i, line in enumerate(lines, 1) if re.search(pattern, line))


def test_a_folder_without_a_manifest(tmp_path: Path) -> None:
    with pytest.raises(InvalidFile, match=r"avatar\.yaml"):
        load_bundle(tmp_path)


def test_a_missing_drawing_is_named_with_its_line(tmp_path: Path) -> None:
    error = broken(tmp_path, r"layers/head\.svg", "layers/heda.svg")
    assert "layers/heda.svg is not there" in str(error)
    assert error.findings[0].line == line_of(tmp_path, r"heda\.svg")


def test_every_missing_drawing_is_named(tmp_path: Path) -> None:
    folder = tiny_bundle(tmp_path)
    for file in ("layers/head.svg", "cells/brow.svg"):
        (folder / file).unlink()
    with pytest.raises(InvalidFile) as caught:
        load_bundle(folder)
    assert len(caught.value.findings) == 2


def test_a_drawing_outside_the_folder_is_refused(tmp_path: Path) -> None:
    assert "outside" in str(broken(tmp_path, r"^background: .*", "background: ../../x.svg"))


def test_bad_yaml_has_its_line(tmp_path: Path) -> None:
    error = broken(tmp_path, r"^name: Kai", "name: [Kai")
    assert error.findings[0].line > 0


def test_an_unknown_key_is_refused_with_its_line(tmp_path: Path) -> None:
    error = broken(tmp_path, r"^  hand_lag: ", "  hand_leg: ")
    assert "arms.hand_leg: is not a known key" in str(error)
    assert error.findings[0].line == line_of(tmp_path, "hand_leg")


def test_a_rest_that_is_no_gesture(tmp_path: Path) -> None:
    assert "'sleep' is not one of the gestures" in str(broken(tmp_path, r"^  rest: clasp", "  rest: sleep"))


def test_a_missing_viseme_is_named(tmp_path: Path) -> None:
    assert "missing PP" in str(broken(tmp_path, r"^  PP: ", "  PPP: "))


def test_a_grid_must_ascend(tmp_path: Path) -> None:
    assert "mouth.round must ascend" in str(broken(tmp_path, r"^  round: .*", "  round: [1, 0]"))


def test_cells_must_fall_on_whole_pixels(tmp_path: Path) -> None:
    assert "brows.box does not fall on whole pixels" in str(
        broken(tmp_path, r"^  box: \[360, 280, 80, 60\]", "  box: [361, 280, 80, 60]")
    )
