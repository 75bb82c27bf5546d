"""`livehost new`: a folder of one's own, copied from the bundled beginnings."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from host.core.bundled import bundled
from host.core.errors import LivehostError

AVATAR = "kai"


def make_folder(folder: Path, schemas: Mapping[str, dict[str, Any]]) -> list[Path]:
    """Make a folder with a room, a first product, its picture, a shop sheet, an avatar, and schemas, by name, by which
    editors complete what is written. Returns what was made.

    Raises `LivehostError` where there is something already: nothing of the user's is overwritten.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise LivehostError(f"{folder} is not empty", hint="choose a folder that is not there yet")
    try:
        shutil.copytree(bundled("config", "new"), folder, dirs_exist_ok=True)
        data_only = shutil.ignore_patterns("*.py", "drawing", "__pycache__")
        for name, schema in schemas.items():
            text = json.dumps(schema, ensure_ascii=False, indent=1)
            (folder / f"{name}.schema.json").write_text(text, encoding="utf-8")
        shutil.copytree(bundled("avatars", AVATAR), folder / "avatars" / AVATAR, ignore=data_only)
    except OSError as error:
        raise LivehostError(f"{folder} cannot be made: {error.strerror or error}") from None
    return sorted(path for path in folder.rglob("*") if path.is_file() and AVATAR not in path.parts)
