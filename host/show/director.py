"""The director: what is said next. Pure: no I/O, no tasks; time is handed in.

One sentence at a time. `Director.next` commits to an utterance, which is then *outstanding* until the room reports
what became of it: `Director.played` (also for one withdrawn before it began, heard 0) or `Director.refused`.
Everything that follows from the past, such as whether a bridge is due, is derived from what was heard and what is
outstanding, so that withdrawing an utterance undoes it entirely.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from host.core.product import Lang
from host.core.rundown import RundownEntry
from host.core.utterance import URGENCY, Cut, Kind, Played, Utterance
from host.show.cursor import Step
from host.show.load import Show
from host.show.memory import DirectorMemory
from host.show.phrases import Occasion, fill, phrase
from host.show.replies import Replies, Reply, Stream
from host.show.track import Track

__all__ = ["Director", "DirectorMemory", "DirectorSettings", "Reply"]

STREAK = 3
"""Answers and greetings in a row after which the script has at least one sentence."""
NOTICE_PATIENCE = 60.0
"""Seconds a notice that is due waits for the end of a line."""
SHORTEST_REMINDER = 10.0

_TALK = (Kind.ANSWER, Kind.OPERATOR)
_FLOOD = (Kind.ANSWER, Kind.GREETING)


@dataclass(frozen=True)
class DirectorSettings:
    """``remind_ai`` in seconds; ``title`` names the room in its welcome."""

    lang: Lang
    greet: bool = True
    remind_ai: float = 600.0
    seed: int = 0
    title: str = ""


@dataclass(frozen=True, slots=True)
class _Issued:
    """An outstanding utterance, with what is needed to take it back."""

    utterance: Utterance
    epoch: int
    protected: bool = False
    """Only an operator goes before it: the script has waited long enough, or it continues an answer."""
    step: Step | None = None
    stream: Stream | None = None
    number: int = 0
    reply: Reply | None = None
    template: str = ""
    handover: str = ""


class Director:
    """Decides what is said next. No method raises or waits."""

    def __init__(
        self,
        show: Show,
        rundown: Sequence[RundownEntry],
        settings: DirectorSettings,
        memory: DirectorMemory | None = None,
    ) -> None:
        memory = memory or DirectorMemory()
        self._settings = settings
        self._track = Track(show, rundown, settings.seed, memory)
        self._replies = Replies()
        self._outstanding: dict[str, _Issued] = {}
        self._next_id = memory.next_id
        self._paused = False
        self._on_air: str | None = None
        self._handover = ""
        self._talk_heard = False
        self._streak_heard = 0
        self._bridge = memory.bridge
        self._unsayable: set[str] = set()
        self._noticed: float | None = None
        self._noticed_wall = memory.noticed
        self._anchor: tuple[float, datetime] | None = None
        self._now = 0.0

    @property
    def on_air(self) -> str | None:
        """Id of the product on the card: that of what is being said, else of what was said last."""
        head = next(iter(self._outstanding.values()), None)
        return (head and head.utterance.product) or self._on_air or self._track.product

    @property
    def paused(self) -> bool:
        """Whether only operator lines are said."""
        return self._paused

    @property
    def dropped(self) -> int:
        """Replies refused so far because the queue was full or their answer was over."""
        return self._replies.dropped

    def next(self, now: float, wall: datetime) -> Utterance | None:
        """Commit to what is said next. None while paused (but for operator lines), while the next sentence of an
        answer is awaited, and where there is nothing to say."""
        self._tick(now, wall)
        self._replies.expire(now)
        operator = self._replies.best(Kind.OPERATOR)
        if operator:
            return self._say_reply(operator, now)
        if self._paused:
            return None
        if self._noticed is None and (notice := self._say_notice(protected=True)):
            return notice
        while begun := self._replies.begun():
            if begun.waiting:
                return self._say_reply(begun, now)
            if self._replies.waits_for(begun, now):
                return None
        step = self._track.peek(now, wall)
        best = self._replies.best()
        if best and (self._streak() < STREAK or step is None):
            return self._say_reply(best, now)
        return self._say_script(step, now)

    def reply(self, reply: Reply, now: float) -> bool:
        """Put in a sentence of an answer, a greeting or an operator's line. False if it is dropped (and counted)."""
        return self._replies.offer(reply, now)

    def expired(self) -> list[Reply]:
        """Sentences dropped unsaid since the last call: stale, or displaced by a more urgent one."""
        return self._replies.drain_expired()

    def played(self, played: Played, now: float) -> None:
        """What became of an utterance. Anything but "heard to its end" has a script sentence said again."""
        self._now = now
        issued = self._outstanding.pop(played.utterance.id, None)
        if issued is None:
            return
        begun = played.heard > 0 or played.complete
        if begun:
            self._on_air = issued.utterance.product
        if issued.step is not None:
            self._track.settle(issued.step.number, begun=begun, complete=played.complete)
            if begun:
                self._talk_heard = False
            if played.complete:
                self._streak_heard = 0
        elif issued.reply is not None:
            self._reply_played(issued, begun, played.complete)
        elif issued.utterance.kind is Kind.NOTICE:
            if played.complete:
                self._noticed = now
                self._noticed_wall = self._wall(now)
        elif begun:
            self._talk_heard = False
        elif issued.handover and issued.epoch == self._track.epoch:
            self._handover = issued.handover

    def refused(self, utterance: Utterance, now: float) -> None:
        """The guard will not have it: another wording of the line where there is one, else it is left out."""
        self._now = now
        issued = self._outstanding.pop(utterance.id, None)
        if issued is None:
            return
        if issued.step is not None:
            self._track.refuse(issued.step.number, now)
        elif issued.template:
            self._unsayable.add(issued.template)
            if issued.handover and issued.epoch == self._track.epoch:
                self._handover = issued.handover

    def urgent(self, queued: Utterance | None) -> bool:
        """Whether ``queued``, committed and not begun, should be withdrawn: something goes before it, or it is not
        to be said at present. With None, whether a reply waits at all."""
        best = self._replies.best()
        if queued is None:
            return best is not None
        if queued.kind is Kind.OPERATOR:
            return False
        if self._paused or self._replies.best(Kind.OPERATOR):
            return True
        issued = self._outstanding.get(queued.id)
        if issued is None:
            return False
        if issued.step is not None and self._track.stale(issued.step.number):
            return True
        if queued.kind is Kind.BRIDGE and issued.epoch != self._track.epoch:
            return True
        return best is not None and not issued.protected and URGENCY[best.kind] > URGENCY[queued.kind]

    def cut(self) -> Cut | None:
        """Where what is being said should be cut for something that waits. An operator's line is never cut."""
        head = next(iter(self._outstanding.values()), None)
        if head is None or head.utterance.kind is Kind.OPERATOR:
            return None
        wanted = {reply.interrupts for reply in self._replies.waiting()}
        return "now" if "now" in wanted else "clause" if "clause" in wanted else None

    def goto(self, product_id: str, now: float) -> bool:
        """Finish the sentence, hand over, begin that product's script, then go on with the rundown behind it.
        False where there is no such script."""
        self._now = now
        found = self._track.goto(product_id)
        if found:
            self._handover = product_id
        return found

    def skip(self, now: float) -> None:
        """Finish the sentence and leave the rest of the segment."""
        self._now = now
        self._track.skip()

    def pause(self) -> None:
        """Finish the sentence and wait. What was cut while paused is not taken up again, but for the script."""
        self._paused = True

    def resume(self) -> None:
        """Go on where it stopped."""
        self._paused = False

    def reload(self, show: Show, now: float) -> None:
        """Go on with edited scripts, at the same place."""
        self._now = now
        self._unsayable.clear()
        self._track.reload(show)
        if self._handover not in show.scripts:
            self._handover = ""
        for key, issued in self._outstanding.items():
            if issued.handover and issued.handover not in show.scripts:
                self._outstanding[key] = replace(issued, epoch=-1)

    def upcoming(self, count: int, now: float, wall: datetime) -> list[Utterance]:
        """What comes next if nothing happens, without committing to it."""
        twin = copy(self)
        twin._track = self._track.fork()
        twin._replies = self._replies.fork()
        twin._outstanding = dict(self._outstanding)
        twin._unsayable = set(self._unsayable)
        twin._paused = False
        coming: list[Utterance] = []
        while len(coming) < count and (utterance := twin.next(now, wall)):
            coming.append(utterance)
        return coming

    def memory(self) -> DirectorMemory:
        """Where the show stands, as far as it was heard."""
        return replace(
            self._track.memory(self._now),
            next_id=self._next_id,
            noticed=self._noticed_wall,
            bridge=self._bridge,
        )

    def _tick(self, now: float, wall: datetime) -> None:
        """Keep the time; the first time, find how long ago viewers were told that the host is an AI."""
        self._now = now
        if self._anchor is None and self._noticed_wall:
            age = _age(self._noticed_wall, wall)
            self._noticed = now - age if age is not None else None
        self._anchor = (now, wall)

    def _wall(self, now: float) -> str:
        if self._anchor is None:
            return ""
        then, wall = self._anchor
        return (wall + timedelta(seconds=now - then)).isoformat()

    def _say_script(self, step: Step | None, now: float) -> Utterance | None:
        """The script's next sentence, or what goes before it."""
        protected = self._streak() >= STREAK
        if self._notice_due(step, now) and (notice := self._say_notice(protected)):
            return notice
        if self._handover and (bridge := self._say_handover(protected)):
            return bridge
        if step is None:
            return None
        if self._bridge_due() and not self._track.opens(step) and (bridge := self._say_bridge(step, protected)):
            return bridge
        self._track.take(step, now)
        script = self._track.show.scripts[step.place.product]
        utterance = Utterance(
            self._new_id(),
            Kind.SCRIPT,
            step.sentence.text,
            script.lang,
            product=step.place.product,
            place=step.place,
            direction=step.sentence.direction,
        )
        return self._commit(_Issued(utterance, self._track.epoch, protected, step=step))

    def _say_reply(self, stream: Stream, now: float) -> Utterance:
        continues = stream.begun
        number, reply = self._replies.take(stream, now)
        utterance = Utterance(
            self._new_id(),
            reply.kind,
            reply.text,
            reply.lang,
            product=self._current(),
            about=reply.about,
            expires=reply.expires,
            in_reply_to=reply.in_reply_to,
            evidence=reply.evidence,
        )
        issued = _Issued(utterance, self._track.epoch, continues, stream=stream, number=number, reply=reply)
        return self._commit(issued)

    def _say_notice(self, protected: bool) -> Utterance | None:
        if any(issued.utterance.kind is Kind.NOTICE for issued in self._outstanding.values()):
            return None
        lang = self._settings.lang
        occasions: list[Occasion] = ["reminder"]
        if self._noticed is None:
            occasions = ["greeting_opening", "opening", "reminder"] if self._settings.greet else ["opening", "reminder"]
        for occasion in occasions:
            template = phrase(lang, occasion, "", self._unsayable, self._phrase_seed())
            if template is not None:
                text = fill(template, lang, title=self._settings.title)
                utterance = Utterance(self._new_id(), Kind.NOTICE, text, lang, product=self._current())
                return self._commit(_Issued(utterance, self._track.epoch, protected, template=template))
        return None

    def _say_handover(self, protected: bool) -> Utterance | None:
        product = self._track.show.catalogue.get(self._handover)
        self._handover = ""
        if product is None:
            return None
        template = phrase(product.lang, "handover", self._bridge, self._unsayable, self._phrase_seed())
        if template is None:
            return None
        text = fill(template, product.lang, name=product.name, link=product.link)
        evidence = (f"{product.id}.link", f"{product.id}.name")
        utterance = Utterance(self._new_id(), Kind.BRIDGE, text, product.lang, product=product.id, evidence=evidence)
        self._bridge = template
        issued = _Issued(utterance, self._track.epoch, protected, template=template, handover=product.id)
        return self._commit(issued)

    def _say_bridge(self, step: Step, protected: bool) -> Utterance | None:
        lang = self._track.show.scripts[step.place.product].lang
        template = phrase(lang, "back", self._bridge, self._unsayable, self._phrase_seed())
        if template is None:
            return None
        self._bridge = template
        utterance = Utterance(self._new_id(), Kind.BRIDGE, template, lang, product=step.place.product)
        return self._commit(_Issued(utterance, self._track.epoch, protected, template=template))

    def _reply_played(self, issued: _Issued, begun: bool, complete: bool) -> None:
        """An answer that was cut is said again from the sentence it was cut in, unless the host was hushed."""
        if issued.stream is None or issued.reply is None:
            return
        kind = issued.reply.kind
        if begun and kind in _TALK:
            self._talk_heard = True
        if complete:
            self._streak_heard += int(kind in _FLOOD and issued.number == 1)
        elif not begun or (kind is Kind.ANSWER and not self._paused):
            self._replies.give_back(issued.stream, issued.number, issued.reply, begun)
        elif self._paused:
            self._replies.drop_rest(issued.stream)

    def _bridge_due(self) -> bool:
        """Whether the last thing said, heard or outstanding, is an answer or an operator's line."""
        for issued in reversed(self._outstanding.values()):
            if issued.utterance.kind in (Kind.SCRIPT, Kind.BRIDGE):
                return False
            if issued.utterance.kind in _TALK:
                return True
        return self._talk_heard

    def _streak(self) -> int:
        """Answers and greetings in a row since the script last had a sentence, heard or outstanding."""
        count = 0
        for issued in reversed(self._outstanding.values()):
            if issued.step is not None:
                return count
            count += int(issued.utterance.kind in _FLOOD and issued.number == 1)
        return count + self._streak_heard

    def _notice_due(self, step: Step | None, now: float) -> bool:
        if self._noticed is None:
            return True
        overdue = now - self._noticed - max(SHORTEST_REMINDER, self._settings.remind_ai)
        between_lines = step is None or step.place.sentence == 0
        return overdue >= (0.0 if between_lines else NOTICE_PATIENCE)

    def _current(self) -> str | None:
        """The product that will be on air when the next utterance is said."""
        last = next(reversed(self._outstanding.values()), None)
        return (last and last.utterance.product) or self._on_air or self._track.product

    def _phrase_seed(self) -> str:
        return f"{self._settings.seed}:{self._next_id}"

    def _new_id(self) -> str:
        number, self._next_id = self._next_id, self._next_id + 1
        return f"u{number:06d}"

    def _commit(self, issued: _Issued) -> Utterance:
        self._outstanding[issued.utterance.id] = issued
        return issued.utterance


def _age(noticed: str, wall: datetime) -> float | None:
    """Seconds between an ISO time and ``wall``; None where that cannot be told."""
    try:
        age = (wall - datetime.fromisoformat(noticed)).total_seconds()
    except (ValueError, TypeError):
        return None
    return age if age >= 0 else None
