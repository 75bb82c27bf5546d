"""What the environment says: variables that start with ``LIVEHOST_``. Command-line options stand above them."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict

from host.core.errors import LivehostError


def _default_cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "livehost"


def _default_shared() -> Path:
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "livehost"


class Settings(BaseSettings):
    """``LIVEHOST_DATA``, ``LIVEHOST_CACHE``, ``LIVEHOST_SHARED``, ``LIVEHOST_TOKEN``, ``LIVEHOST_LOG`` (text, json),
    ``LIVEHOST_MODELS``, ``LIVEHOST_WEBHOOK_SECRET``."""

    model_config = SettingsConfigDict(env_prefix="LIVEHOST_", extra="ignore")

    data: Path = Path("var")
    """Journals and recordings."""
    cache: Path = _default_cache()
    """What can be made again: rasters, spoken sentences, models put together from packages."""
    shared: Path = _default_shared()
    """What every room of this user shares, whatever folder it is in: models that were installed."""
    token: str = ""
    """The console's; empty: one is made and kept in the data folder."""
    webhook_secret: str = ""
    """What another system signs its changes of facts with; empty: none are taken."""
    log: str = "text"
    models: str = ""
    """Mirrors of models, addresses or folders, in the order they are asked: separated by spaces or commas."""


def console_token(settings: Settings, data: Path) -> str:
    """The token that opens the console: the environment's, else the one kept in the data folder (made if need be)."""
    if settings.token:
        return settings.token
    file = data / "console-token"
    try:
        data.mkdir(parents=True, exist_ok=True)
        if file.is_file() and (kept := file.read_text(encoding="ascii").strip()):
            return kept
        token = secrets.token_urlsafe(24)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as handle:
            handle.write(token)
    except (OSError, UnicodeDecodeError) as error:
        raise LivehostError(
            f"the console's token cannot be kept in {file}: {error}", hint="choose another folder with --data"
        ) from None
    return token
