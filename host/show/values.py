"""The values of a product sheet, read as people write them. Each reader raises `ValueError` with its `Reason`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from pydantic import ValidationInfo

from host.core.fold import fold
from host.core.money import Money
from host.core.reason import Reason
from host.core.yamlnodes import Quoted
from host.lang.figures import figures
from host.lang.numerals import numerals

_HAN = r"[㐀-鿿]"
_WHEN = re.compile(
    r"^\s*+(?P<y>\d{4})[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})日?"
    r"(?:[T\s]++(?P<h>\d{1,2})[:：](?P<min>\d{2})(?::(?P<s>\d{2}))?\s*+(?P<zone>Z|[+-]\d{2}:?\d{2})?)?\s*+$"
)
_NEGATIVE = re.compile(r"^[-−－]\s*\d")
_WHOLE = re.compile(r"(?P<digits>\d{1,3}(?:,\d{3})++|\d{1,12})(?P<ten_thousands>万)?$")
_PIECES = re.compile(
    r" ?(?:[件个只支瓶盒袋包箱套条双台本张罐桶份对把块片枚杯盏辆款]|pcs?|pieces?|items?|units?|sets?|pairs?|boxes|"
    r"bottles|bags|packs|left|in stock)$",
    re.IGNORECASE,
)
_LINK_WORDS = re.compile(r"^(?:第|链接|link|no\.?|number|#|号) ?| ?(?:号链接|号|链接|#)$", re.IGNORECASE)

_HARD = re.compile(
    r"[,，、;；|｜\n。！]|\s(?:和|与|及|以及|或|或者|还有|and|or|&)\s|(?<=[”\"’」』】])\s*(?=[“\"‘「『【])",
    re.IGNORECASE,
)
"""What stands between words and never in one."""
_SLASH = re.compile(rf"(?<={_HAN})\s*[/／]\s*(?={_HAN})|(?<=[a-z]{{3}})/(?=[a-z]{{3}})|\s[/／]\s", re.IGNORECASE)
"""A stroke between words: not that of 24/7, A/B or w/o."""
_SIGN = re.compile(rf"(?<={_HAN})(?:\s+|\s*+[^\w\s]++\s*+)(?={_HAN})")
"""White space and signs that Chinese has only between words."""
_MARKS = "“”‘’\"'「」『』【】［］[]《》"
_ASKS = re.compile(
    r"[吗呢么嘛][?？]?$|什么|怎么|怎样|多少|几|哪|谁|啥|咋|多[久大长重高宽厚远深]|([能会是有要好可行])[不没]\1|"
    r"^(?:what|how|when|where|which|who|why|is|are|does|do|can|could|will|would|has|have|did|any)\b",
    re.IGNORECASE,
)
"""What makes a question of its own."""
_LANGUAGES = {
    **dict.fromkeys(("zh", "zh-cn", "cn", "中文", "汉语", "普通话", "chinese"), "zh"),
    **dict.fromkeys(("en", "en-us", "en-gb", "英文", "英语", "english"), "en"),
}
_YES_OR_NO = frozenset(("yes", "no", "on", "off", "true", "false", "y", "n", "ok", "有", "无", "是", "否"))
"""What a form would take for an answer, and no viewer would."""
_BEHIND_A_QUESTION = re.compile(r"(?<=[?？])[\s,，、;；|｜/]*(?=[^\s?？,，、;；|｜/])")
_BETWEEN_QUESTIONS = re.compile(r"[,，、;；|｜/\n]|\s{2,}|(?<=[吗呢])\s")


def text(value: object) -> str:
    """Text as written; a list is its entries one after the other. Anything else is a slip."""
    if isinstance(value, list) and value and all(isinstance(entry, str) for entry in value):
        return ("、" if re.search(_HAN, value[0]) else ", ").join(map(text, value))
    if isinstance(value, (dict, list)):
        raise ValueError(Reason("text_is_group"))
    if not isinstance(value, str):
        raise ValueError(Reason("text_is_none"))
    words = " ".join(value.split())
    if not words:
        raise ValueError(Reason("is_empty"))
    return words


def sentence(value: object) -> str:
    """A text that is said as it stands, and must tell a viewer something."""
    words = text(value)
    if words.casefold().strip(".。") in _YES_OR_NO:
        raise ValueError(Reason("yes_or_no", text=words))
    return words


def name(value: object) -> str:
    """A text without the quotation marks that were put around it."""
    return bare(text(value))


def bare(written: str) -> str:
    """A text without the quotation marks or brackets around it; round ones belong to it, unless one is alone."""
    plain = written.strip().strip(_MARKS).strip()
    for opens, closes in ("（）", "()"):
        if plain.startswith(opens) and plain.find(closes) in (-1, len(plain) - 1):
            plain = plain[1:].removesuffix(closes)
        elif plain.endswith(closes) and opens not in plain:
            plain = plain[:-1]
    return plain.strip()


def aliases(value: object) -> list[str]:
    """One name or several, however they are listed."""
    return _entries(value, lambda entry: [*_between(_SLASH, *_between(_HARD, entry))])


def never_said(value: object) -> list[str]:
    """The words the host must not use. A list that nobody can tell from one phrase is refused: a forbidden word that
    forbids nothing is the worst of all mistakes."""
    one = isinstance(value, str) and not isinstance(value, Quoted)
    entries = _entries(value, lambda entry: [*_between(_SIGN, *_between(_SLASH, *_between(_HARD, entry)))])
    for entry in entries or ([value] if isinstance(value, str) else []):
        if not any(character.isalnum() for character in entry):
            raise ValueError(Reason("never_say_no_word", entry=entry))
        if one and len(entries) == 1 and " " in entry:
            apart = ", ".join(entry.split())
            raise ValueError(Reason("never_say_words_or_phrase", entry=entry, apart=apart))
    return entries


def questions(value: object) -> list[str]:
    """A question in one or more wordings. A text is several where each part of it asks something by itself."""

    def apart(entry: str) -> list[str]:
        parts = [*_between(_BETWEEN_QUESTIONS, entry)]
        return parts if all(_ASKS.search(part) for part in parts) else [entry]

    return _entries(value, lambda entry: [part for one in _between(_BEHIND_A_QUESTION, entry) for part in apart(one)])


def _entries(value: object, apart: Any) -> list[str]:
    """The entries of a list or of a text that lists them; one in quotation marks within a list is one."""
    if isinstance(value, dict) and value and not any(value.values()):
        value = [*value]  # {a, b} in braces
    if isinstance(value, str):
        inside = value if isinstance(value, Quoted) and "\n" not in value else bare(value)
        found = apart(inside)
    elif isinstance(value, list):
        found = [each for entry in value for each in ([entry] if isinstance(entry, Quoted) else apart(_one(entry)))]
    else:
        raise ValueError(Reason("is_empty") if value is None else Reason("expects_list"))
    entries = [bare(" ".join(entry.split())) for entry in found]
    return [*dict.fromkeys(filter(None, entries))]


def _one(entry: object) -> str:
    if not isinstance(entry, str):
        raise ValueError(Reason("text_is_group") if isinstance(entry, (dict, list)) else Reason("text_is_none"))
    return entry


def _between(separator: re.Pattern[str], *texts: str) -> Iterable[str]:
    """The texts taken apart at every separator."""
    for each in texts:
        pieces = (piece for piece in separator.split(each) if piece is not None)
        yield from (piece.strip() for piece in pieces if piece.strip())


def language(value: object) -> object:
    """``zh`` or ``en``, also by their names."""
    return _LANGUAGES.get(str(value).strip().casefold(), value)


def price(value: object, info: ValidationInfo) -> Money:
    """An amount above zero; a bare number is in the currency of the sheet's language."""
    if not isinstance(value, str):
        raise ValueError(Reason("money_none", text=_shown(value)))
    money = Money.parse(in_figures(value), (info.context or {}).get("currency", "CNY"))
    if money.amount <= 0:
        raise ValueError(Reason("money_not_above_zero", text=value))
    return money


