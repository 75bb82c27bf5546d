"""What a time or a length belongs to: 12 hours of heat are not 12 hours of cold, a height is not a diameter."""

from __future__ import annotations

import re

from host.mind.quantities.units import Measure

_TIMES = {
    "hot": r"保温|热|烫|暖|\bhot\b|\bwarm\b",
    "cold": r"保冷|冰|凉|冷|\bcold\b|\bcool\b|\bice\b",
    "dispatch": r"发货|发出|发走|寄出|\bships?\b|shipped|dispatch",
    "delivery": r"送达|送到|到货|到手|收到|必达|\barrives?\b|deliver",
    "returns": r"退货|退换|无理由|可以退|\breturn|refund|change your mind",
    "warranty": r"质保|保修|换新|包换|联保|warranty|guarantee|defect",
}
_LENGTHS = {
    "height": r"高|\btall\b|\bheight\b|\bhigh\b|\bstands\b",
    "width": r"直径|口径|宽|\bacross\b|\bwide\b|\bwidth\b|diameter",
    "length": r"长|\blong\b|\blength\b",
    "thickness": r"厚|\bthick",
    "depth": r"深|\bdeep\b|\bdepth\b",
}
_CLAUSE = re.compile(r"[,，。!！?？;；]|\. |\band\b")


def _compiled(table: dict[str, str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in table.items()))


_OF_TIMES, _OF_LENGTHS = _compiled(_TIMES), _compiled(_LENGTHS)


def aspect_of(text: str, start: int, end: int, measure: Measure, unit: str) -> str:
    """The aspect named nearest to a quantity in its clause, or "" where none is."""
    if measure is Measure.DURATION:
        pattern = _OF_TIMES
    elif unit in ("mm", "in"):
        pattern = _OF_LENGTHS
    else:
        return ""
    before = _CLAUSE.split(text[max(0, start - 30) : start])[-1]
    after = _CLAUSE.split(text[end : end + 16])[0]
    nearest, aspect = 1000, ""
    for match in pattern.finditer(before):
        if len(before) - match.end() < nearest:
            nearest, aspect = len(before) - match.end(), match.lastgroup or ""
    for match in pattern.finditer(after):
        if match.start() < nearest:
            nearest, aspect = match.start(), match.lastgroup or ""
    return aspect
