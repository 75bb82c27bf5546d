"""`livehost ask`: what the host would say to one comment, and why."""

from __future__ import annotations

from contextlib import aclosing
from dataclasses import dataclass, field
from pathlib import Path

from host.chat.triage import Triage
from host.config import RoomFile
from host.core.clock import Clock
from host.core.comment import Comment, Fate, Intent
from host.core.ports import AnswerError, Question
from host.core.product import Catalogue, Product
from host.core.text import guess_lang
from host.core.utterance import Kind
from host.mind.chain import open_answerers
from host.mind.replies import Situation, reply, situation_of
from host.programme.answering import drafts
from host.programme.parts import context_of, open_guard
from host.show.load import load_show
from host.voice.normalise import normalise


@dataclass
class Asked:
    """The outcome for one comment."""

    question: str
    intent: str = ""
    fate: str = ""
    product: str | None = None
    text: str = ""
    spoken: str = ""
    evidence: dict[str, str] = field(default_factory=dict)
    """Fact id to ``text (path:line)``."""
    reason: str = ""
    answerer: str = ""


async def ask(room: RoomFile, text: str, user: str, clock: Clock, data: Path, cache: Path) -> Asked:
    """Put one comment through triage, answerer, normalisation and guard, as on air. Raises `InvalidFile`."""
    show = load_show(room.script_files(), wall=clock.wall())
    config = room.config
    on_air = min(show.catalogue, key=lambda product: product.link, default=None)
    comment = Comment("ask", user, text, clock.now(), "ask")
    verdict = Triage().judge(comment, catalogue=show.catalogue, on_air=on_air.id if on_air else None, now=clock.now())
    asked = Asked(text, verdict.intent.value, verdict.fate.value, verdict.product, reason=verdict.reason)
    if verdict.fate is not Fate.QUEUED:
        return asked
    lang = guess_lang(text, config.lang)
    if verdict.intent is Intent.GREETING:
        asked.text, asked.fate = reply(Situation.GREETING, lang, user), Fate.GREETED.value
    elif verdict.intent is Intent.ORDER:
        asked.text, asked.fate = reply(Situation.ORDER, lang, user), Fate.ANSWERED.value
    elif verdict.intent is Intent.REQUEST and verdict.product:
        asked.reason, asked.fate = f"the host would go to {verdict.product}", Fate.ANSWERED.value
        return asked
    else:
        about = show.catalogue.get(verdict.product)
        question = Question(comment, lang, on_air, about, tuple(show.catalogue), clock.wall())
        await _answer(asked, question, room, clock, data, cache)
        if not asked.text:
            asked.text, asked.fate = reply(situation_of(text) or Situation.UNKNOWN, lang, user), Fate.REFUSED.value
            asked.reason = asked.reason or "the facts carry no answer"
    _rule(
        asked,
        room,
        show.catalogue,
        [product for product in (on_air, show.catalogue.get(verdict.product)) if product],
        clock,
    )
    if asked.fate == Fate.QUEUED.value:
        asked.fate, asked.reason = Fate.ANSWERED.value, "answered from the facts"
    return asked


async def _answer(asked: Asked, question: Question, room: RoomFile, clock: Clock, data: Path, cache: Path) -> None:
    answerer = open_answerers(room.config.answerer, context_of(room, clock, data, cache))
    facts = {fact.id: fact for product in question.products for fact in product.facts_in_force(question.wall)}
    try:
        async with aclosing(drafts(answerer, question)) as stream:
            async for draft in stream:
                asked.text = f"{asked.text}{' ' if asked.text and question.lang == 'en' else ''}{draft.text}"
                asked.evidence |= {
                    key: f"{facts[key].text} ({facts[key].source})" for key in draft.evidence if key in facts
                }
    except AnswerError as error:
        asked.reason = f"the answerer failed: {error}"
    finally:
        await answerer.close()


def _rule(asked: Asked, room: RoomFile, catalogue: Catalogue, products: list[Product], clock: Clock) -> None:
    """Put the answer to the guard; a refused one becomes the safe reply."""
    lang = guess_lang(asked.text, room.config.lang)
    asked.spoken = normalise(asked.text, lang)
    about = {key.split(".")[0] for key in asked.evidence}
    products = list({product.id: product for product in (*products, *map(catalogue.get, about)) if product}.values())
    ruling = open_guard(room).check(
        asked.text, asked.spoken, kind=Kind.ANSWER, lang=lang, products=products, wall=clock.wall()
    )
    if not ruling.allowed:
        asked.reason = f"the guard refused {asked.text!r}: {ruling.reason}"
        asked.fate = Fate.REFUSED.value
        asked.text = reply(Situation.REFUSED, lang)
        asked.spoken = normalise(asked.text, lang)
        asked.evidence = {}
