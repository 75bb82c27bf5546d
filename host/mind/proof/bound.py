"""Whether a number is said of what its fact says it of: the value of one size, one part, one batch is not another's.

A stated number belongs to the words around it in its fact: M码, 保温, ``battery engine``. Where the text puts it beside
the words of another number of the same kind in the sheet, it says that number of the wrong thing. A choice that is
named (大箱, MH30, ``the Deluxe``) counts most: what a fact says of others only is never said of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from host.lang.alike import meanings
from host.lang.stance.polarity import Polarity, read
from host.mind.answers.concepts import words
from host.mind.guard.statements import statements
from host.mind.proof.bought import several
from host.mind.proof.context import Context, Known
from host.mind.proof.lineup import Amount
from host.mind.proof.named import is_spoken_of, of_second
from host.mind.quantities.quantity import Quantity, Reading
from host.mind.quantities.units import Measure

_BOUND = (
    Measure.PHYSICAL,
    Measure.DURATION,
    Measure.COUNT,
    Measure.PERCENT,
    Measure.MONEY,
    Measure.NUMBER,
    Measure.DATE,
)
_STATED = (Polarity.ASSERTED, Polarity.CONDITIONAL)
SIZES = frozenset(["xs", "s", "m", "l", "xl", "xxl", "xxxl", "2xl", "3xl", "4xl", "5xl", "6xl"])
SIZE = re.compile(r"(?<![a-z0-9])(?:[2-6]?x{0,3}[sl]|m)(?![a-z0-9])")
_PRICES = (".price", ".list_price")
_CLEARLY = 2
"""How much closer another number has to be."""
_ONLY = re.compile(r"[只仅](?:适|能|限|用|配)|\bonly\b")
"""A fact that says what alone holds needs to be no more than closer."""
_CHOICE = 3
"""How many words a choice that is named counts for."""


def denied_in_facts(context: Context, quantity: Quantity, evidence: Sequence[str]) -> Known | None:
    """The fact that denies a number which the text asserts: 不能直接用110伏电源."""
    carrying = [
        known
        for known in context.known
        if known.fact in evidence and _alike(quantity, known) and _equal(quantity, known)
    ]
    if not carrying or read(context.text).stance(quantity.start, quantity.end).polarity not in _STATED:
        return None
    return carrying[0] if all(_is_denied(known) for known in carrying) else None


def _is_denied(known: Known) -> bool:
    """Whether the clause of a fact that has a number denies it, and does not only bound it: 不超过30度."""
    if known.quantity.bound:
        return False
    place = known.quantity.start
    return any(each.denied for each in statements(known.text) if each.start <= place < each.end)


def one_for_all(context: Context, quantity: Quantity) -> bool:
    """Whether an amount is said to be for several pieces, so that the price of one carries nothing: 两个一共79元."""
    money = quantity.readings[0].measure in (Measure.MONEY, Measure.NUMBER)
    return money and context.is_total(quantity) and several(context)


def misplaced(context: Context, quantity: Quantity, evidence: Sequence[str]) -> Known | None:
    """The fact that speaks of what a number is said of, and has another number for it; None where none does.

    ``evidence`` are the ids of facts that carry the number.
    """
    reading = quantity.readings[0]
    if reading.measure not in _BOUND:
        return None
    if reading.measure is Measure.MONEY and any(fact.endswith(_PRICES) for fact in evidence):
        return _other_price(context, quantity) if all(fact.endswith(_PRICES) for fact in evidence) else None
    if (other := _of_another_choice(context, quantity)) is not None:
        return other
    if _only_names(context, quantity) or (reading.measure is Measure.DURATION and reading.value == 1):
        return None
    alike = [known for known in context.known if _alike(quantity, known)]
    carrying = [known for known in alike if known.fact in evidence and _equal(quantity, known)]
    if reading.measure is Measure.MONEY and "nth" not in context.cues:
        first = [known for known in carrying if not of_second(known)]
        if carrying and not first:
            return carrying[0]  # the price of a second one is none of one
        carrying = first
    if reading.measure is Measure.MONEY and carrying and not any(is_spoken_of(context, known) for known in carrying):
        return carrying[0]  # the price of a scarf that nobody speaks of
    amount = (reading.measure, reading.value, reading.unit)
    others = [known for known in alike if not _equal(quantity, known) and amount not in known.beside]
    if not carrying:
        return None
    said, chosen, amounts = _beside(context, quantity)
    if chosen and all(of and not of & chosen for of in map(context.choices_of, carrying)):
        return carrying[0]
    if not others:
        return None
    siblings = {known.fact for known in carrying}
    others = [known for known in others if known.fact in siblings or _of_a_matter(known, said)]
    if not others:
        return None
    best = max(_closeness(context, known, said, chosen, amounts) for known in carrying)
    rival = max(others, key=lambda known: _closeness(context, known, said, chosen, amounts))
    lead = _closeness(context, rival, said, chosen, amounts) - best
    told = next((each for each in context.found if _alike(each, rival) and _equal(each, rival)), None)
    if told is not None:  # both are said: each of what the other is of, or only in another order
        mine = max(carrying, key=lambda known: _closeness(context, known, said, chosen, amounts))
        behind = _lead(context, told, mine, rival)
        return rival if min(lead, behind) > 0 and lead + behind >= _CLEARLY else None
    return rival if lead >= (1 if _ONLY.search(rival.text) else _CLEARLY) else None


def _lead(context: Context, quantity: Quantity, one: Known, other: Known) -> int:
    """How many more of the words beside a number in the text stand beside one number of the facts than another."""
    beside = _beside(context, quantity)
    return _closeness(context, one, *beside) - _closeness(context, other, *beside)


def stated_for(context: Context, quantity: Quantity) -> Known | None:
    """The fact with the words that a number is said of, and another number for them; None where none has more of them
    than the rest."""
    others = [known for known in context.known if _alike(quantity, known) and not _equal(quantity, known)]
    said, chosen, amounts = _beside(context, quantity)
    ranked = sorted(
        ((_closeness(context, known, said, chosen, amounts), at) for at, known in enumerate(others)), reverse=True
    )
    if not ranked or ranked[0][0] < 1 or (len(ranked) > 1 and ranked[1][0] == ranked[0][0]):
        return None
    return others[ranked[0][1]]


def _other_price(context: Context, quantity: Quantity) -> Known | None:
    """The price of a choice that a price of another is said to be: 雾灰299元, where grey is 319."""
    value = quantity.readings[0].value
    if context.compared or context.is_total(quantity):
        return None
    for name in context.spoken_of(quantity):
        if not any(value in (choice.price, choice.list_price) for choice in name.choices):
            keys = {f"{context.product.id}.variants.{choice.id}.price" for choice in name.choices}
            return next((known for known in context.known if known.fact in keys), None)
    return None


def _of_a_matter(known: Known, said: frozenset[str]) -> bool:
    """Whether a fact has a word beside its number that tells what it is, and the text has it too."""
    return any(len(term) > 1 for term in (_terms(known.label) | _meant(known.label)) & said)


def _of_another_choice(context: Context, quantity: Quantity) -> Known | None:
    """An amount of the name of one choice that is said of another: 小罐150克."""
    reading = quantity.readings[0]
    amount = (reading.measure, reading.value, reading.unit)
    its = {choice.id for choice in context.lineup.choices if amount in choice.amounts}
    beside = [name for name in context.named if name.start <= quantity.start < name.end and name.split]
    if not its or not beside:
        return None
    return next((known for known in context.known if context.choices_of(known) & its), None)


def _only_names(context: Context, quantity: Quantity) -> bool:
    """Whether an amount says no more than which choice is meant: 十公斤那箱."""
    reading = quantity.readings[0]
    amount = (reading.measure, reading.value, reading.unit)
    if any(name.start <= quantity.start < name.end for name in context.named):
        return True
    return any(amount in choice.amounts for choice in context.lineup.choices)


def _closeness(
    context: Context, known: Known, said: frozenset[str], chosen: frozenset[str], amounts: frozenset[Amount]
) -> int:
    """How many of the words beside a number the fact has beside it."""
    close = len(_terms(known.label) & said) + len(_meant(known.label) & said)
    sizes, labelled = said & SIZES, frozenset(SIZE.findall(known.label)) & SIZES
    if sizes and labelled:
        close += _CHOICE if sizes & labelled else -2 * _CHOICE
    of = context.choices_of(known)
    if chosen and of:
        close += _CHOICE if chosen & of else -2 * _CHOICE
    return close + _CHOICE * bool(known.beside & amounts)


def _beside(context: Context, quantity: Quantity) -> tuple[frozenset[str], frozenset[str], frozenset[Amount]]:
    """The words beside a number in its clause, the ids of the choices it is said of, the other amounts there."""
    start, end = context.clause_of(quantity)
    clause = context.text[start : quantity.start] + " " + context.text[quantity.end : end]
    amounts = (
        (each.measure, each.value, each.unit)
        for other in context.found
        if other is not quantity and other.start < end  # what comes first says of whom: 十斤重的小狗，一天160克
        for each in other.readings[:1]
    )
    terms = _terms(clause) | frozenset(SIZE.findall(clause))
    if clause.isascii() != context.product.name.isascii():
        terms |= _meant(clause)
    return terms, context.said_of(quantity), frozenset(amounts)


def _alike(quantity: Quantity, known: Known) -> bool:
    """Whether two quantities could be each other's: of one kind, in one unit."""
    reading = quantity.readings[0]
    if reading.measure is Measure.MONEY and quantity.role is not known.quantity.role:
        return False
    return any(_comparable(reading, other, quantity, known) for other in known.quantity.readings)


