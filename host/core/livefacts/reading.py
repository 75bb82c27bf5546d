"""A change as it is sent, read into values: everything that is wrong in it is a `Reason`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any

from host.core.livefacts.values import OF_A_PRODUCT, OF_A_VARIANT, VARIANTS, written
from host.core.money import Money
from host.core.offers import TermKind
from host.core.product import Product
from host.core.reason import Reason, reason_of

MOST_OFFERS = 500
MOST_PIECES = 10**9
MOST_TEXT = 2000
KNOWN_SHOWN = 20
"""Ids that a refusal lists at most."""

_OFFER_KEYS = ("text", "price", "from", "until", "terms", "variants", "limit", "combinable", "code")
_TERM_KEYS = ("kind", "amount", "share", "pieces", "free", "above", "gift", "variants")


def read_values(sent: Mapping[str, Any], product: Product) -> dict[str, Any]:
    """The flat values of what was sent for a product. Raises `ValueError` with the `Reason` for the first that is not
    one."""
    return ValueReader(product).read(sent)


@dataclass(frozen=True)
class ValueReader:
    """Reads what is sent for one product, as often as it is."""

    of: Product

    def read(self, sent: Mapping[str, Any]) -> dict[str, Any]:
        """As `read_values`."""
        if not sent:
            raise ValueError(Reason("live_nothing", known=list(OF_A_PRODUCT)))
        return dict(self._product(sent))

    @cached_property
    def _variant_ids(self) -> frozenset[str]:
        return frozenset(variant.id for variant in self.of.variants)

    def _product(self, sent: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        for key, value in sent.items():
            if key == VARIANTS:
                yield from self._variants(value)
            elif key == "promotions":
                yield key, self._named(key, self._offers, value)
            else:
                yield key, self._own(key, key, value, OF_A_PRODUCT)

    def _variants(self, sent: Any) -> Iterator[tuple[str, Any]]:
        for name, of_one in _group(sent, VARIANTS).items():
            self._known(name)
            for key, value in _group(of_one, f"{VARIANTS}.{name}").items():
                place = f"{VARIANTS}.{name}.{key}"
                yield place, self._own(place, key, value, OF_A_VARIANT)

    def _own(self, place: str, key: str, value: Any, known: tuple[str, ...]) -> Any:
        reads: dict[str, Callable[[Any], Any]] = {
            "price": self._price, "list_price": self._price, "stock": _stock, "sale": self._sale,
        }  # fmt: skip
        if key not in known or key not in reads:
            raise ValueError(Reason("live_unknown_key", key=place[:100], known=list(known)))
        if value is None and place == "price":
            raise ValueError(Reason("live_no_price"))
        return None if value is None else self._named(place, reads[key], value)

    def _named(self, place: str, read: Callable[[Any], Any], value: Any) -> Any:
        try:
            return read(value)
        except ValueError as error:
            raise ValueError(Reason("at_key", key=place[:100], why=reason_of(error))) from None

    def _price(self, value: Any) -> str:
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise ValueError(Reason("money_none", text=_shown(value)))
        text = (value if isinstance(value, str) else _plain(value))[:100]
        money = Money.parse(text, self.of.price.currency)
        if money.amount <= 0:
            raise ValueError(Reason("money_not_above_zero", text=text))
        if money.currency != self.of.price.currency:
            raise ValueError(Reason("live_currency", currency=money.currency, of_product=self.of.price.currency))
        return written(money)

    def _sale(self, value: Any) -> dict[str, Any]:
        sent = _keys(value, ("price", "from", "until"))
        return {"price": self._price(sent.get("price")), **_window(sent)}

    def _offers(self, value: Any) -> list[dict[str, Any]] | None:
        if not value:
            return None
        if not isinstance(value, list):
            raise ValueError(Reason("expects_list"))
        if len(value) > MOST_OFFERS:
            raise ValueError(Reason("too_many_entries", limit=MOST_OFFERS))
        return [self._offer(each) for each in value]

    def _offer(self, value: Any) -> dict[str, Any]:
        sent = _keys(value, _OFFER_KEYS)
        offer: dict[str, Any] = {"text": _text(sent.get("text")), **_window(sent)}
        if sent.get("price") is not None:
            offer["price"] = self._price(sent["price"])
        offer |= {
            "terms": [self._term(term) for term in sent.get("terms") or ()],
            "variants": [self._known(name) for name in sent.get("variants") or ()],
            "limit": None if sent.get("limit") is None else _stock(sent["limit"]),
            "combinable": _yes_no(sent.get("combinable")),
            "code": str(sent.get("code") or "")[:100],
        }
        return {key: each for key, each in offer.items() if each not in (None, "", [])}

    def _term(self, value: Any) -> dict[str, Any]:
        sent = _keys(value, _TERM_KEYS)
        if sent.get("kind") not in [*TermKind]:
            raise ValueError(Reason("one_of", expected=", ".join(TermKind)))
        term = {name: _number(sent[name]) for name in ("amount", "share", "above") if sent.get(name) is not None}
        counts = {name: _stock(sent[name]) for name in ("pieces", "free") if sent.get(name) is not None}
        named = [self._known(name) for name in sent.get("variants") or ()]
        gift = {"gift": _text(sent["gift"])} if sent.get("gift") else {}
        return {"kind": sent["kind"], **term, **counts, **gift, **({"variants": named} if named else {})}

    def _known(self, name: Any) -> str:
        if not isinstance(name, str) or name not in self._variant_ids:
            known = [variant.id for variant in self.of.variants[:KNOWN_SHOWN]]
            raise ValueError(Reason("live_no_variant", product=self.of.id, variant=str(name)[:100], known=known))
        return name


def _group(value: Any, place: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise ValueError(Reason("at_key", key=place[:100], why=Reason("expects_group")))
    return value


def _keys(value: Any, known: tuple[str, ...]) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise ValueError(Reason("expects_group"))
    for key in value:
        if key not in known:
            raise ValueError(Reason("live_unknown_key", key=str(key)[:100], known=list(known)))
    return value


def _plain(number: float) -> str:
    """A number without an exponent."""
    written = Decimal(str(number))
    return f"{written:f}" if written.is_finite() else str(number)


def _stock(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_PIECES:
        raise ValueError(Reason("live_count", text=_shown(value)))
    return value


def _number(value: Any) -> str:
    try:
        number = Decimal(str(value)[:100])
    except InvalidOperation:
        number = Decimal("NaN")
    if isinstance(value, bool) or not number.is_finite() or number < 0 or abs(number.adjusted()) > 12:
        raise ValueError(Reason("expects_number"))
    return f"{number.normalize():f}"


def _text(value: Any) -> str:
    words = " ".join(value.split()) if isinstance(value, str) else ""
    if not any(character.isalnum() for character in words):
        raise ValueError(Reason("text_is_none"))
    if len(words) > MOST_TEXT:
        raise ValueError(Reason("too_many_characters", limit=MOST_TEXT))
    return words


def _yes_no(value: Any) -> bool | None:
    if value is not None and not isinstance(value, bool):
        raise ValueError(Reason("expects_yes_no"))
    return value


def _window(sent: Mapping[str, Any]) -> dict[str, str]:
    """From when to when, in ISO 8601; a bare date that ends something includes its whole day."""
    named = {"from": _moment(sent.get("from")), "until": _moment(sent.get("until"), ends=True)}
    return {name: moment.isoformat() for name, moment in named.items() if moment}


def _moment(value: Any, *, ends: bool = False) -> datetime | None:
    if value is None or value == "":
        return None
    try:
        text = str(value)[:40].strip()
        moment = datetime.fromisoformat(text)
        return moment + timedelta(days=1) if ends and len(text) == len("2026-11-11") else moment
    except (ValueError, OverflowError):
        raise ValueError(Reason("not_a_date", text=_shown(value))) from None


def _shown(value: Any) -> str:
    return "" if value is None else str(value)[:100]
