"""`livehost check`: everything that can be known to be wrong before a show goes on air."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from host.avatar.bundle import load_bundle
from host.config import RoomFile, load_room
from host.core import plugins
from host.core.errors import Finding, InvalidFile, LivehostError
from host.mind.guard.judge import Guard
from host.programme.parts import open_guard
from host.programme.vetting import vetted
from host.show.lint import lint
from host.show.load import Show, load_show


@dataclass
class Checked:
    """What was looked at, and what was found."""

    files: list[Path] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def errors(self) -> list[Finding]:
        """The findings that keep something off the air."""
        return [finding for finding in self.findings if finding.severity == "error"]


def check(paths: Sequence[Path], wall: datetime) -> Checked:
    """Check rooms (YAML), scripts (Markdown) and folders of them, at a moment: promotions come and go."""
    checked = Checked()
    scripts: list[Path] = []
    for path in paths:
        if path.is_dir():
            rooms, loose = _inside(path)
            for room in rooms:
                _check_room(room, checked, wall)
            scripts += loose
        elif path.suffix in (".yaml", ".yml"):
            _check_room(path, checked, wall)
        else:
            scripts.append(path)
    scripts = [script for script in scripts if script.resolve() not in {file.resolve() for file in checked.files}]
    if scripts:
        _check_scripts(scripts, open_guard(None), None, checked, wall)
    checked.findings = list(dict.fromkeys(checked.findings))
    return checked


def _inside(folder: Path) -> tuple[list[Path], list[Path]]:
    """The room files and the script files below a folder: YAML that names scripts, Markdown with front matter."""
    rooms = [file for file in sorted(folder.rglob("*.yaml")) if "\nscripts:" in _head(file)]
    scripts = [file for file in sorted(folder.rglob("*.md")) if _head(file).lstrip("\ufeff\n").startswith("---\n")]
    return rooms, [file for file in scripts if not file.name.startswith((".", "_"))]


def _head(file: Path) -> str:
    try:
        with file.open(encoding="utf-8", errors="replace") as handle:
            return "\n" + handle.read(8192) if file.suffix == ".yaml" else handle.read(8192)
    except OSError:
        return ""


def _check_room(path: Path, checked: Checked, wall: datetime) -> None:
    checked.files.append(path)
    try:
        room = load_room(path)
        scripts = room.script_files()
    except InvalidFile as error:
        checked.findings += error.findings
        return
    checked.findings += _unknown_backends(room)
    checked.findings += _no_scripts(room, scripts)
    gestures: Collection[str] | None = None
    try:
        gestures = load_bundle(room.avatar_folder()).manifest.arms.gestures
        guard = open_guard(room)
    except InvalidFile as error:
        checked.findings += error.findings
        return
    except LivehostError as error:
        checked.findings.append(error.finding)
        return
    show = _check_scripts(scripts, guard, gestures, checked, wall)
    known = {product.id for product in show.catalogue}
    for index, turn in enumerate(room.config.rundown):
        if turn.product not in known:
            hint = "there are: " + ", ".join(sorted(known))
            message = f"rundown.{index}: no product {turn.product!r}"
            checked.findings.append(Finding(str(path), room.line("rundown", index), message, hint))


def _unknown_backends(room: RoomFile) -> Iterator[Finding]:
    config = room.config
    groups: Iterable[tuple[str, str, Iterable[str]]] = (
        ("voice", plugins.VOICES, [spec.name for specs in config.voice.values() for spec in specs]),
        ("answerer", plugins.ANSWERERS, [spec.name for spec in config.answerer]),
        ("renderer", plugins.RENDERERS, [config.renderer.name]),
        ("comments", plugins.COMMENTS, [spec.name for spec in config.comments]),
        ("outputs", plugins.OUTPUTS, [spec.name for spec in config.outputs]),
    )
    for key, group, names in groups:
        for name in names:
            try:
                plugins.find(group, name)
            except LivehostError as error:
                yield Finding(str(room.path), room.line(key), error.finding.message, error.finding.hint)


def _no_scripts(room: RoomFile, scripts: Sequence[Path]) -> Iterator[Finding]:
    """A room with nothing to say, and scripts that are passed over for their names."""
    if not scripts:
        hint = "each product is one file whose name ends in .md; looked in: " + ", ".join(room.config.scripts)
        yield Finding(str(room.path), room.line("scripts"), "there is no script", hint)
    for entry in room.config.scripts:
        for file in sorted((room.folder / entry).glob("*")):
            if file.suffix.lower() in (".txt", ".markdown", ".docx"):
                yield Finding(str(file), 0, "is not taken for a script", "its name must end in .md", "warning")


def _check_scripts(
    files: Sequence[Path], guard: Guard, gestures: Collection[str] | None, checked: Checked, wall: datetime
) -> Show:
    checked.files += files
    show = load_show(files, gestures, wall)
    checked.findings += show.findings
    checked.findings += lint(show)
    checked.findings += [finding for finding in vetted(show, guard, wall) if finding is not None]
    return show
