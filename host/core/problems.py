"""What pydantic says of a value, as a reason: by the type of the problem, never by its English."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, get_args

import annotated_types
from pydantic import BaseModel

from host.core.findings import hint_of
from host.core.reason import Reason

_CODES = {
    "missing": "is_missing", "extra_forbidden": "unknown_key",
    "dict_type": "expects_group", "model_type": "expects_group", "model_attributes_type": "expects_group",
    "list_type": "expects_list", "string_type": "expects_text",
    "int_type": "expects_whole", "int_parsing": "expects_whole", "int_from_float": "expects_whole",
    "float_type": "expects_number", "float_parsing": "expects_number", "finite_number": "expects_number",
    "bool_type": "expects_yes_no", "bool_parsing": "expects_yes_no",
    "greater_than_equal": "at_least", "greater_than": "more_than", "less_than_equal": "at_most",
    "less_than": "less_than", "literal_error": "one_of", "string_pattern_mismatch": "not_in_form",
    "string_too_long": "too_many_characters", "string_too_short": "is_empty", "too_long": "too_many_entries",
    "too_short": "is_empty",
}  # fmt: skip
"""The code for each type of problem the models of this house can have (pydantic_core.ErrorDetails, ``type``)."""
_LIMITS = {"ge": "limit", "gt": "limit", "le": "limit", "lt": "limit", "max_length": "limit"}


def problem_of(problem: Any, model: type[BaseModel]) -> tuple[str, str]:
    """What is wrong with a value and what to do, of one entry of ``ValidationError.errors()``."""
    context = problem.get("ctx", {})
    if problem["type"] == "value_error":
        error = context["error"]
        reason = error.args[0] if error.args and isinstance(error.args[0], Reason) else Reason("other", text=str(error))
        return reason, hint_of(reason.code, reason.details)
    code = _CODES.get(problem["type"])
    if code is None:
        return Reason("other", text=str(problem["msg"])), ""
    if code in ("at_least", "at_most") and (bounds := _bounds(model, problem["loc"])):
        return Reason("in_range", least=bounds[0], most=bounds[1]), ""
    details = {_LIMITS.get(name, name): value for name, value in context.items()}
    if code == "is_missing":
        details["key"] = str(problem["loc"][-1])
    if code == "unknown_key":
        details["known"] = known_keys(model) if len(problem["loc"]) == 1 else []
    return Reason(code, **details), hint_of(code, details)


def _bounds(model: type[BaseModel], keys: Sequence[str | int]) -> tuple[float, float] | None:
    """Both bounds of the field at ``keys``, where it has both."""
    field = None
    for key in keys:
        if isinstance(key, int):
            continue
        field = next((each for name, each in model.model_fields.items() if key in (name, each.alias)), None)
        if field is None:
            return None
        inner = [kind for kind in _kinds(field.annotation) if isinstance(kind, type) and issubclass(kind, BaseModel)]
        model = inner[0] if inner else model
    bounds = {type(each): each for each in (field.metadata if field else ())}
    least, most = bounds.get(annotated_types.Ge), bounds.get(annotated_types.Le)
    return (least.ge, most.le) if least and most else None


def _kinds(annotation: Any) -> Iterator[Any]:
    """An annotation and those it is made of."""
    yield annotation
    for inner in get_args(annotation):
        yield from _kinds(inner)


def known_keys(model: type[BaseModel]) -> list[str]:
    """The keys of a model, as they are written."""
    return [field.alias or name for name, field in model.model_fields.items()]
