"""A command imports what it runs: each in a process of its own, held against what it must not pay for."""

from __future__ import annotations

import subprocess
import sys

import pytest

from host.core.bundled import bundled

NEVER = ("playwright", "hypothesis", "pytest")
ON_AIR = ("fastapi", "starlette", "uvicorn", "aiortc", "sqlalchemy", "prometheus_client")
PICTURE = ("av", "cv2", "numpy", "resvg_py")
SPEECH = ("pypinyin", "edge_tts", "openai")
FILES = ("ruamel", "structlog", "watchfiles")


def imported(*arguments: str) -> set[str]:
    """The top-level packages, and the modules of ours, that a command has imported in the end."""
    code = (
        "import sys\nfrom host.cli import app\nsys.argv[0] = 'livehost'\n"
        "try:\n    app()\nexcept SystemExit as end:\n    assert not end.code, end.code\n"
        "print('\\nmodules:', *sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    modules = done.stdout.rpartition("modules:")[2].split()
    return {name for name in modules if "." not in name or name.startswith("host.")}


@pytest.mark.parametrize(
    "arguments",
    [("--help",), ("--version",), ("live", "--help"), ("bench", "restart", "--help"), ("voice", "install", "--help")],
)
def test_the_command_line_itself_imports_no_department(arguments: tuple[str, ...]) -> None:
    modules = imported(*arguments)
    assert not modules & {*NEVER, *ON_AIR, *PICTURE, *SPEECH, *FILES, "asyncio"}
    ours = {name for name in modules if name.startswith("host.")} - {"host.cli", "host.core"}
    assert ours <= {"host.bench", "host.bench.commands", "host.commands", "host.commands.avatar",
                    "host.commands.consent", "host.commands.rooms",
                    "host.commands.terminal", "host.commands.voice", "host.core.bundled", "host.core.errors",
                    "host.core.garbage", "host.core.heap"}  # fmt: skip


def test_checking_files_opens_nothing_of_a_room() -> None:
    """OpenCV decodes the pictures of the shop: a damaged one is told of before it is shown."""
    modules = imported("check", str(bundled("config", "demo.yaml")))
    assert modules & {*NEVER, *ON_AIR, "av", "resvg_py", "pypinyin", "edge_tts", "openai"} == set()
    assert "host.room" not in modules
