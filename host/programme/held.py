"""Sentences that the guard holds back, with everything that speaks against each. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from host.core.product import Lang, Product
from host.core.utterance import Kind, Ruling
from host.core.vetted import wording_of
from host.lang.normalise import normalise
from host.mind.guard.case import Case
from host.mind.guard.gate import Gate, Objected


@dataclass(frozen=True, slots=True)
class Sentence:
    """Something to be said, and whose facts it is held against."""

    text: str
    lang: Lang
    kind: Kind
    products: tuple[Product, ...]
    free: bool = False
    """Whether it was written anew, by a model."""
    path: str = ""
    line: int = 0
    """Where it is written, if in a file."""

    @property
    def wording(self) -> str:
        """`wording_of` it."""
        return wording_of(self.text, self.about)

    @property
    def about(self) -> tuple[str, ...]:
        """Ids of the products."""
        return tuple(product.id for product in self.products)


@dataclass(frozen=True, slots=True)
class Held:
    """A sentence that is held back."""

    sentence: Sentence
    objections: tuple[Objected, ...]

    @property
    def allowable(self) -> bool:
        """Whether an operator may allow it: all that speaks against it."""
        return all(each.allowable for each in self.objections)


OnHeld = Callable[[Held], None]


def case_of(sentence: Sentence, wall: datetime) -> Case:
    """What is judged of a sentence that shall be said at ``wall``."""
    spoken = normalise(sentence.text, sentence.lang)
    return Case(sentence.text, spoken, sentence.kind, sentence.lang, sentence.products, wall, sentence.free)


def objections_to(guard: Gate, sentence: Sentence, wall: datetime) -> list[Objected]:
    """Everything that speaks against a sentence at ``wall``; nothing where it is proven, which costs no judging."""
    case = case_of(sentence, wall)
    return [] if guard.check(case).allowed else guard.objections(case)


def warnings_of(guard: Gate, sentence: Sentence, wall: datetime) -> list[Ruling]:
    """What the policy only points out of it; nothing under a policy that warns of nothing."""
    if not any(category.warns for category in guard.policy.categories.values()):
        return []
    return guard.warnings(case_of(sentence, wall))
