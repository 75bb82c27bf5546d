"""Who a comment of the page is from: a browser is known by a cookie of its own, anybody else by the address.

The nickname tells nothing: everybody chooses it, and another one for each comment if need be. The room is given a
digest, so that neither a cookie that could be used nor an address stands in its journal.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from fastapi import Request, Response

from host.console.limits import client_of

_RANDOM, _SIGNED = 16, 16
"""Bytes."""


class Visitors:
    """Tells the viewers of a room's page apart.

    The cookie ends with the browser's session. It is signed, so that nobody makes up one for each comment: what was not
    given out here is no identity, and the address counts.
    """

    def __init__(self, token: str, room: str) -> None:
        self._key = hmac.digest(token.encode(), b"livehost viewer " + room.encode(), "sha256")
        self.cookie = f"livehost-viewer-{room}"

    def viewer(self, request: Request) -> str:
        """The id of whoever sent a request."""
        given = self._given(request)
        return self._digest("cookie " + given if given else "address " + client_of(request))

    def greet(self, request: Request, response: Response) -> None:
        """Give a browser that has none its cookie."""
        if not self._given(request):
            random = secrets.token_hex(_RANDOM)
            secure = request.url.scheme == "https"
            # Lax: whoever comes by a link from elsewhere is still the same.
            response.set_cookie(self.cookie, random + self._sign(random), httponly=True, samesite="lax", secure=secure)

    def _given(self, request: Request) -> str:
        """The random part of a cookie that was given out here; empty where there is none."""
        cookie = request.cookies.get(self.cookie, "")
        random, signature = cookie[: 2 * _RANDOM], cookie[2 * _RANDOM :]
        genuine = hmac.compare_digest(signature.encode("utf-8", "surrogatepass"), self._sign(random).encode())
        return random if genuine else ""

    def _sign(self, random: str) -> str:
        return self._digest("sign " + random)[: 2 * _SIGNED]

    def _digest(self, text: str) -> str:
        return hmac.new(self._key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:32]
