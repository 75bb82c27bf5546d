"""Numbers in English."""

from __future__ import annotations

_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_GROUPS = ("", " thousand", " million", " billion", " trillion")
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip
LONGEST = 3 * len(_GROUPS)


def digits(text: str) -> str:
    """Digit by digit; what is not a digit is left out."""
    return " ".join(_UNITS[int(character)] for character in text if character in "0123456789")


def cardinal(text: str) -> str:
    """A whole number: ``1299`` is one thousand two hundred ninety-nine. With a leading zero, or too long: digits."""
    if len(text) > LONGEST or (len(text) > 1 and text[0] == "0"):
        return digits(text)
    value = int(text)
    if value < 1000:
        return _hundreds(value)
    parts = [
        _hundreds(value // 1000**place % 1000) + _GROUPS[place]
        for place in range(len(_GROUPS) - 1, -1, -1)
        if value // 1000**place % 1000
    ]
    return " ".join(parts)


def decimal(text: str) -> str:
    """A number with or without a fraction: ``1.50`` is one point five zero."""
    whole, point, fraction = text.partition(".")
    return cardinal(whole or "0") + (" point " + digits(fraction) if point and fraction else "")


def ordinal(text: str) -> str:
    """``3`` is third, ``21`` twenty-first."""
    head, mark, last = _last_word(cardinal(text))
    last = last[:-1] + "ieth" if last.endswith("y") else _ORDINALS.get(last, last + "th")
    return head + mark + last


def year(text: str) -> str:
    """``2026`` is twenty twenty-six, ``2005`` two thousand five, ``1900`` nineteen hundred."""
    value = int(text)
    century, rest = divmod(value, 100)
    if not 1000 < value < 2100 or 2000 <= value < 2010:
        return cardinal(text)
    if rest == 0:
        return f"{_hundreds(century)} hundred"
    return f"{_hundreds(century)} {'oh ' if rest < 10 else ''}{_hundreds(rest)}"


def plural(said: str) -> str:
    """The last word in the plural: nineties, hundreds."""
    return said[:-1] + "ies" if said.endswith("y") else said + ("es" if said.endswith(("x", "s")) else "s")


def _last_word(said: str) -> tuple[str, str, str]:
    cut = max(said.rfind(" "), said.rfind("-"))
    return (said[:cut], said[cut], said[cut + 1 :]) if cut >= 0 else ("", "", said)


def _hundreds(value: int) -> str:
    said = []
    if value >= 100:
        said.append(_UNITS[value // 100] + " hundred")
        value %= 100
    if value >= 20:
        said.append(_TENS[value // 10] + ("-" + _UNITS[value % 10] if value % 10 else ""))
    elif value or not said:
        said.append(_UNITS[value])
    return " ".join(said)
