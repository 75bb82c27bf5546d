"""The values that offers, variants and lists of goods have. Each reader raises `ValueError` with its `Reason`."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Any

from pydantic import ValidationInfo

from host.core.money import Money
from host.core.reason import Reason
from host.show import values
from host.show.keys import TABLES, canonical

_APART = re.compile(r"[、;；\n]")
_PERCENT = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2})?) ?(?:%|percent)(?P<off> ?off)?")
_TENTHS = re.compile(r"(?P<number>\d(?:\.\d{1,2})?|\d{2})折")
"""8折 is four fifths, 85折 and 8.5折 are 0.85."""
_AROUND = re.compile(r"^(?:满|立?减|优惠|直减|省|加|over|above|from|save|take)|(?:off|以上|and up|\+)$", re.IGNORECASE)
_COUNTER = re.compile(r"[\d,.万a-zA-Z一二两三四五六七八九十百]")
_NUMBERS = re.compile(r"\d+")


def listed(value: object) -> list[str]:
    """Several texts: a list, or one text in which 、 or ; stand between them."""
    if isinstance(value, list):
        return [values.text(entry) for entry in value]
    return [part.strip() for part in _APART.split(values.text(value)) if part.strip()]


def off(value: object, info: ValidationInfo) -> Money | Decimal:
    """What an offer takes off: an amount (``20元``, 立减20), or the share that is still paid (``20%``, 8折)."""
    plain = _plain(value)
    if percent := _PERCENT.fullmatch(_AROUND.sub("", plain).strip()):
        return _share(1 - Decimal(percent["number"]) / 100, plain)
    if (share := _tenths(plain)) is not None:
        return share
    return values.price(_AROUND.sub("", plain).strip(), info)


def paid(value: object, info: ValidationInfo) -> Money | Decimal:
    """What is paid for a piece: a share (``half``, 半价, ``50%``, 5折, ``free``) or an amount (``1元``)."""
    plain = _plain(value)
    if named := TABLES["shares"].get(canonical(plain)):
        return Decimal(named)
    if percent := _PERCENT.fullmatch(plain):
        part = Decimal(percent["number"]) / 100
        return _share(1 - part if percent["off"] else part, plain)
    if re.fullmatch(r"0\.\d{1,2}", plain):
        return Decimal(plain)
    share = _tenths(plain)
    return values.price(plain, info) if share is None else share


def threshold(value: object, info: ValidationInfo) -> Money:
    """The amount from which an offer stands: ``300元``, 满300, ``over $50``."""
    return values.price(_AROUND.sub("", _plain(value)).strip(), info)


def got(value: object) -> int | str:
    """What comes with an order: so many more, or a gift by its name."""
    try:
        return values.count(value)
    except ValueError:
        return values.text(value)


class Counted(int):
    """How many, and the word with which they are counted: the 盒 of 2盒, empty where there is none."""

    unit: str = ""


def counted(value: object) -> Counted:
    """How many pieces, at least one: ``2``, 2盒."""
    many = Counted(values.count(value))
    if many < 1:
        raise ValueError(Reason("at_least", limit=1))
    many.unit = _COUNTER.sub("", str(value)).strip()
    return many


def limit(value: object) -> int:
    """How often: the one number of ``2``, 每人限2件, ``2 per order``."""
    numbers = _NUMBERS.findall(_plain(value))
    if len(numbers) != 1 or not int(numbers[0][:9]) > 0:
        raise ValueError(Reason("not_whole", text=str(value)))
    return int(numbers[0])


def yes(value: object) -> bool:
    """Yes or no, in the words of either language."""
    answer = TABLES["yes"].get(canonical(str(value).lower()))
    if answer is None:
        raise ValueError(Reason("expects_yes_no"))
    return answer == "yes"


def _tenths(plain: str) -> Decimal | None:
    match = _TENTHS.fullmatch(plain.removeprefix("打"))
    if match is None:
        return None
    number = Decimal(match["number"])
    return _share(number / (100 if len(match["number"]) == 2 else 10), plain)


def _share(share: Decimal, text: str) -> Decimal:
    if not 0 < share < 1:
        raise ValueError(Reason("no_share", text=text))
    return share.normalize()


def _plain(value: Any) -> str:
    return unicodedata.normalize("NFKC", values.in_figures(values.text(value))).strip()
