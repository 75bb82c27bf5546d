"""Refusals: the offending piece, the facts looked at, and what would make it right."""

from __future__ import annotations

from host.core.reason import Reason
from host.core.utterance import Kind, Ruling
from host.mind.guard.carried import FactIndex

_MENDED_BY_A_FACT = frozenset({"price", "date", "unit", "number", "claim"})
_WRITTEN = (Kind.SCRIPT, Kind.OPERATOR, Kind.BRIDGE)
"""Kinds that a person wrote and can write anew."""


def refusal(code: str, offending: str, sheet: FactIndex, kind: Kind, what: Reason, *, lacking: bool = True) -> Ruling:
    """A ruling against ``offending`` that a fact would lift: what is wrong, whose facts were searched, what to add, if
    the facts are ``lacking``."""
    advice = {}
    if lacking and code in _MENDED_BY_A_FACT and sheet.products and kind in _WRITTEN:
        advice = {"add": code, "source": sheet.products[0].source}
    products = [{"name": product.name, "link": product.link} for product in sheet.products]
    reason = Reason("guard_facts", offending=offending, what=what, products=products, **advice)
    return Ruling(False, reason, code, offending)


def forbidden(code: str, offending: str, kind: Kind, what: str) -> Ruling:
    """A ruling against ``offending`` that no fact would lift: the line has to be written without it."""
    return Ruling(
        False, Reason("guard_words", offending=offending, what=what, written=kind in _WRITTEN), code, offending
    )
