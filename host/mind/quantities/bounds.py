"""Bounds around a quantity: 超过, 不到, ``at least``, 左右.

``least`` and ``most`` count the value itself (不低于, 不超过, ``up to``), ``above`` and ``below`` tell what lies beyond
(超过, 起, 不到);
``about`` is near it, ``several`` is no value at all (几百).
"""

from __future__ import annotations

import re
from dataclasses import replace

from host.mind.quantities.grammar import CLAUSE, MORE_AFTER, MORE_BEFORE
from host.mind.quantities.quantity import Quantity
from host.mind.quantities.units import Measure


def bounded(text: str, quantity: Quantity) -> Quantity:
    """The quantity with the 超过, 不到 or 左右 around it."""
    if quantity.readings[0].measure in (Measure.LINK, Measure.CODE):
        return quantity
    if re.search(r"[几数]$", text[: quantity.start]) or re.search(r"[十百千万]几", quantity.text):
        return replace(quantity, bound="several")
    if re.search(r"[多余](?!少)", quantity.text):
        return replace(quantity, bound="above")
    if re.search(r"[十百千万]来", quantity.text):
        return replace(quantity, bound="about")
    after = MORE_AFTER.match(text, quantity.end)
    clause = CLAUSE.split(text[max(0, quantity.start - 24) : quantity.start])[-1]
    before = [match for match in MORE_BEFORE.finditer(clause) if len(clause) - match.end() <= 3]
    if before and before[-1].group() == "上" and quantity.text[:1] not in "百千万亿":
        before = []  # 上百人, and not 路上三天
    if after:
        bound = after.lastgroup or ""
        # 48小时内 is how everyone writes a time limit, and exactly what the fact says
        if quantity.readings[0].measure is Measure.DURATION and bound == "most":
            return quantity
        return replace(quantity, bound=bound)
    if before:
        bound = before[-1].lastgroup or ""
        if quantity.readings[0].measure is Measure.DURATION and before[-1].group() == "within":
            return quantity
        return replace(quantity, bound=bound)
    return quantity


_HELD_BY: dict[str, frozenset[str]] = {
    "": frozenset(["least", "above", "most", "about"]),
    "about": frozenset(["", "least", "above", "most"]),
    "least": frozenset(["", "above"]),
    "most": frozenset(["", "below", "about"]),
    "above": frozenset(["least"]),
    "below": frozenset(["most"]),
}
"""What may be said of a value by what is known of it: 约79元 of 79元, 12小时 of 12小时以上, 三公斤以内 of 最大3公斤."""


def holds(said: str, known: str) -> bool:
    """Whether one bound on a value is true where another is known of the same value: 79元以上 and 不到79元 of 79元 are
    not, for nobody would say so of a price."""
    return said == known or known in _HELD_BY.get(said, frozenset())
