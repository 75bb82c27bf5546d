"""Who may operate the room: the bearer token, or a session that the console got for it.

A session is a signed cookie (expiry, nonce, HMAC-SHA-256 under a key made from token and room), so it outlives a
restart of the room and dies with the token. Cookies are not bound to a port, so its name carries the room's.
"""

from __future__ import annotations

import hashlib
import hmac
import math
import secrets
from collections import OrderedDict
from urllib.parse import urlsplit

from fastapi import Request, Response
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection

from host.console.limits import Buckets, Rate, client_of
from host.console.replies import Refused
from host.core.clock import Clock
from host.core.errors import LivehostError
from host.core.tokens import SHORTEST_TOKEN, same_token

SESSION_SECONDS = 7 * 24 * 3600
_MOST_REVOKED = 10_000
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def same_origin(headers: Headers, *, required: bool) -> bool:
    """Whether ``Origin`` names the host the request was sent to. Without the header: not ``required``.

    Host and port are compared and not the scheme, which a proxy that ends TLS in front of the room changes.
    """
    origin = headers.get("origin")
    if origin is None:
        return not required
    try:
        place = urlsplit(origin).netloc
    except ValueError:
        return False
    return bool(place) and place.lower() == headers.get("host", "").lower()


class Auth:
    """Checks tokens and sessions. Raises `LivehostError` for a token too short to be one."""

    def __init__(self, token: str, room: str, clock: Clock, failures: Rate) -> None:
        if len(token) < SHORTEST_TOKEN:
            raise LivehostError(
                f"the console's token has fewer than {SHORTEST_TOKEN} characters",
                hint="set LIVEHOST_TOKEN to a longer one, or leave it unset to have one made",
            )
        self._token = token
        self._key = hmac.digest(token.encode(), b"livehost session " + room.encode(), "sha256")
        self._clock = clock
        self._failures = Buckets(failures, clock)
        self._revoked: OrderedDict[str, None] = OrderedDict()
        self.cookie = f"livehost-{room}"

    def login(self, request: Request, token: str) -> str:
        """Exchange the token for a session. Raises `Refused` 401, or 429 after too many wrong ones."""
        self._check_token(request, token)
        expires = int(self._clock.wall().timestamp()) + SESSION_SECONDS
        body = f"{expires}.{secrets.token_urlsafe(12)}"
        return f"{body}.{self._sign(body)}"

    def set_cookie(self, request: Request, response: Response, session: str) -> None:
        """Have the browser keep the session."""
        response.set_cookie(
            self.cookie,
            session,
            SESSION_SECONDS,
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
        )

    def logout(self, request: HTTPConnection, response: Response) -> None:
        """End the session of ``request``."""
        session = request.cookies.get(self.cookie, "")
        if self._session_valid(session):
            self._revoked[session] = None
            if len(self._revoked) > _MOST_REVOKED:
                self._revoked.popitem(last=False)
        response.delete_cookie(self.cookie, httponly=True, samesite="strict")

    def operator(self, request: HTTPConnection) -> str:
        """The operator behind a request or socket: ``api`` (token) or ``console`` (session).

        Raises `Refused`: 401 without credentials, 403 where a session's request does not come from our own page, 429.
        """
        authorization = request.headers.get("authorization")
        if authorization is not None:
            scheme, _, token = authorization.partition(" ")
            if scheme.lower() != "bearer":
                raise Refused(401, "expected Authorization: Bearer TOKEN", headers={"WWW-Authenticate": "Bearer"})
            self._check_token(request, token.strip())
            return "api"
        if not self._session_valid(request.cookies.get(self.cookie, "")):
            raise Refused(
                401, "the operator's token is needed", "log in at /console", headers={"WWW-Authenticate": "Bearer"}
            )
        reading = request.scope["type"] == "http" and request.scope["method"] in _SAFE
        if not same_origin(request.headers, required=not reading):
            raise Refused(403, "this request does not come from the console's own page")
        return "console"

    def is_operator(self, request: HTTPConnection) -> bool:
        """Whether a request comes from an operator; for pages that ask before they need it."""
        try:
            return bool(self.operator(request))
        except Refused:
            return False

    def trusted(self, request: HTTPConnection) -> bool:
        """Whether a request to an open route carries the operator's token ; a wrong one raises `Refused`."""
        return "authorization" in request.headers and bool(self.operator(request))

    def _check_token(self, request: HTTPConnection, token: str) -> None:
        client = client_of(request)
        waiting = self._failures.wait(client)
        if waiting:
            seconds = math.ceil(waiting)
            raise Refused(
                429,
                "too many wrong tokens from this address",
                f"try again in {seconds} s",
                {"Retry-After": str(seconds)},
            )
        if not same_token(token, self._token):
            self._failures.take(client)
            raise Refused(401, "that is not the token", headers={"WWW-Authenticate": "Bearer"})

    def _sign(self, body: str) -> str:
        return hmac.new(self._key, body.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()

    def _session_valid(self, session: str) -> bool:
        body, _, signature = session.rpartition(".")
        expected = self._sign(body)
        if not hmac.compare_digest(signature.encode("utf-8", "surrogatepass"), expected.encode()):
            return False
        return session not in self._revoked and int(body.partition(".")[0]) > self._clock.wall().timestamp()
