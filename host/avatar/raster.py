"""Drawings to pixels, once: every SVG of a bundle is rasterised by resvg and kept on disk under a hash of the bundle.

Nothing here needs a font: the drawings carry no text.
"""

from __future__ import annotations

import os
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from host.avatar.bundle import ARM_PARTS, SIDES, Bundle, Manifest, arm_file
from host.avatar.planes import Layer, Pixels
from host.avatar.resvg import MARGIN, Task, rasterise
from host.core.media import HEIGHT, WIDTH

VERSION = 1
"""Part of the cache's name: raise it when the same drawings would give other pixels."""

_KEPT = 6
"""Atlases kept in a cache folder."""

Progress = Callable[[int, int], None]
"""Called with drawings done and drawings in all."""


@dataclass(frozen=True)
class Atlas:
    """A bundle's drawings as premultiplied YUVA at picture scale.

    Layers know their place on the picture. Cells are arrays ``[*grid, h, w, 4]`` in the manifest's axis order.
    """

    layers: Mapping[str, Layer]
    """By file name."""
    cells: Mapping[str, Pixels]


def load_atlas(bundle: Bundle, cache: Path | None = None, progress: Progress | None = None) -> Atlas:
    """The bundle's atlas, from ``cache`` where it is there and whole, else made and kept there.

    Raises `InvalidFile` for a drawing that cannot be rasterised. A cache that cannot be written is not an error.
    """
    place = cache / f"avatar-{bundle.digest}-{VERSION}.npz" if cache else None
    if place:
        with suppress(OSError, ValueError, KeyError, zipfile.BadZipFile, EOFError):
            return _atlas(bundle.manifest, _read(place, bundle.files))
    made = _rasterise_all(bundle, progress)
    if place:
        with suppress(OSError):
            _write(place, made)
            _forget(place.parent)
    return _atlas(bundle.manifest, made)


Raster = dict[str, tuple[int, int, Pixels]]
"""File to x, y and pixels."""


def _read(place: Path, files: tuple[str, ...]) -> Raster:
    out: Raster = {}
    with np.load(place, allow_pickle=False) as kept:
        for i, file in enumerate(files):
            x, y = (int(value) for value in kept[f"at{i}"])
            out[file] = (x, y, kept[f"pixels{i}"])
    return out


def _write(place: Path, made: Raster) -> None:
    """Write whole or not at all."""
    place.parent.mkdir(parents=True, exist_ok=True)
    arrays: dict[str, Any] = {}
    for i, (x, y, pixels) in enumerate(made.values()):
        arrays[f"at{i}"], arrays[f"pixels{i}"] = np.array([x, y]), pixels
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=place.stem, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            np.savez(file, **arrays)
        Path(name).replace(place)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _forget(folder: Path) -> None:
    """Only the newest few are kept: every change to a drawing makes another, of some 50 MB."""
    kept = sorted(folder.glob("avatar-*.npz"), key=lambda file: file.stat().st_mtime, reverse=True)
    for file in kept[_KEPT:]:
        file.unlink(missing_ok=True)


def _rasterise_all(bundle: Bundle, progress: Progress | None) -> Raster:
    tasks = list(_tasks(bundle))
    done: Raster = {}
    for file, raster in rasterise(tasks):
        done[file] = raster
        if progress:
            progress(len(done), len(tasks))
    return {file: done[file] for file in bundle.files}


def _tasks(bundle: Bundle) -> Iterator[Task]:
    """Sheets first: they take longest."""
    manifest = bundle.manifest
    scale, place = manifest.place.scale, manifest.place
    for file, (grid, columns, box) in _sheets(manifest).items():
        rows = -(-int(np.prod(grid)) // columns)
        view = (0.0, 0.0, float(columns * box[2]), float(rows * box[3]))
        size = (round(columns * box[2] * scale), round(rows * box[3] * scale))
        yield Task(file, str(bundle.folder / file), view, size, crop=False)
    sheets = _sheets(manifest)
    # a leaning figure must have no cut edge: layers are drawn beyond the frame
    figure = (-MARGIN - place.x, -MARGIN - place.y, WIDTH + 2 * MARGIN, HEIGHT + 2 * MARGIN)
    for file in bundle.files:
        if file == manifest.background:
            canvas = (0.0, 0.0, float(manifest.canvas[0]), float(manifest.canvas[1]))
            yield Task(file, str(bundle.folder / file), canvas, (WIDTH, HEIGHT), crop=False)
        elif file not in sheets:
            left, top, width, height = figure
            view = (left / scale, top / scale, width / scale, height / scale)
            yield Task(file, str(bundle.folder / file), view, (width, height), crop=True)


def _sheets(manifest: Manifest) -> dict[str, tuple[tuple[int, ...], int, tuple[int, int, int, int]]]:
    """Every sheet of cells: its grid, its columns, the box of a cell."""
    mouth, eyes, brows = manifest.mouth, manifest.eyes, manifest.brows
    shapes = (len(mouth.round), len(mouth.smile))
    out: dict[str, tuple[tuple[int, ...], int, tuple[int, int, int, int]]] = {}
    for layer in ("base", "over"):
        out[getattr(mouth, layer)] = ((len(mouth.aperture), *shapes), mouth.columns, mouth.box)
        pressed, bitten = mouth.pressed, mouth.bitten
        out[getattr(pressed, layer)] = ((len(pressed.press), *shapes), pressed.columns, mouth.box)
        out[getattr(bitten, layer)] = ((len(bitten.aperture), len(mouth.smile)), bitten.columns, mouth.box)
        out[getattr(eyes, layer)] = ((len(eyes.open), len(eyes.squint)), eyes.columns, eyes.box)
    out[brows.cells] = ((len(brows.rise), len(brows.furrow), len(brows.tilt)), brows.columns, brows.box)
    return out


def _atlas(manifest: Manifest, made: Raster) -> Atlas:
    sheets = _sheets(manifest)
    cells = {}
    for file, (grid, columns, box) in sheets.items():
        width, height = round(box[2] * manifest.place.scale), round(box[3] * manifest.place.scale)
        sheet = made[file][2]
        rows = sheet.shape[0] // height
        apart = sheet.reshape(rows, height, columns, width, 4).swapaxes(1, 2).reshape(-1, height, width, 4)
        cells[file] = np.ascontiguousarray(apart[: int(np.prod(grid))]).reshape(*grid, height, width, 4)
    layers = {file: Layer(x, y, pixels) for file, (x, y, pixels) in made.items() if file not in sheets}
    return Atlas(layers, cells)


def arm_layers(bundle: Bundle, atlas: Atlas) -> dict[tuple[str, str], dict[str, Layer]]:
    """The parts of every arm, by side and gesture."""
    manifest = bundle.manifest
    return {
        (side, gesture): {part: atlas.layers[arm_file(manifest, side, gesture, part)] for part in ARM_PARTS}
        for side in SIDES
        for gesture in manifest.arms.gestures
    }
