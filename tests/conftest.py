"""Settings every test shares."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

# A shared or starved machine makes no property false: examples are bounded in number, not in time.
settings.register_profile("livehost", deadline=None, print_blob=True)
settings.load_profile("livehost")


@pytest.fixture(scope="session")
def speech_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder shared by the session: the same sentence is spoken once."""
    return tmp_path_factory.mktemp("cache")
