"""Whether a text names what an amount of a fact is of."""

from __future__ import annotations

import re
from functools import lru_cache

from host.lang.alike import meanings
from host.mind.answers.concepts import words
from host.mind.proof.context import Context, Known
from host.mind.proof.lineup import CUES

WORD = re.compile(r"[a-z0-9][a-z0-9'-]*|[㐀-鿿]+")
_SENTENCE = re.compile(r"[。;；]|\. ")
_PLAIN = frozenset([
    "is", "are", "the", "a", "an", "of", "in", "at", "to", "for", "and", "with", "about", "per", "each", "has",
    "have", "it", "its", "on", "by", "from", "up", "为", "约", "是", "有", "共", "可", "的",
])  # fmt: skip
"""Words of a label that name nothing."""


def is_named(context: Context, known: Known) -> bool:
    """Whether the text says what an amount is of: in the words of its label, or by naming the choice."""
    if id(known) not in context.named_amounts:
        context.named_amounts[id(known)] = _is_named(context, known)
    return context.named_amounts[id(known)]


def _is_named(context: Context, known: Known) -> bool:
    for name in context.named:
        for choice in name.choices:
            if f".variants.{choice.id}." in known.fact:
                return True
            if any(
                word in WORD.findall(known.label) or (not word.isascii() and word in known.label)
                for word in choice.words
            ):
                return True
    if any(choice.id in context.choices_of(known) for name in context.named for choice in name.choices):
        return True
    latin = (word for word in WORD.findall(known.label) if word not in _PLAIN)
    return any(_said(word, context.text) for word in latin) or not _terms(known.label).isdisjoint(_terms(context.text))


def is_spoken_of(context: Context, known: Known) -> bool:
    """Whether the text has a word of what an amount in a fact is of, or an amount beside it: the 99 of a scarf that is
    sold separately is no price where nobody speaks of scarves. One of the whole product needs no word."""
    if ".facts." not in known.fact:
        return True
    beside = {(each.measure, each.value, each.unit) for other in context.found for each in other.readings}
    if known.beside & beside:
        return True
    head = _SENTENCE.split(known.text[: known.quantity.start])[-1]
    if context.text.isascii() != known.text.isascii():
        return not meanings(context.text).isdisjoint(meanings(head))
    terms = _terms(head)
    letters = {letter for term in terms if not term.isascii() for letter in term}
    return not terms.isdisjoint(_terms(context.text)) or not letters.isdisjoint(context.text)


@lru_cache(maxsize=4096)
def _terms(text: str) -> frozenset[str]:
    return words(text)


def _said(word: str, text: str) -> bool:
    if word.isascii():
        return bool(_word(word).search(text))
    if len(word) < 2:
        return False
    head = re.match(r"[a-z0-9]+", word)
    return word in text or (len(word) > 2 and word[:2] in text) or bool(head and head.group() in text)


@lru_cache(maxsize=4096)
def _word(word: str) -> re.Pattern[str]:
    """An English word of a label, in its singular or plural. Kept here: a room's sheets have more of them than `re`
    keeps, and to compile one costs more than all its searches."""
    return re.compile(rf"(?<![a-z0-9]){re.escape(word.rstrip('s'))}(?:s|es)?(?![a-z0-9])")


def of_second(known: Known) -> bool:
    """Whether an amount of a fact is that of a second one: 第二件99元."""
    return _tells_of_second(known.label)


@lru_cache(maxsize=4096)
def _tells_of_second(label: str) -> bool:
    return any(word.kind == "nth" for word in CUES.read(label))
