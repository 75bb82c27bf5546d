"""The two pages, their modules and styles, and the products' pictures."""

from __future__ import annotations

import json
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.types import Scope

from host.console.desk import Desk
from host.console.replies import Refused
from host.core.lang import Lang
from host.core.wording import words

STATIC = Path(__file__).parent / "static"

_PICTURES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
_SCRIPTS = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}
_SVG_HEADERS = {
    # An SVG is a document that may carry script: inert in <img>, so it must not be opened as a page of ours.
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "Content-Disposition": "attachment",
}


class Assets(StaticFiles):
    """Modules and styles: revalidated at each load, with types that do not depend on the machine's registry."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "no-cache"
        kind = _SCRIPTS.get(Path(path).suffix)
        if kind and response.status_code == 200:
            response.headers["Content-Type"] = kind
        return response


def router(desk: Desk) -> APIRouter:
    """``/``, ``/console`` and ``/images/{product}``."""
    routes = APIRouter()

    @routes.api_route("/", methods=["GET", "HEAD"])
    async def viewer_page(request: Request) -> Response:
        response = FileResponse(STATIC / "viewer.html", media_type="text/html; charset=utf-8")
        desk.visitors.greet(request, response)
        return response

    @routes.api_route("/console", methods=["GET", "HEAD"])
    async def console_page(request: Request) -> Response:
        """The page itself tells nothing; what it shows comes from the API. ``?token=`` is exchanged for a session and
        leaves the address by a redirect."""
        token = request.query_params.get("token")
        if token is None:
            return FileResponse(STATIC / "console.html", media_type="text/html; charset=utf-8")
        try:
            session = desk.auth.login(request, token)
        except Refused as refused:
            return RedirectResponse(f"/console?login={refused.status}", 303)
        response = RedirectResponse("/console", 303)
        desk.auth.set_cookie(request, response, session)
        return response

    @routes.api_route("/words/{lang}.js", methods=["GET", "HEAD"])
    def reasons(lang: Lang) -> Response:
        """What reasons say in a language, as a module: the words of `host.core.wording` for the console's reader."""
        spoken = words(lang)
        data = {"templates": spoken.templates, "tables": spoken.tables, "separator": spoken.separator}
        body = f"export default {json.dumps(data, ensure_ascii=False)};\n"
        return Response(body, media_type=_SCRIPTS[".js"], headers={"Cache-Control": "no-cache"})

    @routes.api_route("/images/{product}", methods=["GET", "HEAD"])
    def picture(product: str) -> Response:
        path = Path(desk.room.images.get(product, ""))
        kind = _PICTURES.get(path.suffix.lower())
        if kind is None or not path.is_file():
            raise Refused(404, "there is no such picture")
        headers = {"Cache-Control": "no-cache", **(_SVG_HEADERS if kind == "image/svg+xml" else {})}
        return FileResponse(path, media_type=kind, headers=headers)

    return routes
