"""The embedded answerer: no model, no network. It finds the facts a question is about and says them, or says nothing.

What it cannot find in the sheets it does not know: numbers, promises and claims come from facts in force alone.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator, Sequence

from host.core.comment import MAX_TEXT
from host.core.errors import LivehostError
from host.core.ports import Context, Draft, Options, Question
from host.core.product import Fact, Lang, Product
from host.core.text import bounded, sentences
from host.mind.compose import (
    Piece,
    compare_piece,
    fact_piece,
    link_piece,
    price_piece,
    says_already,
    stock_piece,
)
from host.mind.concepts import terms
from host.mind.names import address
from host.mind.replies import Situation, choose, reply, situation_of
from host.mind.retrieval import Hit, Library
from host.mind.scope import COMPARING, by_name, by_number, in_play

SURE = 0.5
"""Coverage from which a fact answers the question, for the product on air or asked about."""
ELSEWHERE = 0.74
"""The same for a product nobody spoke of."""
CALLED, ON_AIR = 0.15, 0.1
"""How much being called by name, or being on air, speaks for a product."""
STRUCTURED = frozenset({"price", "promo", "stock", "shipping", "returns", "link"})
"""Concepts that keys of the sheet answer, whatever its FAQ says."""
MAX_PIECES = 3
MAX_SENTENCES = 4

_PARTS = re.compile(
    r"[?？!！。；;\n]+|(?<=[一-鿿])[，,、 ]+|,\s+|\b(?:and also|and|also|plus)\b"
    r"|还有(?![货多几没吗现库哪])|另外|以及|顺便|再问",
    re.IGNORECASE,
)
_OPENERS: dict[Lang, tuple[str, ...]] = {
    "zh": ("", "", "{name}，", "{name}，", "{name}你好，", "{name}，我看到啦，", "来，{name}，"),
    "en": ("", "", "Hi {name}! ", "Hi {name}! ", "Sure, {name}. ", "Thanks for asking, {name}. "),
}
_SET_PRICE: dict[Lang, str] = {
    "zh": "价格是店铺定的，我这边改不了。",
    "en": "The shop sets the price, so I cannot bargain. ",
}


def open_answerer(options: Options, context: Context) -> EmbeddedAnswerer:
    """The embedded answerer; it takes no options. Raises `LivehostError` for any."""
    if options:
        raise LivehostError(f"embedded answerer: unknown option {sorted(options)[0]!r}", hint="it takes none")
    return EmbeddedAnswerer(context.seed)


class EmbeddedAnswerer:
    """Retrieval and sentences. The same question gives the same answer."""

    name = "embedded"

    def __init__(self, seed: int = 0) -> None:
        self._seed = seed
        self._library = Library()

    async def answer(self, question: Question) -> AsyncIterator[Draft]:
        """Yield the sentences of the answer; none where the sheets do not carry one."""
        for draft in self.drafts(question):
            yield draft

    async def close(self) -> None:
        """Free the indexes."""
        self._library.close()

    def drafts(self, question: Question) -> list[Draft]:
        """The whole answer at once. Pure but for the index cache; takes any comment."""
        text = bounded(question.comment.text, MAX_TEXT)
        situation = situation_of(text)
        if situation is Situation.INJECTION:
            return []
        if situation in (Situation.ARE_YOU_AI, Situation.WHO):
            said = reply(situation, question.lang, seed=self._seed, key=question.comment.id)
            return _drafts([Piece(said, (), ())], question.lang, "")
        pieces = list(self._pieces(text, question))[:MAX_PIECES]
        if not pieces:
            return []
        if situation is Situation.HAGGLE and len(pieces[0].about) == 1:
            pieces[0] = Piece(_SET_PRICE[question.lang] + pieces[0].text, pieces[0].evidence, pieces[0].about)
            return _drafts(pieces[:1], question.lang, "")
        return _drafts(pieces, question.lang, self._opener(question))

    def _opener(self, question: Question) -> str:
        opener = choose(_OPENERS[question.lang], self._seed, f"opener:{question.comment.id}")
        name = address(question.comment.user, question.lang)
        return opener.format(name=name) if name or "{" not in opener else ""

    def _pieces(self, text: str, question: Question) -> Iterator[Piece]:
        products = in_play(question)
        called = by_number(text, products)
        named = by_name(text, products)
        if len(called or named) > 1 and COMPARING.search(text) and not terms(text).concepts - {"price", "promo"}:
            yield compare_piece((called or named)[:3], question.wall, question.lang)
            return
        told: list[Piece] = []
        for part in _parts(text):
            subject = [product for product in called if product in by_number(part, products)] or called[:1]
            for piece in self._part(part, subject, named, question, products):
                if not any(_repeats(piece, other) for other in told):
                    told.append(piece)
                    yield piece

    def _part(
        self,
        part: str,
        called: Sequence[Product],
        named: Sequence[Product],
        question: Question,
        all_: Sequence[Product],
    ) -> Iterator[Piece]:
        concepts = terms(part).concepts
        subject = _subject(called, named, question, all_)
        if situation_of(part) is Situation.HAGGLE:
            concepts |= {"promo"}
        if subject is not None:
            yield from _structured(concepts, subject, question)
        if not concepts or concepts - STRUCTURED:
            yield from _told(self._search(part, called, named, question, all_), question.lang)

    def _search(
        self,
        part: str,
        called: Sequence[Product],
        named: Sequence[Product],
        question: Question,
        all_: Sequence[Product],
    ) -> list[Hit]:
        """Hits in the product that fits best, good enough to be said; else none."""
        best: list[Hit] = []
        best_score = 0.0
        for product in called or all_:
            hits = self._library.index(product, question.wall).search(part)
            near = product in called or product in named or product in (question.on_air, question.about)
            floor = SURE if near else ELSEWHERE
            hits = [hit for hit in hits if hit.coverage >= floor]
            prior = CALLED * (product in named or product is question.about) + ON_AIR * (product is question.on_air)
            if hits and hits[0].score + prior > best_score:
                best, best_score = hits, hits[0].score + prior
        return best


def _parts(text: str) -> list[str]:
    """The questions in a comment. Where no part stands alone, the whole."""
    parts = [part.strip() for part in _PARTS.split(text) if part and part.strip()]
    return parts if len(parts) < 2 else [part for part in parts if terms(part)] or [text]


def _subject(
    called: Sequence[Product], named: Sequence[Product], question: Question, all_: Sequence[Product]
) -> Product | None:
    if called:
        return called[0]
    if question.on_air in named:
        return question.on_air
    if named:
        return named[0]
    return question.about or question.on_air or (all_[0] if len(all_) == 1 else None)


def _structured(concepts: frozenset[str], product: Product, question: Question) -> Iterator[Piece]:
    """What the sheet's own keys answer."""
    facts = {fact.id: fact for fact in product.facts_in_force(question.wall)}
    if concepts & {"price", "promo"}:
        yield price_piece(product, question.wall, question.lang)
    if "stock" in concepts and (piece := stock_piece(product, question.lang)):
        yield piece
    for key in ("shipping", "returns"):
        fact: Fact | None = facts.get(f"{product.id}.{key}")
        if key in concepts and fact is not None:
            yield fact_piece(fact, question.lang)
    if "link" in concepts:
        yield link_piece(product, question.lang)


