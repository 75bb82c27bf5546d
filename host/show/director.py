"""The director: what is said next. Pure: no I/O, no tasks; time is handed in.

One sentence at a time. `Director.next` commits to an utterance, which is then *outstanding* until the room reports
what became of it: `Director.played` (also for one withdrawn before it began, heard 0) or `Director.refused`.
Everything that follows from the past, such as whether a bridge is due, is derived from what was heard and what is
outstanding, so that withdrawing an utterance undoes it entirely.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from copy import copy
from dataclasses import replace
from datetime import datetime

from host.core.rundown import RundownEntry
from host.core.utterance import URGENCY, Cut, Kind, Played, Utterance
from host.show.announcer import Announcer, DirectorSettings
from host.show.cursor import Step, sentence_at
from host.show.interludes import Interludes
from host.show.load import Show
from host.show.memory import DirectorMemory
from host.show.outstanding import Issued, Outstanding
from host.show.replies import Replies, RepliesStatus, Reply, Stream
from host.show.track import Track
from host.show.wishes import Wish, Wished, Wishes

__all__ = ["Director", "DirectorMemory", "DirectorSettings", "Reply"]

STREAK = 3
"""Answers and greetings in a row after which the script has at least one sentence."""


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
        self._track = Track(show, rundown, settings.seed, memory)
        self._replies = Replies()
        self._told: set[str] = set()
        self._outstanding = Outstanding(memory.next_id)
        announcer = Announcer(settings, memory.noticed, memory.bridge)
        self._interludes = Interludes(self._track, self._outstanding, announcer)
        self._paused = False
        self._wishes = Wishes()
        self._now = 0.0

    @property
    def on_air(self) -> str | None:
        """Id of the product on the card: that of what is being said, else of what was said last."""
        return self._outstanding.product_now or self._track.product

    @property
    def paused(self) -> bool:
        """Whether only operator lines are said."""
        return self._paused

    def status(self) -> RepliesStatus:
        """How full the queue of replies is."""
        return self._replies.status()

    def next(self, now: float, wall: datetime) -> Utterance | None:
        """Commit to what is said next. None while paused (but for operator lines), while the next sentence of an
        answer is awaited, and where there is nothing to say."""
        self._now = now
        self._interludes.tick(now, wall)
        self._replies.expire(now)
        operator = self._replies.best(Kind.OPERATOR)
        if operator:
            return self._say_reply(operator, now)
        if self._paused:
            return None
        if opening := self._interludes.opening():
            return opening
        while begun := self._replies.begun():
            if begun.waiting:
                return self._say_reply(begun, now)
            if self._replies.waits_for(begun, now):
                return None
        step = self._track.peek(now, wall)
        if back := self._track.came_back():
            self._interludes.hand_over(back)
        best = self._replies.best()
        if best and not self._owed(step) and (self._outstanding.streak() < STREAK or step is None):
            return self._say_reply(best, now)
        return self._say_script(step, now)

    def reply(self, reply: Reply, now: float) -> bool:
        """Put in a sentence of an answer, a greeting or an operator's line. False if it is dropped (and counted)."""
        self._told.add(reply.id)
        return self._replies.offer(reply, now)

    def drop(self, reply_id: str) -> None:
        """Say no more of an answer: neither what waits of it nor what still comes in."""
        self._replies.drop(reply_id)

    def over(self) -> list[str]:
        """Ids of answers, greetings and operator's lines of which nothing is left to be said, each told once."""
        if not self._told:
            return []
        alive = {*self._replies.ids(), *(issued.stream.id for issued in self._outstanding if issued.stream)}
        ended = sorted(self._told - alive)
        self._told &= alive
        return ended

    def expired(self) -> list[Reply]:
        """Sentences dropped unsaid since the last call: stale, or displaced by a more urgent one."""
        return self._replies.drain_expired()

    def played(self, played: Played, now: float) -> None:
        """What became of an utterance. Anything but "heard to its end" has a script sentence said again."""
        self._now = now
        issued = self._outstanding.pop(played.utterance)
        if issued is None:
            return
        begun = played.heard > 0 or played.complete
        if begun:
            self._outstanding.note_heard(issued, played.complete)
        if issued.step is not None:
            self._track.settle(issued.step.number, begun=begun, complete=played.complete)
        elif issued.reply is not None and issued.stream is not None:
            if not played.complete:
                self._take_back(issued.stream, issued.number, issued.reply, begun)
        else:
            self._interludes.settle(issued, begun=begun, complete=played.complete, now=now)

    def refused(self, utterance: Utterance, now: float) -> None:
        """The guard will not have it: another wording of the line where there is one, else it is left out."""
        self._now = now
        issued = self._outstanding.pop(utterance)
        if issued is None:
            return
        if issued.step is not None:
            self._track.refuse(issued.step.number, now)
        elif issued.template:
            self._interludes.refuse(issued)

    def urgent(self, queued: Utterance) -> bool:
        """Whether ``queued``, committed and not begun, should be withdrawn: something goes before it, or it is not
        to be said at present."""
        best = self._replies.best()
        issued = self._outstanding.get(queued)
        if issued is not None and issued.stream is not None and issued.stream.precedes(issued.number):
            return True
        if queued.kind is Kind.OPERATOR:
            return False
        if self._paused or self._replies.best(Kind.OPERATOR):
            return True
        if issued is None:
            return False
        if issued.step is not None and self._track.stale(issued.step.number):
            return True
        if queued.kind is Kind.BRIDGE and issued.epoch != self._track.epoch:
            return True
        return best is not None and not issued.protected and URGENCY[best.kind] > URGENCY[queued.kind]

    def cut(self) -> Cut | None:
        """Where what is being said should be cut for something that waits. An operator's line is never cut."""
        head = self._outstanding.head
        if head is None or head.kind is Kind.OPERATOR:
            return None
        wanted = {reply.interrupts for reply in self._replies.waiting()}
        for issued in self._outstanding:
            if issued.reply is not None and issued.utterance is not head:
                wanted.add(issued.reply.interrupts)
        if not wanted:
            return None
        return "now" if "now" in wanted else "clause" if "clause" in wanted else None

    def goto(self, product_id: str, now: float) -> bool:
        """Finish the sentence, hand over, begin that product's script, then go on with the rundown behind it.
        False where there is no such script."""
        self._now = now
        found = self._track.goto(product_id)
        if found:
            self._interludes.hand_over(product_id)
        return found

    def wish(self, product_id: str, viewer: Hashable, now: float, wall: datetime) -> Wished | None:
        """What becomes of a viewer's wish for a product. One that is met is told as after `goto`, then the show goes
        back to where its order was. None where there is no such script."""
        self._now = now
        if product_id not in self._track.show.scripts:
            return None
        if product_id in (self._track.product, self._interludes.leads_to):
            return Wished(Wish.ON_AIR, aloud=self._wishes.aloud(now))
        beyond = self._wishes.beyond(product_id, viewer, now)
        if beyond is None and self._track.wish(product_id, now, wall):
            self._wishes.met(product_id, viewer, now)
            self._interludes.hand_over(product_id)
            return Wished(Wish.MET)
        after = self._track.comes_after(product_id, wall)
        return Wished(beyond or Wish.BEHIND, after, aloud=self._wishes.aloud(now))

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
        old = self._track.show
        self._track.reload(show)
        self._interludes.move(old)

    def upcoming(self, count: int, now: float, wall: datetime) -> list[Utterance]:
        """What comes next if nothing happens, without committing to it."""
        twin = copy(self)
        twin._track = self._track.fork()
        twin._replies = self._replies.fork()
        twin._outstanding = self._outstanding.fork()
        twin._interludes = self._interludes.fork(twin._track, twin._outstanding)
        twin._paused = False
        coming: list[Utterance] = []
        while len(coming) < count and (utterance := twin.next(now, wall)):
            coming.append(utterance)
        return coming

    def _say_script(self, step: Step | None, now: float) -> Utterance | None:
        """The script's next sentence, or what goes before it."""
        protected = self._outstanding.streak() >= STREAK or self._owed(step)
        interlude = self._interludes.before(step, now, protected)
        if interlude is not None or step is None:
            return interlude
        self._track.take(step, now)
        place, sentence = step.place, step.sentence
        utterance = Utterance(
            self._outstanding.new_id(),
            Kind.SCRIPT,
            sentence.text,
            self._track.show.scripts[place.product].lang,
            product=place.product,
            place=place,
            wished=step.wished,
            direction=sentence.direction,
        )
        return self._outstanding.add(Issued(utterance, self._track.epoch, protected, step=step))

    def _owed(self, step: Step | None) -> bool:
        """Whether the script has just asked what this sentence answers: nothing but an operator comes between."""
        if step is None or step.place.sentence == 0:
            return False
        script = self._track.show.scripts.get(step.place.product)
        before = sentence_at(script, replace(step.place, sentence=step.place.sentence - 1))
        return before is not None and before.text.rstrip().endswith(("？", "?"))

    def _say_reply(self, stream: Stream, now: float) -> Utterance:
        continues = stream.begun
        number, reply = self._replies.take(stream, now)
        utterance = Utterance(
            self._outstanding.new_id(),
            reply.kind,
            reply.text,
            reply.lang,
            product=self._outstanding.product_then or self._track.product,
            about=reply.about,
            expires=reply.expires,
            reply=reply.id,
            in_reply_to=reply.in_reply_to,
            excuse=reply.excuse,
            free=reply.free,
            evidence=reply.evidence,
        )
        issued = Issued(utterance, self._track.epoch, continues, stream=stream, number=number, reply=reply)
        return self._outstanding.add(issued)

    def _take_back(self, stream: Stream, number: int, reply: Reply, begun: bool) -> None:
        """An answer that was cut is said again from the sentence it was cut in, unless the host was hushed."""
        if not begun or (reply.kind is Kind.ANSWER and not self._paused):
            self._replies.give_back(stream, number, reply, begun)
        elif self._paused:
            self._replies.drop_rest(stream)
