"""What the project promises beside its code: licences listed, README commands that exist, a backend in twenty lines."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import typer

from host.cli import app
from host.config import Backend, json_schema
from host.core import plugins
from host.core.clock import VirtualClock, run_virtual
from host.core.errors import LivehostError
from host.core.ports import Context
from host.voice.opening import open_voices

ROOT = Path(__file__).parent.parent
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def names(requirements: list[str]) -> set[str]:
    """Package names, normalised as PEP 503 says."""
    return {re.sub(r"[-_.]+", "-", re.split(r"[^A-Za-z0-9_.-]", text)[0]).lower() for text in requirements}


def test_every_direct_dependency_has_its_licence_listed() -> None:
    table = (ROOT / "THIRD_PARTY.md").read_text(encoding="utf-8")
    listed = names(re.findall(r"^\| ([A-Za-z0-9_.-]+) \|", table, re.MULTILINE)) - {"package"}
    extras = PROJECT["optional-dependencies"]
    wanted = names(PROJECT["dependencies"]).union(*map(names, extras.values())) - {"livehost"}
    assert listed == wanted


@pytest.mark.parametrize(("lock", "extra"), [("requirements.lock", []), ("requirements-test.lock", ["test", "listen"])])
def test_every_direct_dependency_is_locked_with_hashes(lock: str, extra: list[str]) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    locked = names(re.findall(r"^([A-Za-z0-9_.-]+)==", text, re.MULTILINE))
    wanted = names(PROJECT["dependencies"]) | {n for e in extra for n in names(PROJECT["optional-dependencies"][e])}
    assert wanted - {"livehost"} <= locked
    blocks = re.split(r"^(?=[A-Za-z0-9_.-]+==)", text, flags=re.MULTILINE)[1:]
    assert all("--hash=sha256:" in block for block in blocks)


def test_the_commands_of_the_readme_exist() -> None:
    command = typer.main.get_command(app)
    known = set(command.commands)  # type: ignore[attr-defined]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"(?:^    |`)livehost ([a-z]+)", readme, re.MULTILINE)) <= known
    table = readme[readme.index("| command |") :]
    assert known <= set(re.findall(r"`livehost ([a-z]+)", table))


def test_the_backend_in_the_readme_works_as_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    code = re.search(r"```python\n(# beeper\.py\n.*?)```", readme, re.DOTALL)
    entry = re.search(r'```toml\n.*?\[project\.entry-points\."(.+?)"\]\n(.+?)\n```', readme, re.DOTALL)
    assert code
    assert entry
    (tmp_path / "beeper.py").write_text(code[1], encoding="utf-8")
    info = tmp_path / "beeper-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: beeper\nVersion: 1.0\n", encoding="utf-8")
    registered = entry[2].replace('"', "")
    (info / "entry_points.txt").write_text(f"[{entry[1]}]\n{registered}\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert "beeper" in plugins.names(plugins.VOICES)
    clock = VirtualClock()
    context = Context(clock, "test", tmp_path, tmp_path / "cache", tmp_path)

    async def speak() -> None:
        voice = open_voices({"zh": [Backend(name="beeper", options={"pitch": 330})]}, context)
        for spoken in ("你好", "这款杯子现在六十九元，四十八小时内发货。"):
            speech = await voice.speak(spoken, "zh")
            assert speech.engine == "beeper"
            assert speech.pcm.dtype == np.int16
        await voice.close()

    run_virtual(speak(), clock)
    sys.modules.pop("beeper", None)


@pytest.mark.parametrize(
    "group",
    [plugins.VOICES, plugins.COMMENTS, plugins.ANSWERERS, plugins.RENDERERS, plugins.OUTPUTS, plugins.JUDGES],
)
def test_ours_register_the_same_way_and_an_unknown_one_names_them(group: str) -> None:
    for name in plugins.names(group):
        assert callable(plugins.load(group, name))
    with pytest.raises(LivehostError) as unknown:
        plugins.load(group, "nobody")
    assert unknown.value.finding.hint == "there are: " + ", ".join(plugins.names(group))


def test_the_schema_is_complete_enough_for_an_editor() -> None:
    schema = json_schema()
    assert set(schema["required"]) == {"name", "scripts"}
    assert schema["properties"]["voice"]


def test_findings_are_made_by_code_so_that_every_language_has_words_for_them() -> None:
    makers = {"core/errors.py", "core/findings.py", "core/options.py", "core/yamlfile.py"}
    for path in (ROOT / "host").rglob("*.py"):
        if str(path.relative_to(ROOT / "host")) not in makers:
            assert not re.search(r"\bFinding\(", path.read_text(encoding="utf-8")), path
