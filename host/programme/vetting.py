"""The guard's word on everything a show can say before its turn comes, so that a writer hears of it in time."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from host.core.clock import Clock, sleep
from host.core.errors import Finding
from host.core.findings import found, warned
from host.core.media import TICK_SECONDS
from host.core.product import Fact, Product
from host.core.reason import Reason
from host.core.utterance import Kind
from host.mind.answers.compose import fact_piece, price_piece
from host.mind.guard.gate import Gate, refused_pieces
from host.programme.held import Held, OnHeld, Sentence, case_of, objections_to, warnings_of
from host.show.lint import sentences
from host.show.load import Show

SPELL = 0.005
"""Seconds of work between two rests of a tick."""

Item = TypeVar("Item")
_BARE = frozenset({"name", "link", "price", "list_price", "stock"})
"""The keys of a sheet whose values are said in sentences of the house's own."""


def vetted(
    show: Show, guard: Gate, wall: datetime, broken: Collection[str] = (), on_held: OnHeld = lambda _: None
) -> Iterator[Finding | None]:
    """For each sentence of each wording, and each answer the sheet gives: everything that the guard will refuse at
    ``wall``, then None. Some 0.7 ms each, and next to nothing where it was proven before under the same facts.

    Of the products in ``broken`` a part of the sheet could not be read: what only lacks a fact there is not told.
    ``on_held`` hears of each sentence of a script that will be held back.
    """
    for product, sentence, path in sentences(show):
        held = Sentence(sentence.text, product.lang, Kind.SCRIPT, (product,), path=path, line=sentence.source_line)
        yield from _refused(guard, held, wall, broken, on_held)
    for product in show.catalogue:
        price = price_piece(replace(product, promotions=()), wall, product.lang).text
        line = product.lines.get("price", 0)
        yield from _refused(guard, _answer(product, price, product.source, line), wall, broken, on_held)
        for fact, moment in _said(product, wall):
            text = fact_piece(fact, product.lang).text
            if any(character.isalnum() for character in fact.text):
                path, line = _place(fact, product)
                yield from _refused(guard, _answer(product, text, path, line), moment, broken, on_held)


def doubted(show: Show, guard: Gate, wall: datetime) -> Iterator[Finding]:
    """The sentences of scripts that pass, and weigh less than nearly all that is true: worth a second look."""
    for product, sentence, path in sentences(show):
        held = Sentence(sentence.text, product.lang, Kind.SCRIPT, (product,), path=path, line=sentence.source_line)
        case = case_of(held, wall)
        for ruling in guard.guard.doubts(case) if guard.check(case).allowed else ():
            yield warned("guard_doubts", path, held.line, why=ruling.reason)


def _answer(product: Product, text: str, path: str, line: int) -> Sentence:
    return Sentence(text, product.lang, Kind.ANSWER, (product,), path=path, line=line)


def _place(fact: Fact, product: Product) -> tuple[str, int]:
    """Where the text of a fact stands: of an entry with keys of its own, that of the answer or the offer."""
    key = fact.id.removeprefix(f"{product.id}.")
    inside = (product.lines.get(f"{key}.{name}") for name in ("a", "text"))
    path, _, line = fact.source.rpartition(":")
    return path, next((line for line in inside if line), int(line))


def _refused(
    guard: Gate, sentence: Sentence, wall: datetime, broken: Collection[str], on_held: OnHeld
) -> Iterator[Finding | None]:
    path, line, product = sentence.path, sentence.line, sentence.products[0]
    objections = objections_to(guard, sentence, wall)
    code = "guard_will_refuse" if sentence.kind is Kind.SCRIPT else "never_answered"
    for ruling in refused_pieces(objections):
        lacking = isinstance(ruling.reason, Reason) and ruling.reason.code == "guard_facts"
        if not (lacking and product.id in broken):
            yield found(code, path, line, why=ruling.reason, text=sentence.text)
    if objections and sentence.kind is Kind.SCRIPT:
        on_held(Held(sentence, tuple(objections)))
    for ruling in () if objections else warnings_of(guard, sentence, wall):
        yield warned("guard_warns", path, line, why=ruling.reason, text=sentence.text)
    yield None


def _said(product: Product, wall: datetime) -> Iterator[tuple[Fact, datetime]]:
    """What of a sheet is said as an answer, each at a moment when it is: an offer to come when it has begun."""
    told: set[str] = set()
    begins = [offer.starts if offer.starts.tzinfo else offer.starts.replace(tzinfo=wall.tzinfo)
              for offer in product.promotions if offer.starts]  # fmt: skip
    for moment in (wall, *sorted(moment for moment in begins if moment > wall)):
        for fact in product.facts_in_force(moment):
            key = fact.id.removeprefix(f"{product.id}.")
            if key not in _BARE and not key.endswith(".price") and fact.id not in told:
                told.add(fact.id)
                yield fact, moment


async def unhurried(work: Iterable[Item], clock: Clock) -> AsyncIterator[Item]:
    """The items of ``work``, an eighth of the time at most: a room that has just started needs the rest for its first
    sentence and its first pictures."""
    began = clock.now()
    for item in work:
        yield item
        if clock.now() - began >= SPELL:
            await sleep(clock, TICK_SECONDS)
            began = clock.now()