def _comparable(reading: Reading, other: Reading, quantity: Quantity, known: Known) -> bool:
    if reading.measure is Measure.DATE:
        return other.measure is Measure.DATE
    if {reading.measure, other.measure} == {Measure.COUNT, Measure.NUMBER}:  # one engine is written 1 engine
        named = reading.unit or other.unit
        return len(named) > 1 and named in (known.label if reading.unit else quantity.text)
    return reading.measure is other.measure and reading.unit == other.unit


def _equal(quantity: Quantity, known: Known) -> bool:
    reading = quantity.readings[0]
    others = [other for other in known.quantity.readings if _comparable(reading, other, quantity, known)]
    if reading.measure is Measure.DATE:
        return any(_same_day(reading.unit, other.unit) for other in others)
    return any(reading.value == other.value for other in others)


def _same_day(said: str, known: str) -> bool:
    return all(a in ("*", b) for a, b in zip(said.split("-"), known.split("-"), strict=False))


@lru_cache(maxsize=4096)
def _meant(text: str) -> frozenset[str]:
    """Marks of the meanings that a text has in whatever language: 电机 and ``motor`` have one."""
    return frozenset(f"={group}" for group in meanings(text))


@lru_cache(maxsize=4096)
def _terms(text: str) -> frozenset[str]:
    return words(text)
