"""Options as written in the room file: known names only, each of its type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from host.core.errors import LivehostError

Model = TypeVar("Model", bound="OutputOptions")


class OutputOptions(BaseModel):
    """Base of an output's options."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def read_options(name: str, options: Mapping[str, Any], model: type[Model]) -> Model:
    """Check ``options``. Raises `LivehostError` naming the option, what is wrong and which exist."""
    try:
        return model.model_validate(dict(options))
    except ValidationError as error:
        problem = error.errors()[0]
        option = ".".join(str(part) for part in problem["loc"])
        message = "no such option" if problem["type"] == "extra_forbidden" else str(problem["msg"])
        message = message.removeprefix("Value error, ")
        known = ", ".join(model.model_fields) or "none"
        raise LivehostError(f"output {name}: {option}: {message}", hint=f"its options: {known}") from None
