"""Whether two questions of viewers are one, however they are put. For folded text (`host.core.fold`)."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

ALIKE = 88
"""Of 100: the likeness from which two questions are one."""
_FILLER = re.compile(
    r"[\s\W_]|主播|老板|请问|小姐姐|小哥哥|亲|这个|这款|那个|呀|啊|呢|吗|么|哦|嘛|的|了|please|the|this|is|it|a "
)


def gist(folded: str) -> str:
    """What a folded question comes down to, without signs and what is said for politeness."""
    return _FILLER.sub("", folded) or folded


def alike(one: str, other: str) -> bool:
    """Whether two gists ask the same. Digits must agree: 304 is not 316."""
    if one == other:
        return True
    if re.findall(r"\d+", one) != re.findall(r"\d+", other) or min(len(one), len(other)) < 4:
        return False
    return fuzz.ratio(one, other) >= ALIKE
