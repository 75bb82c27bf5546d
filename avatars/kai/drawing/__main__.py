"""Write every SVG of the bundle: ``python -m avatars.kai.drawing``. The grids of cells come from avatar.yaml."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from . import body, face, hair, hands, mouth, stage
from .mouth import Lips
from .shapes import fmt

FOLDER = Path(__file__).resolve().parent.parent
CANVAS = (720, 1280)
Cell = Callable[..., str]


def _write(file: str, size: tuple[float, float], *parts: str) -> None:
    width, height = (fmt(value) for value in size)
    text = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
    # one element a line: a change to the drawing shows as a change of those lines
    content = re.sub(r"(</g>|/>)(?=<)", r"\1\n", "".join(parts))
    (FOLDER / file).write_text(f"{text}\n{content}\n</svg>\n", encoding="utf-8")


def _definitions(svg: str) -> str:
    return "".join(re.findall(r"<defs>.*?</defs>", svg, re.S))


def _sheet(file: str, spec: dict[str, Any], box: Sequence[float], axes: Sequence[Sequence[float]], defs: str, cell: Cell) -> None:
    """Draw the cell of every point of the grid, row by row, the last axis fastest."""
    x, y, width, height = box
    columns = spec["columns"]
    cells = []
    for i, point in enumerate(itertools.product(*axes)):
        at = f"translate({fmt(i % columns * width - x)} {fmt(i // columns * height - y)})"
        cells.append(f'<g transform="{at}">{cell(*point, f"c{i}")}</g>')
    rows = -(-len(cells) // columns)
    _write(file, (columns * width, rows * height), defs, *cells)


def layers() -> None:
    """The set, the body and the layers of the head."""
    _write("background.svg", CANVAS, stage.background_svg())
    _write("layers/body_back.svg", CANVAS, body.body_back_svg())
    _write("layers/neck.svg", CANVAS, body.neck_svg())
    _write("layers/body.svg", CANVAS, body.body_svg())
    head = face.head_svg()
    shared = _definitions(head)
    _write("layers/hair_back.svg", CANVAS, hair.hair_back_svg())
    _write("layers/head.svg", CANVAS, head)
    _write("layers/smile.svg", CANVAS, shared, face.smile_svg())
    _write("layers/hair_shadow.svg", CANVAS, shared, hair.hair_shadow_svg())
    _write("layers/nose.svg", CANVAS, shared, face.nose_svg())
    _write("layers/hair_front.svg", CANVAS, hair.hair_front_svg())
    _write("layers/iris.svg", CANVAS, face.iris_svg())
    _write("layers/glint.svg", CANVAS, face.glint_svg())


def arms() -> None:
    """Both arms in every gesture, each as upper arm, forearm and hand."""
    shared = _definitions(body.body_svg()) + hands.DEFS
    for side, letter in (("left", "l"), ("right", "r")):
        for gesture in body.ARMS:
            parts, defs = body.arm_svg(letter, gesture)
            for part, svg in parts.items():
                _write(f"arms/{side}_{gesture}_{part}.svg", CANVAS, shared, defs, svg)


def cells(manifest: dict[str, Any]) -> None:
    """Mouths, the right eye and the right brow, at every point of the manifest's grids."""
    spec = manifest["mouth"]
    box, shapes = spec["box"], (spec["round"], spec["smile"])
    for layer, defs, draw in (("base", mouth.BASE_DEFS, mouth.mouth_base), ("over", mouth.OVER_DEFS, mouth.mouth_over)):
        _sheet(spec[layer], spec, box, (spec["aperture"], *shapes), defs, lambda a, r, s, n, draw=draw: draw(Lips(a, r, s), n))
        pressed, bitten = spec["pressed"], spec["bitten"]
        _sheet(pressed[layer], pressed, box, (pressed["press"], *shapes), defs, lambda p, r, s, n, draw=draw: draw(Lips(0, r, s, p), n))
        _sheet(bitten[layer], bitten, box, (bitten["aperture"], spec["smile"]), defs, lambda a, s, n, draw=draw: draw(Lips(a, 0, s, 0, 1), n))
    spec = manifest["eyes"]
    for layer, draw in (("base", face.eye_base), ("over", face.eye_over)):
        _sheet(spec[layer], spec, spec["box"], (spec["open"], spec["squint"]), face.EYE_DEFS, draw)
    spec = manifest["brows"]
    _sheet(spec["cells"], spec, spec["box"], (spec["rise"], spec["furrow"], spec["tilt"]), face.BROW_DEFS, face.brow_svg)


def main() -> None:
    """Write the bundle's SVG files."""
    manifest = YAML(typ="safe").load((FOLDER / "avatar.yaml").read_text(encoding="utf-8"))
    for folder in ("layers", "arms", "cells"):
        (FOLDER / folder).mkdir(exist_ok=True)
    layers()
    arms()
    cells(manifest)


if __name__ == "__main__":
    main()
