"""What of a product changes on air, as flat values that JSON holds: ``price``, ``variants.xl.stock``, ``promotions``.

A key that is absent, or None, says that the sheet tells nothing of it. Amounts are ``79.9 CNY``, moments ISO 8601.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from host.core.lang import Lang
from host.core.money import Money
from host.core.offers import Promotion, Term, TermKind
from host.core.packs import pack
from host.core.product import Product
from host.core.variants import Variant

Values = Mapping[str, Any]

OF_A_PRODUCT = ("price", "list_price", "stock", "sale", "variants", "promotions")
OF_A_VARIANT = ("price", "list_price", "stock", "sale")
VARIANTS = "variants"

_TERM_NUMBERS = ("amount", "share", "above")


def values_of(product: Product) -> dict[str, Any]:
    """Everything of a product that can change, without what it does not tell."""
    values: dict[str, Any] = {"price": written(product.price)}
    values |= _told("", product.list_price, product.stock)
    for variant in product.variants:
        place = f"{VARIANTS}.{variant.id}."
        if variant.price:
            values[f"{place}price"] = written(variant.price)
        values |= _told(place, variant.list_price, variant.stock)
    if product.promotions:
        values["promotions"] = [offer_data(offer) for offer in product.promotions]
    return values


def _told(place: str, list_price: Money | None, stock: int | None) -> Iterator[tuple[str, Any]]:
    if list_price:
        yield f"{place}list_price", written(list_price)
    if stock is not None:
        yield f"{place}stock", stock


def with_values(product: Product, values: Values) -> Product:
    """The product with these values in place of its own."""
    if not values:
        return product
    own: dict[str, Any] = {}
    of_variants: dict[str, dict[str, Any]] = {}
    for key, value in values.items():
        variant, name = parted(key)
        (of_variants.setdefault(variant, {}) if variant else own)[name] = value
    promotions = product.promotions
    if "promotions" in own:
        promotions = tuple(offer_of(data) for data in own["promotions"] or ())
    return replace(
        product,
        price=money_of(own.get("price")) or product.price,
        list_price=money_of(own["list_price"]) if "list_price" in own else product.list_price,
        stock=own.get("stock", product.stock),
        variants=tuple(_variant(each, of_variants[each.id]) if each.id in of_variants else each
                       for each in product.variants),
        promotions=(*promotions, *_sales(product, own, of_variants)),
    )  # fmt: skip


def parted(key: str) -> tuple[str, str]:
    """The id of the variant that a key is about, empty for the product as a whole, and what it tells of it."""
    if not key.startswith(f"{VARIANTS}."):
        return "", key
    variant, _, name = key.removeprefix(f"{VARIANTS}.").rpartition(".")
    return variant, name


def _variant(variant: Variant, values: Values) -> Variant:
    given: dict[str, Any] = {name: value for name, value in values.items() if name != "sale"}
    given |= {name: money_of(value) for name, value in given.items() if name != "stock"}
    return replace(variant, **given)


def _sales(product: Product, own: Values, of_variants: Mapping[str, Values]) -> Iterator[Promotion]:
    """The reduced prices among the values, as offers: one is gone to the second when its time is over."""
    if sale := own.get("sale"):
        yield _sale(sale, product.name, product.lang)
    if any(values.get("sale") for values in of_variants.values()):
        for variant in product.variants:
            if sale := of_variants.get(variant.id, {}).get("sale"):
                yield replace(_sale(sale, variant.name, product.lang), variants=(variant.id,))


def _sale(sale: Mapping[str, Any], name: str, lang: Lang) -> Promotion:
    price = money_of(sale["price"])
    text = pack(lang).table("show.toml")["words"]["sale"].format(name=name, price=price)
    return Promotion(text, price, _moment(sale.get("from")), _moment(sale.get("until")))


def written(money: Money) -> str:
    """An amount as values hold it, the same for the same."""
    return f"{money.amount.normalize():f} {money.currency}"


def money_of(text: str | None) -> Money | None:
    """The amount that was `written`."""
    if text is None:
        return None
    amount, _, currency = text.partition(" ")
    return Money(Decimal(amount), currency)


def offer_data(offer: Promotion) -> dict[str, Any]:
    """An offer as values hold it, without what it does not tell."""
    data = {
        "text": offer.text,
        "price": offer.price and written(offer.price),
        "from": offer.starts and offer.starts.isoformat(),
        "until": offer.ends and offer.ends.isoformat(),
        "terms": [_term_data(term) for term in offer.terms],
        "variants": list(offer.variants),
        "limit": offer.limit,
        "combinable": offer.combinable,
        "code": offer.code,
    }
    return {key: value for key, value in data.items() if value not in (None, "", [])}


def offer_of(data: Mapping[str, Any]) -> Promotion:
    """The offer that has this `offer_data`. Raises `KeyError`, `ValueError` or `ArithmeticError` for anything else."""
    return Promotion(
        text=data["text"],
        price=money_of(data.get("price")),
        starts=_moment(data.get("from")),
        ends=_moment(data.get("until")),
        terms=tuple(_term(term) for term in data.get("terms", ())),
        variants=tuple(data.get("variants", ())),
        limit=data.get("limit"),
        combinable=data.get("combinable"),
        code=data.get("code", ""),
    )


def _term_data(term: Term) -> dict[str, Any]:
    numbers = {name: getattr(term, name) for name in _TERM_NUMBERS}
    data: dict[str, Any] = {"kind": term.kind.value}
    data |= {name: f"{number:f}" for name, number in numbers.items() if number is not None}
    data |= {"pieces": term.pieces, "free": term.free, "gift": term.gift, "variants": list(term.variants)}
    return {key: value for key, value in data.items() if value not in (None, "", [], 0)}


def _term(data: Mapping[str, Any]) -> Term:
    numbers: dict[str, Any] = {name: Decimal(data[name]) for name in _TERM_NUMBERS if name in data}
    others = {name: data[name] for name in ("pieces", "free", "gift") if name in data}
    return Term(TermKind(data["kind"]), **numbers, **others, variants=tuple(data.get("variants", ())))


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
