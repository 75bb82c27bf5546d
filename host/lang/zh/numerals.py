"""Numbers in Mandarin."""

from __future__ import annotations

DIGITS = "零一二三四五六七八九"
_GROUPS = ("", "万", "亿", "万亿")
LONGEST = 4 * len(_GROUPS)


def digits(text: str, one: str = "一") -> str:
    """Digit by digit; ``one`` is 幺 in telephone numbers. What is not a digit is left out."""
    return "".join(
        one if character == "1" else DIGITS[int(character)] for character in text if character in "0123456789"
    )


def cardinal(text: str) -> str:
    """A whole number: ``1050`` is 一千零五十, ``200`` 两百, ``12`` 十二. With a leading zero, or too long: digits."""
    if len(text) > LONGEST or (len(text) > 1 and text[0] == "0"):
        return digits(text)
    value = int(text)
    if value == 0:
        return "零"
    parts: list[str] = []
    gap = False
    for place in range(len(_GROUPS) - 1, -1, -1):
        group = value // 10 ** (4 * place) % 10_000
        if group == 0:
            gap = gap or bool(parts)
            continue
        if parts and (gap or group < 1000):
            parts.append("零")
        gap = False
        parts.append(_two(_group(group), _GROUPS[place]) + _GROUPS[place])
    said = "".join(parts)
    return said[1:] if said.startswith("一十") else said


def decimal(text: str) -> str:
    """A number with or without a fraction: ``99.90`` is 九十九点九零."""
    whole, point, fraction = text.partition(".")
    return cardinal(whole or "0") + ("点" + digits(fraction) if point and fraction else "")


def amount(text: str) -> str:
    """Like `decimal`, without zeros at the end of the fraction: prices."""
    return decimal(text.rstrip("0").rstrip(".") if "." in text else text)


def counted(text: str) -> str:
    """A number before a measure word: 2 is 两."""
    return "两" if text == "2" else decimal(text)


def _group(value: int) -> str:
    said, zero = "", False
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // scale % 10
        if digit == 0:
            zero = zero or bool(said)
            continue
        said += ("零" if zero else "") + ("两" if digit == 2 and scale >= 100 else DIGITS[digit]) + name
        zero = False
    return said


def _two(said: str, group: str) -> str:
    return "两" if said == "二" and group else said
