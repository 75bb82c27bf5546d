"""Amounts of money, as people write them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from host.core.currencies import BY_FORM, CURRENCIES, Currency
from host.core.reason import Reason

MAX_DIGITS = 9
"""Before the point."""

_AMOUNT = re.compile(r"\d(?:[\d.,' ]*\d)?")
_JIAO = re.compile(r"¥?(?P<yuan>\d++)[块元](?P<jiao>\d)(?:[毛角](?:(?P<fen>\d)分?)?)?$|(?P<only>\d)[毛角]$")
_PIECE = "件个只支瓶盒袋包箱套条双台本张罐桶份对把块片枚杯盏辆款"
_APIECE = re.compile(
    rf"(?:/|每|一) ?[{_PIECE}]$|(?: ?/ ?| per | a )(?:pcs?|piece|item|unit|set|pair|box|bottle|bag|pack)$| ?each$"
)
"""Behind an amount: of one piece, as any price is. Of two (``/2件``), or of a pound (``/斤``), is another thing."""
_GROUPED = re.compile(r"\d{1,3}(?:([,.' ])\d{3})(?:\1\d{3})*+")
_NO_DIGIT = re.compile(r"\D")
_WRAPPED = re.compile(r"^[\"'“”‘’【\[（(「]+|[\"'“”‘’】\]）)」。]+$")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in an ISO 4217 currency."""

    amount: Decimal
    currency: str

    @classmethod
    def parse(cls, text: str, default: str = "CNY") -> Money:
        """An amount with one currency, written before or behind it in any form of the table: ``79元``, ``¥1,299.00``,
        ``US$12.50``, ``1.299,00 €``, ``9块9``, ``79元/件``; a bare number is in ``default``. Raises `ValueError` with
        the `Reason`."""
        plain = _WRAPPED.sub("", unicodedata.normalize("NFKC", " ".join(text.split()))).strip()
        if match := _JIAO.match(plain):
            yuan, jiao = match["yuan"] or "0", match["only"] or match["jiao"]
            return cls(Decimal(f"{yuan}.{jiao}{match['fen'] or ''}"), "CNY")
        plain = _APIECE.sub("", plain).strip()
        found = _AMOUNT.search(plain)
        if found is None:
            raise ValueError(Reason("money_none", text=text))
        before, after = plain[: found.start()].strip(), plain[found.end() :].strip()
        if any(character.isdigit() for character in after):
            raise ValueError(Reason("money_several", text=text))
        if before.endswith(("-", "−")):
            raise ValueError(Reason("money_not_above_zero", text=text))
        ten_thousands = after.startswith("万")
        currency = _currency(before, after.removeprefix("万").strip(), text) or CURRENCIES[default]
        amount = _amount(found.group(), currency, text) * (10_000 if ten_thousands else 1)
        if amount >= 10**MAX_DIGITS:
            raise ValueError(Reason("money_too_large", text=text))
        return cls(amount, currency.code)

    @property
    def number(self) -> str:
        """The amount without needless zeros: ``79``, ``79.9``, ``12.50`` (cents are kept in Western currencies)."""
        whole = self.amount == self.amount.to_integral_value()
        if whole:
            return f"{self.amount.to_integral_value():f}"
        return f"{self.amount:.2f}".rstrip("0") if self.currency == "CNY" else f"{self.amount:.2f}"

    def __str__(self) -> str:
        return f"{CURRENCIES[self.currency].shown}{self.number}"


def _currency(before: str, after: str, text: str) -> Currency | None:
    """The currency named on either side of an amount. Raises `ValueError` for an unknown one, and for two."""
    named: list[tuple[str, Currency]] = []
    for form in filter(None, (before, after)):
        currency = BY_FORM.get(form.casefold()) or BY_FORM.get(form.casefold().rstrip("."))
        if currency is None:
            raise ValueError(_no_currency(form, text))
        named.append((form, currency))
    if len({currency.code for _, currency in named}) > 1:
        (one, first), (other, second) = named
        raise ValueError(
            Reason("money_conflict", text=text, one=one, first=first.code, other=other, second=second.code)
        )
    return named[0][1] if named else None


def _no_currency(form: str, text: str) -> Reason:
    """What stands beside an amount and is no currency: words around one (元起), or something unknown."""
    inside = max((known for known in BY_FORM if known in form.casefold()), key=len, default="")
    if inside and not inside.isascii():
        return Reason("money_more", text=text, more=form.casefold().replace(inside, "", 1).strip())
    return Reason("money_unknown", text=text, unit=form, known=[each.known_as for each in CURRENCIES.values()])


def _amount(written: str, currency: Currency, text: str) -> Decimal:
    """A number with its separators read as where the currency is at home. Raises `ValueError` where that is unclear."""
    whole, point, cents = written, "", ""
    if (match := re.search(r"[.,](?=\d++$)", written)) and not _GROUPED.fullmatch(written):
        whole, point, cents = written[: match.start()], match.group(), written[match.end() :]
    elif "." in written and currency.point == "." and written.count(".") == 1:
        raise ValueError(Reason("money_unclear", text=text, written=written))  # 1.299: thousands, or three decimals?
    if not (whole.isdecimal() or ((groups := _GROUPED.fullmatch(whole)) and groups[1] != point)):
        raise ValueError(Reason("money_unclear", text=text, written=written))
    if len(cents) > 2 or (point == "," and currency.point == "." and whole.isdecimal()):
        raise ValueError(Reason("money_unclear", text=text, written=written))
    if cents.strip("0") and not currency.digits:
        raise ValueError(Reason("money_no_cents", text=text, currency=currency.code))
    return Decimal(f"{_NO_DIGIT.sub('', whole)}.{cents or '0'}")
