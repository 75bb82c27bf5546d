"""Where an endpoint with OpenAI's HTTP protocol lies, and with which key it is asked: alike for answers and voices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from pydantic import Field, SecretStr

from host.core.options import BackendOptions
from host.core.reason import Reason

PUBLIC = "https://api.openai.com/v1"


class NoKey(Exception):
    """The endpoint needs a key and none is set. Its argument is the `Reason`."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address, and the key it is asked with; without one no ``Authorization`` is sent."""

    base_url: str
    key: str = field(repr=False)

    @property
    def place(self) -> str:
        """Host and port, for people: no path, no user, no key."""
        parts = urlsplit(self.base_url)
        return (parts.hostname or self.base_url) + (f":{parts.port}" if parts.port else "")


class EndpointOptions(BackendOptions):
    """Options of whatever asks such an endpoint. Each may have an address and a key of its own."""

    base_url: str = Field(default="", description="instead of OPENAI_BASE_URL")
    key_env: str = Field(default="", description="the environment variable that holds the key for this endpoint alone")
    api_key: SecretStr = Field(default=SecretStr(""), description="the key itself; better kept in the environment")

    def endpoint(self, env: Mapping[str, str]) -> Endpoint:
        """The endpoint these options and the environment name. Without ``key_env`` and ``api_key`` the key is
        ``OPENAI_API_KEY``; an endpoint with an address needs none. Raises `NoKey`."""
        base_url = self.base_url or env.get("OPENAI_BASE_URL", "")
        key = self.api_key.get_secret_value() or env.get(self.key_env or "OPENAI_API_KEY", "")
        if not key and (self.key_env or not base_url):
            raise NoKey(Reason("no_key", name=self.key_env or "OPENAI_API_KEY"))
        return Endpoint(base_url or PUBLIC, key)
