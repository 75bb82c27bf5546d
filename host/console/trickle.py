"""What a PATCH of a WHEP session says: which session it means, and whose candidates it brings (RFC 9725, 4.3)."""

from __future__ import annotations

import re
from collections.abc import Iterable

ANY = "*"
_TAG = re.compile(r'(?:W/)?(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s,"]+))', re.ASCII | re.IGNORECASE)
_UFRAG = re.compile(r"^[ \t]*a=[ \t]*ice-ufrag[ \t]*:[ \t]*(\S{1,256})[ \t]*$", re.MULTILINE | re.ASCII | re.IGNORECASE)


def condition_holds(fields: Iterable[str], etag: str) -> bool:
    """Whether the ``If-Match`` fields of a request name ``etag``, name any, or none at all (RFC 9110, 13.1.1).

    A weak tag is taken for the strong one, which proxies make weak, and so is one that has lost its quotes: there is
    one ICE session to a WHEP session, and no other that a tag might have meant.
    """
    named = {tag["quoted"] or tag["bare"] for field in fields for tag in _TAG.finditer(field)}
    return not named or bool(named & {ANY, etag.strip('"')})


def fragments(sdp: str) -> frozenset[str]:
    """The ICE user fragments that an offer, or a piece of one, says are its own. Another one is an ICE restart."""
    return frozenset(_UFRAG.findall(sdp.replace("\r", "\n")))
