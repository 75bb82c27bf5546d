"""What a room can say whoever comes: its scripts in every wording, its fixed words, what it answers from its sheets.

A voice that works as long as it speaks says these before they are asked for, most urgent first.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any

from host.core.clock import Clock, sleep
from host.core.comment import Comment
from host.core.media import TICK_SECONDS
from host.core.packs import pack
from host.core.ports import Question
from host.core.product import Lang
from host.core.utterance import Kind, Saying, Utterance
from host.lang.normalise import normalise
from host.mind.answers.embedded import EmbeddedAnswerer
from host.mind.answers.replies import Situation, wordings
from host.programme.clauses import parts_of
from host.show.lint import sentences
from host.show.load import Show


def _rehearsed(lang: Lang) -> Mapping[str, Any]:
    """What viewers ask of any product, and who stands for the viewer: what is said with the name in it is nothing to
    keep."""
    table: Mapping[str, Any] = pack(lang).table("replies.toml")["rehearsed"]
    return table


def openings(lang: Lang) -> list[str]:
    """What is said before an answer whose voice is late."""
    return wordings(Situation.TAKES_A_MOMENT, lang, _rehearsed(lang)["viewer"])


def scripts(show: Show) -> Iterator[Saying]:
    """Every sentence of every wording, in the order of the files."""
    for product, sentence, _ in sentences(show):
        yield Saying(normalise(sentence.text, product.lang), product.lang, sentence.direction.mood)


def fixed(lang: Lang) -> Iterator[Saying]:
    """What is said to viewers where there is no answer, or before one; without their names."""
    for situation in (Situation.TAKES_A_MOMENT, *Situation):
        for text in wordings(situation, lang, _rehearsed(lang)["viewer"]):
            yield from _parts(text, lang)


async def answers(show: Show, seed: int, clock: Clock) -> AsyncIterator[Saying]:
    """What the sheets answer to their own questions and to what viewers ask of any product, without their names. Rests
    a tick after each question: a room that has just started needs the rest of the time."""
    products, wall, answerer = tuple(show.catalogue), clock.wall(), EmbeddedAnswerer(seed)
    for product in products:
        for question in (*_rehearsed(product.lang)["questions"], *(entry.questions[0] for entry in product.faq)):
            comment = Comment("repertoire", _rehearsed(product.lang)["viewer"], question, 0.0)
            asked = Question(comment, product.lang, product, product, products, wall)
            async for draft in answerer.answer(asked):
                for text in _parts(draft.text, product.lang):
                    yield text
            await sleep(clock, TICK_SECONDS)


def _parts(text: str, lang: Lang) -> Iterator[Saying]:
    said = normalise(text, lang)
    for part in parts_of(Utterance("", Kind.ANSWER, text, lang), said) if said else ():
        if _rehearsed(lang)["viewer"] not in part.spoken:
            yield Saying(part.spoken, lang)


async def repertoire(show: Show, lang: Lang, seed: int, clock: Clock) -> list[Saying]:
    """All of it, each text once. Answers go before the scripts, whose next sentences a room on air knows of anyway."""
    told = [*fixed(lang), *[text async for text in answers(show, seed, clock)], *scripts(show)]
    return list(dict.fromkeys(text for text in told if text.spoken))
