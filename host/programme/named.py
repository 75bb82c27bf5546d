"""What `livehost check` looks at: rooms, scripts and policy files, by the paths that were named."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from host.config import examine_room
from host.core.errors import LivehostError

FOLDERS_UP = 3
"""How far above a script the room is looked for that names it."""


def wanted(paths: Sequence[Path]) -> tuple[dict[Path, set[Path] | None], list[Path], list[Path]]:
    """The rooms to check, each with the only scripts that are wanted of it (None: all, and itself); scripts of none;
    policy files that none of the rooms names."""
    rooms: dict[Path, set[Path] | None] = {}
    scripts: list[Path] = []
    policies = [file for path in paths for file in ([path] if path.is_file() else sorted(path.rglob("*.yaml")))
                if _is_policy(file)]  # fmt: skip
    for path in paths:
        if path in policies:
            continue
        inside, listed = _inside(path) if path.is_dir() else ([path], []) if _is_yaml(path) else ([], [path])
        rooms |= dict.fromkeys(inside)
        scripts += listed
    covered = {file for room in rooms for file in _scripts_of(room)}
    loose: list[Path] = []
    for script in dict.fromkeys(scripts):
        if script.resolve() in covered:
            continue
        room = _room_above(script.resolve())
        if room is None:
            loose.append(script)
        elif (only := rooms.setdefault(room, set())) is not None:
            only.add(script.resolve())
    named = {file for room in rooms for file in _policies_of(room)}
    return rooms, loose, [file for file in dict.fromkeys(policies) if file.resolve() not in named]


def _policies_of(room: Path) -> list[Path]:
    """The policy files a room names; none where it cannot be read."""
    try:
        file = examine_room(room)
    except LivehostError:
        return []
    return [(file.folder / name).resolve() for name in file.config.policy]


def _is_policy(file: Path) -> bool:
    return _is_yaml(file) and "\ncategories:" in "\n" + head(file)


def _is_yaml(path: Path) -> bool:
    return path.suffix in (".yaml", ".yml")


def _inside(folder: Path) -> tuple[list[Path], list[Path]]:
    """The room files and the script files below a folder: YAML that names scripts, Markdown with front matter."""
    rooms = [file for file in sorted(folder.rglob("*.yaml")) if _is_room(file)]
    scripts = [file for file in sorted(folder.rglob("*.md")) if head(file).lstrip("\ufeff\n\r ").startswith("---")]
    return rooms, [file for file in scripts if not file.name.startswith((".", "_"))]


def _room_above(script: Path) -> Path | None:
    """The nearest room file above a script that names it, or its folder."""
    for folder in script.parents[: FOLDERS_UP + 1]:
        for place in (folder, folder / "config"):
            for file in sorted(place.glob("*.yaml")):
                if _is_room(file) and script in _scripts_of(file):
                    return file
    return None


def _scripts_of(room: Path) -> list[Path]:
    """The scripts a room names, and its shop sheet; none where it cannot be read."""
    try:
        read = examine_room(room)
        shop = read.shop_file()
        return [*read.script_files(), *([shop] if shop and shop != read.path else [])]
    except LivehostError:
        return []


def _is_room(file: Path) -> bool:
    return "\nscripts:" in "\n" + head(file)


def head(file: Path) -> str:
    """The beginning of a file, read as it can be; empty where it cannot."""
    try:
        with file.open(encoding="utf-8", errors="replace") as handle:
            return handle.read(8192)
    except OSError:
        return ""
