"""Lengths of time as people write them in files: ``90s``, ``5m``, ``1.5h``."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BeforeValidator

from host.core.reason import Reason

_WRITTEN = re.compile(r"^(?P<number>\d+(?:\.\d+)?) ?(?P<unit>s|m|min|h)$")
_SECONDS = {"s": 1.0, "m": 60.0, "min": 60.0, "h": 3600.0}


def parse_duration(text: object) -> float:
    """``90s``, ``5m`` or ``1.5h`` in seconds. Raises ValueError."""
    match = _WRITTEN.match(str(text).strip())
    if match is None:
        raise ValueError(Reason("not_a_duration", text=str(text)))
    return float(match["number"]) * _SECONDS[match["unit"]]


Duration = Annotated[float, BeforeValidator(parse_duration, json_schema_input_type=str)]
