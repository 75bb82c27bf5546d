"""Settings every test shares."""

from __future__ import annotations

from hypothesis import settings

# A shared or starved machine makes no property false: examples are bounded in number, not in time.
settings.register_profile("livehost", deadline=None, print_blob=True)
settings.load_profile("livehost")
