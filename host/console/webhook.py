"""Changes that another system sends by itself: who it is is told by a signature, not by the operator's token.

As Standard Webhooks has it (https://www.standardwebhooks.com): ``webhook-signature`` holds ``v1,`` and the base64 of
the HMAC-SHA-256 of ``ID.TIMESTAMP.BODY`` under the shared secret, one or several with a space between, so that secrets
can be rotated. What is older than `TOLERANCE` was recorded by somebody and is sent again by him.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac

from fastapi import Request

from host.console.limits import Buckets, check_rate, client_of
from host.console.replies import Refused
from host.core.clock import Clock
from host.core.comment import MAX_ID
from host.core.errors import LivehostError

TOLERANCE = 300.0
"""Seconds that the sender's clock and the network may be off."""
SHORTEST_SECRET = 16
"""Characters."""

_ENCODED = "whsec_"


class Webhook:
    """Knows the shared secret. Raises `LivehostError` for one too short to be one."""

    def __init__(self, secret: str, clock: Clock, failures: Buckets) -> None:
        if secret and len(secret) < SHORTEST_SECRET:
            raise LivehostError(
                f"the webhook's secret has fewer than {SHORTEST_SECRET} characters",
                hint="set LIVEHOST_WEBHOOK_SECRET to a longer one, or leave it unset to take no webhooks",
            )
        self._key = _key(secret)
        self._clock = clock
        self._failures = failures

    def expect(self, request: Request) -> None:
        """Before the body is read. Raises `Refused` 404 where no webhooks are taken, 429 after too many wrong ones."""
        if not self._key:
            raise Refused(404, "this room takes no webhooks", "set LIVEHOST_WEBHOOK_SECRET and start it again")
        if self._failures.wait(client_of(request)):
            check_rate(self._failures, client_of(request), "wrong signatures")

    def sender(self, request: Request, body: bytes) -> str:
        """The id of what was sent, if it was signed with the secret, lately. Raises `Refused` 400 or 401."""
        names = ("webhook-id", "webhook-timestamp", "webhook-signature")
        name, stamp, signatures = (request.headers.get(header, "") for header in names)
        if not (name and stamp and signatures) or len(name) > MAX_ID:
            raise Refused(400, f"expected the headers {', '.join(names)}")
        wanted = hmac.digest(self._key, b".".join((name.encode(), stamp.encode(), body)), hashlib.sha256)
        if not any(hmac.compare_digest(wanted, given) for given in _given(signatures)):
            self._failures.take(client_of(request))
            raise Refused(401, "the signature is not that of this body under the shared secret")
        if not stamp.isdecimal() or abs(self._clock.wall().timestamp() - int(stamp[:20])) > TOLERANCE:
            raise Refused(401, f"webhook-timestamp is not within {TOLERANCE:g} s of this machine's time")
        return name


def _key(secret: str) -> bytes:
    """The bytes of a secret: those that ``whsec_`` encodes, or those it is written with."""
    if secret.startswith(_ENCODED):
        try:
            return base64.b64decode(secret.removeprefix(_ENCODED), validate=True)
        except binascii.Error:
            pass
    return secret.encode()


def _given(signatures: str) -> list[bytes]:
    """The signatures of the version that is known here."""
    found = []
    for each in signatures.split()[:10]:
        version, _, encoded = each.partition(",")
        try:
            found.append(base64.b64decode(encoded, validate=True) if version == "v1" else b"")
        except (binascii.Error, ValueError):
            continue
    return found
