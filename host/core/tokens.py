"""Tokens that open what strangers may not: how short one may be, and comparing it in constant time."""

from __future__ import annotations

import hmac

SHORTEST_TOKEN = 8
"""Characters."""


def same_token(given: str, token: str) -> bool:
    """Whether ``given`` is the token, in time that tells nothing of how much of it is right."""
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), token.encode("utf-8", "surrogatepass"))
