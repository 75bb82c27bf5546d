"""A folded text made ready for reading: its numerals, the same text in figures, and the tokens of that."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from host.core.fold import lowered
from host.core.text import guess_lang
from host.lang.figures import Figures, figures
from host.lang.measures import Measure as Unit
from host.lang.measures import measure_at
from host.lang.money import money_behind
from host.lang.numerals import Numeral
from host.lang.reading import read
from host.lang.tokens import Token
from host.mind.quantities.countable import countable
from host.mind.quantities.quantity import Quantity
from host.mind.quantities.wholes import wholes


class Passage:
    """A text, as everybody who looks for quantities in it sees it. Places are those of the text itself.

    The text is folded but for its case, which tells 5G from 5 g; ``text`` is in lower case.
    """

    def __init__(self, text: str, currency: str) -> None:
        self.text = lowered(text)
        self._cased = text
        self.currency = currency
        """What a bare price counts."""
        self.lang = guess_lang(text)
        self.numerals: Sequence[Numeral] = countable(self.text)
        self.wholes: Sequence[Quantity] = tuple(wholes(self.text))
        self._index = {numeral.start: place for place, numeral in enumerate(self.numerals)}

    @cached_property
    def figures(self) -> Figures:
        """The text with its number words in figures."""
        return figures(self._cased, [numeral for numeral in self.numerals if not self.is_whole(numeral.start)])

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """What the text in figures is made of."""
        return read(self.figures.text, self.lang)

    def is_whole(self, place: int) -> bool:
        """Whether a place belongs to a quantity that no numeral tells, such as 周五."""
        return any(found.start <= place < found.end for found in self.wholes)

    def place(self, at: int) -> int:
        """A place of the text in figures as one of the text."""
        return self.figures.before(at)

    def numeral_at(self, start: int) -> Numeral | None:
        """The numeral that begins there, unless it counts nothing."""
        index = self._index.get(start)
        return None if index is None else self.numerals[index]

    def before(self, numeral: Numeral) -> Numeral | None:
        """The numeral before one."""
        index = self._index[numeral.start]
        return self.numerals[index - 1] if index else None

    def after(self, numeral: Numeral) -> Sequence[Numeral]:
        """The numerals behind one."""
        return self.numerals[self._index[numeral.start] + 1 :]

    def unit_at(self, at: int) -> Unit | None:
        """The unit that stands at a place."""
        return measure_at(self.text, at, self.lang)

    def has_unit(self, at: int) -> bool:
        """Whether a unit or a currency stands at a place."""
        return bool(self.unit_at(at) or money_behind(self.text, at))