def _told(hits: Sequence[Hit], lang: Lang) -> Iterator[Piece]:
    """The best fact, and with it the FAQ entry or fact that adds what the first does not say."""
    if not hits:
        return
    first = fact_piece(hits[0].fact, lang)
    yield first
    faq = ".faq." in hits[0].fact.id
    for hit in hits[1:]:
        close = hit.coverage >= hits[0].coverage - 0.1 and hit.score >= hits[0].score - 0.25
        if close and (".faq." in hit.fact.id) != faq and not says_already(first.text, hit.fact.text):
            yield fact_piece(hit.fact, lang)
            return


def _repeats(piece: Piece, other: Piece) -> bool:
    """Whether a piece says nothing that the other did not."""
    return set(piece.evidence) <= set(other.evidence) or (
        piece.about == other.about and says_already(other.text, piece.text)
    )


def _drafts(pieces: Sequence[Piece], lang: Lang, opener: str) -> list[Draft]:
    """One draft a sentence, each with the evidence of its piece."""
    drafts: list[Draft] = []
    for index, piece in enumerate(pieces):
        spoken = sentences(piece.text, lang) or [piece.text]
        if index == 0:
            spoken[0] = opener + spoken[0]
        drafts += [Draft(sentence, piece.evidence, piece.about) for sentence in spoken]
    drafts = drafts[:MAX_SENTENCES]
    last = drafts[-1]
    return [*drafts[:-1], Draft(last.text, last.evidence, last.about, final=True)]
