"""Settings every test shares."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

# A shared or starved machine makes no property false: examples are bounded in number, not in time.
settings.register_profile("livehost", deadline=None, print_blob=True)
settings.load_profile("livehost")


WALL_CLOCK = frozenset(
    {"output", "stage", "test_console_connections.py", "test_end_to_end_live.py", "test_hostile_text.py"}
)
"""Folders and files of tests that go by the wall clock, rooms on air and queues between threads and processes, or that
measure how time grows."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what wants the machine to itself, for `make test` to run the rest on every core beforehand."""
    here = Path(__file__).parent
    for item in items:
        if WALL_CLOCK.intersection(item.path.relative_to(here).parts):
            item.add_marker("wall_clock")


@pytest.fixture(scope="session")
def speech_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder shared by the session: the same sentence is spoken once."""
    return tmp_path_factory.mktemp("cache")
