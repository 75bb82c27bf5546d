"""Viewers' media: WHEP (draft-ietf-wish-whep) over `ViewerGateway`.

``POST /whep?preview`` is the operator's own look at the picture: it needs the token or a session, and is no viewer.

Players on other sites may use it, so these routes alone answer CORS. The server gathers its candidates before it
answers and learns the client's from its connectivity checks (peer-reflexive), so that trickled candidates need no more
than an acknowledgement. ICE restarts are not supported: the client posts a new offer.
"""

from __future__ import annotations

import re
import secrets
from collections import OrderedDict

from fastapi import APIRouter, Request
from fastapi.responses import Response

from host.console.desk import Desk
from host.console.limits import check_rate, client_of, media_type, read_body
from host.console.replies import Json, Refused
from host.console.trickle import condition_holds, fragments
from host.core.control import BadOffer, Busy, ViewerGateway

SDP = "application/sdp"
FRAGMENT = "application/trickle-ice-sdpfrag"
_MOST_SESSIONS = 10_000
_EXPOSED = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Location, ETag, Retry-After"}
_PREFLIGHT = {
    **_EXPOSED,
    "Access-Control-Allow-Methods": "POST, PATCH, DELETE, OPTIONS",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, If-Match",
    "Access-Control-Max-Age": "86400",
    "Accept-Post": SDP,
}


class Sessions:
    """ETag and ICE user fragments of the sessions begun here, the latest `_MOST_SESSIONS` of them."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, tuple[str, frozenset[str]]] = OrderedDict()

    def add(self, session: str, offer: str) -> str:
        """Remember a session; returns its ETag."""
        etag = f'"{secrets.token_hex(8)}"'
        self._known[session] = (etag, fragments(offer))
        if len(self._known) > _MOST_SESSIONS:
            self._known.popitem(last=False)
        return etag

    def get(self, session: str) -> tuple[str, frozenset[str]] | None:
        """ETag and user fragments of a session."""
        return self._known.get(session)

    def discard(self, session: str) -> None:
        """Forget a session."""
        self._known.pop(session, None)


def router(desk: Desk) -> APIRouter:
    """``/whep`` and ``/whep/{session}``."""
    routes = APIRouter()
    sessions = Sessions()

    @routes.post("/whep")
    async def connect(request: Request) -> Response:
        try:
            return await _connect(desk, sessions, request)
        except Refused as refused:
            return _exposed(refused.response())

    @routes.api_route("/whep", methods=["GET", "HEAD"])
    async def nothing_here() -> Response:
        return Response(status_code=204, headers=_PREFLIGHT)

    @routes.api_route("/whep", methods=["OPTIONS"])
    @routes.api_route("/whep/{session}", methods=["OPTIONS"])
    async def preflight() -> Response:
        return Response(status_code=204, headers=_PREFLIGHT)

    @routes.api_route("/whep/{session}", methods=["GET", "HEAD"])
    async def session_has_no_body(session: str) -> Response:
        return Response(status_code=204 if sessions.get(session) else 404, headers=_EXPOSED)

    @routes.patch("/whep/{session}")
    async def trickle(session: str, request: Request) -> Response:
        try:
            return await _trickle(desk, sessions, session, request)
        except Refused as refused:
            return _exposed(refused.response())

    @routes.delete("/whep/{session}")
    async def disconnect(session: str) -> Response:
        known = sessions.get(session) is not None
        sessions.discard(session)
        gone = await desk.room.viewers.disconnect(session) if desk.room.viewers else False
        if gone or known:
            return Response(status_code=200, headers=_EXPOSED)
        return _exposed(Refused(404, "there is no such session").response())

    return routes


async def _connect(desk: Desk, sessions: Sessions, request: Request) -> Response:
    if media_type(request) != SDP:
        raise Refused(415, f"expected Content-Type: {SDP}", headers={"Accept-Post": SDP})
    if not _accepts_sdp(request.headers.get("accept", "")):
        raise Refused(406, f"the answer is {SDP}")
    preview = "preview" in request.query_params
    if preview:
        desk.auth.operator(request)
    elif not desk.auth.trusted(request):
        check_rate(desk.viewers, client_of(request), "viewers")
    gateway = _gateway(desk)
    body = await read_body(request, desk.limits.sdp_bytes)
    try:
        offer = body.decode()
        answer = await gateway.connect(offer, preview=preview)
    except (UnicodeDecodeError, BadOffer) as error:
        raise Refused(400, "not a usable session description", _reason(error)) from None
    except Busy as busy:
        raise Refused(
            503, "the room has as many viewers as it can serve", str(busy), _retry(busy.retry_after)
        ) from None
    etag = sessions.add(answer.session, offer)
    headers = {**_EXPOSED, "Location": f"/whep/{answer.session}", "ETag": etag}
    return Response(answer.sdp, 201, headers, media_type=SDP)


async def _trickle(desk: Desk, sessions: Sessions, session: str, request: Request) -> Response:
    if media_type(request) != FRAGMENT:
        raise Refused(415, f"expected Content-Type: {FRAGMENT}", headers={"Accept-Patch": FRAGMENT})
    known = sessions.get(session)
    if known is None:
        raise Refused(404, "there is no such session")
    etag, own = known
    body = (await read_body(request, desk.limits.sdp_bytes)).decode("utf-8", "replace")
    if not condition_holds(request.headers.getlist("if-match"), etag):
        raise Refused(412, "If-Match is not this session's ETag", f"send If-Match: {etag} or *, or leave it out")
    if fragments(body) - own:
        raise Refused(422, "ICE restarts are not supported", "post a new offer to /whep")
    return Response(status_code=204, headers=_EXPOSED)


def _gateway(desk: Desk) -> ViewerGateway:
    if desk.room.viewers is None:
        raise Refused(404, "this room has no WebRTC output", "add whep to the outputs of the room file")
    return desk.room.viewers


def _accepts_sdp(accept: str) -> bool:
    """Whether an Accept header (RFC 9110, 12.5.1) admits SDP; an empty one admits everything."""
    ranges = {}
    for part in filter(None, (part.strip().lower() for part in accept.split(","))):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        ranges[name] = not any(re.fullmatch(r"q=0(\.0*)?", parameter) for parameter in parameters)
    for name in (SDP, "application/*", "*/*"):
        if name in ranges:
            return ranges[name]
    return not ranges


def _reason(error: Exception) -> str:
    return "not UTF-8 text" if isinstance(error, UnicodeDecodeError) else str(error)


def _retry(seconds: int) -> dict[str, str]:
    return {"Retry-After": str(seconds)}


def _exposed(response: Json) -> Response:
    response.headers.update(_EXPOSED)
    return response
