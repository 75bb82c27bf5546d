"""Written text to fully spoken text: no digits and no symbols are left for an engine to guess at."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from host.core.product import Lang
from host.core.text import bounded

MAX_CHARACTERS = 2000


@cache
def _wetext(lang: Lang) -> Any:
    from wetext import Normalizer

    return Normalizer(lang=lang, operator="tn")


def normalise(text: str, lang: Lang) -> str:
    """What a host says for ``text``. Never raises; at most the first 2000 characters are spoken."""
    plain = bounded(text, MAX_CHARACTERS)
    return re.sub(r"[0-9]", "", str(_wetext(lang).normalize(plain)))
