from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from puppet_bundles import tiny_bundle

from host.avatar import raster
from host.avatar.bundle import Bundle, load_bundle
from host.avatar.raster import Atlas, load_atlas
from host.core.errors import InvalidFile


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    return load_bundle(tiny_bundle(tmp_path_factory.mktemp("tiny")))


@pytest.fixture(scope="module")
def drawn(bundle: Bundle) -> Atlas:
    return load_atlas(bundle)


def same(a: Atlas, b: Atlas) -> bool:
    return all(np.array_equal(a.layers[file].pixels, b.layers[file].pixels) for file in a.layers) and all(
        np.array_equal(a.cells[file], b.cells[file]) for file in a.cells
    )


def test_a_layer_lies_where_its_drawing_says(bundle: Bundle, drawn: Atlas) -> None:
    place = bundle.manifest.place
    layer = drawn.layers["layers/head.svg"]
    left, top = 300 * place.scale + place.x, 300 * place.scale + place.y
    assert (layer.x, layer.y) == (int(left) - 1, int(top) - 1)
    assert layer.pixels[..., 3].max() == 255
    assert not layer.pixels[0].any()
    assert not layer.pixels[:, -1].any()


def test_cells_have_the_shape_of_their_grid(bundle: Bundle, drawn: Atlas) -> None:
    mouth = bundle.manifest.mouth
    assert drawn.cells[mouth.base].shape == (2, 2, 2, 84, 126, 4)
    assert drawn.cells[bundle.manifest.brows.cells].shape == (2, 2, 2, 63, 84, 4)


def test_the_cache_is_used_and_gives_the_same(bundle: Bundle, drawn: Atlas, tmp_path: Path, monkeypatch) -> None:
    steps: list[tuple[int, int]] = []
    assert same(load_atlas(bundle, tmp_path, lambda done, of: steps.append((done, of))), drawn)
    assert steps[-1] == (len(bundle.files), len(bundle.files))
    assert [file.suffix for file in tmp_path.iterdir()] == [".npz"]
    monkeypatch.setattr(raster, "rasterise", lambda tasks: pytest.fail("drawn again"))
    assert same(load_atlas(bundle, tmp_path), drawn)


@pytest.mark.parametrize("damage", ["cut", "garbage", "empty", "flipped"])
def test_a_damaged_cache_is_made_again(bundle: Bundle, drawn: Atlas, tmp_path: Path, monkeypatch, damage: str) -> None:
    monkeypatch.setattr(raster, "rasterise", lambda tasks: [(file, raw[file]) for file in bundle.files])
    raw = {file: (layer.x, layer.y, layer.pixels) for file, layer in drawn.layers.items()}
    for file, (grid, columns, _) in raster._sheets(bundle.manifest).items():
        rows = -(-int(np.prod(grid)) // columns)
        cells = drawn.cells[file].reshape(-1, *drawn.cells[file].shape[-3:])
        sheet = np.zeros((rows * columns, *cells.shape[1:]), np.uint8)
        sheet[: len(cells)] = cells
        sheet = sheet.reshape(rows, columns, *cells.shape[1:]).swapaxes(1, 2)
        raw[file] = (0, 0, np.ascontiguousarray(sheet.reshape(rows * cells.shape[1], -1, 4)))
    load_atlas(bundle, tmp_path)
    (kept,) = tmp_path.iterdir()
    whole = kept.read_bytes()
    middle = len(whole) // 2
    kept.write_bytes(
        {
            "cut": whole[:middle],
            "garbage": b"no archive at all",
            "empty": b"",
            "flipped": whole[:middle] + bytes([whole[middle] ^ 255]) + whole[middle + 1 :],
        }[damage]
    )
    assert same(load_atlas(bundle, tmp_path), drawn)
    assert kept.read_bytes() == whole


def test_a_cache_that_cannot_be_written_does_not_matter(bundle: Bundle, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    assert load_atlas(bundle, blocked).layers


def test_nothing_half_written_is_left(bundle: Bundle, tmp_path: Path, monkeypatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(np, "savez", fail)
    load_atlas(bundle, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_only_the_newest_are_kept(bundle: Bundle, tmp_path: Path) -> None:
    for i in range(8):
        old = tmp_path / f"avatar-old{i}-1.npz"
        old.write_bytes(b"")
        os.utime(old, (i, i))
    load_atlas(bundle, tmp_path)
    left = {file.name for file in tmp_path.iterdir()}
    assert len(left) == 6
    assert f"avatar-{bundle.digest}-{raster.VERSION}.npz" in left
    assert "avatar-old7-1.npz" in left


def test_a_drawing_that_is_none_is_named(tmp_path: Path) -> None:
    folder = tiny_bundle(tmp_path)
    (folder / "layers" / "head.svg").write_text("<svg><g></svg>", encoding="utf-8")
    with pytest.raises(InvalidFile, match=r"head\.svg: cannot be drawn"):
        load_atlas(load_bundle(folder))
