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


def name_of(measure: Measure) -> str:
    """What people call a measure."""
    return _NAMES.get(measure, measure.value)


def refusal(code: str, offending: str, sheet: Sheet, kind: Kind, lang: Lang, what: str) -> Ruling:
    """A ruling against ``offending``, with its reason in one sentence."""
    looked = ", ".join(f"{product.name} (link {product.link})" for product in sheet.products) or "no product"
    reason = f"“{offending}”: {what}; looked at {len(sheet.facts)} facts of {looked}"
    if kind in (Kind.SCRIPT, Kind.OPERATOR, Kind.BRIDGE):
        if code in _ADD and sheet.products:
            source = sheet.products[0].source or "the product sheet"
            reason += f". To say it, write {_ADD[code]} into {source}"
        elif code in ("banned", "claim", "never_say", "link"):
            reason += ". Write the line without it"
    return Ruling(False, reason, code, offending)
