"""Facts over HTTP: what is in force, what was at a moment, and changes of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from host.console.desk import Desk
from host.console.limits import json_of, read_body, read_json
from host.console.replies import Json, Refused
from host.core.comment import MAX_ID
from host.core.livefacts.change import Change, ChangeRefused, Refusal
from host.core.livefacts.ledger import Outcome
from host.core.reason import Reason, data

MOST_CHANGES = 200
"""In one webhook."""
MERGE_PATCH = "application/merge-patch+json"
"""RFC 7396, which the body of a ``PATCH`` follows: what it does not name stays, null takes away."""

_STATUS = {Refusal.UNKNOWN: 404, Refusal.INVALID: 422, Refusal.CONFLICT: 412, Refusal.REUSED: 422}
_TAG = re.compile(r'^(?:W/)?"(\d{1,9})"$')


def router(desk: Desk) -> APIRouter:
    """``/api/products`` and ``/api/feeds/webhook``."""
    routes = APIRouter(prefix="/api")

    @routes.get("/products/{product}")
    async def facts(request: Request, product: str, at: str = "") -> Response:
        desk.auth.operator(request)
        found = await desk.room.facts_at(product, _moment(at)) if at else desk.room.facts(product)
        if found is None:
            raise Refused(404, "there is no such product" if not at else "nothing is on record of such a product then")
        return _facts(found)

    @routes.patch("/products/{product}")
    async def change(request: Request, product: str) -> Response:
        operator = desk.auth.operator(request)
        body = await read_json(request, desk.limits.facts_bytes, ("application/json", MERGE_PATCH))
        wanted = _change(product, body, operator, _key(request), _version(request))
        (result,) = desk.room.change([wanted])
        if isinstance(result, ChangeRefused):
            headers = {} if result.version is None else {"ETag": f'"{result.version}"'}
            raise Refused(_STATUS[result.refusal], result.reason, headers=headers)
        desk.hub.refresh()
        return _facts({**(desk.room.facts(product) or {}), "made": result.version, "again": result.again})

    @routes.post("/feeds/webhook")
    async def webhook(request: Request) -> Response:
        desk.webhook.expect(request)
        body = await read_body(request, desk.limits.facts_bytes)
        sender = desk.webhook.sender(request, body)
        wanted = _changes(json_of(body), sender)
        results = [_result(each, done) for each, done in zip(wanted, desk.room.change(wanted), strict=True)]
        desk.hub.refresh()
        refused = sum("error" in each for each in results)
        return Json({"results": results}, 200 if not refused else 422 if refused == len(results) else 207)

    return routes


def _facts(found: dict[str, Any]) -> Response:
    response = Json(found)
    response.headers["ETag"] = f'"{found["version"]}"'
    return response


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text.replace(" ", "+")).astimezone()  # a plus in a query string is a space
    except (ValueError, OverflowError):
        raise Refused(400, "at: expected a moment in ISO 8601", "for example 2026-11-11T20:00:00+08:00") from None


def _key(request: Request) -> str:
    """``Idempotency-Key``, with or without the quotation marks of a structured field."""
    key = request.headers.get("idempotency-key", "").strip().strip('"')
    if len(key) > MAX_ID:
        raise Refused(400, f"Idempotency-Key has more than {MAX_ID} characters")
    return key


def _version(request: Request) -> int | None:
    """The version that ``If-Match`` names (RFC 9110, 13.1.1); None for any."""
    tag = request.headers.get("if-match", "").strip()
    if tag in ("", "*"):
        return None
    match = _TAG.match(tag)
    if match is None:
        raise Refused(400, 'If-Match: expected the ETag of the product, for example "3"')
    return int(match[1])


def _change(product: str, sent: Mapping[str, Any], by: str, key: str = "", version: int | None = None) -> Change:
    """The change of a body, in which ``id`` and ``version`` stand for the headers."""
    values = dict(sent)
    name, wanted = values.pop("id", key), values.pop("version", version)
    if not isinstance(name, str) or len(name) > MAX_ID:
        raise Refused(400, f"id: expected a text of at most {MAX_ID} characters")
    if wanted is not None and (isinstance(wanted, bool) or not isinstance(wanted, int)):
        raise Refused(400, "version: expected a whole number")
    return Change(product, values, by, f"{by}:{name}" if name else "", wanted)


def _changes(body: Mapping[str, Any], sender: str) -> list[Change]:
    """The changes of a webhook; one without an id is known by that of the webhook and its place."""
    listed = body.get("changes")
    if not isinstance(listed, list) or not 1 <= len(listed) <= MOST_CHANGES or len(body) != 1:
        raise Refused(400, f"expected {{'changes': […]}} with 1 to {MOST_CHANGES} changes")
    wanted = []
    for place, each in enumerate(listed):
        if not isinstance(each, dict) or not isinstance(each.get("product"), str):
            raise Refused(400, f"changes.{place}: expected an object with the id of a product under 'product'")
        values = {key: value for key, value in each.items() if key != "product"}
        wanted.append(_change(each["product"], values, "webhook", f"{sender}:{place}"))
    return wanted


def _result(change: Change, result: Outcome | ChangeRefused) -> dict[str, Any]:
    if isinstance(result, Outcome):
        return {"product": change.product, "version": result.version, "again": result.again}
    reason: Reason = result.reason
    return {"product": change.product, "error": str(reason), "why": data(reason)}
