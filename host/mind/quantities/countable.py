"""Which numerals of a text may count something: those inside an idiom do not."""

from __future__ import annotations

import re
from collections.abc import Sequence

from host.core.text import guess_lang
from host.lang.measures import measure_at
from host.lang.money import money_behind
from host.lang.numerals import ZH_NUMERALS, Numeral, numerals
from host.mind.quantities.grammar import LASTING
from host.mind.quantities.idioms import idioms


def countable(text: str) -> Sequence[Numeral]:
    """The numerals of a text without those inside an idiom."""
    masked: list[tuple[int, int]] = []
    for start, end in idioms(text):
        if text[start] in ZH_NUMERALS and start and text[start - 1] in ZH_NUMERALS + "0123456789":
            continue
        if end < len(text) and text[end] in ZH_NUMERALS and (text[end - 1] in ZH_NUMERALS + "点"):
            continue
        if text[start - 1 : start] in ("块", "毛") and all(sign in ZH_NUMERALS for sign in text[start:end]):
            continue  # 三块五一个 has no May Day in it
        masked.append((start, end))
    found = []
    for number in numerals(text):
        if text[number.start : number.end] == "百" and text.startswith("百分", number.start):
            continue
        span = next(((start, end) for start, end in masked if start <= number.start and number.end <= end), None)
        if span is not None:
            lasting = text[span[1] - 1] in "天夜年" and LASTING.search(text[: number.start])
            unit = measure_at(text, number.end, guess_lang(text))
            ends = unit.end if unit else money[2] if (money := money_behind(text, number.end)) else 0
            clock = text.startswith("点", number.end) and re.search(
                r"(?:早上|上午|中午|下午|晚上|今晚|凌晨) ?$", text[: number.start]
            )
            if not clock and not lasting and ends <= span[1]:
                continue
        found.append(number)
    return found
