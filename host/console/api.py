"""Comments, state, commands and login over HTTP."""

from __future__ import annotations

from typing import Annotated, TypeVar

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from host.console.auth import same_origin
from host.console.desk import Desk
from host.console.limits import check_rate, client_of, read_json
from host.console.replies import Json, Refused
from host.core.comment import MAX_ID, PAGE, PAGE_IDS, is_page_id, page_id
from host.core.control import Command, CommandError
from host.core.reason import reason_of

Source = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.-]{1,32}$")]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class CommentBody(_Body):
    """What a page or a bridging tool posts. Lengths are left to triage, which records a verdict on what it refuses.

    ``id`` makes sending again harmless: a comment is taken once. ``viewer`` is the id the platform knows the viewer by:
    nicknames collide and change. ``id``, ``source`` and ``viewer`` are a bridge's to choose, which sends the token. Of
    anybody else the source is ``page``, the viewer who `Visitors` says, and ids begin with ``page:``, which is put
    before those that do not; the reply's ``comment_id`` is the id as it stands.
    """

    user: str
    text: str
    id: str = Field(default="", max_length=MAX_ID)
    source: Source = PAGE
    viewer: str = Field(default="", max_length=MAX_ID)


class LoginBody(_Body):
    """The operator's token."""

    token: str = Field(max_length=1000)


_REQUIRED: dict[str, tuple[tuple[str, ...], ...]] = {
    "goto": (("product", "link"),),
    "say": (("text",),),
    "answer": (("comment_id",), ("text",)),
    "correct": (("comment_id",), ("text",)),
    "dismiss": (("comment_id",),),
    "allow": (("wording",),),
    "revoke": (("wording",),),
}
"""Per command, the arguments it needs: of each group at least one."""

Body = TypeVar("Body", bound=BaseModel)


def router(desk: Desk) -> APIRouter:
    """``/api``."""
    routes = APIRouter(prefix="/api")

    @routes.post("/comments")
    async def comment(request: Request) -> Response:
        _own_page(request)
        bridge = desk.auth.trusted(request)
        if not bridge:
            check_rate(desk.comments, client_of(request), "comments")
        body = _valid(CommentBody, await read_json(request, desk.limits.comment_bytes))
        if bridge:
            chosen, source, viewer = _of_bridge(body.id), body.source, body.viewer
        else:
            chosen, source, viewer = _of_page(body.id), PAGE, desk.visitors.viewer(request)
        response = Json({"comment_id": desk.room.comment(body.user, body.text, chosen, source, viewer)}, 202)
        if not bridge:
            desk.visitors.greet(request, response)
        return response

    @routes.get("/public")
    async def public() -> Response:
        return Json(desk.hub.public())

    @routes.get("/state")
    async def state(request: Request) -> Response:
        desk.auth.operator(request)
        return Json(desk.room.state())

    @routes.post("/commands")
    async def command(request: Request) -> Response:
        operator = desk.auth.operator(request)
        act = _valid(Command, await read_json(request, desk.limits.command_bytes))
        _complete(act)
        try:
            after = await desk.room.command(act, operator)
        except CommandError as error:
            raise Refused(409, reason_of(error)) from None
        desk.hub.refresh()
        return Json(after)

    @routes.get("/session")
    async def session(request: Request) -> Response:
        return Json({"operator": desk.auth.is_operator(request)})

    @routes.post("/login")
    async def login(request: Request) -> Response:
        _own_page(request)
        body = _valid(LoginBody, await read_json(request, desk.limits.command_bytes))
        session = desk.auth.login(request, body.token)
        response = Response(status_code=204)
        desk.auth.set_cookie(request, response, session)
        return response

    @routes.post("/logout")
    async def logout(request: Request) -> Response:
        desk.auth.operator(request)
        response = Response(status_code=204)
        desk.auth.logout(request, response)
        return response

    return routes


def _own_page(request: Request) -> None:
    """Refuse what a foreign web page sends with its visitor's browser."""
    if not same_origin(request.headers, required=False):
        raise Refused(403, "requests from other sites' pages are not taken")


def _of_bridge(chosen: str) -> str:
    if is_page_id(chosen):
        raise Refused(400, f"id: ids that begin with {PAGE_IDS} are those of comments sent without a token")
    return chosen


def _of_page(chosen: str) -> str:
    scoped = page_id(chosen)
    if len(scoped) > MAX_ID:  # cut short it could stand for another one
        raise Refused(400, f"id: with {PAGE_IDS} before it, it should have at most {MAX_ID} characters")
    return scoped


def _valid(model: type[Body], body: dict[str, object]) -> Body:
    """The body as a model. Raises `Refused` 400 that names the first thing wrong."""
    try:
        return model.model_validate(body)
    except ValidationError as error:
        problem = error.errors(include_url=False, include_input=False)[0]
        name = ".".join(str(part) for part in problem["loc"])
        if problem["type"] == "missing":
            raise Refused(400, f"{name} is missing") from None
        if problem["type"] == "extra_forbidden":
            raise Refused(
                400, f"{name[:100]!r} is not a known key", "known keys: " + ", ".join(model.model_fields)
            ) from None
        raise Refused(400, f"{name}: {problem['msg']}") from None


def _complete(act: Command) -> None:
    for group in _REQUIRED.get(act.command, ()):
        if all(getattr(act, name) in ("", None) or not str(getattr(act, name)).strip() for name in group):
            raise Refused(400, f"{act.command} needs {' or '.join(group)}")
