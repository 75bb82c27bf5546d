"""Where a server lies that a backend asks over HTTP, and with which key: alike for answers and voices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar
from urllib.parse import urlsplit

from pydantic import Field, SecretStr

from host.core.options import BackendOptions
from host.core.reason import Reason


class NoKey(Exception):
    """The endpoint needs a key, and none is set that could be sent. Its argument is the `Reason`."""


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


class ServerOptions(BackendOptions):
    """Options of whatever asks a server. Each may have an address and a key of its own."""

    public: ClassVar[str] = ""
    """The address of those that name none."""
    key_name: ClassVar[str] = ""
    """The environment variable of the key that ``public`` wants; none where it wants none."""

    base_url: str = Field(
        default="", pattern=r"^(https?://\S+)?$", max_length=500, description="the server's address, http(s)://…"
    )
    key_env: str = Field(default="", description="the environment variable that holds the key for this endpoint alone")

    def endpoint(self, env: Mapping[str, str]) -> Endpoint:
        """The endpoint these options and the environment name; one with an address of its own needs no key. Raises
        `NoKey`."""
        return self._endpoint(self.base_url, "", env)

    def _endpoint(self, base_url: str, written: str, env: Mapping[str, str]) -> Endpoint:
        name = self.key_env or self.key_name
        key = (written or (env.get(name, "") if name else "")).strip()
        if not key and (self.key_env or (name and not base_url)):
            raise NoKey(Reason("no_key", name=name))
        if not (key.isascii() and key.isprintable() and " " not in key):  # a header cannot carry it
            raise NoKey(Reason("key_unusable", name="api_key" if written else name))
        return Endpoint(base_url or self.public, key)


class EndpointOptions(ServerOptions):
    """Options of whatever asks an endpoint with OpenAI's HTTP protocol."""

    public = "https://api.openai.com/v1"
    key_name = "OPENAI_API_KEY"

    base_url: str = Field(default="", description="instead of OPENAI_BASE_URL")
    api_key: SecretStr = Field(default=SecretStr(""), description="the key itself; better kept in the environment")

    def endpoint(self, env: Mapping[str, str]) -> Endpoint:
        """The endpoint these options and the environment name. Without ``key_env`` and ``api_key`` the key is
        ``OPENAI_API_KEY``; an endpoint with an address needs none. Raises `NoKey`."""
        base_url = self.base_url or env.get("OPENAI_BASE_URL", "")
        return self._endpoint(base_url, self.api_key.get_secret_value(), env)
