"""The languages a room can speak."""

from __future__ import annotations

from typing import Literal

Lang = Literal["zh", "en"]
