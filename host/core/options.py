"""The options of a backend, as written under its name in the room file: a pydantic model, read in one way by whoever
opens the backend and by whoever checks a room file.

::

    class Options(BackendOptions):
        pitch: float = 440

    @takes(Options, "voice beeper")
    def open_voice(options: Options, context: Context) -> Beeper: ...

What a decorated factory is called with stays a mapping. A factory without a model reads its options by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from host.core.errors import Finding, InvalidFile
from host.core.ports import Context
from host.core.problems import problem_of
from host.core.reason import Reason

Model = TypeVar("Model", bound="BackendOptions")
Backend = TypeVar("Backend")
Place = tuple[str | int, ...]
Factory = Callable[[Mapping[str, Any], Context], Backend]


class BackendOptions(BaseModel):
    """Base of a backend's options: known names only."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class NoOptions(BackendOptions):
    """Those of a backend that takes none."""


def takes(model: type[Model], name: str) -> Callable[[Callable[[Model, Context], Backend]], Factory[Backend]]:
    """Make a factory that takes ``model`` one that takes a mapping. ``name`` is the backend's kind and name, for what
    people are told. Calling it raises `InvalidFile` with everything that is wrong in the options."""

    def decorate(factory: Callable[[Model, Context], Backend]) -> Factory[Backend]:
        @wraps(factory)
        def opened(options: Mapping[str, Any], context: Context) -> Backend:
            return factory(read_options(name, options, model), context)

        opened.__dict__["options"] = (name, model)
        return opened

    return decorate


def wrong_options(
    factory: Callable[..., Any], options: Mapping[str, Any], folder: Path | None = None
) -> list[tuple[Place, Finding]]:
    """What the factory would refuse of its options, with the keys of each, so that its line can be found; nothing where
    it has no model.

    Validators get the folder of the room file as ``context["folder"]``: what an option names there can be looked at. A
    factory is given what is well formed and looks for itself: a file that is gone at night stops no room.
    """
    name, model = getattr(factory, "options", ("", None))
    if not (isinstance(model, type) and issubclass(model, BackendOptions)):
        return []
    try:
        model.model_validate(dict(options), context={"folder": folder})
    except ValidationError as error:
        return _wrong(name, model, error)
    return []


def read_options(name: str, options: Mapping[str, Any], model: type[Model]) -> Model:
    """The options of the backend ``name``. Raises `InvalidFile` naming each option that is wrong, and which exist."""
    try:
        return model.model_validate(dict(options))
    except ValidationError as error:
        raise InvalidFile([finding for _, finding in _wrong(name, model, error)]) from None


def _wrong(name: str, model: type[BackendOptions], error: ValidationError) -> list[tuple[Place, Finding]]:
    wrong: list[tuple[Place, Finding]] = []
    kind, _, engine = name.partition(" ")
    for problem in error.errors():
        why, hint = problem_of(problem, model)
        key = ".".join(str(part) for part in problem["loc"])
        known = Reason("not_an_option.hint", option=key, known=[*model.model_fields])
        if problem["type"] == "extra_forbidden":
            why, hint = Reason("not_an_option", option=key), known
        elif key:
            why = Reason("at_key", key=key, why=why)
        message = Reason("backend_option", kind=kind, name=engine, why=why)
        wrong.append((tuple(problem["loc"]), Finding("", 0, message, hint or known)))
    return wrong
