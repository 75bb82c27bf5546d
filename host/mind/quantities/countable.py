"""Which numerals of a text may count something: those inside an idiom do not."""

from __future__ import annotations

import re
from collections.abc import Sequence

from host.mind.quantities.grammar import LASTING
from host.mind.quantities.idioms import idioms
from host.mind.quantities.numerals import ZH_NUMERALS, Number, numbers
from host.mind.quantities.units import UNIT


def countable(text: str) -> Sequence[Number]:
    """The numerals of a text without those inside an idiom."""
    masked: list[tuple[int, int]] = []
    for start, end in idioms(text):
        if text[start] in ZH_NUMERALS and start and text[start - 1] in ZH_NUMERALS + "0123456789":
            continue
        if end < len(text) and text[end] in ZH_NUMERALS and (text[end - 1] in ZH_NUMERALS + "点"):
            continue
        masked.append((start, end))
    found = []
    for number in numbers(text):
        if text[number.start : number.end] == "百" and text.startswith("百分", number.start):
            continue
        span = next(((start, end) for start, end in masked if start <= number.start and number.end <= end), None)
        if span is not None:
            lasting = text[span[1] - 1] in "天夜年" and LASTING.search(text[: number.start])
            unit = UNIT.match(text, number.end)
            clock = text.startswith("点", number.end) and re.search(
                r"(?:早上|上午|中午|下午|晚上|今晚|凌晨) ?$", text[: number.start]
            )
            if not clock and not lasting and (unit is None or unit.end() <= span[1]):
                continue
        found.append(number)
    return found
