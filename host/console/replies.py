"""Errors as JSON, and the headers every reply carries."""

from __future__ import annotations

import json
import traceback
from collections.abc import Mapping
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from host.core.reason import Reason, data

log = structlog.get_logger("livehost.console")

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self' blob:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}


def to_json(value: object) -> str:
    """Compact JSON. Half a surrogate pair, which some comment sources let through, becomes ``?``: it has no UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace").decode()


class Json(JSONResponse):
    """A JSON reply."""

    def render(self, content: Any) -> bytes:
        return to_json(content).encode()


class Refused(Exception):
    """A request that is answered with an error: status, what is wrong, what to do, and headers."""

    def __init__(self, status: int, error: str, hint: str = "", headers: Mapping[str, str] | None = None) -> None:
        super().__init__(error)
        self.status, self.error, self.hint, self.headers = status, error, hint, dict(headers or {})

    def response(self) -> Json:
        """``{"error", "hint"?, "why"?}``; ``why`` where the error is a `Reason`."""
        body: dict[str, Any] = {"error": self.error}
        if self.hint:
            body["hint"] = self.hint
        if isinstance(self.error, Reason):
            body["why"] = data(self.error)
        return Json(body, self.status, self.headers)


def install(app: FastAPI) -> None:
    """Answer every error of ``app`` as JSON and put the security headers on every reply."""
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _unexpected)
    app.add_middleware(SecurityHeaders)


def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return error.response()


def _http_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return Json({"error": str(error.detail)}, error.status_code, error.headers)


def _unexpected(request: Request, error: Exception) -> Response:
    # The path only: a query string may hold a token.
    log.error("request failed", method=request.method, path=request.url.path, error=repr(error), trace=trace(error))
    return Refused(500, "the server made a mistake; its log says more").response()


def trace(error: BaseException) -> str:
    """The traceback as text: log renderers that show the values of variables would show tokens."""
    return "".join(traceback.format_exception(error))


class SecurityHeaders:
    """ASGI middleware: adds the headers a reply does not set itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_secured)
