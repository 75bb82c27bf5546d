"""Refusals in words for people: the offending piece, the facts looked at, and what would make it right."""

from __future__ import annotations

from host.core.product import Lang
from host.core.utterance import Kind, Ruling
from host.mind.carried import Sheet
from host.mind.units import Measure

_NAMES = {Measure.MONEY: "amount", Measure.PHYSICAL: "measurement", Measure.NUMBER: "number", Measure.COUNT: "count",
          Measure.CLOCK: "time of day", Measure.BUNDLE: "offer", Measure.LINK: "link number"}  # fmt: skip
_ADD = {
    "price": "a price, list_price or promotion in force",
    "date": "a promotion or fact with that date",
    "unit": "a fact with that value and unit",
    "number": "a fact with that number",
    "claim": "a fact that says so",
}
_WRITTEN = (Kind.SCRIPT, Kind.OPERATOR, Kind.BRIDGE)
"""Kinds that a person wrote and can write anew."""


def name_of(measure: Measure) -> str:
    """What people call a measure."""
    return _NAMES.get(measure, measure.value)


def refusal(code: str, offending: str, sheet: Sheet, kind: Kind, lang: Lang, what: str) -> Ruling:
    """A ruling against ``offending`` that a fact would lift: what is wrong, whose facts were searched, what to add."""
    names = ", ".join(f"{product.name} (link {product.link})" for product in sheet.products) or "no product"
    reason = f"“{offending}”: {what}; searched the facts of {names}"
    if code in _ADD and sheet.products and kind in _WRITTEN:
        reason += f". To say it, write {_ADD[code]} into {sheet.products[0].source or 'the product sheet'}"
    return Ruling(False, reason, code, offending)


def forbidden(code: str, offending: str, kind: Kind, what: str) -> Ruling:
    """A ruling against ``offending`` that no fact would lift: the line has to be written without it."""
    reason = f"“{offending}”: {what}"
    return Ruling(False, f"{reason}. Rephrase the line" if kind in _WRITTEN else reason, code, offending)
