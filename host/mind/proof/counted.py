"""How many things the sheet has, counted in other words than its own: packs, parts, sizes, what a fact lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from host.core.fold import cased, lowered
from host.lang.alike import meanings
from host.mind.proof.bought import Proof
from host.mind.proof.context import Context, Known
from host.mind.proof.named import WORD, is_named
from host.mind.proof.restated import is_foreign
from host.mind.quantities.quantity import Quantity
from host.mind.quantities.units import GENERIC, Measure

_BOTH = re.compile(r"\bboth\b[^,.]{0,24}\btogether\b|\bpair\b|一双|一对|两只(?:加|合|一共|一起)")
_PARTS = re.compile(r"[;；。]|\. ")
_HEAD = re.compile(r"[^:：,，;；。]{1,20}[:：]")
_OPENING = re.compile(r"^.*?(?:分别[是为]|\bin |有)")
_LISTED = re.compile(r"、|,|，|和|或|及|\bor\b|\band\b")
_COUNTED = GENERIC | {"x", ""}


def counted(context: Context, quantity: Quantity) -> Iterator[Proof]:
    """A count of what the sheet counts otherwise: 四个小包 of 4小包, ``three sizes`` of so many choices."""
    noun = quantity.noun or context.text[quantity.end : quantity.end + 8]
    reading = quantity.readings[0]
    for known in context.known:
        alike = known.kind[0] in (Measure.COUNT, Measure.NUMBER) and known.value == reading.value
        if alike and _same_noun(noun, reading.unit, known, is_foreign(context, known)):
            yield known.value, known.quantity.text, (known.fact,), False
    yield from _enumerated(context, reading.value, noun + quantity.text, context.said_of(quantity))
    choices = context.lineup.choices
    if len(choices) > 1 and (
        reading.unit in _COUNTED or reading.unit in ("size", "version", "option", "edition", "种")
    ):
        ids = tuple(dict.fromkeys(choice.facts[0] for choice in choices))
        for count in {len(choices), *_columns(context)}:
            yield Decimal(count), f"{count} in the sheet", ids, False


def _enumerated(context: Context, count: Decimal, noun: str, chosen: frozenset[str]) -> Iterator[Proof]:
    """How many things a fact lists under a name of them: ``two colors`` of ``Colors: men's in Ink or Chalk``."""
    wanted = meanings(noun)
    for fact in context.product.facts_in_force(context.wall) if wanted else ():
        text = lowered(cased(fact.text if fact.topic.isdigit() else f"{fact.topic}: {fact.text}"))
        head = _HEAD.match(text)
        if head is None or not wanted & meanings(head.group()):
            continue
        for part in _PARTS.split(text[head.end() :]):
            its = frozenset(choice.id for name in context.lineup.named_in(part) for choice in name.choices)
            listed = _LISTED.split(_OPENING.sub("", part))
            if len(listed) > 1 and len(listed) == count and (not its or not chosen or its & chosen):
                yield count, "; ".join(listed), (fact.id,), False


def _columns(context: Context) -> Iterator[int]:
    """How many different words the names of the choices have in each place: sizes, colours."""
    names = [WORD.findall(choice.name.lower()) for choice in context.lineup.choices]
    for column in range(min(map(len, names), default=0)):
        yield len({name[column] for name in names})


def _same_noun(noun: str, unit: str, known: Known, foreign: bool) -> bool:
    near = known.label + known.quantity.text
    if foreign:
        return True  # a sheet in another language has another word for it
    if unit.isascii() and len(unit) > 2:
        return unit in near
    run = WORD.match(noun.strip())
    word = run.group() if run else ""
    return any(word[at : at + 2] in near for at in range(max(0, min(4, len(word) - 1)))) if len(word) > 1 else False


def packed(context: Context, measure: Measure, unit: str) -> Iterator[Proof]:
    """What so many packs hold: 六袋 with 每袋25只; what the two of a pair have together."""
    for known in context.known if _BOTH.search(context.text) else ():
        if known.kind == (measure, unit) and is_named(context, known):
            yield 2 * known.value, f"2×{known.value}", (known.fact,), False
    packs = {(value, kind) for name in context.named for choice in name.choices for what, value, kind in choice.amounts
             if what is Measure.COUNT}  # fmt: skip
    packs |= {(each.readings[0].value, each.readings[0].unit) for each in context.found
              if each.readings[0].measure is Measure.COUNT}  # fmt: skip
    for known in context.known:
        for value, kind in packs if known.kind == (measure, unit) else ():
            of_one = re.search(rf"[每一]{kind}|(?:per|each) {kind}", known.text[: known.quantity.end + 12])
            if kind and value > 1 and of_one:
                yield value * known.value, f"{value}×{known.value}", (known.fact,), False
