"""Bundles to test with: Kai, rasterised once and kept between runs, and a tiny one of plain shapes."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from host.avatar.bundle import Bundle, load_bundle
from host.avatar.raster import Atlas, load_atlas
from host.core.bundled import bundled

_GRIDS = {
    "aperture": "[0, 1]",
    "round": "[0, 1]",
    "smile": "[0, 1]",
    "press": "[1]",
    "open": "[0, 1]",
    "squint": "[0, 1]",
    "rise": "[0, 1]",
    "furrow": "[0, 1]",
    "tilt": "[0, 1]",
    "columns": "4",
}


@lru_cache
def avatar(name: str, cache: Path) -> tuple[Bundle, Atlas]:
    """A bundled avatar."""
    bundle = load_bundle(bundled("avatars", name))
    return bundle, load_atlas(bundle, cache)


def tiny_bundle(folder: Path) -> Path:
    """Kai's manifest with two cells to every axis and one gesture; each drawing is a rectangle."""
    text = bundled("avatars", "kai", "avatar.yaml").read_text(encoding="utf-8")
    for key, value in _GRIDS.items():
        text = re.sub(rf"^( +{key}: ).*$", rf"\g<1>{value}", text, flags=re.M)
    text = re.sub(r"^ +(relaxed|present|point|thumb|ok|wave): \{elbow.*\n", "", text, flags=re.M)
    text = re.sub(r"^ +- \{file: layers/(smile|hair_shadow|nose|hair_back)\.svg.*\n", "", text, flags=re.M)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "avatar.yaml").write_text(text, encoding="utf-8")
    files = set(re.findall(r"[\w/]+\.svg", text))
    files |= {f"arms/{side}_clasp_{part}.svg" for side in ("left", "right") for part in ("upper", "fore", "hand")}
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><rect x="300" y="300" width="60" height="60" fill="#37757a"/></svg>'
    for file in files:
        (folder / file).parent.mkdir(exist_ok=True)
        (folder / file).write_text(svg, encoding="utf-8")
    return folder
