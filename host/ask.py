"""`livehost ask`: what the host would say to one comment, and why."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from host.chat.triage import Triage
from host.config import RoomFile
from host.core.clock import Clock
from host.core.comment import Comment, Fate, Intent
from host.core.ports import AnswerError, Context, Draft, Question
from host.core.product import Catalogue, Lang, Product
from host.core.reason import Reason
from host.core.text import guess_lang
from host.core.utterance import Kind
from host.lang.normalise import normalise
from host.mind.answers.chain import open_answerers
from host.mind.answers.replies import Situation, reply, situation_of
from host.programme.answering import drafts
from host.programme.opening import context_of
from host.programme.parts import open_guard
from host.show.load import load_show


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
    """Who made the answer; empty where none of the answerers did."""
    passed: dict[str, str] = field(default_factory=dict)
    """Those who were to answer before, and why they did not."""


async def ask(room: RoomFile, text: str, user: str, clock: Clock, data: Path, cache: Path) -> Asked:
    """Put one comment through triage, answerer, normalisation and guard, as on air. Raises `InvalidFile`."""
    show = load_show(room.script_files(), wall=clock.wall())
    on_air = min(show.catalogue, key=lambda product: product.link, default=None)
    comment = Comment("ask", user, text, clock.now(), "ask")
    verdict = Triage().judge(comment, catalogue=show.catalogue, on_air=on_air.id if on_air else None, now=clock.now())
    asked = Asked(text, verdict.intent.value, verdict.fate.value, verdict.product)
    if verdict.fate is not Fate.QUEUED:
        asked.reason = verdict.reason
        return asked
    about = show.catalogue.get(verdict.product)
    if verdict.intent is Intent.REQUEST and about:
        asked.fate, asked.reason = Fate.ANSWERED.value, f"the host would go to {about.name}"
        return asked
    lang = guess_lang(text, room.config.lang)
    made: list[Draft] = []
    asked.fate, asked.reason = Fate.ANSWERED.value, "answered from the facts"
    if verdict.intent is Intent.GREETING:
        made, asked.fate, asked.reason = [Draft(reply(Situation.GREETING, lang, user))], Fate.GREETED.value, "greeted"
    elif verdict.intent in (Intent.IDENTITY, Intent.SPAM):
        made, asked.reason = [Draft(reply(Situation.ARE_YOU_AI, lang, user))], verdict.reason
    elif verdict.intent is Intent.ORDER:
        made, asked.reason = [Draft(reply(Situation.ORDER, lang, user))], verdict.reason
    else:
        question = Question(comment, lang, on_air, about, tuple(show.catalogue), clock.wall(), certain=verdict.certain)
        try:
            made = await _answer(question, room, context_of(room, clock, data, cache))
        except AnswerError as error:
            asked.reason = f"the answerer failed: {error}"
    if not made and not verdict.certain:
        asked.fate, asked.reason = Fate.ESCALATED.value, Reason("left_to_operator")
        return asked
    if not made:
        made, asked.fate = [Draft(reply(situation_of(text) or Situation.UNKNOWN, lang, user))], Fate.REFUSED.value
        if asked.reason == "answered from the facts":
            asked.reason = "the facts carry no answer; a fact or a faq entry in the product sheet would"
    asked.answerer, asked.passed = made[0].answerer, {each.name: each.reason for each in made[0].passed}
    _say(asked, made, lang, room, show.catalogue, [product for product in (on_air, about) if product], clock.wall())
    return asked


async def _answer(question: Question, room: RoomFile, context: Context) -> list[Draft]:
    answerer = open_answerers(room.config.answerer, context)
    try:
        async with aclosing(drafts(answerer, question)) as stream:
            return [draft async for draft in stream]
    finally:
        await answerer.close()


def _say(
    asked: Asked,
    made: Sequence[Draft],
    lang: Lang,
    room: RoomFile,
    catalogue: Catalogue,
    products: Sequence[Product],
    wall: datetime,
) -> None:
    """Rule on sentence after sentence; the first refused one becomes a safe reply, and the rest is dropped."""
    guard = open_guard(room)
    facts = {fact.id: fact for product in catalogue for fact in product.facts_in_force(wall)}
    texts: list[str] = []
    spoken: list[str] = []
    for draft in made:
        known = {product.id: product for product in (*products, *map(catalogue.get, draft.about)) if product}
        tongue = guess_lang(draft.text, lang)
        said = normalise(draft.text, tongue)
        ruling = guard.check(draft.text, said, kind=Kind.ANSWER, lang=tongue, products=list(known.values()), wall=wall)
        if not ruling.allowed:
            asked.fate = Fate.REFUSED.value
            asked.reason = f"the guard refused {draft.text!r}: {ruling.reason}"
            texts.append(reply(Situation.REFUSED, lang))
            spoken.append(normalise(texts[-1], lang))
            break
        texts.append(draft.text)
        spoken.append(said)
        evidence = [facts[key] for key in (*draft.evidence, *ruling.evidence) if key in facts]
        asked.evidence |= {fact.id: f"{fact.text} ({fact.source})" for fact in evidence}
    asked.text, asked.spoken = (" ".join(part for part in parts if part) for parts in (texts, spoken))
