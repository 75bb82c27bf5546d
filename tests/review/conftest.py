"""What the tests of reports share."""

from __future__ import annotations

import pytest
from night import a_night

from host.core.journal_events import Event


@pytest.fixture(scope="session")
def night(tmp_path_factory: pytest.TempPathFactory) -> list[Event]:
    """The journal of a night, made once."""
    return a_night(tmp_path_factory.mktemp("night"))
