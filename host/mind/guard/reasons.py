"""Refusals: the offending piece, the facts looked at, and what would make it right."""

from __future__ import annotations

from host.core.reason import Reason
from host.core.utterance import Kind, Ruling
from host.mind.guard.carried import FactIndex

_MENDED_BY_A_FACT = frozenset({"price", "date", "unit", "number", "claim"})
_WRITTEN = (Kind.SCRIPT, Kind.OPERATOR, Kind.BRIDGE)
"""Kinds that a person wrote and can write anew."""


_AGAINST_A_FACT = frozenset({
    "denied_by_fact", "lacks_material", "lacks_colour", "said_of_another", "passes_over_exception",
})  # fmt: skip
"""The sheet says otherwise: nobody is told to write a fact that says so."""


def refusal(code: str, offending: str, sheet: FactIndex, kind: Kind, what: Reason, *, lacking: bool = True) -> Ruling:
    """A ruling against ``offending`` that a fact would lift: what is wrong, whose facts were searched and where they
    stand, what to add, if they are ``lacking``."""
    advice: dict[str, str] = {}
    if sheet.products and kind in _WRITTEN:
        advice = {"source": sheet.products[0].source}
        if lacking and what.code not in _AGAINST_A_FACT and code in _MENDED_BY_A_FACT:
            advice["add"] = code
    products = [{"name": product.name, "link": product.link} for product in sheet.products]
    reason = Reason("guard_facts", offending=offending, what=what, products=products, **advice)
    return Ruling(False, reason, code, offending)


def forbidden(code: str, offending: str, kind: Kind, what: str) -> Ruling:
    """A ruling against ``offending`` that no fact would lift: the line has to be written without it."""
    return Ruling(
        False, Reason("guard_words", offending=offending, what=what, written=kind in _WRITTEN), code, offending
    )
