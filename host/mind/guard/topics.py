"""What each part of a text is about, so that one product's price is not said of another.

A clause speaks of the products it names. One that names none speaks of those named before it in its sentence, else
behind it there, else before; a text that names none may speak of any. Where a clause gives several names a number each,
its numbers are told apart: 卫衣99元坚果129元, ``$25 for the charger and $39 for the hoodie``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from host.core.lexicon import Lexicon, Word
from host.core.mentions import Mention, mentions_at
from host.core.product import Product
from host.lang.stance.clauses import clauses_of
from host.mind.guard.carried import FactIndex
from host.mind.guard.quotes import quoted_places
from host.mind.quantities.extraction import quantities

_WORDS = Lexicon.load("topics.txt")
_HERE, _AGAIN, _THAN, _BESIDE, _ARTICLE, _AND, _EACH, _IN_TURN = (
    "here", "again", "than", "beside", "article", "and", "each", "in_turn"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Topic:
    """The part ``start:end`` of a text, and the products whose facts it may rest on."""

    start: int
    end: int
    products: tuple[Product, ...]
    each: bool = False
    """Whether it holds only if it holds of each of them; else one of them is enough."""

    @property
    def alternatives(self) -> tuple[tuple[Product, ...], ...]:
        """Products of which one must bear it out, for each such choice."""
        return tuple((product,) for product in self.products) if self.each else (self.products,)


@dataclass(frozen=True, slots=True)
class Topics:
    """A text by topic, from its beginning to its end: once for its words, by whole clauses, once for its numbers."""

    words: tuple[Topic, ...]
    numbers: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class _Clause:
    start: int
    end: int
    sentence: int
    named: tuple[Mention, ...]
    numbers: tuple[tuple[int, int], ...]
    """Where its numbers begin and end, but for those that are part of a name."""
    kinds: frozenset[str]
    """Of the words in it."""
    here: bool
    """Whether it speaks of what is on the screen."""
    in_turn: bool
    """Whether the first number is the first product's, the second the second's."""

    @property
    def products(self) -> tuple[Product, ...]:
        return tuple({mention.product.id: mention.product for mention in self.named}.values())


@lru_cache(maxsize=32)  # what a text is written and what of it is said are judged for words, then for numbers
def topics(folded: str, sheet: FactIndex) -> Topics:
    """A folded text by topic."""
    whole = (Topic(0, len(folded), sheet.products),)
    if len(sheet.products) < 2:
        return Topics(whole, whole)
    reading = _Reading(folded, sheet)
    if not reading.named:
        others = tuple(product for product in sheet.products if product.id not in reading.compared)
        rest = (replace(whole[0], products=others or sheet.products),)
        return Topics(rest, rest)
    clauses = reading.clauses()
    by_clause = [_topic(at, clauses, sheet.products) for at in range(len(clauses))]
    numbers = (part for topic, clause in zip(by_clause, clauses, strict=True) for part in _by_number(topic, clause))
    return Topics(tuple(_joined(by_clause)), tuple(_joined(numbers)))


class _Reading:
    """A text with the names, the numbers and the words that tell what it is about."""

    def __init__(self, folded: str, sheet: FactIndex) -> None:
        self._folded = folded
        every = mentions_at(folded, sheet.products)
        self._words = [word for word in _WORDS.read(folded) if word.kind] if every else []
        found = quantities(folded, sheet.products[0].price.currency) if every else []
        quotes = quoted_places(folded, found, sheet) if every else []
        self._every = every = [place for place in every if not _within(place.start, quotes)]
        self._numbers = [
            (each.start, each.end)
            for each in found
            if not any(each.start < place.end and place.start < each.end for place in every)
        ]
        self.named = [place for place in every if not self._is_compared(place)]
        """The places that name what is spoken of."""
        self.compared = {place.product.id for place in every} - {place.product.id for place in self.named}
        """Ids of the products that others are only held against."""

    def clauses(self) -> list[_Clause]:
        """The clauses of the text. The comma of 1,299 ends none."""
        bounds = [(clause.start, clause.sentence) for clause in clauses_of(self._folded)]
        bounds = [bound for bound in bounds if not _within(bound[0] - 1, self._numbers)]
        ends = [start for start, _ in bounds[1:]] + [len(self._folded)]
        return [self._clause(start, end, sentence) for (start, sentence), end in zip(bounds, ends, strict=True)]

    def _clause(self, start: int, end: int, sentence: int) -> _Clause:
        named = tuple(place for place in self.named if start <= place.start < end)
        numbers = tuple(place for place in self._numbers if start <= place[0] < end)
        words = [word for word in self._words if start <= word.start < end]
        here = any(word.kind == _HERE and not self._names(word, named, numbers) for word in words)
        unnamed_yet = not any(place.start < end for place in self.named)
        here = here or (unnamed_yet and any(word.kind == _AGAIN for word in words))
        kinds = frozenset(word.kind for word in words)
        return _Clause(start, end, sentence, named, numbers, kinds, here, _IN_TURN in kinds or self._listed(numbers))

    def _listed(self, numbers: Sequence[tuple[int, int]]) -> bool:
        """Whether several numbers stand side by side: $39 and $25."""
        between = [(before[1], behind[0]) for before, behind in pairwise(numbers)]
        return bool(between) and all(self._only_between(start, end, _AND) for start, end in between)

    def _is_compared(self, place: Mention) -> bool:
        """Whether a product is named only as what another is held against: 比卫衣便宜, 跟卫衣相比."""
        if any(word.kind == _BESIDE and word.start == place.end for word in self._words):
            return True
        before = [word for word in self._words if word.kind == _THAN and word.end <= place.start]
        return bool(before) and self._only_between(before[-1].end, place.start, _ARTICLE, _HERE)

    def _names(self, here: Word, named: Iterable[Mention], numbers: Iterable[tuple[int, int]]) -> bool:
        """Whether a name behind 这款 says what that is: 这款加绒的卫衣."""
        place = next((place for place in named if place.start >= here.end), None)
        if place is None or any(here.end <= start < place.start for start, _ in numbers):
            return False
        between = (word for word in self._words if here.end <= word.start < place.start)
        return not any(word.kind in (_AND, _THAN) for word in between)

    def _only_between(self, start: int, end: int, *kinds: str) -> bool:
        """Whether nothing stands there but words of such kinds, names and spaces."""
        left = list(self._folded[start:end])
        passed = [(word.start, word.end) for word in self._words if word.kind in kinds]
        for first, last in [*passed, *((place.start, place.end) for place in self._every)]:
            if start <= first and last <= end:
                left[first - start : last - start] = " " * (last - first)
        return not "".join(left).strip()


def _topic(at: int, clauses: Sequence[_Clause], every: tuple[Product, ...]) -> Topic:
    """What a clause is about."""
    clause = clauses[at]
    tells = clause if clause.named or clause.here else _nearest(at, clauses)
    if tells.here:
        return Topic(clause.start, clause.end, every)
    products = tells.products
    return Topic(clause.start, clause.end, products, _EACH in clause.kinds and len(products) > 1)


def _nearest(at: int, clauses: Sequence[_Clause]) -> _Clause:
    """The clause that says what one without a name is about."""
    before = [clause for clause in reversed(clauses[:at]) if clause.named or clause.here]
    behind = [clause for clause in clauses[at + 1 :] if clause.named]
    in_sentence = [clause for clause in (*before, *behind) if clause.sentence == clauses[at].sentence]
    return (in_sentence or before or behind)[0]


def _by_number(topic: Topic, clause: _Clause) -> Iterator[Topic]:
    """A clause, cut where another of the products it names has a number of its own."""
    groups = _groups(clause)
    if clause.here or not clause.numbers:
        yield topic
    elif len(groups) > 1:
        cuts = _cuts(clause, groups)
        if not cuts:
            yield topic
            return
        for (start, end), group in zip(pairwise([clause.start, *cuts, clause.end]), groups, strict=True):
            products = tuple({place.product.id: place.product for place in group}.values())
            yield Topic(start, end, products, topic.each and len(products) > 1)
    elif clause.in_turn and len(clause.numbers) == len(topic.products):
        ends = [end for _, end in clause.numbers[:-1]]
        bounds = pairwise([clause.start, *ends, clause.end])
        for (start, end), product in zip(bounds, topic.products, strict=True):
            yield Topic(start, end, (product,))
    else:
        yield topic


def _groups(clause: _Clause) -> list[list[Mention]]:
    """The names in a clause, those between two numbers together."""
    groups: list[list[Mention]] = []
    for place in clause.named:
        if groups and not any(groups[-1][-1].end <= start < place.start for start, _ in clause.numbers):
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups


def _cuts(clause: _Clause, groups: Sequence[Sequence[Mention]]) -> list[int]:
    """Where a clause is cut: before each name but the first, or behind each but the last where the numbers lead."""
    if clause.named[0].start < clause.numbers[0][0]:
        return [group[0].start for group in groups[1:]]
    if clause.named[-1].start > clause.numbers[-1][0]:
        return [group[-1].end for group in groups[:-1]]
    return []


def _joined(topics: Iterable[Topic]) -> Iterator[Topic]:
    """The same, with neighbours about the same products as one."""
    last: Topic | None = None
    for topic in topics:
        if last is not None and (last.products, last.each) == (topic.products, topic.each):
            last = replace(last, end=topic.end)
            continue
        if last is not None:
            yield last
        last = topic
    if last is not None:
        yield last


def _within(at: int, places: Iterable[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in places)
