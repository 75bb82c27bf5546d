"""The operator's end of a programme: state, events, commands (`core.control.RoomControl`)."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from host.core import journal_events as kinds
from host.core.acts.wants import Trouble
from host.core.comment import PAGE, Fate, Intent
from host.core.control import Command, CommandError, Event, State, ViewerGateway
from host.core.errors import Finding
from host.core.figures import Figure, FigureKind, by_key, counter, figures
from host.core.findings import as_data
from host.core.livefacts.change import Change, ChangeRefused
from host.core.livefacts.history import facts_at
from host.core.livefacts.ledger import Outcome
from host.core.media import SAMPLE_RATE
from host.core.reason import Reason, all_data, data, reason_of
from host.core.scene import Card
from host.core.utterance import Kind, Utterance
from host.programme.comments import FOLDED, CommentLog
from host.programme.corrections import CORRECTIONS
from host.programme.figures import room_figures
from host.programme.held import Sentence
from host.programme.operator_lines import OperatorLine, operator_line
from host.programme.programme import Programme
from host.show.director import Reply

COMING_UP = 3
_FREE = ("say", "answer", "correct")
"""Commands with a text that the host is to say."""
EVENTS_RECALLED = 3_000
"""Events of earlier runs that are searched for the latest comments."""
MOST_OF_A_CHANGE = 500
"""Characters of a change that was not made that are kept on record."""


@dataclass(frozen=True, slots=True)
class _Counts:
    """What is counted of the events recorded."""

    comments: int = counter("comments taken in")
    answered: int = counter("comments answered or greeted")
    refused: int = counter("sentences the guard refused")
    utterances: int = counter("utterances begun")
    trouble_sound: int = counter("viewers' reports of no sound")
    trouble_picture: int = counter("viewers' reports of no picture")
    trouble_stuck: int = counter("viewers' reports of a show that stands still")
    trouble_sync: int = counter("viewers' reports of lips and words apart")
    trouble_blurry: int = counter("viewers' reports of a blurred picture")
    trouble_other: int = counter("viewers' reports of a show that fails in another way")

    def after(self, event: Event) -> _Counts:
        """The counts with one more event."""
        kind = event["kind"]
        counted = replace(
            self,
            comments=self.comments + (kind == kinds.COMMENT),
            answered=self.answered + (kind == kinds.VERDICT and _answers(event)),
            refused=self.refused + (kind == kinds.REFUSAL),
            utterances=self.utterances + (kind == kinds.SPEAKING),
        )
        return counted._with_report(event) if kind == kinds.VERDICT else counted

    def _with_report(self, verdict: Event) -> _Counts:
        """The counts with what a verdict says a viewer has reported."""
        if verdict["intent"] != Intent.TROUBLE or verdict["fate"] != Fate.ESCALATED:
            return self
        kind = f"trouble_{Trouble(verdict['why']['details']['trouble'])}"
        return replace(self, **{kind: getattr(self, kind) + 1})


def _answers(verdict: Event) -> bool:
    """Whether a verdict says that a comment is answered: that an answer was corrected does not."""
    code = (verdict["why"] or {}).get("code")
    return verdict["fate"] in (Fate.ANSWERED, Fate.GREETED) and code not in CORRECTIONS


class RoomDesk:
    """A room as consoles see it."""

    def __init__(self, programme: Programme) -> None:
        self.name = programme.config.name
        self._programme = programme
        self._comments = CommentLog(programme.config.lang)
        past = programme.journal.recent(EVENTS_RECALLED, FOLDED)
        self._comments.recall(past, programme.clock.wall(), programme.clock.now())
        self._said: dict[str, Any] | None = None
        self._counts = _Counts()

    @property
    def viewers(self) -> ViewerGateway | None:
        """The WHEP output, if the room has one."""
        return next((output for output in self._programme.parts.outputs if isinstance(output, ViewerGateway)), None)

    @property
    def images(self) -> dict[str, str]:
        """Product id to the path of its picture."""
        return {product.id: product.image for product in self._programme.catalogue() if product.image}

    def comment(self, user: str, text: str, comment_id: str = "", source: str = PAGE, viewer: str = "") -> str:
        """Take a comment in; its verdict follows."""
        return self._programme.parts.inlet.push(user, text, comment_id, source, viewer)

    def change(self, changes: Sequence[Change]) -> list[Outcome | ChangeRefused]:
        """Change facts. What is refused is on record."""
        results = self._programme.change(changes)
        for change, result in zip(changes, results, strict=True):
            if isinstance(result, ChangeRefused):
                said = json.dumps(change.values, ensure_ascii=False, default=str)[:MOST_OF_A_CHANGE]
                self._programme.record(
                    kinds.NOT_DONE, operator=change.by, command="change", product=change.product[:100], text=said,
                    reason=result.reason, why=data(result.reason),
                )  # fmt: skip
        return results

    def facts(self, product: str) -> dict[str, Any] | None:
        """What is in force of a product, with its name and those of its variants."""
        return self._programme.facts.described(product, self._programme.clock.wall())

    async def facts_at(self, product: str, wall: datetime) -> dict[str, Any] | None:
        """What was in force of a product, by the journal as it is on disk."""
        journal, clock = self._programme.journal, self._programme.clock
        with clock.hold():
            return await asyncio.to_thread(lambda: facts_at(journal.all_of(kinds.FACTS), product, wall))

    async def events(self) -> AsyncIterator[Event]:
        """Everything from now on."""
        async for event in self._programme.bus.watch():
            yield event

    def note(self, event: Event) -> None:
        """Keep what the state shows of it; called for every event recorded."""
        self._comments.note(event)
        self._counts = self._counts.after(event)
        if event["kind"] == kinds.SPEAKING:
            self._said = event

    # --- state -----------------------------------------------------------------------------------------------------

    def state(self) -> State:
        """A snapshot; its shape is documented in `host.console.shapes`."""
        programme = self._programme
        now, wall = programme.clock.now(), programme.clock.wall()
        outputs = [output.status() for output in programme.parts.outputs]
        degraded = programme.degraded()
        found = self.figures()
        return {
            "room": self.name,
            "title": programme.config.title or self.name,
            "lang": programme.config.lang,
            "at": round(now, 2),
            "phase": self._phase(),
            "now": self._now(),
            "next": [self._coming(utterance) for utterance in programme.director.upcoming(COMING_UP, now, wall)],
            "card": self._card(programme.look.card()),
            "products": self._products(),
            "place": self._place(),
            "comments": self._comments.latest(),
            "waiting": programme.conversation.waiting,
            "viewers": sum(output.clients for output in outputs),
            "av_offset_ms": programme.config.av_offset_ms,
            "outputs": [{**asdict(output), "why": data(output.detail)} for output in outputs],
            "voice": self._voice(),
            "music": music.model_dump(include={"file", "licence"}) if (music := programme.config.music) else None,
            "answerer": self._answerer(),
            "degraded": degraded,
            "degraded_why": all_data(degraded),
            "findings": [as_data(finding) for finding in self._findings()],
            "held": programme.parts.wordings.held(),
            "allowed": programme.parts.wordings.allowed(),
            "counters": by_key(found, FigureKind.COUNTER),
            "gauges": by_key(found, FigureKind.GAUGE),
        }

    def _findings(self) -> list[Finding]:
        """What is wrong in files: the scripts, what the guard will refuse of them, policy and vetted wordings."""
        programme = self._programme
        kept = [replace(each, severity="warning") for each in programme.parts.wordings.findings]
        return [*programme.findings, *programme.vetted, *kept]

    def figures(self) -> list[Figure]:
        """Everything the room counts and measures: for state and metrics."""
        return [*figures(self._counts), *room_figures(self._programme)]

    def health(self) -> dict[str, Any]:
        """Live: the programme runs. Ready: ticks leave, so that a viewer sees and hears something."""
        programme = self._programme
        ready = programme.running and not programme.stopping and programme.playout.tick > 0
        return {"live": programme.running, "ready": ready, "degraded": self._programme.degraded()}

    def _voice(self) -> dict[str, Any]:
        status = self._programme.parts.voice.status()
        speaking = status["speaking"].get(self._programme.config.lang, "")
        return {"name": speaking, "healthy": not status["degraded"], **status}

    def _answerer(self) -> dict[str, Any]:
        status = self._programme.parts.answerer.status()
        ready = next((row["name"] for row in status["answerers"] if row["state"] == "ready"), "")
        return {"name": ready, "healthy": not status["degraded"], **status}

    def _phase(self) -> str:
        if self._programme.stopping:
            return "stopping"
        if not self._programme.playout.tick:
            return "starting"
        return "paused" if self._programme.director.paused else "on_air"

    def _now(self) -> dict[str, Any] | None:
        item = self._programme.playout.shown
        if item is None:
            return None
        utterance, said = item.utterance, self._said
        known = said if said and said["utterance"] == utterance.id else None
        start = known["start"] / SAMPLE_RATE if known else 0.0
        duration = known["duration"] if known else item.speech.duration
        heard = min(duration, self._programme.playout.position / SAMPLE_RATE - start)
        return {
            "utterance": utterance.id, "kind": utterance.kind.value, "text": utterance.text,
            "spoken": known["spoken"] if known else item.speech.spoken, "product": utterance.product,
            "start": round(start, 2), "duration": round(duration, 2), "heard": round(max(0.0, heard), 2),
            "in_reply_to": list(utterance.in_reply_to),
        }  # fmt: skip

    def _coming(self, utterance: Utterance) -> dict[str, Any]:
        place = utterance.place
        segment = self._programme.show.scripts[place.product].segments[place.segment].name if place else ""
        return {"kind": utterance.kind.value, "text": utterance.text, "product": utterance.product, "segment": segment}

    def _place(self) -> dict[str, Any] | None:
        item = self._programme.playout.shown
        place = item.utterance.place if item else None
        script = self._programme.show.scripts.get(place.product) if place else None
        if place is None or script is None or place.segment >= len(script.segments):
            return None
        segment = script.segments[place.segment]
        return {"product": place.product, "segment": place.segment, "segment_title": segment.name,
                "line": place.line, "lines": len(segment.lines)}  # fmt: skip

    def _products(self) -> list[dict[str, Any]]:
        wall = self._programme.clock.wall()
        return [
            {
                "id": product.id, "name": product.name, "link": product.link, "stock": product.stock,
                "price": str(product.price_in_force(wall)), "lang": product.lang,
                "list_price": str(product.list_price) if product.list_price else "",
                "segments": [segment.name for segment in self._programme.show.scripts[product.id].segments],
            }
            for product in self._programme.catalogue()
        ]  # fmt: skip

    def _card(self, card: Card | None) -> dict[str, Any] | None:
        if card is None:
            return None
        image = f"/images/{card.product}" if card.product in self.images else ""
        return {**asdict(card), "badges": list(card.badges), "image": image}

    # --- commands ----------------------------------------------------------------------------------------------------

    async def command(self, command: Command, operator: str) -> State:
        """Carry out an operator's act. Raises `CommandError`."""
        fields = {"operator": operator, **command.model_dump(exclude_defaults=True)}
        try:
            if self._programme.stopping:
                raise CommandError(Reason("leaving"))
            if command.command in _FREE:
                await self._pass_lock(command)
            fields |= getattr(self, f"_do_{command.command}")(command, operator) or {}
        except CommandError as error:
            why = reason_of(error)
            self._programme.record(kinds.NOT_DONE, **fields, reason=why, why=data(why))
            raise
        self._programme.record(kinds.OPERATOR, **fields)
        return self.state()

    async def _pass_lock(self, command: Command) -> None:
        """What the operator writes is free: it is put to the second lock too. Raises `CommandError`."""
        programme = self._programme
        if programme.parts.lock is None:
            return
        line = self._speakable(command.text, programme.conversation.text_of(command.comment_id))
        ruling = await programme.locks.forbid(line.text, line.about)
        if ruling is not None:
            raise CommandError(Reason("guard_refuses", why=ruling.reason, unnamed=False))

    def _do_pause(self, _command: Command, _operator: str) -> None:
        self._programme.director.pause()

    def _do_resume(self, _command: Command, _operator: str) -> None:
        self._programme.director.resume()

    def _do_skip(self, _command: Command, _operator: str) -> None:
        self._programme.director.skip(self._programme.clock.now())

    def _do_hush(self, _command: Command, _operator: str) -> None:
        self._programme.director.pause()
        self._programme.presenter.withdraw()
        self._programme.playout.cut("now")

    def _do_goto(self, command: Command, _operator: str) -> None:
        catalogue = self._programme.catalogue()
        product = catalogue.by_link(command.link) if command.link is not None else catalogue.get(command.product)
        if product is None:
            known = [{"link": product.link, "name": product.name} for product in catalogue]
            raise CommandError(Reason("no_such_product", products=known))
        self._programme.director.goto(product.id, self._programme.clock.now())

    def _do_say(self, command: Command, _operator: str) -> None:
        line = self._speakable(command.text)
        reply = Reply(
            id=f"op-{uuid.uuid4().hex}",
            kind=Kind.OPERATOR,
            text=line.text,
            lang=line.lang,
            about=line.about,
            interrupts="clause",
        )
        if not self._programme.director.reply(reply, self._programme.clock.now()):
            raise CommandError(Reason("too_many_lines"))

    def _do_answer(self, command: Command, _operator: str) -> None:
        line = self._speakable(command.text, self._programme.conversation.text_of(command.comment_id))
        if not self._programme.conversation.answer_by_operator(command.comment_id, line.text, line.about):
            raise CommandError(Reason("comment_unknown"))

    def _do_correct(self, command: Command, _operator: str) -> None:
        conversation = self._programme.conversation
        why_not = conversation.uncorrectable(command.comment_id)
        if why_not is not None:
            raise CommandError(why_not)
        line = self._speakable(command.text, conversation.text_of(command.comment_id))
        conversation.correct(command.comment_id, line.text, line.about)

    def _do_dismiss(self, command: Command, _operator: str) -> None:
        if not self._programme.conversation.dismiss(command.comment_id):
            raise CommandError(Reason("comment_not_waiting"))

    def _do_allow(self, command: Command, operator: str) -> dict[str, Any]:
        vetted = self._programme.parts.wordings.allow(command.wording, operator, self._programme.clock.wall())
        self._programme.reconsider()
        return {"text": vetted.text, "products": [*vetted.products], "lifted": sorted(map(list, vetted.lifted))}

    def _do_revoke(self, command: Command, operator: str) -> dict[str, Any]:
        revoked = self._programme.parts.wordings.revoke(command.wording, operator, self._programme.clock.wall())
        self._programme.reconsider()
        return {"text": revoked.text, "products": [*revoked.products]}

    def _speakable(self, text: str, question: str = "") -> OperatorLine:
        """The line, if the guard lets it pass now. The guard rules again when its turn comes."""
        programme = self._programme
        line = operator_line(text, programme.config.lang, programme.catalogue(), programme.director.on_air, question)
        if not line.text:
            raise CommandError(Reason("nothing_to_say"))
        _, ruling = programme.presenter.rule(line.text, line.lang, Kind.OPERATOR, line.products)
        if not ruling.allowed:
            sentence = Sentence(line.text, line.lang, Kind.OPERATOR, line.products)
            programme.parts.wordings.hear(sentence, programme.clock.wall())
            unnamed = not line.names and not question and len(programme.catalogue()) > 1
            raise CommandError(Reason("guard_refuses", why=ruling.reason, unnamed=unnamed))
        return line
