"""What a product can be ordered as, and which of it a text speaks of: 炭黑那个2XL, 三升那台, ``the Cabin Plus``, 大箱.

A variant is named by the words and amounts of its own name. Where a text names several words of it, those variants
count that have most of them; of ``Cabin`` and ``Cabin Plus`` the first, unless both words are said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, lru_cache

from host.core.fold import cased, fold
from host.core.lexicon import Lexicon
from host.core.product import Product
from host.lang.alike import alike, groups
from host.mind.quantities.extraction import quantities
from host.mind.quantities.quantity import Quantity
from host.mind.quantities.units import Measure

CUES = Lexicon.load("cues.txt")
"""Words by which a text says how a number comes about."""
_PIECE = re.compile(r"[a-z0-9][a-z0-9.'/-]*|[㐀-鿿]+")
_PACKED = re.compile(r"(?<=.)[装版款型码色号]$")
"""What names end with and people leave away: 旅行装, 燕麦白色."""
_APART = re.compile(r"[和跟与及、,，。;；!！?？:：]|比|还是|\b(?:and|or|than|plus|versus|vs)\b")
_REST = re.compile(
    r"另外[两三几]?[款种个]|其[他它余][两三几]?[款种个]|剩下[的两三]?[款种个]?"
    r"|\bthe other(?:s| two| one| three)?\b|\bthe rest\b"
)
"""Names those that have not been named."""
_SHORT = 2
"""Characters of a Chinese word by which it is named for short."""
_NEAR = 4
_POSSESSIVE = re.compile(r"'s\b")
_READINGS = 2048
"""Texts whose choices are kept; the facts of a large sheet are some hundreds."""
_SIZED = (Measure.PHYSICAL, Measure.COUNT)

Amount = tuple[Measure, Decimal, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be ordered, at its own price, and by what a text names it."""

    id: str
    """Of the variant; empty for the product itself."""
    name: str
    price: Decimal
    list_price: Decimal | None
    facts: tuple[str, ...]
    """Ids of the facts that carry its price, and its list price behind it."""
    words: frozenset[str] = frozenset()
    amounts: frozenset[Amount] = frozenset()


@dataclass(frozen=True, slots=True)
class Named:
    """Where a text names choices, and which they may be."""

    start: int
    end: int
    choices: tuple[Choice, ...]
    split: bool = False
    """Whether no choice has all that is named: 小罐150克, where only the large one holds so much."""


@dataclass(frozen=True)
class LineUp:
    """Everything a product can be ordered as; ``plain`` is the product as its sheet prices it."""

    product: Product
    plain: Choice
    choices: tuple[Choice, ...]
    _read: dict[str, tuple[Named, ...]] = field(default_factory=dict, compare=False, repr=False)
    offers_read: dict[str, object] = field(default_factory=dict, compare=False, repr=False)
    """What the offers of the product say they do, by the fact that states each; see `host.mind.proof.offers`."""
    choices_told: dict[int, tuple[object, frozenset[str]]] = field(default_factory=dict, compare=False, repr=False)
    """Which choices the amounts of facts are of, by their identity, as far as anybody asked; each holds its amount."""

    def named(self, text: str, found: Sequence[Quantity]) -> tuple[Named, ...]:
        """The places of a folded text that name choices, in order."""
        if len(self.choices) < 2:
            return ()
        groups: list[list[tuple[int, int, str | Amount]]] = []
        for place in sorted(self._places(text, found), key=lambda each: each[:2]):
            if groups and not _apart(text, groups[-1][-1][1], place[0]):
                groups[-1].append(place)
            else:
                groups.append([place])
        made = [*(self._named(group) for group in groups), *self._by_size(text)]
        told = [each for each in made if each.split or len(each.choices) < len(self.choices)]
        told += self._by_part(text, told)
        return tuple(sorted([*told, *self._others(text, told)], key=lambda each: each.start))

    def named_in(self, text: str) -> tuple[Named, ...]:
        """The places of a fact, or of a clause that is said, that name choices. The readings of late are kept: what is
        said on air has no end."""
        if text not in self._read:
            if len(self._read) >= _READINGS:
                self._read.clear()
            self._read[text] = self.named(text, quantities(text, self.product.price.currency))
        return self._read[text]

    def _places(self, text: str, found: Sequence[Quantity]) -> Iterator[tuple[int, int, str | Amount]]:
        every = {word for choice in self.choices for word in choice.words}
        for word in every:
            for match in _word(word).finditer(text):
                yield *match.span(), word
            short = word[:_SHORT]
            if len(word) > _SHORT and not word.isascii() and sum(short in other for other in every) == 1:
                for match in _word(short).finditer(text):  # 三鲜 of 三鲜虾仁
                    yield *match.span(), word
        yield from self._translated(text, every)
        amounts = {amount for choice in self.choices for amount in choice.amounts}
        for quantity in found:
            for reading in quantity.readings[:1]:
                amount = (reading.measure, reading.value, reading.unit)
                if amount in amounts and not quantity.bound:
                    yield quantity.start, quantity.end, amount

    def _translated(self, text: str, every: Iterable[str]) -> Iterator[tuple[int, int, str | Amount]]:
        """Where a text in the other language names a choice: ``cream white`` of 奶白."""
        if text.isascii() == all(word.isascii() for word in every):
            return
        meant: dict[int, list[str]] = {}
        for word in every:
            for group in groups(word) if word.isascii() != text.isascii() else ():
                meant.setdefault(group, []).append(word)
        for said in alike(text) if meant else ():
            if text[said.start : said.end].isascii() == text.isascii():
                for word in meant.get(said.group, ())[:1]:
                    yield said.start, said.end, word

    def _named(self, group: Sequence[tuple[int, int, str | Amount]]) -> Named:
        said = {what for _, _, what in group}
        split = not any(said <= choice.words | choice.amounts for choice in self.choices)
        return Named(group[0][0], max(end for _, end, _ in group), self._meant(group), split)

    def _meant(self, group: Sequence[tuple[int, int, str | Amount]]) -> tuple[Choice, ...]:
        said = {what for _, _, what in group}
        hits = {choice: len(said & (choice.words | choice.amounts)) for choice in self.choices}
        most = [choice for choice, count in hits.items() if count == max(hits.values())]
        left = {choice: sum(word.isalpha() for word in choice.words - said) for choice in most}
        if whole := tuple(choice for choice in most if not choice.words - said):
            return whole  # the 8-inch, and not the 8-inch with a guard
        return tuple(choice for choice in most if left[choice] == min(left.values()) or not choice.words & said)

    @cached_property
    def _parts(self) -> dict[str, tuple[Choice, ...]]:
        """The halves of longer Chinese names that tell some choices from others: the 双控 of 双人双控."""
        found: dict[str, list[Choice]] = {}
        for choice in self.choices:
            for word in choice.words:
                for part in {word[:_SHORT], word[-_SHORT:]} if len(word) > _SHORT and not word.isascii() else ():
                    found.setdefault(part, []).append(choice)
        return {part: tuple(some) for part, some in found.items() if len(some) < len(self.choices)}

    def _by_part(self, text: str, told: Sequence[Named]) -> list[Named]:
        """The choices of which a text names a part that no whole name covers."""
        found = []
        for part, choices in self._parts.items():
            for match in _word(part).finditer(text):
                if not any(each.start < match.end() and match.start() < each.end for each in told):
                    found.append(Named(match.start(), match.end(), choices))
        return found

    def _others(self, text: str, told: Sequence[Named]) -> Iterator[Named]:
        """All but those named before: 另外两款, ``the other two``."""
        for match in _REST.finditer(text):
            before = {choice.id for each in told if each.end <= match.start() for choice in each.choices}
            rest = tuple(choice for choice in self.choices if choice.id not in before)
            if before and rest:
                yield Named(match.start(), match.end(), rest)

    def _by_size(self, text: str) -> Iterator[Named]:
        sizes = {choice: size for choice in self.choices if (size := _size(choice))}
        if len(set(sizes.values())) < 2:
            return
        for word in CUES.read(_POSSESSIVE.sub("  ", text)):
            if word.kind in ("largest", "smallest"):
                wanted = (max if word.kind == "largest" else min)(sizes.values())
                meant = tuple(choice for choice, size in sizes.items() if size == wanted)
                yield Named(word.start, word.end, meant)


