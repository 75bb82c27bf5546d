"""The embedded answerer: no model, no network. It finds the facts a question is about and says them, or says nothing.

What it cannot find in the sheets it does not know: numbers, promises and claims come from facts in force alone.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from host.core.mentions import mentions
from host.core.options import NoOptions, takes
from host.core.ports import Context, Draft, Question
from host.core.product import Lang, Product
from host.core.text import guess_lang, sentences
from host.mind.answers.around import around
from host.mind.answers.compose import (
    Piece,
    compare_piece,
    fact_piece,
    meant,
    says_already,
)
from host.mind.answers.concepts import terms
from host.mind.answers.fitting import answer_first, asks
from host.mind.answers.foreign import names_another
from host.mind.answers.premise import Premises, premises
from host.mind.answers.replies import Situation, choose, reply, situation_of
from host.mind.answers.retrieval import Hit, Library, own_names
from host.mind.answers.scope import COMPARING, in_play
from host.mind.answers.structured import STRUCTURED, as_read, structured
from host.mind.names import address

SURE = 0.5
"""Coverage from which a fact answers the question, for the product on air or asked about."""
ELSEWHERE = 0.74
"""The same for a product nobody spoke of."""
DISTINCT = 0.15
"""By how much one of those must fit better than the next: otherwise nobody can tell which is meant."""
CALLED, ON_AIR = 0.15, 0.1
"""How much being called by name, or being on air, speaks for a product."""
OF_A_THING = STRUCTURED | {"weight", "size", "capacity", "colour", "origin", "expiry"}
"""Concepts that are asked of a whole thing, and not of a part of it that a sheet may not name."""
MAX_PIECES = 3
MAX_PARTS = 8
"""Questions looked for in one comment: each costs milliseconds, and commas alone would make hundreds."""
MAX_SENTENCES = 4

_PARTS = re.compile(
    r"[?？!！。；;\n]+|(?<=[一-鿿])[，,、 ]+|,\s+|\b(?:and also|and|also|plus)\b"
    r"|还有(?![货多几没吗么不嘛现库哪])|另外|以及|顺便|再问",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"¥?(?<!\d)\d++(?:\.\d++)? ?(?:元|块钱?)")


@takes(NoOptions, "answerer embedded")
def open_answerer(_: NoOptions, context: Context) -> EmbeddedAnswerer:
    """The embedded answerer."""
    return EmbeddedAnswerer(context.seed)


class EmbeddedAnswerer:
    """Retrieval and sentences. The same question gives the same answer."""

    name = "embedded"

    def __init__(self, seed: int = 0) -> None:
        self._seed = seed
        self._library = Library()

    async def answer(self, question: Question) -> AsyncIterator[Draft]:
        """Yield the sentences of the answer; none where the sheets do not carry one, or where somebody else has begun
        to answer: it knows of no other half."""
        for draft in () if question.said else self.drafts(question):
            yield draft

    async def close(self) -> None:
        """Free the indexes."""
        self._library.close()

    def drafts(self, question: Question) -> list[Draft]:
        """The whole answer at once. Pure but for the index cache; takes any comment."""
        text = as_read(question)
        situation = situation_of(text)
        if situation is Situation.INJECTION:
            return []
        if situation in (Situation.ARE_YOU_AI, Situation.WHO):
            said = reply(situation, question.lang, seed=self._seed, key=question.comment.id)
            return _drafts([Piece(said, (), ())], question.lang, "")
        pieces = list(islice(self._pieces(text, question), MAX_PIECES))
        if not pieces:
            return []
        if situation is Situation.HAGGLE and len(pieces[0].about) == 1:
            pieces[0] = Piece(self._set_price(question) + pieces[0].text, pieces[0].evidence, pieces[0].about)
            return _drafts(pieces[:1], question.lang, "")
        same = guess_lang(pieces[0].text, question.lang) == question.lang
        return _drafts(pieces, question.lang, self._opener(question) if same else "")

    def _set_price(self, question: Question) -> str:
        name = address(question.comment.user, question.lang)
        words = around(question.lang)
        said: str = words["set_price"].format(name=name and words["called"].format(name=name))
        return said[0].upper() + said[1:]

    def _opener(self, question: Question) -> str:
        opener = choose(around(question.lang)["openers"], self._seed, f"opener:{question.comment.id}")
        name = address(question.comment.user, question.lang)
        return opener.format(name=name) if name or "{" not in opener else ""

    def _pieces(self, text: str, question: Question) -> Iterator[Piece]:
        asked = _Asked.of(text, question)
        several = asked.called or asked.named
        if len(several) > 1 and COMPARING.search(text) and not terms(text).concepts - {"price", "promo", "gift"}:
            yield compare_piece(several[:3], question.wall, question.lang)
            return
        told: list[Piece] = []

        def new(pieces: Iterable[Piece]) -> Iterator[Piece]:
            for piece in pieces:
                if not any(_repeats(piece, other) for other in told):
                    told.append(piece)
                    yield piece

        taken = [_taken_for_granted(part, text, asked) for part in _parts(text)]
        yield from new(piece for premise in taken for piece in premise.pieces)
        answered: list[bool] = []
        for premise in taken:
            pieces = list(self._part(premise.rest, asked))
            yield from new(pieces)
            if asks(premise.rest):
                answered.append(bool(pieces or premise.pieces))
        if any(answered) and not all(answered):
            yield Piece(around(question.lang)["not_found"], (), told[0].about)

    def _part(self, part: str, asked: _Asked) -> Iterator[Piece]:
        concepts = terms(part).concepts
        subject = asked.subject(part)
        if situation_of(part) is Situation.HAGGLE:
            concepts |= {"promo"}
        if concepts & OF_A_THING and asked.stranger(part):
            if concepts - STRUCTURED:
                yield from self._elsewhere(part, asked, asked.products)
            return
        if subject is not None and (asked.question.certain or _nothing_else(part, subject)):
            named = subject in (*asked.called, *asked.named)
            yield from structured(part, concepts, subject, asked.question, named=named)
        if not concepts or concepts - STRUCTURED:
            yield from self._found(part, asked)

    def _found(self, part: str, asked: _Asked) -> Iterator[Piece]:
        """What the sheet of the product that fits best tells, if it fits well enough to be said."""
        near = self._search(part, asked, asked.near, SURE if asked.question.certain else ELSEWHERE)
        if near:
            yield from _told(part, near[0][1], asked.question.lang)
        elif not asked.called and asked.question.certain:
            yield from self._elsewhere(
                part, asked, [product for product in asked.products if product not in asked.near]
            )

    def _elsewhere(self, part: str, asked: _Asked, products: Sequence[Product]) -> Iterator[Piece]:
        """What one of ``products`` tells that nobody spoke of, introduced by its name, if it alone fits well."""
        lang = asked.question.lang
        far = self._search(part, asked, products, ELSEWHERE)
        if far and (len(far) == 1 or far[0][0] >= far[1][0] + DISTINCT):
            hits = far[0][1]
            product = next(product for product in asked.products if product.id == hits[0].fact.product)
            for index, piece in enumerate(_told(part, hits, lang)):
                yield _introduced(piece, product, lang) if index == 0 else piece

    def _search(
        self, part: str, asked: _Asked, products: Sequence[Product], floor: float
    ) -> list[tuple[float, list[Hit]]]:
        """The hits of each product that has some above the floor, the product that fits best first."""
        found = []
        for product in products:
            least = ELSEWHERE if asked.named and product not in (*asked.named, asked.question.about) else floor
            hits = [
                hit for hit in self._library.index(product, asked.question.wall).search(part) if hit.coverage >= least
            ]
            if hits:
                found.append((hits[0].score + asked.prior(product), hits))
        return sorted(found, key=lambda pair: -pair[0])


@dataclass(frozen=True)
class _Asked:
    """A question with the products it may be about."""

    question: Question
    products: tuple[Product, ...]
    called: tuple[Product, ...]
    """By link number, which settles it."""
    named: tuple[Product, ...]

    @classmethod
    def of(cls, text: str, question: Question) -> _Asked:
        products = in_play(question)
        spoken_of = mentions(text, products)
        return cls(question, products, spoken_of.called, spoken_of.named)

    @property
    def near(self) -> Sequence[Product]:
        """The products that are meant unless something else fits much better."""
        if self.called:
            return self.called
        spoken_of = [*self.named, self.question.about, self.question.on_air]
        return [product for product in self.products if product in spoken_of]

    def prior(self, product: Product) -> float:
        """What speaks for a product before its sheet is looked at."""
        by_name = product in self.named or product is self.question.about
        return CALLED * by_name + ON_AIR * (product is self.question.on_air)

    def stranger(self, part: str) -> bool:
        """Whether a part asks about a thing that is not the product it would be answered for."""
        subject = self.subject(part)
        unnamed = not self.called and not self.named and self.question.about in (None, self.question.on_air)
        return unnamed and subject is not None and names_another(part, subject)

    def subject(self, part: str) -> Product | None:
        """The product whose price or shipping is asked for."""
        if self.called:
            return next(iter(mentions(part, self.products).called), self.called[0])
        on_air = self.question.on_air
        if on_air in self.named:
            return on_air
        if self.named:
            return self.named[0]
        return self.question.about or on_air or (self.products[0] if len(self.products) == 1 else None)


def _parts(text: str) -> list[str]:
    """The first questions in a comment. Where no part stands alone, the whole."""
    parts = [part.strip() for part in _PARTS.split(text) if part and part.strip()]
    return parts if len(parts) < 2 else list(islice((part for part in parts if terms(part)), MAX_PARTS)) or [text]


def _taken_for_granted(part: str, text: str, asked: _Asked) -> Premises:
    """What a part of the question takes for granted: it is set right or confirmed before anything is answered.

    A bid (50块卖不卖) takes nothing for granted, and a thing that is not on sale here has no price here.
    """
    subject = asked.subject(part)
    if subject is None or situation_of(text) is Situation.HAGGLE:
        return Premises((), part)
    if asked.stranger(part) or asked.stranger(_AMOUNT.sub("多少钱", part, count=1)):  # 手机99元吗 is 手机多少钱
        return Premises((), part)
    return premises(part, text, subject, asked.question.wall, asked.question.lang)


def _nothing_else(part: str, product: Product) -> bool:
    """Whether a part of a comment is about its concepts alone: 活动价, and not 上次活动买的开线了."""
    return not any(len(word) > 1 for word in terms(part, own_names(product)).words)


def _told(part: str, hits: Sequence[Hit], lang: Lang) -> Iterator[Piece]:
    """The best fact, and with it the FAQ entry or fact that adds what the first does not say."""
    if not hits:
        return
    first = fact_piece(hits[0].fact, lang)
    yield answer_first(first, part, lang)
    faq = ".faq." in hits[0].fact.id
    for hit in hits[1:]:
        close = hit.coverage >= hits[0].coverage - 0.1 and hit.score >= hits[0].score - 0.25
        if close and (".faq." in hit.fact.id) != faq and not says_already(first.text, hit.fact.text):
            yield fact_piece(hit.fact, lang)
            return


def _introduced(piece: Piece, product: Product, lang: Lang) -> Piece:
    """The piece with the name of its product, which nobody mentioned, before it: in the piece's own language."""
    return replace(piece, text=meant(product, guess_lang(piece.text, lang)) + piece.text)


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
        drafts += [Draft(sentence, piece.evidence, piece.about, free=False) for sentence in spoken]
    drafts = drafts[:MAX_SENTENCES]
    last = drafts[-1]
    return [*drafts[:-1], replace(last, final=True)]
