"""The shapes of a room's state, taken at their word: what they do not declare is an error, as is what they lack."""

from __future__ import annotations

import json
from typing import Any

from pydantic import ConfigDict, TypeAdapter
from typing_extensions import is_typeddict

from host.console import shapes

for _shape in vars(shapes).values():
    if is_typeddict(_shape):
        _shape.__pydantic_config__ = ConfigDict(extra="forbid")

_ROOM = TypeAdapter(shapes.RoomState)
_PUBLIC = TypeAdapter(shapes.PublicState)


def check_state(state: dict[str, Any]) -> None:
    """Raises `pydantic.ValidationError` where a state is not a `RoomState` to the letter, or cannot be sent."""
    _ROOM.validate_python(state, strict=True)
    _PUBLIC.validate_python(shapes.public_state(state, frozenset()), strict=True)  # type: ignore[arg-type]
    assert json.loads(json.dumps(state)) == state
