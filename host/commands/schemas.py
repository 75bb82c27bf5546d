"""The JSON Schemas that editors complete by."""

from __future__ import annotations

from typing import Any

from host.config import json_schema
from host.show.schema import sheet_schema as sheet_schema
from host.show.schema import shop_schema


def with_shop() -> dict[str, Any]:
    """That of room files, the shop sheet that may stand in them included."""
    room, shop = json_schema(), shop_schema()
    room["$defs"] = {**room.get("$defs", {}), **shop.pop("$defs", {})}
    shop.pop("$schema")
    told = room["properties"]["shop"].get("description", "")
    room["properties"]["shop"] = {"anyOf": [{"type": "string"}, shop], "description": told}
    return room
