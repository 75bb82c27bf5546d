"""Write every SVG of the bundle: ``python -m avatars.mei.drawing``. The grids of cells come from avatar.yaml."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from . import arms, face, host, mouth, stage
from .mouth import Lips

FOLDER = Path(__file__).resolve().parent.parent
Cell = Callable[..., str]


def _write(file: str, size: tuple[float, float], *parts: str) -> None:
    width, height = size
    text = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}">'
    # one element a line: a change to the drawing shows as a change of those lines
    content = re.sub(r"(</g>|/>)(?=<)", r"\1\n", "".join(parts))
    (FOLDER / file).write_text(f"{text}\n{content}\n</svg>\n", encoding="utf-8")


def _layer(file: str, *parts: str) -> None:
    _write(file, (host.W, host.H), host.DEFS, *parts)


def _at(point: tuple[float, float], svg: str) -> str:
    return f'<g transform="translate({point[0]:g} {point[1]:g})">{svg}</g>'


def _sheet(file: str, spec: dict[str, Any], box: Sequence[float], axes: Sequence[Sequence[float]], cell: Cell) -> None:
    """Draw the cell of every point of the grid, row by row, the last axis fastest."""
    x, y, width, height = box
    columns = spec["columns"]
    cells = [_at((i % columns * width - x, i // columns * height - y), cell(*point, f"c{i}")) for i, point in enumerate(itertools.product(*axes))]
    _write(file, (columns * width, -(-len(cells) // columns) * height), *cells)


def _faded(svg: str, name: str, start: float, end: float) -> str:
    """The part of a layer below ``start``..``end`` (above, where end lies over start), with a soft edge."""
    gradient = host.lin(name, 0, start, 0, end, [(0, "#000"), (1, "#fff")])
    area = f'x="0" y="0" width="{host.W}" height="{host.H}"'
    return f'<defs>{gradient}<mask id="{name}m" maskUnits="userSpaceOnUse" {area}><rect {area} fill="url(#{name})"/></mask></defs><g mask="url(#{name}m)">{svg}</g>'


def layers() -> None:
    """The set, the body and the layers of the head."""
    _write("background.svg", (host.W, host.H), stage.background())
    lowered = f'<g transform="translate(0 {host.BODY_DY})">'
    # the hair behind the neck stays with the body, the hair behind the head goes with the head
    _layer("layers/hair_low.svg", _faded(host.hair_back(), "low", 296, 330))
    _layer("layers/hair_back.svg", _faded(host.hair_back(), "top", 345, 325))
    _layer("layers/neck.svg", host.neck(), lowered, host.necklace(), "</g>")
    _layer("layers/body.svg", lowered, host.body(), "</g>")
    _layer("layers/hair_left.svg", host.hair_side("r"))
    _layer("layers/hair_right.svg", host.hair_side("l"))
    _layer("layers/head.svg", host.head())
    _layer("layers/jaw.svg", host.jaw())
    _layer("layers/blush.svg", host.blush())
    _layer("layers/nose.svg", host.nose())
    _layer("layers/hair_front.svg", host.hair_front())
    _layer("layers/accessories.svg", host.accessories())
    iris, glint = face.iris_svg()
    _layer("layers/iris.svg", _at(face.EYE["l"], iris))
    _layer("layers/glint.svg", _at(face.EYE["l"], glint))


def arm_parts() -> None:
    """Both arms in every gesture, each as upper arm, forearm and hand."""
    for gesture in arms.POSES:
        for part, svg in arms.arm_svg(gesture, "a").items():
            _layer(f"arms/right_{gesture}_{part}.svg", svg)
            _layer(f"arms/left_{gesture}_{part}.svg", f'<g transform="translate({host.W} 0) scale(-1 1)">{svg}</g>')


def cells(manifest: dict[str, Any]) -> None:
    """Mouths, the right eye and the right brow, at every point of the manifest's grids."""
    spec = manifest["mouth"]
    box, shapes = spec["box"], (spec["round"], spec["smile"])
    for index, layer in enumerate(("base", "over")):

        def draw(lips: Lips, name: str, index: int = index) -> str:
            return _at(mouth.ANCHOR, mouth.mouth_cell(lips, name)[index])

        pressed, bitten = spec["pressed"], spec["bitten"]
        _sheet(spec[layer], spec, box, (spec["aperture"], *shapes), lambda a, r, s, n, draw=draw: draw(Lips(a, r, s), n))
        _sheet(pressed[layer], pressed, box, (pressed["press"], *shapes), lambda p, r, s, n, draw=draw: draw(Lips(0, r, s, p), n))
        _sheet(bitten[layer], bitten, box, (bitten["aperture"], spec["smile"]), lambda a, s, n, draw=draw: draw(Lips(a, 0, s, 0, 1), n))
    spec = manifest["eyes"]
    axes = (spec["open"], spec["squint"])
    for index, layer in enumerate(("base", "over")):
        _sheet(spec[layer], spec, spec["box"], axes, lambda o, s, n, index=index: _at(face.EYE["l"], face.eye_cell(o, s, n)[index]))
    spec = manifest["brows"]
    axes = (spec["rise"], spec["furrow"], spec["tilt"])
    _sheet(spec["cells"], spec, spec["box"], axes, lambda r, f, t, n: _at(face.BROW["l"], face.brow_svg("l", r, f, t, n)))


def main() -> None:
    """Write the bundle's SVG files."""
    manifest = YAML(typ="safe").load((FOLDER / "avatar.yaml").read_text(encoding="utf-8"))
    for folder in ("layers", "arms", "cells"):
        (FOLDER / folder).mkdir(exist_ok=True)
    layers()
    arm_parts()
    cells(manifest)


if __name__ == "__main__":
    main()