def count(value: object) -> int:
    """How many: ``300``, ``1,000``, ``300件``, ``1万``."""
    return _whole(value, _PIECES)


def link(value: object) -> int:
    """The number in the cart: ``1``, ``1号``, ``#1``, ``1号链接``."""
    return _whole(value, _LINK_WORDS)


def _whole(value: object, beside: re.Pattern[str]) -> int:
    if not isinstance(value, str):
        raise ValueError(Reason("not_whole", text=_shown(value)))
    plain = bare(unicodedata.normalize("NFKC", in_figures(value)))
    if _NEGATIVE.match(plain):
        raise ValueError(Reason("count_negative", text=value))
    match = _WHOLE.match(beside.sub("", plain).strip())
    if match is None:
        raise ValueError(Reason("not_whole", text=value))
    return int(match["digits"].replace(",", "")) * (10_000 if match["ten_thousands"] else 1)


def in_figures(written: str) -> str:
    """A number written in words (七十九元, ``two hundred``) in figures; with a figure in it, the text as it is."""
    if any(character.isdecimal() for character in written):
        return written
    folded = fold(written)
    return figures(folded, [*numerals(folded)]).text


def _shown(value: object) -> str:
    """A value as it was written."""
    if isinstance(value, str):
        return value
    return "" if value is None else str(value).lower() if isinstance(value, bool) else "[…]"


def start(value: object) -> datetime:
    """When something begins: a date, or a date with a time."""
    return when(value)


def end(value: object) -> datetime:
    """When something ends; a bare date includes its whole day."""
    return when(value, end=True)


def when(value: object, *, end: bool = False) -> datetime:
    """A date or a date with a time; a bare date that ends something includes its whole day."""
    match = _WHEN.match(bare(value)) if isinstance(value, str) else None
    try:
        if match is None:
            raise ValueError
        day = datetime(int(match["y"]), int(match["m"]), int(match["d"]))
        if match["h"] is None:
            return day + timedelta(days=int(end))
        hours, minutes, seconds = int(match["h"]), int(match["min"]), int(match["s"] or 0)
        if hours > 24 or minutes > 59 or seconds > 59 or (hours == 24 and minutes + seconds):
            raise ValueError
        moment = day + timedelta(hours=hours, minutes=minutes, seconds=seconds)
        zone = (match["zone"] or "").replace("Z", "+00:00")
        return moment.replace(tzinfo=datetime.fromisoformat(f"2000-01-01T00:00:00{zone}").tzinfo) if zone else moment
    except (ValueError, OverflowError):
        raise ValueError(Reason("not_a_date", text=_shown(value))) from None