_KEPT: dict[int, LineUp] = {}
_MOST_KEPT = 64


def line_up(product: Product) -> LineUp:
    """What a product can be ordered as. Kept: products are immutable."""
    kept = _KEPT.get(id(product))
    if kept is None or kept.product is not product:
        if len(_KEPT) >= _MOST_KEPT:
            _KEPT.clear()
        kept = _KEPT[id(product)] = _line_up(product)
    return kept


def _line_up(product: Product) -> LineUp:
    currency = product.price.currency
    key, listed = f"{product.id}.price", f"{product.id}.list_price"
    old = product.list_price.amount if product.list_price else None
    plain = Choice("", product.name, product.price.amount, old, (key, listed))
    choices = []
    for variant in product.variants:
        own = f"{product.id}.variants.{variant.id}"
        price = variant.price.amount if variant.price else product.price.amount
        was = variant.list_price.amount if variant.list_price else None
        if was is None and price == product.price.amount:
            was, old_fact = old, listed
        else:
            old_fact = f"{own}.list_price"
        facts = (f"{own}.price" if variant.price else key, old_fact)
        words, amounts = _name(variant.name, currency)
        choices.append(Choice(variant.id, variant.name, price, was, facts, words, amounts))
    return LineUp(product, plain, tuple(choices) or (plain,))


def _name(name: str, currency: str) -> tuple[frozenset[str], frozenset[Amount]]:
    folded = cased(name)
    found = [each for each in quantities(folded, currency) if each.readings[0].measure in _SIZED]
    rest = fold(name)
    for each in reversed(found):
        rest = rest[: each.start] + " " * (each.end - each.start) + rest[each.end :]
    words = (_PACKED.sub("", piece.strip("-'")) for piece in _PIECE.findall(rest))
    amounts = ((r.measure, r.value, r.unit) for each in found for r in each.readings[:1])
    return frozenset(word for word in words if word not in ("装", "版", "款", "")), frozenset(amounts)


@lru_cache(maxsize=4096)
def _word(word: str) -> re.Pattern[str]:
    if word.isascii():
        return re.compile(rf"(?<![a-z0-9'’]){re.escape(word)}(?:s|'s)?(?![a-z0-9])")
    return re.compile(re.escape(word))


def _apart(text: str, end: int, start: int) -> bool:
    between = text[end:start]
    return start - end > _NEAR or bool(_APART.search(between))


def _size(choice: Choice) -> Decimal | None:
    return max((value for measure, value, _ in choice.amounts if measure is Measure.PHYSICAL), default=None)
