"""What a script names and must be there: the pictures of sheet and lines, the gestures of the host."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from host.core.errors import Finding
from host.core.findings import found, found_at, warned
from host.core.pictures import MAX_BYTES, measured
from host.core.product import Product
from host.show.readable import NotAFile, beginning
from host.show.script import Script, Sentence

LEGIBLE = 400
"""Pixels of the longer side below which a size chart cannot be read, however large it is shown."""
PICTURES = {".png": b"\x89PNG", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff", ".webp": b"RIFF"}
"""What the files of each kind begin with."""


def pictures_lacking(product: Product, script: Script) -> Iterator[Finding]:
    """Pictures that are not there, or are no pictures; those of lines also where they are too small to be read."""
    if product.image and (problem := _problem(Path(product.image))):
        yield found_at("image", problem[0], product.source, product.lines.get("image", 0), **problem[1])
    for variant in product.variants:
        if variant.image and (problem := _problem(Path(variant.image))):
            key = f"variants.{variant.id}.image"
            yield found_at(key, problem[0], product.source, product.lines.get(key, 0), **problem[1])
    for sentence in _sentences(script):
        if sentence.direction.show and (problem := _problem(Path(sentence.direction.show))):
            yield found_at("show", problem[0], product.source, sentence.source_line, **problem[1])
        elif sentence.direction.show and (small := _small(Path(sentence.direction.show))):
            yield warned("picture_small", product.source, sentence.source_line, **small)


def gestures_lacking(script: Script, gestures: Collection[str]) -> Iterator[Finding]:
    """Gestures that the avatar of the room does not have."""
    for sentence in _sentences(script):
        gesture = sentence.direction.gesture
        if gesture and gesture not in gestures:
            yield found("gesture_unknown", script.path, sentence.source_line, gesture=gesture, known=sorted(gestures))


def _sentences(script: Script) -> Iterator[Sentence]:
    for _, _, line in script.lines():
        for wording in line.wordings:
            yield from wording.sentences


def _problem(path: Path) -> tuple[str, dict[str, Any]] | None:
    magic = PICTURES.get(path.suffix.lower())
    if magic is None:
        return "picture_kind", {"file": path.name, "known": [*PICTURES]}
    try:
        head, size = beginning(path, len(magic))
    except NotAFile as error:
        return "picture_no_file", {"file": path.name, "kind": str(error)}
    except OSError:
        return "picture_missing", {"file": path.name, "place": str(path)}
    if head != magic:
        return "picture_other_kind", {"file": path.name, "kind": path.suffix[1:]}
    if size > MAX_BYTES:
        return "picture_too_large", {"file": path.name, "most": MAX_BYTES // 2**20}
    return None if _readable(path) else ("picture_broken", {"file": path.name})


def _readable(path: Path) -> bool:
    try:
        return measured(path) is not None
    except OSError:
        return False


def _small(path: Path) -> dict[str, Any] | None:
    """How large a picture is, if nobody could read what is written in it."""
    wide, high = measured(path) or (LEGIBLE, LEGIBLE)
    if max(wide, high) >= LEGIBLE:
        return None
    return {"file": path.name, "wide": wide, "high": high, "least": LEGIBLE}
