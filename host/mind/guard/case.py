"""A case: a text before the guard, how it is said, and the facts it is judged by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from host.core.product import Lang, Product
from host.core.utterance import Kind
from host.core.vetted import wording_of


@dataclass(frozen=True, slots=True)
class Case:
    """A text that shall be said."""

    text: str
    """As written."""
    spoken: str
    """As the voice will say it: normalised."""
    kind: Kind
    lang: Lang
    products: Sequence[Product]
    """The one on air and those asked about; the facts in force are theirs."""
    wall: datetime
    """When it is to be said."""
    free: bool = False
    """Whether it was written anew, by a model or in haste, so that each word has to be carried."""

    @property
    def wording(self) -> str:
        """By which it is known again, said of the same products."""
        return wording_of(self.text, (product.id for product in self.products))
