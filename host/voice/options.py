"""Options of an engine, checked against its settings."""

from __future__ import annotations

from typing import TypeVar

from pydantic import BaseModel, ValidationError

from host.core.errors import LivehostError
from host.core.ports import Options

Settings = TypeVar("Settings", bound=BaseModel)


def parse(model: type[Settings], options: Options, engine: str) -> Settings:
    """The settings written under an engine's name in the room file. Raises `LivehostError` naming the first mistake."""
    try:
        return model.model_validate(dict(options))
    except ValidationError as error:
        problem = error.errors()[0]
        key = ".".join(map(str, problem["loc"]))
        known = "known options: " + ", ".join(model.model_fields)
        if problem["type"] == "extra_forbidden":
            raise LivehostError(f"voice {engine}: {key!r} is not an option", hint=known) from None
        message = str(problem["msg"]).removeprefix("Value error, ")
        raise LivehostError(f"voice {engine}: {key}: {message}", hint=known) from None
