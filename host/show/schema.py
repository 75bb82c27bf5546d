"""The JSON Schema of product and shop sheets, for editors: every key in every form that is taken."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from host.show.keys import ENTRY_GROUPS, SINGLE_GROUPS, TABLES
from host.show.model import Sheet, ShopSheet

_DEFS = {"FaqEntry": "faq", "PromotionEntry": "promotions", "TermEntry": "promotions", "VariantEntry": "variants",
         "ExtraEntry": "sold_separately", "WarrantyEntry": "warranty", "AudienceEntry": "audience",
         "BatchEntry": "batches", "ExceptionEntry": "exceptions"}  # fmt: skip
"""By the model of an entry: the table of its keys."""
_GROUPS = (*ENTRY_GROUPS, *SINGLE_GROUPS, "size_chart", "facts")
_PLAIN: list[dict[str, Any]] = [{"type": "object"}, {"type": "array"}, {"type": ["string", "number"]}]
"""The forms in which people write a group; its own is suggested first."""


def sheet_schema() -> dict[str, Any]:
    """That of the front matter of a script."""
    return _schema(Sheet, "sheet")


def shop_schema() -> dict[str, Any]:
    """That of a shop sheet."""
    return _schema(ShopSheet, "shop")


def _schema(model: type[BaseModel], table: str) -> dict[str, Any]:
    schema = model.model_json_schema(by_alias=True)
    properties = schema["properties"]
    for key in set(properties) & set(_GROUPS):
        properties[key] = {"anyOf": [properties[key], *_PLAIN]}
    _with_forms(schema, table)
    for name, entry in schema.get("$defs", {}).items():
        _with_forms(entry, _DEFS[name])
    if "VariantEntry" in schema.get("$defs", {}):
        schema["$defs"]["VariantEntry"].pop("additionalProperties", None)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _with_forms(schema: dict[str, Any], table: str) -> None:
    """Every form of a key beside it. None of them is required: which form is taken is the writer's choice."""
    schema.pop("required", None)
    properties = schema["properties"]
    forms = {form: properties[key] for form, key in TABLES[table].items() if key in properties}
    schema["properties"] = properties | forms
