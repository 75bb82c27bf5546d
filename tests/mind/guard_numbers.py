"""Numbers written out, the way a voice would say them: the other direction of what the guard reads."""

from decimal import Decimal

_ZH = "零一二三四五六七八九"
_BELOW_TWENTY = ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
                 "sixteen seventeen eighteen nineteen")  # fmt: skip
_FROM_TWENTY = "_ _ twenty thirty forty fifty sixty seventy eighty ninety"
_ONES, _TENS = _BELOW_TWENTY.split(), _FROM_TWENTY.split()


def mandarin(value: int | Decimal) -> str:
    """``1205`` as 一千二百零五, ``59.9`` as 五十九点九."""
    whole, _, fraction = f"{Decimal(value).normalize():f}".partition(".")
    text = _mandarin(int(whole))
    return text + ("点" + "".join(_ZH[int(digit)] for digit in fraction) if fraction else "")


def _mandarin(value: int) -> str:
    if value >= 10_000:
        high, low = divmod(value, 10_000)
        gap = "零" if 0 < low < 1_000 else ""
        return _mandarin(high) + "万" + (gap + _below(low) if low else "")
    return _below(value)


def _below(value: int) -> str:
    if value < 10:
        return _ZH[value]
    if value < 20:
        return "十" + (_ZH[value % 10] if value % 10 else "")
    text, gap = "", False
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, scale)
        if digit:
            text += ("零" if gap and text else "") + _ZH[digit] + name
            gap = False
        else:
            gap = True
    return text


def english(value: Decimal) -> str:
    """``1205`` as ``one thousand two hundred five``, ``59.9`` as ``fifty-nine point nine``."""
    whole, _, fraction = f"{value.normalize():f}".partition(".")
    text = _english(int(whole))
    return text + (" point " + " ".join(_ONES[int(digit)] for digit in fraction) if fraction else "")


def _english(value: int) -> str:
    if value < 20:
        return _ONES[value]
    if value < 100:
        return _TENS[value // 10] + (f"-{_ONES[value % 10]}" if value % 10 else "")
    if value < 1000:
        return f"{_ONES[value // 100]} hundred" + (f" {_english(value % 100)}" if value % 100 else "")
    return f"{_english(value // 1000)} thousand" + (f" {_english(value % 1000)}" if value % 1000 else "")
